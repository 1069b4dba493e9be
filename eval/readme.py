"""The README's table, from the committed results: `python -m eval.readme` prints it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.baselines import PRODUCT, WRITTEN
from eval.report import figure
from eval.result import Run, SuiteResult, columns_of
from eval.scores import LABELS

RESULTS = Path(__file__).parent / "results"
BREAKDOWN = "By "  # tables left to the report begin so
MEASURES = "Measures"  # the table of a suite of questions
BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"
COLUMNS = {
    "evidence_top1": "evidence top-1",
    "citation_f1": "citation F1",
    "answer_hit": "answer hit",
    "marked_f1": "marked answer F1",
    "refusal_f1": "refusal F1",
    "auroc": "AUROC",
}
COMPARED = {
    "similarity": "similarity alone",
    "bm25": "BM25 alone",
    PRODUCT: "this project",
    WRITTEN: "with a language model",
}


def table(results: Path = RESULTS) -> str:
    """A row for each suite of questions and configuration, then the other suites' own tables.

    A configuration that several files hold is told as in the last of them by name: as in
    `NAME.json` before `NAME-compared.json`.
    """
    suites = [
        suite
        for path in sorted(results.glob("*.json"))
        for suite in Run.from_json(path.read_bytes()).suites
    ]
    asked: dict[str, SuiteResult] = {}
    for suite in suites:
        if MEASURES in suite.tables:
            earlier = asked.get(suite.name, suite).tables[MEASURES]
            measured = {MEASURES: {**earlier, **suite.tables[MEASURES]}}
            asked[suite.name] = replace(suite, tables=measured)
    head = ["set", "n", "", *COLUMNS.values()]
    tables = [_markdown([head, *(cells for suite in asked.values() for cells in _rows(suite))])]
    for suite in suites:
        if MEASURES not in suite.tables:
            tables += [_own(suite, t) for t in suite.tables if not t.startswith(BREAKDOWN)]
    return "\n\n".join(tables)


def _own(suite: SuiteResult, title: str) -> str:
    rows = suite.tables[title]
    columns = columns_of(rows)
    head = [f"{suite.name}, {suite.split}: {title}", *(LABELS.get(c, c) for c in columns)]
    return _markdown(
        [head, *([label, *(figure(row.get(c)) for c in columns)] for label, row in rows.items())]
    )


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(suite: SuiteResult) -> list[list[str]]:
    measured = suite.tables[MEASURES]
    rows: list[list[str]] = []
    for name, label in COMPARED.items():
        if name in measured:
            figures = [figure(measured[name].get(column)) for column in COLUMNS]
            first = [f"{suite.name}, {suite.split}", str(suite.questions)] if not rows else ["", ""]
            rows.append([*first, label, *figures])
    return rows


if __name__ == "__main__":
    print(table())
