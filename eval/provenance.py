"""What a result says of how it was made: the commit and the machine."""

import os
import platform
import subprocess
from pathlib import Path


def commit() -> str:
    """The commit that is checked out, and whether what decides an answer differs from it."""
    root = Path(__file__).parents[1]
    asked = ["qa", "corpus", "eval/*.py", "eval/questions.jsonl"]
    try:
        head, changed = (
            subprocess.run(["git", *args], cwd=root, capture_output=True, text=True, check=True)
            for args in (
                ["rev-parse", "--short=12", "HEAD"],
                ["status", "--porcelain", "--", *asked],
            )
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head.stdout.strip() + (" with changes" if changed.stdout else "")


def machine() -> dict[str, str]:
    """Its cores, Python and system."""
    import torch  # late: it takes seconds

    return {
        "cores": f"{os.cpu_count()}, of which the embedder uses {torch.get_num_threads()}",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
