"""The README's table, from the committed results: `python -m eval.readme` prints it."""

from pathlib import Path

from eval.configurations import PRODUCT
from eval.report import figure
from eval.result import Run, SuiteResult

RESULTS = Path(__file__).parent / "results"
BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"
COLUMNS = {
    "citation_f1": "citation F1",
    "answer_hit": "answer hit",
    "refusal_f1": "refusal F1",
    "auroc": "AUROC",
}
COMPARED = {"similarity": "similarity alone", PRODUCT: "this project"}


def table(results: Path = RESULTS) -> str:
    """A row for each suite of questions and configuration, in the order of the files' names."""
    head = ["set", "n", "", *COLUMNS.values()]
    rows = [head, ["---"] * len(head)]
    for path in sorted(results.glob("*.json")):
        run = Run.from_json(path.read_bytes())
        rows += [cells for suite in run.suites for cells in _rows(suite)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows(suite: SuiteResult) -> list[list[str]]:
    measured = suite.tables.get("Measures", {})
    rows: list[list[str]] = []
    for name, label in COMPARED.items():
        if name in measured:
            figures = [figure(measured[name].get(column)) for column in COLUMNS]
            first = [f"{suite.name}, {suite.split}", str(suite.questions)] if not rows else ["", ""]
            rows.append([*first, label, *figures])
    return rows


if __name__ == "__main__":
    print(table())
