"""Asking: outcomes, what is kept of them, and going on after an interruption."""

import pytest

import qa
from eval.baselines import Configuration
from eval.checkpoint import Checkpoint, clear, fingerprint
from eval.run import ask
from qa.reading.reader import BundledReader
from qa.settings import Settings
from sets.questions import read_public


class Interrupted(BundledReader):
    """Reads so many questions, then is interrupted; counts what it read."""

    left = 0
    read_so_far = 0

    def read(self, question, candidates, before=()):
        if Interrupted.left == 0:
            raise KeyboardInterrupt
        Interrupted.left -= 1
        Interrupted.read_so_far += 1
        return super().read(question, candidates, before)


@pytest.fixture
def run(data, embedder, tmp_path):
    """Asks the tiny set, at most `left` questions; gives the outcomes and how many it read."""

    def asked(left=99, split="test", threshold=None):
        Interrupted.left, Interrupted.read_so_far = left, 0
        configuration = Configuration("counted", lambda _: Interrupted(), threshold)
        questions = read_public(data / "fictional-news", split)
        outcomes = ask(questions, [configuration], embedder, tmp_path / "finished", "tiny")
        return outcomes["counted"], Interrupted.read_so_far

    return asked


def test_outcomes_come_in_the_order_of_the_questions_and_their_forms(run):
    outcomes, _ = run()
    assert [(o.question, o.form) for o in outcomes] == [
        ("gates", "as asked"),
        ("prize", "as asked"),
        ("both", "as asked"),
        ("why", "as asked"),
        ("why", "history removed"),
        ("why", "stand-alone"),
        ("trap", "as asked"),
    ]


def test_an_interrupted_run_continues_where_it_stopped(run, tmp_path):
    whole, read = run()
    assert read == 6
    clear(tmp_path / "finished")
    with pytest.raises(KeyboardInterrupt):
        run(left=3)
    outcomes, read = run()
    assert read == 3
    assert [o.answer for o in outcomes] == [o.answer for o in whole]


def test_a_finished_run_is_asked_again_only_after_it_is_cleared(run, tmp_path):
    run()
    assert run()[1] == 0
    clear(tmp_path / "finished")
    assert not (tmp_path / "finished").exists()
    assert run()[1] == 6


def test_other_settings_are_asked_anew(run):
    run()
    assert run(threshold=0.99)[1] == 6


def test_an_edited_question_is_asked_anew(run, data):
    from tests.eval.tiny import BOTH, GATES, PRIZE, TRAP, WHY, write_set

    run()
    edited = PRIZE | {"question": "What did the bakery in Lund win on Friday?"}
    write_set(data / "fictional-news", [GATES, edited, BOTH, WHY, TRAP])
    assert run()[1] == 1


def test_a_torn_last_line_is_dropped(tmp_path):
    kept = Checkpoint(tmp_path, "tiny", "0")
    kept.add("a", {"x": 1})
    with kept.path.open("a") as file:
        file.write('["b", {"x"')
    again = Checkpoint(tmp_path, "tiny", "0")
    assert ("a" in again, "b" in again, len(again)) == (True, False, 1)
    again.add("b", 2)
    assert Checkpoint(tmp_path, "tiny", "0")["b"] == 2


def test_a_fingerprint_moves_with_the_settings():
    one, other = (Settings(corpus=None, threshold=t) for t in (0.2, 0.3))
    assert fingerprint(one) == fingerprint(one) != fingerprint(other)
    assert fingerprint(one, "BundledReader") != fingerprint(one)


def test_a_fingerprint_moves_with_the_code_of_every_room(tmp_path, monkeypatch):
    (tmp_path / "reading").mkdir()
    monkeypatch.setattr(qa, "__file__", str(tmp_path / "__init__.py"))
    settings, found = Settings(), []
    for code in ("", "MAX = 1", "MAX = 2"):
        (tmp_path / "reading" / "reader.py").write_text(code)
        found.append(fingerprint(settings))
    assert len(set(found)) == 3
