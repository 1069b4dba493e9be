"""Reading several articles: which of them speak."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.reading.reader import Reading
from qa.search.candidate import Candidate

NEARLY = 0.6  # of the best sentence's probability: what the preferred articles' best one has


def by_article(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates of each article, in the order of their first."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(candidate.article.id, []).append(candidate)
    return list(found.values())


def preferring(reading: Reading, article_ids: Collection[str]) -> Reading:
    """The evidence of these articles alone, where they answer nearly as well as any other."""
    kept = tuple(e for e in reading.evidence if e.article.id in article_ids)
    if not kept or kept[0].score < NEARLY * reading.evidence[0].score:
        return reading
    return replace(reading, evidence=kept)
