"""An answer's Markdown as tokens: the one parser with which the page and exports render it."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MARKER = re.compile(r"\[(\d+)\]")
_SPACE_BEFORE_MARKER = re.compile(r" (?=\[\d+\])")
# What an answer consists of. Without rules for links, images and HTML, those remain text.
_RULES = ["blockquote", "list", "emphasis", "balance_pairs", "escape", "entity", "newline"]


def parser() -> MarkdownIt:
    """A parser of answers, whose `[n]` is a token `marker`, its number in `meta`.

    Only the numbers in `env["cited"]`, a mapping, are markers; others are text.
    """
    markdown = MarkdownIt("zero").enable(_RULES)
    markdown.inline.ruler.push("marker", _marker)
    return markdown


def unbroken(text: str) -> str:
    """The Markdown, each number on its sentence's line."""
    return _SPACE_BEFORE_MARKER.sub("\u00a0", text)


def _marker(state: StateInline, silent: bool) -> bool:
    match = _MARKER.match(state.src, state.pos)
    if match is None or int(match[1]) not in state.env["cited"]:
        return False
    if not silent:
        state.push("marker", "", 0).meta = {"number": int(match[1])}
    state.pos = match.end()
    return True
