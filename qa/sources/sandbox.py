"""Parse a file in a process of its own, so that no file can hang, exhaust or crash this one.

`python -m qa.sources.sandbox KIND HINT` is that process: the file on standard input, JSON on
standard output.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from threading import BoundedSemaphore, Thread
from typing import Literal

from qa.article import Style
from qa.sources.limits import PARSE_BYTES, PARSE_SECONDS, PARSED_AT_ONCE
from qa.sources.parsed import Parsed, UnreadableError, check

if sys.platform != "win32":
    import resource

Kind = Literal["webpage", "pdf", "docx", "odt", "rtf", "epub", "email", "csv", "markdown", "feed"]

_READERS: dict[Kind, tuple[str, str]] = {  # what a file is -> module and function that read it
    "webpage": ("qa.sources.webpage", "read_webpage"),
    "pdf": ("qa.sources.pdf", "read_pdf"),
    "docx": ("qa.sources.docx", "read_docx"),
    "odt": ("qa.sources.odt", "read_odt"),
    "rtf": ("qa.sources.rtf", "read_rtf"),
    "epub": ("qa.sources.epub", "read_epub"),
    "email": ("qa.sources.email", "read_email"),
    "csv": ("qa.sources.csv", "read_csv"),
    "markdown": ("qa.sources.markup", "read_markdown"),
    "feed": ("qa.sources.feed", "read_feed"),
}
TEXT_KINDS: frozenset[Kind] = frozenset({"csv", "markdown"})  # whose readers take text
_LOOK_SECONDS = 0.05
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; of getrusage's ru_maxrss
_turn = BoundedSemaphore(PARSED_AT_ONCE)


def parse(kind: Kind, data: bytes, hint: str = "") -> Parsed:
    """The text of a file; `hint` is a web page's declared charset.

    Raises `UnreadableError` for a file without readable text, or that takes too much time or
    memory.
    """
    # The child finds the same packages, and none in the folder that the user happens to be in.
    path = os.pathsep.join(filter(None, sys.path))
    try:
        with _turn:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "qa.sources.sandbox", kind, hint],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                timeout=PARSE_SECONDS,
                check=True,
            )
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"takes more than {PARSE_SECONDS} seconds to read; save its text and add that"
        ) from None
    except subprocess.CalledProcessError:
        # Parsers do not tell what there is no memory for from what is damaged.
        raise UnreadableError(
            f"is damaged, or takes more than {PARSE_BYTES // 10**6:,} MB of memory to read; "
            "save it again, or save its text and add that"
        ) from None
    said = json.loads(done.stdout)
    if "problem" in said:
        raise UnreadableError(said["problem"])
    styles = tuple(Style(*style) for style in said["styles"])
    return Parsed(**said | {"pages": tuple(said["pages"]), "styles": styles})


def read(kind: Kind, data: bytes, hint: str = "") -> Parsed:
    """The text of a file, read in this process; the text kinds are in UTF-8.

    Raises `UnreadableError`, and whatever a parser raises for a file that is not what it says.
    """
    module, name = _READERS[kind]
    reader: Callable[..., Parsed] = getattr(import_module(module), name)
    if kind in TEXT_KINDS:
        parsed = reader(data.decode())
    else:
        parsed = reader(data, hint) if kind == "webpage" else reader(data)
    if kind != "feed":
        check(parsed.text)
    return parsed


def main() -> None:
    """Print what the file holds or the problem with it; end with status 1 where a parser fails."""
    limit()
    gc.disable()  # the process ends soon; to look through a PDF's words again and again is slow
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is not the answer
    kind, hint = sys.argv[1:]
    try:
        said = asdict(read(kind, sys.stdin.buffer.read(), hint))  # type: ignore[arg-type]
    except UnreadableError as problem:
        said = {"problem": str(problem)}
    with open(output, "w", encoding="utf-8") as answer:
        json.dump(said, answer)


def limit() -> None:
    """Bound the time and the memory that this process may take."""
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
