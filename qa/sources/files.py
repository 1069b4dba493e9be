"""A file, on disk or uploaded -> Article."""

import stat
from pathlib import Path, PurePath

from qa.article import Article
from qa.errors import SourceError
from qa.sources.byline import with_byline
from qa.sources.characters import clean
from qa.sources.contained import Kind, parse
from qa.sources.limits import MAX_BYTES, MAX_TITLE_CHARACTERS
from qa.sources.parsed import UnreadableError
from qa.sources.text import decode, from_plain

TYPES: dict[str, Kind | None] = {  # a name's suffix -> what parses it; None: it is text
    "": None,
    ".txt": None,
    ".md": None,
    ".markdown": None,
    ".html": "webpage",
    ".htm": "webpage",
    ".pdf": "pdf",
    ".docx": "docx",
}
MAX_NAME_CHARACTERS = 255


def read_file(path: Path) -> Article:
    """The article of a text, Markdown, HTML, PDF or Word file (.docx); its source is its name.

    The title is what the file says it is, else a first line that stands alone, else the file's
    name. Raises `SourceError` for a file that cannot be read, is too large, or holds no article.
    """
    return article_of(_kind(path), load(path), f"file {path}", path.name)


def read_upload(name: str, data: bytes) -> Article:
    """The article of a file that was sent; of its name only the last part counts, and its suffix.

    Raises `SourceError` as `read_file` does.
    """
    last = clean(name).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    path = PurePath(last[-MAX_NAME_CHARACTERS:] or "upload")
    _check_size(len(data), f"file {path}")
    return article_of(_kind(path), data, f"file {path}", str(path))


def load(path: Path) -> bytes:
    """All of a regular file of at most `MAX_BYTES`.

    Raises `SourceError` for any other.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device may never end
            raise OSError(0, "it is no regular file")
        with path.open("rb") as file:
            _check_size(path.stat().st_size, f"file {path}")
            return file.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"The file {path} cannot be read ({reason}); check its name.") from None


def article_of(
    kind: Kind | None, data: bytes, what: str, name: str, *, charset: str = "", source: str = ""
) -> Article:
    """The article in the bytes of a file of this kind; `what` and `name` stand for the file.

    Raises `SourceError` for bytes that hold none.
    """
    title = PurePath(name).stem
    if kind is None:
        return from_plain(decode(data, what, charset), what, source=source or name, fallback=title)
    if not data.strip():
        raise SourceError(f"The {what} is empty; put an article in it.")
    try:
        parsed = parse(kind, data, charset)
    except UnreadableError as problem:
        raise SourceError(f"The {what} {problem}.") from None
    article = Article.from_text(
        parsed.text,
        title=(parsed.title or title)[:MAX_TITLE_CHARACTERS],
        source=parsed.source[:MAX_TITLE_CHARACTERS] or source or name,
        published=parsed.published,
        pages=parsed.pages,
        author=parsed.author,
        publisher=parsed.publisher,
        place=parsed.place,
        updated=parsed.updated,
    )
    return with_byline(article)


def _kind(path: PurePath) -> Kind | None:
    suffix = path.suffix.lower()
    if suffix not in TYPES:
        known = ", ".join(filter(None, TYPES))
        raise SourceError(f"The file {path} is of a type that is not read; give one of {known}.")
    return TYPES[suffix]


def _check_size(size: int, what: str) -> None:
    if size > MAX_BYTES:
        raise SourceError(
            f"The {what} has {size:,} bytes; split it into files of at most {MAX_BYTES:,}."
        )
