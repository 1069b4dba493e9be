"""The suite `talking`: conversations as people hold them, each reply held to what it must be."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Literal

import yaml
from langchain_core.embeddings import Embeddings
from pydantic import BaseModel, ConfigDict, TypeAdapter

from eval.baselines import PRODUCT
from eval.metrics import means
from eval.report import Miss, SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from qa.answer import Answer
from qa.article import Article
from qa.assistant import Assistant
from qa.settings import Settings

TALKS = Path(__file__).parents[1] / "talks.yaml"


class Turn(BaseModel):
    """What is said, and what the reply must be; see the head of `talks.yaml`."""

    model_config = ConfigDict(extra="forbid")
    sort: str
    say: str
    kind: list[str] = []
    quotes: list[str] = []
    says: list[str] = []
    lacks: list[str] = []
    single: bool = False

    def wrong(self, answer: Answer) -> str | None:
        """Why a reply is not what it must be; None where it is."""
        text, cited = answer.plain_text, [c.quote for c in answer.citations]
        if self.kind and answer.kind not in self.kind:
            return f"it is of the kind {answer.kind}"
        for words in self.quotes:
            if not any(words in quote for quote in cited):
                return f"“{words}” is not cited"
        if self.says and not any(words in text for words in self.says):
            return f"it does not say “{self.says[0]}”"
        for words in self.lacks:
            if words in text or any(words in quote for quote in cited):
                return f"it has “{words}”"
        return "it cites several sentences" if self.single and len(cited) != 1 else None


class Told(BaseModel):
    """An article of the corpus by its id, or one with its text."""

    model_config = ConfigDict(extra="forbid")
    id: Literal["syria-offensive"] | None = None
    title: str = ""
    source: str = ""
    text: str = ""


class Talk(BaseModel):
    """A conversation about an article."""

    model_config = ConfigDict(extra="forbid")
    article: Told
    turns: list[Turn]


def talks() -> list[Talk]:
    """The conversations, each validated."""
    written = yaml.safe_load(TALKS.read_text(encoding="utf-8"))
    return TypeAdapter(list[Talk]).validate_python(written)


def hold(talk: Talk, embedder: Embeddings) -> list[Answer]:
    """The replies to the turns of a conversation, each after those before it."""
    told = talk.article
    settings = Settings(chroma=":memory:") if told.id else Settings(chroma=":memory:", corpus=None)
    assistant = Assistant(settings, embedder=embedder)
    if told.text:
        assistant.add(Article.from_text(told.text, title=told.title, source=told.source))
    history: list[Mapping[str, object]] = []
    answers = []
    for turn in talk.turns:
        answer = assistant.ask(turn.say, history)
        history += answer.turns
        answers.append(answer)
    return answers


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Hold the conversations and count the replies that are right, by sort of turn."""
    chosen = talks()[: options.limit]
    by_sort: dict[str, list[bool]] = {}
    wrong: list[Miss] = []
    for number, talk in enumerate(track(chosen, "talking", len(chosen))):
        for place, (turn, answer) in enumerate(zip(talk.turns, hold(talk, embedder), strict=True)):
            why = turn.wrong(answer)
            by_sort.setdefault(turn.sort, []).append(why is None)
            if why:
                wrong.append(_miss(f"talk-{number}", why, talk.turns[: place + 1], answer))
    every = {"every turn": list(chain.from_iterable(by_sort.values()))}
    columns = every | dict(sorted(by_sort.items()))
    return SuiteResult(
        questions=len(every["every turn"]),
        tables={"Replies": {sort: means({"right": rights}) for sort, rights in columns.items()}},
        misses=tuple(wrong),
        missed_by=PRODUCT,
    )


def _miss(name: str, why: str, turns: Sequence[Turn], answer: Answer) -> Miss:
    *before, turn = turns
    return Miss.of(
        answer,
        id=name,
        kind=turn.sort,
        why=why,
        question=turn.say,
        history=[{"role": "user", "content": said.say} for said in before],
        gold=tuple(turn.quotes),
        answers=tuple(turn.says),
    )
