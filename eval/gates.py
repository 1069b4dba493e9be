"""The gates of `make eval`: the article's `dev` measures must not fall below their floors."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.baselines import PRODUCT
from eval.data import DataError
from eval.report import LABELS, SuiteResult

FLOORS = Path(__file__).parent / "floors.json"


def below_floor(suite: SuiteResult, path: Path = FLOORS) -> list[str]:
    """A sentence for each measure of the product below its floor.

    Raises `DataError` for a file that holds no floors and for a floor of an unknown measure.
    """
    try:
        floors = TypeAdapter(dict[str, float]).validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise DataError(f"The file {path} does not hold floors, as {{measure: number}}.") from None
    measured = suite.tables["Measures"][PRODUCT]
    for name in floors.keys() - measured.keys():
        raise DataError(f"The file {path} has a floor for {name!r}, which is not measured.")
    return [
        f"The {LABELS[name]} is {measured[name].value:.3f}, below its floor of {floor:.3f}."
        for name, floor in floors.items()
        if measured[name].value < floor
    ]
