"""The kind of what was said: small talk, about the article itself, a summary, or a question."""

import re
from typing import Literal

from qa.question.article_facts import Fact, asked_fact
from qa.question.digest import digest
from qa.question.over_all import mention
from qa.text.words import words

Intent = Literal["small_talk", "about", "summary", "mentions", "question"]
Talk = Literal["greeting", "thanks", "goodbye", "abilities"]

_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: there| all| everyone)?"
)
_THANKS = re.compile(
    r"(?:ok |okay |great |cool |perfect |many )?(?:thanks|thank you|thx|cheers|ta)"
    r"(?: you)?(?: a lot| so much| very much| again| for (?:the|your) (?:help|answers?))?"
)
_BYE = re.compile(r"(?:good)?bye(?: bye)?|see you(?: later)?|good night")
_ABILITY = re.compile(
    r"help|who are you|what are you|what can (?:you|i) (?:do|ask)(?: you)?"
    r"|how do(?:es)? (?:you|this) work"
    r"|how are you(?: doing)?(?: today)?"
)

_TALK: dict[Talk, re.Pattern[str]] = {
    "greeting": _GREETING,
    "thanks": _THANKS,
    "goodbye": _BYE,
    "abilities": _ABILITY,
}


def intent(question: str) -> Intent:
    """What kind of thing was said; a whole utterance must fit, so no question is swallowed.

    `Thanks!` -> `"small_talk"`, `What is this about?` -> `"summary"`,
    `Who thanks whom?` -> `"question"`
    """
    if small_talk(question):
        return "small_talk"
    said = _plain(question)
    if digest(question):
        return "summary"
    if asked_fact(said):
        return "about"
    return "mentions" if mention(question) else "question"


def small_talk(said: str) -> Talk | None:
    """What kind of small talk was made, if that was all: `Thanks!` -> `"thanks"`."""
    words_said = _plain(said)
    return next((talk for talk, pattern in _TALK.items() if pattern.fullmatch(words_said)), None)


def article_fact(question: str) -> Fact | None:
    """The fact about the article itself that a question asks for, if it asks for one."""
    return asked_fact(_plain(question))


def _plain(said: str) -> str:
    return " ".join(words(re.sub(r"\b(what|who|where|when)['’]s\b", r"\1 is", said, flags=re.I)))
