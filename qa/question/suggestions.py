"""Questions to suggest, made from the article itself and kept only if it answers them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from qa.article import Article
from qa.text.words import STOPWORDS, names, stems

LIMIT = 4  # questions; more would be a menu
_NAMES = 2  # of them about names, so that a count has its place
_TRIED = 8  # questions put to the assistant at most
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:al|de|of|the|van|von)[- ])?[A-Z][\w’'-]*)*")
_COUNT = re.compile(
    r"(?:(?<![\w,.])\d[\d,.]*+"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|thousand|million))\s+(?P<things>(?:[a-z]{3,}\s+)?[a-z]{3,}(?:ies|[^su\W]s))\b"
)
_UNITS = frozenset(  # nobody asks how many of these are mentioned
    "days hours kilometers kilometres meters metres miles minutes months seconds times weeks years"
    " cents dollars euros pounds points".split()
)


def suggest(article: Article, is_answered: Callable[[str], bool]) -> tuple[str, ...]:
    """Up to `LIMIT` questions about an article that it answers."""
    tried = islice(candidates(article), _TRIED)
    return tuple(islice(filter(is_answered, tried), LIMIT))


def candidates(article: Article) -> Iterator[str]:
    """What may be asked about an article: its gist, its most frequent names, what it counts.

    `What is this article about?`, `What does the article say about Aleppo?`,
    `How many families does the article mention?`
    """
    yield "What is this article about?"
    about = [f"What does the article say about {name}?" for name in frequent_names(article)]
    counts = [f"How many {things} does the article mention?" for things in counted_things(article)]
    yield from about[:_NAMES]
    yield from counts
    yield from about[_NAMES:]


def frequent_names(article: Article) -> list[str]:
    """The article's proper names as it writes them, those that most sentences hold first."""
    counts: Counter[str] = Counter()
    for sentence in article.sentences:
        text = article.text[sentence.start : sentence.end]
        known = names(text)  # not the word that only begins a sentence
        for match in _NAME.finditer(text):
            name = re.sub(r"['’]s?$", "", match[0])
            if name.split()[0].lower() not in STOPWORDS and known.issuperset(stems(name)):
                counts[name] += 1
    return [
        name for name, count in counts.most_common() if count > 1 and not _is_derived(name, counts)
    ]


def counted_things(article: Article) -> list[str]:
    """Plural nouns, with the word before them, that follow a number in the text, in its order.

    `nearly 7,000 families` -> `["families"]`
    """
    things = dict.fromkeys(match["things"] for match in _COUNT.finditer(article.text))
    return [thing for thing in things if thing.split()[-1] not in _UNITS]


def _is_derived(name: str, known: Collection[str]) -> bool:
    # Syrian from Syria: an adjective, about which one cannot ask.
    return any(name[:end] in known and name[end:].isalpha() for end in range(1, len(name)))
