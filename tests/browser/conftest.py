"""A real Chromium and real servers: processes that end with the tests."""

import os
import shutil
from collections.abc import Callable, Iterator
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

from tests.servers import ROOT, SERVE

SPACE = ["app.py"]  # what a Space runs
CHROMIUM = (
    os.environ.get("QA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # a process less for each to talk to: a fifth of the time that a page takes
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
HOSTILE = r"""---
title: A <img src=http://title.example/a.png onerror=alert(1)> title
source: <b>source</b>
published:
---

The mayor of Springfield, Ada Quill, opened \<script>alert(2)\</script> the new bridge
for ${alert(3)} on Monday.

She thanked {{value}} and the 12 engineers \</article> who built it.
"""
PLAIN = """---
title: Harbour closed after storm
source: www.example.org
published: 2026-01-02
---

The harbour of Port Ellery was closed on Friday after a storm sank three fishing boats.
"""


IGNORED = (  # what Gradio logs by itself
    "Method not implemented.",  # whenever a file was uploaded
    "AbortError: signal is aborted without reason",  # whenever a page with an open stream is left
    "AbortError: BodyStreamBuffer was aborted",  # the same
    "Unexpected error Connection errored out.",  # the same
)

expect.set_options(timeout=20_000)  # milliseconds, for busy machines


@dataclass(frozen=True)
class HeldServer:
    """A server that cannot load its models until it is released."""

    url: str
    release: Callable[[], None]


@pytest.fixture(scope="session")
def held_server(serve_page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldServer]:
    """A page over two other articles, one of them hostile, that waits for another writer to end."""
    index, corpus = tmp_path_factory.mktemp("held"), tmp_path_factory.mktemp("corpus")
    (corpus / "bridge.md").write_text(HOSTILE, "utf-8")
    (corpus / "harbour.md").write_text(PLAIN, "utf-8")
    writer = FileLock(index / ".lock")  # the one that every writer to an index holds
    settings = {"QA_CHROMA": str(index), "QA_CORPUS": str(corpus)}
    with writer, serve_page(SPACE, cwd=ROOT, **settings) as (url, _):
        yield HeldServer(url, writer.release)


@dataclass(frozen=True)
class ScriptedServer:
    """A server whose answers a scripted model writes, and the file in which it records ratings."""

    url: str
    feedback: Path


@pytest.fixture(scope="session")
def scripted_server(
    serve_page, tmp_path_factory: pytest.TempPathFactory, _chat_process
) -> Iterator[ScriptedServer]:
    """A page over the shipped corpus with a language model, whose owner asks for ratings."""
    feedback = tmp_path_factory.mktemp("scripted") / "feedback.jsonl"
    settings = {
        "QA_CHROMA": ":memory:",
        "QA_MODEL": "openai:scripted",
        "QA_MODEL_URL": _chat_process.url,
        "QA_FEEDBACK": str(feedback),
        "QA_SHARED": "false",
    }
    with serve_page(SERVE, "health", **settings) as (url, _):
        yield ScriptedServer(url, feedback)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Chromium with a new profile, and with reduced motion so that tests need not wait for it."""
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
    """A new tab; fails the test on an error, a dialog or a request beyond this machine."""
    wrong: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(IGNORED):
            wrong.append(f"console: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            wrong.append(f"request: {sent.url}")

    tab = browser.new_page()
    # A new visitor: the tabs of one browser share its storage.
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
