"""The answer where none was found: it says so, and offers the nearest sentences."""

from typing import Any

from qa.answer import Answer
from qa.compose.base import Numbering, Parts, answered
from qa.compose.stages import Read
from qa.statement import Statement
from qa.text.language import Language

CLOSEST = 3  # sentences
ENGLISH_ONLY = "I can read English only; please ask in English."
_IN_ENGLISH: dict[Language, str] = {
    "fr": "Je ne lis que l’anglais ; posez votre question en anglais, s’il vous plaît. ",
    "de": "Ich lese nur Englisch; bitte stellen Sie Ihre Frage auf Englisch. ",
    "es": "Solo leo inglés; haga su pregunta en inglés, por favor. ",
    "no": "Jeg leser bare engelsk; still spørsmålet på engelsk, er du snill. ",
}


def compose(read: Read, parts: Parts, unanswered: str = "", **fields: Any) -> Answer:
    """Say why there is no answer, or what is given; `fields` are further ones of the answer."""
    numbering = Numbering()
    closest = (numbering.cite(e.article, e.sentence) for e in read.reading.evidence[:CLOSEST])
    return answered(
        read,
        "refusal",
        [Statement(unanswered or _reason(read))],
        closest=tuple(closest),
        abstained=True,
        confidence=read.reading.answerable,
        **fields,
    )


def searched(read: Read) -> str:
    """What was searched: `in “Harbour”`, `in the 7 articles I searched`."""
    if len(read.articles) == 1:
        return f"in “{' '.join(read.articles[0].title.split())}”"
    return f"in the {len(read.articles):,} articles I searched"


def _reason(read: Read) -> str:
    if not read.understood.is_readable:
        own = _IN_ENGLISH[read.understood.language] if read.understood.language else ""
        return f"{own}{ENGLISH_ONLY}"
    if not read.articles:
        if read.understood.names_articles:
            return "No article is chosen; choose one, or leave the choice out to ask all."
        return "There is no article yet; add one."
    return f"I did not find that {searched(read)}."
