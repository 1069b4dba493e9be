"""What every form of an answer is composed with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.embeddings import Embeddings

from qa.answer import Answer, Found, Kind, Scored, Trace
from qa.article import Article, Sentence
from qa.compose.stages import Read
from qa.reading.reader import Evidence
from qa.statement import Citation, Exact, Statement
from qa.writing.writer import Writer

TRACED = 8  # sentences whose scores an answer tells


@dataclass(frozen=True)
class Parts:
    """The models that an answer may be composed with."""

    embedder: Embeddings
    writer: Writer | None = None


Composer = Callable[[Read, Parts], Answer]


class Numbering:
    """Numbers what an answer cites from 1, in the order of first use."""

    def __init__(self) -> None:
        self._cited: dict[tuple[str, int], Citation] = {}

    def cite(self, article: Article, sentence: Sentence) -> Citation:
        """The citation of a sentence, which has the same number each time."""
        place = article.id, sentence.start
        if place not in self._cited:
            self._cited[place] = Citation.of(article, sentence, len(self._cited) + 1)
        return self._cited[place]


def quoted(evidence: Sequence[Evidence], direct: Exact | None = None) -> tuple[Statement, ...]:
    """The evidence to the letter, in this order; the short answer is bold where it stands."""
    numbering = Numbering()
    return tuple(
        Statement(
            e.text,
            (numbering.cite(e.article, e.sentence),),
            "evidence",
            ((direct.start - e.sentence.start, direct.end - e.sentence.start),)
            if direct and _holds(e, direct)
            else (),
        )
        for e in evidence
    )


def answered(read: Read, kind: Kind, statements: Sequence[Statement] = (), **fields: Any) -> Answer:
    """An answer of this kind, with how it was found."""
    understood = read.understood
    given: dict[str, Any] = {"model": understood.rewritten_by, "trace": _trace(read)}
    return Answer(
        kind,
        understood.typed or understood.question,
        read.sense.standalone,
        tuple(statements),
        **given | fields,
    )


def _holds(evidence: Evidence, direct: Exact) -> bool:
    sentence = evidence.sentence
    return (
        evidence.article.id == direct.article_id
        and sentence.start <= direct.start
        and direct.end <= sentence.end
    )


def _trace(read: Read) -> Trace:
    return Trace(
        tuple(
            Found(c.article.id, c.passage.start, c.passage.end, c.dense_rank, c.lexical_rank)
            for c in read.candidates
        ),
        tuple(
            Scored(e.article.id, e.sentence.start, e.sentence.end, e.score)
            for e in read.reading.evidence[:TRACED]
        ),
    )
