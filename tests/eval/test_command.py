"""`python -m eval`: what it writes, its exit status, and one sentence for what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import eval.__main__ as command
from eval.baselines import CONFIGURATIONS
from eval.report import Run
from eval.run import WatchedReader
from eval.suites import questions
from sets.questions import read_own

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(monkeypatch, capsys, embedder, tmp_path):
    """Runs the command here; gives its exit status, output and errors."""
    monkeypatch.setattr(command, "Embedder", lambda name: embedder)

    def evaluate(*arguments):
        monkeypatch.setattr(sys, "argv", ["eval", "--out", str(tmp_path / "out"), *arguments])
        with pytest.raises(SystemExit) as ended:
            command.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return evaluate


def test_it_writes_a_page_and_json_and_prints_tables(run, own, tmp_path):
    corpus, questions = own
    status, printed, _ = run("--questions", str(questions), "--corpus", str(corpus))
    assert status == 0
    assert "answer hit" in printed
    written = Run.from_json((tmp_path / "out" / "report.json").read_bytes())
    assert written.command == "python -m eval article --questions FILE --corpus DIR"
    assert set(written.machine) == {"cores", "python", "system"}
    assert written.settings["bundled"]["embedder"] == "all-MiniLM-L6-v2"
    assert (tmp_path / "out" / "report.html").read_text().startswith("<!doctype html>")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report.html", "report.json"]
    assert str(tmp_path) not in (tmp_path / "out" / "report.json").read_text()


def test_several_suites_run_in_one_go(run, data):
    status, printed, _ = run("clapnq", "claims", "--data", str(data), "--limit", "2")
    assert status == 0
    assert ("clapnq" in printed, "claims" in printed) == (True, True)


def test_speed_needs_no_data_and_is_told_beside_plain_minilm(run):
    threads = torch.get_num_threads()
    status, printed, _ = run("speed", "--limit", "1")
    torch.set_num_threads(threads)  # it takes all cores, as the product does
    assert status == 0
    assert "reader's part / all-MiniLM" in printed


def test_published_figures_hold_no_text_of_a_set(run, data, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "RESULTS", tmp_path)
    status, _, _ = run("fictional-news", "--data", str(data), "--compare", "--publish")
    assert status == 0
    written = (tmp_path / "fictional-news-test-compared.json").read_text(encoding="utf-8")
    assert "gates" not in written
    assert set(Run.from_json(written).settings) == set(CONFIGURATIONS)


def test_an_interrupted_run_ends_with_130_and_keeps_what_is_finished(
    run, data, tmp_path, monkeypatch
):
    read, asked = WatchedReader.read, []

    def twice(self, question, candidates, before=()):
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(question)
        return read(self, question, candidates, before)

    monkeypatch.setattr(WatchedReader, "read", twice)
    status, _, errors = run("fictional-news", "--data", str(data))
    assert (status, len(asked)) == (130, 2)
    assert "continues from the finished questions" in errors
    (kept,) = (tmp_path / "out" / "finished").iterdir()
    assert len(kept.read_text().splitlines()) == 2
    monkeypatch.setattr(WatchedReader, "read", read)
    assert run("fictional-news", "--data", str(data))[0] == 0
    assert not kept.exists()


def test_a_missed_floor_ends_with_1_and_names_it(run, monkeypatch, tmp_path):
    lines = (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines(True)
    (tmp_path / "few.jsonl").write_text("".join(lines[:8]), encoding="utf-8")
    monkeypatch.setattr(questions, "OWN_QUESTIONS", tmp_path / "few.jsonl")
    status, printed, errors = run("--floors")
    # The committed floors, of which so few questions that all have answers define not all.
    assert (status, "By split" in printed) == (1, False)
    assert "which is not measured" in errors
    (tmp_path / "floors.json").write_text(json.dumps({"citation_f1": 1.01}))
    check = command.below_floor
    monkeypatch.setattr(command, "below_floor", lambda s: check(s, tmp_path / "floors.json"))
    status, _, errors = run("--floors")
    assert (status, errors.splitlines()[-1][:18]) == (1, "The citation F1 is")
    assert errors.endswith("below its floor of 1.010.\n")
    (tmp_path / "floors.json").write_text(json.dumps({"citation_f1": 0.0}))
    assert run("--floors")[0] == 0


def test_what_is_wrong_is_one_sentence_on_standard_error(run, data):
    for arguments, status, says in [
        (["best"], 2, "There is no suite 'best'; there are article, squad2, "),
        (["squad2"], 2, "The suite squad2 reads a public set; name its folder with --data."),
        (["retrieval", "--data", "."], 2, "The folder . of --data has no folder fictional-news."),
        (["--floors", "--limit", "5"], 2, "--floors takes the article's whole dev split"),
        (["--floors", "claims"], 2, "--floors takes the article's whole dev split"),
        (["--floors", "--split", "test"], 2, "--floors takes the article's whole dev split"),
        (["squad2", "--data", "DATA", "--split", "dev"], 2, "has no question of the split 'dev'"),
        (["clapnq", "--questions", "x", "--data", "DATA"], 2, "name no suite of other questions"),
        (["written"], 2, "The suite written needs --model, or --data"),
        (["--model", "openai:m"], 2, "Only the suite written asks a language model"),
        (["--corpus", "corpus"], 2, "--corpus needs your questions"),
        (["--questions", "none.jsonl"], 1, "The file none.jsonl does not exist."),
        (["--limit", "0"], 2, "'--limit': "),
        (["--fast"], 2, "No such option"),
    ]:
        ended, printed, errors = run(*[a.replace("DATA", str(data)) for a in arguments])
        assert (ended, printed) == (status, ""), arguments
        assert says in errors, arguments
        assert "Traceback" not in errors


def test_a_half_written_file_ends_the_real_command_without_a_trace(data):
    path = data / "clapnq" / "questions.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    ended = subprocess.run(
        [sys.executable, "-m", "eval", "clapnq", "--data", str(data)],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.rstrip().endswith("fetch it again.")
    assert ended.stderr.count("\n") == 1


def test_gold_that_is_not_in_the_article_stops_the_run_before_it_starts(run, own, tmp_path):
    corpus, questions = own
    questions.write_text(json.dumps({"id": "q7", "question": "Who?", "gold": ["Nobody."]}) + "\n")
    status, _, errors = run("--questions", str(questions), "--corpus", str(corpus))
    assert (status, "question 'q7' has gold that is not in its article" in errors) == (1, True)
    assert not (tmp_path / "out" / "finished").exists()


def test_our_own_questions_are_read_as_anyones():
    found = read_own(ROOT / "eval" / "questions.jsonl", ROOT / "corpus")
    assert all(q.gold for q in found.questions if q.answerable)
