"""The assistant: a question, its history -> an answer with its proof."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypedDict

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda

from qa.answer import Answer, Dropped
from qa.article import Article
from qa.checking.verifier import Verifier
from qa.compose import reply
from qa.compose.about_article import about
from qa.compose.reply import Prose, Question
from qa.compose.summary import summarise
from qa.errors import QAError
from qa.question.follow_up import Turn, clean_question, exchanges, is_follow_up, senses
from qa.question.kind import intent, small_talk
from qa.question.suggestions import suggest
from qa.reading.reader import BundledReader, Candidate, Evidence, Reader
from qa.search.embedder import Embedder
from qa.search.index import Index
from qa.search.retriever import HybridRetriever
from qa.settings import Settings
from qa.sources import Reading, read, read_corpus, read_each
from qa.store import Access
from qa.writing.chat_model import chat_model
from qa.writing.prompt import numbered
from qa.writing.writer import Writer, Written

MAX_EVIDENCE = 3  # sentences of an extractive answer
ADDS_EVIDENCE = 0.6  # of the best sentence's probability: what a further one scores at least


class Asked(TypedDict, total=False):
    """What the chain takes: the question and, if there are any, earlier turns and limits."""

    question: str
    history: Sequence[Turn]
    articles: Sequence[str] | None
    owner: str | None


@dataclass(frozen=True)
class _Parts:
    embedder: Embeddings
    index: Index
    retriever: HybridRetriever
    reader: Reader
    writer: Writer | None


class Assistant:
    """Answers questions about articles with their own sentences.

    `settings` default to the environment; `embedder` and `reader` to the bundled ones, `model` to
    the one of the settings, if there is one; it then writes the answers. The first question, or
    `load`, loads the models and brings the index up to date with the corpus.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embeddings | None = None,
        reader: Reader | None = None,
        model: BaseChatModel | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._embedder = embedder
        self._reader = reader
        self._model = model
        self._parts: _Parts | None = None
        self._loading = Lock()

    def load(self) -> None:
        """Load the models and the corpus now instead of at the first question.

        Raises `SourceError` for a corpus file, `StoreError` for an index that cannot be used, and
        `UsageError` for a language model that is not installed or has no key.
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
        answer: Answer = self.chain.invoke(
            {"question": question, "history": history, "articles": articles, "owner": owner}
        )
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        articles: Sequence[str] | None = None,
        owner: str | None = None,
    ) -> Iterator[str | Answer]:
        """The answer's text as it grows, then the finished `Answer`."""
        asked: Asked = {
            "question": question,
            "history": history,
            "articles": articles,
            "owner": owner,
        }
        text = None
        for part in self.chain.stream(asked):
            if isinstance(part, Answer) and part.text != text:
                yield part.text
            text = part
            yield part

    def answers(self, question: str, articles: Sequence[str], owner: str | None = None) -> bool:
        """Whether these articles answer a question, as the reader has it; no model is asked."""
        asked = self._understand({"question": question, "articles": articles, "owner": owner})
        if asked.intent != "question":
            return asked.intent == "summary" and bool(asked.articles)
        return self._read(self._retrieve(asked)).reading.answerable >= self.settings.threshold

    def suggest(self, article: Article, owner: str | None = None) -> tuple[str, ...]:
        """Questions about an article that it answers, at most `suggestions.LIMIT`."""

        def is_answered(question: str) -> bool:
            try:
                return self.answers(question, [article.id], owner)
            except QAError:  # a name may be longer than a question; an article may be gone by now
                return False

        return suggest(article, is_answered)

    def add(self, source: str | Path | Article, owner: str | None = None) -> Article:
        """Add an article, or the one at a URL or in a file; adding it again changes nothing.

        Raises `SourceError` when it cannot be made an article.
        """
        article = source if isinstance(source, Article) else read(source)
        self._loaded().index.add(article, owner)
        return article

    def add_each(self, source: str | Path, owner: str | None = None) -> Iterator[Reading]:
        """Add the new articles of a feed, a sitemap or lines of URLs, else the one article.

        What became of each comes as soon as it is known; one that fails has a `problem`.
        """
        known = {article.url for article in self.list(owner) if article.url}
        for reading in read_each(source, known):
            if reading.article:
                self.add(reading.article, owner)
            yield reading

    def list(self, owner: str | None = None) -> "list[Article]":
        """The articles that a question of this owner sees, in the order of their ids."""
        return self._loaded().index.visible(owner)

    def owned(self) -> dict[str | None, tuple[str, ...]]:
        """The ids of the articles that each owner has added."""
        return self._loaded().index.owned()

    def remove(self, article_id: str, owner: str | None = None) -> None:
        """Remove an added article.

        Raises `UnknownArticleError`, and `UsageError` for an article of the corpus folder.
        """
        self._loaded().index.remove(article_id, owner)

    @cached_property
    def chain(self) -> Runnable[Asked, Any]:
        """The retrieval chain: `{"question", "history"}` -> `Answer`.

        Streamed, it gives the text of a written answer as it grows, and then the `Answer`.
        """
        question = (
            RunnableLambda(self._retrieve)
            | RunnableLambda(self._read)
            | RunnableLambda(self._answer)
        )
        return RunnableLambda(self._understand) | RunnableBranch(
            (lambda q: q.intent == "small_talk", RunnableLambda(_talk)),
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
                access = Access(
                    settings.chroma_token.get_secret_value(),
                    settings.chroma_tenant,
                    settings.chroma_database,
                )
                index = Index(settings.chroma, embedder, settings.embedder, folder, access)
                index.sync(corpus)
                self._parts = _Parts(
                    embedder,
                    index,
                    HybridRetriever(index=index, k=settings.top_k),
                    self._reader or BundledReader(),
                    self._writer(),
                )
            return self._parts

    def _writer(self) -> Writer | None:
        settings = self.settings
        model = self._model or (chat_model(settings) if settings.model else None)
        return Writer(model, Verifier(), settings.model_timeout) if model else None

    @property
    def _model_name(self) -> str:
        return self.settings.model or type(self._model).__name__

    def _understand(self, asked: Asked) -> Question:
        started = time.perf_counter()
        question = clean_question(asked["question"])
        parts, ids, owner = self._loaded(), asked.get("articles"), asked.get("owner")
        articles = parts.index.visible(owner) if ids is None else parts.index.get(ids, owner)
        earlier, wish = exchanges(asked.get("history") or ()), intent(question)
        rewritten = None
        if parts.writer and earlier and wish == "question" and is_follow_up(question):
            rewritten = parts.writer.rewritten(question, earlier)
        meant = senses(question, earlier, rewritten)
        state = Question(question, wish, earlier, meant, tuple(articles), owner, started)
        return state.after("understand")

    def _retrieve(self, question: Question) -> Question:
        articles = {article.id: article for article in question.articles}
        search = self._loaded().retriever.search
        found = tuple(
            tuple(
                Candidate.of(articles[document.metadata["article_id"]], document)
                for document in search(sense.query, question.articles, question.owner)
            )
            for sense in question.senses
        )
        return question.after("retrieve", found=found)

    def _read(self, question: Question) -> Question:
        """Read the question in each sense; the one with the best evidence is meant."""
        reader = self._loaded().reader
        read = [
            (
                sense,
                candidates,
                reader.read(
                    question.asked if sense.before else sense.standalone, candidates, sense.before
                ),
            )
            for sense, candidates in zip(question.senses, question.found, strict=True)
        ]
        sense, candidates, reading = max(read, key=lambda one: one[2].answerable)
        return question.after("read", senses=(sense,), candidates=candidates, reading=reading)

    def _answer(self, question: Question) -> Iterator[str | Answer]:
        reading, writer = question.reading, self._loaded().writer
        if reading.answerable < self.settings.threshold or not reply.is_latin(question.asked):
            yield reply.refusal(question)
        elif writer:
            yield from self._write(question, writer)
        else:
            yield self._extract(question)

    def _write(self, question: Question, writer: Writer) -> Iterator[str | Answer]:
        """The text as each sentence is verified, then the answer; one that quotes if none is."""
        prose = Prose(self._model_name)
        shown = numbered(question.reading.evidence)
        for event in writer.write(question.standalone, question.earlier, shown):
            if isinstance(event, Written):
                prose.sentences.append(event)
                prose.first = prose.first or time.perf_counter() - question.started
                yield prose.text
            elif isinstance(event, Dropped):
                prose.dropped.append(event)
            elif event.declined:
                yield reply.refusal(question, mode="written", model=prose.model)
                return
            else:
                prose.failure_reason = event.failure_reason
        if prose.sentences:
            yield reply.written(question, prose)
        else:
            yield reply.quoted_instead(self._extract(question), prose)

    def _extract(self, question: Question) -> Answer:
        reading = question.reading
        best = reading.evidence[0]
        chosen = [
            e for e in reading.evidence[:MAX_EVIDENCE] if e.score >= ADDS_EVIDENCE * best.score
        ]
        exact = best.article.text[slice(*best.exact)] if best.exact else None
        chosen.sort(key=lambda e: (e.article.id != best.article.id, e.article.id, e.sentence.start))
        return reply.quoted(question, chosen, exact, reading.answerable)

    def _summarise(self, question: Question) -> Answer:
        if not question.articles:
            return reply.refusal(question)
        chosen = [
            Evidence(article, sentence, 1.0)
            for article, sentences in summarise(question.articles, self._loaded().embedder)
            for sentence in sentences
        ]
        return reply.quoted(question, chosen, None, 1.0)


def _talk(question: Question) -> Answer:
    return reply.answered(question, "small_talk", small_talk(question.asked))


def _about(question: Question) -> Answer:
    return reply.answered(question, "about", about(question.articles, question.asked))
