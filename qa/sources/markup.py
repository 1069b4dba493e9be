"""Markup of any origin -> its blocks of text: HTML in mails and books, and Markdown."""

import re

from markdown_it import MarkdownIt

from qa.sources.characters import clean
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.styles import laid_out
from qa.sources.web.blocks import Block, blocks
from qa.sources.web.shown import drop_unseen, parse
from qa.sources.web.styled import styled

_TITLE = "h1"
# What Markdown's best-known extensions write, which its parser here takes for text.
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\]:[ \t]*")  # `[^1]: Where it is from.`
_NOTE_MARK = re.compile(r"(?<=\S)\[\^[^\]\s]{1,40}\]")
_TASK = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\](?=[ \t])")  # `- [x] Done`
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def read_markup(html: str) -> Parsed:
    """All that a browser shows of it, a first heading of the first rank as the title.

    Raises `UnreadableError` for markup that shows nothing.
    """
    page = parse(clean(html))
    found: list[Block] = []
    if page is not None:
        drop_unseen(page)
        found = blocks(page)
    if not found:
        raise UnreadableError("has no text; add one that has")
    title = ""
    if len(found) > 1 and found[0].ancestor({_TITLE}) is not None:
        title = found.pop(0).text
    text, styles = laid_out(styled(found))
    return Parsed(text, title=title, styles=styles)


def read_markdown(text: str) -> Parsed:
    """What a reader sees of a Markdown text, which has no front matter: its marks are no text."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return read_markup(f"<body>{markdown.render(_without_marks(text))}</body>")


def _without_marks(text: str) -> str:
    """The text without the marks of footnotes and tasks, but in code; each note a paragraph."""
    lines, fence = [], ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence:
            line = _NOTE_MARK.sub("", _TASK.sub(r"\1", _NOTE.sub("\n", line, count=1)))
        lines.append(line)
    return "\n".join(lines)
