"""Tiny sets in the public format, for the real index, embedder and reader."""

import json

import pytest

from eval import metrics
from tests.eval.tiny import BAKERY, BOTH, DAM, GATES, PRIZE, TRAIN, TRAP, WHY, write_gz, write_set


@pytest.fixture
def narrow(monkeypatch):
    """Intervals of few resamples; `test_metrics.py` holds them to what many give."""
    monkeypatch.setattr(metrics, "RESAMPLES", 20)


@pytest.fixture
def data(tmp_path, narrow):
    """A `--data` folder with every public set in small."""
    folder = tmp_path / "data"
    for name in ("squad2", "fictional-news", "clapnq", "onestopqa"):
        write_set(folder / name, [GATES, PRIZE, BOTH, WHY, TRAP, TRAIN])
    turns = [
        WHY | {"article": None, "articles": ["bakery", "dam"], "answerability": "ANSWERABLE"},
        TRAP | {"article": None, "articles": ["dam"], "answerability": "UNANSWERABLE"},
        TRAP | {"id": "void", "article": None, "articles": [], "answerability": "UNANSWERABLE"},
    ]
    write_set(folder / "mtrag-un", [{k: v for k, v in t.items() if k != "kind"} for t in turns])
    claims = [
        ("c1", "Engineers opened gates of the dam.", DAM, True),
        ("c2", "The dam broke on Sunday and drowned a village.", DAM, False),
        ("c3", "A bakery won a bread prize.", BAKERY, True),
        ("c4", "The owner will close her shop in Malmö.", BAKERY, False),
    ]
    names = ("id", "claim", "evidence", "supported")
    lines = [dict(zip(names, c, strict=True)) | {"set": "small", "split": "test"} for c in claims]
    write_gz(folder / "claims" / "claims.jsonl.gz", lines)
    return folder


@pytest.fixture
def own(tmp_path, narrow):
    """One's own article and questions: the folder and the file."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "dam.md").write_text(f"---\ntitle: Dam holds\n---\n{DAM}\n", encoding="utf-8")
    questions = tmp_path / "mine.jsonl"
    lines = [
        {
            "id": "gates",
            "question": "How many gates did engineers open at noon?",
            "gold": ["Engineers opened 4 gates at noon because the lake had risen by two metres."],
            "answers": ["4"],
        },
        {"id": "born", "question": "Where was Petra Voss born?", "gold": []},
    ]
    questions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return corpus, questions
