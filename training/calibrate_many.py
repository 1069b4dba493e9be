"""Calibrate how sure an answer is that was found among many articles.

Held-out questions of both sets of news are each asked of their article among others, of two to all
of them; one whose best sentence is another article's, though its own would answer it, tells nothing
and is left out. The threshold that then refuses best is made that of the manifest, so that one
threshold serves for one article and for many.

`python -m training.calibrate_many --data DIR` writes the figures to the weights' manifest;
`--index` keeps the articles' vectors in a folder, which takes minutes to make.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.data import read_articles
from eval.fitting import Floats, choose_threshold, fit
from qa.article import Article
from qa.reading.calibration import as_logit, probability
from qa.reading.crowd import MANY, crowd_row
from qa.reading.onnx_model import WEIGHTS, Model
from qa.reading.reader import BundledReader, Reader, Reading
from qa.reading.two_stages import TwoStageReader
from qa.search.candidate import Candidate
from qa.search.embedder import Embedder, identity
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import MEMORY, Settings
from training.calibrate import NEWS, rounded, write_manifest
from training.sets import held_out, read_lines

QUESTIONS = 160  # of each set at most
SIZES = (3, 10, 40, 150, 10_000)  # articles that are searched; all where there are fewer
KINDS = ("follow", "follow_trap")  # which need what was said before


@dataclass(frozen=True)
class Crowded:
    """A question asked of so many articles, and what was found; `answers` are its sentences."""

    question: str
    article: str
    articles: int
    candidates: Sequence[Candidate]
    reading: Reading
    answers: Sequence[tuple[int, int]]

    @property
    def is_right(self) -> bool:
        """Whether the best sentence answers it."""
        best = self.reading.evidence[0]
        return best.article.id == self.article and any(
            best.sentence.start < end and start < best.sentence.end for start, end in self.answers
        )


class Library:
    """All articles of both sets of news in one index."""

    def __init__(self, data: Path, folder: str = MEMORY) -> None:
        embedder = Embedder()
        index = Index(folder, embedder, identity(embedder))
        known = {article.id for article in index.visible()}
        for name in NEWS:
            for article in read_articles(data / name):
                if article.id not in known:
                    index.add(article)
        self._articles = {article.id: article for article in index.visible()}
        self._retriever = Retriever(index, Settings.model_fields["top_k"].default)

    def some(self, article: str, size: int, seed: str) -> list[Article]:
        """So many articles, this one among them, drawn by the seed."""
        others = sorted(
            self._articles, key=lambda i: hashlib.sha256(f"{seed}/{i}".encode()).digest()
        )
        chosen = {article, *others[: size - 1]}
        return [a for i, a in self._articles.items() if i in chosen]

    def ask(self, data: Path, name: str, reader: Reader, count: int) -> Iterator[Crowded]:
        """Held-out questions of a set, each among some articles; some seconds each."""
        lines = [
            q
            for q in read_lines(data / name / "questions.jsonl.gz")
            if q["split"] == "train" and held_out(name, q["article"]) and q["kind"] not in KINDS
        ]
        lines.sort(key=lambda q: _digest(name, q["id"]))
        for number, line in enumerate(lines[:count]):
            print(f"\r{name}: {number + 1} of {count}", end="", file=sys.stderr, flush=True)
            articles = self.some(line["article"], SIZES[number % len(SIZES)], line["id"])
            candidates = self._retriever.search(line["question"], articles)
            reading = reader.read(line["question"], candidates)
            spans = line.get("evidence") or line["spans"] if line["answerable"] else []
            yield Crowded(
                line["question"],
                line["article"],
                len(articles),
                candidates,
                reading,
                [(start, end) for start, end in spans],
            )
        print(file=sys.stderr)


def _digest(seed: str, item: str) -> bytes:
    return hashlib.sha256(f"{seed}/{item}".encode()).digest()


def fitted_many(cases: Sequence[Crowded], threshold: float) -> dict[str, float]:
    """The coefficients by feature; prints how well they do."""
    told = [c for c in cases if c.reading.evidence and (c.is_right or not c.answers)]
    rows = np.vstack([crowd_row(c.reading, c.candidates, c.articles) for c in told])
    labels = np.array([c.is_right for c in told])
    found = fit(rows, labels)
    before = probability(rows, dict(zip(MANY, found, strict=True)))
    chosen = choose_threshold(before, labels)
    found[0] += float(as_logit(threshold)) - float(as_logit(chosen))
    _report("as read", rows[:, 1], labels, float(as_logit(threshold)))
    _report("among many", as_logit(before), labels, float(as_logit(chosen)))
    return rounded(MANY, found)


def _report(name: str, sure: Floats, labels: "np.typing.NDArray[np.bool_]", least: float) -> None:
    refused = sure < least
    print(
        f"{name}: {len(labels)} questions, AUROC {roc_auc_score(labels, sure):.3f}, refused "
        f"{refused[~labels].mean():.3f} of unanswerable, {refused[labels].mean():.3f} of answerable"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the folder of the models")
    parser.add_argument("--index", default=MEMORY, help="a folder that keeps the vectors")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="of each set at most")
    args = parser.parse_args()
    manifest = json.loads((args.weights / "manifest.json").read_text(encoding="utf-8"))
    reader = TwoStageReader(
        BundledReader(Model(args.weights)), BundledReader(Model(args.weights, "second"))
    )
    library = Library(args.data, args.index)
    cases = [c for n in NEWS for c in library.ask(args.data, n, reader, args.questions)]
    manifest["many"] = fitted_many(cases, manifest["threshold"])
    write_manifest(args.weights, manifest)


if __name__ == "__main__":
    main()
