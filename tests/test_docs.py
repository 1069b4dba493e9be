"""Every command and snippet of the README and docs/ is run, or listed here with the reason."""

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from docs.record_answers import PAGE, given
from qa import Assistant, Settings
from qa.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [README, *(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", "\n".join(PAGES), re.M | re.S)
PYTHON = [code for language, code in BLOCKS if language == "python"]
SHELL = [code for language, code in BLOCKS if language == "sh"]
SERVED = "http://127.0.0.1:7860"
ADDED = "3234fb6c45a4e7a1"  # the article that docs/sources.md adds, and then names
RUN_ELSEWHERE = {  # how a line begins -> who runs it, or why nobody can here
    "make run": "the tests of the page serve it",
    "make test": "this is it",
    "make eval": "tests/eval runs the same command",
    ".venv/bin/python -m eval": "tests/eval runs it, over fewer questions",
    ".venv/bin/qa serve": "the fixture `served` does, on another port",
    ".venv/bin/qa chat": "tests/test_cli.py types into it",
    ".venv/bin/pip install": "it needs a package registry",
    ".venv/bin/chroma run": "tests/store/test_store.py starts one",
    "QA_CHROMA=": "tests/store/test_store.py has an assistant on a server",
    "QA_MODEL=": "it needs a provider's key; tests/writing/test_writer.py scripts one",
    "QA_MODEL_URL=": "it needs a model server; tests/eval/test_written.py scripts one",
    "hf ": "it publishes",
    "docker ": "it needs an engine; tests/test_container.py reads the files that it would",
}
REACHES_OUT = ("https://", ".pdf")  # words of commands that fetch, or need a file of the user's own


def commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for code in SHELL for line in code.splitlines()]
    kept = [line for line in lines if line and not line.startswith(("API=", "ID=", "curl"))]
    return list(dict.fromkeys(kept))


def here(line: str) -> bool:
    return not (line.startswith(tuple(RUN_ELSEWHERE)) or any(word in line for word in REACHES_OUT))


@pytest.fixture
def folder(tmp_path, monkeypatch, embedder):
    """A folder with the files that the pages name, and an index; the embedder is loaded."""
    for name in ("report.txt", "notes.md"):
        (tmp_path / name).write_text(f"The harbour, as {name} has it\n\nIt was closed on Friday.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_CHROMA", str(tmp_path / "chroma"))
    monkeypatch.setattr("qa.loaded.Embedder", lambda name: embedder)
    return tmp_path


def test_every_python_snippet_runs_and_prints(folder, served, capsys):
    assert len(PYTHON) >= 4
    for code in PYTHON:
        exec(code.replace(SERVED, served), {})
        printed = capsys.readouterr().out
        assert printed.strip(), code
        for told in re.findall(r"^print\(.*\)  # (.+)$", code, re.M):
            assert told in printed.splitlines(), code


def test_every_command_runs(folder):
    lines = [line for line in commands() if here(line)]
    assert len(lines) >= 5
    for line in lines:
        command, *args = shlex.split(line)
        assert command == ".venv/bin/qa", line
        if ADDED in args:  # whichever id it has
            added = CliRunner().invoke(app, ["add", "report.txt"]).output.split()[0]
            args[args.index(ADDED)] = added
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 0 and not done.exception, (line, done.output)


def test_the_answers_that_a_page_shows_are_given(embedder):
    settings = Settings(chroma=":memory:", corpus=None, second_stage=True)
    assistant = Assistant(settings, embedder=embedder)
    shown = list(given(assistant, PAGE.read_text("utf-8")))
    assert len(shown) > 15
    for question, there, now in shown:
        assert there == now, question


def test_curl_reads_an_answer_as_it_comes(served):
    (code,) = [code for code in SHELL if "curl" in code]
    command = ["bash", "-ec", code.replace(SERVED, served)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    *_, (event, data) = [block.split("\n") for block in done.stdout.strip().split("\n\n")]
    assert event == "event: complete"
    answer = json.loads(data.removeprefix("data: "))[0]
    assert "19 civilian lives" in answer["citations"][0]["quote"]


def test_every_command_is_run_or_listed():
    listed = [line for line in commands() if not here(line)]
    for start in RUN_ELSEWHERE:
        assert any(line.startswith(start) for line in listed), f"{start} is in no command"


def test_the_lines_for_a_desktop_client_are_json_and_name_the_server():
    (code,) = [code for language, code in BLOCKS if language == "json" and "mcpServers" in code]
    for line in code.splitlines():
        (server,) = json.loads(line)["mcpServers"].values()
        assert f"{SERVED}/gradio_api/mcp/" in (server.get("url"), *server.get("args", []))


def test_every_link_between_pages_leads_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text("utf-8")):
            name, _, heading = target.partition("#")
            there = (page.parent / name).resolve() if name else page
            assert there.exists(), (page.name, target)
            if heading:
                titles = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M)
                anchors = [re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles]
                assert heading in anchors, (page.name, target)


def test_every_file_that_a_page_names_exists():
    rooms = "qa|sets|eval|training|tests|docs|corpus"
    named = re.findall(rf"`((?:{rooms})/[\w/.-]+)`", "\n".join(PAGES))
    assert len(named) >= 20
    for path in named:
        assert (ROOT / path).exists(), path


def test_the_readme_is_short():
    assert len(README.split()) <= 1400


def test_the_front_matter_is_what_a_space_reads_and_says_what_is_installed():
    front = yaml.safe_load(README.split("---\n")[1])
    assert front["sdk"] == "gradio" and front["app_file"] == "app.py"
    assert f"gradio=={front['sdk_version']}\n" in (ROOT / "requirements.txt").read_text()
    assert (ROOT / front["app_file"]).is_file()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={front['python_version']}"
    assert project["license"].lower() == front["license"]
    assert len(front["short_description"]) <= 60 and isinstance(front["models"], list)
    colours = "red yellow green blue indigo purple pink gray".split()
    assert {front["colorFrom"], front["colorTo"]} <= set(colours)
