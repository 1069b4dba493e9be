"""Every command and snippet of the README is run, or listed here with why it cannot be."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.M | re.S)
PYTHON = [code for language, code in BLOCKS if language == "python"]
SHELL = [code for language, code in BLOCKS if language == "sh"]
SERVED = "http://127.0.0.1:7860"
ADDED = "3234fb6c45a4e7a1"  # the article that the README adds, and then names
RUN_ELSEWHERE = {  # how a line begins -> who runs it, or why nobody can here
    "make run": "the tests of the page serve it",
    "make test": "this is it",
    "make eval": "tests/eval runs the same command",
    ".venv/bin/python -m eval": "tests/eval runs it, over fewer questions",
    ".venv/bin/qa serve": "the fixture `served` does, on another port",
    ".venv/bin/qa chat": "tests/test_cli.py types into it",
    ".venv/bin/pip install": "it needs a package registry",
    "QA_MODEL=": "it needs a provider's key, or a model server; tests/test_writer.py scripts one",
    "QA_MODEL_URL=": "it needs a model server; tests/eval/test_written.py scripts one",
    "hf ": "it publishes",
}
REACHES_OUT = ("https://", ".pdf")  # words of commands that fetch, or need a file of the user's own


def commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for code in SHELL for line in code.splitlines()]
    return [line for line in lines if line and not line.startswith(("API=", "ID=", "curl"))]


def here(line: str) -> bool:
    return not (line.startswith(tuple(RUN_ELSEWHERE)) or any(word in line for word in REACHES_OUT))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a command of this environment in a folder with the files that the README names."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("report.txt", "notes.md"):
        (folder / name).write_text(f"The harbour, as {name} has it\n\nIt was closed on Friday.")
    environment = {**os.environ, "QA_CHROMA": str(folder / "chroma"), "PYTHONPATH": str(ROOT)}

    def run(*command):
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
        )

    return run


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: code.split("\n")[0])
def test_a_python_snippet_runs_and_prints(code, run, served):
    done = run(sys.executable, "-c", code.replace(SERVED, served))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    for line in code.splitlines():
        printed = re.search(r"print\(.*\)  # (\S+)$", line)
        assert not printed or printed[1] in done.stdout.splitlines()


@pytest.mark.parametrize("line", [line for line in commands() if here(line)])
def test_a_command_runs(line, run):
    if ADDED in line:  # whichever id it has
        added = run(sys.executable, "-m", "qa.cli", "add", "report.txt").stdout.split()[0]
        line = line.replace(ADDED, added)
    qa = f"{sys.executable} -m qa.cli"
    done = run("bash", "-c", line.replace(".venv/bin/qa", qa))
    assert done.returncode == 0, done.stderr


def test_curl_reads_an_answer_as_it_comes(run, served):
    (code,) = [code for code in SHELL if "curl" in code]
    done = run("bash", "-ec", code.replace(SERVED, served))
    *_, (event, data) = [block.split("\n") for block in done.stdout.strip().split("\n\n")]
    assert event == "event: complete"
    assert json.loads(data.removeprefix("data: "))[0]["exact"] == "19"


def test_every_command_is_run_or_listed():
    listed = [line for line in commands() if not here(line)]
    for start in RUN_ELSEWHERE:
        assert any(line.startswith(start) for line in listed), f"{start} is in no command"


def test_the_lines_for_a_desktop_client_are_json_and_name_the_server():
    (code,) = [code for language, code in BLOCKS if language == "json" and "mcpServers" in code]
    for line in code.splitlines():
        (server,) = json.loads(line)["mcpServers"].values()
        assert f"{SERVED}/gradio_api/mcp/" in (server.get("url"), *server.get("args", []))


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
