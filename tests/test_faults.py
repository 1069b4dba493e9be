"""What goes wrong on a machine, in real processes; docs/faults.md tells what comes of it."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from qa.errors import StoreError
from qa.search.index import Index
from tests import adding

ROOT = Path(__file__).parents[1]
KILLED = 40  # processes
MOST_KILLED = 3 * KILLED  # until a tenth of KILLED were killed while they wrote


def test_a_process_killed_at_any_moment_loses_no_article_and_leaves_no_half_one(tmp_path):
    chance = random.Random(7)
    index = adding.open_index(tmp_path)
    expected: dict[str, str] = {}  # the titles by id
    cut_short = 0
    pace = 0.0  # seconds that adding an article takes here
    for turn in range(MOST_KILLED):
        ours, theirs = adding.context().Pipe(duplex=False)
        process = adding.process(adding.add_for_ever, str(tmp_path), turn, theirs)
        theirs.close()
        assert ours.recv() == "open"
        if turn == 0:
            began = time.monotonic()
            expected |= [ours.recv()]
            pace = time.monotonic() - began
        time.sleep(chance.uniform(0, pace))
        process.kill()
        process.join()
        with suppress(EOFError):
            while True:
                expected |= [ours.recv()]
        whole(index, expected, turn)
        cut_short += bool(notes(index))
        index.add(adding.article("ours", f"ours-{turn}"))
        expected["ours"] = f"ours-{turn}"
        expected = whole(index, expected, turn)
        assert notes(index) == [], "a write sweeps what those before it have left"
        if turn >= KILLED and cut_short > KILLED / 10:
            break
    assert cut_short > KILLED / 10, "hardly one was killed while it wrote"
    fresh = adding.open_index(tmp_path).visible()
    assert {a.id: a.title for a in fresh} == expected
    passages = index._store.passages.get()["ids"]
    assert len(passages) == sum(len(a.passages) for a in fresh)


def whole(index: Index, expected: dict[str, str], turn: int) -> dict[str, str]:
    """The titles by id: those expected, or what was just put in place and not told of any more."""
    seen = {}
    for found in index.visible():
        assert found == adding.article(found.id, found.title)
        seen[found.id] = found.title
    assert expected.keys() <= seen.keys()
    for id, title in seen.items():
        assert title == expected.get(id) or title.startswith(f"{turn}-")
    return seen


def notes(index: Index) -> list[str]:
    """The writes that have begun and not ended."""
    return list(index._store.notes.get()["ids"])


def test_a_full_disk_is_told_loses_nothing_and_is_over_when_there_is_room(tmp_path):
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    alone = ["unshare", "--mount", *user]
    mount = f"mount -t tmpfs -o size=3m tmpfs {tmp_path}"
    if not shutil.which("unshare") or subprocess.run([*alone, "sh", "-c", mount]).returncode:
        pytest.skip("No small disk can be made here.")
    command = f"{mount} && exec {sys.executable} -m tests.adding {tmp_path}"
    done = subprocess.run(
        [*alone, "sh", "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["added"] and told["seen"] == sorted(told["added"])
    assert str(tmp_path) in told["said"] and "is full" in told["said"]
    assert told["again"] == sorted([*told["added"], "last"])


def test_a_folder_deleted_under_a_running_process_is_made_anew_with_the_corpus(tmp_path):
    index = Index(str(tmp_path / "index"), adding.WordLengths(), adding.NAME, corpus="corpus")
    shipped, added = adding.article("shipped", "shipped"), adding.article("added", "added")
    index.sync([shipped])
    index.add(added)
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").write_text("in its place")
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot use the index folder"):
            index.visible()
    (tmp_path / "index").unlink()
    assert index.visible() == [shipped]
    assert index.nearest("harbour", [shipped], None, 3)
    assert index.add(added) and index.visible() == [added, shipped]
    other = Index(str(tmp_path / "index"), adding.WordLengths(), adding.NAME, corpus="corpus")
    assert other.visible() == [added, shipped]
