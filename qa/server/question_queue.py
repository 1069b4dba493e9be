"""The way of every question, from the page and from other programs, to its answer."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qa.answer import Answer
from qa.server.queue import Line
from qa.server.rate_limit import Caller, Rate
from qa.server.request_log import note, told

if TYPE_CHECKING:
    from qa.assistant import Assistant

AT_ONCE = 2  # a core each; more at once only make each other slower
AT_ONCE_WRITTEN = 8  # where a language model is waited for
WAITING = 64  # at seven answers a second the last of them waits nine
THREADS = 160  # each question and each article that waits has one, and clicks need some, too
_PATIENCE = 1.0  # seconds between two words about how many come before


class Asking:
    """Questions to an assistant: each within its caller's rate, in its turn, and in the log."""

    def __init__(self, assistant: "Assistant", rate: Rate) -> None:
        self._assistant = assistant
        self._rate = rate
        at_once = AT_ONCE_WRITTEN if assistant.settings.model else AT_ONCE
        self._line = Line("questions", at_once, WAITING)

    def stream(
        self,
        caller: Caller,
        question: str,
        history: Sequence[Mapping[str, Any]] = (),
        articles: Sequence[str] | None = None,
        owner: str | None = None,
    ) -> Iterator[int | str | Answer]:
        """As the assistant's `stream`; before it begins, how many questions come before.

        Raises as the assistant does, and `LimitError`.
        """
        started = time.perf_counter()
        entry: dict[str, Any] = {"from": caller.origin}
        texts = {"question": question} if self._assistant.settings.log_text else {}
        try:
            self._rate.spend(caller)
            with self._line.place() as before:
                while number := before(_PATIENCE):
                    yield number
                entry["waited"] = round(time.perf_counter() - started, 4)
                for part in self._assistant.stream(question, history, articles, owner):
                    if isinstance(part, Answer):
                        asked = articles or self._assistant.list(owner)
                        entry |= {"articles": len(asked), **told(part)}
                        texts |= {"answer": part.text} if texts else {}
                    yield part
        except Exception as error:
            entry["error"] = type(error).__name__
            raise
        finally:  # a kind is missing where it failed, and where it was stopped
            entry["seconds"] = round(time.perf_counter() - started, 4)
            note(entry | texts)
