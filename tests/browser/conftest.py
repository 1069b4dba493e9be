"""A real Chromium before a real server: both are processes of their own, ended with the tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
STARTS_IN = 90  # seconds, on a slow machine with cold caches
CHROMIUM = (
    os.environ.get("QA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
HOSTILE = """---
title: A <img src=http://title.example/a.png onerror=alert(1)> title
source: <b>source</b>
published:
---

The mayor of Springfield, Ada Quill, opened <script>alert(2)</script> the new bridge
for ${alert(3)} on Monday.

She thanked {{value}} and the 12 engineers </article> who built it.
"""
PLAIN = """---
title: Harbour closed after storm
source: www.example.org
published: 2026-01-02
---

The harbour of Port Ellery was closed on Friday after a storm sank three fishing boats.
"""


GRADIOS_OWN = (  # what its client says by itself
    "Method not implemented.",  # whenever a file was uploaded
    "AbortError: signal is aborted without reason",  # whenever a page with an open stream is left
    "Unexpected error Connection errored out.",  # the same
)

expect.set_options(timeout=20_000)  # milliseconds, for machines with other things to do


@dataclass(frozen=True)
class Held:
    """A server that cannot load its models until it is released."""

    url: str
    release: Callable[[], None]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index folder of the page over the shipped corpus."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def server(index: Path) -> Iterator[str]:
    """The address of the page over the shipped corpus."""
    with _serving(index, {}) as url:
        yield url


@pytest.fixture(scope="session")
def held_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """A page over two other articles, one of them hostile, that waits for another writer to end."""
    index, corpus = tmp_path_factory.mktemp("held"), tmp_path_factory.mktemp("corpus")
    (corpus / "bridge.md").write_text(HOSTILE, "utf-8")
    (corpus / "harbour.md").write_text(PLAIN, "utf-8")
    writer = FileLock(index / ".lock")  # the one that every writer to an index holds
    with writer, _serving(index, {"QA_CORPUS": str(corpus)}) as url:
        yield Held(url, writer.release)


@dataclass(frozen=True)
class Scripted:
    """A server whose answers a scripted model writes, and where it puts what is thought of them."""

    url: str
    feedback: Path


@pytest.fixture(scope="session")
def scripted_server(tmp_path_factory: pytest.TempPathFactory, _chat_process) -> Iterator[Scripted]:
    """A page over the shipped corpus with a language model, whose owner wants to hear of it."""
    folder = tmp_path_factory.mktemp("scripted")
    settings = {
        "QA_MODEL": "openai:scripted",
        "QA_MODEL_URL": _chat_process.url,
        "QA_FEEDBACK": str(folder / "feedback.jsonl"),
    }
    with _serving(folder, settings) as url:
        yield Scripted(url, folder / "feedback.jsonl")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Chromium with a profile of its own, without motion so that nothing has to be waited for."""
    if not CHROMIUM:
        sentence = "No Chromium found: install chromium, or name one in QA_CHROMIUM."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=CHROMIUM,
            headless=True,
            args=QUIET,
            reduced_motion="reduce",
            viewport={"width": 1440, "height": 900},
        )
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A new tab, in which nothing may go wrong and from which nothing may reach out."""
    wrong: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(GRADIOS_OWN):
            wrong.append(f"console: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            wrong.append(f"request: {sent.url}")

    tab = browser.new_page()
    # A visitor of their own: the tabs of one browser share what it keeps.
    tab.add_init_script(
        "try { sessionStorage.qa || (localStorage.clear(), (sessionStorage.qa = 1)) } catch {}"
    )
    tab.on("console", console)
    tab.on("request", request)
    tab.on("pageerror", lambda error: wrong.append(f"page: {error}"))
    tab.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield tab
    tab.close()
    assert wrong == []


@contextmanager
def _serving(index: Path, settings: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QA_")},
        "QA_CHROMA": str(index),
        "GRADIO_SERVER_PORT": str(port),
        **settings,
    }
    log = (index.parent / f"{index.name}.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_until_served(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.seek(0)
        sys.stdout.write(log.read())  # pytest shows it beside a failure
        log.close()


def _wait_until_served(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(STARTS_IN * 10):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            assert process.poll() is None, "the server ended before it served the page"
            time.sleep(0.1)
    pytest.fail(f"{url} was not served within {STARTS_IN} seconds.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
