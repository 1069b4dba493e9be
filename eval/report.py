"""A run as plain values, as JSON, as one HTML page that needs nothing else, and in the terminal."""

import base64
import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib
from jinja2 import Environment, FileSystemLoader
from matplotlib.figure import Figure
from pydantic import TypeAdapter
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from eval.baselines import CONFIGURATIONS, PRODUCT
from eval.metrics import Interval, Table

LABELS = {
    "evidence_top1": "evidence top-1",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "citation_f1": "citation F1",
    "answer_hit": "answer hit",
    "exact_match": "exact answer EM",
    "exact_f1": "exact answer F1",
    "marked_f1": "marked answer F1",
    "refused": "refused",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "refusal_f1": "refusal F1",
    "auroc": "AUROC of confidence",
    "calibration_error": "calibration error",
    "recall@1": "passage recall@1",
    "recall@5": "passage recall@5",
    "recall@10": "passage recall@10",
    "mrr@10": "passage MRR@10",
    "squad_em": "SQuAD EM",
    "squad_f1": "SQuAD F1",
    "squad_best_f1": "SQuAD F1, best threshold",
}
_ROOT = Path(__file__).parents[1]
_DECIDES = ["qa", "corpus", "eval/*.py", "eval/data", "eval/questions.jsonl"]  # the figures
# Tables of one baseline are left to the page; the terminal compares it in the first ones.
_OTHERS = tuple(f": {name}" for name in CONFIGURATIONS if name != PRODUCT)
_NUMBERS = re.compile(r"\[\n([-\d.,\s]+)\]")  # a list of numbers that json.dumps spread over lines
_PLOTS: Any = {"svg.fonttype": "none", "text.parse_math": False, "font.family": "sans-serif"}
Point = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """A line of a plot, in its data's units, with one point of it marked."""

    label: str
    points: tuple[Point, ...]
    mark: Point | None = None


@dataclass(frozen=True)
class Plot:
    """Curves over 0 to 1 on both axes; with `diagonal` the line on which both are equal."""

    title: str
    x: str
    y: str
    curves: tuple[Curve, ...]
    diagonal: bool = False


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


@dataclass(frozen=True)
class SuiteResult:
    """A suite's tables by title, each row label -> column -> figure, and what else it shows."""

    name: str
    about: str
    split: str
    questions: int
    tables: Mapping[str, Table]
    notes: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    misses: tuple[Miss, ...] = ()
    missed_by: str = ""  # the configuration whose misses these are
    seconds: Mapping[str, Table] = field(default_factory=dict)  # by configuration


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
        """JSON in which a figure is `[value, low, high, n]`.

        Without `texts` no plot and no miss: nothing that a question set says.
        """
        plain = asdict(self)
        for suite in plain["suites"]:
            for name in () if texts else ("plots", "misses", "missed_by"):
                del suite[name]
        written = json.dumps(_rounded(plain), ensure_ascii=False, indent=1)
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
    templates.globals |= {"curves": curves, "bars": bars, "figure": figure, "laid_out": laid_out}
    templates.globals |= {"columns_of": columns_of}
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
                console.print(_rich(title, laid_out(table)))
        for name, table in suite.seconds.items():
            if name == PRODUCT:
                console.print(_rich(f"Seconds by stage: {name}", table, 3))
        for note in suite.notes:
            console.print(note, style="dim", markup=False)


def figure(interval: Interval | None, digits: int = 2) -> str:
    """`0.71 (0.62–0.80)`, or a dash."""
    if interval is None:
        return "–"
    value, low, high = (f"{number:.{digits}f}" for number in interval[:3])
    return f"{value} ({low}–{high})"


def laid_out(table: Table) -> Table:
    """The table as it reads best: measures by their names, the longer side downwards."""
    named = {
        LABELS.get(label, label): {LABELS.get(c, c): figure for c, figure in cells.items()}
        for label, cells in table.items()
    }
    columns = columns_of(named)
    if len(columns) <= max(len(named), 4):
        return named
    return {c: {r: cells[c] for r, cells in named.items() if c in cells} for c in columns}


def columns_of(table: Table) -> Sequence[str]:
    """The columns that any row has: measures in their usual order, others as they appear."""
    order = {name: rank for rank, label in enumerate(LABELS.items()) for name in label}
    found = list(dict.fromkeys(column for row in table.values() for column in row))
    return sorted(found, key=lambda column: order.get(column, -1))


def curves(plot: Plot) -> str:
    """The curves with axes, a legend and the marked points, as the URL of an SVG image."""
    with matplotlib.rc_context(_PLOTS):
        drawn = Figure(figsize=(5, 4.5), layout="constrained")
        axes = drawn.add_subplot(xlim=(0, 1), ylim=(0, 1), xlabel=plot.x, ylabel=plot.y)
        axes.grid(color="#e4e4e4")
        if plot.diagonal:
            axes.plot((0, 1), (0, 1), "--", color="#999")
        for curve in plot.curves:
            dots = "." if plot.diagonal or len(curve.points) < 2 else ""
            (line,) = axes.plot(*zip(*curve.points, strict=True), marker=dots)
            line.set_label(curve.label)
            if curve.mark:
                axes.plot(*curve.mark, "o", color=line.get_color(), markersize=8)
        drawn.legend(loc="outside lower center")
        return _image(drawn)


def bars(table: Table) -> str:
    """For each stage its median seconds over the 95th percentile, as the URL of an SVG image."""
    with matplotlib.rc_context(_PLOTS):
        drawn = Figure(figsize=(5, 0.6 + 0.3 * len(table)), layout="constrained")
        axes = drawn.add_subplot(xlabel="seconds: median, 95th percentile")
        for column, colour in (("95th percentile", "#b9d3e6"), ("median", "#1b6ca8")):
            axes.barh(list(table), [row[column].value for row in table.values()], color=colour)
        axes.invert_yaxis()
        return _image(drawn)


def _image(drawn: Figure) -> str:
    file = StringIO()
    drawn.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue().encode()).decode()}"


def _rich(title: str, table: Table, digits: int = 2) -> RichTable:
    columns = columns_of(table)
    rich = RichTable("", *columns, title=title, title_justify="left", box=None, pad_edge=False)
    for label, cells in table.items():
        found = [cells.get(column) for column in columns]
        rich.add_row(label, *(figure(i, digits) + (f" n={i.n}" if i else "") for i in found))
    return rich


def _rounded(value: Any) -> Any:
    """Floats with four decimals; a figure means no more."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
