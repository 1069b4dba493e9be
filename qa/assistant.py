"""The assistant: a question, its history -> an answer with its proof."""

import string
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypedDict

from langchain_core.embeddings import Embeddings
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda

from qa.answer import Answer, Citation, Found, Kind, Scored, Trace, escape_markdown
from qa.article import Article
from qa.conversation import Turn, clean_question, said_before, standalone
from qa.embedder import Embedder
from qa.index import Index
from qa.intent import Intent, about, intent, small_talk
from qa.reader import BundledReader, Candidate, Evidence, Reader, Reading
from qa.retriever import HybridRetriever
from qa.settings import Settings
from qa.sources import read, read_corpus
from qa.summary import summarise

MAX_EVIDENCE = 3  # sentences of an extractive answer
CLOSEST = 3  # sentences offered under a refusal
ADDS_EVIDENCE = 0.6  # of the best sentence's probability: what a further one scores at least
TRACED = 8  # sentences whose scores an answer tells
_UNREAD = Reading((), 0.0)
_MIN_LATIN = 0.5  # of a question's letters; the product is made for English


class Asked(TypedDict, total=False):
    """What the chain takes: the question and, if there are any, earlier turns and limits."""

    question: str
    history: Sequence[Turn]
    articles: Sequence[str] | None
    owner: str | None


@dataclass(frozen=True)
class _Question:
    """A question on its way through the chain."""

    asked: str
    intent: Intent
    before: tuple[str, ...]
    standalone: str
    articles: tuple[Article, ...]
    owner: str | None
    started: float
    candidates: tuple[Candidate, ...] = ()
    reading: Reading = field(default=_UNREAD)
    timings: Mapping[str, float] = field(default_factory=dict)

    def after(self, stage: str, **changes: Any) -> "_Question":
        """The same question one stage on, with the seconds that the stage took."""
        seconds = time.perf_counter() - self.started - sum(self.timings.values())
        return replace(self, timings={**self.timings, stage: seconds}, **changes)


@dataclass(frozen=True)
class _Parts:
    embedder: Embeddings
    index: Index
    retriever: HybridRetriever
    reader: Reader


class Assistant:
    """Answers questions about articles with their own sentences.

    `settings` default to the environment; `embedder` and `reader` to the bundled ones. The first
    question, or `load`, loads the models and brings the index up to date with the corpus.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embeddings | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._embedder = embedder
        self._reader = reader
        self._parts: _Parts | None = None
        self._loading = Lock()

    def load(self) -> None:
        """Load the models and the corpus now instead of at the first question.

        Raises `SourceError` for a corpus file and `StoreError` for an index that cannot be used.
        """
        self._loaded().embedder.embed_query("warm up")

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        articles: Sequence[str] | None = None,
        owner: str | None = None,
    ) -> Answer:
        """Answer a question, in the light of earlier turns, from these articles (None: all).

        Raises `UsageError` for a blank or too long question, `UnknownArticleError` for an id.
        """
        return self.chain.invoke(
            {"question": question, "history": history, "articles": articles, "owner": owner}
        )

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        articles: Sequence[str] | None = None,
        owner: str | None = None,
    ) -> Iterator[str | Answer]:
        """The answer's text as it grows, then the finished `Answer`."""
        answer = self.ask(question, history, articles, owner)
        yield answer.text
        yield answer

    def add(self, source: str | Path | Article, owner: str | None = None) -> Article:
        """Add an article, or the one at a URL or in a file; adding it again changes nothing.

        Raises `SourceError` when it cannot be made an article.
        """
        article = source if isinstance(source, Article) else read(source)
        self._loaded().index.add(article, owner)
        return article

    def list(self, owner: str | None = None) -> "list[Article]":
        """The articles that a question of this owner sees, in the order of their ids."""
        return self._loaded().index.visible(owner)

    def remove(self, article_id: str, owner: str | None = None) -> None:
        """Remove an added article.

        Raises `UnknownArticleError`, and `UsageError` for an article of the corpus folder.
        """
        self._loaded().index.remove(article_id, owner)

    @cached_property
    def chain(self) -> Runnable[Asked, Answer]:
        """The retrieval chain: `{"question", "history"}` -> `Answer`."""
        question = (
            RunnableLambda(self._retrieve)
            | RunnableLambda(self._read)
            | RunnableLambda(self._decide)
        )
        return RunnableLambda(self._understand) | RunnableBranch(
            (lambda q: q.intent == "small_talk", RunnableLambda(_small_talk)),
            (lambda q: q.intent == "about", RunnableLambda(_about)),
            (lambda q: q.intent == "summary", RunnableLambda(self._summarise)),
            question,
        )

    def _loaded(self) -> _Parts:
        with self._loading:
            if self._parts is None:
                settings = self.settings
                corpus = read_corpus(settings.corpus) if settings.corpus else ()
                embedder = self._embedder or Embedder(settings.embedder)
                folder = str(settings.corpus.resolve()) if settings.corpus else ""
                index = Index(settings.chroma, embedder, settings.embedder, folder)
                index.sync(corpus)
                self._parts = _Parts(
                    embedder,
                    index,
                    HybridRetriever(index=index, k=settings.top_k),
                    self._reader or BundledReader(),
                )
            return self._parts

    def _understand(self, asked: Asked) -> _Question:
        started = time.perf_counter()
        question = clean_question(asked["question"])
        index, ids, owner = self._loaded().index, asked.get("articles"), asked.get("owner")
        articles = index.visible(owner) if ids is None else index.get(ids, owner)
        before = said_before(asked.get("history") or ())
        alone = standalone(question, before)
        state = _Question(
            question, intent(question), before, alone, tuple(articles), owner, started
        )
        return state.after("understand")

    def _retrieve(self, question: _Question) -> _Question:
        articles = {article.id: article for article in question.articles}
        found = self._loaded().retriever.search(
            question.standalone, question.articles, question.owner
        )
        candidates = [Candidate.of(articles[d.metadata["article_id"]], d) for d in found]
        return question.after("retrieve", candidates=tuple(candidates))

    def _read(self, question: _Question) -> _Question:
        reading = self._loaded().reader.read(question.asked, question.candidates, question.before)
        return question.after("read", reading=reading)

    def _decide(self, question: _Question) -> Answer:
        reading = question.reading
        if reading.answerable < self.settings.threshold or not _is_latin(question.asked):
            return _refusal(question)
        best = reading.evidence[0]
        chosen = [
            e for e in reading.evidence[:MAX_EVIDENCE] if e.score >= ADDS_EVIDENCE * best.score
        ]
        exact = best.article.text[slice(*best.exact)] if best.exact else None
        chosen.sort(key=lambda e: (e.article.id != best.article.id, e.article.id, e.sentence.start))
        return _quote(question, chosen, exact, reading.answerable)

    def _summarise(self, question: _Question) -> Answer:
        if not question.articles:
            return _refusal(question)
        chosen = [
            Evidence(article, sentence, 1.0)
            for article, sentences in summarise(question.articles, self._loaded().embedder)
            for sentence in sentences
        ]
        return _quote(question, chosen, None, 1.0)


