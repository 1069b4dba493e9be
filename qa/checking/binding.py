"""What a claim ties to its numbers and names, and whether the sentences tie it to the same ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.checking.grounding import same_name
from qa.checking.numbers import amounts
from qa.parsing.parser import Parse, bundled_parser
from qa.text.words import STOPWORDS, is_number, stem, words

Sort = Literal["number", "name"]
_NEAR = 3  # steps in the tree from a number or name to what is told of it
_FAR = 99  # steps between words of two sentences


@dataclass(frozen=True)
class Anchor:
    """A number or name of a sentence: its value or stem, and the word's number."""

    sort: Sort
    value: str
    place: int


class Tied:
    """The anchors of a sentence, its other telling words by stem, and the steps between them."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.anchors = list(_anchors(parse))
        own = {a.place for a in self.anchors}
        self.words = {
            i: s for i, w in enumerate(parse.words) if i not in own and (s := _telling(w.text))
        }

    def steps(self, one: int, other: int) -> int:
        """The edges of the tree between two words."""
        up = self._above(one)
        for far, place in enumerate(self._above(other)):
            if place in up:
                return up.index(place) + far
        return _FAR

    def _above(self, place: int) -> list[int]:
        found = [place]
        while (head := self.parse.words[found[-1]].head) != found[-1]:
            found.append(head)
        return found


def loose(claim: str, sentences: Sequence[str]) -> float:
    """The share, 0 to 1, of what the claim ties to an anchor that the sentences tie to another.

    A word is tied to the number or name of its kind that it is nearest to in the tree. Looked at
    are words and anchors that the sentences have too, beside others of that kind.
    `Ann paid 3 of Bob's 5 debts.` beside `Bob paid 3 of Ann's 5 debts.` -> 1
    """
    told = [_tied(s) for s in sentences]
    kept = swapped = 0
    for anchor, word in _ties(_tied(claim)):
        near = _nearest(anchor, word, told)
        if near is not None:
            kept += near
            swapped += not near
    return swapped / (kept + swapped) if swapped else 0.0


@lru_cache(500)
def _tied(sentence: str) -> Tied:
    return Tied(bundled_parser().parse([sentence])[0])


def _ties(claim: Tied) -> Iterator[tuple[Anchor, str]]:
    """Each telling word of the claim with the anchors of each kind that it stands nearest to."""
    for place, word in claim.words.items():
        for sort in ("number", "name"):
            own = [(claim.steps(a.place, place), a) for a in claim.anchors if a.sort == sort]
            if own and (least := min(far for far, _ in own)) <= _NEAR:
                nearest = {a.value: a for far, a in own if far == least}
                if len(nearest) == 1:
                    yield next(iter(nearest.values())), word


def _nearest(anchor: Anchor, word: str, told: Sequence[Tied]) -> bool | None:
    """Whether the word stands nearest to this anchor; None where there is nothing to choose."""
    own, rival = _FAR, _FAR
    for tied in told:
        places = [i for i, other in tied.words.items() if other == word]
        for other in tied.anchors:
            if places and other.sort == anchor.sort:
                far = min(tied.steps(other.place, i) for i in places)
                if _same(anchor, other):
                    own = min(own, far)
                else:
                    rival = min(rival, far)
    return None if own == rival or _FAR in (own, rival) else own < rival


def _same(one: Anchor, other: Anchor) -> bool:
    return one.value == other.value or (one.sort == "name" and same_name(one.value, other.value))


def _anchors(parse: Parse) -> Iterator[Anchor]:
    for place, word in enumerate(parse.words):
        if word.tag == "CD" and (found := amounts(word.text)):
            yield Anchor("number", f"{found[0].value:g}", place)
        elif word.tag.startswith("NNP") and (plain := words(word.text)):
            yield Anchor("name", stem(plain[0]), place)


def _telling(text: str) -> str | None:
    plain = words(text)
    if len(plain) != 1 or plain[0] in STOPWORDS or is_number(plain[0]):
        return None
    return stem(plain[0])
