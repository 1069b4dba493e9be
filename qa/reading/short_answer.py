"""The short answer: words of the best sentence that answer the question by themselves.

A logistic model over the features below says how probable it is that they are right; its
coefficients are in the weights' manifest and are fitted by `training.calibrate_mark`.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from qa.reading.calibration import MOST, Floats, probability
from qa.reading.onnx_model import Model, bundled
from qa.reading.reader import Evidence, Reading
from qa.statement import Exact
from qa.text.words import numbers, stems

MARKED = 0.85  # from here the words are bold; training/README.md tells how many are right
MARK = (
    "constant",
    "span",  # logit that these words are the answer, over none
    "in window",  # logarithm of the words' probability among all of the window
    "short",  # logit that a few words answer the question
    "over rival",  # the same over the best other words of the sentence
    "over others",  # the same over the best words of any other sentence that say something else
    "ahead",  # logit of the sentence's probability over that of the next sentence
    "answerable",  # logit of the probability that there is an answer
    "sure",  # that probability to the fourth power, for it counts most where it is high
    "length",  # logarithm of the words' number
    "misfit",  # the question asks for a number, a time or a name, and the words hold none
    "beside",  # share of the question's own words that stand beside them
    "repeated",  # they are words of the question, or of the answer before it
)
_NEAREST = 10  # sentences that are compared
_BESIDE = 40  # characters on either side
_DAYS_AND_MONTHS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|today|yesterday|tomorrow|night|morning|evening|noon"
    r"|spring|summer|autumn|winter|week|month|year|century|day|hour|minute"
)
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|long|far|large|big|high|often|tall|deep|fast|heavy)\b"
    r"|\b(?:what|which) (?:number|percentage|share|proportion|amount|price|age|sum|figure)\b",
    re.I,
)
_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|month|day|date|time|hour|weekday|century)\b", re.I
)
_NAME = re.compile(
    r"\bwho(?:m|se)?\b|\bwhere\b"
    r"|\b(?:what|which) (?:city|town|country|village|company|organi[sz]ation|person)\b",
    re.I,
)
_HAS_TIME = re.compile(rf"\d|\b(?:{_DAYS_AND_MONTHS})s?\b", re.I)
_AGE = re.compile(r"\bhow old\b|\b(?:what|which) age\b", re.I)
_OF_AGE = re.compile(
    r"\b(?:old|ages?|aged|born|built|opened|founded|since)\b|[,(] ?\d{1,3}(?=[,;.)])", re.I
)
_WANTED: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (_NUMBER, numbers),
    (_TIME, _HAS_TIME.search),
    (_NAME, re.compile(r"\b[A-Z]").search),
)


def short_answer(
    question: str, before: Sequence[str], reading: Reading, model: Model | None = None
) -> Exact | None:
    """The best sentence's span, where it is right at least nine times in ten.

    `before` is what was said before the question: the last question and its answer.
    """
    if not reading.evidence or (span := reading.evidence[0].exact) is None:
        return None
    article = reading.evidence[0].article
    near = article.text[max(0, span[0] - _BESIDE) : span[1] + _BESIDE]
    if _AGE.search(question) and not _OF_AGE.search(near):  # in office for 19 years
        return None
    row = mark_features(question, before, reading)
    right = float(probability(row[None, :], (model or bundled(reading.stage)).fitted["mark"])[0])
    if right < MARKED:
        return None
    return Exact(article.text[slice(*span)], article.id, *span, right)


def mark_features(question: str, before: Sequence[str], reading: Reading) -> Floats:
    """One row, columns as in `MARK`."""
    best, *others = reading.evidence[:_NEAREST]
    words = _words(best)
    said = set(stems(words))
    apart = [e.span for e in others if not said & set(stems(_words(e)))]
    asked = set(stems(question))
    start, end = best.exact or (0, 0)
    text = best.article.text
    near = text[max(best.sentence.start, start - _BESIDE) : start] + " "
    near += text[end : min(best.sentence.end, end + _BESIDE)]
    known = asked | set(stems(before[-1] if before else ""))
    whole = " ".join([*before[:1], question])
    fits = [has(words) for wants, has in _WANTED if wants.search(whole)]
    return np.array(
        [
            1.0,
            _clipped(best.span),
            _clipped(best.sure),
            _clipped(reading.short),
            _clipped(best.span - best.rival),
            _clipped(best.span - max(apart, default=-np.inf)),
            _logit(best.score) - _logit(others[0].score if others else 0.0),
            _logit(reading.answerable),
            reading.answerable**4,
            np.log1p(len(words.split())),
            float(bool(fits) and not any(fits)),
            len(asked & set(stems(near))) / max(1, len(asked)),
            float(bool(said) and said <= known),
        ]
    )


def _words(evidence: Evidence) -> str:
    return evidence.article.text[slice(*evidence.exact)] if evidence.exact else ""


def _clipped(logit: float) -> float:
    return float(np.clip(np.nan_to_num(logit, nan=0.0), -MOST, MOST))


def _logit(probability: float) -> float:
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.clip(np.log(p / (1 - p)), -MOST, MOST))
