"""Keeps finished questions on disk, so that an interrupted run continues where it stopped."""

import hashlib
import json
from pathlib import Path
from typing import Any

import qa
from qa.settings import Settings

_CODE = ("**/*.py", "weights/*")  # of qa/: what decides an answer besides settings and articles


class Checkpoint(dict[str, Any]):
    """Finished questions by key, in a JSON Lines file; a half-written last line is dropped.

    The file's name carries a fingerprint of what made the answers, so that others are not reused.
    """

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        self.path = folder / f"{name}-{fingerprint}.jsonl"
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()
            self.path.write_bytes(b"".join(lines))
        super().__init__(json.loads(line) for line in lines)

    def add(self, key: str, value: Any) -> None:
        """Write a finished question at once."""
        self[key] = value
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([key, value], ensure_ascii=False) + "\n")


def clear(folder: Path) -> None:
    """Remove the checkpoints of a folder: the run is complete."""
    for path in folder.glob("*.jsonl"):
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def fingerprint(settings: Settings, *parts: str) -> str:
    """A hash of the settings, of qa's code and weights as they are on disk, and of `parts`."""
    found = hashlib.sha256("\0".join((settings.model_dump_json(), *parts)).encode())
    root = Path(qa.__file__).parent
    for path in sorted(p for pattern in _CODE for p in root.glob(pattern) if p.is_file()):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def digest(value: object) -> str:
    """A short hash of plain values."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
