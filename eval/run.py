"""Asks configurations the questions of a set; what they answer comes back as plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeVar

from langchain_core.embeddings import Embeddings
from pydantic import TypeAdapter
from rich import progress
from rich.console import Console

from eval import baselines
from eval.baselines import CONFIGURATIONS, PRODUCT, Configuration
from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import GoldQuestion, Place, QuestionSet
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import UsageError
from qa.reading.reader import Reader, Reading
from qa.search.candidate import Candidate

Form = Literal["as asked", "history removed", "stand-alone"]
AS_ASKED: Form = "as asked"
FINISHED = "finished"  # the folder of checkpoints, in that of the report
_CACHED = 4_000  # queries, and as many batches: about 100 MB of vectors at 8 sentences a batch
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """The command's options; paths that are not given are None."""

    data: Path | None = None
    split: str | None = None
    limit: int | None = None
    compare: bool = False
    out: Path = Path("build/eval")
    questions: Path | None = None
    corpus: Path | None = None
    model: str = ""

    @property
    def own(self) -> bool:
        """Whether the questions are the user's own."""
        return self.questions is not None or self.corpus is not None

    @property
    def finished(self) -> Path:
        """The folder of the checkpoints."""
        return self.out / FINISHED

    def folder(self, name: str) -> Path:
        """The folder of a public set. Raises `UsageError` where there is none."""
        if self.data is None:
            raise UsageError(f"The suite {name} reads a public set; name its folder with --data.")
        if not (self.data / name).is_dir():
            raise UsageError(f"The folder {self.data} of --data has no folder {name}.")
        return self.data / name

    def configurations(self) -> list[Configuration]:
        """The product's reader, or all that are compared."""
        return list(CONFIGURATIONS.values()) if self.compare else [CONFIGURATIONS[PRODUCT]]


@dataclass(frozen=True)
class Outcome:
    """The answer of a configuration to a question.

    `passages` are those handed to the reader, best first; `span` is the exact answer that the
    reader marks in its `best` sentence, whether or not the assistant then abstains. `written` are
    the sentences of a language model that are shown, each with its quotes; `dropped` those that
    are not, each with its reason.
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
    written: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


_OUTCOME = TypeAdapter(Outcome)


class WatchedReader:
    """Wraps a reader and records its best reading of a question, and of which passages."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.clear()

    def clear(self) -> None:
        """Forget the last question, as the next one may not reach the reader."""
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


class CachedEmbedder(Embeddings):
    """Embeds each query and each batch once, as compared configurations embed the same ones.

    Whole batches, because a text's vector may change in its last digits with its neighbours.
    """

    def __init__(self, embedder: Embeddings) -> None:
        self._query = lru_cache(_CACHED)(embedder.embed_query)
        self._batch = lru_cache(_CACHED)(lambda texts: embedder.embed_documents(list(texts)))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return self._batch(tuple(texts))

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self._query(text)


def track(items: Iterable[T], title: str, total: int) -> Iterable[T]:
    """The items, with a progress bar on standard error."""
    return progress.track(items, title, total, console=Console(stderr=True))


def forms_of(question: GoldQuestion) -> tuple[Form, ...]:
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
    are kept in `folder` and not asked again until it is cleared.
    """
    keys = {
        (q.id, form): f"{q.id} {form} {_digest(q, questions)}"
        for q in questions.questions
        for form in forms_of(q)
    }
    readers = {c.name: c.reader(embedder) for c in compared}
    finished = {c.name: _checkpoint(c, readers[c.name], folder, suite) for c in compared}

    def left() -> Iterator[tuple[str, WatchedReader, Assistant, GoldQuestion, Form]]:
        ordered = sorted(questions.questions, key=lambda q: q.articles)
        for names, group in groupby(ordered, key=lambda q: q.articles):
            asked = [(q, form) for q in group for form in forms_of(q)]
            for c in compared:
                missing = [(q, f) for q, f in asked if keys[q.id, f] not in finished[c.name]]
                if missing:
                    reader = WatchedReader(readers[c.name])
                    assistant = Assistant(c.settings(), embedder=embedder, reader=reader)
                    for article in names:
                        assistant.add(questions.articles[article])
                    yield from ((c.name, reader, assistant, q, form) for q, form in missing)

    count = sum(key not in kept for kept in finished.values() for key in keys.values())
    for name, reader, assistant, question, form in track(left(), suite, count):
        reader.clear()
        text = question.question
        if form == "stand-alone" and question.standalone:
            text = question.standalone
        answer = assistant.ask(text, question.history if form == AS_ASKED else ())
        outcome = _outcome(question, form, answer, reader)
        finished[name].add(keys[question.id, form], asdict(outcome))
    return {
        name: [_OUTCOME.validate_python(kept[key]) for key in keys.values()]
        for name, kept in finished.items()
    }


def _outcome(question: GoldQuestion, form: Form, answer: Answer, reader: WatchedReader) -> Outcome:
    best = reader.reading.evidence[0] if reader.reading and reader.reading.evidence else None
    passages = (c.passage for c in reader.candidates)
    return Outcome(
        question=question.id,
        form=form,
        kind=answer.kind,
        text=answer.plain_text,
        exact=answer.exact,
        abstained=answer.abstained,
        confidence=answer.confidence,
        cited=tuple((c.article_id, c.start, c.end) for c in answer.citations),
        quotes=tuple(c.quote for c in answer.citations),
        passages=tuple((p.article_id, p.start, p.end) for p in passages),
        span=best.article.text[slice(*best.exact)] if best and best.exact else None,
        best=(best.article.id, best.sentence.start, best.sentence.end) if best else None,
        seconds=dict(answer.timings),
        mode=answer.mode,
        note=answer.note,
        written=tuple(
            (s.text, tuple(c.quote for c in s.citations))
            for s in answer.statements
            if s.role == "direct" and answer.mode == "written"
        ),
        dropped=tuple((d.text, d.reason) for d in answer.trace.dropped),
    )


def _checkpoint(
    configuration: Configuration, reader: Reader, folder: Path, suite: str
) -> Checkpoint:
    weights = Path(baselines.__file__).read_text(encoding="utf-8")
    mark = fingerprint(configuration.settings(), type(reader).__name__, weights)
    return Checkpoint(folder, f"{suite}-{configuration.name}", mark)


def _digest(question: GoldQuestion, questions: QuestionSet) -> str:
    """A hash of the question and its articles, so that an edited question is asked again."""
    revisions = [questions.articles[name].revision for name in question.articles]
    return digest([question.question, question.standalone, question.history, revisions])
