"""What an article is about, as stems: its title, its text, and the names in them."""

import re
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from qa.article import Article
from qa.text.words import STOPWORDS, names, stem, stems, words

LEAD = 2  # sentences at the beginning that say what an article is about
_CAPITAL = re.compile(r"[^\W\d_a-z]|\d*[A-Z]|[a-z]+[A-Z]")
_TOKEN = re.compile(r"[\w’'-]*\w")
_DESCRIBED = re.compile(
    r"\b[Tt]he (?P<before>[a-z]+(?: [a-z]+)?),? (?=[A-Z]\w+ [A-Z])"
    r"|[A-Z]\w+ [A-Z]\w+(?:,? the| of the| from the| at the) (?P<after>[a-z]+)\b"
)
_CALENDAR = frozenset(
    stem(word)
    for word in "monday tuesday wednesday thursday friday saturday sunday january february march"
    " april may june july august september october november december".split()
)
_profiles: "WeakKeyDictionary[Article, Profile]" = WeakKeyDictionary()
Phrase = tuple[str, ...]  # the stems of a name


@dataclass(frozen=True)
class Profile:
    """The stems of an article's title and text in order, and which of them are names."""

    title: str  # " storm kill five holm "
    lead: str
    text: str
    names: frozenset[str]  # stems that are written with a capital, and never without
    common: frozenset[str]  # stems that are written without one somewhere
    headline: frozenset[str]  # names of the title and the lead

    def mentions(self, phrase: Phrase) -> bool:
        """Whether the title or the text has these words in a row."""
        return _holds(self.title, phrase) or _holds(self.text, phrase)

    def is_about(self, phrase: Phrase) -> bool:
        """Whether the title or the lead has them."""
        return _holds(self.title, phrase) or _holds(self.lead, phrase)

    def count(self, phrase: Phrase) -> int:
        """How often the text has them."""
        return self.text.count(_joined(phrase)) if phrase else 0

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of the title and the text."""
        return frozenset(self.title.split()) | frozenset(self.text.split())


def profile(article: Article) -> Profile:
    """What an article is about; kept as long as the article is."""
    found = _profiles.get(article)
    if found is None:
        found = _profiles[article] = _profile(article)
    return found


def sentence_mentions(text: str, phrase: Phrase) -> bool:
    """Whether a sentence has these words in a row."""
    return _holds(_joined(stems(text)), phrase)


def described(question: str) -> set[str]:
    """The stems of what describes a name beside it: `the conductor Anna Berg` -> `{"conductor"}`.

    Also `Anna Berg, the conductor` and `Anna Berg of the coastguard`.
    """
    found = [m["before"] or m["after"] for m in _DESCRIBED.finditer(question)]
    return {s for words_found in found for s in stems(words_found)}


def named_phrases(question: str, known: frozenset[str]) -> list[Phrase]:
    """The names in a question; `known` are stems that are names wherever they stand.

    They count where the whole question is typed in small letters.

    `How much does the terminal in Marlow Bay cost?` -> `[("marlow", "bay")]`
    """
    known = frozenset() if any(c.isupper() for c in question[1:]) else known
    found: list[list[str]] = []
    is_open = False  # the word before belongs to a name
    for n, match in enumerate(_TOKEN.finditer(question)):
        word = match[0]
        stemmed = stems(word)
        if not stemmed:  # a stopword; "of" stands within names
            is_open = is_open and word.lower() in ("of", "the")
            continue
        is_name = (n > 0 and bool(_CAPITAL.match(word))) or set(stemmed) <= known
        is_name = is_name and not set(stemmed) <= _CALENDAR
        if is_name and is_open:
            found[-1] += stemmed
        elif is_name:
            found.append(list(stemmed))
        is_open = is_name and not re.match(r"['’]s\b", question[match.end() :])
        is_open = is_open and not word.endswith(("'s", "’s"))
    return [tuple(phrase) for phrase in found]


def _profile(article: Article) -> Profile:
    sentences = [article.text[s.start : s.end] for s in article.sentences]
    lead = " ".join(sentences[:LEAD])
    written = {stem(w) for s in sentences for w in _lower(s)}
    capital = names(article.text)
    called = frozenset(capital - written - _CALENDAR)
    title, first = stems(article.title), stems(lead)
    return Profile(
        _joined(title),
        _joined(first),
        _joined([s for sentence in sentences for s in [*stems(sentence), "."]]),
        called,
        frozenset(written),
        called & (set(title) | set(first)),
    )


def _lower(sentence: str) -> list[str]:
    """The words of a sentence that have no capital."""
    small = " ".join(t for t in _TOKEN.findall(sentence) if not _CAPITAL.match(t))
    return [w for w in words(small) if w not in STOPWORDS]


def _joined(parts: "list[str] | Phrase") -> str:
    return f" {' '.join(parts)} "


def _holds(text: str, phrase: Phrase) -> bool:
    return bool(phrase) and _joined(phrase) in text
