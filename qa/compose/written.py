"""An answer in a language model's words, each sentence checked before it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.answer import Answer, Dropped
from qa.compose import direct, refusal
from qa.compose.base import Numbering, Parts, answered
from qa.compose.stages import Read
from qa.markdown import to_markdown
from qa.statement import Exact, Statement
from qa.writing.prompt import numbered
from qa.writing.writer import Ended, Writer, Written


def stream(read: Read, parts: Parts, writer: Writer) -> Iterator[str | Answer]:
    """The text after each sentence that passes, then the answer.

    Where the model finds no answer that is a refusal; where none of its sentences passes, the
    article is quoted instead, with a note that says why.
    """
    numbering = Numbering()
    statements: list[Statement] = []
    dropped: list[Dropped] = []
    end = Ended()
    shown = numbered(read.reading.evidence)
    for event in writer.write(read.sense.standalone, read.understood.earlier, shown):
        if isinstance(event, Written):
            cited = tuple(numbering.cite(s.article, s.sentence) for s in event.cited)
            statements.append(Statement(event.text, cited, "direct"))
            yield to_markdown(statements)
        elif isinstance(event, Dropped):
            dropped.append(event)
        else:
            end = event
    if end.declined:
        yield refusal.compose(read, parts, mode="written", model=writer.name)
    elif statements:
        answer = _written(read, statements, writer.name, end.failure_reason)
        yield replace(answer, trace=replace(answer.trace, dropped=tuple(dropped)))
    else:
        answer = direct.compose(read, parts)
        yield replace(
            answer,
            model=writer.name,
            note=_why_quoted(writer.name, dropped, end.failure_reason),
            trace=replace(answer.trace, dropped=tuple(dropped)),
        )


def _written(
    read: Read, statements: Sequence[Statement], model: str, failure_reason: str | None
) -> Answer:
    return answered(
        read,
        "answer",
        statements,
        direct=read.direct if _says(statements, read.direct) else None,
        confidence=read.reading.answerable,
        mode="written",
        model=model,
        note=failure_reason and f"{model} {failure_reason}, so its answer stops here.",
    )


def _says(statements: Sequence[Statement], short: Exact | None) -> bool:
    """Whether the statements have the words of the short answer, and cite where it stands."""
    return (
        short is not None
        and any(short.text in s.text for s in statements)
        and any(
            c.article_id == short.article_id and c.start <= short.start < c.end
            for s in statements
            for c in s.citations
        )
    )


def _why_quoted(model: str, dropped: Sequence[Dropped], failure_reason: str | None) -> str:
    if failure_reason:
        return f"{model} {failure_reason}, so the article is quoted instead."
    if dropped:
        return f"What {model} wrote could not be verified, so the article is quoted instead."
    return f"{model} wrote nothing, so the article is quoted instead."
