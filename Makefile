# make run · test · lint · eval · load · space-check, each from a bare checkout with Python 3.11 or newer.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: run test lint eval load space-check clean

run: .venv/run
	$(BIN)/qa serve --port 7860

test: .venv/dev lint
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: .venv/eval
	$(BIN)/python -m eval --floors

load: .venv/dev
	$(BIN)/python -m tests.load

space-check:
	$(PYTHON) -m tests.space_check

.venv/run: pyproject.toml requirements.txt
	@echo "Setting up .venv: about 2 GB of packages, two to ten minutes the first time."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=…")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.txt -e .
	@touch $@

.venv/eval: .venv/run
	@echo "Adding the tools for the evaluation to .venv."
	$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.txt -e '.[eval]'
	@touch $@

.venv/dev: .venv/run
	@echo "Adding the tools for tests to .venv."
	$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv
