"""Plain text or Markdown -> Article."""

import re
import reprlib
from collections.abc import Callable
from itertools import dropwhile

import yaml

from qa.article import Article
from qa.errors import SourceError
from qa.sources.byline import is_byline, with_byline
from qa.sources.characters import clean, declared_encoding
from qa.sources.limits import MAX_FRONT_MATTER, MAX_TITLE_CHARACTERS
from qa.sources.parsed import Parsed, UnreadableError, check, is_title

TITLE_WORDS = 10  # of a text that has no title
MAX_CONTROLS = 0.01  # of a text's characters; more is a program or a picture
MAX_BAD = 0.5  # of the characters beyond ASCII that may be no UTF-8
UTF16_ZEROS = 0.4  # of every other byte: English in UTF-16 has a zero there
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_FENCE = "---"
_FIELDS = ("source", "published", "author", "publisher", "place", "updated")  # besides the title


def decode(data: bytes, what: str, charset: str = "") -> str:
    """The text of a file in the declared charset or as its bytes look; `what` names it in errors.

    By its byte order mark, or its zeros, it is UTF-16, else UTF-8, in which a byte that is none
    spoils one character, else Windows-1252. Raises `SourceError` for bytes that are no text.
    """
    encoding = declared_encoding(data, charset) or _encoding(data)
    text = data.decode(encoding, "replace")
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > MAX_CONTROLS * len(text):
        raise SourceError(f"The {what} is not text; save it as plain text or Markdown.")
    return _checked(text, what)


def decode_utf8(data: bytes, what: str) -> str:
    """The text of a file that is to be in UTF-8; raises `SourceError` for any other."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The {what} is not UTF-8 text (byte {error.start}); save it as UTF-8."
        ) from None
    if "\0" in text:
        raise SourceError(f"The {what} is not text; save it as plain text or Markdown.")
    return _checked(text, what)


def _checked(text: str, what: str) -> str:
    if not text.strip():
        raise SourceError(f"The {what} is empty; put an article in it.")
    return text.replace("\r\n", "\n")


def _encoding(data: bytes) -> str:
    half = len(data) // 2
    if half and data[1::2].count(0) > UTF16_ZEROS * half > 3 * data[0::2].count(0):
        return "utf-16-le"
    if half and data[0::2].count(0) > UTF16_ZEROS * half > 3 * data[1::2].count(0):
        return "utf-16-be"
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return "utf-8" if bad <= MAX_BAD * beyond_ascii or not bad else "cp1252"


def from_plain(text: str, what: str, *, source: str, fallback: str = "") -> Article:
    """The article of a text, which may begin with front matter.

    The title is the front matter's, else a first line that stands alone, else `fallback`, else the
    text's first words.
    Raises `SourceError` for front matter that cannot be read, and for a text of one word or of too
    many characters.
    """
    article = with_byline(_from_plain(clean(text), what, source, fallback))
    try:
        check(article.text)
    except UnreadableError as problem:
        raise SourceError(f"The {what} {problem}.") from None
    return article


def has_front_matter(text: str) -> bool:
    """Whether a text begins with fields between two lines of dashes."""
    opening, *lines = text.split("\n")
    return opening.rstrip() == _FENCE and any(line.rstrip() == _FENCE for line in lines)


def from_front_matter(
    text: str, what: str, id: str | None = None, render: Callable[[str], Parsed] = Parsed
) -> Article:
    """The article of a text that begins with front matter, whose title is needed.

    `render` makes of what follows the text that a reader sees.
    """
    opening, *lines = text.split("\n")
    if opening.rstrip() != _FENCE or _FENCE not in (ends := [line.rstrip() for line in lines]):
        raise SourceError(
            f"The {what} has no front matter; begin it with '---', 'title: …' and '---' lines."
        )
    end = ends.index(_FENCE)
    written = "\n".join(lines[:end])
    if len(written) > MAX_FRONT_MATTER:
        raise SourceError(
            f"The front matter of the {what} has {len(written):,} characters; "
            f"shorten it to at most {MAX_FRONT_MATTER:,}."
        )
    try:
        # Every scalar stays text: a date is kept as it is written.
        fields = yaml.load(written, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise SourceError(
            f"The front matter of the {what} is not YAML ({problem}); "
            "put a value with a colon or quotes in it between single quotes."
        ) from None
    if (
        not isinstance(fields, dict)
        or not isinstance(fields.get("title"), str)
        or not fields["title"]
    ):
        raise SourceError(f"The front matter of the {what} has no title; add a line 'title: …'.")
    for name in _FIELDS:
        if not isinstance(fields.get(name, ""), str):
            raise SourceError(
                f"The front matter of the {what} has {name}: {reprlib.repr(fields[name])[:100]}; "
                "make it text."
            )
    body = "\n".join(lines[end + 1 :]).strip("\n")
    if not body.strip():
        raise SourceError(f"The {what} has no text after its front matter; put the article there.")
    parsed = render(body)
    return Article.from_text(
        parsed.text,
        styles=parsed.styles,
        title=clean(fields["title"]),
        id=id,
        pages=(),
        **{name: clean(fields.get(name, "")) for name in _FIELDS},
    )


def _from_plain(text: str, what: str, source: str, fallback: str) -> Article:
    if has_front_matter(text):
        return from_front_matter(text, what)
    if not text.strip():
        raise SourceError(f"The {what} is empty; put an article in it.")
    title, text = fallback, text.strip("\n")
    first, _, rest = text.partition("\n")
    heading, below = first.lstrip("#").strip(), rest.partition("\n")[0].strip()
    stands_alone = not below or is_byline(below)
    if rest.strip() and stands_alone and is_title(heading) and not is_byline(heading):
        title, text = heading, rest.strip("\n")
    title = title or " ".join(_body(text).split()[:TITLE_WORDS])[:MAX_TITLE_CHARACTERS]
    return Article.from_text(text, title=title, source=source)


def _body(text: str) -> str:
    """The text below the byline and the dates that it begins with."""
    lines = dropwhile(lambda line: not line.strip() or is_byline(line.strip()), text.split("\n"))
    return "\n".join(lines) or text
