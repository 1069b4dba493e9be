"""Which of several articles a question is asked of, and what is left of the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa.article import Article
from qa.collection.copies import Copies
from qa.collection.filters import filtered
from qa.collection.named import leaves, named
from qa.collection.versions import Versions, versions
from qa.question.follow_up import Earlier, is_follow_up


@dataclass(frozen=True)
class Scope:
    """A question without words that only choose articles, and the articles to read for it.

    Each sentence that several of them have is read in one. `earlier` are the earlier versions of
    those to read, by id; `copies` tells where else a sentence stands.
    """

    question: str
    articles: tuple[Article, ...]
    earlier: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)
    copies: Copies = field(default_factory=lambda: Copies(()))


def scope(question: str, articles: Sequence[Article], before: Sequence[Earlier] = ()) -> Scope:
    """Choose among articles by the question's words, its names, and what it follows.

    The words come first: a paper, an author, a day, a subject. A follow-up stays with the articles
    that the last answer cited until it names what only others mention. Of an article's versions
    the latest is read, or the earlier ones where the question asks for them.
    """
    if len(articles) < 2:
        return Scope(question, tuple(articles))
    found = filtered(question, articles)
    kept = found.articles if found.is_chosen else _stayed(question, articles, before)
    known = versions(kept)
    if found.age == "old":
        kept = _old(kept, known)
    elif found.age == "new":
        kept = known.latest if known.earlier else _extreme(kept, newest=True)
    else:
        kept = known.latest
    kept = named(found.question, kept)
    copies = Copies([a for a in articles if a.id in {k.id for k in kept}])
    return Scope(found.question, copies.once(kept), known.earlier, copies)


def _stayed(
    question: str, articles: Sequence[Article], before: Sequence[Earlier]
) -> tuple[Article, ...]:
    """The articles of the last answer that cited any, where a follow-up does not leave them."""
    cited = next((set(e.articles) for e in reversed(before) if e.articles), set())
    last = [a for a in articles if a.id in cited]
    others = [a for a in articles if a.id not in cited]
    if not last or not is_follow_up(question) or leaves(question, last, others):
        return tuple(articles)
    return tuple(last)


def _old(articles: Sequence[Article], known: Versions) -> tuple[Article, ...]:
    earlier = tuple(a for some in known.earlier.values() for a in some)
    return earlier or _extreme(articles, newest=False)


def _extreme(articles: Sequence[Article], *, newest: bool) -> tuple[Article, ...]:
    """The newest or the oldest of the articles with a date; all where none has one."""
    dates = sorted({a.published for a in articles if a.published}, reverse=newest)
    return tuple(a for a in articles if not dates or a.published == dates[0])
