"""One answer of several: each question of a sentence answered in its turn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Trace
from qa.statement import Citation, Statement

CLOSEST = 3  # sentences of a refusal


def joined(question: str, answers: Sequence[Answer]) -> Answer:
    """The answers one after the other, numbered through; what was not found is named.

    A sentence that an earlier one quoted is quoted again only where nothing else is left.

    Raises `ValueError` if there is no answer.
    """
    first, *_ = answers
    numbers: dict[tuple[str, int], Citation] = {}
    statements: list[Statement] = []
    for answer in answers:
        for statement in _fresh(answer, statements):
            cited = tuple(_numbered(c, numbers) for c in statement.citations)
            text = f"{answer.question} {statement.text}" if answer.abstained else statement.text
            statements.append(replace(statement, text=text, citations=cited))
    found = [answer for answer in answers if not answer.abstained]
    if not found:
        statements = list(first.statements)
    seconds: Counter[str] = Counter()
    for answer in answers:
        seconds.update(answer.timings)
    return replace(
        found[0] if found else first,
        question=question,
        standalone_question=" ".join(a.standalone_question for a in answers),
        statements=tuple(statements),
        closest=() if found else _closest(answers),
        confidence=min(a.confidence for a in found or answers),
        suggestions=answers[-1].suggestions,
        note=next((a.note for a in answers if a.note), None),
        trace=_all_traces([a.trace for a in answers]),
        timings=dict(seconds),
    )


def _fresh(answer: Answer, before: Sequence[Statement]) -> Sequence[Statement]:
    """The statements of an answer without the quotes that stand before it."""
    shown = {s.text for s in before if s.role == "evidence"}
    fresh = [s for s in answer.statements if s.role != "evidence" or s.text not in shown]
    return fresh if any(s.citations for s in fresh) else answer.statements


def _numbered(citation: Citation, known: dict[tuple[str, int], Citation]) -> Citation:
    place = citation.article_id, citation.start
    return known.setdefault(place, replace(citation, number=len(known) + 1))


def _closest(answers: Sequence[Answer]) -> tuple[Citation, ...]:
    known: dict[tuple[str, int], Citation] = {}
    for answer in answers:
        for citation in answer.closest:
            _numbered(citation, known)
    return tuple(known.values())[:CLOSEST]


def _all_traces(traces: Sequence[Trace]) -> Trace:
    return replace(
        traces[0],
        passages=tuple(dict.fromkeys(p for t in traces for p in t.passages)),
        evidence=tuple(dict.fromkeys(e for t in traces for e in t.evidence)),
        dropped=tuple(d for t in traces for d in t.dropped),
    )
