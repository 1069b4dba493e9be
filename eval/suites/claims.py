"""The suite `claims`: how well the verifier, and simpler means, tell supported claims."""

from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from eval.checkpoint import digest
from eval.metrics import Row, Table, auroc, bootstrap_statistic, defined, share
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from qa.article import Article
from qa.checking.grounding import ungrounded
from qa.checking.verifier import Verifier
from qa.text.words import stems
from sets.claims import Claim, read_claims, twins
from sets.questions import read_public

MEANS = ("verifier", "embedding similarity", "token overlap")
RULES = "rules"  # of qa.checking.grounding: 1 where they object to nothing; the last score
TWINS = ("squad2", "fictional-news")  # the sets that twins are made of


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """AUROC of the verifier and of simpler means by set."""
    kept = read_claims(options.folder("claims") / "claims.jsonl.gz", Claim, options.split)
    for name in TWINS:
        questions = read_public(options.folder(name), options.split, paragraphs=True)
        kept += twins(questions, f"twins-{name}")
    by_set: dict[str, list[Claim]] = {}
    for claim in sorted(kept, key=lambda c: (c.set, digest(c.id))):  # the same sample each time
        by_set.setdefault(claim.set, []).append(claim)
    by_set = {name: group[: options.limit] for name, group in by_set.items()}
    verifier, tables = Verifier(), {"AUROC by set": Table(), "What passes, by set": Table()}
    for name, group in by_set.items():
        asked = track(group, f"claims, {name}", len(group))
        scores = [_scores(claim, embedder, verifier) for claim in asked]
        columns = dict(zip((*MEANS, RULES), zip(*scores, strict=True), strict=True))
        supported = [c.supported for c in group]
        tables["AUROC by set"][name] = defined(
            {mean: bootstrap_statistic(auroc, columns[mean], supported) for mean in MEANS}
        )
        tables["What passes, by set"][name] = _passing(columns, supported, verifier.threshold)
    return SuiteResult(questions=sum(map(len, by_set.values())), tables=tables)


def by_means(
    claim: str, sentences: list[str], embedder: Embeddings, verifier: Verifier
) -> tuple[float, ...]:
    """How well these sentences support a claim by each of `MEANS`; 0 by all without sentences."""
    if not sentences:
        return (0.0,) * len(MEANS)
    vectors = np.array(embedder.embed_documents(sentences))
    similarity = float((vectors @ np.array(embedder.embed_query(claim))).max())
    own, theirs = set(stems(claim)), set(stems(" ".join(sentences)))
    overlap = len(own & theirs) / len(own) if own else 0.0
    return verifier.supported(claim, sentences), similarity, overlap


def _scores(claim: Claim, embedder: Embeddings, verifier: Verifier) -> tuple[float, ...]:
    sentences: list[str] = []
    if claim.evidence.strip():
        article = Article.from_text(claim.evidence, title="evidence")
        sentences = [claim.evidence[s.start : s.end] for s in article.sentences]
    grounded = bool(sentences) and ungrounded(claim.claim, sentences) is None
    return *by_means(claim.claim, sentences, embedder, verifier), float(grounded)


def _passing(
    columns: Mapping[str, Sequence[float]], supported: Sequence[bool], threshold: float
) -> Row:
    """Of each part of the check and of both: the share of what passes that is supported, and the
    share of what is supported that passes."""
    grounded = np.array(columns[RULES], dtype=bool)
    sure = np.array(columns["verifier"]) >= threshold
    row = {}
    for part, passed in {RULES: grounded, "verifier": sure, "both": grounded & sure}.items():
        row[f"precision, {part}"] = bootstrap_statistic(share, passed, supported)
        row[f"recall, {part}"] = bootstrap_statistic(share, supported, passed)
    return defined(row)
