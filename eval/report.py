"""A run as plain values, as JSON, as one HTML page that needs nothing else, and in the terminal."""

import json
import os
import platform
import re
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import yaml
from jinja2 import Environment, FileSystemLoader
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pydantic import TypeAdapter
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_recall_curve

from eval.baselines import CONFIGURATIONS, PRODUCT
from eval.metrics import Interval, Table, share
from qa.answer import Answer

NAMES = yaml.safe_load((Path(__file__).parent / "labels.yaml").read_text(encoding="utf-8"))
LABELS: dict[str, str] = NAMES["measures"]
_ROOT = Path(__file__).parents[1]
_DECIDES = ["qa", "corpus", "sets", "eval", ":!eval/results"]  # the figures
# Tables of one baseline are left to the page; the terminal compares it in the first ones.
_OTHERS = tuple(f": {name}" for name in CONFIGURATIONS if name != PRODUCT)
_NUMBERS = re.compile(r"\[\n([-\d.,\s]+)\]")  # a list of numbers that json.dumps spread over lines
_STYLE: Any = {"svg.fonttype": "none", "text.parse_math": False, "font.family": "sans-serif"}
Confidences = Mapping[str, tuple[tuple[float, bool], ...]]  # by configuration; is it answerable?


@dataclass(frozen=True)
class Miss:
    """A question that was not answered as its set says it should be."""

    id: str
    kind: str
    why: str
    question: str
    history: tuple[str, ...]
    gold: tuple[str, ...]
    answers: tuple[str, ...]
    answer: str
    cited: tuple[str, ...]
    confidence: float

    @classmethod
    def of(cls, answer: Answer, **asked: Any) -> "Miss":
        """What was answered beside what was asked, whose `history` are its turns."""
        told: dict[str, Any] = {
            "answer": answer.plain_text,
            "cited": tuple(c.quote for c in answer.citations),
            "confidence": answer.confidence,
        }
        history = tuple(f"{turn['role']}: {turn['content']}" for turn in asked["history"])
        return cls(**told | asked | {"history": history})


@dataclass(frozen=True)
class SuiteResult:
    """A suite's tables by title, each row label -> column -> figure, and what else it shows."""

    name: str = ""
    about: str = ""
    split: str = ""
    questions: int = 0
    tables: Mapping[str, Table] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    missed_by: str = ""  # the configuration whose misses these are
    seconds: Mapping[str, Table] = field(default_factory=dict)  # by configuration
    confidences: Confidences = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """Suites with the command, code and machine that made them."""

    command: str
    commit: str
    date: str
    machine: Mapping[str, str]
    settings: Mapping[str, Mapping[str, Any]]  # configuration -> its settings
    suites: tuple[SuiteResult, ...]

    def to_json(self, *, texts: bool = True) -> str:
        """JSON in which a figure is `[value, low, high, n]`, with four decimals.

        Without `texts` no miss and no confidence: nothing of a single question.
        """
        plain = asdict(self)
        for suite in plain["suites"]:
            for name in () if texts else ("misses", "missed_by", "confidences"):
                del suite[name]
        rounded = json.loads(json.dumps(plain), parse_float=lambda digits: round(float(digits), 4))
        written = json.dumps(rounded, ensure_ascii=False, indent=1)
        return _NUMBERS.sub(lambda match: f"[{' '.join(match[1].split())}]", written) + "\n"

    @classmethod
    def from_json(cls, written: str | bytes) -> "Run":
        """A run from what `to_json` gave."""
        return TypeAdapter(cls).validate_json(written)


