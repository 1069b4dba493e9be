"""A line of JSON in the log for each question."""

import json
import logging
import sys
import time
from typing import Any

from qa.answer import Answer

_log = logging.getLogger("qa.questions")


class _Lines(logging.Formatter):
    """The record's fields as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        fields = {"time": f"{moment}.{record.msecs:03.0f}Z", **record.__dict__["fields"]}
        return json.dumps(fields, ensure_ascii=False)


def write_to_standard_error() -> None:
    """Write the lines to standard error, without which nothing of them is kept."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False


def note(fields: dict[str, Any]) -> None:
    """Write a line with these fields, and the time."""
    _log.info("question", extra={"fields": fields})


def told(answer: Answer) -> dict[str, Any]:
    """What a line tells of an answer: nothing that was asked, read or answered."""
    return {
        "kind": answer.kind,
        "mode": answer.mode,
        "passages": len(answer.trace.passages),
        "citations": len(answer.citations),
        "stages": {stage: round(seconds, 4) for stage, seconds in answer.timings.items()},
    }
