"""Blocks of text -> one text, and where its headings, items, rows and stressed words are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.article import Style
from qa.sources.tables import Cells

MAX_STYLES = 5_000  # of a text; what is beyond is shown as plain paragraphs
Run = tuple[str, str]  # `b` or `i` where it is stressed, else empty; and its words


@dataclass(frozen=True)
class Styled:
    """A block of text; `kind` is a `Style`'s, or empty for a paragraph.

    `runs` hold at least the block's words, in their order, whatever the white space.
    """

    text: str
    kind: str = ""
    cells: Cells = ()  # of a row
    runs: Sequence[Run] = ()


def laid_out(blocks: Iterable[Styled]) -> tuple[str, tuple[Style, ...]]:
    """The blocks as one text, an empty line between them, and its styles by where they start."""
    texts: list[str] = []
    styles: list[Style] = []
    at = 0
    for block in blocks:
        styles += (Style(at + s.start, at + s.end, s.kind) for s in _within(block))
        texts.append(block.text)
        at += len(block.text) + 2
    return "\n\n".join(texts), tuple(styles[:MAX_STYLES])


def _within(block: Styled) -> Iterator[Style]:
    if block.kind:
        yield Style(0, len(block.text), block.kind)
    yield from _cells(block)
    if block.kind[:1] != "h":  # a heading is stressed as it is
        yield from _stressed(block)


def _cells(block: Styled) -> Iterator[Style]:
    end = 0
    for head, text in block.cells:
        for kind, words in (("head", head), ("cell", text)):
            start = block.text.find(words, end) if words else -1
            if start >= 0:
                end = start + len(words)
                yield Style(start, end, kind)


def _stressed(block: Styled) -> Iterator[Style]:
    if not any(kind for kind, _ in block.runs):
        return
    places = [at for at, letter in enumerate(block.text) if not letter.isspace()]
    runs = [(kind, "".join(words.split())) for kind, words in block.runs]
    before = "".join(words for _, words in runs).find("".join(block.text.split()))
    if before < 0:  # something was put between the words, such as quotation marks
        return
    end = -before
    for kind, words in runs:
        start, end = end, end + len(words)
        first, last = max(start, 0), min(end, len(places))
        if kind and first < last:
            yield Style(places[first], places[last - 1] + 1, kind)
