"""A URL -> Article."""

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from qa.article import Article
from qa.errors import SourceError
from qa.sources.address import public_addresses
from qa.sources.characters import clean
from qa.sources.feed import is_feed
from qa.sources.fetch import Fetched, Resolve, fetch
from qa.sources.files import article_of
from qa.sources.kinds import TYPES
from qa.sources.sandbox import Kind

_TYPES: dict[str, Kind | None] = {  # None: it is text
    "text/html": "webpage",
    "application/xhtml+xml": "webpage",
    "text/plain": None,
    "text/markdown": "markdown",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "text/rtf": "rtf",
    "application/rtf": "rtf",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "message/rfc822": "email",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.I)
_UNSAID = ("", "application/octet-stream", "binary/octet-stream")


def read_url(url: str, resolve: Resolve = public_addresses) -> Article:
    """The article at an http or https address: a web page, text, PDF or Word document (.docx).

    The source is the name of the site where the page tells it, else the address. `resolve` finds
    the addresses of a host, by default on the public internet only.
    Raises `SourceError` for what cannot be fetched, is of another type, or holds no article.
    """
    return replace(article_at(fetch(url, resolve)), url=url)


def is_address(source: str) -> bool:
    """Whether a source looks like a URL, and not like a file's name."""
    return bool(_URL.match(source))


def article_at(fetched: Fetched) -> Article:
    """The article in a response. Raises as `read_url`, and for a feed, which lists articles."""
    if is_feed(fetched.data):
        raise SourceError(
            f"The page {fetched.url} is a feed, which lists articles; give the address of one of "
            "them, or add the feed as such."
        )
    parts = urlsplit(fetched.url)
    name = clean(unquote(PurePosixPath(parts.path).name)) or parts.hostname or fetched.url
    return article_of(
        fetched.data,
        f"page {fetched.url}",
        name,
        served=True,
        declared=_kind(fetched, name),
        charset=fetched.charset or "",
        source=fetched.url,
    )


def _kind(fetched: Fetched, name: str) -> Kind | None:
    if fetched.content_type in _TYPES:
        return _TYPES[fetched.content_type]
    suffix = PurePosixPath(name).suffix.lower()
    if fetched.content_type in _UNSAID and suffix and suffix in TYPES:
        return TYPES[suffix]
    said = fetched.content_type or "of no type that it tells"
    raise SourceError(
        f"The page {fetched.url} is {said}, no article; give one of HTML, text, PDF or .docx."
    )
