"""Articles added through the API or MCP, whose callers cannot be told apart."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qa.article import Article
from qa.errors import QAError, SourceError, UnknownArticleError, UsageError
from qa.server.quota import Quota, find_same
from qa.server.rate_limit import Caller
from qa.server.schemas import Add, AddFeed
from qa.server.sessions import MAX_AGE, Sessions, new_id
from qa.server.visitor_articles import ADDING_IS_OFF
from qa.sources import Reading, read_each, read_pasted, read_url
from qa.sources.byline import with_byline
from qa.sources.characters import clean
from qa.sources.parsed import UnreadableError, check

if TYPE_CHECKING:
    from qa.assistant import Assistant

OWNER = "outside"  # owns every article added here; no visitor has this id
MAX_ADDED = 100  # articles of all callers at a time; bounds the memory


class ApiArticles:
    """An assistant's articles for API callers, who have no session that could own anything.

    An added article gets an id that cannot be guessed and serves as its key: only a caller who
    names the id can ask or remove the article, and no list or error reveals it. That is why all
    these articles can share one owner. They are removed after a day (`MAX_AGE`), as a visitor's
    are. With `QA_SHARED` an added article is visible to everyone under its usual id, and stays.
    """

    def __init__(self, assistant: "Assistant", sessions: Sessions, quota: Quota) -> None:
        self._assistant = assistant
        self._sessions = sessions
        self._quota = quota
        self._owner = None if assistant.settings.shared else OWNER

    def owner(self, article_ids: list[str] | None) -> str | None:
        """The owner to ask these articles for. Raises `UnknownArticleError` for an unknown id."""
        added = self._added() if self._owner else frozenset()
        known = added | {article.id for article in self._assistant.list()}
        for article_id in article_ids or ():
            self._check_known(article_id, known)
        return OWNER if added.intersection(article_ids or ()) else None

    def add(self, call: Add, caller: Caller) -> dict[str, Any]:
        """Add an article; returns its metadata, when it expires, in Unix seconds, and if it is new.

        Raises `UsageError` when adding is off, `LimitError` for the rate limit, the queue and the
        quota, and `SourceError` for what is not an article and when there are `MAX_ADDED`.
        """
        self._check_adding()
        with self._quota.slot(caller):
            return self._add(_read(call))

    def add_each(self, call: AddFeed, caller: Caller) -> Iterator[dict[str, Any]]:
        """Add the articles of a feed; yields for each its number and what `add` returns.

        One that fails has a `problem` instead. A limit that is reached ends the feed with one.
        Raises `UsageError` when adding is off.
        """
        self._check_adding()
        known = {a.url for a in self._assistant.list() if a.url}.union(call.known or ())
        readings = read_each(call.url, known)
        last = Reading(call.url, 0)
        while last.number < last.of:
            try:
                with self._quota.slot(caller):
                    last = next(readings)
                    added = {"article": self._add(last.article)} if last.article else {}
            except QAError as error:
                yield {"source": last.source, "number": last.number, "problem": str(error)}
                return
            said = {"problem": last.problem, "note": last.note}
            yield (
                {"source": last.source, "number": last.number, "of": last.of}
                | added
                | {name: sentence for name, sentence in said.items() if sentence}
            )

    def _check_adding(self) -> None:
        if not self._assistant.settings.add:
            raise UsageError(ADDING_IS_OFF)
        self._sessions.start_sweeping()

    def _add(self, article: Article) -> dict[str, Any]:
        if self._owner and len(self._added()) >= MAX_ADDED:
            raise SourceError(
                f"There are already {MAX_ADDED} added articles, the most allowed; try again in an "
                "hour."
            )
        # Only among the listed articles: the id of another caller's article is its key.
        existing = find_same(article, self._assistant.list())
        if self._owner:
            article = replace(article, id=new_id("added"))
        if not existing:
            self._quota.add(article, self._owner)
        expires = int(time.time()) + MAX_AGE if self._owner and not existing else None
        return (existing or article).metadata | {
            "sentences": len(article.sentences),
            "expires": expires,
            "added": existing is None,
        }

    def remove(self, article_id: str) -> None:
        """Remove an added article. Raises as `add` does, and `UnknownArticleError`."""
        if not self._assistant.settings.add:
            raise UsageError(ADDING_IS_OFF)
        self._check_known(article_id, self._added())
        self._assistant.remove(article_id, self._owner)

    def _added(self) -> frozenset[str]:
        return frozenset(self._assistant.owned().get(self._owner, ()))

    def _check_known(self, article_id: str, known: frozenset[str]) -> None:
        # Unlike elsewhere, no similar id is suggested: it might be another caller's key.
        if article_id not in known:
            raise UnknownArticleError(
                f"There is no such article: {article_id[:80]!r}; added articles are removed after "
                "a day."
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
