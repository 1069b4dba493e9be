"""Statements as Markdown; nothing else escapes or renders an answer."""

import html
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, product

from qa.statement import QUOTING, Citation, Statement

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~$&@]|(?<=:)/(?=/)|(?<=www)\.|^\d+(?=[.)])|^[-+=]", re.I)
_SYNTAX = re.compile(  # what an answer is rendered with
    r"(?<!\\)(?:\[\d+\]|\*\*)|^(?:> ?|- )", re.M
)
Marker = Callable[[int], str]  # the number of a citation -> how it is shown


def to_markdown(statements: Iterable[Statement], marker: Marker = "[{}]".format) -> str:
    """Evidence as block quotes, points as a list, the rest as paragraphs.

    Each sentence is followed by the markers of its citations; the proof right below a line is not
    numbered again. Sentences that follow each other in a paragraph of the article stay together.
    """
    paragraphs: list[str] = []
    line: tuple[Citation, ...] = ()  # what the sentence just before a quote cites
    for role, block in groupby(statements, key=_block):
        group = list(block)
        if role == "evidence":
            quotes = [_sentence(group[0], (lambda _: "") if group[0].citations == line else marker)]
            for before, quote in pairwise(group):
                joint = " " if _continues(before, quote) else "\n>\n> "
                quotes.append(joint + _sentence(quote, marker))
            paragraphs.append("> " + "".join(quotes))
        elif role == "point":
            paragraphs.append("\n".join(f"- {_sentence(s, marker)}" for s in group))
        elif role in ("direct", "earlier", "compared"):
            paragraphs.append(" ".join(_sentence(s, marker) for s in group))
        else:
            paragraphs += ["  \n".join(_lines(s)) for s in group]
        if role != "source":  # which only names the article of the quotes below
            line = group[-1].citations
    return "\n\n".join(paragraphs)


def with_footnotes(statements: Sequence[Statement]) -> str:
    """The same with its sources as footnotes; a quote that stands in the text is not repeated.

    `It is so. [1]` -> `It is so. [^1]` … `[^1]: “It is.” (Title, source, page 2)`
    """
    cited = {c.number: c for s in statements for c in s.citations}
    said = {s.text for s in statements}
    notes = [
        f"[^{number}]: {escape_markdown(note_text('' if c.quote in said else c.quote, c.origin))}"
        for number, c in sorted(cited.items())
    ]
    text = to_markdown(statements, "[^{}]".format)
    return text + "\n\n" + "\n".join(notes) if notes else text


def note_text(quote: str, origin: str) -> str:
    """A footnote: a quote and its origin, or the origin of one that stands elsewhere."""
    return f"“{quote}” ({origin})" if quote else origin


def escape_markdown(text: str, bold: Sequence[tuple[int, int]] = ()) -> str:
    r"""Text that Markdown shows as it stands, on one line: no markup, no HTML, no bare links.

    `a *b* <i>` -> `a \*b\* &lt;i\>`. The character ranges `bold` are in bold, but for those whose
    asterisks Markdown would show.
    """
    parts: list[str] = []
    done = 0
    for start, end in bold:
        if _can_be_bold(text, start, end):
            stressed = f"**{_escaped(text[start:end])}**"
            parts += [_with_end_spaces(text[done:start]), stressed]
            done = end
    return "".join([*parts, _with_end_spaces(text[done:])]).strip()


def plain(markdown: str) -> str:
    r"""A turn of a history as plain text: without numbers, quotation, bold and escapes.

    `> It is **so\_so**. [1]` -> `It is so_so.`
    """
    bare = html.unescape(_SYNTAX.sub("", markdown))
    return re.sub(r"\\([^\w\s]|_)", r"\1", bare).strip()


def _block(statement: Statement) -> str:
    """The role by which statements are joined: all that is quoted stands in one quote."""
    return "evidence" if statement.role in QUOTING else statement.role


def _continues(before: Statement, quote: Statement) -> bool:
    """Whether a quote follows the one before it in the same paragraph of an article."""
    return any(
        b.article_id == c.article_id and 0 <= c.start - b.end <= 1
        for b, c in product(before.citations[-1:], quote.citations[:1])
    )


def _sentence(statement: Statement, marker: Marker) -> str:
    text = escape_markdown(statement.text, statement.bold)
    markers = "".join(marker(c.number) for c in statement.citations)
    return f"{text} {markers}" if markers else text


def _lines(statement: Statement) -> Iterator[str]:
    """The lines of a text, each escaped."""
    start = 0
    for line in statement.text.split("\n"):
        end = start + len(line)
        yield escape_markdown(
            line, [(a - start, b - start) for a, b in statement.bold if start <= a and b <= end]
        )
        start = end + 1


def _can_be_bold(text: str, start: int, end: int) -> bool:
    """Whether Markdown takes `**` around this range as bold, not as text as in `so**!**`.

    CommonMark 0.31, section 6.2; before it, symbols beyond ASCII were no punctuation.
    """
    return bool(text[start:end].strip()) and not (
        _clings(text[start], text[start - 1 : start] if start else "")
        or _clings(text[end - 1], text[end : end + 1])
    )


def _clings(edge: str, beside: str) -> bool:
    seam = not beside or beside.isspace() or beside in string.punctuation
    return unicodedata.category(edge)[0] in "PS" and not (
        seam or unicodedata.category(beside)[0] == "P"
    )


def _with_end_spaces(text: str) -> str:
    # Escaping strips the ends; a space beside the bold must stay.
    lead, trail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{lead}{_escaped(text)}{trail}" if text.strip() else text and " "


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: _escape(match[0]), " ".join(text.split()))


def _escape(markup: str) -> str:
    if markup == "&":
        return "&amp;"
    if markup == "<":
        return "&lt;"
    return f"\\{markup}" if not markup[0].isdigit() else f"{markup}\\"
