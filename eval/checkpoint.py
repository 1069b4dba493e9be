"""Finished questions on disk, so that an interrupted run goes on where it stopped."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import qa
from qa.settings import Settings

_CODE = ("**/*.py", "weights/*")  # of qa/; what decides an answer besides settings and articles


class Checkpoint:
    """A JSON Lines file of finished questions, each under a key; a torn last line is dropped.

    The file's name carries a fingerprint of what made the answers, so that others are not reused.
    """

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        self.path = folder / f"{name}-{fingerprint}.jsonl"
        self._finished = dict(self._read())

    def __contains__(self, key: str) -> bool:
        return key in self._finished

    def __getitem__(self, key: str) -> Any:
        return self._finished[key]

    def __len__(self) -> int:
        return len(self._finished)

    def add(self, key: str, value: Any) -> None:
        """Keep a finished question at once."""
        self._finished[key] = value
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, value], ensure_ascii=False) + "\n")

    def _read(self) -> Iterator[tuple[str, Any]]:
        if not self.path.exists():
            return
        lines = self.path.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]
        if len(whole) < len(lines):
            self.path.write_bytes(b"".join(whole))
        for line in whole:
            key, value = json.loads(line)
            yield key, value


def fingerprint(settings: Settings, *parts: str) -> str:
    """A hash of the settings, of qa's code and weights as they are on disk, and of `parts`."""
    digest = hashlib.sha256()
    root = Path(qa.__file__).parent
    for path in sorted(p for pattern in _CODE for p in root.glob(pattern) if p.is_file()):
        digest.update(path.read_bytes())
    for part in (settings.model_dump_json(), *parts):
        digest.update(b"\0" + part.encode())
    return digest.hexdigest()[:16]


def digest(value: object) -> str:
    """A short hash of plain values."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
