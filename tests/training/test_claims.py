import gzip
import json
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import WordPieceTokenizer
from tests.eval.tiny import DAM, span
from training.claims import asking, claim_units, twin_pairs
from training.mix import Mix
from training.sets import BY_HAND, held_out, is_by_hand, read_lines

MIX = Mix(
    sampled={},
    negatives=0,
    twisted=0,
    peoples=0.0,
    news={},
    kinds=frozenset(),
    whole={},
    longest=330,
    claims={"fm2": 1.0, "snli_devtest": 1.0},
    twins=2,
    by_hand=0,
    asked=1.0,
    swaps=0.0,
    made=0,
)
KEPT = next(f"a{n}" for n in range(999) if held_out("open-news", f"a{n}"))
OWN = next(f"a{n}" for n in range(999) if not held_out("open-news", f"a{n}"))


def write(path, lines):
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def twin(article, pair, claim, supported, split="train"):
    return {
        "id": f"{article}-{claim}",
        "pair": pair,
        "split": split,
        "article": article,
        "claim": claim,
        "spans": [span(DAM, "4")],
        "supported": supported,
    }


@pytest.fixture(scope="module")
def tokenizer():
    return WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr("training.sets.BY_HAND", tmp_path / "by_hand")
    by_hand = [twin(OWN, "h-p1", "It stood open.", n == 0) | {"id": f"h-{n}"} for n in (0, 1)]
    write(tmp_path / "by_hand" / "claims.jsonl.gz", by_hand)
    articles = [{"id": key, "title": "Dam", "text": DAM} for key in (KEPT, OWN)]
    write(tmp_path / "open-news" / "articles.jsonl.gz", articles)
    twins = [
        twin(OWN, "p1", "Five gates were opened.", False),
        twin(KEPT, "p2", "Four gates were opened.", True),
        twin(OWN, None, "It rained.", True),
        twin(OWN, "p1", "Four gates were opened.", True),
        twin(KEPT, "p2", "Five gates were opened.", False),
        twin(OWN, "p3", "A test.", True, "test"),
        twin(OWN, "p3", "No test.", False, "test"),
    ]
    write(tmp_path / "open-news" / "claims.jsonl.gz", twins)
    public = [
        ("snli_devtest", "A man sleeps.", "A man sleeps on a bench.", True, "train"),
        ("snli_devtest", "A man runs.", "A man sleeps on a bench.", False, "train"),
        ("snli_devtest", "A dog.", "A dog barks.", True, "train"),  # no false one: left out
        ("fm2", "Lund is old.", "Lund was founded in 990.", True, "train"),
        ("fm2", "Lund is new.", "Lund was founded in 990.", False, "test"),
    ]
    keys = ("set", "claim", "evidence", "supported", "split")
    lines = [{"id": f"x{i}", **dict(zip(keys, row, strict=True))} for i, row in enumerate(public)]
    write(tmp_path / "claims" / "claims.jsonl.gz", lines)
    for name in ("squad1-extra", "fictional-news"):
        write(tmp_path / name / "articles.jsonl.gz", [])
        write(tmp_path / name / "questions.jsonl.gz", [])
    return tmp_path


def test_pairs_are_whole_of_train_and_true_first(data, tokenizer):
    pairs = [(t["claim"][:4], f["claim"][:4]) for t, f, _ in twin_pairs(data, tokenizer)]
    assert pairs == [("Four", "Five")] * 2 + [("It s", "It s")]


def test_claims_of_one_evidence_and_of_a_pair_share_a_unit_held_out_articles_none(data, tokenizer):
    units = [unit for _, unit in claim_units(data, tokenizer, MIX, Random(0))]
    labels = [[e.supported for e in unit][:2] for unit in units]
    public, twins, asked = labels[:2], labels[2:-1], labels[-1]
    assert sorted(map(len, public)) == [1, 2] and [True, False] in public
    assert twins == [[True, False]] * MIX.twins
    assert asked == [None, None]
    assert [e.verdict for e in units[-1]] == [0, 1]
    assert all(e.answerable and e.short is False for e in units[-1])


def test_pairs_by_hand_are_read_as_often_as_the_mix_says(data, tokenizer):
    lengths = [
        len(list(claim_units(data, tokenizer, replace(MIX, by_hand=times, asked=0.0), Random(0))))
        for times in (0, 1, 3)
    ]
    assert np.diff(lengths).tolist() == [1, 2]


def test_the_same_seed_makes_the_same_units(data, tokenizer):
    first, again = (
        [e.ids.tolist() for _, u in claim_units(data, tokenizer, MIX, Random(3)) for e in u]
        for _ in range(2)
    )
    assert first == again


def test_what_was_written_by_hand_is_of_train_articles_in_pairs_and_whole():
    claims = list(read_lines(BY_HAND / "claims.jsonl.gz"))
    questions = list(read_lines(BY_HAND / "questions.jsonl.gz"))
    assert len(claims) > 8000 and len(questions) > 3000
    for true, false in zip(claims[::2], claims[1::2], strict=True):
        assert true["pair"] == false["pair"] and true["supported"] and not false["supported"]
        assert true["spans"] == false["spans"] != [] and true["claim"] != false["claim"]
    for line in [*claims, *questions]:
        assert line["split"] == "train" and is_by_hand(line["id"])
        assert not held_out("open-news", line["article"])
    for line in questions:
        assert bool(line["evidence"]) == line["answerable"] == (line["kind"] != "none")
        assert ("verdict" in line) == (line["kind"] == "yesno")


def test_a_claim_becomes_a_question():
    for claim, question in (
        ("The dam was open.", "Was The dam open?"),
        ("Orlin has not signed the deal.", "Has Orlin not signed the deal?"),
        ("Crews thanked Orlin.", "Is it true that Crews thanked Orlin?"),
        ("Crews that were late left.", "Is it true that Crews that were late left?"),
    ):
        assert asking(claim) == question
