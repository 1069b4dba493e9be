"""What a parser makes of a file."""

from dataclasses import dataclass

from qa.article import Style
from qa.sources.limits import MAX_CHARACTERS, MAX_TITLE_CHARACTERS

MAX_WORD_CHARACTERS = 100  # more without white space is a script that writes none between words


@dataclass(frozen=True)
class Parsed:
    """A file's text and what the file says of itself; empty where it says nothing."""

    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    pages: tuple[int, ...] = ()  # offsets in `text` at which a PDF's pages start
    author: str = ""
    publisher: str = ""
    place: str = ""
    updated: str = ""
    styles: tuple[Style, ...] = ()


class UnreadableError(Exception):
    """What is wrong with a file and how to mend it, as the rest of a sentence about the file."""


def check(text: str) -> None:
    """Raise `UnreadableError` for a text of one word, or of more than `MAX_CHARACTERS`."""
    if len(text) <= MAX_WORD_CHARACTERS and len(text.split()) < 2:
        raise UnreadableError(f"has no more than a word ({text.strip()!r}); put an article in it")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"has {len(text):,} characters; split it into articles of at most {MAX_CHARACTERS:,}"
        )


def is_title(line: str) -> bool:
    """Whether a text's first paragraph may be its title: one short line, and no sentence."""
    return 0 < len(line) <= MAX_TITLE_CHARACTERS and "\n" not in line and not line.endswith(".")
