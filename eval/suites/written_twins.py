"""Replies scripted from `news_twins`, true and false mixed, through the whole product."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, groupby
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from eval.checkpoint import digest
from eval.metrics import means, table
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites.news_twins import sample
from eval.suites.open_news import FOLDER
from qa.answer import Answer
from qa.article import Article
from qa.assistant import Assistant
from qa.checking.signs import SIGNS
from qa.checking.verifier import GUARDS, Verifier
from qa.reading.reader import Reader, Reading
from qa.reading.two_stages import TwoStageReader
from qa.search.candidate import Candidate
from qa.settings import MEMORY, Settings
from qa.writing.prompt import inert
from sets.claims import Twin, read_claims
from sets.questions import DataError, QuestionSet, read_public, sentences_at

PAIRS = 4  # whose sentences make two replies: every other one true, and the other way round
EVERYTHING, JUDGED = "all", "all, and a judge"
ALONE, UNSIGNED = "guards alone", "without signs"
WRONG = 10  # one in so many of the judge's verdicts
_JUDGING = "You check sentences"  # how the judge's instructions begin
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.M)
NOTES = (
    "Each reply is four sentences of news_twins over one article, every other one true, given by a "
    "scripted chat model to an open question of that article, with the numbers of the sentences "
    "that it rests on. Shown is what stands in the answer in the "
    "model's words; told is that or, in its place, a quote of a sentence it rests on.",
    "Without a guard: all but it. Guards alone: no score. Without signs: the score without them. "
    "The judge is scripted too, and its verdict right nine times in ten.",
    "Reached: of the questions, all of which the article answers, those that the model was asked.",
)


@dataclass(frozen=True)
class Asked:
    """A question, and the sentences of the reply to it, each with those that it rests on."""

    question: str
    article: Article
    reply: Sequence[tuple[Twin, tuple[str, ...]]]


class Scripted(BaseChatModel):
    """A chat model that replies as a script does to the system's words and the last message."""

    reply: Callable[[str, str], str] = lambda _system, _message: ""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        told = {message.type: str(message.text) for message in messages}
        written = AIMessage(self.reply(told.get("system", ""), told["human"]))
        return ChatResult(generations=[ChatGeneration(message=written)])


@dataclass(frozen=True)
class Fate:
    """What became of a sentence."""

    twin: Twin
    shown: bool
    told: bool

    @property
    def values(self) -> dict[str, float | None]:
        """Every measure."""
        true = self.twin.supported
        return {
            "true shown": self.shown if true else None,
            "false shown": None if true else self.shown,
            "true told": self.told if true else None,
        }


@dataclass
class _Kept:
    """What the models made of a text, for all variants alike."""

    readings: dict[object, Reading] = field(default_factory=dict)
    logits: dict[tuple[str, tuple[str, ...]], float] = field(default_factory=dict)


class _KeptReader:
    def __init__(self, reader: Reader, kept: _Kept) -> None:
        self._reader, self._kept = reader, kept.readings

    def read(
        self, question: str, candidates: Sequence[Candidate], before: Sequence[str] = ()
    ) -> Reading:
        """As the reader does."""
        places = tuple((c.article.id, c.passage.start) for c in candidates)
        key = (question, places, tuple(before))
        if key not in self._kept:
            self._kept[key] = self._reader.read(question, candidates, before)
        return self._kept[key]


class _Variant(Verifier):
    """The check without some of its guards, its signs or its score."""

    def __init__(self, kept: _Kept, name: str) -> None:
        super().__init__(guards={g: check for g, check in GUARDS.items() if name != f"without {g}"})
        self._name, self._kept = name, kept.logits

    @property
    def threshold(self) -> float:
        return 1e-9 if self._name == ALONE else super().threshold

    def features(self, claim: str, sentences: Sequence[str]) -> dict[str, float]:
        found = super().features(claim, sentences)
        return found | dict.fromkeys(SIGNS, 0.0) if self._name == UNSIGNED else found

    def logit(self, claim: str, sentences: Sequence[str]) -> float:
        key = claim, tuple(sentences)
        if key not in self._kept:
            self._kept[key] = super().logit(claim, sentences)
        return self._kept[key]


VARIANTS = (EVERYTHING, *(f"without {guard}" for guard in GUARDS), UNSIGNED, ALONE, JUDGED)


