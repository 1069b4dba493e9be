"""Run this repository as a Hugging Face Space does, and ask it a question: `make space-check`.

With only requirements.txt in a clean environment, only tracked files, read-only, a user other than
root, a HOME that cannot be written, and no network. Then the wheel is installed and asked, too.
What this machine does not allow is reported and skipped. Uses only the standard library.
"""

import fcntl
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

from tests.servers import ROOT, free_port, serve

NOBODY = "65534"
TIMEOUT = 300  # seconds
IN_THE_ENVIRONMENT = "import sys; sys.exit(sys.prefix == sys.base_prefix)"
QUESTION, EXACT = "How many families were displaced?", "nearly 7,000"


def main() -> None:
    if sys.argv[1:]:  # in its own network namespace
        check(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="space-") as name:
        space = Path(name)
        space.chmod(0o755)
        install(space)
        command = [sys.executable, "-m", "tests.space_check", str(space)]
        alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "-r"]
        if shutil.which("unshare") and not subprocess.run([*alone, "true"]).returncode:
            command = [*alone, *command]
        else:
            say("The network cannot be switched off here; the check continues with it.")
        sys.exit(subprocess.run(command, cwd=ROOT).returncode)


def install(space: Path) -> None:
    """The environment, the code and the wheel of a Space."""
    say("Installing requirements.txt into a clean environment: some minutes.")
    version = re.search(r"^sdk_version: (\S+)$", (ROOT / "README.md").read_text(), re.M)
    subprocess.run([sys.executable, "-m", "venv", space / "venv"], check=True)
    pip = [space / "venv/bin/python", "-m", "pip", "--disable-pip-version-check"]
    sdk = f"gradio[mcp,oauth]=={version[1]}"  # a Space installs it beside the requirements
    subprocess.run([*pip, "install", "-r", ROOT / "requirements.txt", sdk], check=True)
    say("Building the wheel, and copying the tracked files.")
    subprocess.run([*pip, "-q", "wheel", "--no-deps", "-w", space / "wheel", ROOT], check=True)
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in tracked.stdout.strip("\0").split("\0"):
        copy = space / "app" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
    (space / "home").mkdir()
    (space / "tmp").mkdir()
    for path in (*(space / "app").rglob("*"), space / "app", space / "home"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (space / "tmp").chmod(0o777)


def check(space: Path) -> None:
    """Start the Space and ask a question; then install the wheel and ask it, too."""
    loopback()
    port = free_port()
    environment = {
        "PATH": f"{space}/venv/bin:/usr/bin:/bin",
        "HOME": str(space / "home"),
        "TMPDIR": str(space / "tmp"),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "SYSTEM": "spaces",
        "SPACE_ID": "you/ask-the-article",
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "GRADIO_SERVER_PORT": str(port),
    }
    other = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    user = other if os.geteuid() == 0 and shutil.which("setpriv") else []
    python = str(space / "venv/bin/python")  # which another user may not be able to reach
    runs = [*user, python, "-c", IN_THE_ENVIRONMENT]
    if not user or subprocess.run(runs, stderr=subprocess.DEVNULL).returncode:
        user = []
        say("Another user cannot run this Python here; the check continues as this one.")
    log, url = space / "log", f"http://127.0.0.1:{port}"
    say("Starting the Space.")
    started = time.monotonic()
    command = [*user, python, "app.py"]
    with serve(command, url, log, TIMEOUT, cwd=space / "app", env=environment) as process:
        served = time.monotonic() - started
        answer = ask(f"{url}/gradio_api/call")
        answered = time.monotonic() - started
        memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
    logged = log.read_text()
    assert answer["exact"] == EXACT, answer
    # Gradio's hot reload looks for the package `spaces` there, and works without it.
    assert logged.count("Traceback") == logged.count("`spaces` package is required"), logged
    say(
        f"The page is served after {served:.0f} seconds, "
        f"the first question answered after {answered:.0f}; "
        f"at most {int(memory[1]) / 1e6:.1f} GB of memory are used."
    )

    say("Installing the wheel, and asking the question again.")
    wheel = next((space / "wheel").glob("*.whl"))
    assert "qa/py.typed" in zipfile.ZipFile(wheel).namelist()
    pip = [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*pip, wheel], check=True)
    done = subprocess.run(
        [*user, str(space / "venv/bin/qa"), "ask", QUESTION, "--json"],
        cwd=space / "tmp",
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert json.loads(done.stdout)["exact"] == EXACT, done.stdout
    say(f"{wheel.name} is installed and answers.")


def say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)


def loopback() -> None:
    """Switch on the loopback interface, which is off in a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        flags = struct.pack("16sH14x", b"lo", 0x1 | 0x8 | 0x40)  # up, loopback, running
        try:
            fcntl.ioctl(end, 0x8914, flags)  # SIOCSIFFLAGS
        except PermissionError:
            return


def ask(url: str) -> dict:
    """The answer to the question, from the API's event stream."""
    body = json.dumps({"question": QUESTION}).encode()
    request = urllib.request.Request(
        f"{url}/v2/ask", body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT) as posted:
        event = json.load(posted)["event_id"]
    with urllib.request.urlopen(f"{url}/ask/{event}", timeout=TIMEOUT) as stream:
        *_, last = stream.read().decode().strip().split("\n\n")
    kind, data = last.split("\n")
    assert kind == "event: complete", last
    return json.loads(data.removeprefix("data: "))[0]


if __name__ == "__main__":
    main()
