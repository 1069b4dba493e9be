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
    kinds: frozenset[str]  # of `open-news`, read in full whatever the share
    whole: Mapping[str, float]  # of these: beside the whole article, the others beside a part
    longest: int  # word pieces of a window's sentences
    claims: Mapping[str, float]  # how often a set's claims are read
    twins: int  # times the pairs of `news_twins` are read
    by_hand: int  # times those of `training/by_hand` are; 0: none of its questions, else all
    asked: float  # share of these pairs that are read as questions with the verdicts yes and no
    swaps: float  # share of its true claims, and of what they cite, read against an exchange
    made: int  # answers that become claims, each with its false twins


SMALL = Mix(
    sampled={"squad1-extra": 250, "selqa": 100},
    negatives=0,
    twisted=0,
    peoples=0.1,
    news={"fictional-news": 0.15, "open-news": 0.8},
    kinds=frozenset(),
    whole={"fictional-news": 0.0, "open-news": 0.2},
    longest=450,
    claims={
        "fever_symmetric": 1.0,
        "fm2": 0.5,
        "wice": 1.0,
        "fever_dev": 0.05,
        "factcheck_gpt": 0.05,
        "taxinli_mnli": 0.15,
        "begin": 0.05,
        "cad_nli": 0.1,
        "breaking_nli": 0.05,
        "snli_devtest": 0.03,
    },
    twins=2,
    by_hand=0,
    asked=0.12,
    swaps=0.0,
    made=150,
)
BASE = Mix(
    sampled={"squad1-extra": 300},
    negatives=0,
    twisted=0,
    peoples=0.12,
    news={"fictional-news": 0.3, "open-news": 0.9},
    kinds=frozenset(),
    whole={"fictional-news": 0.0, "open-news": 0.2},
    longest=330,
    claims={
        "fever_symmetric": 2.0,
        "fm2": 1.0,
        "wice": 1.5,
        "fever_dev": 0.15,
        "factcheck_gpt": 0.2,
        "taxinli_mnli": 1.0,
        "begin": 0.1,
        "cad_nli": 0.5,
        "breaking_nli": 0.1,
        "snli_devtest": 0.15,
    },
    twins=4,
    by_hand=0,
    asked=0.3,
    swaps=0.0,
    made=150,
)
SWAPS = Mix(  # from the adapters that BASE made
    sampled={"squad1-extra": 150},
    negatives=0,
    twisted=0,
    peoples=0.06,
    news={"fictional-news": 0.1, "open-news": 0.3},
    kinds=frozenset({"yesno", "overview"}),
    whole={"fictional-news": 0.0, "open-news": 0.3},
    longest=330,
    claims={
        "fever_symmetric": 1.0,
        "fm2": 0.5,
        "wice": 1.0,
        "fever_dev": 0.03,
        "factcheck_gpt": 0.2,
        "taxinli_mnli": 0.3,
        "begin": 0.05,
        "cad_nli": 0.2,
        "breaking_nli": 0.05,
        "snli_devtest": 0.05,
    },
    twins=2,
    by_hand=0,
    asked=0.3,
    swaps=0.5,
    made=50,
)
BY_HAND = Mix(  # from the adapters that SWAPS made
    sampled={"squad1-extra": 80},
    negatives=0,
    twisted=0,
    peoples=0.04,
    news={"fictional-news": 0.05, "open-news": 0.15},
    kinds=frozenset({"yesno", "overview", "context"}),
    whole={"fictional-news": 0.0, "open-news": 0.3},
    longest=330,
    claims={
        "fever_symmetric": 1.0,
        "fm2": 0.5,
        "wice": 1.0,
        "fever_dev": 0.03,
        "factcheck_gpt": 0.1,
        "taxinli_mnli": 0.3,
        "begin": 0.03,
        "cad_nli": 0.2,
        "breaking_nli": 0.03,
        "snli_devtest": 0.03,
    },
    twins=0,
    by_hand=2,
    asked=0.1,
    swaps=0.1,
    made=30,
)
MIXES = {"small": SMALL, "base": BASE, "swaps": SWAPS, "by-hand": BY_HAND}
