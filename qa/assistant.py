"""The assistant: a question and its history -> an answer with its proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypedDict

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda

from qa.answer import Answer
from qa.article import Article
from qa.checking.verifier import Verifier
from qa.compose import written
from qa.compose.base import Parts
from qa.compose.composers import COMPOSERS, Form, form_of
from qa.compose.stages import Read, Retrieved, Stopwatch, Understood
from qa.errors import QAError
from qa.question.follow_up import Turn, clean_question, exchanges, is_follow_up, senses
from qa.question.kind import intent
from qa.question.suggestions import suggest
from qa.reading.corrected import read_corrected
from qa.reading.reader import Reader
from qa.reading.short_answer import short_answer
from qa.reading.two_stages import TwoStageReader
from qa.search.embedder import Embedder, identity
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import Settings
from qa.sources import Reading, read, read_corpus, read_each
from qa.store import Access
from qa.text.language import is_latin
from qa.writing.chat_model import chat_model, name_of
from qa.writing.writer import Writer


class Input(TypedDict, total=False):
    """What the chain takes: the question and, if there are any, earlier turns and limits."""

    question: str
    history: Sequence[Turn]
    articles: Sequence[str] | None
    owner: str | None


@dataclass(frozen=True)
class _Loaded:
    index: Index
    retriever: Retriever
    reader: Reader
    parts: Parts


class Assistant:
    """Answers questions about articles with their own sentences.

    `settings` default to the environment, `embedder` and `reader` to the bundled ones, `model` to
    the one that the settings name, if any; it then writes the answers. The first question, or
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
        self._all: _Loaded | None = None
        self._loading = Lock()

    def load(self) -> None:
        """Load the models and the corpus now instead of at the first question.

        Raises `SourceError` for a corpus file, `StoreError` for an index that cannot be used, and
        `UsageError` for a language model that is not installed or has no key.
        """
        self._loaded().parts.embedder.embed_query("warm up")

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
        asked: Input = {
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
        """Whether these articles answer a question, by the reader alone; no model is asked."""
        asked = self._understand({"question": question, "articles": articles, "owner": owner})
        if not asked.needs_reading:
            return asked.intent == "summary" and bool(asked.articles)
        return self._form(self._read(self._retrieve(asked))) == "direct"

    def suggest(self, article: Article, owner: str | None = None) -> tuple[str, ...]:
        """Questions about an article that it answers, at most `suggestions.LIMIT`."""

        def is_answered(question: str) -> bool:
            try:
                return self.answers(question, [article.id], owner)
            except QAError:  # a name may be longer than a question may be, or the article gone
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

    @property
    def model_name(self) -> str | None:
        """The language model that writes the answers, as they name it; None where they quote."""
        if self._model:
            return name_of(self._model)
        return self.settings.model or None

    @cached_property
    def chain(self) -> Runnable[Input, Any]:
        """The retrieval chain, understand -> retrieve -> read -> compose: `Input` -> `Answer`.

        Streamed, it gives the text of a written answer as it grows, and then the `Answer`.
        """
        read = RunnableBranch(
            (
                lambda understood: understood.needs_reading,
                RunnableLambda(self._retrieve) | RunnableLambda(self._read),
            ),
            RunnableLambda(_skip_reading),
        )
        return RunnableLambda(self._understand) | read | RunnableLambda(self._compose)

    def _loaded(self) -> _Loaded:
        with self._loading:
            if self._all is None:
                settings = self.settings
                corpus = read_corpus(settings.corpus) if settings.corpus else ()
                embedder = self._embedder or Embedder(settings.embedder)
                folder = str(settings.corpus.resolve()) if settings.corpus else ""
                access = Access(
                    settings.chroma_token.get_secret_value(),
                    settings.chroma_tenant,
                    settings.chroma_database,
                )
                index = Index(settings.chroma, embedder, identity(embedder), folder, access)
                index.sync(corpus)
                self._all = _Loaded(
                    index,
                    Retriever(index, settings.top_k),
                    self._reader or TwoStageReader(),
                    Parts(embedder, self._writer()),
                )
            return self._all

    def _writer(self) -> Writer | None:
        name = self.model_name
        if name is None:
            return None
        model = self._model or chat_model(self.settings)
        return Writer(model, name, Verifier(), self.settings.model_timeout)

    def _understand(self, asked: Input) -> Understood:
        stopwatch = Stopwatch()
        question = clean_question(asked["question"])
        loaded, ids, owner = self._loaded(), asked.get("articles"), asked.get("owner")
        articles = loaded.index.visible(owner) if ids is None else loaded.index.get(ids, owner)
        earlier, wish = exchanges(asked.get("history") or ()), intent(question)
        writer = loaded.parts.writer
        rewriter = writer if earlier and wish == "question" and is_follow_up(question) else None
        rewritten = rewriter.rewritten(question, earlier) if rewriter else None
        stopwatch.end("understand")
        return Understood(
            question,
            wish,
            senses(question, earlier, rewritten),
            earlier,
            tuple(articles),
            names_articles=ids is not None,
            is_readable=is_latin(question),
            owner=owner,
            rewritten_by=rewriter.name if rewriter else None,
            stopwatch=stopwatch,
        )

    def _retrieve(self, asked: Understood) -> Retrieved:
        search = self._loaded().retriever.search
        found = tuple(
            tuple(search(sense.query, asked.articles, asked.owner)) for sense in asked.senses
        )
        asked.stopwatch.end("retrieve")
        return Retrieved(asked, found)

    def _read(self, retrieved: Retrieved) -> Read:
        """Read the question in each sense, and keep the one that is best answered."""
        asked, reader = retrieved.understood, self._loaded().reader
        readings = [
            read_corrected(
                reader,
                asked.question if sense.before else sense.standalone,
                candidates,
                sense.before,
                self.settings.threshold,
            )
            for sense, candidates in zip(asked.senses, retrieved.candidates, strict=True)
        ]
        best = max(range(len(readings)), key=lambda i: readings[i].answerable)
        sense, reading = asked.senses[best], readings[best]
        direct = short_answer(asked.question, sense.before, reading)
        asked.stopwatch.end("read")
        return Read(asked, sense, retrieved.candidates[best], reading, direct)

    def _compose(self, read: Read) -> Iterator[str | Answer]:
        """The text of a written answer as it grows, then the answer with its timings."""
        stopwatch = read.understood.stopwatch
        first: dict[str, float] = {}
        for part in self._composed(read):
            if isinstance(part, Answer):
                stopwatch.end("answer")
                yield replace(part, timings={**stopwatch.stages, **first})
            else:
                first = first or {"first sentence": stopwatch.seconds}
                yield part

    def _composed(self, read: Read) -> Iterator[str | Answer]:
        parts, form = self._loaded().parts, self._form(read)
        if form == "direct" and parts.writer:
            yield from written.stream(read, parts, parts.writer)
        else:
            yield COMPOSERS[form](read, parts)

    def _form(self, read: Read) -> Form:
        return form_of(read, self.settings.threshold)


def _skip_reading(understood: Understood) -> Read:
    return Read(understood, understood.senses[0])
