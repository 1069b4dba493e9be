"""A friendly line for what is no question: a greeting, thanks, a goodbye, what can be asked."""

from qa.answer import Answer
from qa.compose.base import Parts, answered
from qa.compose.stages import Read
from qa.question.kind import Talk, small_talk
from qa.question.talk import about_answer
from qa.statement import Statement

_CAN_ASK = (
    "Ask me what the article says: who, what, when, where, how many, why, or for a summary. "
    "I answer with its own sentences, and say so when I do not find it."
)
_ABOUT_ANSWERS = (
    "After an answer you can ask “Are you sure?”, “Where does it say that?” or “Who said that?”, "
    "or say “Tell me more”, “Shorter” or “No, I meant …”."
)
_LINES: dict[Talk, str] = {
    "greeting": f"Hello. {_CAN_ASK}",
    "thanks": "You are welcome. Ask on if you want to know more.",
    "goodbye": "Goodbye. The article stays here for your next question.",
    "abilities": f"{_CAN_ASK} {_ABOUT_ANSWERS}",
    "nod": "Good. Ask on if you want to know more.",
}


def compose(read: Read, parts: Parts) -> Answer:
    """Reply in kind; what says nothing by itself is asked back."""
    said = read.understood.typed or read.understood.question
    talk = small_talk(said) or "unclear"
    line = _LINES.get(talk) or _asked_back(said)
    return answered(read, "small_talk", [Statement(line)])


def _asked_back(said: str) -> str:
    if about_answer(said):
        return "There is no answer yet that this could be about; ask me a question first."
    return f"“{said}” alone does not tell me what to look for; please ask a whole question."
