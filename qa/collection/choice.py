"""Articles chosen by paper, author and day, apart from any question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.article import Article
from qa.errors import UsageError
from qa.text.dates import day_of

_DAY = "a day such as 2024-02-03"


@dataclass(frozen=True)
class Choice:
    """What articles must be: of a paper, by an author, published within days; None: any.

    A part of a name will do, in any case. Raises `UsageError` for a day that is none.
    """

    publisher: str | None = None
    author: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and day_of(value) is None:
                raise UsageError(f"{name} is {value!r}, but must be {_DAY}.")

    def __bool__(self) -> bool:
        return any((self.publisher, self.author, self.since, self.until))

    def of(self, articles: Sequence[Article]) -> list[Article]:
        """The articles that fit. Raises `UsageError` where none does, naming what there is."""
        kept = [a for a in articles if self._fits(a)]
        if not kept:
            raise UsageError(f"No article fits {self._told()}; there are {_known(articles)}.")
        return kept

    def _fits(self, article: Article) -> bool:
        paper = article.publisher or article.source
        return (
            _has(paper, self.publisher)
            and _has(article.author or "", self.author)
            and self._is_within(day_of(article.published))
        )

    def _is_within(self, day: date | None) -> bool:
        first, last = day_of(self.since), day_of(self.until)
        if day is None:
            return first is None and last is None
        return (first is None or day >= first) and (last is None or day <= last)

    def _told(self) -> str:
        given = {
            "publisher": self.publisher,
            "author": self.author,
            "since": self.since,
            "until": self.until,
        }
        return " and ".join(f"{name} {value!r}" for name, value in given.items() if value)


def _has(name: str, part: str | None) -> bool:
    return not part or part.casefold() in name.casefold()


def _known(articles: Sequence[Article]) -> str:
    papers = sorted({a.publisher or a.source for a in articles} - {""})
    return f"articles of {', '.join(papers)}" if papers else f"{len(articles)} without a paper"
