import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "attacks.md").read_text("utf-8")
ROWS = [row for row in TABLE.splitlines() if re.match(r"\| (?!attack \||---)", row)]
NAMED = re.findall(r"`([\w/]+\.py)::(test_\w+)`", TABLE)
ATTACKS = [  # files of which every test is one
    "browser/test_hostile.py",
    "sources/test_circles.py",
    "sources/test_fuzz.py",
    "test_instructions.py",
    "ui/test_bodies.py",
    "ui/test_paths.py",
    "ui/test_sessions.py",
]


def written(file: str) -> set[str]:
    """The tests that pytest finds in a file: its functions with such a name."""
    code = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    names = {node.name for node in code.body if isinstance(node, ast.FunctionDef)}
    return {name for name in names if name.startswith("test_")}


def test_every_row_names_a_test_and_no_test_is_named_twice():
    assert len(ROWS) > 50
    for row in ROWS:
        attack, comes_of_it, test = row.strip("| ").split(" | ")
        assert attack and comes_of_it and re.fullmatch(r"`\S+`( `\S+`)*", test), row
    assert [test for test, times in Counter(NAMED).items() if times > 1] == []


def test_every_test_that_a_row_names_is_there_to_be_collected():
    for file, name in NAMED:
        assert Path(file).name.startswith("test_") and name in written(file), (file, name)


def test_no_test_of_an_attack_is_missing_from_the_table():
    for file in ATTACKS:
        assert written(file) and {(file, name) for name in written(file)} <= set(NAMED), file


def test_the_readme_links_the_table():
    assert "(docs/attacks.md)" in (ROOT / "README.md").read_text("utf-8")
