"""Fit the confidence and the threshold of each baseline, as the product's are.

`python -m training.calibrate_baselines --data DIR` prints the constants of `eval/baselines.py`: a
logistic model of the best sentence's scores and the threshold that `choose_threshold` picks, over
the `train` split of `fictional-news`: each question of its own article and each fourth of the
article before it too.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from scipy.special import expit

from eval.baselines import BASELINES, BM25, COSINE, BaselineReader
from qa.search.candidate import Candidate
from qa.search.embedder import Embedder
from sets.questions import QuestionSet, read_public
from training.fitting import choose_threshold, fit

OFF_TOPIC = 4  # each fourth question is asked of another article too


def _pairs(train: QuestionSet) -> Iterator[tuple[str, list[Candidate], bool]]:
    """Each question with the passages of its article, some with those of the article before."""
    before: list[Candidate] = []
    questions = enumerate(q for q in train.questions if not q.history)
    for (name, *_), group in groupby(questions, key=lambda numbered: numbered[1].articles):
        article = train.articles[name]
        candidates = [Candidate(article, passage) for passage in article.passages]
        for number, question in group:
            yield question.question, candidates, question.answerable
            if before and number % OFF_TOPIC == 0:
                yield question.question, before, False
        before = candidates


def main(
    data: Annotated[Path, typer.Option(help="The folder of the public sets.")],
    limit: Annotated[int | None, typer.Option(help="Questions, for a quick try.")] = None,
) -> None:
    """Fit each baseline's confidence and threshold, and print them."""
    pairs = list(_pairs(read_public(data / "fictional-news", "train").sample(limit)))
    reader = BaselineReader(Embedder(), (COSINE, BM25), ())
    asked = track(pairs, "scoring", console=Console(stderr=True))
    scores = np.array([reader.scores(question, found).max(axis=0) for question, found, _ in asked])
    answerable = np.array([label for _, _, label in pairs])
    for name, (columns, *_) in BASELINES.items():
        features = np.column_stack([np.ones(len(scores)), scores[:, columns]])
        weights = fit(features, answerable)
        threshold = choose_threshold(expit(features @ weights), answerable)
        print(f"{name}: weights {np.round(weights, 3).tolist()}, threshold {threshold:.3f}")


if __name__ == "__main__":
    typer.run(main)
