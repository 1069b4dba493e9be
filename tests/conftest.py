"""Shared fixtures: a real embedder, a real index, the shipped article, real servers."""

import gc
import itertools
import os
import subprocess
import sys
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import httpx
import pytest
import trustme
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from tests import forked
from tests.servers import ROOT, SERVE, free_port, serve

# Servers and commands run beside the tests; spinning threads would compete for the cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
gc.disable()  # until all is imported; else a tenth of that time is spent in looking for garbage
hypothesis_settings.register_profile("here", deadline=None, derandomize=True, max_examples=100)
hypothesis_settings.load_profile("here")


# A question takes seven times as long with the second stage; its own tests ask for it by name.
FAST = {"QA_SECOND_STAGE": "false"}
SERVER = "tests/server"
SHARED = ("tests/browser", "tests/page", SERVER)  # folders whose tests share servers
ALSO_SERVED = ("tests/test_docs.py", "tests/test_container.py", "tests/test_same_answers.py")
SAME_QUESTIONS = ("tests/eval/test_breaks.py", "tests/test_assistant.py")  # read once a worker
LONG = (*SAME_QUESTIONS, "tests/test_faults.py", "tests/writing/test_writer.py")


class ByFile(LoadScopeScheduling):
    """Gives all tests of a file, or of files that share servers or readings, to one worker."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        if file in ALSO_SERVED:
            return SERVER
        if file in SAME_QUESTIONS:
            return SAME_QUESTIONS[0]
        return next((folder for folder in SHARED if file.startswith(folder)), file)


def pytest_collection_modifyitems(items):
    """Run the longest tests first, so that no worker is left with them at the end."""
    first = (*SHARED, *ALSO_SERVED, *LONG)
    items.sort(key=lambda item: not item.nodeid.startswith(first))


def pytest_collection_finish(session):
    """Make what servers are forked from, while there is one thread and all is imported."""
    gc.freeze()  # what is imported stays
    gc.enable()
    if any("serve_page" in item.fixturenames for item in session.items):
        forked.prepare()


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def own_index(tmp_path_factory):
    """Keep the user's own index and settings out of the tests."""
    for name in [name for name in os.environ if name.startswith("QA_CHROMA")]:
        del os.environ[name]
    os.environ.update(FAST)
    os.environ["QA_CHROMA"] = str(tmp_path_factory.mktemp("index") / "chroma")


@pytest.fixture(autouse=True, scope="session")
def few_authorities(tmp_path_factory):
    """Trust one certificate authority: each client of HTTP reads them all, which takes 30 ms."""
    path = tmp_path_factory.mktemp("trusted") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(path)
    os.environ["SSL_CERT_FILE"] = str(path)


@pytest.fixture(autouse=True, scope="session")
def read_once():
    """Let the bundled models read the same windows once in a worker; a `Model()` always reads."""
    from qa.reading.onnx_model import WEIGHTS_OF, bundled

    for stage in WEIGHTS_OF:
        bundled(stage).read = _remembering(bundled(stage).read)


def _remembering(read):
    known = {}

    def remembered(windows):
        key = tuple((w.ids.tobytes(), w.types.tobytes()) for w in windows)
        if key not in known:
            known[key] = read(windows)
        return known[key]

    return remembered


@pytest.fixture(scope="session")
def embedder():
    """The bundled embedder, which embeds each query and each batch of texts once in a worker."""
    from qa.search.embedder import Embedder

    embedder = Embedder()
    embed = embedder.embed_documents
    batch = lru_cache(None)(lambda texts: embed(list(texts)))
    embedder.embed_query = lru_cache(None)(embedder.embed_query)
    embedder.embed_documents = lambda texts: batch(tuple(texts))
    return embedder


@pytest.fixture(scope="session")
def assistant(embedder):
    """An assistant over the shipped corpus, in memory."""
    from qa import Assistant, Settings

    assistant = Assistant(Settings(chroma=":memory:"), embedder=embedder)
    assistant.load()
    return assistant


