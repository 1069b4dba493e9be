"""The suite of sentences that are hard to divide, and the figures that are committed."""

import pytest

from eval.readme import RESULTS
from eval.report import Run
from eval.run import Options
from eval.suites import SUITES
from eval.suites.sentences import HELD_OUT, as_it_comes, measured, product, read_cases

RESULT = RESULTS / "sentences-all.json"


@pytest.fixture(scope="module")
def cases():
    return list(read_cases())


def test_the_cases_say_where_each_sentence_is(cases):
    assert len(cases) >= 200
    assert sum(case.part == HELD_OUT for case in cases) == len(cases) // 3
    for case in cases:
        assert case.spans[0][0] == 0 and case.spans[-1][1] == len(case.text)
        for (_, end), (start, _) in zip(case.spans, case.spans[1:], strict=False):
            assert not case.text[end:start].strip(), case.text


def test_nearly_all_are_divided_as_a_reader_divides_them(cases, narrow):
    assert measured(product, cases)["right"].value >= 0.98
    assert measured(as_it_comes, cases)["right"].value < 0.7


def test_the_committed_figures_are_those_of_the_code(embedder, narrow):
    (committed,) = Run.from_json(RESULT.read_bytes()).suites
    found = SUITES["sentences"].run(Options(), embedder)
    for title, rows in committed.tables.items():
        for label, row in rows.items():
            for name, figure in row.items():
                assert found.tables[title][label][name].value == pytest.approx(
                    figure.value, abs=1e-4
                )
