"""How much of each set a training reads."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Mix:
    """Counts and shares of what `training.questions` and `training.claims` make, by set."""

    sampled: Mapping[str, int]  # questions of a set
    negatives: int  # of squad1-train's pairs without an answer
    twisted: int  # questions of squad1-train made unanswerable by a changed word
    peoples: float  # share of squad2's questions
    news: Mapping[str, float]  # share of the questions of a set of news
    whole: Mapping[str, float]  # of these: beside the whole article, the others beside a part
    longest: int  # word pieces of a window's sentences
    claims: Mapping[str, float]  # how often a set's claims are read
    twins: int  # times the pairs of `news_twins` are read
    asked: float  # share of these pairs that are read as questions with the verdicts yes and no
    made: int  # answers of squad1-train that become claims, each with its false twins


SMALL = Mix(
    sampled={
        "squad1-train": 1_000,
        "squad1-extra": 300,
        "selqa": 300,
        "fairytaleqa": 200,
        "covidqa": 200,
    },
    negatives=500,
    twisted=300,
    peoples=0.35,
    news={"fictional-news": 0.4, "open-news": 1.0},
    whole={"fictional-news": 0.25, "open-news": 0.5},
    longest=450,
    claims={
        "fever_symmetric": 2.0,
        "fm2": 2.0,
        "wice": 2.0,
        "fever_dev": 0.12,
        "factcheck_gpt": 0.15,
        "taxinli_mnli": 0.15,
        "begin": 0.1,
        "cad_nli": 0.1,
        "breaking_nli": 0.1,
        "snli_devtest": 0.05,
    },
    twins=3,
    asked=0.3,
    made=400,
)
BASE = Mix(
    sampled={"squad1-train": 300},
    negatives=0,
    twisted=0,
    peoples=0.07,
    news={"fictional-news": 0.08, "open-news": 0.45},
    whole={"fictional-news": 0.0, "open-news": 0.2},
    longest=330,
    claims={
        "fever_symmetric": 1.0,
        "fm2": 0.5,
        "wice": 1.0,
        "fever_dev": 0.05,
        "factcheck_gpt": 0.05,
        "taxinli_mnli": 0.3,
        "begin": 0.05,
        "cad_nli": 0.15,
        "breaking_nli": 0.05,
        "snli_devtest": 0.05,
    },
    twins=2,
    asked=0.2,
    made=0,
)
