"""The suite `claims`: can the verifier, or a simpler means, tell which claims are supported?"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from langchain_core.embeddings import Embeddings

from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import ALL, read_lines, read_public
from eval.metrics import Values, auroc, bootstrap_statistic
from eval.progress import progress
from eval.result import SuiteResult
from eval.scores import Row, Table
from eval.suites import Options
from eval.twins import Claim, twins
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
    ledger = Checkpoint(options.out / "finished", "claims", fingerprint(settings))
    keys = {c.id: f"{c.id} {digest([c.claim, c.evidence])}" for c in sampled}
    verifier = Verifier()
    left = [c for c in sampled if keys[c.id] not in ledger]
    with progress("claims", len(left)) as advance:
        for claim, scores in _scored(left, embedder, verifier):
            ledger.add(keys[claim.id], scores)
            advance(1)
    aurocs: Table = {}
    passing: Table = {}
    for name in sorted(by_set):
        group = [c for c in sampled if c.set == name]
        known = [ledger[keys[c.id]] for c in group]
        aurocs[name] = _aurocs(group, known)
        passing[name] = _passing(group, known, verifier.threshold)
    tables = {"AUROC by set": aurocs, "What passes, by set": passing}
    return SuiteResult("claims", ABOUT, split, len(sampled), tables, NOTES)


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
            grounded = float(ungrounded(claim.claim, sentences) is None)
            supported = verifier.supported(claim.claim, sentences)
            shared = overlap(claim.claim, evidence)
            yield claim, (supported, similarity, shared, grounded)


def _aurocs(group: Sequence[Claim], scores: Sequence[Sequence[float]]) -> Row:
    supported = [c.supported for c in group]
    row = {}
    for column, name in enumerate(MEANS):
        found = bootstrap_statistic(auroc, [s[column] for s in scores], supported)
        if found is not None:
            row[name] = found
    return row


def _passing(group: Sequence[Claim], scores: Sequence[Sequence[float]], threshold: float) -> Row:
    """Each part of the check alone, and both: how much of what passes is supported, and how much
    of what is supported passes."""
    sure, grounded = [s[0] >= threshold for s in scores], [bool(s[-1]) for s in scores]
    both = [a and b for a, b in zip(sure, grounded, strict=True)]
    supported = [c.supported for c in group]
    row = {}
    for part, passed in {RULES: grounded, "verifier": sure, "both": both}.items():
        for name, measure in {"precision": _share, "recall": _recall}.items():
            found = bootstrap_statistic(measure, passed, supported)
            if found is not None:
                row[f"{name}, {part}"] = found
    return row


def _share(of: Values, that: Values) -> float | None:
    """Of the claims flagged first, the share flagged second."""
    flagged = np.asarray(of, dtype=bool)
    return float(np.asarray(that)[flagged].mean()) if flagged.any() else None


def _recall(passed: Values, supported: Values) -> float | None:
    return _share(supported, passed)
