import io
import json
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from qa.cli import app, main
from qa.kept.conversations import Conversations
from qa.kept.database import Database
from qa.server.identity import HERE
from qa.sources.files import read_file
from tests.page.test_conversation_list import exchange
from tests.sources.made import news_page, pdf


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def qa(tmp_path, monkeypatch, capsys, embedder):
    """Runs the command in a folder with an index of its own; the embedder is loaded already."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_CHROMA", str(tmp_path / "chroma"))
    monkeypatch.setattr("qa.loaded.Embedder", lambda name: embedder)

    def run(*args, stdin="", **variables):
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["qa", *args])
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        return Done(ended.value.code, printed.out, printed.err)

    return run


def test_ask_prints_the_answer_and_its_source(qa):
    done = qa("ask", "How many civilians were killed?")
    assert done.returncode == 0
    assert "at least 19 civilian lives" in " ".join(done.stdout.replace("▌", " ").split())
    assert "[1] Syria Rebels" in done.stdout
    assert done.stderr == ""


def test_json_is_the_answer_that_python_gives_and_a_refusal_is_status_0(qa, assistant):
    question = "What is the tallest mountain on Earth?"
    done = qa("ask", question, "--json", "--article", "syria-offensive")
    assert done.returncode == 0
    printed = json.loads(done.stdout)
    expected = json.loads(assistant.ask(question).to_json())
    del printed["timings"], expected["timings"]
    assert printed == expected
    assert printed["kind"] == "refusal"


def test_chat_answers_one_after_another(qa):
    said = ["Thanks!", "x" * 2001, "How many families were displaced?", "How tall is Everest?", ""]
    done = qa("chat", stdin="\n".join([*said, ""]))
    assert done.returncode == 0
    assert "You are welcome." in done.stdout
    assert "The question has 2,001 characters" in done.stdout + done.stderr
    assert "nearly 7,000" in done.stdout
    assert "I did not find that in" in done.stdout
    assert "Closest in the article:" in done.stdout


def test_articles_are_added_listed_and_removed(qa, tmp_path):
    (tmp_path / "harbour.txt").write_text("The *harbour*\n\nIt opened on Monday.")
    added = qa("add", "none.txt", "harbour.txt")
    assert added.returncode == 1
    assert added.stderr.startswith("The file none.txt cannot be read")
    id, title = added.stdout.split(maxsplit=1)
    assert title.strip() == "The *harbour*"
    listed = json.loads(qa("list", "--json").stdout)
    assert {a["id"] for a in listed} == {"syria-offensive", id}
    assert qa("remove", id).returncode == 0
    assert qa("remove", id).stderr.startswith(f"There is no article '{id}'")


def test_of_50_files_the_good_ones_are_added_and_each_bad_one_is_named(qa, tmp_path):
    for n in range(50):
        text = f"Ship {n} came into the harbour on day {n}." if n % 5 else "Nothing"
        (tmp_path / f"{n}.txt").write_text(text)
    (tmp_path / "scan.pdf").write_bytes(pdf([[]]))
    (tmp_path / "page.html").write_bytes(news_page())
    names = [f"{n}.txt" for n in range(50)]
    added = qa("add", "scan.pdf", *names, "http://127.0.0.1:9/", "page.html", QA_CORPUS="")
    assert added.returncode == 1
    assert len(added.stdout.splitlines()) == 41
    assert added.stdout.splitlines()[-1].endswith("  Harbour opens")
    problems = added.stderr.splitlines()
    assert len(problems) == 12
    assert problems[0].startswith("The file scan.pdf has no text, so it may be a scan;")
    assert problems[1].startswith("The file 0.txt has no more than a word ('Nothing');")
    assert problems[-1].startswith("The host 127.0.0.1 is at 127.0.0.1, which is not on the public")
    again = qa("add", "page.html", QA_CORPUS="")
    assert again.stdout.splitlines() == added.stdout.splitlines()[-1:]
    assert len(json.loads(qa("list", "--json", QA_CORPUS="").stdout)) == 41


@pytest.mark.parametrize(
    ("args", "variables", "status", "sentence"),
    [
        (["ask", " "], {}, 2, "The question is empty; type one."),
        (["ask", "x" * 2001], {}, 2, "The question has 2,001 characters; shorten it to at most"),
        (["ask", "Who?", "--article", "syria"], {}, 1, "did you mean syria-offensive?"),
        (["remove", "syria-offensive"], {}, 2, "delete the file instead."),
        (["list"], {"QA_TOP_K": "0"}, 2, "QA_TOP_K is '0', but must be a whole number"),
        (["list"], {"QA_CORPUS": "/none"}, 1, "The corpus folder /none does not exist"),
        (["list"], {"QA_CHROMA": "/proc/x"}, 1, "The index folder /proc/x is not writable"),
        (["ask"], {}, 2, "Missing argument"),
        (["nonsense"], {}, 2, "No such command"),
    ],
)
def test_bad_input_is_one_sentence(qa, args, variables, status, sentence):
    done = qa(*args, **variables)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_conversations_of_this_machine_are_exported(qa, tmp_path):
    kept = Conversations(Database.beside(str(tmp_path / "chroma")))
    nothing = qa("export", "talk.docx")
    assert (nothing.returncode, nothing.stderr.count("\n")) == (2, 1)
    assert "There is no conversation yet" in nothing.stderr
    kept.save(HERE, "", (exchange("When did it open?"),))
    assert qa("export", "talk.docx").returncode == 0
    assert "It opened." in read_file(tmp_path / "talk.docx").text
    assert qa("export", "talk.bib").returncode == 0
    assert (tmp_path / "talk.bib").read_text().startswith("@article{post2026lido,")
    for name, sentence in (
        ("talk.pdf", "No file is made that ends in '.pdf'; take one of .md, .html, .docx"),
        ("no/talk.md", "The file no/talk.md cannot be written (No such file or directory)"),
    ):
        failed = qa("export", name)
        assert failed.returncode == 2 and sentence in failed.stderr


def test_every_command_has_help_with_an_example():
    names = [c.name or c.callback.__name__ for c in app.registered_commands]
    assert names == ["ask", "chat", "add", "list", "remove", "export", "serve"]
    for name in names:
        done = CliRunner().invoke(app, [name, "--help"])
        assert done.exit_code == 0 and f"Example: qa {name}" in done.stdout
