"""What counts as a word, a name and a number: shared by search, reader and conversation."""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

STOPWORDS = frozenset(
    "a about after all also am an and any are as at be because been before being but by can"
    " could did do does doing for from had has have having he her here hers him his how i if"
    " in into is it its just me more most my no not of on or our out over own s she should so"
    " some such t than that the their theirs them then there these they this those through to"
    " too under until up very was we were what when where which while who whom whose why will"
    " with would you your yours".split()
)
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NAME = re.compile(  # a capitalised word; "begin" is what makes it the first of a sentence
    r"(?P<begin>(?:^|(?<=\w{4})[.!?:]\s)[\s\"'“‘(\[]*)?(?P<word>\b(?:[A-Z]|[a-z]+[A-Z]|\d*[A-Z])[\w’'-]*)"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred thousand million billion trillion half dozen dozens hundreds thousands"
    " millions".split()
)
_STEMMER = Stemmer.Stemmer("english")
_STEMMER_LOCK = threading.Lock()  # a stemmer serves one thread at a time


def words(text: str) -> list[str]:
    """Words in lower case, without accents, possessives and thousands' commas.

    `Assad’s 7,000 Émigrés` -> `["assad", "7000", "emigres"]`
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’]s\b", "", plain)
    return [w.replace(",", "") for w in _WORD.findall(plain)]


def stems(text: str) -> list[str]:
    """Stems of the words that are no stopwords: `the killed soldiers` -> `["kill", "soldier"]`."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case English word: `killed` -> `kill`."""
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


def names(text: str) -> set[str]:
    """Stems of capitalised words that begin no sentence, and of words with capitals inside.

    `Where is the M5 in Syria?` -> `{"m5", "syria"}`
    """
    found: set[str] = set()
    for match in _NAME.finditer(text):
        word = match["word"]
        if match["begin"] is None or any(c.isupper() for c in word[1:]):
            found.update(stems(word))
    return found


def openings(text: str) -> list[str]:
    """Capitalised words that begin a sentence and so may or may not be names.

    `Nobody came. Assad left.` -> `["Nobody", "Assad"]`
    """
    return [match["word"] for match in _NAME.finditer(text) if match["begin"] is not None]


def is_number(word: str) -> bool:
    """Whether a lower-case word is a number in digits or letters: `19`, `nineteen`, `46th`."""
    return bool(_NUMBER.match(word)) or word in _NUMBER_WORDS


def numbers(text: str) -> set[str]:
    """The numbers of a text: `Over 7,000 in four days` -> `{"7000", "four"}`."""
    return {word for word in words(text) if is_number(word)}
