"""A folder of Markdown files -> the articles loaded at start."""

from collections.abc import Iterator
from pathlib import Path

from qa.article import Article
from qa.errors import SourceError
from qa.sources.files import load
from qa.sources.parsed import Parsed
from qa.sources.plain_text import decode_utf8, from_front_matter


def read_corpus(folder: Path) -> tuple[Article, ...]:
    """The articles of a corpus folder: its Markdown files but README.md, ids their stems, by name.

    Raises `SourceError` for a folder that does not exist and for the first file that is empty, not
    UTF-8, or without front matter and a title in it.
    """
    if not folder.is_dir():
        raise SourceError(
            f"The corpus folder {folder} does not exist; set QA_CORPUS to one that does."
        )
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.md")):
        if path.name.lower() != "readme.md":
            what = f"file {path}"
            text = decode_utf8(load(path), what)
            yield from_front_matter(text, what, id=path.stem, render=_render)


def _render(text: str) -> Parsed:
    from qa.sources.markup import read_markdown  # its parsers are imported when one is needed

    return read_markdown(text)
