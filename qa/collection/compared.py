"""Which articles a wish to compare means."""

import re
from collections.abc import Callable, Sequence

from qa.article import Article
from qa.collection.filters import filtered
from qa.collection.scope import Scope
from qa.collection.versions import Versions, versions
from qa.question.comparing import Comparing
from qa.question.follow_up import Earlier
from qa.text.words import stems

_AND = re.compile(r"(?:,|\b(?:and|with|to|against|versus|vs\.?)\b)+", re.I)
_OWN = re.compile(
    r"^(?:in |the |an? )*|['’]s?$|['’]s? (?:article|account|report|story|version)$", re.I
)
_OLD = re.compile(r"\b(?:earlier|earliest|old|older|oldest|first|original|previous)\b", re.I)
_NEW = re.compile(r"\b(?:latest|new|newer|newest|last|later|current|corrected|most recent)\b", re.I)


def compared(
    wish: Comparing, articles: Sequence[Article], before: Sequence[Earlier] = ()
) -> Scope | None:
    """The articles that a wish names; None where it names none, so that it was another question.

    Every version is read, and what copies share in each. Without a name, those of the last answer,
    if it cited several, else all; of versions the latest, unless there is nothing else.
    """
    if len(articles) < 2:
        return None
    known = versions(articles)
    if wish.one:
        named = _named(wish.one, articles, known)
        last = [a for a in named if a in known.latest]
        return _own(wish.topic, last or named, _latest(articles, known))
    if wish.when:
        new = filtered(f"What was published {wish.when}?", articles)
        is_chosen = new.is_chosen and len(new.articles) < len(articles)
        return _own(wish.topic, list(new.articles), articles) if is_chosen else None
    if wish.who:
        parts = [part.strip() for part in _AND.split(wish.who) if part.strip()]
        found = [_named(part, articles, known) for part in parts]
        chosen = {a.id for some in found for a in some}
        if not all(found) or len(chosen) < 2:
            return None
        return Scope(wish.topic, tuple(a for a in articles if a.id in chosen))
    cited = next((set(e.articles) for e in reversed(before) if e.articles), set())
    spoken = tuple(a for a in articles if a.id in cited)
    if len(spoken) == 1:  # `they` are those of whom the last answer spoke
        return None
    if spoken:
        return Scope(wish.topic, spoken)
    is_one = len(known.latest) == 1
    return Scope(wish.topic, tuple(articles) if is_one else known.latest)


def _own(topic: str, own: Sequence[Article], articles: Sequence[Article]) -> Scope | None:
    """What these have of their own, beside the others."""
    ids = frozenset(a.id for a in own)
    every = {a.id: a for a in (*own, *articles)}
    if not ids or len(ids) == len(every):
        return None
    return Scope(topic, tuple(every.values()), own=ids)


def _latest(articles: Sequence[Article], known: Versions) -> tuple[Article, ...]:
    return known.latest if len(known.latest) > 1 else tuple(articles)


def _named(part: str, articles: Sequence[Article], known: Versions) -> list[Article]:
    """The articles of a paper, an author, a day, a subject, an age or a title."""
    earlier = [a for some in known.earlier.values() for a in some]
    if _OLD.search(part) or _NEW.search(part):
        if earlier:
            return (
                earlier if _OLD.search(part) else [a for a in known.latest if a.id in known.earlier]
            )
        dates = sorted(a.published or "" for a in articles)
        wanted = dates[0] if _OLD.search(part) else dates[-1]
        return [a for a in articles if a.published == wanted]
    bare = _OWN.sub("", part)
    found = [
        a for a in articles if bare.casefold() in map(_bare, (a.publisher or a.source, a.title))
    ]
    if found:
        return found
    asked = filtered(f"What was said in {part}?", articles)
    if asked.is_chosen:
        return list(asked.articles)
    said = set(stems(bare))
    for name_of in _NAMES:
        found = [a for a in articles if said and said <= set(stems(name_of(a)))]
        if found:
            return found
    return []


def _bare(name: str) -> str:
    return _OWN.sub("", name).casefold()


_NAMES: tuple[Callable[[Article], str], ...] = (
    lambda a: a.publisher or a.source,
    lambda a: a.author or "",
    lambda a: a.title,
)
