"""An article as HTML in which each sentence can be pointed at."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape

from qa.answer import Citation
from qa.article import Article

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\r?\n")


def key(article_id: str) -> str:
    """An article's id as part of an HTML id: ids of files may hold any character."""
    return sha256(article_id.encode()).hexdigest()[:10]


def anchor(citation: Citation) -> str:
    """The HTML id of the sentence that a citation cites: the same in every answer."""
    return _anchor(citation.article_id, citation.start)


def key_of(anchor_id: str) -> str:
    """The key of the article that an anchor leads to: `s-3f…-120` -> `3f…`."""
    return anchor_id.removeprefix("s-").rpartition("-")[0]


def article_html(
    article: Article, citations: Sequence[Citation] = (), exact: str | None = None
) -> str:
    """The article, its cited sentences marked and numbered, the exact answer in them stronger."""
    cited = {c.start: c for c in citations if c.article_id == article.id}
    origin = " · ".join(escape(part) for part in (article.source, article.published) if part)
    return (
        f'<article><h2 dir="auto">{escape(article.title)}</h2>'
        + (f'<p class="origin">{origin}</p>' if origin else "")
        + "".join(
            f'<p dir="auto">{paragraph}</p>' for paragraph in _paragraphs(article, cited, exact)
        )
        + "</article>"
    )


def notice_html(sentence: str) -> str:
    """A plain sentence in the article's place."""
    return f'<p class="qa-notice" role="status">{escape(sentence)}</p>'


def _paragraphs(article: Article, cited: Mapping[int, Citation], exact: str | None) -> list[str]:
    paragraphs: list[str] = []
    end = 0
    for sentence in article.sentences:
        quote = article.text[sentence.start : sentence.end]
        html = _sentence(
            _anchor(article.id, sentence.start), quote, cited.get(sentence.start), exact
        )
        if not paragraphs or _EMPTY_LINE.search(article.text, end, sentence.start):
            paragraphs.append(html)
        else:
            paragraphs[-1] += " " + html
        end = sentence.end
    return paragraphs


def _sentence(anchor_id: str, quote: str, citation: Citation | None, exact: str | None) -> str:
    if citation is None or citation.quote != quote:
        return f'<span id="{anchor_id}" tabindex="-1">{escape(quote)}</span>'
    before, found, after = quote.partition(exact) if exact else (quote, "", "")
    strong = f"<strong>{escape(found)}</strong>" if found else ""
    number = f'<sup aria-label="cited as {citation.number}">{citation.number}</sup>'
    return (
        f'<mark id="{anchor_id}" tabindex="-1">'
        f"{escape(before)}{strong}{escape(after)}{number}</mark>"
    )


def _anchor(article_id: str, start: int) -> str:
    return f"s-{key(article_id)}-{start}"