def twins_end_to_end(options: Options, embedder: Embeddings) -> SuiteResult:
    """By variant of the check what a reader sees of the replies."""
    asked = read_replies(options)
    fates: list[tuple[str, Fate]] = []
    reached: list[bool] = []
    script = Scripted()
    total = len(asked) * len(VARIANTS)
    for variant, one, assistant in track(_assistants(asked, script, embedder), "written", total):
        calls: list[str] = []
        script.reply = _replying(one, calls)
        answer = assistant.ask(one.question)
        fates += [(variant, fate) for fate in _fates(one, answer)]
        if variant == EVERYTHING:
            reached.append(bool(calls))
    seen = table((variant, fate.values) for variant, fate in fates)
    seen[EVERYTHING] |= means({"reached": reached})
    by_sort = table(
        (fate.twin.sort or "", {f"{name}, {variant}": fate.values[name]})
        for variant, fate in fates
        for name in ("true shown", "false shown")
    )
    tables = {"What a reader sees": seen, "By sort": dict(sorted(by_sort.items()))}
    return SuiteResult(questions=len(asked), tables=tables, notes=NOTES)


def read_replies(options: Options) -> list[Asked]:
    """Two replies to each four pairs of an article, to its answerable questions in turn."""
    folder = options.folder(FOLDER)
    claims = read_claims(folder / "claims.jsonl.gz", Twin, options.split)
    twins = [c for c in claims if c.pair]
    questions = read_public(folder, options.split)
    found = []
    by_article = sorted(sample(twins, options.limit), key=lambda c: (c.article, c.pair or ""))
    for name, group in groupby(by_article, key=lambda c: c.article):
        pairs = [list(both) for _, both in groupby(group, key=lambda c: c.pair)]
        asking = cycle(_asking(questions, name))
        for some in (pairs[i : i + PAIRS] for i in range(0, len(pairs), PAIRS)):
            for turn in (0, 1):
                reply = [
                    twin
                    for number, both in enumerate(some)
                    for twin in both
                    if twin.supported == ((number + turn) % 2 == 0)
                ]
                article = questions.articles[name]
                found.append(Asked(next(asking), article, [_resting(t, article) for t in reply]))
    return found


def _asking(questions: QuestionSet, article: str) -> list[str]:
    found = [
        q.question
        for q in questions.questions
        if q.articles == (article,) and q.answerable and not q.history and q.kind != "yesno"
    ]
    if not found:
        raise DataError(f"No answerable question is asked of the article {article!r}.")
    return found


def _resting(twin: Twin, article: Article) -> tuple[Twin, tuple[str, ...]]:
    places = sorted(sentences_at(article, twin.spans, f"The claim {twin.id!r}"))
    return twin, tuple(article.text[start:end] for _, start, end in places)


def _assistants(
    asked: Sequence[Asked], script: Scripted, embedder: Embeddings
) -> Iterator[tuple[str, Asked, Assistant]]:
    reader, article_of = TwoStageReader(), groupby(asked, key=lambda a: a.article.id)
    for _, group in article_of:
        some, kept = list(group), _Kept()
        for variant in VARIANTS:
            assistant = Assistant(
                Settings(chroma=MEMORY, corpus=None, judge=variant == JUDGED),
                embedder=embedder,
                reader=_KeptReader(reader, kept),
                model=script,
                verifier=_Variant(kept, variant),
            )
            assistant.add(some[0].article)
            yield from ((variant, one, assistant) for one in some)


def _replying(asked: Asked, calls: list[str]) -> Callable[[str, str], str]:
    def reply(system: str, message: str) -> str:
        if system.startswith(_JUDGING):
            return verdicts_of(asked, message)
        calls.append(message)
        numbers = {text: number for number, text in _NUMBERED.findall(message)}
        return " ".join(
            f"{twin.claim} [{', '.join(numbers[inert(s)] for s in cited if inert(s) in numbers)}]"
            for twin, cited in asked.reply
        )

    return reply


def verdicts_of(asked: Asked, message: str) -> str:
    """The scripted judge's reply to a message of `qa.writing.judge`."""
    truth = {inert(twin.claim): twin.supported for twin, _ in asked.reply}
    verdicts = [
        {
            "sentence": int(number),
            "supported": truth.get(text, True) != (int(digest(text), 16) % WRONG == 0),
            "reason": "",
        }
        for number, text in _NUMBERED.findall(message)
    ]
    return json.dumps({"verdicts": verdicts})


def _fates(asked: Asked, answer: Answer) -> Iterator[Fate]:
    written = " ".join(s.text for s in answer.statements if s.role == "direct")
    quoted = {c.quote for s in answer.statements for c in s.citations}
    for twin, cited in asked.reply:
        shown = answer.mode == "written" and twin.claim in written
        yield Fate(twin, shown, shown or bool(quoted & set(cited)))
