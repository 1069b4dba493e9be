# The page on port 7860, for the CPU alone: README.md, "In a container", says how it is run.
FROM python:3.11-slim

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1
# One more index for pip, such as PyTorch's own of CPU builds.
ARG PIP_EXTRA_INDEX_URL=""

COPY requirements.txt /
RUN pip install -r /requirements.txt
# Mounted, not copied: the weights would be in the image twice.
RUN --mount=type=bind,target=/src pip install --no-deps /src

RUN useradd --uid 1000 --create-home app && install -d -o 1000 -g 1000 /data
USER 1000
WORKDIR /data
ENV QA_CHROMA=/data/chroma
# Builds the index of the shipped articles, so that a start has nothing to do.
RUN qa list
# Starts as a copy of what the image has there, with what is added since.
VOLUME /data

EXPOSE 7860
STOPSIGNAL SIGINT
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m CMD \
    ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/health')"]
CMD ["qa", "serve", "--host", "0.0.0.0", "--port", "7860"]
