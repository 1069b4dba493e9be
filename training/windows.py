"""Training examples: a question or claim with a window of whole sentences, and its labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from qa.article import Article
from qa.reading.tokenizer import Tokens, WordPieceTokenizer
from qa.text.words import stems

SHORTEST, MIDDLE, LONGEST = 50, 165, 450  # word pieces of a window's sentences
SHORT = 0.6  # of windows: up to MIDDLE; the others from there to LONGEST
VERDICTS = ("yes", "no", "unclear")
OPEN = {"about", "said", "role", "event", "overview", "context", "yesno"}  # no short answer
Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """One input of the model and its labels.

    `ids` and `sentence` are as in `qa.reading.tokenizer.Window`, in small types; `gold` are the
    numbers of the sentences that hold the answer, `may` those that a good answer may show besides,
    `tempting` wrong ones that lie near; `spans` the places of the answer's first and last piece.
    `marked` says whether `spans` are known where there is an answer, `short` whether the question
    has a short answer at all (None: not known), `verdict` which of `VERDICTS` is right. A claim
    has `supported`, a question has none.
    """

    ids: NDArray[np.uint16]
    sentence: NDArray[np.int16]
    first: int
    answerable: bool = False
    gold: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    marked: bool = True
    supported: bool | None = None
    may: tuple[int, ...] = ()
    tempting: tuple[int, ...] = ()
    verdict: int | None = None
    short: bool | None = None


Unit = tuple[Example, ...]  # examples that a batch holds together, as both claims of a pair


class Text:
    """An article divided once: its sentences, their word pieces and their stems."""

    def __init__(self, text: str, tokenizer: WordPieceTokenizer, title: str = "") -> None:
        self.text = text
        self.title = title
        self.sentences = Article.from_text(text, title="-").sentences
        self.tokens = tokenizer.tokens([text[s.start : s.end] for s in self.sentences])
        self.stems = [frozenset(stems(text[s.start : s.end])) for s in self.sentences]

    def within(self, scope: Span) -> range:
        """The sentences that lie in these characters."""
        inside = [
            i for i, s in enumerate(self.sentences) if scope[0] < s.end and s.start < scope[1]
        ]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def holding(self, spans: Sequence[Span]) -> tuple[int, ...]:
        """The sentences that some of these characters are of."""
        return tuple(
            i
            for i, s in enumerate(self.sentences)
            if any(s.start < end and start < s.end for start, end in spans)
        )

    def sentence(self, number: int) -> str:
        """A sentence to the letter."""
        return self.text[self.sentences[number].start : self.sentences[number].end]

    def around(self, number: int, scope: range, rng: Random) -> range:
        """Consecutive sentences with this one, as many as a budget drawn at random takes."""
        short = rng.random() < SHORT
        most = rng.randint(SHORTEST, MIDDLE) if short else rng.randint(MIDDLE, LONGEST)
        return self.reach(number, scope, most, rng)

    def reach(self, number: int, scope: range, most: int, rng: Random) -> range:
        """Consecutive sentences with this one, of at most so many word pieces, or it alone."""
        budget = most - len(self.tokens[number].ids)
        first, last = number, number
        while True:
            sides = [i for i in (first - 1, last + 1) if i in scope]
            if not sides:
                return range(first, last + 1)
            side = rng.choice(sides)
            budget -= len(self.tokens[side].ids)
            if budget < 0:
                return range(first, last + 1)
            first, last = min(first, side), max(last, side)

    def likely(
        self, question: str, scope: range, without: Sequence[int], rank: int
    ) -> range | None:
        """The sentences around the one that shares the `rank`th most words with the question.

        None of `without` is among them.
        """
        asked = set(stems(question))
        rows = [i for i in scope if i not in without]
        if not rows:
            return None
        rows.sort(key=lambda i: -len(asked & self.stems[i]))
        number = rows[min(rank, len(rows) - 1)]
        rng = Random(f"{question}{rank}")
        clear = range(
            max([i + 1 for i in without if i < number], default=scope.start),
            min([i for i in without if i > number], default=scope.stop),
        )
        return self.around(number, clear, rng)


@dataclass(frozen=True)
class Asked:
    """A question of a set: `gold` are its sentences, `spans` the exact answers in characters."""

    id: str
    question: str
    text: Text
    scope: range
    answerable: bool
    gold: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    answers: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    standalone: str | None = None
    kind: str = "fact"
    article: str = ""
    may: tuple[int, ...] = ()
    tempting: tuple[int, ...] = ()
    verdict: str | None = None

    @property
    def short(self) -> bool | None:
        """Whether the question has a short answer; None where the set does not tell."""
        return False if self.kind in OPEN else True if self.spans else None


def example(
    tokenizer: WordPieceTokenizer,
    question: str,
    asked: Asked,
    shown: range,
    *,
    told: bool = True,
    titled: bool = True,
) -> Example:
    """A question with some sentences of its text; `told`: the answer may be among them."""
    tokens = [asked.text.tokens[i] for i in shown]
    head = tokenizer.head(question, asked.text.title if titled else "")
    window = tokenizer.window(head, [t.ids for t in tokens])
    read = {shown.start + int(number) for number in set(window.sentence) if number >= 0}
    gold = [i for i in asked.gold if i in read] if asked.answerable and told else []

    def seen(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(i - shown.start for i in numbers if i in read and gold)

    starts = np.cumsum([window.first, *(len(t.ids) for t in tokens)])
    spans = []
    for number in gold:
        place = _pieces(tokens[number - shown.start], asked.spans, asked.text, number)
        start = int(starts[number - shown.start])
        if place and start + place[1] < len(window.ids) - 1:
            spans.append((start + place[0], start + place[1]))
    return Example(
        window.ids.astype(np.uint16),
        window.sentence.astype(np.int16),
        window.first,
        answerable=bool(gold),
        gold=seen(gold),
        spans=tuple(spans),
        marked=bool(spans) or not gold,
        may=seen(asked.may),
        tempting=seen(asked.tempting),
        verdict=VERDICTS.index(asked.verdict) if asked.verdict and gold else None,
        short=asked.short if gold else None,
    )


def claim_example(
    tokenizer: WordPieceTokenizer, claim: str, sentences: Sequence[Tokens], supported: bool
) -> Example:
    """A claim with the sentences that are said to support it."""
    window = tokenizer.window(tokenizer.head(claim), [t.ids for t in sentences])
    return Example(
        window.ids.astype(np.uint16),
        window.sentence.astype(np.int16),
        window.first,
        supported=supported,
    )


def _pieces(tokens: Tokens, spans: Sequence[Span], text: Text, number: int) -> Span | None:
    """The first and last word piece of the first span that lies in this sentence."""
    offset = text.sentences[number].start
    for start, end in spans:
        inside = [
            i for i, (a, b) in enumerate(tokens.places) if a + offset < end and start < b + offset
        ]
        if inside:
            return inside[0], inside[-1]
    return None
