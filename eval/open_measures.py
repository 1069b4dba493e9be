"""The measures of open questions and of paired claims, as pure functions over plain values.

They are those that the README of the data defines for `open-news`. A sentence is any hashable value
that names it. A measure that its input leaves undefined is `None`, as in `eval.metrics`.
"""

import re
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from eval.metrics import answer_hit, normalize_answer

S = TypeVar("S", bound=Hashable)  # a sentence
Verdict = Literal["yes", "no", "unclear"]

ENOUGH = 0.75  # group recall from which an answer is complete
ON_POINT = 0.5  # precision from which an answer keeps to the point
RIGHT = "right or rightly refused"  # over all questions; "right" over what the article tells
_OPENING = re.compile(r"\W*(yes|no)\b", re.I)
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_BETWEEN_WORDS = re.compile("[-/\u2018\u2019\u201c\u201d\u2013\u2014\u2026]")


@dataclass(frozen=True)
class Gold(Generic[S]):
    """What a full answer shows; no groups: the article does not say.

    `answers` are accepted short answers, `verdict` is that of a yes/no question.
    """

    groups: tuple[frozenset[S], ...] = ()
    may: frozenset[S] = frozenset()
    answers: tuple[str, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Shown(Generic[S]):
    """What a reader sees: plain text, the sentences it cites, what is marked as the answer."""

    text: str
    cited: frozenset[S] = frozenset()
    marked: str | None = None
    refused: bool = False


def group_recall(cited: Set[S], groups: Sequence[Set[S]]) -> float | None:
    """Share of the groups of which at least one sentence is cited; `None` without groups.

    >>> group_recall({"a", "x"}, [{"a", "b"}, {"c"}])
    0.5
    """
    return sum(bool(cited & group) for group in groups) / len(groups) if groups else None


def group_precision(
    cited: Set[S], groups: Sequence[Set[S]], may: Set[S] = frozenset()
) -> float | None:
    """Share of the cited sentences that a group holds or that a good answer may show.

    `None` when nothing is cited.
    >>> group_precision({"a", "m", "x", "y"}, [{"a", "b"}], {"m"})
    0.5
    """
    fits = [s for s in cited if s in may or any(s in group for group in groups)]
    return len(fits) / len(cited) if cited else None


def marks_wrong(marked: str | None, answers: Sequence[str]) -> bool:
    """Whether what is marked as the answer shares no word with any accepted answer.

    Words are compared as SQuAD does, without articles; hyphens part them.
    >>> marks_wrong("19 soldiers", ["at least 19"]), marks_wrong("the UN", ["the army"])
    (False, True)
    """
    return marked is not None and not any(_words(marked) & _words(answer) for answer in answers)


def opening_verdict(text: str) -> Verdict:
    """The verdict that an answer opens with; `"unclear"` where it opens with neither yes nor no.

    >>> opening_verdict("No, it failed."), opening_verdict("Nobody came."), opening_verdict("")
    ('no', 'unclear', 'unclear')
    """
    opening = _OPENING.match(text)
    if opening is None:
        return "unclear"
    return "yes" if opening[1].lower() == "yes" else "no"


def why_wrong(gold: Gold[S], shown: Shown[S]) -> str | None:
    """The first thing that keeps an answer from being right; `None` where it is right.

    Where the article does not say, a refusal alone is right.
    """
    if not gold.groups:
        return None if shown.refused else "answered, though the article does not say"
    if shown.refused:
        return "refused, though the article says"
    if (group_recall(shown.cited, gold.groups) or 0.0) < ENOUGH:
        return "shows too little"
    if (group_precision(shown.cited, gold.groups, gold.may) or 0.0) < ON_POINT:
        return "shows too much off the point"
    if answer_hit(shown.text, gold.answers) == 0:
        return "the short answer is not in the text"
    if gold.answers and marks_wrong(shown.marked, gold.answers):
        return "marks a wrong answer"
    return None


def values(kind: str, gold: Gold[S], shown: Shown[S]) -> dict[str, float | None]:
    """Every measure of one answer to a question of this kind."""
    told = bool(gold.groups)
    right = float(why_wrong(gold, shown) is None)
    blunt, verdict = kind == "blunt", gold.verdict
    return {
        "right": right if told else None,
        RIGHT: right,
        "group recall": group_recall(shown.cited, gold.groups),
        "precision": group_precision(shown.cited, gold.groups, gold.may) if told else None,
        "false mark": float(marks_wrong(shown.marked, gold.answers)) if blunt else None,
        "verdict": float(_gives(verdict, shown)) if verdict else None,
        "false refusals": float(shown.refused) if told else None,
        "refusal recall": None if told else float(shown.refused),
    }


def pair_win(true: float, false: float) -> float:
    """1 where the true claim of a pair scores higher, 0 where the false one does, 1/2 for a tie.

    Its mean over pairs is the pair accuracy, .5 by chance.
    >>> pair_win(0.9, 0.2), pair_win(0.4, 0.4)
    (1.0, 0.5)
    """
    return 0.5 if true == false else float(true > false)


def _gives(verdict: Verdict, shown: Shown[S]) -> bool:
    # A refusal opens with neither word, but it is no answer, so it is not right on an unclear one.
    return not shown.refused and opening_verdict(shown.text) == verdict


def _words(text: str) -> set[str]:
    parted = _BETWEEN_WORDS.sub(" ", _POSSESSIVE.sub("", text))
    return set(normalize_answer(parted).split())
