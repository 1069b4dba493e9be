"""What each of several articles answers to one question: the same, or something else."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from qa.checking.agreement import Agreement, Span, answers_agree
from qa.checking.verifier import Verifier
from qa.compose.aligned import Point, Told
from qa.compose.base import Numbering, quoted
from qa.compose.beside import in_a_line
from qa.compose.choice import APART
from qa.compose.stages import Read
from qa.question.form import wanted_form
from qa.reading.reader import Evidence
from qa.statement import Statement


def answers(read: Read, verifier: Verifier) -> list[Point]:
    """What the articles answer, in one point, or one each where it is no answer to the same.

    Raises `WeightsError`.
    """
    found = [own.evidence[0] for own in read.apart if own.answerable >= APART]
    found = found or [read.reading.evidence[0]]
    point = compared(found, read, verifier)
    if point:
        return [point]
    return [Point("only", (Told(e.article, e.sentence),)) for e in found]


def compared(found: Sequence[Evidence], read: Read, verifier: Verifier) -> Point | None:
    """The best sentence of each article in one point; None where some do not meet the others."""

    def follows(claim: str, sentence: str) -> bool:
        return verifier.objection(claim, [sentence]) is None

    is_yes_no = wanted_form(read.understood.scope.question) == "yes_no"
    pairs: dict[tuple[int, int], Agreement] = {}
    for i, j in combinations(range(len(found)), 2):
        a, b = found[i], found[j]
        one, other = _exact(a), _exact(b)
        exact = (one, other) if one and other else None
        if agreed := answers_agree(a.text, b.text, exact, follows, is_yes_no=is_yes_no):
            pairs[i, j] = agreed
    if not pairs:
        return None
    met = {n for pair in pairs for n in pair}
    differing = {pair: a for pair, a in pairs.items() if a.relation == "differs"}
    marks: dict[int, tuple[Span, ...]] = {}
    for (i, j), agreed in differing.items():
        marks[i] = marks.get(i) or agreed.first
        marks[j] = marks.get(j) or agreed.second
    return Point(
        "differs" if differing else "same",
        tuple(
            Told(e.article, e.sentence, marks.get(n, ())) for n, e in enumerate(found) if n in met
        ),
        bool(differing) and all(a.fits for a in differing.values()),
    )


def differing(shown: Sequence[Evidence], read: Read) -> Point | None:
    """What the articles shown answer otherwise, in their best sentences; None where they do not.

    Raises `WeightsError`.
    """
    best: dict[str, Evidence] = {}
    for e in sorted(shown, key=lambda e: -e.score):
        best.setdefault(e.article.id, e)
    if len(best) < 2 or not read.apart:
        return None
    point = compared(list(best.values()), read, Verifier())
    return point if point and point.relation == "differs" else None


def quoted_beside(
    shown: Sequence[Evidence], point: Point, read: Read, numbering: Numbering
) -> tuple[Statement, ...]:
    """The evidence as `quoted` has it, that of the articles which differ side by side.

    A line before it tells how their answers differ.
    """
    line = in_a_line(point, numbering)
    statements = quoted(shown, None, read, numbering)
    marks = {numbering.cite(t.article, t.sentence): t.marks for t in point.told}
    sides = {t.article.id for t in point.told}
    found = [line] if line else []
    is_beside = False
    for statement, following in zip(statements, [*statements[1:], None], strict=True):
        if statement.role == "source" and following:
            is_beside = following.citations[0].article_id in sides
        if statement.role == "evidence" and statement.citations[0] in marks:
            bold = marks[statement.citations[0]]
            statement = replace(statement, role="differs", bold=bold)
        found.append(replace(statement, point=int(is_beside)))
    return tuple(found)


def _exact(evidence: Evidence) -> Span | None:
    """The short answer, in characters of the sentence."""
    start = evidence.sentence.start
    if evidence.exact is None:
        return None
    first, last = evidence.exact[0] - start, evidence.exact[1] - start
    return (first, last) if 0 <= first < last <= len(evidence.text) else None
