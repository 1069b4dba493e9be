"""Versions of one article: the same address, or nearly the same text from the same paper, again.

Near-duplicates are found by MinHash (Broder 1997, datasketch) and then compared exactly.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

from datasketch import MinHash, MinHashLSH

from qa.article import Article, Sentence
from qa.collection.profile import profile
from qa.text.words import STOPWORDS, words

LIKELY = 0.5  # Jaccard of pairs of words, estimated, from which two texts are compared exactly
SAME = 0.7  # and exactly, from which they are versions; one form filled in for two towns has .5
ALIGNED = 0.5  # of the words of two sentences are in both: they tell the same thing
_HASHES = 64  # of a MinHash: an error of .06 near LIKELY, a millisecond a text
_TRACKING = re.compile(r"utm_|fbclid|gclid|mc_|ref$|cmp$", re.I)
_KEPT = 4_000  # texts whose hashes are kept, about a kilobyte each
Pair = tuple[str, str]


@dataclass(frozen=True)
class Versions:
    """Which articles are earlier versions of which; `latest` leaves those out."""

    latest: tuple[Article, ...]
    earlier: Mapping[str, tuple[Article, ...]]  # by the id of the latest, the newest first


@dataclass(frozen=True)
class Change:
    """A sentence of an earlier version that says the same thing otherwise.

    `words` are the ranges of characters of it that the later one does not have.
    """

    article: Article
    sentence: Sentence
    words: tuple[tuple[int, int], ...]


def versions(articles: Sequence[Article]) -> Versions:
    """The latest version of each article in their order, and the earlier ones.

    Versions whose order no date tells are left as articles of their own.
    """
    by_id = {a.id: a for a in articles}
    newer: dict[str, set[str]] = {}
    for one, other in _pairs(articles):
        if (first := _date(by_id[one])) != (second := _date(by_id[other])) and first and second:
            old, new = (one, other) if first < second else (other, one)
            newer.setdefault(old, set()).add(new)
    earlier: dict[str, list[Article]] = {}
    for old in newer:
        last = max(_followed(old, newer), key=lambda i: (_date(by_id[i]), i))
        earlier.setdefault(last, []).append(by_id[old])
    return Versions(
        tuple(a for a in articles if a.id not in newer),
        {i: tuple(sorted(v, key=_date, reverse=True)) for i, v in earlier.items()},
    )


def change(article: Article, sentence: Sentence, earlier: Article) -> Change | None:
    """What an earlier version says in place of a sentence; None where it is the same or nothing."""
    said = _content(article.text[sentence.start : sentence.end])
    best, found = 0.0, None
    for other in earlier.sentences:
        theirs = _content(earlier.text[other.start : other.end])
        alike = 2 * len(said & theirs) / max(1, len(said) + len(theirs))
        if alike > best:
            best, found = alike, other
    if found is None or best < ALIGNED:
        return None
    theirs = _content(earlier.text[found.start : found.end])
    if theirs == said:
        return None
    return Change(earlier, found, tuple(_changed(article, sentence, earlier, found)))


def address(url: str | None) -> str:
    """An address without what tells no article apart; empty for a site's front page.

    `https://www.x.example/a/?utm_source=y#top` -> `x.example/a`
    """
    parts = urlsplit(url or "")
    path = parts.path.rstrip("/")
    asked = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)])
    if not path and not asked:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}" + (f"?{asked}" if asked else "")


def _pairs(articles: Sequence[Article]) -> Iterator[Pair]:
    """The ids of articles that are versions of each other."""
    found: dict[Pair, None] = {}
    by_address: dict[str, list[str]] = {}
    for article in articles:
        if known := address(article.url) or _web(article.source):
            by_address.setdefault(known, []).append(article.id)
    for ids in by_address.values():
        found |= dict.fromkeys(combinations(sorted(ids), 2))
    papers: dict[str, list[Article]] = {}
    for article in articles:
        papers.setdefault((article.publisher or article.source).lower(), []).append(article)
    for of_paper in papers.values():
        found |= dict.fromkeys(_alike(of_paper))
    return iter(found)


def _alike(articles: Sequence[Article]) -> Iterator[Pair]:
    """The ids of articles with nearly the same text and no names that tell them apart."""
    if len(articles) < 2:
        return
    by_id = {a.id: a for a in articles}
    near = MinHashLSH(threshold=LIKELY, num_perm=_HASHES)
    for article in articles:
        hashed = _hashed(article.text)
        for other in near.query(hashed):
            if _is_alike(article, by_id[str(other)]):
                yield min(article.id, str(other)), max(article.id, str(other))
        near.insert(article.id, hashed)


def _is_alike(one: Article, other: Article) -> bool:
    first, second = (_shingles(a.without_corrections) for a in (one, other))
    if len(first & second) < SAME * len(first | second):
        return False
    mine, theirs = profile(one), profile(other)
    return mine.headline <= theirs.stems or theirs.headline <= mine.stems


def _shingles(article: Article) -> set[tuple[str, ...]]:
    told = words(" ".join(article.text[s.start : s.end] for s in article.sentences))
    return set(pairwise(told))


@lru_cache(_KEPT)
def _hashed(text: str) -> MinHash:
    told = words(text)
    hashed = MinHash(num_perm=_HASHES)
    hashed.update_batch([f"{a} {b}".encode() for a, b in pairwise(told)])
    return hashed


def _followed(old: str, newer: Mapping[str, Iterable[str]]) -> set[str]:
    """All that are newer than an article, directly or not."""
    found: set[str] = set()
    left = [old]
    while left:
        more = set(newer.get(left.pop(), ())) - found
        found |= more
        left += more
    return found


def _date(article: Article) -> str:
    return article.updated or article.published or ""


def _web(source: str) -> str:
    return address(source) if source.startswith(("http://", "https://")) else ""


def _content(text: str) -> set[str]:
    return set(words(text)) - STOPWORDS


def _changed(
    article: Article, sentence: Sentence, earlier: Article, other: Sentence
) -> Iterator[tuple[int, int]]:
    """Ranges of the earlier sentence that the later one has not, in characters of it."""
    before = list(re.finditer(r"\S+", earlier.text[other.start : other.end]))
    after = article.text[sentence.start : sentence.end].split()
    same = SequenceMatcher(a=[m[0] for m in before], b=after, autojunk=False)
    for tag, start, end, _, _ in same.get_opcodes():
        if tag in ("replace", "delete"):
            text = earlier.text[
                other.start + before[start].start() : other.start + before[end - 1].end()
            ]
            stop = before[end - 1].end() - (len(text) - len(text.rstrip('.,;:!?”"')))
            yield before[start].start(), stop
