"""Whether a text is English, as far as its letters and its commonest words tell."""

import unicodedata
from itertools import islice

from qa.text.words import STOPWORDS, words

_SEEN = 400  # words of an article
_FEWEST = 12  # words; fewer tell nothing
_SHARE = 0.2  # of the words; English news has 0.35 to 0.5, French, German or Dutch below 0.1
_LATIN = 0.5  # of a question's letters


def is_latin(question: str) -> bool:
    """Whether a question is written in Latin letters, or without letters.

    `平民死了多少人？` -> `False`
    """
    letters = [c for c in question if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= _LATIN * len(letters)


def is_english(text: str) -> bool:
    """Whether a text begins in English; a text of a few Latin words counts as such.

    `Der Hafen wurde nach dem Sturm geschlossen, weil drei Boote gesunken sind.` -> `False`
    """
    text = text[: _SEEN * 12]
    letters = [c for c in text if c.isalpha()]
    if sum(c.isascii() for c in letters) < len(letters) / 2:
        return False
    seen = list(islice(words(text), _SEEN))
    known = sum(word in STOPWORDS for word in seen)
    return len(seen) < _FEWEST or known >= _SHARE * len(seen)
