"""Reading an article that has a correction note: the note answers only what asks about it."""

from collections.abc import Sequence
from dataclasses import replace

from qa.question.corrections import asks_about_corrections, asks_for_notes
from qa.reading.reader import Evidence, Reader, Reading
from qa.search.candidate import Candidate
from qa.text.words import stems

LIKELY = 0.4  # a sentence's probability of answering, from which it stands for what a note corrects


def read_corrected(
    reader: Reader,
    question: str,
    candidates: Sequence[Candidate],
    before: Sequence[str],
    threshold: float,
) -> Reading:
    """What the reader finds outside of the articles' correction notes.

    A question for the notes is answered with them, and one about the corrections reads them too.
    Where nothing answers but a note does, the article does state the fact, for a note corrects
    what the article states: then a likely sentence that shares a word with the question is the
    evidence, with the note's probability and without a short answer.
    """
    if asks_for_notes(question) and (notes := _notes(candidates)):
        return Reading(notes, 1.0)
    if asks_about_corrections(question):
        return reader.read(question, candidates, before)
    told = [replace(c, article=c.article.without_corrections) for c in candidates]
    found = reader.read(question, told, before)
    has_notes = any(c.article.corrections for c in candidates)
    if found.answerable >= threshold or not found.evidence or not has_notes:
        return found
    noted = reader.read(question, candidates, before)
    best, *others = found.evidence
    in_note = noted.evidence[0].sentence in noted.evidence[0].article.corrections
    if in_note and best.score >= LIKELY and set(stems(question)) & set(stems(best.text)):
        return Reading((replace(best, exact=None), *others), noted.answerable)
    return found


def _notes(candidates: Sequence[Candidate]) -> tuple[Evidence, ...]:
    articles = {c.article.id: c.article for c in candidates}
    return tuple(Evidence(a, s, 1.0) for a in articles.values() for s in a.corrections)
