"""Calibrate the mark of the short answer: how probable it is that the marked words are right.

On train questions of articles that the reader was not trained on, each asked through the real
retriever as the product does, follow-ups with what was said before.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from eval.metrics import normalize_answer, token_f1
from qa.article import Article
from qa.question.follow_up import exchanges, senses
from qa.reading.calibration import probability
from qa.reading.reader import Reader, Reading
from qa.reading.short_answer import MARK, MARKED, mark_features
from qa.search.embedder import Embedder
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import MEMORY, Settings
from training.fitting import Flags, Floats, fit
from training.sets import held_out, read_lines

SETS = {"fictional-news": 300, "open-news": 300, "squad2": 120}  # questions of each at most
# Kinds of open question that a few words do not answer; those that list answers are kept.
NOT_SHORT = ("about", "said", "role", "event", "overview", "context", "yesno")
ELSEWHERE = 5  # each fifth question is asked of another article too, which does not answer it
WEIGHT = {"fictional-news": 2.0, "open-news": 2.0, "squad2": 1.0}  # of a question of each set
FOLDS = 10
LONGEST = 10  # words of a mark that may hold more than the answer
SAME = 0.5  # token F1 from which words say the same as an accepted answer


@dataclass(frozen=True)
class Case:
    """A question as it was read, with the answers that are accepted; none where it has none."""

    set: str
    question: str
    before: tuple[str, ...]
    reading: Reading
    answers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def has_span(self) -> bool:
        """Whether there are words to mark."""
        return bool(self.reading.evidence) and self.reading.evidence[0].exact is not None

    @property
    def is_right(self) -> bool:
        """Whether these words are an accepted answer, much of one, a part of one, or hold one."""
        best = self.reading.evidence[0]
        start, end = best.exact or (0, 0)
        within = any(first <= start and end <= last for first, last in self.spans)
        words = best.article.text[start:end]
        alike = token_f1(words, self.answers) >= SAME or _holds(words, self.answers)
        return bool(self.answers) and (within or alike)


def _holds(words: str, answers: Sequence[str]) -> bool:
    """Whether so few words have an accepted answer in them, whole: `at least 19` has `19`."""
    padded = f" {normalize_answer(words)} "
    short = len(padded.split()) <= LONGEST
    return short and any(f" {normalize_answer(answer)} " in padded for answer in answers)


def read_cases(data: Path, reader: Reader) -> Iterator[Case]:
    """The held-out questions as a reader sees them; a fifth of a second each by the small model."""
    embedder = Embedder()
    for name, most in SETS.items():
        articles = {
            a["id"]: Article.from_text(a["text"], title=a["title"], id=a["id"])
            for a in read_lines(data / name / "articles.jsonl.gz")
            if held_out(name, a["id"])
        }
        lines = [
            q
            for q in read_lines(data / name / "questions.jsonl.gz")
            if q["split"] == "train"
            and q["article"] in articles
            and (q["answers"] or not q["answerable"] or q.get("kind") not in NOT_SHORT)
        ]
        lines = Random(0).sample(lines, min(most, len(lines)))
        index = Index(MEMORY, embedder, name)
        for article in articles.values():
            index.add(article)
        retriever = Retriever(index, Settings.model_fields["top_k"].default)
        ids = sorted(articles)
        for number, line in enumerate(lines):
            print(f"\r{name}: {number + 1} of {len(lines)}", end="", file=sys.stderr, flush=True)
            own = line["article"]
            asked = [(own, line)]
            if number % ELSEWHERE == 0:
                other = ids[(ids.index(own) + 1) % len(ids)]
                asked.append((other, line | {"answers": [], "spans": []}))
            for article_id, shown in asked:
                (sense, *_) = senses(shown["question"], exchanges(shown["history"]))
                candidates = retriever.search(sense.query, [articles[article_id]])
                reading = reader.read(shown["question"], candidates, sense.before)
                yield Case(
                    name,
                    shown["question"],
                    sense.before,
                    reading,
                    tuple(shown["answers"]) if shown["answerable"] else (),
                    tuple(map(tuple, shown["spans"])),
                )
        print(file=sys.stderr)


def fitted_mark(cases: Sequence[Case], threshold: float) -> dict[str, float]:
    """The coefficients by feature; prints how many are right of those that would be marked.

    That is measured by cross-validation, over questions that are answered: at `threshold`.
    """
    cases = [c for c in cases if c.has_span]
    rows = np.vstack([mark_features(c.question, c.before, c.reading) for c in cases])
    right = np.array([c.is_right for c in cases])
    weights = np.array([WEIGHT[c.set] for c in cases])
    found = _cross_validated(rows, right, weights)
    answered = np.array([c.reading.answerable >= threshold for c in cases])
    for name in WEIGHT:
        mine = answered & np.array([c.set == name for c in cases])
        marked = mine & (found >= MARKED)
        print(
            f"{name}: {mine.sum()} answered, {right[mine].mean():.3f} of their spans right; "
            f"{marked.sum()} marked, {right[marked].mean():.3f} of them right"
        )
    coefficients = fit(rows, right, weights)
    return {n: round(float(v), 4) for n, v in zip(MARK, coefficients, strict=True)}


def _cross_validated(rows: Floats, right: Flags, weights: Floats) -> Floats:
    """The probability of each row by a model that was fitted without its fold."""
    found = np.zeros(len(rows))
    folds = np.arange(len(rows)) * FOLDS // len(rows)
    for fold in range(FOLDS):
        own = folds == fold
        coefficients = fit(rows[~own], right[~own], weights[~own])
        found[own] = probability(rows[own], dict(zip(MARK, coefficients, strict=True)))
    return found
