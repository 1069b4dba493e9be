"""Starts servers as processes on loopback and waits until they respond; standard library only."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
START_TIMEOUT = 150.0  # seconds, on a busy machine with cold caches


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
    **options: Any,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server from when the URL `ready` returns success until exit; `options` as for Popen."""
    process = start(command, ready, log, timeout, **options)
    try:
        yield process
    finally:
        stop(process)


def start(
    command: Sequence[object],
    ready: str,
    log: Path,
    timeout: float = START_TIMEOUT,
    **options: Any,
) -> "subprocess.Popen[bytes]":
    """Start a server and wait until the URL `ready` returns success; its output goes to `log`."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=output, **options
        )
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


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
