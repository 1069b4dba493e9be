"""Calibrate the 8-bit model: from what it and the search say to probabilities, and a threshold.

On train articles that the model was not trained on, each question asked through the real
retriever, as the product does; follow-ups with what was said before. Some are asked of their own
paragraph alone, and of what search finds for them where nothing answers.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from qa.article import Article
from qa.question.follow_up import exchanges, senses
from qa.reading.calibration import EVIDENCE, MEMBER, QUESTION, probability
from qa.reading.onnx_model import UNCLEAR, WEIGHTS_OF, YES, Model
from qa.reading.reader import (
    BundledReader,
    Signals,
    member_rows,
    question_row,
)
from qa.search.candidate import Candidate
from qa.search.embedder import Embedder
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import MEMORY, Settings
from training.calibrate_mark import fitted_mark
from training.calibrate_mark import read_cases as read_mark_cases
from training.fitting import Flags, Floats, choose_threshold, fit
from training.one_article import ArticleSearch
from training.sets import held_out, read_lines
from training.windows import VERDICTS

ELSEWHERE = "elsewhere"  # questions of squad2 among paragraphs of other articles
NEWS = ("fictional-news", "open-news")  # what the threshold is chosen on
WEIGHT = {"fictional-news": 3.0, "open-news": 3.0, "squad2": 1.0, ELSEWHERE: 1.0}  # of a question
SAMPLED = {"fictional-news": 200, "open-news": 300, "squad2": 100, ELSEWHERE: 60}  # questions
PARAGRAPHS = 200  # of squad1-train, where the answers of squad2 are not
OFF_TOPIC = 4  # each fourth question is asked of another article too
SCALES = np.linspace(0.2, 2.0, 37)  # of the verdicts' logits
FILES = (*WEIGHTS_OF.values(), "tokenizer.json")


@dataclass(frozen=True)
class Case:
    """A question as the reader saw it, with its labels by sentence: is it evidence, may it show?"""

    set: str
    question: str
    before: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    signals: Signals
    gold: Flags
    shown: Flags
    answerable: bool
    verdict: str | None = None

    @property
    def found(self) -> bool:
        """Whether the question has an answer and search found a sentence that holds it."""
        return self.answerable and bool(self.gold.any())


def calibrate(data: Path, folder: Path) -> dict[str, Any]:
    """Fit the first stage on the held-out questions, write the manifest, return its content.

    The second stage is fitted after it, by `training.calibrate_second`.
    """
    manifest: dict[str, Any] = {"sha256": hashes(folder)}
    write_manifest(folder, manifest)
    found = fitted(read_cases(data, Model(folder)))
    manifest |= {"threshold": found.pop("threshold"), "first": found}
    write_manifest(folder, manifest)
    reader = BundledReader(Model(folder))  # which knows its coefficients now
    found["mark"] = fitted_mark([*read_mark_cases(data, reader)], manifest["threshold"])
    write_manifest(folder, manifest)
    return manifest


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of the files in a folder that a manifest names."""
    paths = [folder / name for name in FILES if (folder / name).exists()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def read_cases(data: Path, model: Model) -> list[Case]:
    """The held-out questions of each set as the reader sees them; takes some minutes."""
    reader, embedder = BundledReader(model), Embedder()
    sets = (_cases(data, name, reader, embedder) for name in (*NEWS, "squad2"))
    return [*chain.from_iterable(sets), *_elsewhere(data, reader, embedder)]


def fitted(cases: Sequence[Case]) -> dict[str, Any]:
    """The models' coefficients by feature, and the threshold; prints how well they do."""
    evidence = fit_evidence(cases, range(len(EVIDENCE)))
    named = dict(zip(EVIDENCE, evidence, strict=True))
    scores = [probability(c.signals.features, named) for c in cases]
    asked = question_rows(cases, scores)
    labels = np.array([c.answerable for c in cases])
    weights = np.array([WEIGHT[c.set] for c in cases])
    answerable = fit(asked, labels, weights)
    confidence = probability(asked, dict(zip(QUESTION, answerable, strict=True)))
    news = np.array([c.set in NEWS for c in cases])
    threshold = choose_threshold(confidence[news], labels[news])
    report(cases, scores, confidence, threshold)
    return {
        "evidence": rounded(EVIDENCE, evidence),
        "answerable": rounded(QUESTION, answerable),
        "threshold": round(threshold, 3),
        "member": _fitted_members(cases, scores, confidence),
        "verdict": fitted_verdicts([(c.signals, c.verdict) for c in cases]),
    }


def report(
    cases: Sequence[Case], scores: Sequence[Floats], confidence: Floats, threshold: float
) -> None:
    """Print by set how often the best sentence is right, and what would be refused."""
    labels = np.array([c.answerable for c in cases])
    for name in WEIGHT:
        mine = np.array([c.set == name for c in cases])
        best = [
            (c.gold | c.shown)[s.argmax()]
            for c, s in zip(cases, scores, strict=True)
            if c.set == name and c.found
        ]
        print(
            f"{name}: {mine.sum()} questions, evidence top-1 {np.mean(best):.3f}, "
            f"AUROC {roc_auc_score(labels[mine], confidence[mine]):.3f}, refused "
            f"{np.mean(confidence[mine & ~labels] < threshold):.3f} of unanswerable, "
            f"{np.mean(confidence[mine & labels] < threshold):.3f} of answerable"
        )


def _fitted_members(
    cases: Sequence[Case], scores: Sequence[Floats], confidence: Floats
) -> dict[str, float]:
    """Coefficients of `MEMBER`, over the sentences of the news's questions that have an answer."""
    mine = [i for i, c in enumerate(cases) if c.set in NEWS and c.found]
    rows = np.vstack([member_rows(cases[i].signals, scores[i], confidence[i]) for i in mine])
    labels = np.concatenate([cases[i].gold | cases[i].shown for i in mine])
    found = rounded(MEMBER, fit(rows, labels))
    shown = probability(rows, found) >= 0.5
    print(
        f"members: precision {np.mean(labels[shown]):.3f}, recall {np.mean(shown[labels]):.3f} "
        "of the sentences from one half"
    )
    return found


def fitted_verdicts(cases: Sequence[tuple[Signals, str | None]]) -> float:
    """The scale of the verdicts' logits with the highest likelihood."""
    told = [(signals.whole[YES : UNCLEAR + 1], verdict) for signals, verdict in cases if verdict]
    logits = np.array([row for row, _ in told])
    right = np.array([VERDICTS.index(verdict) for _, verdict in told])

    def cost(scale: float) -> float:
        logs = scale * logits - np.logaddexp.reduce(scale * logits, axis=1, keepdims=True)
        return -float(np.mean([row[i] for row, i in zip(logs, right, strict=True)]))

    scale: float = min(SCALES.tolist(), key=cost)
    print(f"verdicts: {len(right)}, {np.mean(logits.argmax(1) == right):.3f} right, scale {scale}")
    return round(scale, 2)


def fit_evidence(cases: Sequence[Case], columns: Sequence[int]) -> Floats:
    """Coefficients of these columns of `EVIDENCE`, over the sentences of questions with gold."""
    found = [c for c in cases if c.found]
    rows = np.vstack([c.signals.features[:, columns] for c in found])
    weights = np.concatenate([np.full(len(c.gold), WEIGHT[c.set]) for c in found])
    return fit(rows, np.concatenate([c.gold for c in found]), weights)


def question_rows(cases: Sequence[Case], scores: Sequence[Floats]) -> Floats:
    """The features of `QUESTION`, one row a case; `scores` are its sentences' probabilities."""
    return np.vstack(
        [question_row(c.question, c.signals, s) for c, s in zip(cases, scores, strict=True)]
    )


def _cases(data: Path, name: str, reader: BundledReader, embedder: Embedder) -> Iterator[Case]:
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
    lines = Random(0).sample(lines, min(SAMPLED[name], len(lines)))
    asked_of = {line["article"] for line in lines}
    desks = {
        key: ArticleSearch(article, embedder)
        for key, article in articles.items()
        if key in asked_of
    }
    others = dict(zip(desks, [*list(desks.values())[1:], *list(desks.values())[:1]], strict=True))
    for number, line in enumerate(lines):
        _tell(name, number, len(lines))
        wanted = line.get("evidence") or line["spans"]
        (sense, *_) = senses(line["question"], exchanges(line["history"]))
        question, before = line["question"], sense.before
        candidates = tuple(desks[line["article"]].candidates(sense.query))
        signals = reader.note(question, candidates, before)
        if signals:
            yield Case(
                name,
                question,
                before,
                candidates,
                signals,
                _gold(signals, wanted),
                _gold(signals, line.get("may") or []),
                line["answerable"],
                line.get("verdict"),
            )
        if number % OFF_TOPIC == 0:
            candidates = tuple(others[line["article"]].candidates(sense.query))
            signals = reader.note(question, candidates, before)
            if signals:
                none = _gold(signals, [])
                yield Case(name, question, before, candidates, signals, none, none, False)


def _elsewhere(data: Path, reader: BundledReader, embedder: Embedder) -> Iterator[Case]:
    """Answerable questions of their own paragraph, and of the nearest of other articles."""
    others = _paragraphs(data, "squad1-train")
    picked = Random(0).sample(sorted(others), PARAGRAPHS)
    pool = [others[key][0] for key in picked]
    own = {k: v for k, v in _paragraphs(data, "squad2").items() if held_out("squad2", k[0])}
    asked = [(a, q) for a, questions in own.values() for q in questions if q["answerable"]]
    asked = Random(0).sample(asked, min(SAMPLED[ELSEWHERE], len(asked)))
    index = Index(MEMORY, embedder, "paragraphs")
    shelf = list({a.id: a for a in [*pool, *(article for article, _ in asked)]}.values())
    for number, article in enumerate(shelf):
        _tell("paragraphs", number, len(shelf))
        index.add(article)
    retriever = Retriever(index, Settings.model_fields["top_k"].default)
    for number, (article, line) in enumerate(asked):
        _tell(ELSEWHERE, number, len(asked))
        question, start = line["question"], line["scope"][0]
        (nearest, *_) = retriever.search(question, pool)
        spans = [[first - start, last - start] for first, last in line["spans"]]
        for shown, wanted in ((article, spans), (nearest.article, [])):
            candidates = tuple(retriever.search(question, [shown]))
            signals = reader.note(question, candidates)
            if signals:
                gold, none = _gold(signals, wanted), _gold(signals, [])
                told = bool(wanted)
                yield Case(ELSEWHERE, question, (), candidates, signals, gold, none, told)


def _paragraphs(
    data: Path, name: str
) -> dict[tuple[str, int, int], tuple[Article, list[dict[str, Any]]]]:
    """Each paragraph that train questions of a set were asked of, as an article, with them."""
    articles = {a["id"]: a for a in read_lines(data / name / "articles.jsonl.gz")}
    found: dict[tuple[str, int, int], tuple[Article, list[dict[str, Any]]]] = {}
    for line in read_lines(data / name / "questions.jsonl.gz"):
        if line["split"] == "train":
            key = (line["article"], *line["scope"])
            if key not in found:
                whole = articles[key[0]]
                text, title = whole["text"][key[1] : key[2]], whole["title"]
                found[key] = Article.from_text(text, title=title, id=f"{key[0]} {key[1]}"), []
            found[key][1].append(line)
    return found


def _tell(what: str, number: int, count: int) -> None:
    end = "\n" if number + 1 == count else ""
    print(f"\r{what}: {number + 1} of {count}", end=end, flush=True, file=sys.stderr)


def _gold(signals: Signals, spans: list[list[int]]) -> NDArray[np.bool_]:
    return np.array(
        [any(s.start < end and start < s.end for start, end in spans) for _, s in signals.places]
    )


def rounded(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    """A logistic model's coefficients by feature, as a manifest holds them."""
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest of a folder of weights."""
    written = json.dumps(manifest, indent=1) + "\n"
    (folder / "manifest.json").write_text(written, encoding="utf-8")