@pytest.fixture(scope="session")
def index(tmp_path_factory):
    """The index folder of the page that the tests share."""
    return tmp_path_factory.mktemp("index") / "chroma"


@pytest.fixture(scope="session")
def serve_page(tmp_path_factory):
    """Serves the page with these settings; yields its address and its log.

    A module's server is forked; the file `app.py` is run by a Python of its own.
    """

    @contextmanager
    def serve_page(command, ready="", cwd=None, **settings):
        port = free_port()
        folder = tmp_path_factory.mktemp("page")
        own = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
        fixed = {"GRADIO_SERVER_PORT": str(port), "PYTHONPATH": str(ROOT)}
        environment = {**own, **FAST, **settings, **fixed}
        url = f"http://127.0.0.1:{port}"
        run = forked.Forked if command[0] == "-m" else subprocess.Popen
        command = [sys.executable, *(part.format(port=port) for part in command)]
        log = folder / "log"
        with serve(command, f"{url}/{ready}", log, run=run, cwd=cwd or folder, env=environment):
            yield url, log

    return serve_page


@pytest.fixture(scope="session")
def served(serve_page, index):
    """The address of `qa serve` over the shipped corpus, which the tests of a worker share.

    Each tab is another visitor, as on a server for many.
    """
    settings = {"QA_CHROMA": str(index), "QA_RATE": "600", "QA_SHARED": "false"}
    with serve_page(SERVE, "health", **settings) as (url, _):
        yield url


@pytest.fixture(scope="session")
def article(assistant):
    return assistant.list()[0]


class WordLengths:
    """Vectors that can be read: the numbers of words of 1, 2, … 16 letters in a text, then 1."""

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

    def __init__(self, server, turn=""):
        self._server, self._turn = server, turn
        self.root = f"{server}/{turn}" if turn else server
        self.url = f"{self.root}/v1"

    def turn(self, number):
        """The same server at a path of its own, for which it has another script."""
        return ChatServer(self._server, str(number))

    def replies(self, *script):
        told = [self._turn, [_reply(one) for one in script]]
        httpx.put(f"{self._server}/script", json=told).raise_for_status()

    @property
    def calls(self):
        return httpx.get(f"{self._server}/calls").json()

    @property
    def abandoned(self):
        return httpx.get(f"{self._server}/abandoned").json()


_turns = itertools.count(1)


def _reply(one):
    return {"chunks": [one]} if isinstance(one, str) else one


@pytest.fixture(scope="session")
def _chat_process(tmp_path_factory):
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, Path(__file__).with_name("chat_server.py"), port]
    with serve(command, f"{url}/calls", tmp_path_factory.mktemp("chat") / "log"):
        yield ChatServer(url)


@pytest.fixture
def chat_server(_chat_process):
    """The scripted model at a path of this test alone: late calls of others are refused."""
    mine = _chat_process.turn(next(_turns))
    mine.replies("NO_ANSWER")
    return mine


@pytest.fixture(scope="session")
def corpus_index(embedder, tmp_path_factory):
    """The folder of an index of the shipped corpus, which nobody adds to."""
    from qa import Assistant, Settings

    folder = str(tmp_path_factory.mktemp("corpus") / "chroma")
    Assistant(Settings(chroma=folder), embedder=embedder).load()
    return folder


@pytest.fixture
def writing(embedder, corpus_index, chat_server):
    """An assistant over the shipped corpus whose answers the scripted model writes."""
    from qa import Assistant, Settings

    settings = Settings(chroma=corpus_index, model="openai:scripted", model_url=chat_server.url)
    return Assistant(settings, embedder=embedder)


def hurry(assistant, seconds=1):
    """Give the assistant's model no more time for a reply; its client, which tries again, has."""
    assistant._loaded().parts.writer._timeout = seconds
