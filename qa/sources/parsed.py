"""What a parser makes of a file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parsed:
    """A file's text and what the file says of itself; empty where it says nothing."""

    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    pages: tuple[int, ...] = ()  # offsets in `text` at which a PDF's pages start


class UnreadableError(Exception):
    """What is wrong with a file and how to mend it, as the rest of a sentence about the file."""
