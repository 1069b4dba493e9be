"""Starts servers as processes on loopback and waits until they respond; standard library only."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[1]
SERVE = ("-m", "qa.cli", "serve", "--port", "{port}")
START_TIMEOUT = 150.0  # seconds, on a busy machine with cold caches


class Process(Protocol):
    """What is needed of a `Popen`."""

    def poll(self) -> int | None: ...
    def wait(self, timeout: float) -> object: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serve(
    command: Sequence[object],
    ready: str,
    log: Path,
    timeout: float = START_TIMEOUT,
    run: Callable[..., Process] = subprocess.Popen,
    **options: Any,
) -> Iterator[Process]:
    """Run a server from when the URL `ready` returns success until exit; `options` as for Popen."""
    process = start(command, ready, log, timeout, run, **options)
    try:
        yield process
    finally:
        stop(process)


def start(
    command: Sequence[object],
    ready: str,
    log: Path,
    timeout: float = START_TIMEOUT,
    run: Callable[..., Process] = subprocess.Popen,
    **options: Any,
) -> Process:
    """Start a server and wait until the URL `ready` returns success; its output goes to `log`."""
    with log.open("ab") as output:
        process = run([str(part) for part in command], stdout=output, stderr=output, **options)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(ready, timeout=timeout).close()
            return process
        except OSError:  # also when the status is not a success
            if process.poll() is not None:
                raise AssertionError(f"The server ended:\n{log.read_text()}") from None
            time.sleep(0.1)
    stop(process)
    raise AssertionError(f"{ready} did not respond in {timeout:.0f} seconds:\n{log.read_text()}")


def stop(process: Process) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
