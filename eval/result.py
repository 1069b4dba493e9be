"""What a suite finds, as plain values: figures in tables, curves, misses; to JSON and back."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter

from eval.scores import LABELS, Table

_NUMBERS = re.compile(
    r"\[\n([-\d.,\s]+)\]"
)  # a list of numbers, which json.dumps spreads over lines
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
    settings: Mapping[str, Mapping[str, Any]]  # configuration -> what it was asked with
    suites: tuple[SuiteResult, ...]

    def to_json(self, *, texts: bool = True) -> str:
        """JSON in which a figure is `[value, low, high, n]`.

        Without `texts` no plot and no miss: nothing of what a question set says.
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


def _rounded(value: Any) -> Any:
    """Floats with four decimals, all that a figure is good for."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
