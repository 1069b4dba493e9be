"""python -m tests.sources.mutants KIND FIRST LAST: broken files of a kind, each read on its own.

Prints how many were read, refused in a sentence, ended by a parser's error or by a limit, and the
slowest; each is read in a process that is forked for it, within the sandbox's limit of memory.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

from qa.sources.characters import clean
from qa.sources.limits import PARSE_BYTES
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.sandbox import read
from tests.sources.made import (
    MARKDOWN,
    PARAGRAPHS,
    csv,
    docx,
    email,
    epub,
    news_page,
    odt,
    pdf,
    rtf,
)
from tests.sources.pdfs import FILES

SECONDS = 20  # for one of them
SEEDS = {
    "webpage": [news_page()],
    "pdf": [
        pdf([PARAGRAPHS, PARAGRAPHS[::-1]], title="Harbour"),
        (FILES / "table-reportlab.pdf").read_bytes(),
        (FILES / "drop-cap-columns-reportlab.pdf").read_bytes(),
    ],
    "docx": [docx(title="Harbour")],
    "odt": [odt()],
    "rtf": [rtf()],
    "epub": [epub()],
    "email": [email()],
    "csv": [csv()],
    "markdown": [MARKDOWN],
}
ZIPPED = {"docx", "odt", "epub"}
INSERTED = [
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"</",
    b"&#",
    b"(" * 50,
    b"[" * 50,
    b"<<" * 50,
    b"obj",
    b"-1 ",
]
INSERTED += [b"{\\v ", b"}" * 50, b"\\u-99999999 ", b"|" * 50, b"> " * 50, b"* " * 50, b'"']


def mutant(data: bytes, seed: int) -> bytes:
    """The data with some bytes changed, dropped, doubled or put in."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(changed))
        length = chance.choice([1, 4, 50, 1000])
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * chance.choice([1, 30])
            case 3:
                changed[at:at] = chance.choice(INSERTED)
            case 4:
                changed[at : at + length] = chance.randbytes(length)
        changed = changed or bytearray(b"x")
    return bytes(changed)


def broken(kind: str, seed: int) -> bytes:
    """A broken file; every other one that is a zip is broken within one of its parts."""
    data = SEEDS[kind][seed % len(SEEDS[kind])]
    if kind not in ZIPPED or seed % 2:
        data = mutant(data, seed)
        return data.decode("utf-8", "ignore").encode() if kind in ("csv", "markdown") else data
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random.Random(seed).choice(
            [*[n for n in names if "content" in n or "doc" in n], *names]
        )
        for name in names:
            part = old.read(name)
            new.writestr(name, mutant(part, seed) if name == chosen and part else part)
    return written.getvalue()


def is_text(parsed: Parsed) -> bool:
    """Whether what was read holds only characters of text, and pages in order."""
    return (
        clean(parsed.text) == parsed.text
        and clean(parsed.title) == parsed.title
        and all(a <= b for a, b in pairwise([0, *parsed.pages, len(parsed.text)]))
    )


def read_alone(kind: str, data: bytes) -> str:
    """What becomes of a file in a process of its own: read, refused, failed, limited, no text."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (PARSE_BYTES, PARSE_BYTES))
        signal.alarm(SECONDS)
        try:
            os._exit(0 if is_text(read(kind, data)) else 4)
        except UnreadableError as problem:
            os._exit(1 if ";" in str(problem) else 5)
        except BaseException:
            os._exit(2)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "too slow" if os.WTERMSIG(status) == signal.SIGALRM else "ended by its parser"
    return {0: "read", 1: "refused", 2: "failed", 4: "no text"}.get(
        os.WEXITSTATUS(status), "untold"
    )


def main(kind: str, first: int, last: int) -> None:
    """Print the counts as JSON."""
    counts: Counter[str] = Counter()
    slowest = 0.0
    for seed in SEEDS[kind]:
        assert is_text(read(kind, seed))  # imports what is needed before the forks
    for seed in range(first, last):
        started = time.monotonic()
        counts[read_alone(kind, broken(kind, seed))] += 1
        slowest = max(slowest, time.monotonic() - started)
    print(json.dumps({"kind": kind, **counts, "slowest": round(slowest, 1)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
