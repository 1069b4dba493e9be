"""The path of every question, from the page, the API or MCP, to its answer."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Growing
from qa.server.queue import WorkQueue
from qa.server.rate_limit import Caller, RateLimit
from qa.server.request_log import log_question, summary

if TYPE_CHECKING:
    from qa.assistant import Assistant

CONCURRENT = 2  # one per core; more at a time only slow each other down
CONCURRENT_WRITTEN = 8  # with a language model, most of the time is spent waiting for it
MAX_WAITING = 64  # at seven answers a second, the last one waits nine seconds
MAX_THREADS = 160  # one for each waiting question and article, and some for clicks
_UPDATE_SECONDS = 1.0  # between two reports of the position in the queue


class QuestionQueue:
    """Answers questions within each caller's rate limit, a few at a time, and logs each one."""

    def __init__(self, assistant: "Assistant", rate_limit: RateLimit) -> None:
        self._assistant = assistant
        self._rate_limit = rate_limit
        concurrency = CONCURRENT_WRITTEN if assistant.model_name else CONCURRENT
        self._queue = WorkQueue("questions", concurrency, MAX_WAITING)

    def stream(
        self,
        caller: Caller,
        question: str,
        history: Sequence[Mapping[str, Any]] = (),
        articles: Sequence[str] | None = None,
        owner: str | None = None,
        article_count: int | None = None,
    ) -> Iterator[int | Growing | Answer]:
        """Like the assistant's `stream`, preceded by the number of questions ahead while waiting.

        `article_count` is for the log: the number of articles that are asked, if it is known.
        Raises what the assistant raises, and `LimitError`.
        """
        started = time.perf_counter()
        entry: dict[str, Any] = {"from": caller.origin}
        texts = {"question": question} if self._assistant.settings.log_text else {}
        try:
            self._rate_limit.spend(caller)
            with self._queue.entry() as wait:
                while ahead := wait(_UPDATE_SECONDS):
                    yield ahead
                entry["waited"] = round(time.perf_counter() - started, 4)
                for part in self._assistant.stream(question, history, articles, owner):
                    if isinstance(part, Answer):
                        if article_count is None:
                            listed = self._assistant.list(owner) if articles is None else articles
                            article_count = len(listed)
                        entry |= {"articles": article_count, **summary(part)}
                        texts |= {"answer": part.text} if texts else {}
                    yield part
        except Exception as error:
            entry["error"] = type(error).__name__
            raise
        finally:  # a question that failed or was stopped has no kind
            entry["seconds"] = round(time.perf_counter() - started, 4)
            log_question(entry | texts)
