"""What every form of an answer is composed with."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from langchain_core.embeddings import Embeddings

from qa.answer import Answer, Found, Kind, Scored, Trace
from qa.article import Article, Sentence
from qa.collection.copies import Copies
from qa.collection.versions import Change, change
from qa.compose.stages import Read
from qa.reading.reader import Evidence
from qa.statement import Citation, Exact, Statement
from qa.text.dates import day_of, readable
from qa.writing.writer import Writer

Kept = OrderedDict[str, tuple[Sentence, ...]]  # the sentences of a summary by revision
TRACED = 8  # sentences whose scores an answer tells


@dataclass(frozen=True)
class Parts:
    """The models that an answer may be composed with."""

    embedder: Embeddings
    writer: Writer | None = None
    ranked: Kept = field(default_factory=OrderedDict, compare=False)


Composer = Callable[[Read, Parts], Answer]


class Numbering:
    """Numbers what an answer cites from 1, in the order of first use, copies under one number."""

    def __init__(self, copies: Copies | None = None) -> None:
        self._copies = copies or Copies(())
        self._cited: dict[tuple[str, int], Citation] = {}

    def cite(self, article: Article, sentence: Sentence) -> Citation:
        """The citation of a sentence, which has the same number each time."""
        place = article.id, sentence.start
        if place not in self._cited:
            copies = self._copies.others(article, sentence)
            self._cited[place] = Citation.of(article, sentence, len(self._cited) + 1, copies)
        return self._cited[place]


def quoted(
    evidence: Sequence[Evidence],
    direct: Exact | None = None,
    read: Read | None = None,
    numbering: Numbering | None = None,
) -> tuple[Statement, ...]:
    """The evidence to the letter, in this order; the short answer is bold where it stands.

    Where `read` tells that several articles were asked, each is named before its sentences, and
    what an earlier version of it said otherwise comes after.
    """
    scope = read.understood.scope if read else None
    numbering = numbering or Numbering(scope.copies if scope else None)
    is_named = read is not None and len(read.understood.articles) > 1
    statements: list[Statement] = []
    for _, group in groupby(evidence, key=lambda e: e.article.id):
        sentences = list(group)
        article = sentences[0].article
        if is_named:
            statements.append(named(article))
        for e in sentences:
            cited = numbering.cite(e.article, e.sentence)
            bold = _bold(e, direct)
            statements.append(Statement(e.text, (cited,), "evidence", bold))
        for earlier in scope.earlier.get(article.id, ()) if scope else ():
            changes = (change(article, e.sentence, earlier) for e in sentences)
            statements += [told(c, numbering) for c in dict.fromkeys(filter(None, changes))]
    return tuple(statements)


def named(article: Article, speaker: str = "", point: int = 0) -> Statement:
    """The line that names an article: `Title (The Post, 14 March 2025)`, the title in bold.

    The one whom it quotes comes last: `Title (The Post, 14 March 2025; the hospital)`.
    """
    title = " ".join(article.title.split())
    day = readable(article.updated or article.published or "")
    known = ", ".join(filter(None, [article.publisher or article.source, day]))
    known = "; ".join(filter(None, [known, speaker]))
    told = f"{title} ({known})" if known else title
    return Statement(told, role="source", bold=((0, len(title)),), point=point)


def told(change: Change, numbering: Numbering) -> Statement:
    """What an earlier version said: `On 3 February 2024 it said: “Five people died.”`"""
    article = change.article
    cited = numbering.cite(article, change.sentence)
    date = article.updated or article.published or ""
    said = f"On {readable(date)} it said: “" if day_of(date) else "An earlier version said: “"
    bold = tuple((start + len(said), end + len(said)) for start, end in change.words)
    return Statement(f"{said}{cited.quote}”", (cited,), "earlier", bold)


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


def _bold(evidence: Evidence, direct: Exact | None) -> tuple[tuple[int, int], ...]:
    sentence = evidence.sentence
    if (
        direct is None
        or evidence.article.id != direct.article_id
        or direct.start < sentence.start
        or sentence.end < direct.end
    ):
        return ()
    return ((direct.start - sentence.start, direct.end - sentence.start),)


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
