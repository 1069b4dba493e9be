"""An article as HTML, in which each sentence has an id that citations link to."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

from qa.article import Article
from qa.page.article_body import Mark, body_html
from qa.statement import Citation
from qa.text.language import is_english

NOT_ENGLISH = "This article is not in English; answers about it will be poor."


def article_key(article_id: str) -> str:
    """An article's id in a form that an HTML id can contain: file names may hold any character."""
    return sha256(article_id.encode()).hexdigest()[:10]


def anchor(citation: Citation) -> str:
    """The HTML id of the cited sentence; the same in every answer."""
    return f"{_prefix(citation.article_id)}{citation.start}"


def key_from_anchor(anchor_id: str) -> str:
    """The key of the article that an anchor points into: `s-3f…-120` -> `3f…`."""
    return anchor_id.removeprefix("s-").rpartition("-")[0]


def viewer_html(
    article: Article,
    citations: Sequence[Citation] = (),
    exact: str | None = None,
    exchange: int = -1,
    others: Sequence[Citation] = (),
    *,
    reopened: bool = False,
) -> str:
    """An article, under tabs for the articles that this exchange cites if there are several.

    `viewer.js` compares the exchange's number with that of a clicked citation. `others` are what
    the other exchanges of the conversation cite. If the conversation was `reopened`, the list that
    it was chosen from stays in view.
    """
    cited = {c.article_id: c.title for c in citations}
    tabs = "".join(
        f'<button type="button" data-open="{article_key(i)}" '
        f'aria-current="{_boolean(i == article.id)}">{escape(title)}</button>'
        for i, title in cited.items()
    )
    group = f'<div class="qa-cited" role="group" aria-label="Articles cited">{tabs}</div>'
    return (
        f'<div class="qa-shown" data-key="{article_key(article.id)}" data-exchange="{exchange}"'
        f"{' data-reopened' * reopened}>"
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
    cited = {c.start: Mark(c) for c in others if c.article_id == article.id}
    cited |= {c.start: Mark(c, exact, c.number) for c in citations if c.article_id == article.id}
    origin = escape(article.origin)
    return (
        f'<article><h2 dir="auto">{escape(article.title)}</h2>'
        + (f'<p class="origin">{origin}</p>' if origin else "")
        + ("" if is_english(article.text) else notice_html(NOT_ENGLISH))
        + body_html(article, cited, _prefix(article.id))
        + "</article>"
    )


def notice_html(sentence: str) -> str:
    """A plain sentence, as shown in place of an article."""
    return f'<p class="qa-notice">{escape(sentence)}</p>'


def _prefix(article_id: str) -> str:
    return f"s-{article_key(article_id)}-"


def _boolean(value: bool) -> str:
    return "true" if value else "false"