def _quote(
    question: _Question, evidence: Sequence[Evidence], exact: str | None, confidence: float
) -> Answer:
    citations = tuple(
        Citation.of(e.article, e.sentence, number) for number, e in enumerate(evidence, 1)
    )
    lines = [f"> {_emphasised(e)} [{c.number}]" for e, c in zip(evidence, citations, strict=True)]
    return _answer(
        question,
        "answer",
        "\n>\n".join(lines),
        exact=exact,
        citations=citations,
        confidence=confidence,
    )


def _emphasised(evidence: Evidence) -> str:
    text = escape_markdown(evidence.text)
    if evidence.exact is None:
        return text
    first, last = evidence.sentence.start, evidence.sentence.end
    start, end = evidence.exact
    whole = evidence.article.text
    before, exact, after = whole[first:start], whole[start:end], whole[end:last]
    if _clings(exact[:1], before[-1:]) or _clings(exact[-1:], after[:1]):
        return text
    bold = f"**{escape_markdown(exact)}**"
    return _escaped_with_seams(before) + bold + _escaped_with_seams(after)


def _clings(edge: str, beside: str) -> bool:
    """Whether Markdown may take `**` between these characters to be text, as in `so**!**`.

    CommonMark 0.31, section 6.2; before it, symbols beyond ASCII were no punctuation.
    """
    seam = not beside or beside.isspace() or beside in string.punctuation
    return unicodedata.category(edge)[0] in "PS" and not (
        seam or unicodedata.category(beside)[0] == "P"
    )


def _escaped_with_seams(text: str) -> str:
    # Escaping strips the ends; a space beside the bold must stay.
    lead, trail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return f"{lead}{escape_markdown(text)}{trail}" if text.strip() else text and " "


def _refusal(question: _Question) -> Answer:
    closest = question.reading.evidence[:CLOSEST]
    if not question.articles:
        text = "There is no article yet; add one."
    elif not _is_latin(question.asked):
        text = "I can read English only; please ask in English."
    elif len(question.articles) == 1:
        text = "The article does not say."
    else:
        text = "The articles do not say."
    return _answer(
        question,
        "refusal",
        text,
        closest=tuple(Citation.of(e.article, e.sentence, n) for n, e in enumerate(closest, 1)),
        abstained=True,
        confidence=question.reading.answerable,
    )


def _small_talk(question: _Question) -> Answer:
    return _answer(question, "small_talk", small_talk(question.asked))


def _about(question: _Question) -> Answer:
    return _answer(question, "about", about(question.articles))


def _answer(question: _Question, kind: Kind, text: str, **fields: Any) -> Answer:
    return Answer(
        kind,
        question.asked,
        question.standalone,
        text,
        trace=_trace(question),
        timings=question.after("answer").timings,
        **fields,
    )


def _trace(question: _Question) -> Trace:
    return Trace(
        tuple(
            Found(c.article.id, c.passage.start, c.passage.end, c.dense_rank, c.lexical_rank)
            for c in question.candidates
        ),
        tuple(
            Scored(e.article.id, e.sentence.start, e.sentence.end, e.score)
            for e in question.reading.evidence[:TRACED]
        ),
    )


def _is_latin(question: str) -> bool:
    letters = [c for c in question if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= _MIN_LATIN * len(letters)
