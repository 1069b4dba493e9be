"""An answer in a language model's words, each sentence checked before it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.answer import Answer, Dropped, Growing
from qa.compose import direct, refusal
from qa.compose.base import Numbering, Parts, answered, quoted
from qa.compose.stages import Read
from qa.reading.reader import Evidence
from qa.statement import Exact, Statement
from qa.writing.prompt import Numbered, numbered
from qa.writing.support import Withheld, Written
from qa.writing.writer import Ended, Writer

Line = Written | Withheld


def stream(read: Read, parts: Parts, writer: Writer, *, found: bool) -> Iterator[Growing | Answer]:
    """The text after each sentence that passes, or its quote, then the answer.

    `found`: the reader finds an answer. Where the model finds none that is a refusal. Where none of
    its sentences passes, the article is quoted instead with a note that says why, or refused if
    the reader finds no answer either.
    """
    lines: list[Line] = []
    end, judged, text = Ended(), None, Growing.of(())
    shown = numbered(read.reading.evidence, read.articles, writer.context)
    for event in writer.write(read.sense.standalone, read.understood.earlier, shown):
        if isinstance(event, Ended):
            end = event
            continue
        lines.append(event)
        if (found or _passed(lines)) and (grown := Growing.of(_statements(lines))) != text:
            text = grown
            yield text
    if writer.judge and (passed := _to_judge(lines)):
        judgement = writer.judge.judge([(w.text, [s.text for s in w.cited]) for w in passed])
        judged = judgement.told
        against = {passed[place].text: why for place, why in judgement.objections.items()}
        lines = [_judged(line, against, writer) for line in lines]
    answer = _answer(read, parts, writer, lines, end, found=found)
    dropped = tuple(line.dropped for line in lines if isinstance(line, Withheld))
    yield replace(answer, trace=replace(answer.trace, dropped=dropped, judged=judged))


def _answer(
    read: Read, parts: Parts, writer: Writer, lines: Sequence[Line], end: Ended, *, found: bool
) -> Answer:
    if end.declined:
        return refusal.compose(read, parts, mode="written", model=writer.name)
    if _passed(lines):
        return _written(read, _statements(lines), writer.name, end.failure_reason)
    why = _why_nothing(writer.name, lines, end.failure_reason)
    cited = [_evidence(read, q) for line in lines if (q := _quote(line))]
    if not found:
        nearest = dict.fromkeys([*cited, *read.reading.evidence])
        near = replace(read, reading=replace(read.reading, evidence=tuple(nearest)))
        return refusal.compose(near, parts, model=writer.name, note=f"{why}.")
    note = f"{why}, so the article is quoted instead."
    if not cited:
        return replace(direct.compose(read, parts), model=writer.name, note=note)
    best = read.reading.evidence[0]
    statements = quoted(tuple(dict.fromkeys([*cited, best])), read.direct)
    return answered(
        read,
        "answer",
        statements,
        direct=read.direct if _says(statements, read.direct) else None,
        confidence=read.reading.answerable,
        model=writer.name,
        note=note,
    )


def _written(
    read: Read, statements: Sequence[Statement], model: str, failure_reason: str | None
) -> Answer:
    quotes = sum(s.role == "evidence" for s in statements)
    note = None
    if failure_reason:
        note = f"{model} {failure_reason}, so its answer stops here."
    elif quotes:
        what = "A sentence" if quotes == 1 else f"{quotes} sentences"
        note = f"{what} of {model} could not be verified; the article is quoted instead."
    return answered(
        read,
        "answer",
        statements,
        direct=read.direct if _says(statements, read.direct) else None,
        confidence=read.reading.answerable,
        mode="written",
        model=model,
        note=note,
    )


def _passed(lines: Sequence[Line]) -> list[Written]:
    return [line for line in lines if isinstance(line, Written)]


def _to_judge(lines: Sequence[Line]) -> list[Written]:
    """Those that passed and are not quotes themselves."""
    return [w for w in _passed(lines) if all(w.text != s.text for s in w.cited)]


def _judged(line: Line, against: Mapping[str, str], writer: Writer) -> Line:
    """The sentence, or its quote where the judge objects to it."""
    if isinstance(line, Withheld) or line.text not in against:
        return line
    dropped = Dropped(line.text, against[line.text], "judge")
    return Withheld(dropped, writer.support.nearest(line))


def _quote(line: Line) -> Numbered | None:
    return line.quote if isinstance(line, Withheld) else None


def _statements(lines: Sequence[Line]) -> list[Statement]:
    """What passed, and in place of what did not its quote, unless a sentence shown cites that."""
    numbering = Numbering()
    seen = {s.number for w in _passed(lines) for s in w.cited}
    statements = []
    for line in lines:
        if isinstance(line, Written):
            cited = tuple(numbering.cite(s.article, s.sentence) for s in line.cited)
            statements.append(Statement(line.text, cited, "direct"))
        elif (quote := line.quote) and quote.number not in seen:
            seen.add(quote.number)
            cited = (numbering.cite(quote.article, quote.sentence),)
            statements.append(Statement(quote.text, cited, "evidence"))
    return statements


def _evidence(read: Read, quote: Numbered) -> Evidence:
    """What the reader knows of a sentence, if it read it."""
    known = (
        e
        for e in read.reading.evidence
        if (e.article.id, e.sentence) == (quote.article.id, quote.sentence)
    )
    return next(known, Evidence(quote.article, quote.sentence, 0.0))


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


def _why_nothing(model: str, lines: Sequence[Line], failure_reason: str | None) -> str:
    if failure_reason:
        return f"{model} {failure_reason}"
    return f"What {model} wrote could not be verified" if lines else f"{model} wrote nothing"
