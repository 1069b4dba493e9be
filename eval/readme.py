"""The tables of README.md and of the docs, from the committed results.

`python -m eval.readme` prints them and writes them between the markers of these files.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.baselines import PRODUCT, WRITTEN
from eval.metrics import Row, Table
from eval.report import NAMES, Run, SuiteResult, cells, figure

RESULTS = Path(__file__).parent / "results"
SCALE = RESULTS / "scale"
ROOT = Path(__file__).parents[1]
MEASURES = "Measures"  # the table of a suite of questions
BREAKDOWN = "By "  # tables that begin so are left to the report
BEGIN, END = "<!-- eval:begin -->", "<!-- eval:end -->"
COLUMNS: dict[str, str] = NAMES["columns"]
SHORT = ("evidence_top1", "citation_f1", "answer_hit", "refusal_f1", "auroc")
TUTORIAL = "similarity"  # the usual tutorial chain


def short_table(results: Path = RESULTS) -> str:
    """A row for each set of questions: this project's figures beside the tutorial chain's."""

    def versus(name: str) -> str:
        if name not in ours:
            return "–"
        beside = f" vs {theirs[name].value:.2f}" if name in theirs else ""
        return f"{ours[name].value:.2f}{beside}"

    lines = [["set", "questions", *(COLUMNS[name] for name in SHORT)]]
    for suite, measured in _asked(_suites(results)):
        if suite.name != WRITTEN:
            ours, theirs = measured[PRODUCT], measured.get(TUTORIAL, {})
            lines.append([suite.name, f"{suite.questions:,}", *map(versus, SHORT)])
    return markdown(lines)


def full_tables(results: Path = RESULTS) -> str:
    """A row for each set of questions and configuration, then the other suites' own tables."""
    suites = _suites(results)
    lines = [["set", "n", "", *COLUMNS.values()]]
    for suite, measured in _asked(suites):
        first = [f"{suite.name}, {suite.split}", str(suite.questions)]
        for name, label in NAMES["compared"].items():
            if name in measured:
                lines.append([*first, label, *(figure(measured[name].get(c)) for c in COLUMNS)])
                first = ["", ""]
    tables = [markdown(lines)]
    for suite in suites:
        for title, table in suite.tables.items():
            if MEASURES not in suite.tables and not title.startswith(BREAKDOWN):
                (_, *head), *rows = cells(table)
                named = f"{suite.name}, {suite.split}: {title}"
                tables.append(markdown([[named, *head], *rows]))
    return "\n\n".join(tables)


def growth_tables(results: Path = SCALE) -> str:
    """For each place a table: a column for each number of passages, a row for each figure."""
    runs = [json.loads(path.read_text())["figures"] for path in sorted(results.glob("*.json"))]
    tables = []
    for place, called in NAMES["places"].items():
        found = [run for run in runs if run["place"] == place]
        lines = [[f"{called}, passages", *(f"{run['passages']:,}" for run in found)]]
        for name, (label, decimals, times) in NAMES["growth"].items():
            if all(run[name] is not None for run in found):
                values = (f"{run[name] * times:,.{decimals}f}" for run in found)
                lines.append([label, *values])
        tables += [markdown(lines)] if found else []
    return "\n\n".join(tables)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown whose first row is its head."""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


FILES: dict[Path, Callable[[], str]] = {
    ROOT / "README.md": short_table,
    ROOT / "docs" / "evaluation.md": full_tables,
    ROOT / "docs" / "growing.md": growth_tables,
}


def main() -> None:
    """Print the tables and write them between the markers of their files."""
    for path, table in FILES.items():
        print(f"{path.name}\n\n{table()}\n")
        before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        path.write_text(f"{before}{begin}\n{table()}\n{end}{after}", encoding="utf-8")


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


if __name__ == "__main__":
    main()
