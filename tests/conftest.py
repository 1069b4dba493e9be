"""What the tests share: a real embedder, a real index, the shipped article."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

# Servers and commands run beside the tests; threads that spin would take each other's cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
hypothesis_settings.register_profile("here", deadline=None, derandomize=True, max_examples=100)
hypothesis_settings.load_profile("here")


SHARING = ("tests/browser", "tests/page", "tests/server")  # folders whose tests share servers


class ByFile(LoadScopeScheduling):
    """Of several workers one has all tests of a file, or of a folder that shares a server."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return next((folder for folder in SHARING if file.startswith(folder)), file)


def pytest_collection_modifyitems(items):
    """The longest first, so that no worker is left with them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(SHARING))


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def own_index(tmp_path_factory):
    """No test touches the user's own index or settings."""
    for name in [name for name in os.environ if name.startswith("QA_CHROMA")]:
        del os.environ[name]
    os.environ["QA_CHROMA"] = str(tmp_path_factory.mktemp("index") / "chroma")


@pytest.fixture(scope="session")
def embedder():
    from qa.search.embedder import Embedder

    return Embedder()


@pytest.fixture(scope="session")
def assistant(embedder):
    """An assistant over the shipped corpus, in memory."""
    from qa import Assistant, Settings

    assistant = Assistant(Settings(chroma=":memory:"), embedder=embedder)
    assistant.load()
    return assistant


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The address of `qa serve` over the shipped corpus, a process that the tests share."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    root = str(Path(__file__).parents[1])
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "QA_CHROMA": ":memory:", "QA_RATE": "600", "PYTHONPATH": root}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        while process.poll() is None:
            try:
                httpx.get(url, timeout=60).raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        assert process.poll() is None, (folder / "log").read_text()
        yield url
        process.terminate()


@pytest.fixture(scope="session")
def article(assistant):
    return assistant.list()[0]


class WordLengths:
    """Vectors that can be read: how many words of 1, 2, … 16 letters a text has (plus one)."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        lengths = [len(word) for word in text.split()]
        return [float(lengths.count(n)) for n in range(1, 17)] + [1.0]


@pytest.fixture
def word_lengths():
    return WordLengths()


class ChatServer:
    """A scripted language model behind real HTTP; see chat_server.py."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/v1"
        self._root = f"http://127.0.0.1:{port}"

    def replies(self, *script):
        httpx.put(f"{self._root}/script", json=[_reply(one) for one in script]).raise_for_status()

    @property
    def calls(self):
        return httpx.get(f"{self._root}/calls").json()

    @property
    def left(self):
        return httpx.get(f"{self._root}/left").json()


def _reply(one):
    return {"chunks": [one]} if isinstance(one, str) else one


@pytest.fixture(scope="session")
def _chat_process():
    command = [sys.executable, str(Path(__file__).with_name("chat_server.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield ChatServer(int(process.stdout.readline()))
        process.terminate()


@pytest.fixture
def chat_server(_chat_process):
    _chat_process.replies("NO_ANSWER")
    return _chat_process


@pytest.fixture(scope="session")
def writing(embedder, _chat_process):
    """An assistant over the shipped corpus whose answers the scripted model writes."""
    from qa import Assistant, Settings

    settings = Settings(
        chroma=":memory:", model="openai:scripted", model_url=_chat_process.url, model_timeout=3
    )
    assistant = Assistant(settings, embedder=embedder)
    assistant.load()
    return assistant
