"""Blunt questions: nothing false is marked that was not before."""

import json

import pytest

from eval.data import DataError
from eval.run import Options
from eval.suites import blunt
from eval.suites.blunt import KNOWN, SUITE, known, new_false_marks, own
from tests.eval.tiny import DAM, question, span, write_set


@pytest.fixture(scope="module")
def asked(tmp_path_factory, embedder):
    return SUITE.run(Options(out=tmp_path_factory.mktemp("out")), embedder)


def test_nothing_false_is_marked_in_the_shipped_article_that_was_not_before(asked):
    """By the first stage alone, as all tests ask; `python -m eval blunt --data DIR` asks both."""
    assert asked.questions == len(own().questions) >= 24
    assert not new_false_marks(asked)


def test_what_is_marked_is_counted(asked):
    row = asked.tables["Marks"]["shipped article"]
    assert row["marked"].value > 0  # where nothing is marked, nothing is false
    assert row["false mark"].value == len(asked.misses) / asked.questions


def test_a_false_mark_that_is_not_known_is_told(asked, tmp_path, monkeypatch, embedder):
    wrong = [{"id": "b1", "question": "How many gates were opened?", "answers": ["seven"]}]
    asks = question("b1", wrong[0]["question"], "dam", answers=["seven"], kind="blunt")
    asks |= {"spans": [span(DAM, "4")], "evidence": [span(DAM, "Engineers opened 4 gates")]}
    write_set(tmp_path / "open-news", [asks])
    monkeypatch.setattr(blunt, "own", lambda: own().sample(1))
    found = SUITE.run(Options(data=tmp_path, out=tmp_path / "out"), embedder)
    new = [m for m in found.misses if m.id == "b1"]
    assert [m.why for m in new] == ["marks “4”"]
    nothing, all_of_it = tmp_path / "none.json", tmp_path / "all.json"
    nothing.write_text("[]")
    all_of_it.write_text(json.dumps([m.id for m in found.misses]))
    assert "b1 marks “4”, asked “How many gates were opened?”." in new_false_marks(found, nothing)
    assert new_false_marks(found, all_of_it) == []


def test_the_known_false_marks_are_of_blunt_questions_and_must_be_readable(tmp_path):
    assert known(KNOWN) is not None
    with pytest.raises(DataError, match="does not hold a list"):
        known(tmp_path / "missing.json")
