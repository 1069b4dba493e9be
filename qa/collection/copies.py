"""The same sentence in several articles, as copies of an agency's text have it."""

from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from qa.article import Article, Sentence
from qa.text.words import words

TELLING = 6  # words from which a sentence is no coincidence; a shorter one needs more in common
SHARED = 3  # sentences that two articles share where one is a copy; two, if half of the shorter one
_keys: "WeakKeyDictionary[Article, dict[Sentence, str]]" = WeakKeyDictionary()
Place = tuple[Article, Sentence]


class Copies:
    """The sentences of some articles by their words, so that each is read and cited once.

    The article that was published first speaks for the others.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._places: dict[str, list[Place]] = {}
        for article in sorted(articles, key=lambda a: (a.published or "~", a.id)):
            for sentence, key in _keyed(article).items():
                self._places.setdefault(key, []).append((article, sentence))

    def others(self, article: Article, sentence: Sentence) -> list[Place]:
        """Where else the sentence stands, one place an article."""
        key = _keyed(article).get(sentence, "")
        places = {a.id: (a, s) for a, s in reversed(self._places.get(key, []))}
        return [
            place
            for i, place in reversed(places.items())
            if i != article.id and _is_copied(key, article, place[0])
        ]

    def speaks(self, article: Article, sentence: Sentence) -> bool:
        """Whether no article before this one has the sentence."""
        key = _keyed(article).get(sentence, "")
        for other, first in self._places.get(key, []):
            if other.id == article.id:
                return True
            if first and _is_copied(key, article, other):
                return False
        return True

    def once(self, articles: Sequence[Article]) -> tuple[Article, ...]:
        """The articles with the sentences for which they speak; one without any is left out."""
        kept = []
        for article in articles:
            own = tuple(s for s in article.sentences if self.speaks(article, s))
            if len(own) == len(article.sentences):
                kept.append(article)
            elif own:
                kept.append(article.reduced_to(own))
        return tuple(kept)


def _is_copied(key: str, one: Article, other: Article) -> bool:
    if key.count(" ") + 1 >= TELLING:
        return True
    first, second = set(_keyed(one).values()), set(_keyed(other).values())
    common, shorter = len(first & second), min(len(first), len(second))
    return common >= min(SHARED, shorter) or (common > 1 and 2 * common >= shorter)


def _keyed(article: Article) -> dict[Sentence, str]:
    found = _keys.get(article)
    if found is None:
        whole = replace(article)  # this one may have been reduced to some of its sentences
        found = _keys[article] = {
            s: " ".join(words(article.text[s.start : s.end])) for s in whole.sentences
        }
    return found
