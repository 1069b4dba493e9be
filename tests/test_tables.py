"""The tables of attacks and of faults name a test in every row, and every test that is one."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLES = {name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("attacks", "faults")}
WHOLE = {  # files of which every test is in the table
    "attacks": [
        "browser/test_hostile.py",
        "sources/test_circles.py",
        "sources/test_fuzz.py",
        "writing/test_instructions.py",
        "server/test_middleware.py",
        "server/test_paths.py",
        "server/test_isolation.py",
    ],
    "faults": ["test_faults.py"],
}
each_table = pytest.mark.parametrize("name", TABLES)


def written(file: str) -> set[str]:
    """The tests that pytest finds in a file: its functions with such a name."""
    code = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    names = {node.name for node in code.body if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def named(table: str) -> list[tuple[str, str]]:
    return re.findall(r"`([\w/]+\.py)::(test_\w+)`", table)


@each_table
def test_every_row_names_a_test_and_no_test_is_named_twice(name):
    rows = re.findall(r"^\| (?!\w+ \| what comes of it|---)(.*) \|$", TABLES[name], re.M)
    assert len(rows) > 15
    for row in rows:
        tried, comes_of_it, test = row.split(" | ")
        assert tried and comes_of_it and re.fullmatch(r"`\S+`( `\S+`)*", test), row
    assert [test for test, times in Counter(named(TABLES[name])).items() if times > 1] == []


@each_table
def test_every_test_that_a_row_names_is_there_to_be_collected(name):
    for file, test in named(TABLES[name]):
        assert Path(file).name.startswith("test_") and test in written(file), (file, test)


@each_table
def test_no_test_is_missing_from_its_table(name):
    for file in WHOLE[name]:
        told = {test for there, test in named(TABLES[name]) if there == file}
        assert written(file) and written(file) <= told, file


@each_table
def test_the_readme_links_the_table(name):
    assert f"(docs/{name}.md)" in (ROOT / "README.md").read_text("utf-8")
