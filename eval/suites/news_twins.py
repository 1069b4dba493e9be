"""The suite `news_twins`: pairs of claims in nearly the same words, one true and one false."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from eval.checkpoint import digest
from eval.metrics import Row, Table, auroc, bootstrap_mean, bootstrap_statistic, defined, table
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from eval.suites.claims import MEANS, by_means
from eval.suites.open_news import FOLDER
from qa.checking.verifier import Verifier
from sets.claims import Twin, read_claims
from sets.questions import DataError, read_articles, sentences_at

SHOWN = "rules and verifier"
UNPAIRED = "without a pair"


@dataclass(frozen=True)
class Scored:
    """A claim with its score by each of `MEANS`, and whether it passes: alone, with the rules."""

    claim: Twin
    scores: tuple[float, ...]
    sure: bool
    shown: bool


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """How well the verifier and simpler means tell twins apart."""
    scored = list(_scored(options, embedder))
    paired = [s for s in scored if s.claim.pair is not None]
    sorts: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=lambda s: (s.claim.pair is None, s.claim.sort or "")):
        sorts.setdefault(one.claim.sort or UNPAIRED, []).append(one)
    twins = {name: _ranked(paired, column) for column, name in enumerate(MEANS)}
    twins[MEANS[0]] |= _passing(paired, lambda s: s.sure)
    twins[SHOWN] = _passing(paired, lambda s: s.shown)
    tables = {"Twins": twins, "By sort": {name: _by_sort(some) for name, some in sorts.items()}}
    return SuiteResult(questions=len(scored), tables=tables)


def wins(scored: Sequence[Scored], column: int) -> list[float]:
    """Of each pair whether the true claim scores higher by one of `MEANS`; a tie counts half.

    Raises `DataError` for a pair that is not one true and one false claim.
    """
    pairs: dict[str, list[Scored]] = {}
    for one in scored:
        if one.claim.pair is not None:
            pairs.setdefault(one.claim.pair, []).append(one)
    found = []
    for name, both in pairs.items():
        true = [s.scores[column] for s in both if s.claim.supported]
        false = [s.scores[column] for s in both if not s.claim.supported]
        if (len(true), len(false)) != (1, 1):
            counts = f"{len(true)} true and {len(false)} false"
            raise DataError(f"The pair {name!r} has {counts} claims; it must have one of each.")
        found.append(0.5 if true == false else float(true > false))
    return found


def sample(claims: Sequence[Twin], limit: int | None) -> list[Twin]:
    """At most `limit` pairs, always the same ones; a claim without a pair counts as one."""
    kept = set(sorted({c.pair or c.id for c in claims}, key=digest)[:limit])
    return [c for c in claims if (c.pair or c.id) in kept]


def _scored(options: Options, embedder: Embeddings) -> Iterator[Scored]:
    folder = options.folder(FOLDER)
    path = folder / "claims.jsonl.gz"
    sampled = sample(read_claims(path, Twin, options.split), options.limit)
    articles = {article.id: article for article in read_articles(folder)}
    verifier = Verifier()
    for claim in track(sampled, "news_twins", len(sampled)):
        where = f"{path.name}: claim {claim.id!r}"
        if claim.article not in articles:
            raise DataError(f"{where} names the article {claim.article!r}, which is not there.")
        article = articles[claim.article]
        places = sorted(sentences_at(article, claim.spans, where))
        cited = [article.text[start:end] for _, start, end in places]
        known = [article.title, article.text]
        scores = by_means(claim.claim, cited, embedder, verifier)
        sure = bool(cited) and scores[0] >= verifier.threshold
        shown = bool(cited) and verifier.objection(claim.claim, cited, known) is None
        yield Scored(claim, scores, sure, shown)


def _by_sort(scored: Sequence[Scored]) -> Row:
    row = _ranked(scored, 0) | _passing(scored, lambda s: s.shown)
    others = {
        f"pair accuracy, {name}": bootstrap_mean(wins(scored, column))
        for column, name in enumerate(MEANS)
        if column
    }
    return row | defined(others)


def _ranked(scored: Sequence[Scored], column: int) -> Row:
    values, supported = [s.scores[column] for s in scored], [s.claim.supported for s in scored]
    area = bootstrap_statistic(auroc, values, supported)
    return defined({"pair accuracy": bootstrap_mean(wins(scored, column)), "AUROC": area})


def _passing(scored: Sequence[Scored], passes: Callable[[Scored], bool]) -> Row:
    found: Table = table(
        ("", {"recall": passes(s) if true else None, "leak": None if true else passes(s)})
        for s in scored
        for true in [s.claim.supported]
    )
    return found.get("", {})
