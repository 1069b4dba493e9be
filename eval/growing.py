"""The tables of docs/growing.md, from the committed results; `python -m eval.growing` prints."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.readme import RESULTS, markdown

FIGURES = RESULTS / "scale"
PLACES = {"folder": "in a folder", "server": "on a server"}
ROWS = (  # figure, what the table calls it, how it is written, in how many of its unit
    ("articles", "articles", "{:,.0f}", 1),
    ("store_passage", "store a passage, ms", "{:.1f}", 1000),
    ("add_article", "add an article of about twenty-five passages, ms", "{:,.0f}", 1000),
    ("remove_article", "remove it, ms", "{:,.0f}", 1000),
    ("visible_after", "list the articles after that, ms", "{:,.0f}", 1000),
    ("question_after", "search the first time after that, s", "{:.2f}", 1),
    ("question", "search, median, ms", "{:,.0f}", 1000),
    ("open_again", "a new process: open and read all articles, s", "{:.2f}", 1),
    ("first_question", "a new process: search the first time, s", "{:.2f}", 1),
    ("app_mb_before", "memory of that process before, MB", "{:,.0f}", 1),
    ("app_mb", "memory of that process, MB", "{:,.0f}", 1),
    ("server_mb", "memory of the server, MB", "{:,.0f}", 1),
    ("disk_mb", "on disk, MB", "{:,.0f}", 1),
)


def tables(results: Path = FIGURES) -> str:
    """For each place a table: a column for each number of passages, a row for each figure."""
    runs = [json.loads(path.read_text())["figures"] for path in sorted(results.glob("*.json"))]
    return "\n\n".join(
        _table(label, [run for run in runs if run["place"] == place])
        for place, label in PLACES.items()
        if any(run["place"] == place for run in runs)
    )


def _table(label: str, runs: list[Mapping[str, Any]]) -> str:
    lines = [[f"{label}, passages", *(f"{run['passages']:,}" for run in runs)]]
    for name, called, form, scale in ROWS:
        values = [run[name] for run in runs]
        if None not in values:
            lines.append([called, *(form.format(v * scale) for v in values)])
    return markdown(lines)


if __name__ == "__main__":
    print(tables())
