"""The process that parses one file: the file on standard input, JSON on standard output."""

import json
import os
import sys
import time
from dataclasses import asdict
from threading import Thread

from qa.sources.limits import PARSE_BYTES, PARSE_SECONDS
from qa.sources.parsed import Parsed, UnreadableError, check

if sys.platform != "win32":
    import resource

_LOOK_SECONDS = 0.05
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; of getrusage's ru_maxrss


def read(kind: str, data: bytes, hint: str = "") -> Parsed:
    """The text of a "webpage", "pdf" or "docx"; `hint` is a page's declared charset.

    Raises `UnreadableError`, and whatever a parser raises for a file that is not what it says.
    """
    if kind == "pdf":
        from qa.sources.pdf import read_pdf

        parsed = read_pdf(data)
    elif kind == "docx":
        from qa.sources.docx import read_docx

        parsed = read_docx(data)
    else:
        from qa.sources.webpage import read_webpage

        parsed = read_webpage(data, hint)
    check(parsed.text)
    return parsed


def main() -> None:
    """Print what the file holds or the problem with it; end with status 1 where a parser fails."""
    _limit()
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is not the answer
    kind, hint = sys.argv[1:]
    try:
        said = asdict(read(kind, sys.stdin.buffer.read(), hint))
    except UnreadableError as problem:
        said = {"problem": str(problem)}
    with open(output, "w", encoding="utf-8") as answer:
        json.dump(said, answer)


def _limit() -> None:
    if sys.platform == "win32":
        return  # it has no such limits; the parent's clock still holds
    resource.setrlimit(resource.RLIMIT_CPU, (PARSE_SECONDS, PARSE_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (PARSE_BYTES, PARSE_BYTES))
    else:  # macOS takes that limit, but does not hold to it
        Thread(target=_watch_memory, daemon=True).start()


def _watch_memory() -> None:
    start = _peak()  # a child can begin with its parent's
    while _peak() - start < PARSE_BYTES:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


if __name__ == "__main__":
    main()
