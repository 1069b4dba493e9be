"""The gates: measures with floors, and marks that are known to be false."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.baselines import PRODUCT
from eval.report import LABELS, SuiteResult
from sets.questions import DataError

FLOORS = Path(__file__).parent / "floors.json"  # of the article's `dev` questions
KNOWN = Path(__file__).parent / "false_marks.json"  # ids of blunt questions


def below_floor(suite: SuiteResult, path: Path = FLOORS) -> list[str]:
    """A sentence for each measure of the product below its floor.

    Raises `DataError` for a file that holds no floors and for a floor of an unknown measure.
    """
    floors = _read(path, dict[str, float], "floors, as {measure: number}")
    measured = suite.tables["Measures"][PRODUCT]
    for name in floors.keys() - measured.keys():
        raise DataError(f"The file {path} has a floor for {name!r}, which is not measured.")
    return [
        f"The {LABELS[name]} is {measured[name].value:.3f}, below its floor of {floor:.3f}."
        for name, floor in floors.items()
        if measured[name].value < floor
    ]


def new_false_marks(suite: SuiteResult, path: Path = KNOWN) -> list[str]:
    """A sentence for each false mark that is not known. Raises `DataError`."""
    known = _read(path, list[str], "a list of questions' ids")
    return [
        f"{miss.id} {miss.why}, asked “{miss.question}”."
        for miss in suite.misses
        if miss.id not in known
    ]


def _read(path: Path, kind: Any, what: str) -> Any:
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise DataError(f"The file {path} does not hold {what}.") from None
