"""Questions to suggest, made from the article itself and kept only if it answers them."""

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from threading import Lock

from qa.article import Article
from qa.text.words import STOPWORDS, is_number, names, stems

LIMIT = 4  # questions; more would be a menu
_NAMES = 2  # of them about names, so that a count has its place
AFTER = 3  # questions that an answer suggests
_TRIED = 8  # questions put to the assistant at most
_KEPT = 500  # articles whose questions are kept
_GIST = "What is this article about?"
_ABOUT = "What does the article say about {}?"
_MENTIONED = "How many {} does the article mention?"
_FRAME = frozenset(word for frame in (_GIST, _ABOUT, _MENTIONED) for word in stems(frame))
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:al|de|of|the|van|von)[- ])?[A-Z][\w’'-]*)*")
_COUNT = re.compile(
    r"(?:(?<![\w,.])\d[\d,.]*+"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|thousand|million))\s+(?P<things>(?:[a-z]{3,}\s+)?[a-z]{3,}(?:ies|[^su\W]s))\b"
)
_UNITS = frozenset(  # nobody asks how many of these are mentioned
    "days hours kilometers kilometres meters metres miles minutes months seconds times weeks years"
    " cents dollars euros pounds points".split()
)


class Suggestions:
    """Questions about an article that it answers, found one by one as they are wanted, and kept.

    `is_answered` says whether the article answers a question of it.
    """

    def __init__(self, is_answered: Callable[[str, Article], bool]) -> None:
        self._is_answered = is_answered
        # Of each article its candidates, and whether it answers them as far as that is known.
        self._found: OrderedDict[str, dict[str, bool | None]] = OrderedDict()
        self._working = Lock()

    def of(
        self,
        article: Article,
        asked: Iterable[str] = (),
        limit: int = LIMIT,
        quoted: str = "",
    ) -> tuple[str, ...]:
        """Up to `limit` questions, none of which was `asked`.

        First those about the names in what was `quoted`, last those that it has answered.
        """
        known = {frozenset(stems(question)) for question in asked}
        said = frozenset(stems(quoted))
        fresh: list[str] = []
        with self._working:
            tried = self._kept(article)
            for question in sorted(tried, key=lambda question: _rank(question, said)):
                if frozenset(stems(question)) in known:
                    continue
                if tried[question] is None:
                    tried[question] = self._is_answered(question, article)
                if tried[question]:
                    fresh.append(question)
                if len(fresh) == limit:
                    break
        return tuple(fresh)

    def _kept(self, article: Article) -> dict[str, bool | None]:
        key = article.revision
        if key not in self._found:
            self._found[key] = dict.fromkeys(islice(candidates(article), _TRIED))
        self._found.move_to_end(key)
        if len(self._found) > _KEPT:
            self._found.popitem(last=False)
        return self._found[key]


def candidates(article: Article) -> Iterator[str]:
    """What may be asked about an article: its gist, its most frequent names, what it counts.

    `What is this article about?`, `What does the article say about Aleppo?`,
    `How many families does the article mention?`
    """
    yield _GIST
    about = [_ABOUT.format(name) for name in frequent_names(article)]
    counts = [_MENTIONED.format(things) for things in counted_things(article)]
    yield from about[:_NAMES]
    yield from counts
    yield from about[_NAMES:]


def frequent_names(article: Article) -> list[str]:
    """The article's proper names as it writes them, those that most sentences hold first."""
    counts: Counter[str] = Counter()
    heads = {style.start for style in article.styles if style.kind == "head"}  # of a table
    for sentence in article.sentences:
        text = article.text[sentence.start : sentence.end]
        known = names(text)  # not the word that only begins a sentence
        for match in _NAME.finditer(text):
            if sentence.start + match.start() in heads:
                continue
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
    return [
        thing
        for thing in things
        if thing.split()[-1] not in _UNITS and not any(map(is_number, thing.split()))
    ]


def _rank(question: str, said: frozenset[str]) -> int:
    topic = frozenset(stems(question)) - _FRAME
    if not topic or not topic <= said:
        return 1
    return 2 if question.startswith(_MENTIONED.partition("{")[0]) else 0


def _is_derived(name: str, known: Collection[str]) -> bool:
    # Syrian from Syria: an adjective, about which one cannot ask.
    return any(name[:end] in known and name[end:].isalpha() for end in range(1, len(name)))
