"""The suite `news_twins`: pairs of claims in nearly the same words, one true and one false."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from eval.checkpoint import digest
from eval.data import ALL, DataError, Span, read_articles, read_lines, sentences_at
from eval.metrics import Row, Table, auroc, bootstrap_mean, bootstrap_statistic, defined
from eval.open_measures import pair_win
from eval.perturb import Claim
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites.claims import MEANS, by_means
from eval.suites.open_news import FOLDER
from eval.suites.suite import Suite
from qa.checking.verifier import Verifier
from qa.errors import UsageError

NEWS_TWINS = "news_twins"
SHOWN = "rules and verifier"
UNPAIRED = "without a pair"
ABOUT = (
    "Sentences as a language model writes them of a news article, in pairs of nearly the same "
    "words and opposite truth, each beside the sentences that it cites."
)
NOTES = (
    "Pair accuracy is the share of the pairs whose true claim scores higher, a tie counting half; "
    "AUROC is over all claims of pairs. Recall is the share of the true ones that pass, leak that "
    "of the false ones: by the verifier at its threshold alone, and as a reader is shown them, "
    "where the rules of numbers, names and quoted words object to nothing either. All sentences "
    "that a claim cites are read together, with the article's title.",
    "Embedding similarity is the cosine of the claim to the nearest sentence it cites, token "
    "overlap the share of the claim's stems that those sentences have.",
    "By the change that makes the false one false. Claims without a pair, made of the quiz, are in "
    "none of the figures but their own row.",
)


class Twin(Claim):
    """A line of the claims file; `pair` and `sort` are None for the quiz's claims."""

    article: str
    spans: list[Span]
    pair: str | None = None
    sort: str | None = None


@dataclass(frozen=True)
class Scored:
    """A claim with its score by each of `MEANS`, and whether it passes: alone, with the rules."""

    claim: Twin
    scores: tuple[float, ...]
    sure: bool
    shown: bool


def news_twins(options: Options, embedder: Embeddings) -> SuiteResult:
    """How well the verifier and simpler means tell twins apart. Raises `DataError` for bad data."""
    split = options.split or "test"
    folder = options.folder(FOLDER)
    path = folder / "claims.jsonl.gz"
    kept = [c for c in read_lines(path, Twin) if split in (ALL, c.split)]
    if not kept:
        raise UsageError(f"{path} has no claim of the split {split!r}.")
    articles = {article.id: article for article in read_articles(folder)}
    sampled = sample(kept, options.limit)
    verifier, scored = Verifier(), []
    for claim in track(sampled, NEWS_TWINS, len(sampled)):
        where = f"{path.name}: claim {claim.id!r}"
        if claim.article not in articles:
            raise DataError(f"{where} names the article {claim.article!r}, which is not there.")
        article = articles[claim.article]
        places = sorted(sentences_at(article, claim.spans, where))
        cited = [article.text[start:end] for _, start, end in places]
        scored.append(_score(claim, cited, [article.title, article.text], embedder, verifier))
    paired = [s for s in scored if s.claim.pair is not None]
    sorts: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=lambda s: (s.claim.pair is None, s.claim.sort or "")):
        sorts.setdefault(one.claim.sort or UNPAIRED, []).append(one)
    tables: dict[str, Table] = {
        "Twins": _by_means(paired),
        "By sort": {sort: _by_sort(group) for sort, group in sorts.items()},
    }
    return SUITE.result(options, len(sampled), tables, NOTES)


def wins(scored: Sequence[Scored], column: int) -> list[float]:
    """`pair_win` of each pair by one of `MEANS`.

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
        found.append(pair_win(true[0], false[0]))
    return found


def sample(claims: Sequence[Twin], limit: int | None) -> list[Twin]:
    """At most `limit` pairs, always the same ones; a claim without a pair counts as one."""
    names = sorted({c.pair or c.id for c in claims}, key=digest)[:limit]
    kept = set(names)
    return [c for c in claims if (c.pair or c.id) in kept]


def _score(
    claim: Twin, sentences: list[str], known: list[str], embedder: Embeddings, verifier: Verifier
) -> Scored:
    scores = by_means(claim.claim, sentences, embedder, verifier)
    sure = bool(sentences) and scores[0] >= verifier.threshold
    shown = bool(sentences) and verifier.objection(claim.claim, sentences, known) is None
    return Scored(claim, scores, sure, shown)


def _by_means(scored: Sequence[Scored]) -> Table:
    table = {name: _ranked(scored, column) for column, name in enumerate(MEANS)}
    table[MEANS[0]] |= _passing(scored, [s.sure for s in scored])
    return table | {SHOWN: _passing(scored, [s.shown for s in scored])}


def _by_sort(scored: Sequence[Scored]) -> Row:
    row = _ranked(scored, 0) | _passing(scored, [s.shown for s in scored])
    for column, name in list(enumerate(MEANS))[1:]:
        won = bootstrap_mean(wins(scored, column))
        row |= {f"pair accuracy, {name}": won} if won else {}
    return row


def _ranked(scored: Sequence[Scored], column: int) -> Row:
    values, supported = [s.scores[column] for s in scored], [s.claim.supported for s in scored]
    return defined(
        {
            "pair accuracy": bootstrap_mean(wins(scored, column)),
            "AUROC": bootstrap_statistic(auroc, values, supported),
        }
    )


def _passing(scored: Sequence[Scored], passed: Sequence[bool]) -> Row:
    judged = list(zip(passed, (s.claim.supported for s in scored), strict=True))
    return defined(
        {
            "recall": bootstrap_mean([float(p) for p, supported in judged if supported]),
            "leak": bootstrap_mean([float(p) for p, supported in judged if not supported]),
        }
    )


SUITE = Suite(NEWS_TWINS, ABOUT, news_twins, folders=(FOLDER,))
