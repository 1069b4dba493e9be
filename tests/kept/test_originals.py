import os
from dataclasses import replace

import pytest

from qa.article import Article
from qa.errors import StoreError
from qa.kept.originals import Originals

HARBOUR = Article("a", "Harbour", "It opened. It closed.", pages=(0, 11))
HILL = Article("b", "Hill", "It rose. It fell.", pages=(0, 9))


def test_an_original_is_its_owners_alone_and_stays_under_another_title(tmp_path):
    originals = Originals(tmp_path / "originals")
    assert not originals.has("ada", HARBOUR)
    originals.keep("ada", HARBOUR, b"%PDF-1")
    assert originals.of("ada", replace(HARBOUR, title="Port")) == b"%PDF-1"
    assert originals.of("bob", HARBOUR) is None
    assert originals.of(None, HARBOUR) is None
    originals.drop("bob", HARBOUR)
    assert originals.has("ada", HARBOUR)
    originals.drop("ada", HARBOUR)
    assert not originals.has("ada", HARBOUR)


def test_what_an_owner_added_is_forgotten_together(tmp_path):
    originals = Originals(tmp_path)
    for owner in ("ada", "bob"):
        originals.keep(owner, HARBOUR, b"1")
        originals.keep(owner, HILL, b"2")
    originals.forget("ada")
    assert not originals.has("ada", HARBOUR) and not originals.has("ada", HILL)
    assert originals.of("bob", HILL) == b"2"


def test_the_oldest_go_when_there_is_no_more_room(tmp_path):
    originals = Originals(tmp_path, most=10)
    originals.keep("ada", HARBOUR, b"12345678")
    for path in tmp_path.glob("*/*.pdf"):
        os.utime(path, (1, 1))
    originals.keep("bob", HILL, b"12345678")
    assert not originals.has("ada", HARBOUR)
    assert originals.has("bob", HILL)


def test_in_memory_nothing_is_kept_and_a_place_that_cannot_be_written_is_told(tmp_path):
    nowhere = Originals.beside(":memory:")
    nowhere.keep("ada", HARBOUR, b"1")
    assert not nowhere.has("ada", HARBOUR) and nowhere.of("ada", HARBOUR) is None
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="The pages of 'Harbour' cannot be kept"):
        Originals(tmp_path / "file").keep("ada", HARBOUR, b"1")
