"""Articles beside each other: where they differ, what they agree on, what only one of them says."""

from collections.abc import Iterable, Sequence

from qa.answer import Answer
from qa.article import Article
from qa.checking.verifier import Verifier
from qa.collection.copies import Copies
from qa.compose.aligned import Point, Told, aligned
from qa.compose.base import Numbering, Parts, answered, named
from qa.compose.beside import beside
from qa.compose.sides import answers
from qa.compose.stages import Read
from qa.question.comparing import Comparing, Part
from qa.statement import Statement

MOST_ARTICLES = 8  # that are compared whole
POINTS = 8  # shown of each sort where one sort is asked for
FEWER = 4  # where all are


def compose(read: Read, parts: Parts) -> Answer:
    """Show what is the same, what differs, and what only one article says, as far as is asked."""
    wish = read.understood.comparing
    assert wish is not None
    if not wish.topic and len(read.articles) > MOST_ARTICLES:
        told = (
            f"{len(read.articles)} articles are too many to compare whole; choose some, or say on "
            "what, as in “Where do they differ on the cost?”."
        )
        return answered(read, "answer", [Statement(told)])
    if wish.topic:
        points = answers(read, Verifier())
    else:
        points = aligned(read.articles, parts.embedder, Verifier())
    own = read.understood.scope.own
    if own:
        points = [p for p in points if _is_own(p, wish.part, own)]
    return _composed(read, wish, points)


def _composed(read: Read, wish: Comparing, points: Sequence[Point]) -> Answer:
    numbering = Numbering(Copies(read.articles))
    shown: list[Statement] = []
    left: list[Told] = []
    number = 0
    for part in _parts(wish.part):
        found = [p for p in points if p.relation == part]
        most = FEWER if wish.part == "all" else POINTS
        if part == "only":
            shown += _only(found, most, numbering, left)
            continue
        if found:
            shown.append(Statement(_heading(part, read.articles)))
        for point in found[:most]:
            number += 1
            shown += beside(point, number, numbering)
        left += [told for point in found[most:] for told in point.told]
    if not any(s.citations for s in shown):
        shown = [Statement(_nothing(wish.part, read.articles))]
    return answered(
        read,
        "answer",
        shown,
        further=tuple(dict.fromkeys(numbering.cite(t.article, t.sentence) for t in left)),
        confidence=read.reading.answerable if wish.topic else 1.0,
    )


def _is_own(point: Point, part: Part, own: frozenset[str]) -> bool:
    """Whether only these articles say it, or, of what is new, they say it otherwise."""
    is_theirs = {told.article.id in own for told in point.told}
    return (
        is_theirs == {True} if point.relation != "differs" else part == "new" and True in is_theirs
    )


def _only(
    points: Sequence[Point], most: int, numbering: Numbering, left: list[Told]
) -> Iterable[Statement]:
    """What each article alone says, in the order of its text."""
    by_article: dict[str, list[Told]] = {}
    for point in points:
        by_article.setdefault(point.told[0].article.id, []).append(point.told[0])
    if by_article:
        yield Statement("Only one of them says:")
    for told in by_article.values():
        yield named(told[0].article)
        for one in told[:most]:
            yield Statement(one.text, (numbering.cite(one.article, one.sentence),), "only")
        left += told[most:]


def _parts(part: Part) -> tuple[Part, ...]:
    if part == "all":
        return ("differs", "same", "only")
    return ("differs", "same", "only") if part == "new" else (part,)


def _heading(part: Part, articles: Sequence[Article]) -> str:
    who = "The two articles" if len(articles) == 2 else "The articles"
    return f"{who} differ:" if part == "differs" else f"{who} agree:"


def _nothing(part: Part, articles: Sequence[Article]) -> str:
    these = "these two articles" if len(articles) == 2 else "these articles"
    if part == "differs":
        return f"I found nothing on which {these} differ."
    if part == "same":
        return f"I found nothing that more than one of {these} says."
    if part == "all":
        return f"I found nothing that {these} both speak of."
    return "I found nothing there that the other articles do not say."
