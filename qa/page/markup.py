"""An answer's Markdown as HTML, with links to the cited sentences; text never becomes a tag."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from qa.markdown import to_markdown
from qa.page.article_view import anchor
from qa.statement import Citation, Statement

_MARKER = re.compile(r"\[(\d+)\]")
_SPACE_BEFORE_MARKER = re.compile(r" (?=\[\d+\])")
# What an answer consists of. Without rules for links, images and HTML, those remain text.
_RULES = ["blockquote", "list", "emphasis", "balance_pairs", "escape", "entity", "newline"]


def answer_html(text: str, citations: Sequence[Citation] = ()) -> str:
    """An answer's Markdown as HTML, its markers linked to the sentences they cite.

    `It is **so**. [1]` -> `<p>It is <strong>so</strong>. <a …>[1]</a></p>`
    """
    unbroken = _SPACE_BEFORE_MARKER.sub("\u00a0", text)  # a number stays on its sentence's line
    return str(_MARKDOWN.render(unbroken, {"cited": {c.number: c for c in citations}}))


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


def _marker(state: StateInline, silent: bool) -> bool:
    match = _MARKER.match(state.src, state.pos)
    if match is None or int(match[1]) not in state.env["cited"]:
        return False
    if not silent:
        state.push("marker", "", 0).meta = {"citation": state.env["cited"][int(match[1])]}
    state.pos = match.end()
    return True


def _marker_html(_: Any, tokens: Sequence[Any], index: int, *rest: Mapping[str, Any]) -> str:
    cited: Citation = tokens[index].meta["citation"]
    page = f", page {cited.page}" if cited.page else ""
    return quote_link(cited, f"[{cited.number}]", f"Citation {cited.number}{page}")


_MARKDOWN = MarkdownIt("zero").enable(_RULES)
_MARKDOWN.inline.ruler.push("marker", _marker)
_MARKDOWN.add_render_rule("marker", _marker_html)
