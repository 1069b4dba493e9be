"""The suite `claims`: how well the verifier, and simpler means, tell supported claims."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
from langchain_core.embeddings import Embeddings

from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import ALL, read_lines, read_public
from eval.metrics import Row, Table, auroc, bootstrap_statistic, defined, share
from eval.perturb import Claim, twins
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites.suite import Suite
from qa.article import Article
from qa.checking.grounding import ungrounded
from qa.checking.verifier import Verifier
from qa.errors import UsageError
from qa.settings import MEMORY, Settings
from qa.text.words import stems

MEANS = ("verifier", "embedding similarity", "token overlap")
RULES = "rules"  # of qa.checking.grounding: 1 where they object to nothing; the last score
ABOUT = (
    "Claims with evidence, supported or not; AUROC is the chance that a supported claim scores "
    "above one that is not, by set."
)
NOTES = (
    "Embedding similarity is the cosine of the claim to the nearest sentence of the evidence, "
    "token overlap the share of the claim's stems that the evidence has. "
    "All are 0 where the evidence is empty, as some of WiCE's is.",
    "The set twins is made from the questions of squad2 and fictional-news: a true claim of a "
    "question's answer beside its sentence, the same with a changed number, a swapped name, an "
    "opposite or a negation, and the true one beside another sentence of the article.",
    "What passes: the rules of qa.checking.grounding (numbers, names, quoted words), the verifier "
    "at its threshold, both. No title is given, so a name that only the title has counts as "
    "missing.",
)
TWINS = ("squad2", "fictional-news")  # the sets that twins are made of


def claims(options: Options, embedder: Embeddings) -> SuiteResult:
    """AUROC of the verifier and of simpler means by set. Raises `DataError` for bad data."""
    split = options.split or "test"
    path = options.folder("claims") / "claims.jsonl.gz"
    kept = [c for c in read_lines(path, Claim) if split in (ALL, c.split)]
    if not kept:
        raise UsageError(f"{path} has no claim of the split {split!r}.")
    for name in TWINS:
        questions = read_public(options.folder(name), split, paragraphs=True)
        kept += twins(questions, f"twins-{name}")
    by_set: dict[str, list[Claim]] = {}
    for claim in kept:
        by_set.setdefault(claim.set, []).append(claim)
    sampled = [c for group in by_set.values() for c in _sample(group, options.limit)]
    settings = Settings(chroma=MEMORY, corpus=None, model="", model_url="")
    finished = Checkpoint(options.finished, "claims", fingerprint(settings))
    keys = {c.id: f"{c.id} {digest([c.claim, c.evidence])}" for c in sampled}
    verifier = Verifier()
    left = [c for c in sampled if keys[c.id] not in finished]
    for claim, scores in track(_scored(left, embedder, verifier), "claims", len(left)):
        finished.add(keys[claim.id], scores)
    aurocs: Table = {}
    passing: Table = {}
    for name in sorted(by_set):
        group = [c for c in sampled if c.set == name]
        supported, known = [c.supported for c in group], [finished[keys[c.id]] for c in group]
        columns = dict(zip((*MEANS, RULES), zip(*known, strict=True), strict=True))
        aurocs[name] = defined(
            {mean: bootstrap_statistic(auroc, columns[mean], supported) for mean in MEANS}
        )
        passing[name] = _passing(columns, supported, verifier.threshold)
    tables = {"AUROC by set": aurocs, "What passes, by set": passing}
    return SUITE.result(options, len(sampled), tables, NOTES)


def overlap(claim: str, evidence: str) -> float:
    """The share of the claim's stems that the evidence has; 0 where the claim has none."""
    own = set(stems(claim))
    return len(own & set(stems(evidence))) / len(own) if own else 0.0


def _sample(group: Sequence[Claim], limit: int | None) -> list[Claim]:
    return sorted(group, key=lambda c: digest(c.id))[:limit]


def _scored(
    left: Sequence[Claim], embedder: Embeddings, verifier: Verifier
) -> Iterator[tuple[Claim, tuple[float, ...]]]:
    ordered = sorted(left, key=lambda c: c.evidence)
    for evidence, group in groupby(ordered, key=lambda c: c.evidence):
        if not evidence.strip():
            yield from ((claim, (0.0,) * len((*MEANS, RULES))) for claim in group)
            continue
        article = Article.from_text(evidence, title="evidence")
        sentences = [evidence[s.start : s.end] for s in article.sentences]
        vectors = np.array(embedder.embed_documents(sentences))
        for claim in group:
            similarity = float((vectors @ np.array(embedder.embed_query(claim.claim))).max())
            shared = overlap(claim.claim, evidence)
            grounded = float(ungrounded(claim.claim, sentences) is None)
            yield claim, (verifier.supported(claim.claim, sentences), similarity, shared, grounded)


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


SUITE = Suite("claims", ABOUT, claims, folders=("claims", *TWINS))
