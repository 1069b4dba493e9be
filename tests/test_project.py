import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import qa

ROOT = Path(__file__).parents[1]
PACKAGES = ("qa", "sets", "eval", "training")  # each knows only those before it
CODE = [p for d in (*PACKAGES, "tests") for p in (ROOT / d).rglob("*.py")]
ROOMS = (  # a room knows only rooms above it
    "errors settings text article parsing statement markdown answer question collection sources"
    " store kept export search reading checking writing compose loaded assistant server page serve"
    " cli"
).split()


def requirements() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {r.name.lower(): r for r in map(Requirement, project["dependencies"])}


def exact() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {name.lower(): version for name, version in pins}


def test_what_a_space_installs_is_exact_and_in_the_ranges():
    pinned = exact()
    for name, requirement in requirements().items():
        assert requirement.specifier.contains(pinned[name]), requirement


def test_every_dependency_names_the_versions_it_takes():
    for requirement in requirements().values():
        assert str(requirement.specifier), requirement


def test_at_most_ten_names_are_exported_and_each_is_there():
    assert len(qa.__all__) <= 10
    for name in qa.__all__:
        assert getattr(qa, name).__name__ == name


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_over_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


def test_the_docs_list_the_rooms_in_their_order():
    told = (ROOT / "docs" / "development.md").read_text("utf-8").split("\n## ")
    (rooms,) = (part for part in told if part.startswith("Rooms\n"))
    rows = re.findall(r"^\| (`[^|]*`) \|", rooms, re.M)
    assert [name.rstrip("/") for row in rows for name in re.findall(r"`(.*?)`", row)] == ROOMS


def test_a_room_knows_only_rooms_above_it():
    files = [p for p in (ROOT / "qa").rglob("*.py") if p != ROOT / "qa" / "__init__.py"]
    rooms = {path: path.relative_to(ROOT / "qa").with_suffix("").parts[0] for path in files}
    assert set(rooms.values()) == set(ROOMS)
    for path, room in rooms.items():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and re.match(r"qa\.", node.module or ""):
                known = node.module.split(".")[1]
                assert known == room or ROOMS.index(known) < ROOMS.index(room), f"{path}: {known}"


def test_a_package_knows_only_those_before_it_and_training_no_command_of_the_evaluation():
    for at, package in enumerate(PACKAGES):
        text = "\n".join(p.read_text() for p in (ROOT / package).rglob("*.py"))
        known = set(re.findall(r"^ *(?:from|import) (\w+)[\w.]* ", text, re.M)) & set(PACKAGES)
        assert known <= set(PACKAGES[: at + 1]), package
    used = set(re.findall(r"^ *from eval\.([\w.]+) import", text, re.M))
    assert used == {"baselines", "metrics"}
