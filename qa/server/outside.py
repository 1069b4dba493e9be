"""Articles added from outside the page, by callers who cannot be told apart."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qa.article import Article
from qa.errors import SourceError, UnknownArticleError, UsageError
from qa.server.quota import Stock, same
from qa.server.rate_limit import Caller
from qa.server.schemas import Add
from qa.server.sessions import LIMIT, Visitors, dated_name
from qa.server.shelf import OFF
from qa.sources import read_pasted, read_url
from qa.sources.byline import with_byline
from qa.sources.characters import clean
from qa.sources.parsed import UnreadableError, check

if TYPE_CHECKING:
    from qa.assistant import Assistant

OWNER = "outside"  # of all that is added here; no visitor has this name
MAX_ADDED = 100  # articles of all callers at a time; it bounds the memory


class Outside:
    """The articles of an assistant for callers of the API, who have no session to own anything.

    What one adds gets an id that cannot be guessed, and that is the key to it: it is asked only
    when it is named by that id, only who has the id can remove it, and no list or error tells an
    id to anybody else. So all of them can have one owner. After a day (`LIMIT`) it goes, as a
    visitor's does. Where `QA_SHARED` is set, it is everybody's under its usual id, and stays.
    """

    def __init__(self, assistant: "Assistant", visitors: Visitors, stock: Stock) -> None:
        self._assistant = assistant
        self._visitors = visitors
        self._stock = stock
        self._owner = None if assistant.settings.shared else OWNER

    def owner(self, article_ids: list[str] | None) -> str | None:
        """In whose name these articles are asked. Raises `UnknownArticleError` for an id."""
        added = self._added() if self._owner else frozenset()
        known = added | {article.id for article in self._assistant.list()}
        for article_id in article_ids or ():
            self._known(article_id, known)
        return OWNER if added.intersection(article_ids or ()) else None

    def add(self, call: Add, caller: Caller) -> dict[str, Any]:
        """Add an article: what it is, when it goes, in Unix seconds, and whether it is new.

        Raises `UsageError` where adding is off, `LimitError` for too many or too much, and
        `SourceError` for what is no article and when there are `MAX_ADDED`.
        """
        if not self._assistant.settings.add:
            raise UsageError(OFF)
        self._visitors.start()
        if self._owner and len(self._added()) >= MAX_ADDED:
            raise SourceError(f"There are {MAX_ADDED} added articles here; try again in an hour.")
        with self._stock.turn(caller):
            article = _read(call)
            # Not the same of another caller, whose key its id is.
            here = same(article, self._assistant.list())
            if self._owner:
                article = replace(article, id=dated_name("added"))
            if not here:
                self._stock.add(article, self._owner)
        expires = int(time.time()) + LIMIT if self._owner and not here else None
        return (here or article).metadata | {
            "sentences": len(article.sentences),
            "expires": expires,
            "added": here is None,
        }

    def remove(self, article_id: str) -> None:
        """Remove an added article. Raises as `add` does, and `UnknownArticleError`."""
        if not self._assistant.settings.add:
            raise UsageError(OFF)
        self._known(article_id, self._added())
        self._assistant.remove(article_id, self._owner)

    def _added(self) -> frozenset[str]:
        return frozenset(self._assistant.owned().get(self._owner, ()))

    def _known(self, article_id: str, known: frozenset[str]) -> None:
        # No near id is named, as elsewhere: it might be somebody's key.
        if article_id not in known:
            raise UnknownArticleError(
                f"There is no such article: {article_id[:80]!r}; what is added goes after a day."
            )


def _read(call: Add) -> Article:
    if call.url is not None:
        return read_url(call.url)
    assert call.text is not None
    if call.title is None:
        return read_pasted(call.text)
    text = clean(call.text)
    try:
        check(text)
    except UnreadableError as problem:
        raise SourceError(f"The text {problem}.") from None
    title = " ".join(clean(call.title).split())
    return with_byline(Article.from_text(text.strip("\n"), title=title))
