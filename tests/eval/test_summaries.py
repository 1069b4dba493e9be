"""Summaries held against what questions need."""

from eval.run import Options
from eval.suites import SUITES
from eval.suites.summaries import LENGTHS, met, weight
from tests.eval.tiny import DAM, question, span, write_set

A, B, C = (("x", n, n + 1) for n in range(3))
ASKED = [[frozenset([A])], [frozenset([A, B])], [frozenset([B]), frozenset([C])]]


def test_a_sentence_weighs_as_many_questions_as_need_it():
    # A 1.5, B 1.5, C 1
    assert weight([A], ASKED) == weight([A, B], ASKED) == 1.0
    assert weight([C], ASKED) == 1 / 1.5
    assert weight([A, C], ASKED) == 2.5 / 3


def test_a_question_is_met_by_any_sentence_that_it_needs():
    assert [met([place], ASKED) for place in (A, B, C)] == [2 / 3, 2 / 3, 1 / 3]
    assert met([], ASKED) == 0


def test_the_suite_measures_each_length_beside_the_lead(tmp_path, embedder):
    gates = [span(DAM, DAM.split(". ")[1] + ".")]
    asked = question("dam-o1", "What did engineers do?", "dam", evidence=gates, kind="role")
    write_set(tmp_path / "open-news", [asked | {"groups": [gates]}])
    found = SUITES["summaries"].run(Options(data=tmp_path), embedder)
    table = found.tables["Summaries"]
    assert len(table) == 2 * len(LENGTHS) and found.questions == 1
    assert table["lead of 1"]["questions met"].value == 0  # the second is needed
    assert table["summary of 4"]["weight"].value == table["lead of 4"]["weight"].value == 1
