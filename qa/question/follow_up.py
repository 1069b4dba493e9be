"""A follow-up and what was said before it -> the questions that it may stand for."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.errors import UsageError
from qa.markdown import plain
from qa.text.words import STOPWORDS, names, numbers, stems, words

MAX_CHARACTERS = 2000  # of a question
MAX_BEFORE = 240  # characters of the question before, and of its answer
MAX_TURNS = 100  # of a history; older ones are not looked at
_BEGINS = re.compile(
    r"^\W*(?:and|but|or|so|then|also|what about|how about|(?:what|who|where|how) else|why not"
    r"|any(?:thing|one|body)? (?:else|other))\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:he|she|they|it|him|her|his|hers|them|their|theirs|its|this|that|these|those|ones"
    r"|(?:the|any|which|what) (?:other|others|rest|same|next|one|latter|former))\b",
    re.I,
)
_POINTS_NOWHERE = re.compile(  # Is it safe to return? What does it cost to stay?
    r"\b(?:is|was|be|been|has|does|did|will|would) it (?:\w+ly )?\w+ (?:to|that|for)\b"
    r"|\bit (?:take|cost|mean)s? to\b",
    re.I,
)
_TRAILS_OFF = re.compile(
    r"\b(?:him|them|that|those|these|so|too|either|else|otherwise|instead|then|before|there|one"
    r"|ones|the (?:others|rest|same))\W*$",
    re.I,
)
_ASKS_FOR_ONE = re.compile(  # who is pedersen
    r"^\W*(?:who|what|where|when)(?:['’]s| is| are| was| were) (?:the |an? )?[\w-]+\W*$", re.I
)
_MEASURES = frozenset("many much long often old large far big high".split())

Turn = Mapping[str, object]


@dataclass(frozen=True)
class Cited:
    """A quote of an earlier answer, and where it stood, as far as the history tells."""

    quote: str
    article_id: str = ""
    start: int = -1


@dataclass(frozen=True)
class Earlier:
    """An earlier question and the answer to it, as plain text, and the quotes that it cited.

    `further` are those that were shown since, of what was said about that answer.
    """

    question: str
    answer: str = ""
    cited: tuple[Cited, ...] = ()
    further: tuple[Cited, ...] = ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """What the answer cited, to the letter."""
        return tuple(c.quote for c in self.cited)

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that it cited."""
        return tuple(c.article_id for c in self.cited if c.article_id)


@dataclass(frozen=True)
class Sense:
    """One way to understand a question: in full, as it is searched for, as it is read.

    What is `asked`, where that is not all of it, is read after what was said `before`: the last
    question and its answer, or nothing.
    """

    standalone: str
    query: str
    before: tuple[str, ...] = ()
    asked: str = ""
    is_bare: bool = False  # a follow-up by itself, as if nothing had been said before


def clean_question(question: str) -> str:
    """The question on one line without control characters.

    Raises `UsageError` when nothing is left, or more than `MAX_CHARACTERS`.
    """
    composed = unicodedata.normalize("NFC", question)
    visible = "".join(
        " " if c.isspace() else c
        for c in composed
        if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    cleaned = " ".join(visible.split())
    if not cleaned:
        raise UsageError("The question is empty; type one.")
    if len(cleaned) > MAX_CHARACTERS:
        raise UsageError(
            f"The question has {len(cleaned):,} characters; "
            f"shorten it to at most {MAX_CHARACTERS:,}."
        )
    return cleaned


def exchanges(history: Sequence[Turn]) -> tuple[Earlier, ...]:
    """The questions of a history, oldest first, each with its answer; blank turns are left out.

    Turns may come in any order, and an assistant's with the citations of `Answer.to_dict`.
    """
    found: list[Earlier] = []
    for turn in history[-MAX_TURNS:]:
        content = turn.get("content")
        text = " ".join(plain(content).split()) if isinstance(content, str) else ""
        if not text:
            continue
        if turn.get("role") == "user":
            found.append(Earlier(text))
        elif turn.get("role") == "assistant" and found and not found[-1].answer:
            found[-1] = Earlier(found[-1].question, text, _cited(turn.get("citations")))
    return tuple(found)


def senses(
    question: str, earlier: Sequence[Earlier], rewritten: str | None = None
) -> tuple[Sense, ...]:
    """The ways to understand a question after these; one that stands alone has only one.

    `And civilians?` after `How many soldiers died?` is searched for together with that question,
    and with that and the sentences that its answer cited; `rewritten` is the question as a language
    model would ask it. Last it is read bare, for it may stand alone after all.
    """
    if not earlier or not is_follow_up(question):
        return (Sense(question, question),)
    last = earlier[-1]
    before = (_in_full(last.question, earlier[:-1])[-MAX_BEFORE:], last.answer[:MAX_BEFORE])
    full = f"{before[0]} {question}"
    found = [Sense(full, full, tuple(filter(None, before)), question)]
    if last.quotes:
        found.append(replace(found[0], query=" ".join([full, *last.quotes])))
    if rewritten:
        found.append(Sense(rewritten, rewritten))
    if _content(question):
        found.append(Sense(question, question, is_bare=True))
    return tuple(found)


def is_follow_up(question: str) -> bool:
    """Whether a question makes no sense without the one before it: `Why?`, `How old is he?`.

    It begins like one, says hardly anything, ends in a word that stands for another, or points
    back before it has named what it could point to.
    """
    content = _content(question)
    if _BEGINS.search(question) or (
        len(content) < 2 and not names(question) and not _ASKS_FOR_ONE.search(question)
    ):
        return True
    end = _TRAILS_OFF.search(question)
    if end and len(_content(question[: end.start()])) < 4:
        return True
    plain_question = _POINTS_NOWHERE.sub(" ", question)
    return any(
        sum(word not in _MEASURES for word in _content(plain_question[: match.start()])) < 2
        for match in _POINTS_BACK.finditer(plain_question)
    )


def keeps(question: str, rewritten: str) -> bool:
    """Whether a rewritten question has all numbers and names of the follow-up it stands for."""
    own = names(question) | numbers(question)
    return own <= set(stems(rewritten)) | numbers(rewritten)


def _in_full(question: str, earlier: Sequence[Earlier]) -> str:
    """An earlier question, with the one before it if it is a follow-up itself."""
    return f"{earlier[-1].question} {question}" if earlier and is_follow_up(question) else question


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOPWORDS]


def _cited(citations: object) -> tuple[Cited, ...]:
    """The citations, as anyone may have written them."""
    if not isinstance(citations, list | tuple):
        return ()
    return tuple(
        Cited(quote, str(c.get("article_id", "")), start if isinstance(start, int) else -1)
        for c in citations
        if isinstance(c, Mapping)
        for quote, start in [(c.get("quote"), c.get("start"))]
        if isinstance(quote, str) and quote.strip()
    )
