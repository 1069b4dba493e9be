"""Replies scripted from `news_twins`, true and false mixed, through the whole product."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
VARIANTS = (EVERYTHING, *(f"without {guard}" for guard in GUARDS), UNSIGNED, ALONE, JUDGED)
WRONG = 10  # one in so many of the judge's verdicts
_JUDGING = "You check sentences"  # how the judge's instructions begin
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.M)


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
class Asked:
    """A question, and the sentences of the reply to it, each with those that it rests on."""

    question: str
    article: Article
    reply: Sequence[tuple[Twin, tuple[str, ...]]]


class _KeptReader:
    """Reads a question once for all variants."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: dict[object, Reading] = {}

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
    """The check without some of its guards, its signs or its score; `score` is kept for all."""

    def __init__(self, name: str, score: Callable[[str, tuple[str, ...]], float]) -> None:
        super().__init__(guards={g: check for g, check in GUARDS.items() if name != f"without {g}"})
        self._name, self._score = name, score

    @property
    def threshold(self) -> float:
        return 1e-9 if self._name == ALONE else super().threshold

    def features(self, claim: str, sentences: Sequence[str]) -> dict[str, float]:
        found = super().features(claim, sentences)
        return found | dict.fromkeys(SIGNS, 0.0) if self._name == UNSIGNED else found

    def logit(self, claim: str, sentences: Sequence[str]) -> float:
        return self._score(claim, tuple(sentences))


def twins_end_to_end(options: Options, embedder: Embeddings) -> SuiteResult:
    """By variant of the check what a reader sees of the replies."""
    asked = read_replies(options)
    script = Scripted()
    seen: list[tuple[str, Twin, dict[str, float | None]]] = []
    reached: list[bool] = []
    total = len(asked) * len(VARIANTS)
    for variant, one, assistant in track(_assistants(asked, script, embedder), "written", total):
        calls: list[str] = []
        script.reply = _replying(one, calls)
        answer = assistant.ask(one.question)
        seen += [(variant, twin, values) for twin, values in _fates(one, answer)]
        if variant == EVERYTHING:
            reached.append(bool(calls))
    by_variant = table((variant, values) for variant, _, values in seen)
    by_variant[EVERYTHING] |= means({"reached": reached})
    by_sort = table(
        (twin.sort or "", {f"{name}, {variant}": values[name]})
        for variant, twin, values in sorted(seen, key=lambda one: one[1].sort or "")
        for name in ("true shown", "false shown")
    )
    tables = {"What a reader sees": by_variant, "By sort": by_sort}
    return SuiteResult(questions=len(asked), tables=tables)


def read_replies(options: Options) -> list[Asked]:
    """Two replies to each four pairs of an article, to its answerable questions in turn."""
    folder = options.folder(FOLDER)
    claims = read_claims(folder / "claims.jsonl.gz", Twin, options.split)
    twins = sample([c for c in claims if c.pair], options.limit)
    questions = read_public(folder, options.split)
    found = []
    by_article = sorted(twins, key=lambda c: (c.article, c.pair or ""))
    for name, group in groupby(by_article, key=lambda c: c.article):
        article = questions.articles[name]
        pairs = [list(both) for _, both in groupby(group, key=lambda c: c.pair)]
        asking = cycle(_asking(questions, name))
        for start in range(0, len(pairs), PAIRS):
            for turn in (0, 1):
                reply = [
                    (twin, _resting(twin, article))
                    for number, both in enumerate(pairs[start : start + PAIRS])
                    for twin in both
                    if twin.supported == ((number + turn) % 2 == 0)
                ]
                found.append(Asked(next(asking), article, reply))
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


def _resting(twin: Twin, article: Article) -> tuple[str, ...]:
    places = sorted(sentences_at(article, twin.spans, f"The claim {twin.id!r}"))
    return tuple(article.text[start:end] for _, start, end in places)


def _assistants(
    asked: Sequence[Asked], script: Scripted, embedder: Embeddings
) -> Iterator[tuple[str, Asked, Assistant]]:
    reader, score = TwoStageReader(), Verifier().logit
    for _, group in groupby(asked, key=lambda a: a.article.id):
        some, kept_reader, kept_score = list(group), _KeptReader(reader), lru_cache(None)(score)
        for variant in VARIANTS:
            assistant = Assistant(
                Settings(chroma=MEMORY, corpus=None, judge=variant == JUDGED),
                embedder=embedder,
                reader=kept_reader,
                model=script,
                verifier=_Variant(variant, kept_score),
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


def _fates(asked: Asked, answer: Answer) -> Iterator[tuple[Twin, dict[str, float | None]]]:
    """What became of each sentence: shown in the model's words, told by them or by a quote."""
    written = " ".join(s.text for s in answer.statements if s.role == "direct")
    quoted = {c.quote for s in answer.statements for c in s.citations}
    for twin, cited in asked.reply:
        true, shown = twin.supported, answer.mode == "written" and twin.claim in written
        yield (
            twin,
            {
                "true shown": shown if true else None,
                "false shown": None if true else shown,
                "true told": (shown or bool(quoted & set(cited))) if true else None,
            },
        )
