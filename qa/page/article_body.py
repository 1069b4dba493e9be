"""An article's text as HTML: headings, lists, tables, stressed words, each sentence with its id."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from qa.article import Article, Sentence, Style
from qa.statement import Citation

_AROUND = {"ul": "ul", "ol": "ol", "quote": "blockquote", "row": "table"}  # kind -> its element
_TAGS = {"h2": "h3", "h3": "h4", "h4": "h5", "ul": "li", "ol": "li"}  # the title is the only h2
_INLINE = {"head", "cell", "b", "i"}
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\r?\n")
_STRESS = {"b": "b", "i": "em", "exact": "strong"}


@dataclass(frozen=True)
class Mark:
    """A cited sentence, with its number in the answer that the article is shown for."""

    citation: Citation
    exact: str | None = None
    number: int | None = None


def body_html(article: Article, cited: Mapping[int, Mark], prefix: str) -> str:
    """The text of an article; `cited` are its cited sentences by where they start.

    The id of a sentence is `prefix` and where it starts.
    """
    return "".join(_Body(article, cited, prefix).parts())


@dataclass(frozen=True)
class _Block:
    """Sentences that stand together, and what they are: a `Style`'s kind, and a number."""

    sentences: Sequence[Sentence]
    kind: str
    number: str
    inline: Sequence[Style]  # within it


class _Body:
    def __init__(self, article: Article, cited: Mapping[int, Mark], prefix: str) -> None:
        self._article = article
        self._cited = cited
        self._prefix = prefix
        self._page: int | None = None
        self._blocks = {s.start: s.kind for s in article.styles if s.kind not in _INLINE}
        self._inline = sorted(s for s in article.styles if s.kind in _INLINE)

    def parts(self) -> Iterator[str]:
        blocks = [self._block(group) for group in _paragraphs(self._article)]
        for around, group in groupby(blocks, key=lambda block: _AROUND.get(block.kind, "")):
            if around == "table":
                yield self._table(list(group))
                continue
            inside = "".join(map(self._one, group))
            yield f'<{around} dir="auto">{inside}</{around}>' if around else inside

    def _block(self, sentences: Sequence[Sentence]) -> _Block:
        kind, _, number = self._blocks.get(sentences[0].start, "").partition(" ")
        first, last = (
            bisect_left(self._inline, (at,)) for at in (sentences[0].start, sentences[-1].end)
        )
        return _Block(sentences, kind, number, self._inline[first:last])

    def _one(self, block: _Block) -> str:
        tag = _TAGS.get(block.kind, "p")
        value = f' value="{escape(block.number)}"' if block.number else ""
        caption = ' class="qa-caption"' if block.kind == "caption" else ""
        return f'<{tag} dir="auto"{value}{caption}>{self._sentences(block)}</{tag}>'

    def _sentences(self, block: _Block) -> str:
        return " ".join(part for one in block.sentences for part in self._sentence(one, block))

    def _sentence(self, sentence: Sentence, block: _Block) -> Iterator[str]:
        if page := self._new_page(sentence):
            yield page
        mark = self._mark(sentence)
        html = self._text(sentence.start, sentence.end, block, mark)
        name = f"{self._prefix}{sentence.start}"
        if mark is None:
            yield f'<span id="{name}" tabindex="-1">{html}</span>'
        else:
            html += _back(mark, name)
            yield f'<mark id="{name}" tabindex="-1" class="{_class(mark)}">{html}</mark>'

    def _table(self, rows: Sequence[_Block]) -> str:
        """A row of one sentence has a cell for each of the text's; another has one for all."""
        cells = [self._cells(row) for row in rows]
        heads = list(dict.fromkeys(head for row in cells for head, _ in row))
        named = "".join(f'<th scope="col" dir="auto">{escape(head)}</th>' for head in heads)
        body = "".join(self._row(row, own, heads) for row, own in zip(rows, cells, strict=True))
        head = f"<thead><tr>{named}</tr></thead>" if any(heads) else ""
        return f'<div class="qa-table"><table>{head}<tbody>{body}</tbody></table></div>'

    def _row(self, row: _Block, cells: Sequence[tuple[str, Style]], heads: Sequence[str]) -> str:
        (first, *more), by_head = row.sentences, dict(cells)
        if more or len(by_head) < len(cells) or not cells:
            wide = max(len(heads), len(cells), 1)
            return f'<tr><td colspan="{wide}" dir="auto">{self._sentences(row)}</td></tr>'
        page, mark = self._new_page(first), self._mark(first)
        name = f"{self._prefix}{first.start}"
        texts = [
            self._text(cell.start, cell.end, row, mark) if (cell := by_head.get(head)) else ""
            for head in heads
        ]
        texts[0] = page + texts[0]
        if mark:
            texts[-1] += _back(mark, name)
        shown = "".join(f'<td dir="auto">{text}</td>' for text in texts)
        css = f' class="{_class(mark)}"' if mark else ""
        return f'<tr id="{name}" tabindex="-1"{css}>{shown}</tr>'

    def _cells(self, row: _Block) -> list[tuple[str, Style]]:
        """The cells of a row, each with its column's head."""
        found: list[tuple[str, Style]] = []
        head = ""
        for style in row.inline:
            if style.kind == "head":
                head = self._article.text[style.start : style.end]
            elif style.kind == "cell":
                found.append((head, style))
                head = ""
        return found

    def _new_page(self, sentence: Sentence) -> str:
        page, before = self._article.page(sentence.start), self._page
        self._page = page
        return f'<span class="qa-page">page {page}</span>' if page != before else ""

    def _mark(self, sentence: Sentence) -> Mark | None:
        mark = self._cited.get(sentence.start)
        same = mark and mark.citation.quote == self._article.text[sentence.start : sentence.end]
        return mark if same else None

    def _text(self, start: int, end: int, block: _Block, mark: Mark | None) -> str:
        """These characters of the text, in pieces between which what is stressed changes."""
        text, exact = self._article.text, mark.exact if mark else None
        spans = [s for s in block.inline if s.kind in _STRESS and s.start < end and start < s.end]
        at = text.find(exact, start, end) if exact else -1
        if exact and at >= 0:
            spans.append(Style(at, at + len(exact), "exact"))
        if not spans:
            return escape(text[start:end])
        edges = {start, end} | {min(max(e, start), end) for s in spans for e in (s.start, s.end)}
        parts = []
        for left, right in pairwise(sorted(edges)):
            kinds = dict.fromkeys(s.kind for s in spans if s.start <= left and right <= s.end)
            html = escape(text[left:right])
            for kind in kinds:
                html = f"<{_STRESS[kind]}>{html}</{_STRESS[kind]}>"
            parts.append(html)
        return "".join(parts)


def _paragraphs(article: Article) -> Iterator[list[Sentence]]:
    """The sentences, those together that no empty line and no style's start parts."""
    starts = {style.start for style in article.styles if style.kind not in _INLINE}
    paragraph: list[Sentence] = []
    for sentence in article.sentences:
        if paragraph and (
            sentence.start in starts
            or _EMPTY_LINE.search(article.text, paragraph[-1].end, sentence.start)
        ):
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def _class(mark: Mark) -> str:
    return "qa-mark" if mark.number else "qa-mark qa-other"


def _back(mark: Mark, name: str) -> str:
    """The link from a cited sentence back to the answer."""
    cited = f"Cited as {mark.number}" if mark.number else "Cited by another answer"
    return (
        f'<a class="qa-back" href="#{name}" aria-label="{cited}: back to the answer">'
        f"{mark.number or '↩'}</a>"
    )
