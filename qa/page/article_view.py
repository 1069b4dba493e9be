"""An article as HTML, in which each sentence has an id that citations link to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from qa.article import Article
from qa.statement import Citation
from qa.text.language import is_english

NOT_ENGLISH = "This article is not in English; answers about it will be poor."
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\r?\n")


def article_key(article_id: str) -> str:
    """An article's id in a form that an HTML id can contain: file names may hold any character."""
    return sha256(article_id.encode()).hexdigest()[:10]


def anchor(citation: Citation) -> str:
    """The HTML id of the cited sentence; the same in every answer."""
    return _anchor(citation.article_id, citation.start)


def key_from_anchor(anchor_id: str) -> str:
    """The key of the article that an anchor points into: `s-3f…-120` -> `3f…`."""
    return anchor_id.removeprefix("s-").rpartition("-")[0]


def viewer_html(
    article: Article,
    citations: Sequence[Citation] = (),
    exact: str | None = None,
    exchange: int = -1,
    others: Sequence[Citation] = (),
) -> str:
    """An article, under tabs for the articles that this exchange cites if there are several.

    `viewer.js` compares the exchange's number with that of a clicked citation. `others` are what
    the other exchanges of the conversation cite.
    """
    cited = {c.article_id: c.title for c in citations}
    tabs = "".join(
        f'<button type="button" data-open="{article_key(i)}" '
        f'aria-current="{_boolean(i == article.id)}">{escape(title)}</button>'
        for i, title in cited.items()
    )
    group = f'<div class="qa-cited" role="group" aria-label="Articles cited">{tabs}</div>'
    return (
        f'<div class="qa-shown" data-exchange="{exchange}">'
        + (group if len(cited) > 1 or (cited and article.id not in cited) else "")
        + article_html(article, citations, exact, others)
        + "</div>"
    )


def article_html(
    article: Article,
    citations: Sequence[Citation] = (),
    exact: str | None = None,
    others: Sequence[Citation] = (),
) -> str:
    """The article with its cited sentences marked and numbered, the exact answer in bold.

    Those that only other answers cite are marked, too, without a number.
    """
    cited = {c.start: _Mark(c) for c in others if c.article_id == article.id}
    cited |= {c.start: _Mark(c, exact, c.number) for c in citations if c.article_id == article.id}
    origin = escape(article.origin)
    return (
        f'<article><h2 dir="auto">{escape(article.title)}</h2>'
        + (f'<p class="origin">{origin}</p>' if origin else "")
        + ("" if is_english(article.text) else notice_html(NOT_ENGLISH))
        + "".join(f'<p dir="auto">{paragraph}</p>' for paragraph in _paragraphs(article, cited))
        + "</article>"
    )


def notice_html(sentence: str) -> str:
    """A plain sentence, as shown in place of an article."""
    return f'<p class="qa-notice">{escape(sentence)}</p>'


@dataclass(frozen=True)
class _Mark:
    """A cited sentence, with its number in the answer that the article is shown for."""

    citation: Citation
    exact: str | None = None
    number: int | None = None


def _paragraphs(article: Article, cited: Mapping[int, _Mark]) -> Iterator[str]:
    paragraph: list[str] = []
    end, page = 0, article.page(0)
    for sentence in article.sentences:
        if paragraph and _EMPTY_LINE.search(article.text, end, sentence.start):
            yield " ".join(paragraph)
            paragraph = []
        if article.page(sentence.start) != page:
            page = article.page(sentence.start)
            paragraph.append(f'<span class="qa-page">page {page}</span>')
        quote = article.text[sentence.start : sentence.end]
        anchor_id = _anchor(article.id, sentence.start)
        paragraph.append(_sentence(anchor_id, quote, cited.get(sentence.start)))
        end = sentence.end
    yield " ".join(paragraph)


def _sentence(anchor_id: str, quote: str, mark: _Mark | None) -> str:
    if mark is None or mark.citation.quote != quote:
        return f'<span id="{anchor_id}" tabindex="-1">{escape(quote)}</span>'
    before, found, after = quote.partition(mark.exact) if mark.exact else (quote, "", "")
    strong = f"<strong>{escape(found)}</strong>" if found else ""
    name = f"Cited as {mark.number}" if mark.number else "Cited by another answer"
    back = (
        f'<a class="qa-back" href="#{anchor_id}" '
        f'aria-label="{name}: back to the answer">{mark.number or "↩"}</a>'
    )
    return (
        f'<mark id="{anchor_id}" tabindex="-1"{"" if mark.number else " class=qa-other"}>'
        f"{escape(before)}{strong}{escape(after)}{back}</mark>"
    )


def _anchor(article_id: str, start: int) -> str:
    return f"s-{article_key(article_id)}-{start}"


def _boolean(value: bool) -> str:
    return "true" if value else "false"
