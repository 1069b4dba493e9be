"""The forms of an answer, and what composes each: a new form is a file and a row here."""

from typing import Literal

from qa.compose import (
    about_article,
    account,
    comparison,
    digests,
    direct,
    mentions,
    overview,
    refusal,
    said,
    small_talk,
    summary,
    talk,
    voices,
    yes_no,
)
from qa.compose.base import Composer
from qa.compose.stages import Read
from qa.question.digest import digest
from qa.question.form import Wanted, wanted_form
from qa.question.listing import names_whole

Form = Literal[
    "direct",
    "yes_no",
    "said",
    "account",
    "overview",
    "refusal",
    "about",
    "summary",
    "key_facts",
    "timeline",
    "people",
    "mentions",
    "comparison",
    "voices",
    "small_talk",
    "talk",
]

COMPOSERS: dict[Form, Composer] = {
    "direct": direct.compose,
    "yes_no": yes_no.compose,
    "said": said.compose,
    "account": account.compose,
    "overview": overview.compose,
    "refusal": refusal.compose,
    "about": about_article.compose,
    "summary": summary.compose,
    "mentions": mentions.compose,
    "comparison": comparison.compose,
    "voices": voices.compose,
    "key_facts": digests.key_facts,
    "timeline": digests.timeline,
    "people": digests.people,
    "small_talk": small_talk.compose,
    "talk": talk.compose,
}

ANSWERS: dict[Wanted, Form] = {
    "short": "direct",
    "account": "direct",
    "next": "direct",
    "yes_no": "yes_no",
    "said": "said",
    "about": "account",
    "role": "account",
    "event": "account",
    "overview": "overview",
    "why": "account",
}


def is_answer(form: Form) -> bool:
    """Whether a form answers a question from the text."""
    return form in ANSWERS.values()


def form_of(read: Read, threshold: float) -> Form:
    """The form that fits; a question whose confidence is below the threshold is refused.

    Where that asks for all that is named, the names are listed: they need no reader.
    """
    intent = read.understood.intent
    if intent == "small_talk":
        return "small_talk"
    if not read.articles:
        return "refusal"
    if read.understood.about and read.understood.is_readable:
        return "talk"
    if comparing := read.understood.comparing:
        is_told = not comparing.topic or read.reading.answerable >= threshold
        return "comparison" if is_told else "refusal"
    if intent == "summary":
        wish = digest(read.understood.scope.question)
        return wish.kind if wish else "summary"
    if intent != "question":
        return intent
    is_answered = read.understood.is_readable and read.reading.answerable >= threshold
    question = read.understood.scope.question
    if is_answered:
        return ANSWERS[wanted_form(question)]
    return "people" if read.understood.is_readable and names_whole(question) else "refusal"
