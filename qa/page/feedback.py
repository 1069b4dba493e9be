"""Visitors' ratings of answers, as JSON Lines in a file that the owner chose."""

import json
import threading
import time
from pathlib import Path

from qa.answer import Answer

MAX_REASON = 1000  # characters
_WRITING = threading.Lock()


def record(path: Path, answer: Answer, helpful: bool, reason: str) -> None:
    """Append a line: time, question, answer, citations, rating and reason (may be empty)."""
    line = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "question": answer.question,
        "answer": answer.text,
        "citations": answer.to_dict()["citations"],
        "helpful": helpful,
        "reason": " ".join(reason.split())[:MAX_REASON],
    }
    with _WRITING, path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