def commit() -> str:
    """The commit that is checked out, and whether the code and data that decide differ from it."""
    asked = (["rev-parse", "--short=12", "HEAD"], ["status", "--porcelain", "--", *_DECIDES])
    try:
        head, changed = (
            subprocess.run(["git", *args], cwd=_ROOT, capture_output=True, text=True, check=True)
            for args in asked
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head.stdout.strip() + (" with changes" if changed.stdout else "")


def machine() -> dict[str, str]:
    """Its cores, Python and system."""
    import torch  # late: it takes seconds

    return {
        "cores": f"{os.cpu_count()}, of which the embedder uses {torch.get_num_threads()}",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def html_page(run: Run) -> str:
    """The whole run: tables, plots and every miss; all text of the sets escaped."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
    )
    templates.globals |= {"cells": cells, "laid_out": laid_out}
    templates.globals |= {"refusal": refusal_plot, "calibration": calibration_plot}
    return templates.get_template("report.html.jinja").render(run=run)


def show(run: Run, console: Console) -> None:
    """The tables of a run in the terminal."""
    for suite in run.suites:
        console.print(
            f"\n[bold]{suite.name}[/], {suite.split}, {suite.questions} questions. "
            f"{escape(suite.about)}"
        )
        for title, table in suite.tables.items():
            if not title.endswith(_OTHERS):
                console.print(_rich(title, cells(laid_out(table), count=True)))
        if PRODUCT in suite.seconds:
            stages = cells(suite.seconds[PRODUCT], digits=3, count=True)
            console.print(_rich(f"Seconds by stage: {PRODUCT}", stages))
        for note in suite.notes:
            console.print(note, style="dim", markup=False)


def figure(interval: Interval | None, digits: int = 2, *, count: bool = False) -> str:
    """`0.71 (0.62–0.80)`, with `n=77` if they are to be counted, or a dash."""
    if interval is None:
        return "–"
    value, low, high = (f"{number:.{digits}f}" for number in interval[:3])
    return f"{value} ({low}–{high})" + (f" n={interval.n}" if count else "")


def cells(table: Table, *, digits: int = 2, count: bool = False) -> list[list[str]]:
    """The table as text: its head, then its rows; measures in their order, by their names."""
    order = {name: rank for rank, name in enumerate(LABELS)}
    columns = sorted(_columns(table), key=lambda column: order.get(column, -1))
    rows = [
        [LABELS.get(label, label), *(figure(row.get(c), digits, count=count) for c in columns)]
        for label, row in table.items()
    ]
    return [["", *(LABELS.get(c, c) for c in columns)], *rows]


def laid_out(table: Table) -> Table:
    """The table as it reads best: the longer side downwards."""
    columns = _columns(table)
    if len(columns) <= max(len(table), 4):
        return table
    known = [*(name for name in LABELS if name in columns), *columns]
    return {c: {r: row[c] for r, row in table.items() if c in row} for c in dict.fromkeys(known)}


def refusal_plot(confidences: Confidences, settings: Mapping[str, Mapping[str, Any]]) -> str:
    """Precision and recall of refusing below each threshold, as the URL of an SVG image.

    The dots are the thresholds in use.
    """

    def draw(axes: Axes) -> None:
        for name, asked in confidences.items():
            confidence, answerable = np.array(asked).T
            precision, recall, _ = precision_recall_curve(answerable == 0, -confidence)
            threshold = settings[name]["threshold"]
            (line,) = axes.plot(recall, precision, label=f"{name} (dot: threshold {threshold:g})")
            refused = confidence < threshold
            with np.errstate(invalid="ignore"):  # where nothing is refused there is no dot
                dot = share(answerable == 0, refused), share(refused, answerable == 0)
            axes.plot(*dot, "o", color=line.get_color())

    return _plot("recall of refusal", "precision of refusal", draw)


def calibration_plot(confidences: Confidences) -> str:
    """How often the questions of a confidence can be answered, in ten bins; an SVG's URL."""

    def draw(axes: Axes) -> None:
        axes.plot((0, 1), (0, 1), "--", color="#999")
        for name, asked in confidences.items():
            confidence, answerable = np.array(asked).T
            found, mean = calibration_curve(answerable, confidence, n_bins=10)
            axes.plot(mean, found, marker=".", label=name)

    return _plot("mean confidence", "share answerable", draw)


def _plot(x: str, y: str, draw: Callable[[Axes], None]) -> str:
    with matplotlib.rc_context(_STYLE):
        drawn = Figure(figsize=(5, 4.5), layout="constrained")
        axes = drawn.add_subplot(xlim=(0, 1), ylim=(0, 1), xlabel=x, ylabel=y)
        axes.grid(color="#e4e4e4")
        draw(axes)
        drawn.legend(loc="outside lower center")
        file = StringIO()
        drawn.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return f"data:image/svg+xml;base64,{b64encode(file.getvalue().encode()).decode()}"


def _columns(table: Table) -> list[str]:
    return list(dict.fromkeys(column for row in table.values() for column in row))


def _rich(title: str, rows: Sequence[Sequence[str]]) -> RichTable:
    head, *body = rows
    rich = RichTable(*head, title=title, title_justify="left", box=None, pad_edge=False)
    for row in body:
        rich.add_row(*row)
    return rich
