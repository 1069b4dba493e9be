"""A chat model writes prose from numbered sentences; what they do not support is left out."""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa.answer import Dropped
from qa.checking.verifier import Verifier
from qa.errors import UsageError
from qa.question.follow_up import Earlier, clean_question, keeps
from qa.writing.chat_model import failure_reason
from qa.writing.citation_parser import CitationParser, Draft
from qa.writing.prompt import SENTINEL, Numbered, messages, rewriting

MAX_DRAFTS = 12  # sentences read of a reply; a model that goes on is stopped
REWRITE_TIMEOUT = 5.0  # seconds
MAX_CITED = 3  # sentences that one may cite; of more, only the best support is cited
_CUT_OFF = ("length", "max_tokens")  # what providers call a reply that had to stop

_logger = logging.getLogger("qa")


@dataclass(frozen=True)
class Written:
    """A sentence that passed, and the sentences that support it."""

    text: str
    cited: tuple[Numbered, ...]


@dataclass(frozen=True)
class Ended:
    """The end of a reply: whether the model found no answer, and what went wrong, if anything."""

    declined: bool = False
    failure_reason: str | None = None


class _ModelError(Exception):
    """What went wrong with the model, in the words of `qa.writing.chat_model.failure_reason`."""


class Writer:
    """Writes an answer with a chat model and passes on what the bundled verifier can confirm.

    `name` is what the model is called in answers and errors; `timeout` the seconds that a whole
    reply may take.
    """

    def __init__(self, model: BaseChatModel, name: str, verifier: Verifier, timeout: float) -> None:
        self.name = name
        self._model = model
        self._verifier = verifier
        self._timeout = timeout

    def write(
        self, question: str, earlier: Sequence[Earlier], sentences: Sequence[Numbered]
    ) -> Iterator[Written | Dropped | Ended]:
        """Each sentence of the reply as soon as it is complete and checked, then how it ended."""
        before: set[str] = set()
        try:
            for draft in self._drafts(messages(question, earlier, sentences), len(sentences)):
                if SENTINEL in draft.text:
                    yield Ended(declined=not before)
                    return
                if draft.text in before:
                    continue
                before.add(draft.text)
                yield self._checked(draft, sentences)
        except _ModelError as failure:
            yield Ended(failure_reason=str(failure))
            return
        yield Ended()

    def rewritten(self, question: str, earlier: Sequence[Earlier]) -> str | None:
        """The follow-up as a question of its own; None if the model fails or loses a name."""
        try:
            stream = self._stream(rewriting(question, earlier), REWRITE_TIMEOUT)
            reply = "".join(text for text, _ in stream).strip()
            return clean_question(reply) if keeps(question, reply) else None
        except (_ModelError, UsageError):  # then it is understood without the model
            return None

    def _drafts(self, prompt: Sequence[BaseMessage], count: int) -> Iterator[Draft]:
        parser, read, ended = CitationParser(count), 0, True
        for text, finish in self._stream(prompt, self._timeout):
            ended = ended and finish not in _CUT_OFF
            for draft in parser.feed(text):
                yield draft
                read += 1
                if read == MAX_DRAFTS:
                    return
        yield from parser.close(ended=ended)

    def _stream(
        self, prompt: Sequence[BaseMessage], timeout: float
    ) -> Iterator[tuple[str, str | None]]:
        """Pieces of the reply, each with why it ends if it does.

        A thread reads the model, since a silent one would block past the time-out.
        """
        pieces: Queue[tuple[str, str | None] | Exception | None] = Queue()
        left = Event()

        def read() -> None:
            try:
                for chunk in self._model.stream(list(prompt)):
                    known = chunk.response_metadata
                    finish = known.get("finish_reason") or known.get("stop_reason")
                    pieces.put((str(chunk.text), finish))
                    if left.is_set():
                        return
                pieces.put(None)
            except Exception as error:  # of any provider; handed over to whoever asked
                _logger.debug("The model failed.", exc_info=error)
                pieces.put(error)

        Thread(target=read, name="chat-model", daemon=True).start()
        deadline = time.monotonic() + timeout
        try:
            while True:
                try:
                    piece = pieces.get(timeout=deadline - time.monotonic())
                except (Empty, ValueError):  # nothing came, or the time was up before
                    piece = TimeoutError()
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise _ModelError(failure_reason(piece))
                yield piece
        finally:
            left.set()

    def _checked(self, draft: Draft, sentences: Sequence[Numbered]) -> Written | Dropped:
        if not draft.ended:
            return Dropped(draft.text, "it is not finished")
        cited = tuple(s for s in sentences if s.number in draft.numbers)
        support = self._support(draft.text, cited, sentences)
        if support:
            return Written(draft.text, support)
        if not cited:
            return Dropped(draft.text, "it cites nothing, and no sentence supports it")
        return Dropped(draft.text, self._objection(draft.text, cited) or "it cites too much")

    def _support(
        self, claim: str, cited: tuple[Numbered, ...], sentences: Sequence[Numbered]
    ) -> tuple[Numbered, ...] | None:
        """The fewest sentences that support the claim: one that is cited, all that are, or any one.

        No others are joined: two together have the words of many a claim that neither makes.
        """
        together = [cited] if len(cited) <= MAX_CITED else []
        for group in ([(s,) for s in cited], together, [(s,) for s in sentences]):
            sound = [some for some in group if some and self._objection(claim, some) is None]
            if sound:
                return max(sound, key=lambda some: self._score(claim, some))
        return None

    def _objection(self, claim: str, some: Sequence[Numbered]) -> str | None:
        titles = {s.article.title for s in some}
        return self._verifier.objection(claim, [s.text for s in some], sorted(titles))

    def _score(self, claim: str, some: Sequence[Numbered]) -> float:
        return self._verifier.supported(claim, [s.text for s in some])
