import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from qa.sources import sandbox
from qa.sources.parsed import UnreadableError
from qa.sources.sandbox import parse
from tests.sources.made import PARAGRAPHS, docx, html, news_page, pdf


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A .docx with one of its parts replaced."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return written.getvalue()


def document(*paragraphs: bytes, times: int = 1) -> bytes:
    """A .docx of these paragraphs' XML, repeated."""
    body = b"".join(paragraphs) * times
    return with_part(
        docx(),
        "word/document.xml",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body>" + body + b"</w:body></w:document>",
    )


def test_what_a_child_says_is_what_was_parsed():
    said = parse("webpage", news_page())
    assert (said.title, said.source, said.published) == ("Harbour opens", "The Daily", "2024-11-29")
    assert said.text.split("\n\n") == list(PARAGRAPHS)
    assert parse("pdf", pdf([["Straße – “ja”."], ["Two."]])).pages == (0, 16)


def test_a_file_that_takes_too_long_is_given_up_and_leaves_no_process(monkeypatch):
    monkeypatch.setattr(sandbox, "PARSE_SECONDS", 0.7)
    slow = pdf([[f"Line {n} of {page} is long." for n in range(60)] for page in range(400)])
    started = time.monotonic()
    with pytest.raises(UnreadableError, match=r"takes more than 0\.7 seconds to read; save its"):
        parse("pdf", slow)
    assert time.monotonic() - started < 2
    left = ["pgrep", "-P", str(os.getpid()), "-f", "qa.sources.sandbox"]
    assert subprocess.run(left, stdout=subprocess.DEVNULL).returncode == 1  # none was found


def test_a_file_that_takes_too_much_memory_is_given_up():
    swollen = document(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", times=2_500_000)
    assert len(swollen) < 1_000_000
    with pytest.raises(
        UnreadableError, match="takes more than 1,000 MB of memory to read; save it"
    ):
        parse("docx", swollen)


def test_where_no_system_limits_memory_a_watch_does():
    code = (
        "import qa.sources.sandbox as child; from threading import Thread; import time\n"
        "child.PARSE_BYTES = 100_000_000; Thread(target=child._watch_memory, daemon=True).start()\n"
        "time.sleep(0.2); print('small', flush=True)\n"
        "held = b'x' * 1_000_000_000; time.sleep(50)"
    )
    # Through a small process, for a child begins with the peak of who starts it, here of all tests.
    between = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {code!r}]))"
    done = subprocess.run([sys.executable, "-c", between], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"small\n")


def test_a_zip_bomb_is_not_unpacked():
    bomb = document(b" " * 110_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadableError, match="bytes unpacked, more than 100,000,000; save its"):
        parse("docx", bomb)


def test_a_zip_that_lies_about_its_size_ends_in_a_sentence():
    bomb = document(b" " * 90_000_000)
    with ZipFile(BytesIO(bomb)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert bomb.count(size) == 2
    with pytest.raises(UnreadableError, match=r"is damaged|is no Word document"):
        parse("docx", bomb.replace(size, (1000).to_bytes(4, "little")))


def test_entities_that_grow_are_not_expanded():
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n + 1, *[n] * 8)
        for n in range(ord("a"), ord("n"))
    )
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    bomb = (
        laughs + b']><w:document xmlns:w="%b"><w:body><w:p><w:r><w:t>A &n; word</w:t>' % namespace
    )
    with pytest.raises(UnreadableError):
        parse(
            "docx",
            with_part(docx(), "word/document.xml", bomb + b"</w:r></w:p></w:body></w:document>"),
        )


def test_10_000_nested_elements_end_in_a_sentence():
    deep = html("<div>" * 10_000, *(f"<p>{p}</p>" for p in PARAGRAPHS), "</div>" * 10_000)
    with pytest.raises(UnreadableError, match="has no article in it; paste"):
        parse("webpage", deep)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids [ 3 0 R ]", b"/Kids [ 2 0 R ]"),  # pages that hold themselves
        (b"/Pages 2 0 R", b"/Pages 1 0 R"),
        (b"/Contents 4 0 R", b"/Contents 3 0 R"),
        (b"/F1 5 0 R", b"/F1 3 0 R"),
        (b"/Length 284", b"/Length 4 0 R"),
        (b"/Size 6\n/Root 1 0 R", b"/Size 6\n/Root 1 0 R\n/Prev 704"),  # a table before itself
    ],
)
def test_a_pdf_that_leads_in_circles_ends(old, new):
    data = pdf([PARAGRAPHS])
    assert data.count(old) == 1
    try:
        assert parse("pdf", data.replace(old, new)).text.startswith("The harbour")
    except UnreadableError as problem:
        assert ";" in str(problem)


def test_many_files_at_once_wait_for_their_turn(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    real = sandbox.subprocess.run

    def counted(*args, **options):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return real(*args, **options)
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(sandbox.subprocess, "run", counted)
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda _: parse("pdf", pdf([PARAGRAPHS])), range(8)))
    assert len(set(said)) == 1
    assert most == sandbox.PARSED_AT_ONCE
