"""Which of several articles a question is asked of, and what is left of the question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa.article import Article
from qa.collection.copies import Copies
from qa.collection.filters import filtered
from qa.collection.named import is_related, leaves, named
from qa.collection.versions import Versions, versions
from qa.question.follow_up import Earlier, is_follow_up

_OF_ALL = re.compile(r"\b(?:articles|stories|reports|papers)\b", re.I)


@dataclass(frozen=True)
class Scope:
    """A question without words that only choose articles, and the articles to read for it.

    Each sentence that several of them have is read in one. `earlier` are the earlier versions of
    those to read, by id; `copies` tells where else a sentence stands. `stays` are the ids of the
    articles that the conversation is about, which answer before others do. `own` are those of which
    what no other says is asked.
    """

    question: str
    articles: tuple[Article, ...]
    earlier: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)
    copies: Copies = field(default_factory=lambda: Copies(()))
    stays: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def scope(question: str, articles: Sequence[Article], before: Sequence[Earlier] = ()) -> Scope:
    """Choose among articles by the question's words, its names, and what it follows.

    The words come first: a paper, an author, a day, a subject. A follow-up stays with the articles
    that the last answer cited until it names what only others mention; another question, with
    those and all on the same subject, if they answer it. Of an article's versions the latest is
    read, or the earlier ones where the question asks for them.
    """
    if len(articles) < 2:
        return Scope(question, tuple(articles))
    found = filtered(question, articles)
    last = () if found.is_chosen else _last(question, articles, before)
    is_of_all = _OF_ALL.search(question) is not None
    kept = last if last and not is_of_all and is_follow_up(question) else found.articles
    known = versions(kept)
    if found.age == "old":
        kept = _old(kept, known)
    elif found.age == "new":
        kept = known.latest if known.earlier else _extreme(kept, newest=True)
    else:
        kept = known.latest
    kept = named(found.question, kept)
    copies = Copies([a for a in articles if a.id in {k.id for k in kept}])
    stays = {a.id for a in kept if any(is_related(a, other) for other in last)}
    return Scope(found.question, copies.once(kept), known.earlier, copies, frozenset(stays))


def _last(
    question: str, articles: Sequence[Article], before: Sequence[Earlier]
) -> tuple[Article, ...]:
    """The articles of the last answer that cited any, unless the question leaves them."""
    cited = next((set(e.articles) for e in reversed(before) if e.articles), set())
    last = [a for a in articles if a.id in cited]
    others = [a for a in articles if a.id not in cited]
    return () if leaves(question, last, others) else tuple(last)


def _old(articles: Sequence[Article], known: Versions) -> tuple[Article, ...]:
    earlier = tuple(a for some in known.earlier.values() for a in some)
    return earlier or _extreme(articles, newest=False)


def _extreme(articles: Sequence[Article], *, newest: bool) -> tuple[Article, ...]:
    """The newest or the oldest of the articles with a date; all where none has one."""
    dates = sorted({a.published for a in articles if a.published}, reverse=newest)
    return tuple(a for a in articles if not dates or a.published == dates[0])
