"""A URL, a file or pasted text -> Article; all bad input ends here."""

from pathlib import Path

from qa.article import Article
from qa.sources.corpus import read_corpus
from qa.sources.each import Reading, read_each
from qa.sources.files import read_file, read_upload
from qa.sources.plain_text import from_plain
from qa.sources.url import is_address, read_url

__all__ = [
    "Reading",
    "read",
    "read_corpus",
    "read_each",
    "read_file",
    "read_pasted",
    "read_upload",
    "read_url",
]


def read(source: str | Path) -> Article:
    """The article at a URL, if the source looks like one, else of the file at a path.

    Raises `SourceError`: one sentence that names the source and the mend.
    """
    if isinstance(source, str) and is_address(source):
        return read_url(source.strip())
    return read_file(Path(source))


def read_pasted(text: str) -> Article:
    """The article of a text, its first line the title if it stands alone; it has no source.

    Raises `SourceError` for a text of one word or too many.
    """
    return from_plain(text, "pasted text", source="")
