"""A file, on disk or uploaded -> Article."""

import stat
from pathlib import Path, PurePath

from qa.article import Article
from qa.errors import SourceError
from qa.sources.byline import with_byline
from qa.sources.characters import clean
from qa.sources.kinds import TYPES, is_binary, kind_in, kind_of
from qa.sources.limits import MAX_BYTES, MAX_TITLE_CHARACTERS
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.plain_text import decode, from_front_matter, from_plain, has_front_matter
from qa.sources.sandbox import TEXT_KINDS, Kind, parse

MAX_NAME_CHARACTERS = 255


def read_file(path: Path) -> Article:
    """The article of a file of one of the types in `qa.sources.kinds`; its source is its name.

    The title is what the file says it is, else a first line that stands alone, else the file's
    name. Raises `SourceError` for a file that cannot be read, is too large, or holds no article.
    """
    return article_of(load(path), f"file {path}", path.name)


def read_upload(name: str, data: bytes) -> Article:
    """The article of a file that was sent; of its name only the last part counts, and its suffix.

    Raises `SourceError` as `read_file` does.
    """
    last = clean(name).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    path = PurePath(last[-MAX_NAME_CHARACTERS:] or "upload")
    _check_size(len(data), f"file {path}")
    return article_of(data, f"file {path}", str(path))


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
    data: bytes,
    what: str,
    name: str,
    *,
    served: bool = False,
    declared: Kind | None = None,
    charset: str = "",
    source: str = "",
) -> Article:
    """The article in the bytes of a file; `what` and `name` stand for the file.

    `declared` is what a server said that it is, None for text, where one `served` it.
    Raises `SourceError` for bytes that hold none.
    """
    if not data.strip():
        raise SourceError(f"The {what} is empty; put an article in it.")
    title = PurePath(name).stem
    try:
        if served:
            kind = kind_in(data) or declared or TYPES.get(PurePath(name).suffix.lower())
        else:
            kind = kind_of(PurePath(name), data)
        if kind is None:
            text = decode(data, what, charset)
            return from_plain(text, what, source=source or name, fallback=title)
        if kind in TEXT_KINDS:
            text = clean(decode(data, what, charset))
            if kind == "markdown" and has_front_matter(text):
                return from_front_matter(text, what, render=_render)
            data = text.encode()
        if kind == "webpage" and is_binary(data, charset):
            raise UnreadableError("is no web page; save it again as .html")
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
        styles=parsed.styles,
    )
    return with_byline(article)


def _render(text: str) -> Parsed:
    return parse("markdown", text.encode())


def _check_size(size: int, what: str) -> None:
    if size > MAX_BYTES:
        raise SourceError(
            f"The {what} has {size:,} bytes; split it into files of at most {MAX_BYTES:,}."
        )
