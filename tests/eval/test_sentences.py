"""The suite of sentences that are hard to divide, and the figures that are committed."""

import json

import pytest
from eval.sentences import RESULT, as_it_comes, measured, product, read_cases


@pytest.fixture(scope="module")
def cases():
    return list(read_cases())


def test_the_cases_say_where_each_sentence_is(cases):
    assert len(cases) >= 200
    assert sum(case.held_out for case in cases) == len(cases) // 3
    for case in cases:
        assert case.spans[0][0] == 0 and case.spans[-1][1] == len(case.text)
        for (_, end), (start, _) in zip(case.spans, case.spans[1:], strict=False):
            assert not case.text[end:start].strip(), case.text


def test_nearly_all_are_divided_as_a_reader_divides_them(cases):
    assert measured(product, cases)["share"] >= 0.98
    assert measured(as_it_comes, cases)["share"] < 0.7


@pytest.mark.skipif(not RESULT.exists(), reason="no result is committed")
def test_the_committed_figures_are_those_of_the_code(cases):
    committed = json.loads(RESULT.read_text(encoding="utf-8"))
    assert committed["product"]["all"] == measured(product, cases)
    assert committed["nupunkt"]["all"] == measured(as_it_comes, cases)
