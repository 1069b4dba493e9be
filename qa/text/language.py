"""Whether a text is English, and which of four other languages a question is in."""

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import Any, Literal, get_args

from qa.text.words import STOPWORDS, words

Language = Literal["fr", "de", "es", "no"]  # ISO 639-1

_SEEN = 400  # words of an article
_FEWEST = 12  # words; fewer tell nothing
_SHARE = 0.2  # of the words; English news has 0.35 to 0.5, French, German or Dutch below 0.1
_LATIN = 0.5  # of a question's letters
_SURE, _LIKELY = 0.5, 0.35  # probability among five languages; the second if two words tell, too
# Words that questions are built of, without those that English has or that names are made of (el).
_BUILT_OF: dict[Language, frozenset[str]] = {
    "fr": frozenset(
        "qui que quoi quel quelle quels quelles combien ou comment pourquoi quand est sont ont"
        " etait"
        " ete il elle ils elles cet cette ces une des dans avec pour par sur article resume quest"
        " parle dit fait".split()
    ),
    "de": frozenset(
        "wer wie wieviel wieviele wo warum wann welche welcher welches wem wen wessen worum ist"
        " sind"
        " war was der wurde wurden wird hat haben hatte hatten es das ein eine kostet gibt gab"
        " artikel fasse"
        " zusammen geht nicht".split()
    ),
    "es": frozenset(
        "quien quienes que cual cuales cuanto cuanta cuantos cuantas donde cuando como por es son"
        " fue fueron esta estan ha han hay una articulo resume dijo paso".split()
    ),
    "no": frozenset(
        "hvem hva hvor hvorfor nar hvordan hvilken hvilket hvilke kva kven kvifor korleis er ble"
        " var"
        " har hadde blir ikke det om artikkelen oppsummer".split()
    ),
}
_NOT_ENGLISH_ALONE = frozenset("a an as do i in me no of on over s she so t to was".split())


def is_latin(question: str) -> bool:
    """Whether a question is written in Latin letters, or without letters.

    `平民死了多少人？` -> `False`
    """
    letters = [c for c in question if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= _LATIN * len(letters)


def foreign_language(question: str) -> Language | None:
    """The other language that a question is in, if it is surely in one of the four.

    A word that only English has, or none that such questions are built of, makes it English, so
    that a foreign name alone never does: `who's encarnación mesa` -> `None`,
    `Wann wurde die Halle gebaut?` -> `"de"`
    """
    said = set(words(re.sub(r"[’']", " ", question)))
    if said & STOPWORDS - _NOT_ENGLISH_ALONE or not any(said & own for own in _BUILT_OF.values()):
        return None
    language, probability = _identifier().classify(question)
    told = len(said & _BUILT_OF[language]) if language in _BUILT_OF else 0
    is_sure = probability >= (_SURE if told == 1 else _LIKELY)
    found: Language | None = language if told and is_sure else None
    return found


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


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # late: it unpacks its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", *get_args(Language)])
    return identifier
