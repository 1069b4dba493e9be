"""The tables of README.md and docs/evaluation.md, from the committed results.

`python -m eval.readme` prints them and writes them between the markers of both files.
"""

from collections.abc import Sequence
from pathlib import Path

from eval.baselines import PRODUCT, WRITTEN
from eval.metrics import Interval, Row, Table
from eval.report import LABELS, Run, SuiteResult, columns_of, figure

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).parents[1]
MEASURES = "Measures"  # the table of a suite of questions
BREAKDOWN = "By "  # tables that begin so are left to the report
BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"
COLUMNS = {
    "evidence_top1": "evidence top-1",
    "citation_f1": "citation F1",
    "answer_hit": "answer hit",
    "marked_f1": "marked answer F1",
    "refusal_f1": "refusal F1",
    "auroc": "AUROC",
}
SHORT = ("evidence_top1", "citation_f1", "answer_hit", "refusal_f1", "auroc")
TUTORIAL = "similarity"  # the usual tutorial chain
COMPARED = {
    TUTORIAL: "similarity alone",
    "bm25": "BM25 alone",
    PRODUCT: "this project",
    WRITTEN: "with a language model",
}


def short_table(results: Path = RESULTS) -> str:
    """A row for each set of questions: this project's figures beside the tutorial chain's."""
    lines = [["set", "questions", *(COLUMNS[name] for name in SHORT)]]
    for suite, measured in _asked(_suites(results)):
        if suite.name != WRITTEN:
            ours, theirs = measured[PRODUCT], measured.get(TUTORIAL, {})
            cells = [_versus(ours.get(name), theirs.get(name)) for name in SHORT]
            lines.append([suite.name, f"{suite.questions:,}", *cells])
    return markdown(lines)


def full_tables(results: Path = RESULTS) -> str:
    """A row for each set of questions and configuration, then the other suites' own tables."""
    suites = _suites(results)
    lines = [["set", "n", "", *COLUMNS.values()]]
    for suite, measured in _asked(suites):
        first = [f"{suite.name}, {suite.split}", str(suite.questions)]
        for name, label in COMPARED.items():
            if name in measured:
                figures = [figure(measured[name].get(column)) for column in COLUMNS]
                lines.append([*first, label, *figures])
                first = ["", ""]
    return "\n\n".join(
        [
            markdown(lines),
            *(
                _own(f"{suite.name}, {suite.split}: {title}", table)
                for suite in suites
                for title, table in suite.tables.items()
                if MEASURES not in suite.tables and not title.startswith(BREAKDOWN)
            ),
        ]
    )


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown whose first row is its head."""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


FILES = {ROOT / "README.md": short_table, ROOT / "docs" / "evaluation.md": full_tables}


def main() -> None:
    """Print the tables and write them between the markers of the files that have them."""
    for path, table in FILES.items():
        print(f"{path.name}\n\n{table()}\n")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if begin and end:
            path.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


def _suites(results: Path) -> list[SuiteResult]:
    runs = [Run.from_json(path.read_bytes()) for path in sorted(results.glob("*.json"))]
    return [suite for run in runs for suite in run.suites]


def _asked(suites: Sequence[SuiteResult]) -> list[tuple[SuiteResult, Table]]:
    """Each suite of questions once, with its configurations' measures.

    If several files hold a configuration, the last of them by name counts, so that `NAME.json`
    outdoes `NAME-compared.json`.
    """
    found: dict[str, tuple[SuiteResult, dict[str, Row]]] = {}
    for suite in suites:
        if MEASURES in suite.tables:
            _, measured = found.setdefault(suite.name, (suite, {}))
            measured |= suite.tables[MEASURES]
    return list(found.values())


def _versus(ours: Interval | None, theirs: Interval | None) -> str:
    if ours is None:
        return "–"
    return f"{ours.value:.2f}" + (f" vs {theirs.value:.2f}" if theirs else "")


def _own(title: str, table: Table) -> str:
    columns = columns_of(table)
    rows = [[label, *(figure(cells.get(c)) for c in columns)] for label, cells in table.items()]
    return markdown([[title, *(LABELS.get(c, c) for c in columns)], *rows])


if __name__ == "__main__":
    main()
