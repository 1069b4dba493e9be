"""Servers forked from a process that has everything imported: each saves ten seconds of imports.

That process is a fork of the tests' own, made before that one has threads.
"""

import logging
import os
import runpy
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, NoReturn

from qa.article import Article
from qa.parsing.parser import bundled_parser

# What servers and tests import late, all without a thread.
LATE = ("qa.serve", "langchain_huggingface", "sentence_transformers", "spacy")
_template: list[Connection] = []


def prepare() -> None:
    """Make the process that is forked; the caller must have no threads yet."""
    for name in LATE:
        import_module(name)
    assert Article.from_text("It opened on Monday.", title="x").passages  # loads its tables
    bundled_parser().parse(["It opened on Monday."])
    ours, theirs = Pipe()
    if os.fork():
        theirs.close()
        _template.append(ours)
    else:
        _fork_on_request(theirs)


class Forked:
    """A forked process that runs `python -m …`; what `tests.servers` uses of a `Popen`."""

    def __init__(
        self,
        command: Sequence[str],
        stdout: IO[bytes],
        stderr: IO[bytes],
        cwd: Path,
        env: Mapping[str, str],
    ) -> None:
        assert command[:2] == [sys.executable, "-m"] and stdout is stderr, command
        (template,) = _template
        template.send((command[2:], stdout.name, cwd, dict(env)))
        self._pid: int = template.recv()

    def poll(self) -> int | None:
        """None while the process runs; its status is not known afterwards."""
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self, timeout: float = float("inf")) -> None:
        """Wait until the process has ended."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self._pid), timeout)
            time.sleep(0.02)

    def terminate(self) -> None:
        """Ask the process to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self._pid, number)


def _fork_on_request(requests: Connection) -> NoReturn:
    """Fork a process for each request until the tests have ended."""
    _close_files(but=requests.fileno())
    logging.getLogger().handlers.clear()  # pytest's
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets those that have ended
    try:
        while True:
            command, log, cwd, env = requests.recv()
            pid = os.fork()
            if not pid:
                requests.close()
                return _run(command, log, cwd, env)
            requests.send(pid)
    except (EOFError, KeyboardInterrupt, SystemExit):
        pass
    except BaseException:  # noqa: BLE001 (neither process may go on as the tests' own)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _close_files(but: int) -> None:
    """Close all but the standard streams and this one, so that nobody waits for their end."""
    os.closerange(3, but)
    os.closerange(but + 1, os.sysconf("SC_OPEN_MAX"))


def _run(command: Sequence[str], log: str, cwd: Path, env: Mapping[str, str]) -> None:
    """Run a module as `python -m` does, in this environment."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.close(output)
    sys.stdout, sys.stderr = (open(n, "w", 1, "utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = list(command)
    sys.modules.pop(command[0], None)  # `runpy` would warn of it
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
