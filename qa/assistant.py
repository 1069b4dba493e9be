"""The assistant: a question and its history -> an answer with its proof."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypedDict

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda

from qa.answer import Answer, Growing
from qa.article import Article
from qa.checking.verifier import Verifier
from qa.collection.choice import Choice
from qa.collection.compared import compared
from qa.collection.scope import Scope, scope
from qa.collection.versions import versions
from qa.compose import written
from qa.compose.composers import COMPOSERS, Form, form_of, is_answer
from qa.compose.joined import joined
from qa.compose.stages import Read, Retrieved, Stopwatch, Understood
from qa.errors import QAError
from qa.loaded import Loaded, load, writer_of
from qa.parsing.parser import bundled_parser
from qa.question.comparing import comparing
from qa.question.conversation import Meaning, is_leaning, meaning
from qa.question.conversation import asked as told
from qa.question.follow_up import Sense, Turn, clean_question, exchanges
from qa.question.kind import small_talk
from qa.question.over_all import is_of_all
from qa.question.parts import parts
from qa.question.suggestions import AFTER, Suggestions
from qa.question.wording import worded
from qa.reading.articles import by_article, preferring
from qa.reading.corrected import read_corrected
from qa.reading.reader import Reader, Reading
from qa.reading.senses import best_sense
from qa.reading.short_answer import short_answer
from qa.search.candidate import Candidate
from qa.settings import Settings
from qa.sources import Reading as SourceReading
from qa.sources import read, read_each
from qa.text.language import foreign_language, is_english, is_latin
from qa.writing.chat_model import name_of

SAMPLED = 20  # articles, by whose language a question in another one is declined


class Input(TypedDict, total=False):
    """What the chain takes: the question and, if there are any, earlier turns and limits."""

    question: str
    history: Sequence[Turn]
    articles: Sequence[str] | None
    owner: str | None


class Assistant:
    """Answers questions about articles with their own sentences.

    `settings` default to the environment, `embedder` and `reader` to the bundled ones, `model` to
    the one that the settings name, if any; it then writes the answers, which `verifier` checks.
    The first question, or `load`, loads the models and brings the index up to date with the corpus.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embeddings | None = None,
        reader: Reader | None = None,
        model: BaseChatModel | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._embedder = embedder
        self._reader = reader
        self._model = model
        self._verifier = verifier
        self._all: Loaded | None = None
        self._loading = Lock()
        self._suggested: dict[str | None, Suggestions] = {}

    def load(self) -> None:
        """Load the models and the corpus now instead of at the first question.

        Raises `SourceError` for a corpus file, `StoreError` for an index that cannot be used, and
        `UsageError` for a language model that is not installed or has no key.
        """
        parts = self._loaded().parts
        parts.embedder.embed_query("warm up")
        if parts.writer:  # whose sentences are parsed
            bundled_parser().parse(["warm up"])

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
    ) -> Iterator[Growing | Answer]:
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
                yield Growing.of(part.statements)
            text = part
            yield part

    def answers(self, question: str, articles: Sequence[str], owner: str | None = None) -> bool:
        """Whether these articles answer a question, by the reader alone; no model is asked."""
        asked = self._understand({"question": question, "articles": articles, "owner": owner})
        if not asked.needs_reading:
            return asked.intent == "summary" and bool(asked.scope.articles)
        return is_answer(self._form(self._read(self._retrieve(asked), self._loaded().glance)))

    def suggest(self, article: Article, owner: str | None = None) -> tuple[str, ...]:
        """Questions about an article that it answers, at most `suggestions.LIMIT`."""
        return self._suggestions(owner).of(article)

    def add(self, source: str | Path | Article, owner: str | None = None) -> Article:
        """Add an article, or the one at a URL or in a file; adding it again changes nothing.

        Raises `SourceError` when it cannot be made an article.
        """
        article = source if isinstance(source, Article) else read(source)
        self._loaded().index.add(article, owner)
        return article

    def add_each(self, source: str | Path, owner: str | None = None) -> Iterator[SourceReading]:
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

    def chosen(
        self, choice: Choice, articles: Sequence[str] | None = None, owner: str | None = None
    ) -> "tuple[str, ...] | None":
        """The ids of those articles (None: all) that fit a choice; as they are without one.

        Raises `UsageError` where none fits, `UnknownArticleError` for an id.
        """
        if not choice:
            return None if articles is None else tuple(articles)
        index = self._loaded().index
        asked = index.visible(owner) if articles is None else index.get(articles, owner)
        return tuple(article.id for article in choice.of(asked))

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
        one = RunnableLambda(self._understand) | read | RunnableLambda(self._compose)
        return RunnableBranch((_is_several, RunnableLambda(self._ask_each)), one)

    def _ask_each(self, asked: Input) -> Iterator[Growing | Answer]:
        """Answer one question of several after the other, each as if it followed the last."""
        answers: list[Answer] = []
        turns = list(asked.get("history") or ())
        for part in parts(asked["question"]):
            for event in self.stream(part, turns, asked.get("articles"), asked.get("owner")):
                if isinstance(event, Answer):
                    answers.append(event)
                else:
                    so_far = Answer("answer", part, part, event.statements)
                    yield Growing.of(joined(asked["question"], [*answers, so_far]).statements)
            turns += answers[-1].turns
        yield joined(clean_question(asked["question"]), answers)

    def _loaded(self) -> Loaded:
        with self._loading:
            if self._all is None:
                writer = self.model_name and writer_of(
                    self.settings, self._model, self.model_name, self._verifier
                )
                self._all = load(self.settings, self._embedder, self._reader, writer or None)
            return self._all

    def _understand(self, asked: Input) -> Understood:
        stopwatch = Stopwatch()
        typed = clean_question(asked["question"])
        loaded, ids, owner = self._loaded(), asked.get("articles"), asked.get("owner")
        articles = loaded.index.visible(owner) if ids is None else loaded.index.get(ids, owner)
        question = worded(typed, articles)
        earlier = told(exchanges(asked.get("history") or ()))
        wish = comparing(question)
        beside = compared(wish, articles, earlier) if wish else None
        asking = beside or scope(question, articles, earlier)
        writer = loaded.parts.writer
        rewriter = writer if is_leaning(question, earlier) else None
        rewritten = rewriter.rewritten(question, earlier) if rewriter else None
        if beside:  # a topic is a question by itself
            meant = Meaning("question", (Sense(beside.question, beside.question),))
        else:
            meant = meaning(asking.question, earlier, rewritten)
        is_digest_of_all = meant.intent == "summary" and is_of_all(question)
        is_of_every = is_digest_of_all or meant.intent in ("about", "mentions", "voices")
        if is_of_every and asking.question == question:  # of copies, too
            every = tuple(articles) if meant.intent == "about" else versions(articles).latest
            asking = Scope(question, every)
        language = foreign_language(typed)
        stopwatch.end("understand")
        return Understood(
            question,
            meant.intent,
            meant.senses,
            earlier,
            asking,
            tuple(articles),
            names_articles=ids is not None,
            is_readable=is_latin(typed) and not (language and _are_english(articles)),
            owner=owner,
            rewritten_by=rewriter.name if rewriter else None,
            stopwatch=stopwatch,
            typed=typed,
            about=meant.about,
            language=language,
            comparing=wish if beside else None,
        )

    def _retrieve(self, asked: Understood) -> Retrieved:
        search, articles = self._loaded().retriever.search, asked.scope.articles
        found = tuple(tuple(search(sense.query, articles, asked.owner)) for sense in asked.senses)
        asked.stopwatch.end("retrieve")
        return Retrieved(asked, found)

    def _read(self, retrieved: Retrieved, reader: Reader | None = None) -> Read:
        """Read the question in each sense, and keep the one that is best answered."""
        asked = retrieved.understood
        reader = reader or self._loaded().reader
        readings = [
            self._reading(sense, candidates, reader)
            for sense, candidates in zip(asked.senses, retrieved.candidates, strict=True)
        ]
        best = best_sense(asked.senses, readings, self.settings.threshold)
        sense, candidates = asked.senses[best], retrieved.candidates[best]
        reading = preferring(readings[best], asked.scope.stays)
        is_answered = reading.answerable >= self.settings.threshold
        groups = by_article(candidates) if is_answered else []
        apart = [self._reading(sense, own, reader) for own in groups if len(groups) > 1]
        direct = short_answer(sense.asked or sense.standalone, sense.before, reading)
        asked.stopwatch.end("read")
        told = tuple(own for own in apart if own.evidence)
        return Read(asked, sense, candidates, reading, direct, told)

    def _reading(self, sense: Sense, candidates: Sequence[Candidate], reader: Reader) -> Reading:
        question = sense.asked or sense.standalone
        threshold = self.settings.threshold
        return read_corrected(reader, question, candidates, sense.before, threshold)

    def _compose(self, read: Read) -> Iterator[Growing | Answer]:
        """The text of a written answer as it grows, then the answer with its timings."""
        stopwatch = read.understood.stopwatch
        first: dict[str, float] = {}
        for part in self._composed(read):
            if isinstance(part, Answer):
                stopwatch.end("answer")
                yield replace(
                    part,
                    suggestions=self._suggested_after(part, read),
                    timings={**stopwatch.stages, **first},
                )
            else:
                first = first or {"first sentence": stopwatch.seconds}
                yield part

    def _composed(self, read: Read) -> Iterator[Growing | Answer]:
        parts, form = self._loaded().parts, self._form(read)
        asks_model = is_answer(form) or (form == "refusal" and read.understood.needs_reading)
        if parts.writer and asks_model:
            found = read.reading.answerable >= self.settings.threshold
            yield from written.stream(read, parts, parts.writer, found=found)
        else:
            yield COMPOSERS[form](read, parts)

    def _suggested_after(self, answer: Answer, read: Read) -> tuple[str, ...]:
        """Further questions to the article that an answer speaks of, or to the only one."""
        quoted = (*answer.citations, *answer.closest)
        ids = {quoted[0].article_id} if quoted else {a.id for a in read.articles}
        article = next((a for a in read.articles if ids == {a.id}), None)
        if article is None or small_talk(answer.question) in ("thanks", "goodbye", "nod"):
            return ()
        asked = [answer.question, *(one.question for one in read.understood.earlier)]
        said = " ".join(citation.quote for citation in quoted)
        return self._suggestions(read.understood.owner).of(article, asked, AFTER, said)

    def _suggestions(self, owner: str | None) -> Suggestions:
        def is_answered(question: str, article: Article) -> bool:
            try:
                return self.answers(question, [article.id], owner)
            except QAError:  # a name may be longer than a question may be, or the article gone
                return False

        return self._suggested.setdefault(owner, Suggestions(is_answered))

    def _form(self, read: Read) -> Form:
        return form_of(read, self.settings.threshold)


def _is_several(asked: Input) -> bool:
    return len(parts(asked["question"])) > 1


def _skip_reading(understood: Understood) -> Read:
    return Read(understood, understood.senses[0])


def _are_english(articles: Sequence[Article]) -> bool:
    return all(is_english(article.text) for article in articles[:SAMPLED])
