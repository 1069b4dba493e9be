"""Processes that add articles to an index, for tests that count on them, kill or starve them."""

import json
import multiprocessing
import sys
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import qa.search.index
from qa.article import Article
from qa.errors import QAError
from qa.search.index import Index
from tests.conftest import WordLengths

NAME = "word lengths"


def text_of(title: str, sentences: int) -> str:
    return " ".join(
        f"Sentence number {n} of {title} tells one more thing of the harbour town."
        for n in range(sentences)
    )


@cache
def article(id: str, title: str, sentences: int = 40) -> Article:
    """An article of some passages, whose text tells its title."""
    return Article.from_text(text_of(title, sentences), title=title, id=id)


WARM = article("warm", "up")  # a process that is forked has the tables of words and tokens then


def context() -> ForkServerContext:
    """Starts processes that have everything imported already."""
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload([__name__])
    return forked


def process(target: Any, *args: Any) -> ForkServerProcess:
    """A started process, which is ended by its kill or its target's return."""
    started = context().Process(target=target, args=args)
    started.start()
    return started


def ended(*processes: ForkServerProcess) -> bool:
    """Whether all ended well."""
    for one in processes:
        one.join()
    return not any(one.exitcode for one in processes)


def add(folder: str | Path, id: str, title: str, sentences: int) -> None:
    """Add one article."""
    open_index(folder).add(article(id, title, sentences))


def open_index(folder: str | Path) -> Index:
    return Index(str(folder), WordLengths(), NAME)


def add_for_ever(folder: str, turn: int, told) -> None:
    """Add new articles, and other revisions of old ones; tell of each when it is there."""
    qa.search.index._BATCH = 1  # many small writes: many moments at which to be killed
    index = open_index(folder)
    told.send("open")
    for n in range(1_000_000):
        id, title = (f"{turn}-{n}" if n % 2 else "again"), f"{turn}-{n}"
        index.add(article(id, title))
        told.send([id, title])


def fill(folder: str) -> None:
    """Add until the disk is full, then make room and add once more; print what happened."""
    ballast = Path(folder) / "ballast"
    ballast.write_bytes(bytes(600_000))
    index = open_index(Path(folder) / "index")
    added: list[str] = []
    said = ""
    while not said:
        try:
            index.add(article(str(len(added)), f"title {len(added)}"))
            added.append(str(len(added)))
        except QAError as error:
            said = str(error)
    ballast.unlink()
    seen = sorted(a.id for a in index.visible())
    index.add(article("last", "last"))
    again = sorted(a.id for a in open_index(Path(folder) / "index").visible())
    json.dump({"added": added, "said": said, "seen": seen, "again": again}, sys.stdout)


if __name__ == "__main__":
    fill(sys.argv[1])
