import os
import subprocess
import sys

# Reports every address that Python code tries to reach beyond loopback, then runs the command.
WATCHED = """
import sys
def watch(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        if not args[1][0].startswith("127.") and args[1][0] != "::1":
            print("REACHED", args[1], file=sys.stderr, flush=True)
    if event == "socket.getaddrinfo" and args[0] not in (None, "localhost", "127.0.0.1", "::1"):
        print("REACHED", args[0], file=sys.stderr, flush=True)
sys.addaudithook(watch)
exec(sys.argv.pop(1))
"""


def watched(code: str, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, code, *args],
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
    )
    assert done.returncode == 0, done.stderr
    return done


def reached(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if line.startswith("REACHED")]


def test_the_watch_sees_what_is_tried():
    tried = "import socket\ntry: socket.getaddrinfo('x.invalid', 1)\nexcept OSError: pass"
    assert reached(watched(tried)) == ["REACHED x.invalid"]


def test_a_first_question_is_answered_and_reaches_nothing(tmp_path):
    asked = watched(
        "from qa.cli import main; main()",
        "ask",
        "How many civilians were killed?",
        QA_CHROMA=str(tmp_path),
        HOME=str(tmp_path),
    )
    assert reached(asked) == [] and asked.stderr == ""
    assert "at least 19 civilian lives" in " ".join(asked.stdout.replace("▌", " ").split())
    # onnxruntime's telemetry is native code, which the watch cannot see; this it writes first.
    assert not list(tmp_path.rglob("*Microsoft*"))


def test_parsing_a_file_reaches_nothing():
    parsed = watched(
        "from qa.sources.sandbox import read\n"
        "from tests.sources.made import PARAGRAPHS, docx, news_page, pdf\n"
        "files = {'webpage': news_page(), 'pdf': pdf([PARAGRAPHS]), 'docx': docx()}\n"
        "for kind, data in files.items():\n"
        "    assert PARAGRAPHS[0][:40] in read(kind, data).text"
    )
    assert reached(parsed) == []
