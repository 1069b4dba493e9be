"""A question on its way to an answer: what is known of it after each stage of the chain."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.article import Article
from qa.collection.scope import Scope
from qa.question.comparing import Comparing
from qa.question.conversation import About
from qa.question.follow_up import Earlier, Sense
from qa.question.kind import Intent
from qa.reading.reader import Reading
from qa.search.candidate import Candidate
from qa.statement import Exact
from qa.text.language import Language


class Stopwatch:
    """Seconds since it was made, and by stage."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._stages: dict[str, float] = {}

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.perf_counter() - self._started

    @property
    def stages(self) -> Mapping[str, float]:
        """The seconds of each stage that has ended."""
        return dict(self._stages)

    def end(self, stage: str) -> None:
        """The stage that began where the last one ended is over."""
        self._stages[stage] = self.seconds - sum(self._stages.values())


@dataclass(frozen=True)
class Understood:
    """What is asked, of which articles, before anything is searched.

    The `question` is put as the articles would put it; `typed` is how it came, where that differs.
    `scope` is what is read for it, of which articles; `senses` are the ways to understand that;
    `rewritten_by` is the language model that was asked for one of them. `about` is what is said
    about the last answer, if that is all. `language` is the one that it is in, where that is known
    and not English. `comparing` is what to compare, where that is asked.
    """

    question: str
    intent: Intent
    senses: tuple[Sense, ...]
    earlier: tuple[Earlier, ...]
    scope: Scope
    articles: tuple[Article, ...]  # that may be asked
    names_articles: bool  # whoever asks said which articles; else it is all that there are
    is_readable: bool  # in a language that the reader may know
    owner: str | None
    rewritten_by: str | None
    stopwatch: Stopwatch = field(compare=False)
    typed: str = ""
    about: About | None = None
    language: Language | None = None
    comparing: Comparing | None = None

    @property
    def needs_reading(self) -> bool:
        """Whether the answer has to be found in the text of an article."""
        is_asked = self.comparing.topic if self.comparing else self.intent == "question"
        return bool(is_asked) and self.is_readable and bool(self.scope.articles)


@dataclass(frozen=True)
class Retrieved:
    """The passages that were found for each sense of a question."""

    understood: Understood
    candidates: tuple[tuple[Candidate, ...], ...]


@dataclass(frozen=True)
class Read:
    """A question in the sense that is best answered, and what the reader found.

    `apart` are readings of each article by itself, where several have passages and it is answered.
    """

    understood: Understood
    sense: Sense
    candidates: tuple[Candidate, ...] = ()
    reading: Reading = field(default=Reading((), 0.0))
    direct: Exact | None = None
    apart: tuple[Reading, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those that the question is asked of."""
        return self.understood.scope.articles
