"""A web page -> the article on it."""

import re
from dataclasses import replace

from qa.sources.characters import clean, decode_markup
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.styles import laid_out
from qa.sources.web.blocks import Block
from qa.sources.web.facts import Declared, facts
from qa.sources.web.names import split_dateline
from qa.sources.web.region import Region
from qa.sources.web.shown import drop_unseen, parse
from qa.sources.web.styled import styled

MIN_WORDS = 20  # fewer are a notice, such as the one to turn JavaScript on
WALLED_WORDS = 150  # a page with a login wall shows no more than an article's beginning
LOGIN_WORDS = 60  # of a page that is a form to log in; an article with a form beside it has more
MIN_LISTED = 5  # links or teasers that make a list of articles
_NO_ARTICLE = "has no article in it; paste the article's text instead"
# The control characters that `clean` removes, as references.
_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d)|x0*(?:[0-8bcef]|1[\da-f]|7f)(?![\da-f]));?",
    re.I,
)
_WALL = re.compile(
    r"\b(log|sign) ?in to (?!(post|leave|add|write|comment|reply))|\bto (continue|keep) reading\b"
    r"|\bsubscribe to (continue|read|unlock)\b"
    r"|\b(for|already a) subscribers?\b|\bsubscribers[- ]only\b",
    re.I,
)


def read_webpage(data: bytes, charset: str = "") -> Parsed:
    """The article on an HTML page, as a browser shows it, and what the page says of it.

    `charset` is what a server declared. Raises `UnreadableError` for a page that is a login wall,
    a list of articles, or no article.
    """
    page = parse(_CONTROL.sub("", clean(decode_markup(data, charset))))
    if page is None:
        raise UnreadableError(_NO_ARTICLE)
    declared = Declared(page)
    drop_unseen(page)
    region = Region(page, declared.title)
    said = facts(declared, region)
    article = region.article(said.authors)
    words = sum(block.words for block in article)
    if words < WALLED_WORDS and _is_wall(region, declared.paid, words):
        raise UnreadableError(
            "shows its article only after a login; paste the article's text instead"
        )
    if _is_listing(region, article):
        raise UnreadableError("lists articles and is none itself; give the address of one of them")
    if words < MIN_WORDS:
        raise UnreadableError(_NO_ARTICLE)
    place, texts = _without_dateline([block.text for block in article])
    left = (replace(block, text=text) for block, text in zip(article, texts, strict=True))
    text, styles = laid_out(styled(left))
    return Parsed(
        text,
        title=said.title,
        source=said.publisher,
        published=said.published,
        author=", ".join(said.authors),
        publisher=said.publisher,
        place=said.place or place,
        updated=said.updated,
        styles=styles,
    )


def _without_dateline(texts: list[str]) -> tuple[str, list[str]]:
    """The place of a dateline before the first sentence, which goes."""
    for at, text in enumerate(texts[:6]):
        place, rest = split_dateline(text)
        if rest != text and rest:
            return place, [*texts[:at], rest, *texts[at + 1 :]]
    return "", texts


def _is_wall(region: Region, paid: bool, words: int) -> bool:
    if paid or any(_WALL.search(block.text) for block in region.within):
        return True
    return words < LOGIN_WORDS and bool(region.asks_password)


def _is_listing(region: Region, article: list[Block]) -> bool:
    """Whether most of what a page shows are links to articles and what teases to them."""
    listed = [block for block in region.all if block.all_linked and block.words >= 4]
    prose = sum(block.words for block in article if block.prose)
    if len(listed) < MIN_LISTED or prose >= MIN_WORDS * 2:
        return False
    # An article of short lines, such as a table of fixtures, has the links around it.
    words = sum(block.words for block in article if not block.linked)
    return words < MIN_WORDS * 2 or sum(region.holds(block) for block in listed) >= MIN_LISTED
