"""The committed results, the README that quotes them, and the floors."""

import json
from dataclasses import replace

import pytest

from eval.gates import FLOORS, below_floor
from eval.metrics import Interval
from eval.readme import BEGIN, END, FILES, RESULTS, full_tables, short_table
from eval.report import Run, SuiteResult
from sets.questions import DataError

COMMITTED = sorted(RESULTS.glob("*.json"))


def test_the_readme_and_the_docs_say_what_the_results_say():
    found = {path.name: path.read_text(encoding="utf-8") for path in FILES if path.exists()}
    assert "README.md" in found
    for path, table in FILES.items():
        text = found.get(path.name, f"{BEGIN}{table()}{END}")  # the docs' page is yet to come
        assert text.count(BEGIN) == text.count(END) == 1
        assert text.split(BEGIN)[1].split(END)[0].strip() == table(), path.name
    assert len(short_table().splitlines()) == 8  # the README has a row for each of six sets


def test_a_committed_result_says_how_it_was_made_and_quotes_no_set():
    assert COMMITTED
    for path in COMMITTED:
        run = Run.from_json(path.read_bytes())
        assert run.command.startswith("python -m eval"), path
        assert "with changes" not in run.commit, path
        assert set(run.machine) == {"cores", "python", "system"}, path
        assert all((suite.misses, suite.confidences) == ((), {}) for suite in run.suites), path


@pytest.fixture
def suite():
    measured = {"citation_f1": Interval(0.6, 0.5, 0.7, 56), "auroc": Interval(0.7, 0.6, 0.8, 77)}
    return SuiteResult("article", "", "dev", 77, {"Measures": {"bundled": measured}})


def test_a_configuration_is_told_as_in_its_own_run(suite, tmp_path):
    def publish(name, **figures):
        rows = {c: {"citation_f1": Interval(f, f, f, 77)} for c, f in figures.items()}
        run = Run("", "", "", {}, {}, (replace(suite, tables={"Measures": rows}),))
        (tmp_path / name).write_text(run.to_json())

    publish("article-dev-compared.json", similarity=0.1, bundled=0.2)
    publish("article-dev.json", bundled=0.3)
    lines = full_tables(tmp_path).splitlines()
    assert len(lines) == 4
    assert "| similarity alone | – | 0.10 (0.10–0.10) |" in lines[2]
    assert "| this project | – | 0.30 (0.30–0.30) |" in lines[3]


def test_a_measure_below_its_floor_is_named_with_both_numbers(suite, tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"citation_f1": 0.65, "auroc": 0.7}))
    assert below_floor(suite, path) == ["The citation F1 is 0.600, below its floor of 0.650."]
    path.write_text(json.dumps({"citation_f1": 0.6, "auroc": 0.7}))
    assert below_floor(suite, path) == []


def test_floors_that_are_none_are_refused(suite, tmp_path):
    path = tmp_path / "floors.json"
    none = "does not hold floors"
    for written, says in [
        ("", none),
        ("[1]", none),
        ('{"auroc": "high"}', none),
        ('{"charm": 0.5}', "a floor for 'charm', which is not measured"),
    ]:
        path.write_text(written)
        with pytest.raises(DataError, match=says):
            below_floor(suite, path)


def test_the_committed_floors_hold_evidence_answers_and_refusals():
    assert {"citation_f1", "answer_hit", "refusal_f1", "auroc"} <= set(
        json.loads(FLOORS.read_text())
    )
