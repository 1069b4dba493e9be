"""One line of JSON in the log for each question."""

import json
import logging
import sys
import time
from typing import Any

from qa.answer import Answer

_log = logging.getLogger("qa.questions")


class _JsonLines(logging.Formatter):
    """Formats a record's fields as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        fields = {"time": f"{moment}.{record.msecs:03.0f}Z", **record.__dict__["fields"]}
        return json.dumps(fields, ensure_ascii=False)


def log_to_stderr() -> None:
    """Write the log of questions to standard error; by default it is written nowhere."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False


def log_question(fields: dict[str, Any]) -> None:
    """Log a line with these fields and the time."""
    _log.info("question", extra={"fields": fields})


def summary(answer: Answer) -> dict[str, Any]:
    """The fields logged for an answer: no words of the question, the articles or the answer."""
    return {
        "kind": answer.kind,
        "mode": answer.mode,
        "passages": len(answer.trace.passages),
        "citations": len(answer.citations),
        "stages": {stage: round(seconds, 4) for stage, seconds in answer.timings.items()},
    }
