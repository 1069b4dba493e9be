"""What is said about the last answer: its proof again, its place, its speaker, more, less."""

from collections import Counter
from collections.abc import Callable, Sequence

from qa.answer import Answer
from qa.compose import refusal
from qa.compose.base import Parts, answered, quoted
from qa.compose.place import in_context, place
from qa.compose.speaker import speakers
from qa.compose.stages import Read
from qa.question.conversation import About
from qa.question.follow_up import Cited
from qa.question.talk import Move
from qa.reading.reader import Evidence
from qa.statement import Statement
from qa.text.words import stems

CONFIDENT, FAIRLY, UNLIKELY = 0.85, 0.6, 0.1  # the probability of an answer
ALIKE = 0.35  # the probability of answering, or of belonging to it, of what else is said
MORE = 3  # sentences shown of what else is said
LEAST = 0.01  # what shares a word with the question, however usual, has more
_OF_ANY = frozenset(stems("article say tell said mention"))  # words of any question
_Shown = Sequence[Evidence]


def compose(read: Read, parts: Parts) -> Answer:
    """Reply to it from the sentences that the last answer cited."""
    about = read.understood.about
    assert about is not None
    shown = _cited(read, about.last.cited, about.last.answer)
    if about.said.move in ("more", "others"):
        return _more(read, parts, about, shown)
    if not shown and read.understood.intent == "about":
        told = "That is not from the article’s text, but from what came with it."
        return answered(read, "talk", [Statement(told)])
    if not shown:
        return refusal.compose(read, parts, unanswered=_about_none(read))
    say = _SAYINGS[about.said.move]
    return answered(read, "talk", say(read, about, shown), confidence=_confidence(read))


def _check(read: Read, about: About, shown: _Shown) -> list[Statement]:
    """The proof again, with how sure it is."""
    sure = _confidence(read)
    asked = f"your question “{about.last.question}”"
    if not read.reading.evidence:
        lead = "These are the article’s own words:"
    elif sure >= CONFIDENT:
        lead = f"I am confident that this answers {asked}:"
    elif sure >= FAIRLY:
        lead = f"I am fairly confident that this answers {asked}:"
    else:
        lead = f"I am not sure that this answers {asked}; it is the nearest that I found:"
    stands = f"It stands to the letter in {place(shown)}."
    limit = "Whether the article is right I cannot check."
    return [Statement(lead), *quoted(shown), Statement(f"{stands} {limit}")]


def _place(read: Read, about: About, shown: _Shown) -> list[Statement]:
    """The sentences among those beside them."""
    lead = f"In {place(shown)}, with what stands before and after it:"
    return [Statement(lead), *in_context(shown)]


def _speaker(read: Read, about: About, shown: _Shown) -> list[Statement]:
    """Who is given as the source, where the sentences or those beside them tell."""
    found = speakers(shown)
    if found:
        return found
    told = "The article says so itself: neither here nor beside it does it name who said it."
    return [Statement(told), *quoted(shown)]


def _repeat(read: Read, about: About, shown: _Shown) -> list[Statement]:
    return list(quoted(shown))


def _shorter(read: Read, about: About, shown: _Shown) -> list[Statement]:
    """The best single sentence, its short answer marked where that is sure."""
    score = {(e.article.id, e.sentence.start): e.score for e in read.reading.evidence}
    best = max(shown, key=lambda e: score.get((e.article.id, e.sentence.start), 0.0))
    statements = list(quoted([best], read.direct))
    return statements if len(shown) > 1 else [Statement("It is one sentence:"), *statements]


_SAYINGS: dict[Move, Callable[[Read, About, _Shown], list[Statement]]] = {
    "check": _check,
    "place": _place,
    "speaker": _speaker,
    "repeat": _repeat,
    "shorter": _shorter,
}


def _more(read: Read, parts: Parts, about: About, shown: _Shown) -> Answer:
    """Further sentences about the same that were not shown yet; or that there are none."""
    known = [*shown, *_cited(read, about.last.further, "")]
    places = {(e.article.id, e.sentence.start) for e in known}
    fresh = [e for e in read.reading.evidence if (e.article.id, e.sentence.start) not in places]
    chosen = [e for e in fresh if max(e.member, e.score) >= ALIKE]
    if not chosen and about.said.move == "more":
        chosen = _beside(read, about, known)
    chosen = sorted(chosen, key=lambda e: -max(e.member, e.score))[:MORE]
    if chosen:
        ordered = sorted(chosen, key=lambda e: (e.article.id, e.sentence.start))
        return answered(read, "talk", quoted(ordered), confidence=_confidence(read))
    told = f"I found nothing more about that {refusal.searched(read)}."
    return refusal.compose(read, parts, unanswered=told if known else _about_none(read))


def _beside(read: Read, about: About, known: _Shown) -> list[Evidence]:
    """What follows the sentences known, and what shares the rarest words with the question."""
    found = []
    asked = set(stems(about.last.question)) - _OF_ANY
    for article in read.articles:
        told = article.without_corrections.sentences
        own = [set(stems(article.text[s.start : s.end])) for s in told]
        often = Counter(word for words_of in own for word in words_of)
        seen = {e.sentence.start for e in known if e.article.id == article.id}
        after = {n + 1 for n, s in enumerate(told) if s.start in seen and (own[n] & asked)}
        for number, sentence in enumerate(told):
            worth = sum(1 / often[word] for word in own[number] & asked) + (number in after)
            if read.understood.intent != "question":  # the article as a whole was asked for
                worth = 1 / (1 + number)
            if sentence.start not in seen and worth >= LEAST:
                found.append(Evidence(article, sentence, worth))
    return found


def _cited(read: Read, cited: Sequence[Cited], answer: str) -> list[Evidence]:
    """The sentences that an earlier answer cited, as they stand in the articles.

    Where the history has no citations, those are meant that the answer's text holds.
    """
    found = []
    for article in read.articles:
        places = {c.start for c in cited if c.article_id in ("", article.id)}
        quotes = {c.quote for c in cited if c.article_id in ("", article.id)}
        if not quotes and (cited or not answer):
            continue
        for sentence in article.sentences:
            text = article.text[sentence.start : sentence.end]
            is_meant = text in quotes and (sentence.start in places or places <= {-1})
            if is_meant or (not cited and " ".join(text.split()) in answer):
                found.append(Evidence(article, sentence, 1.0))
    return found


def _confidence(read: Read) -> float:
    return read.reading.answerable if read.reading.evidence else 1.0


def _about_none(read: Read) -> str:
    assert read.understood.about is not None
    found = f"I found no answer to “{read.understood.about.last.question}”"
    if read.reading.answerable < UNLIKELY:
        return f"{found} {refusal.searched(read)}, and most likely it has none."
    return f"{found} {refusal.searched(read)}. It may be there in words I do not recognise."
