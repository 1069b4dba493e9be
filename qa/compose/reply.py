"""What is known of a question on its way, and the answers that it can end in."""

import string
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qa.answer import Answer, Citation, Dropped, Found, Kind, Scored, Trace, escape_markdown
from qa.article import Article
from qa.question.follow_up import Earlier, Sense
from qa.question.kind import Intent
from qa.reading.reader import Candidate, Evidence, Reading
from qa.writing.writer import Written

CLOSEST = 3  # sentences offered under a refusal
TRACED = 8  # sentences whose scores an answer tells
_UNREAD = Reading((), 0.0)
_MIN_LATIN = 0.5  # of a question's letters; the product is made for English


@dataclass(frozen=True)
class Question:
    """A question on its way through the chain: what was asked, and what is known by now.

    Of its `senses` one is chosen when it is read; before, the first stands for all.
    """

    asked: str
    intent: Intent
    earlier: tuple[Earlier, ...]
    senses: tuple[Sense, ...]
    articles: tuple[Article, ...]
    owner: str | None
    started: float
    found: tuple[tuple[Candidate, ...], ...] = ()  # for each sense
    candidates: tuple[Candidate, ...] = ()  # for the sense that was chosen
    reading: Reading = field(default=_UNREAD)
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def standalone(self) -> str:
        """The question in full, in the sense that was chosen."""
        return self.senses[0].standalone

    def after(self, stage: str, **changes: Any) -> "Question":
        """The same question one stage on, with the seconds that the stage took."""
        seconds = time.perf_counter() - self.started - sum(self.timings.values())
        return replace(self, timings={**self.timings, stage: seconds}, **changes)


@dataclass
class Prose:
    """What a language model has written so far: what passed, what was dropped, how it went on."""

    model: str
    sentences: list[Written] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    first: float | None = None  # seconds to the first sentence
    failure_reason: str | None = None

    @property
    def text(self) -> str:
        """The sentences as Markdown, each with its markers."""
        numbers = self._numbers()
        return " ".join(
            escape_markdown(s.text)
            + " "
            + "".join(f"[{numbers[c.article.id, c.sentence.start][0]}]" for c in s.cited)
            for s in self.sentences
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What is cited, in the order of first use."""
        return tuple(citation for _, citation in self._numbers().values())

    def _numbers(self) -> dict[tuple[str, int], tuple[int, Citation]]:
        found: dict[tuple[str, int], tuple[int, Citation]] = {}
        for cited in (c for s in self.sentences for c in s.cited):
            number = len(found) + 1
            key = cited.article.id, cited.sentence.start
            found.setdefault(key, (number, Citation.of(cited.article, cited.sentence, number)))
        return found


def written(question: Question, prose: Prose) -> Answer:
    """What a model wrote and the verifier let pass."""
    best = question.reading.evidence[0]
    exact = best.article.text[slice(*best.exact)] if best.exact else ""
    cited = {(c.article_id, c.start) for c in prose.citations}
    shown = (best.article.id, best.sentence.start) in cited and exact in prose.text
    first = {} if prose.first is None else {"first sentence": prose.first}
    answer = answered(
        question,
        "answer",
        prose.text,
        exact=exact if exact and shown else None,
        citations=prose.citations,
        confidence=question.reading.answerable,
        mode="written",
        model=prose.model,
        note=prose.failure_reason
        and f"{prose.model} {prose.failure_reason}, so its answer stops here.",
    )
    trace = replace(answer.trace, dropped=tuple(prose.dropped))
    return replace(answer, trace=trace, timings={**answer.timings, **first})


def quoted_instead(answer: Answer, prose: Prose) -> Answer:
    """An answer that quotes, with the reason why it does not say what the model wrote."""
    if prose.failure_reason:
        note = f"{prose.model} {prose.failure_reason}, so the article is quoted instead."
    elif prose.dropped:
        note = f"What {prose.model} wrote could not be verified, so the article is quoted instead."
    else:
        note = f"{prose.model} wrote nothing, so the article is quoted instead."
    trace = replace(answer.trace, dropped=tuple(prose.dropped))
    return replace(answer, model=prose.model, note=note, trace=trace)


def quoted(
    question: Question, evidence: Sequence[Evidence], exact: str | None, confidence: float
) -> Answer:
    """The evidence to the letter, in this order, each sentence with its number."""
    citations = tuple(
        Citation.of(e.article, e.sentence, number) for number, e in enumerate(evidence, 1)
    )
    lines = [f"> {_emphasised(e)} [{c.number}]" for e, c in zip(evidence, citations, strict=True)]
    return answered(
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


def refusal(question: Question, **fields: Any) -> Answer:
    """There is no answer; with the closest sentences, which are none."""
    closest = question.reading.evidence[:CLOSEST]
    if not question.articles:
        text = "There is no article yet; add one."
    elif not is_latin(question.asked):
        text = "I can read English only; please ask in English."
    elif len(question.articles) == 1:
        text = "The article does not say."
    else:
        text = "The articles do not say."
    return answered(
        question,
        "refusal",
        text,
        closest=tuple(Citation.of(e.article, e.sentence, n) for n, e in enumerate(closest, 1)),
        abstained=True,
        confidence=question.reading.answerable,
        **fields,
    )


def answered(question: Question, kind: Kind, text: str, **fields: Any) -> Answer:
    """An answer of this kind, with what is known of how it was found."""
    return Answer(
        kind,
        question.asked,
        question.standalone,
        text,
        trace=_trace(question),
        timings=question.after("answer").timings,
        **fields,
    )


def _trace(question: Question) -> Trace:
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


def is_latin(question: str) -> bool:
    """Whether a question is written in Latin letters, or in none."""
    letters = [c for c in question if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin >= _MIN_LATIN * len(letters)
