"""Fit the coefficients of `eval.logistic.LogisticReader`: `python -m eval.logistic_fit --data DIR`.

DIR holds the folders `squad2` and `fictional-news`, each with `articles.jsonl.gz` and
`questions.jsonl.gz`; only questions of the split `train` are read. Each question is asked of its
own article through the real retriever, as the product does.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.desk import Desk
from eval.fitting import choose_threshold, fit
from eval.logistic import Matrix, question_features, sentence_features
from qa.article import Article
from qa.search.embedder import Embedder

SETS = ("fictional-news", "squad2")
QUESTIONS = 3000  # of each set, so that neither outweighs the other; 21 coefficients need no more
ON_TOPIC_PERCENTILE = 1  # of answerable questions that may be further from every sentence
OFF_TOPIC = 4  # each fourth question is asked of another article too
Flags = NDArray[np.bool_]


@dataclass
class Example:
    """A question's features, one row a sentence; which sentences are gold; has it an answer."""

    question: str
    texts: list[str]
    features: Matrix
    gold: Flags
    answerable: bool


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    examples = [e for name in SETS for e in read(args.data / name, QUESTIONS)]

    rows = np.vstack([e.features for e in examples if e.answerable])
    gold = np.concatenate([e.gold for e in examples if e.answerable])
    evidence = fit(rows, gold)
    scores = [1 / (1 + np.exp(-(e.features @ evidence))) for e in examples]
    top1 = [e.gold[s.argmax()] for e, s in zip(examples, scores, strict=True) if e.answerable]

    asked = np.vstack(
        [
            question_features(e.question, e.features, s, e.texts)
            for e, s in zip(examples, scores, strict=True)
        ]
    )
    labels = np.array([e.answerable for e in examples])
    answerable = fit(asked, labels)
    nearest = np.array([e.features[:, 1].max() for e in examples])
    on_topic = np.percentile(nearest[labels], ON_TOPIC_PERCENTILE)
    off_topic = labels[nearest < on_topic].mean()
    confidence = 1 / (1 + np.exp(-(asked @ answerable)))
    confidence[nearest < on_topic] = np.minimum(confidence[nearest < on_topic], off_topic)
    threshold = choose_threshold(confidence, labels)
    print(
        f"questions {len(examples)}, evidence top-1 {np.mean(top1):.3f}, "
        f"refusal AUROC {roc_auc_score(labels, confidence):.3f}, "
        f"refused at {threshold:.3f}: {np.mean(confidence[~labels] < threshold):.3f} "
        f"of unanswerable, {np.mean(confidence[labels] < threshold):.3f} of answerable"
    )
    print("EVIDENCE =", np.round(evidence, 3).tolist())
    print("ANSWERABLE =", np.round(answerable, 3).tolist())
    print(f"ON_TOPIC, OFF_TOPIC = {on_topic:.3f}, {off_topic:.3f}")
    print("THRESHOLD =", round(threshold, 3))


def read(folder: Path, count: int) -> Iterator[Example]:
    """About `count` train questions of a set, evenly spread, as features, with progress.

    Each question is asked of its own article, and each fourth of the article before it too: a
    question off its topic, which that one cannot answer.
    """
    embedder = Embedder()
    articles = {a["id"]: a for a in _lines(folder / "articles.jsonl.gz")}
    by_article: dict[str, list[dict[str, Any]]] = {}
    lines = _lines(folder / "questions.jsonl.gz")
    questions = [q for q in lines if q["split"] == "train" and not q["history"]]
    for question in questions[:: max(1, len(questions) // count)]:
        by_article.setdefault(question["article"], []).append(question)
    before: _Featured | None = None
    for done, (article_id, asked) in enumerate(by_article.items(), 1):
        print(f"\r{folder.name}: article {done} of {len(by_article)}", end="", flush=True)
        desk = _Featured(articles[article_id], embedder)
        for number, question in enumerate(asked):
            wanted = question["evidence"] or question["spans"]
            yield desk.example(question["question"], wanted, question["answerable"])
            if before and number % OFF_TOPIC == 0:
                yield before.example(question["question"], [], False)
        before = desk
    print()


class _Featured:
    """An article on the desk with its sentences' vectors."""

    def __init__(self, article: dict[str, Any], embedder: Embedder) -> None:
        self.article = Article.from_text(article["text"], title=article["title"], id=article["id"])
        self.desk = Desk(self.article, embedder)
        self.embedder = embedder
        self.sentences = [self.article.text[s.start : s.end] for s in self.article.sentences]
        self.vectors = np.array(embedder.embed_documents(self.sentences))
        self.rows = {s.start: row for row, s in enumerate(self.article.sentences)}

    def example(self, question: str, wanted: list[list[int]], answerable: bool) -> Example:
        """The features of a question; `wanted` are the characters of gold evidence."""
        found = [s for c in self.desk.candidates(question) for s in c.sentences]
        rows = [self.rows[s.start] for s in found]
        texts = [self.sentences[row] for row in rows]
        similarity = self.vectors[rows] @ np.array(self.embedder.embed_query(question))
        titles = [self.article.title] * len(rows)
        gold = np.array(
            [any(s.start < end and start < s.end for start, end in wanted) for s in found]
        )
        features = sentence_features(question, texts, titles, similarity)
        return Example(question, texts, features, gold, answerable)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


if __name__ == "__main__":
    main()
