"""The forms of an answer, and what composes each: a new form is a file and a row here."""

from typing import Literal

from qa.compose import about_article, direct, mentions, refusal, small_talk, summary, talk
from qa.compose.base import Composer
from qa.compose.stages import Read

Form = Literal["direct", "refusal", "about", "summary", "mentions", "small_talk", "talk"]

COMPOSERS: dict[Form, Composer] = {
    "direct": direct.compose,
    "refusal": refusal.compose,
    "about": about_article.compose,
    "summary": summary.compose,
    "mentions": mentions.compose,
    "small_talk": small_talk.compose,
    "talk": talk.compose,
}


def form_of(read: Read, threshold: float) -> Form:
    """The form that fits; a question whose confidence is below the threshold is refused."""
    intent = read.understood.intent
    if intent == "small_talk":
        return "small_talk"
    if not read.articles:
        return "refusal"
    if read.understood.about and read.understood.is_readable:
        return "talk"
    if intent != "question":
        return intent
    is_answered = read.understood.is_readable and read.reading.answerable >= threshold
    return "direct" if is_answered else "refusal"
