"""Do what a Hugging Face Space does with this repository, then ask it: `make space-check`.

A clean environment of requirements.txt alone, tracked files only and read-only, a user that is not
root, a HOME that cannot be written, and no network. Then the wheel, installed in that environment.
What this machine does not allow is said and left out. Only the standard library is used.
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

ROOT = Path(__file__).parents[1]
NOBODY = "65534"
STARTS_IN = 300  # seconds
IN_THE_ENVIRONMENT = "import sys; sys.exit(sys.prefix == sys.base_prefix)"
QUESTION, EXACT = "How many families were displaced?", "nearly 7,000"


def main() -> None:
    if sys.argv[1:]:  # in a network of its own
        check(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="space-") as name:
        space = Path(name)
        space.chmod(0o755)
        install(space)
        command = [sys.executable, __file__, str(space)]
        alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "-r"]
        if shutil.which("unshare") and not subprocess.run([*alone, "true"]).returncode:
            command = [*alone, *command]
        else:
            say("The network cannot be switched off here; the check goes on with it.")
        sys.exit(subprocess.run(command).returncode)


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
    """Start the Space and ask it; then install the wheel and ask that."""
    loopback()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
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
    python = str(space / "venv/bin/python")  # its own may stand where another user cannot go
    runs = [*user, python, "-c", IN_THE_ENVIRONMENT]
    if not user or subprocess.run(runs, stderr=subprocess.DEVNULL).returncode:
        user = []
        say("Another user cannot run this Python here; the check goes on with this one.")
    log = space / "log"
    say("Starting the Space.")
    started = time.monotonic()
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [*user, python, "app.py"], cwd=space / "app", env=environment, stdout=out, stderr=out
        ) as process,
    ):
        try:
            wait_until_served(f"http://127.0.0.1:{port}", process, log)
            served = time.monotonic() - started
            answer = asked(f"http://127.0.0.1:{port}/gradio_api/call")
            answered = time.monotonic() - started
            memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        finally:
            process.terminate()
    said = log.read_text()
    assert answer["exact"] == EXACT, answer
    # Gradio's hot reload wants the package `spaces` there, and does without it.
    assert said.count("Traceback") == said.count("`spaces` package is required"), said
    say(
        f"The page is served after {served:.0f} seconds, "
        f"the first question answered after {answered:.0f}; "
        f"at most {int(memory[1]) / 1e6:.1f} GB of memory are used."
    )

    say("Installing the wheel, and asking it.")
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
    """Switch the loopback of a new network on; in a network of everybody's it is on already."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        flags = struct.pack("16sH14x", b"lo", 0x1 | 0x8 | 0x40)  # up, loopback, running
        try:
            fcntl.ioctl(end, 0x8914, flags)  # SIOCSIFFLAGS
        except PermissionError:
            return


def wait_until_served(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(STARTS_IN * 10):
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    sys.exit(f"The page was not served within {STARTS_IN} seconds.\n{log.read_text()}")


def asked(url: str) -> dict:
    """The answer to the question, by the API's event stream."""
    body = json.dumps({"question": QUESTION}).encode()
    request = urllib.request.Request(
        f"{url}/v2/ask", body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=STARTS_IN) as posted:
        event = json.load(posted)["event_id"]
    with urllib.request.urlopen(f"{url}/ask/{event}", timeout=STARTS_IN) as stream:
        *_, last = stream.read().decode().strip().split("\n\n")
    kind, data = last.split("\n")
    assert kind == "event: complete", last
    return json.loads(data.removeprefix("data: "))[0]


if __name__ == "__main__":
    main()
