"""Calibrate the 8-bit model: from what it and the search say to probabilities, and a threshold.

On train articles that the model was not trained on, each question asked through the real
retriever, as the product does; follow-ups with what was said before.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.desk import Desk
from eval.fitting import Flags, Floats, choose_threshold, fit
from qa.article import Article
from qa.conversation import standalone
from qa.embedder import Embedder
from qa.fusion import EVIDENCE, QUESTION, probability
from qa.model import SUPPORTED, Model
from qa.reader import BundledReader, Noted, question_row
from training.claims import kept, split
from training.sets import held_out, read_lines

WEIGHT = {"fictional-news": 3.0, "squad2": 1.0}  # of a question of each set
OFF_TOPIC = 4  # each fourth question is asked of another article too
FILES = ("reader.onnx", "tokenizer.json")


@dataclass(frozen=True)
class Case:
    """A question as the reader saw it, with its labels."""

    set: str
    question: str
    noted: Noted
    gold: Flags
    answerable: bool

    @property
    def found(self) -> bool:
        """Whether the question has an answer and search found a sentence that holds it."""
        return self.answerable and bool(self.gold.any())


def calibrate(data: Path, folder: Path) -> dict[str, Any]:
    """Fit on the held-out questions and claims, write the manifest, return its content."""
    manifest: dict[str, Any] = {
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    }
    _write(folder, manifest)
    model = Model(folder)
    manifest |= fitted(read_cases(data, model))
    manifest["supported"] = _fitted_claims(data, model)
    _write(folder, manifest)
    return manifest


def read_cases(data: Path, model: Model) -> list[Case]:
    """The held-out questions of each set as the reader sees them; takes some minutes."""
    return [case for name in WEIGHT for case in _cases(data, name, model)]


def fitted(cases: Sequence[Case]) -> dict[str, Any]:
    """Both logistic models' coefficients by feature, and the threshold; prints how well they do."""
    evidence = fit_evidence(cases, range(len(EVIDENCE)))
    named = dict(zip(EVIDENCE, evidence, strict=True))
    scores = [probability(c.noted.features, named) for c in cases]
    asked = question_rows(cases, scores)
    labels = np.array([c.answerable for c in cases])
    weights = np.array([WEIGHT[c.set] for c in cases])
    answerable = fit(asked, labels, weights)
    confidence = probability(asked, dict(zip(QUESTION, answerable, strict=True)))
    threshold = choose_threshold(confidence, labels, weights)
    for name in WEIGHT:
        mine = np.array([c.set == name for c in cases])
        best = [
            c.gold[s.argmax()]
            for c, s in zip(cases, scores, strict=True)
            if c.set == name and c.found
        ]
        print(
            f"{name}: {mine.sum()} questions, evidence top-1 {np.mean(best):.3f}, "
            f"AUROC {roc_auc_score(labels[mine], confidence[mine]):.3f}, refused "
            f"{np.mean(confidence[mine & ~labels] < threshold):.3f} of unanswerable, "
            f"{np.mean(confidence[mine & labels] < threshold):.3f} of answerable"
        )
    return {
        "evidence": _rounded(EVIDENCE, evidence),
        "answerable": _rounded(QUESTION, answerable),
        "threshold": round(threshold, 3),
    }


def fit_evidence(cases: Sequence[Case], columns: Sequence[int]) -> Floats:
    """Coefficients of these columns of `EVIDENCE`, over the sentences of questions with gold."""
    found = [c for c in cases if c.found]
    rows = np.vstack([c.noted.features[:, columns] for c in found])
    weights = np.concatenate([np.full(len(c.gold), WEIGHT[c.set]) for c in found])
    return fit(rows, np.concatenate([c.gold for c in found]), weights)


def question_rows(cases: Sequence[Case], scores: Sequence[Floats]) -> Floats:
    """The features of `QUESTION`, one row a case; `scores` are its sentences' probabilities."""
    return np.vstack(
        [question_row(c.question, c.noted, s) for c, s in zip(cases, scores, strict=True)]
    )


def _cases(data: Path, name: str, model: Model) -> Iterator[Case]:
    articles = {
        a["id"]: Article.from_text(a["text"], title=a["title"], id=a["id"])
        for a in read_lines(data / name / "articles.jsonl.gz")
        if held_out(name, a["id"])
    }
    lines = [
        q
        for q in read_lines(data / name / "questions.jsonl.gz")
        if q["split"] == "train" and q["article"] in articles
    ]
    reader, embedder = BundledReader(model), Embedder()
    desks = {key: Desk(article, embedder) for key, article in articles.items()}
    others = dict(zip(desks, [*list(desks.values())[1:], *list(desks.values())[:1]], strict=True))
    for number, line in enumerate(lines):
        print(f"\r{name}: {number + 1} of {len(lines)}", end="", flush=True, file=sys.stderr)
        wanted = line.get("evidence") or line["spans"]
        before = tuple(turn["content"] for turn in line["history"][-2:])
        asked = [(desks[line["article"]], wanted, line["answerable"])]
        if number % OFF_TOPIC == 0:
            asked.append((others[line["article"]], [], False))
        for desk, spans, answerable in asked:
            candidates = desk.candidates(standalone(line["question"], before))
            noted = reader.note(line["question"], candidates, before)
            if noted:
                yield Case(name, line["question"], noted, _gold(noted, spans), answerable)
    print(file=sys.stderr)


def _gold(noted: Noted, spans: list[list[int]]) -> NDArray[np.bool_]:
    return np.array(
        [any(s.start < end and start < s.end for start, end in spans) for _, s in noted.places]
    )


def _fitted_claims(data: Path, model: Model) -> dict[str, float]:
    lines = [
        line
        for line in read_lines(data / "claims" / "claims.jsonl.gz")
        if line["split"] == "train" and kept(line["set"], line["id"]) and line["evidence"].strip()
    ]
    encoding = model.encoding
    windows = [
        encoding.window(
            encoding.head(line["claim"]), [t.ids for t in split(encoding, line["evidence"])]
        )
        for line in lines
    ]
    logits = np.array([said.whole[SUPPORTED] for said in model.read(windows)], dtype=float)
    labels = np.array([line["supported"] for line in lines])
    print(f"claims: {len(lines)}, AUROC {roc_auc_score(labels, logits):.3f}")
    found = fit(np.column_stack([np.ones(len(logits)), logits]), labels)
    return _rounded(("constant", "supported"), found)


def _rounded(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _write(folder: Path, manifest: dict[str, Any]) -> None:
    written = json.dumps(manifest, indent=1) + "\n"
    (folder / "manifest.json").write_text(written, encoding="utf-8")
