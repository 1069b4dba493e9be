"""Parse a file in a process of its own, so that no file can hang, exhaust or crash this one."""

import json
import os
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Literal

from qa.sources.limits import PARSE_BYTES, PARSE_SECONDS, PARSED_AT_ONCE
from qa.sources.parsed import Parsed, UnreadableError

Kind = Literal["webpage", "pdf", "docx"]

_turn = BoundedSemaphore(PARSED_AT_ONCE)


def parse(kind: Kind, data: bytes, hint: str = "") -> Parsed:
    """The text of a file; `hint` is a web page's declared charset.

    Raises `UnreadableError` for a file without readable text, or that takes too much time or
    memory.
    """
    # The child finds the same packages, and none in the folder that the user happens to be in.
    path = os.pathsep.join(filter(None, sys.path))
    try:
        with _turn:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "qa.sources.child", kind, hint],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                timeout=PARSE_SECONDS,
                check=True,
            )
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"takes more than {PARSE_SECONDS} seconds to read; save its text and add that"
        ) from None
    except subprocess.CalledProcessError:
        # Parsers do not tell what there is no memory for from what is damaged.
        raise UnreadableError(
            f"is damaged, or takes more than {PARSE_BYTES // 10**6:,} MB of memory to read; "
            "save it again, or save its text and add that"
        ) from None
    said = json.loads(done.stdout)
    if "problem" in said:
        raise UnreadableError(said["problem"])
    return Parsed(**said | {"pages": tuple(said["pages"])})
