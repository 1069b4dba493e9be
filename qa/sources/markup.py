"""Markup of any origin -> its blocks of text: HTML in mails and books, and Markdown."""

from markdown_it import MarkdownIt

from qa.sources.characters import clean
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.web.blocks import Block, blocks
from qa.sources.web.shown import drop_unseen, parse

_TITLE = "h1"


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
    return Parsed("\n\n".join(block.text for block in found), title=title)


def read_markdown(text: str) -> Parsed:
    """What a reader sees of a Markdown text, which has no front matter: its marks are no text."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return read_markup(f"<body>{markdown.render(text)}</body>")
