"""An answer's Markdown as HTML, with links to the cited sentences; text never becomes a tag."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from qa.export.tokens import parser, unbroken
from qa.markdown import to_markdown
from qa.page.article_view import anchor
from qa.statement import Citation, Statement


def answer_html(text: str, citations: Sequence[Citation] = ()) -> str:
    """An answer's Markdown as HTML, its markers linked to the sentences they cite.

    `It is **so**. [1]` -> `<p>It is <strong>so</strong>. <a …>[1]</a></p>`
    """
    return str(_MARKDOWN.render(unbroken(text), {"cited": {c.number: c for c in citations}}))


def statements_html(statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    """Statements as HTML; what articles say on one point stands in columns where there is room."""
    parts = []
    for point, group in groupby(statements, key=lambda s: s.point):
        if not point:
            parts.append(answer_html(to_markdown(group), citations))
            continue
        sides: list[list[Statement]] = []
        for statement in group:
            if statement.role == "source":
                sides.append([])
            sides[-1].append(statement)
        columns = (f"<div>{answer_html(to_markdown(side), citations)}</div>" for side in sides)
        parts.append(f'<div class="qa-sides">{"".join(columns)}</div>')
    return "".join(parts)


def quote_link(citation: Citation, text: str, name: str) -> str:
    """A link to a cited sentence, with the quote and its origin, which `viewer.js` shows.

    `text` and `name` are plain text; screen readers announce the link by its name.
    """
    return (
        f'<a class="qa-cite" href="#{anchor(citation)}" data-quote="{escape(citation.quote)}" '
        f'data-origin="{escape(citation.origin)}" aria-label="{escape(name)}">{escape(text)}</a>'
    )


def _marker_html(_: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    cited: Citation = env["cited"][tokens[index].meta["number"]]
    page = f", page {cited.page}" if cited.page else ""
    return quote_link(cited, f"[{cited.number}]", f"Citation {cited.number}{page}")


_MARKDOWN = parser()
_MARKDOWN.add_render_rule("marker", _marker_html)
