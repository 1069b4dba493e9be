"""Blunt questions: nothing false is marked that was not before."""

import pytest

from eval.gates import new_false_marks
from eval.report import Miss, SuiteResult
from eval.run import Options
from eval.suites import SUITES
from eval.suites.blunt import QUESTIONS
from sets.questions import DataError


@pytest.fixture(scope="module")
def asked(tmp_path_factory, embedder):
    return SUITES["blunt"].run(Options(out=tmp_path_factory.mktemp("out")), embedder)


def test_nothing_false_is_marked_in_the_shipped_article_that_was_not_before(asked):
    """By the first stage alone, as all tests ask; `python -m eval blunt --data DIR` asks both."""
    assert asked.questions == len(QUESTIONS.read_text().splitlines()) >= 24
    assert not new_false_marks(asked)


def test_what_is_marked_is_counted(asked):
    row = asked.tables["Marks"]["shipped article"]
    assert row["marked"].value > 0  # where nothing is marked, nothing is false
    assert row["false mark"].value == len(asked.misses) / asked.questions


def test_a_false_mark_that_is_not_known_is_told(tmp_path):
    miss = Miss("b1", "blunt", "marks “4”", "How many?", (), (), ("seven",), "4", (), 0.9)
    found = SuiteResult("blunt", "", "test", 1, {}, misses=(miss,))
    path = tmp_path / "known.json"
    path.write_text("[]")
    assert new_false_marks(found, path) == ["b1 marks “4”, asked “How many?”."]
    path.write_text('["b1"]')
    assert new_false_marks(found, path) == []
    with pytest.raises(DataError, match="does not hold a list"):
        new_false_marks(found, tmp_path / "missing.json")
