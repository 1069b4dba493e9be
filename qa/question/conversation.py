"""What a conversation has asked so far, and what is meant by what is said next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.question.follow_up import Cited, Earlier, Sense, is_follow_up, senses
from qa.question.kind import Intent, intent, small_talk
from qa.question.talk import Said, about_answer, corrected
from qa.text.words import STOPWORDS, words

WHOLE = 3  # words that make a question though all are stopwords: Is it over?


@dataclass(frozen=True)
class About:
    """What was said about an answer, and the question that it answered, as it was asked."""

    said: Said
    last: Earlier


@dataclass(frozen=True)
class Meaning:
    """What is meant: a question in one sense or several, or something about the last answer."""

    intent: Intent
    senses: tuple[Sense, ...]
    about: About | None = None


def asked(earlier: Sequence[Earlier]) -> tuple[Earlier, ...]:
    """The exchanges in which something was asked of the articles, oldest first.

    Small talk leaves no trace. What was said about an answer belongs to it: a question that
    corrects it takes its place, and what was shown since is `further` to it.
    """
    found: list[Earlier] = []
    for one in earlier:
        if small_talk(one.question):
            continue
        said = about_answer(one.question) if found else None
        if said is None:
            found.append(one)
        elif said.move == "correct":
            found.append(replace(one, question=corrected(found[-1].question, said)[0]))
        elif said.words:
            found.append(replace(one, question=said.words))
        elif said.move in ("more", "others"):
            found[-1] = replace(found[-1], further=found[-1].further + one.cited)
    return tuple(found)


def meaning(question: str, earlier: Sequence[Earlier], rewritten: str | None = None) -> Meaning:
    """What a question means after these, which are as `asked` tells them."""
    if not earlier:
        return Meaning(_alone(question), (Sense(question, question),))
    *before, last = earlier
    if small_talk(question):
        return Meaning("small_talk", (Sense(question, question),))
    said = about_answer(question)
    if said is None:
        return Meaning(intent(question), senses(question, earlier, rewritten))
    if said.move == "correct":
        meant = corrected(last.question, said)
        return Meaning(intent(meant[0]), tuple(s for q in meant for s in senses(q, before)))
    if said.words:  # What else did Orr say?
        last = Earlier(said.words, further=_all_cited(earlier))
        return Meaning("question", senses(said.words, earlier), About(said, last))
    if said.move == "others":
        last = replace(last, further=_all_cited(earlier))
        return Meaning("question", senses(question, earlier), About(said, last))
    return Meaning(intent(last.question), senses(last.question, before), About(said, last))


def is_leaning(question: str, earlier: Sequence[Earlier]) -> bool:
    """Whether it is a question that a language model may rephrase to stand alone."""
    is_question = intent(question) == "question" and about_answer(question) is None
    return bool(earlier) and is_question and is_follow_up(question)


def _alone(question: str) -> Intent:
    """The intent of what opens a conversation: what needs an answer before it says nothing."""
    found = intent(question)
    if found != "question":
        return found
    said = about_answer(question)
    said_words = words(question)
    has_content = len(said_words) >= WHOLE or any(w not in STOPWORDS for w in said_words)
    is_lost = said is not None and said.move != "correct" and not said.words
    return "small_talk" if is_lost or not has_content else found


def _all_cited(earlier: Sequence[Earlier]) -> tuple[Cited, ...]:
    return tuple(c for one in earlier for c in (*one.cited, *one.further))
