"""Asking: questions, each in one or more forms, to configurations -> outcomes as plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from langchain_core.embeddings import Embeddings
from pydantic import TypeAdapter

from eval import baselines
from eval.baselines import Configuration
from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import Place, Question, QuestionSet
from eval.progress import progress
from qa.answer import Answer
from qa.article import Article
from qa.assistant import Assistant
from qa.markdown import plain
from qa.reading.reader import Reader, Reading
from qa.search.candidate import Candidate

Form = Literal["as asked", "history removed", "stand-alone"]
AS_ASKED: Form = "as asked"


@dataclass(frozen=True)
class Outcome:
    """What a configuration made of a question.

    `passages` are those handed to the reader, best first; `span` is the exact answer that the
    reader marks in its `best` sentence, whether or not the assistant then abstains. `dropped` are
    sentences of a language model that were not shown, each with its reason.
    """

    question: str  # its id
    form: Form
    kind: str
    text: str
    exact: str | None
    abstained: bool
    confidence: float
    cited: tuple[Place, ...]
    quotes: tuple[str, ...]
    passages: tuple[Place, ...]
    span: str | None
    best: Place | None
    seconds: dict[str, float]
    mode: str = "extractive"
    note: str | None = None
    dropped: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """The answer's text without its Markdown: numbers, quotation, bold, escapes."""
        return plain(self.text)


_OUTCOME = TypeAdapter(Outcome)


class WatchedReader:
    """The reader it is given, noting its best reading of a question and of which passages."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.candidates: tuple[Candidate, ...] = ()
        self.reading: Reading | None = None

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """What the reader reads."""
        reading = self._reader.read(question, candidates, before)
        if self.reading is None or reading.answerable > self.reading.answerable:
            self.reading, self.candidates = reading, tuple(candidates)
        return reading

    def forget(self) -> None:
        """Before a question that may not reach the reader."""
        self.candidates, self.reading = (), None


def forms_of(question: Question) -> tuple[Form, ...]:
    """A follow-up is asked with its history, without it and, if known, as it would stand alone."""
    if not question.history:
        return (AS_ASKED,)
    alone: tuple[Form, ...] = ("stand-alone",) if question.standalone else ()
    return (AS_ASKED, "history removed", *alone)


def ask(
    questions: QuestionSet,
    compared: Sequence[Configuration],
    embedder: Embeddings,
    folder: Path,
    suite: str,
) -> dict[str, list[Outcome]]:
    """Every outcome by configuration, in the order of the questions and their forms.

    Questions over the same articles share an index, which holds no other article. Finished ones
    are kept in `folder` and not asked again, until `forget` is called.
    """
    keys = {
        (q.id, form): f"{q.id} {form} {_digest(q, questions)}"
        for q in questions.questions
        for form in forms_of(q)
    }
    readers = {c.name: c.reader(embedder) for c in compared}
    ledgers = {c.name: _ledger(c, readers[c.name], folder, suite) for c in compared}
    left = sum(key not in ledger for ledger in ledgers.values() for key in keys.values())
    ordered = sorted(questions.questions, key=lambda q: q.articles)
    with progress(suite, left) as advance:
        for names, group in groupby(ordered, key=lambda q: q.articles):
            asked = [(q, form) for q in group for form in forms_of(q)]
            articles = [questions.articles[name] for name in names]
            for configuration in compared:
                ledger = ledgers[configuration.name]
                missing = [(q, form) for q, form in asked if keys[q.id, form] not in ledger]
                if not missing:
                    continue
                reader = WatchedReader(readers[configuration.name])
                for outcome in _ask_group(missing, articles, configuration, embedder, reader):
                    ledger.add(keys[outcome.question, outcome.form], asdict(outcome))
                    advance(1)
    return {
        name: [_OUTCOME.validate_python(ledger[key]) for key in keys.values()]
        for name, ledger in ledgers.items()
    }


def forget(folder: Path) -> None:
    """Remove the finished questions kept in a folder: the run is complete."""
    for path in folder.glob("*.jsonl"):
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _ask_group(
    asked: Sequence[tuple[Question, Form]],
    articles: Sequence[Article],
    configuration: Configuration,
    embedder: Embeddings,
    reader: WatchedReader,
) -> Iterator[Outcome]:
    assistant = Assistant(configuration.settings(), embedder=embedder, reader=reader)
    for article in articles:
        assistant.add(article)
    for question, form in asked:
        reader.forget()
        text = question.question
        if form == "stand-alone" and question.standalone:
            text = question.standalone
        answer = assistant.ask(text, question.history if form == AS_ASKED else ())
        yield _observed(question, form, answer, reader)


def _observed(question: Question, form: Form, answer: Answer, reader: WatchedReader) -> Outcome:
    best = reader.reading.evidence[0] if reader.reading and reader.reading.evidence else None
    passages = (c.passage for c in reader.candidates)
    return Outcome(
        question.id,
        form,
        answer.kind,
        answer.text,
        answer.exact,
        answer.abstained,
        answer.confidence,
        tuple((c.article_id, c.start, c.end) for c in answer.citations),
        tuple(c.quote for c in answer.citations),
        tuple((p.article_id, p.start, p.end) for p in passages),
        best.article.text[slice(*best.exact)] if best and best.exact else None,
        (best.article.id, best.sentence.start, best.sentence.end) if best else None,
        dict(answer.timings),
        answer.mode,
        answer.note,
        tuple((d.text, d.reason) for d in answer.trace.dropped),
    )


def _ledger(configuration: Configuration, reader: Reader, folder: Path, suite: str) -> Checkpoint:
    weights = Path(baselines.__file__).read_text(encoding="utf-8")
    mark = fingerprint(configuration.settings(), type(reader).__name__, weights)
    return Checkpoint(folder, f"{suite}-{configuration.name}", mark)


def _digest(question: Question, questions: QuestionSet) -> str:
    """A hash of what is asked of what, so that an edited question is asked again."""
    revisions = [questions.articles[name].revision for name in question.articles]
    return digest([question.question, question.standalone, question.history, revisions])
