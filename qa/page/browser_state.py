"""What the browser stores across reloads, and how it is validated when it comes back."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from qa.answer import Answer
from qa.article import Article
from qa.kept.conversation import Conversation, Exchange
from qa.question.follow_up import MAX_CHARACTERS
from qa.server.visitor_articles import Selection
from qa.statement import Citation

MAX_EXCHANGES = 30  # the newest ones
MAX_STORED = 2_000_000  # characters of JSON; thirty long answers take half of it
_CONVERSATION = TypeAdapter(tuple[Exchange, ...])
_EXCLUDED = TypeAdapter(frozenset[str])


def dump_conversation(visitor: str, conversation: Conversation) -> dict[str, object]:
    """A visitor's id and their answered questions, as plain values."""
    answered = [asdict(exchange) for exchange in conversation if exchange.answer]
    return {"visitor": visitor, "talk": answered[-MAX_EXCHANGES:]}


def dump_selection(selection: Selection) -> list[str]:
    """The ids of the excluded articles, as plain values."""
    return sorted(selection.excluded)


def load_conversation(stored: object, articles: Mapping[str, Article]) -> Conversation:
    """The stored conversation; whatever is not valid is dropped.

    Anyone can write to a browser's storage, so each quote is compared with its article again, and
    an exchange with a quote that differs is dropped. If the article is gone there is nothing to
    compare with; the exchange is kept, as the visitor has already read it.
    """
    if not isinstance(stored, dict) or len(json.dumps(stored)) > MAX_STORED:
        return ()
    try:
        conversation = _CONVERSATION.validate_python(stored.get("talk"))
    except ValidationError:
        return ()
    return tuple(
        Exchange(e.question, e.answer, rated=e.rated)
        for e in conversation[-MAX_EXCHANGES:]
        if e.answer and 0 < len(e.question) <= MAX_CHARACTERS and _is_quoted(e.answer, articles)
    )


def load_selection(stored: object, articles: Mapping[str, Article]) -> Selection:
    """The stored selection, without articles that are gone; never one that excludes everything."""
    try:
        excluded = _EXCLUDED.validate_python(stored) & set(articles)
    except ValidationError:
        excluded = frozenset()
    return Selection(frozenset() if excluded == set(articles) else excluded)


def _is_quoted(answer: Answer, articles: Mapping[str, Article]) -> bool:
    shown = (*answer.citations, *answer.closest, *answer.further)
    return all(_is_verbatim(c, articles) for s in shown for c in (s, *s.also))


def _is_verbatim(citation: Citation, articles: Mapping[str, Article]) -> bool:
    article = articles.get(citation.article_id)
    return article is None or (
        citation.start >= 0 and article.text[citation.start : citation.end] == citation.quote
    )
