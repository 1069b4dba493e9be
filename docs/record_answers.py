"""Writes the answers of docs/answers.md as given now: `python docs/record_answers.py`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from qa.assistant import Assistant  # noqa: E402
from qa.settings import MEMORY, Settings  # noqa: E402

PAGE = HERE / "answers.md"
_ARTICLE = re.compile(r"^```text\n(.+?)```$", re.M | re.S)
_ASKED = re.compile(r"^\*\*(.+?)\*\*\n\n```markdown\n(.*?)```$", re.M | re.S)


def given(assistant: Assistant, page: str) -> Iterator[tuple[str, str, str]]:
    """The questions of the page, each with the answer that stands there and the one given now.

    A question after `…` follows the one before it.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ferry.txt"
        path.write_text(_ARTICLE.findall(page)[0], "utf-8")
        article = assistant.add(path)
    history: list[dict[str, str]] = []
    for asked, there in _ASKED.findall(page):
        question = asked.removeprefix("… ")
        answer = assistant.ask(question, history if asked.startswith("… ") else (), [article.id])
        history = answer.turns
        yield asked, there, answer.text.strip() + "\n"


def main() -> None:
    """Answer each question over the page's own article, and put the answer below it."""
    page = PAGE.read_text("utf-8")
    assistant = Assistant(Settings(chroma=MEMORY, corpus=None))
    for asked, there, now in list(given(assistant, page)):
        block = f"**{asked}**\n\n```markdown\n"
        page = page.replace(f"{block}{there}```", f"{block}{now}```")
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
