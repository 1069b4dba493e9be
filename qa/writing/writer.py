"""A chat model writes prose from numbered sentences; what they do not support is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from qa.checking.verifier import Verifier
from qa.errors import UsageError
from qa.question.follow_up import Earlier, clean_question, keeps
from qa.writing.calling import ModelError, pieces
from qa.writing.citation_parser import CitationParser, Draft
from qa.writing.judge import Judge
from qa.writing.prompt import CONTEXT, SENTINEL, Numbered, messages, rewriting
from qa.writing.support import Support, Withheld, Written

MAX_DRAFTS = 12  # sentences read of a reply; a model that goes on is stopped
REWRITE_TIMEOUT = 5.0  # seconds
_CUT_OFF = ("length", "max_tokens")  # what providers call a reply that had to stop
_REFUSED = ("content_filter", "refusal")  # and one that they will not give


@dataclass(frozen=True)
class Ended:
    """The end of a reply: whether the model found no answer, and what went wrong, if anything."""

    declined: bool = False
    failure_reason: str | None = None


class Writer:
    """Writes an answer with a chat model and passes on what the bundled verifier can confirm.

    `name` is what the model is called in answers and errors; `timeout` the seconds that a whole
    reply may take; `context` the tokens of articles that it may be shown. `judge`, if any, is asked
    about all that passed.
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        verifier: Verifier,
        timeout: float,
        context: int = CONTEXT,
        judge: Judge | None = None,
    ) -> None:
        self.name = name
        self.support = Support(verifier)
        self.context = context
        self.judge = judge
        self._model = model
        self._timeout = timeout

    def write(
        self, question: str, earlier: Sequence[Earlier], sentences: Sequence[Numbered]
    ) -> Iterator[Written | Withheld | Ended]:
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
                yield self.support.check(draft, sentences)
        except ModelError as failure:
            yield Ended(failure_reason=str(failure))
            return
        yield Ended()

    def rewritten(self, question: str, earlier: Sequence[Earlier]) -> str | None:
        """The follow-up as a question of its own; None if the model fails or loses a name."""
        try:
            stream = self._stream(rewriting(question, earlier), REWRITE_TIMEOUT)
            reply = "".join(text for text, _ in stream).strip()
            return clean_question(reply) if keeps(question, reply) else None
        except (ModelError, UsageError):  # then it is understood without the model
            return None

    def _drafts(self, prompt: Sequence[BaseMessage], count: int) -> Iterator[Draft]:
        parser, read, ended = CitationParser(count), 0, True
        for text, finish in self._stream(prompt, self._timeout):
            ended = ended and finish not in _CUT_OFF
            if finish in _REFUSED:
                raise ModelError("will not answer this")
            for draft in parser.feed(text):
                yield draft
                read += 1
                if read == MAX_DRAFTS:
                    return
        yield from parser.close(ended=ended)

    def _stream(
        self, prompt: Sequence[BaseMessage], timeout: float
    ) -> Iterator[tuple[str, str | None]]:
        """Pieces of the reply, each with why it ends if it does."""

        def read() -> Iterator[tuple[str, str | None]]:
            for chunk in self._model.stream(list(prompt)):
                known = chunk.response_metadata
                finish = known.get("finish_reason") or known.get("stop_reason")
                yield str(chunk.text), finish or known.get("done_reason")

        return pieces(read, timeout)
