"""A friendly line for what is no question: a greeting, thanks, a goodbye, what can be asked."""

from qa.answer import Answer
from qa.compose.base import Parts, answered
from qa.compose.stages import Read
from qa.question.kind import Talk, small_talk
from qa.statement import Statement

_CAN_ASK = (
    "Ask me what the article says: who, what, when, where, how many, why, or for a summary. "
    "I answer with its own sentences, and say so when it does not tell."
)
_LINES: dict[Talk | None, str] = {
    "greeting": f"Hello. {_CAN_ASK}",
    "thanks": f"You are welcome. {_CAN_ASK}",
    "goodbye": "Goodbye. The article stays here for your next question.",
    "abilities": _CAN_ASK,
}


def compose(read: Read, parts: Parts) -> Answer:
    """Reply in kind."""
    line = _LINES[small_talk(read.understood.question)]
    return answered(read, "small_talk", [Statement(line)])
