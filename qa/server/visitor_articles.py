"""The articles that a visitor of the page sees, and which of them are asked."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.article import Article
from qa.errors import SourceError, UsageError
from qa.kept.conversations import checked_name
from qa.server.identity import HERE, is_lasting
from qa.server.quota import Quota, find_same
from qa.server.sessions import KEPT_DAYS, Sessions
from qa.sources.pdf.picture import picture

if TYPE_CHECKING:
    from qa.assistant import Assistant

ADDING_IS_OFF = "Adding articles is switched off here; ask the articles that are listed."
MAX_OWN = 20  # articles that one visitor may have at a time; bounds the memory
MAX_USERS = 200  # and one who logged in


@dataclass(frozen=True)
class Selection:
    """The articles that a visitor excluded from questions, and the questions suggested to them.

    `chosen` is whether they chose themselves: then what is chosen stays so.
    """

    excluded: frozenset[str] = frozenset()
    suggestions: tuple[str, ...] = ()
    chosen: bool = False

    def of(self, articles: Mapping[str, Article]) -> list[Article]:
        """The selected ones of these articles."""
        return [a for article_id, a in articles.items() if article_id not in self.excluded]

    def ids(self, articles: Mapping[str, Article]) -> list[str] | None:
        """The ids of the selected articles, None for all.

        Raises `UsageError` when there are articles and none is selected.
        """
        selected = [article.id for article in self.of(articles)]
        if articles and not selected:
            raise UsageError("No article is selected; select one under “Library”.")
        return None if len(selected) == len(articles) else selected


class VisitorArticles:
    """An assistant's articles as visitors see and change them; each visitor has their own.

    Whoever uses the page on the machine that serves it adds to the machine's own articles. With
    `QA_SHARED`, what a visitor adds is visible to everyone, and stays.
    """

    def __init__(self, assistant: "Assistant", sessions: Sessions, quota: Quota) -> None:
        self._assistant = assistant
        self._sessions = sessions
        self._quota = quota
        self._shared = bool(assistant.settings.shared)

    def owner(self, visitor: str) -> str | None:
        """The owner of what this visitor adds."""
        return None if self._shared or visitor == HERE else visitor or None

    def visible(self, visitor: str) -> dict[str, Article]:
        """The articles that this visitor sees, by id."""
        return {article.id: article for article in self._assistant.list(self.owner(visitor))}

    def own(self, visitor: str) -> frozenset[str]:
        """The ids of the articles that this visitor may remove."""
        if not visitor:
            return frozenset()
        return frozenset(self._assistant.owned().get(self.owner(visitor), ()))

    def keep_original(self, article: Article, data: bytes, visitor: str) -> None:
        """Keep the PDF that an article was read from; nothing for one of another type.

        Raises `StoreError` when it cannot be kept.
        """
        if article.pages:
            self._sessions.originals.keep(self.owner(visitor), article, data)

    def has_pictures(self, article: Article, visitor: str) -> bool:
        """Whether the pages that an article was read from can be shown."""
        return bool(article.pages) and self._sessions.originals.has(self.owner(visitor), article)

    def picture(self, article_id: str, page: int, visitor: str) -> bytes:
        """A page of the PDF that an article was read from, as a JPEG.

        Raises `SourceError` where there is none.
        """
        article = self.visible(visitor).get(article_id)
        data = article and self._sessions.originals.of(self.owner(visitor), article)
        if not article or not data or not 0 < page <= len(article.pages):
            raise SourceError("The PDF is no longer here; add it again to see its pages.")
        return picture(data, page, article.title)

    def mine(self, visitor: str) -> dict[str, Article]:
        """The articles that this visitor alone added, by id; of what all share, none."""
        own = frozenset() if self._shared else self.own(visitor)
        return {i: article for i, article in self.visible(visitor).items() if i in own}

    def add(self, article: Article, visitor: str) -> Article | None:
        """Add an article for this visitor; returns the same article if they see it already.

        Raises `LimitError` when the quota is full, and `SourceError` when adding is off, the
        session has ended or the visitor has `MAX_OWN` articles.
        """
        if not self._assistant.settings.add:
            raise SourceError(ADDING_IS_OFF)
        if not self._sessions.is_active(visitor):
            raise SourceError("Your session has ended; reload the page to add articles.")
        if existing := find_same(article, self.visible(visitor).values()):
            return existing
        if visitor == HERE:  # whose machine it is
            self._assistant.add(article)
            return None
        most = self._most(visitor)
        if len(self.own(visitor)) >= most and not self._shared:
            raise SourceError(f"You have {most} articles, the most allowed; remove one first.")
        self._quota.add(article, self.owner(visitor))
        return None

    def room(self, visitor: str) -> str:
        """How many articles the visitor has added, how many more they can, and how long they stay.

        Empty where nothing can be added.
        """
        if not self._assistant.settings.add or not visitor:
            return ""
        if self._shared:
            return "Everybody sees what you add here, and it stays."
        added = len(self.own(visitor))
        if visitor == HERE:
            so_far = f"You have added {_articles(added)}. " if added else ""
            return f"{so_far}What you add stays on this machine{self._disk()}."
        stays = (
            "it is kept until you remove it"
            if is_lasting(visitor)
            else f"it is kept until {KEPT_DAYS} days after your last visit from this browser"
        )
        return (
            f"You have added {added} of at most {_articles(self._most(visitor))}. Only you see "
            f"what you add, and {stays}."
        )

    def rename(self, article_id: str, name: str, visitor: str) -> None:
        """Give one of this visitor's articles another title.

        Raises `UsageError` for any other article, and for a blank or too long name.
        """
        title = checked_name(name)
        article = self.visible(visitor).get(article_id)
        if article is None or article_id not in self.own(visitor):
            raise UsageError("You can rename only articles that you added.")
        self._assistant.add(replace(article, title=title), self.owner(visitor))

    def _most(self, visitor: str) -> int:
        return MAX_USERS if is_lasting(visitor) else MAX_OWN

    def _disk(self) -> str:
        folder = Path(self._assistant.settings.chroma)
        if not folder.is_dir():  # in memory, or on a server
            return ""
        return f", where {shutil.disk_usage(folder).free / 1e9:,.1f} GB are free"

    def remove(self, article_id: str, visitor: str) -> None:
        """Remove one of this visitor's articles. Raises `UsageError` for any other article."""
        if article_id not in self.own(visitor):
            raise UsageError("You can remove only articles that you added; deselect this one.")
        owner, article = self.owner(visitor), self.visible(visitor).get(article_id)
        self._assistant.remove(article_id, owner)
        if article:
            self._sessions.originals.drop(owner, article)

    def select_added(
        self, selection: Selection, added: Mapping[str, Article], visitor: str
    ) -> Selection:
        """Select newly added articles.

        A visitor's first ones replace the ones that everyone sees, unless they chose those.
        """
        own = self.own(visitor)
        excluded = selection.excluded - set(added)
        if own and own <= set(added) and not selection.chosen:
            excluded |= set(self.visible(visitor)) - own
        return replace(selection, excluded=excluded)


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
