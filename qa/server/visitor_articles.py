"""The articles as one visitor sees them: everybody's, their own, and which of them are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.article import Article
from qa.errors import SourceError, UsageError
from qa.server.quota import Stock, same
from qa.server.sessions import Visitors

if TYPE_CHECKING:
    from qa.assistant import Assistant

OFF = "Adding articles is switched off here; ask those that are listed."
MAX_OWN = 20  # articles that one visitor may have added at a time; it bounds the memory


@dataclass(frozen=True)
class Desk:
    """What a visitor has laid out: the articles they left out, and what they might ask."""

    left_out: frozenset[str] = frozenset()
    suggestions: tuple[str, ...] = ()


class Shelf:
    """The articles of an assistant, seen and changed by visitors, each of whom has their own.

    Where `QA_SHARED` is set, what a visitor adds is everybody's, and stays.
    """

    def __init__(self, assistant: "Assistant", visitors: Visitors, stock: Stock) -> None:
        self._assistant = assistant
        self._visitors = visitors
        self._stock = stock
        self.shared = assistant.settings.shared

    def owner(self, visitor: str) -> str | None:
        """Who owns what this visitor adds."""
        return None if self.shared else visitor or None

    def articles(self, visitor: str) -> dict[str, Article]:
        """What this visitor sees, by id."""
        return {article.id: article for article in self._assistant.list(self.owner(visitor))}

    def own(self, visitor: str) -> frozenset[str]:
        """The ids of what this visitor may remove."""
        return (
            frozenset(self._assistant.owned().get(self.owner(visitor), ()))
            if visitor
            else (frozenset())
        )

    def add(self, article: Article, visitor: str) -> Article | None:
        """Add an article for this visitor; the same one, if they see it already.

        Raises `LimitError` as `Stock.add` does, and `SourceError` when the visitor has `MAX_OWN`
        and where adding is off.
        """
        if not self._assistant.settings.add:
            raise SourceError(OFF)
        if not self._visitors.is_here(visitor):
            raise SourceError("Your session has ended; reload the page to add articles.")
        if here := same(article, self.articles(visitor).values()):
            return here
        if len(self.own(visitor)) >= MAX_OWN and not self.shared:
            raise SourceError(
                f"You have {MAX_OWN} articles here, which is as many as fit; remove one first."
            )
        self._stock.add(article, self.owner(visitor))
        return None

    def remove(self, article_id: str, visitor: str) -> None:
        """Remove an article that is this visitor's. Raises `UsageError` for another's."""
        if article_id not in self.own(visitor):
            raise UsageError("That article is not yours to remove; leave it out of the question.")
        self._assistant.remove(article_id, self.owner(visitor))

    def laid_out(self, desk: Desk, added: Mapping[str, Article], visitor: str) -> Desk:
        """The desk with new articles on it: a visitor's first ones push everybody's aside."""
        own = self.own(visitor)
        left_out = desk.left_out - set(added)
        if own and own <= set(added):
            left_out |= set(self.articles(visitor)) - own
        return Desk(left_out, desk.suggestions)


def asked(articles: Mapping[str, Article], desk: Desk) -> list[str] | None:
    """The ids to ask, None for all. Raises `UsageError` when everything is left out."""
    chosen = [article_id for article_id in articles if article_id not in desk.left_out]
    if articles and not chosen:
        raise UsageError("No article is chosen; choose one under “Articles”.")
    return None if len(chosen) == len(articles) else chosen
