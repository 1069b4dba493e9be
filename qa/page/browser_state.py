"""What the browser keeps over a reload, and what of it is believed when it comes back."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from qa.answer import Answer
from qa.article import Article
from qa.page.conversation import Exchange, Talk
from qa.question.follow_up import MAX_CHARACTERS
from qa.server.shelf import Desk
from qa.statement import Citation

MOST = 30  # exchanges, the newest
MAX_KEPT = 2_000_000  # characters of JSON; thirty long answers take half of it
_TALK = TypeAdapter(tuple[Exchange, ...])
_LEFT_OUT = TypeAdapter(frozenset[str])


def keep_talk(visitor: str, talk: Talk) -> dict[str, object]:
    """A visitor's name and their answered questions, as plain values."""
    answered = [asdict(exchange) for exchange in talk if exchange.answer]
    return {"visitor": visitor, "talk": answered[-MOST:]}


def keep_desk(desk: Desk) -> list[str]:
    """The articles that are left out, as plain values."""
    return sorted(desk.left_out)


def kept_talk(value: object, articles: Mapping[str, Article]) -> Talk:
    """The conversation that a browser kept, as far as it is one.

    Anybody can write into a browser's storage: each quote is held against its article again, and
    an exchange with one that is not to the letter is dropped. Where the article is gone there is
    nothing to hold it against; it stays, as the visitor has already read it.
    """
    if not isinstance(value, dict) or len(json.dumps(value)) > MAX_KEPT:
        return ()
    try:
        talk = _TALK.validate_python(value.get("talk"))
    except ValidationError:
        return ()
    return tuple(
        Exchange(e.question, e.answer, rated=e.rated)
        for e in talk[-MOST:]
        if e.answer and 0 < len(e.question) <= MAX_CHARACTERS and _is_true(e.answer, articles)
    )


def kept_desk(value: object, articles: Mapping[str, Article]) -> Desk:
    """The desk that a browser kept; what is not there cannot be left out of the question."""
    try:
        left_out = _LEFT_OUT.validate_python(value) & set(articles)
    except ValidationError:
        left_out = frozenset()
    return Desk(frozenset() if left_out == set(articles) else left_out)


def _is_true(answer: Answer, articles: Mapping[str, Article]) -> bool:
    return all(_is_verbatim(c, articles) for c in (*answer.citations, *answer.closest))


def _is_verbatim(citation: Citation, articles: Mapping[str, Article]) -> bool:
    article = articles.get(citation.article_id)
    return article is None or (
        citation.start >= 0 and article.text[citation.start : citation.end] == citation.quote
    )
