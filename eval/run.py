"""Asks configurations the questions of a set; what they answer comes back as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import UsageError
from qa.reading.reader import Reader, Reading
from qa.search.candidate import Candidate
from sets.questions import GoldQuestion, Place, QuestionSet

Form = Literal["as asked", "history removed", "stand-alone"]
AS_ASKED: Form = "as asked"
_CACHED = 4_000  # queries, and as many batches: about 100 MB of vectors at 8 sentences a batch
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """The command's options; paths that are not given are None."""

    data: Path | None = None
    split: str = ""  # the suite's own
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
        return self.out / "finished"

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
    """The answer of a configuration to a question in one of its forms.

    `passages` are those handed to the reader, best first, `best` is the sentence that it ranks
    first and `span` the exact answer that it marks there, whether or not the assistant abstains.
    """

    question: str  # its id
    form: Form
    answer: Answer
    passages: tuple[Place, ...] = ()
    best: Place | None = None
    span: str | None = None

    @property
    def cited(self) -> frozenset[Place]:
        """The places of the sentences that the answer cites."""
        return frozenset((c.article_id, c.start, c.end) for c in self.answer.citations)


_OUTCOME = TypeAdapter(Outcome)


class WatchedReader:
    """Wraps a reader and records its best reading of a question, and of which passages."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.clear()

    def clear(self) -> None:
        """Forget the last question, as the next one may not reach the reader."""
        self.candidates: tuple[Candidate, ...] = ()
        self.reading = Reading((), 0.0)

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """What the reader reads."""
        reading = self._reader.read(question, candidates, before)
        if not self.candidates or reading.answerable > self.reading.answerable:
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


def forms_of(question: GoldQuestion) -> Mapping[Form, tuple[str, Sequence[Mapping[str, str]]]]:
    """What is asked and after which turns.

    A follow-up is asked with its history, without it and, if known, as it would stand alone.
    """
    forms: dict[Form, tuple[str, Sequence[Mapping[str, str]]]] = {
        AS_ASKED: (question.question, question.history)
    }
    if question.history:
        forms["history removed"] = (question.question, ())
        if question.standalone:
            forms["stand-alone"] = (question.standalone, ())
    return forms


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
    keys: dict[tuple[str, Form], str] = {}
    for q in questions.questions:  # an edited question or article is asked again
        revisions = [questions.articles[name].revision for name in q.articles]
        mark = digest([q.question, q.standalone, q.history, revisions])
        keys |= {(q.id, form): f"{q.id} {form} {mark}" for form in forms_of(q)}
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
        answer = assistant.ask(*forms_of(question)[form])
        best = next(iter(reader.reading.evidence), None)
        outcome = Outcome(
            question.id,
            form,
            answer,
            tuple((c.article.id, c.passage.start, c.passage.end) for c in reader.candidates),
            (best.article.id, best.sentence.start, best.sentence.end) if best else None,
            best.article.text[slice(*best.exact)] if best and best.exact else None,
        )
        finished[name].add(keys[question.id, form], _OUTCOME.dump_python(outcome, mode="json"))
    return {
        name: [_OUTCOME.validate_python(kept[key]) for key in keys.values()]
        for name, kept in finished.items()
    }


def _checkpoint(
    configuration: Configuration, reader: Reader, folder: Path, suite: str
) -> Checkpoint:
    weights = Path(baselines.__file__).read_text(encoding="utf-8")
    mark = fingerprint(configuration.settings(), type(reader).__name__, weights)
    return Checkpoint(folder, f"{suite}-{configuration.name}", mark)
