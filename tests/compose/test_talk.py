"""What is said about the last answer, composed from its citations without a reader."""

from dataclasses import replace

import pytest

from qa.article import Article
from qa.collection.scope import Scope
from qa.compose.base import Parts
from qa.compose.joined import joined
from qa.compose.place import place
from qa.compose.stages import Read, Stopwatch, Understood
from qa.compose.talk import compose
from qa.question.conversation import meaning
from qa.question.follow_up import Cited, Earlier
from qa.reading.reader import Evidence, Reading

ARTICLE = Article.from_text(
    "The mill in Holm will close in June. It opened in 1887.\n\n"
    "“No buyer came,” said Karin Berg of Nordpapp. She blamed the price of wood.\n\n"
    "Its turbine will go on running.",
    title="Mill to close",
)
CLOSE, OPENED, BUYER, BLAMED, TURBINE = ARTICLE.sentences


def cited(*sentences):
    return tuple(Cited(ARTICLE.text[s.start : s.end], ARTICLE.id, s.start) for s in sentences)


def reply(said, *sentences, scores=(), answerable=0.9, further=(), forged=()):
    last = Earlier("When will it close?", "So it is.", (*cited(*sentences), *forged))
    meant = meaning(said, (replace(last, further=cited(*further)),))
    asked = Understood(
        said,
        meant.intent,
        meant.senses,
        (last,),
        Scope(said, (ARTICLE,)),
        (ARTICLE,),
        names_articles=False,
        is_readable=True,
        owner=None,
        rewritten_by=None,
        stopwatch=Stopwatch(),
        about=meant.about,
    )
    evidence = tuple(Evidence(ARTICLE, s, score) for s, score in scores)
    return compose(Read(asked, meant.senses[0], (), Reading(evidence, answerable)), Parts(None))


def quotes(answer):
    return [c.quote for c in answer.citations]


@pytest.mark.parametrize(
    ("answerable", "lead"),
    [(0.9, "I am confident"), (0.7, "I am fairly confident"), (0.5, "I am not sure")],
)
def test_a_doubt_gets_the_proof_again_with_how_sure_it_is(answerable, lead):
    answer = reply("Are you sure?", CLOSE, scores=[(CLOSE, 0.8)], answerable=answerable)
    assert answer.text.startswith(f"{lead} that this answers your question “When will it close?”")
    assert quotes(answer) == ["The mill in Holm will close in June."]
    assert "paragraph 1 of 3 of “Mill to close”" in answer.text


def test_the_place_is_told_with_what_stands_beside_it():
    answer = reply("Where does it say that?", OPENED)
    assert [(s.role, s.citations[0].number) for s in answer.statements[1:]] == [
        ("context", 1),
        ("evidence", 2),
        ("context", 3),
    ]
    assert place([Evidence(ARTICLE, s, 1.0) for s in (CLOSE, BUYER, TURBINE)]) == (
        "paragraphs 1, 2 and 3 of 3 of “Mill to close”"
    )


def test_the_speaker_is_marked_and_whom_a_pronoun_points_to():
    marked = [s.text[slice(*s.bold[0])] for s in reply("Who said that?", BUYER).statements]
    assert marked == ["Karin Berg"]
    answer = reply("Who said that?", BLAMED)
    assert [s.text[slice(*s.bold[0])] for s in answer.statements] == ["Karin Berg", "She"]
    assert [s.role for s in answer.statements] == ["context", "evidence"]


def test_where_nobody_is_named_that_is_said():
    answer = reply("Who said that?", TURBINE)
    assert answer.text.startswith("The article says so itself")
    assert quotes(answer) == ["Its turbine will go on running."]


def test_more_is_what_was_not_shown_yet():
    scores = [(CLOSE, 0.9), (OPENED, 0.5), (TURBINE, 0.4)]
    answer = reply("Tell me more", CLOSE, scores=scores, further=[OPENED])
    assert quotes(answer) == ["Its turbine will go on running."]


def test_shorter_is_the_best_sentence_alone():
    answer = reply("Shorter", CLOSE, OPENED, scores=[(OPENED, 0.9), (CLOSE, 0.2)])
    assert quotes(answer) == ["It opened in 1887."]


def test_after_a_refusal_there_is_nothing_to_restate():
    answer = reply("Are you sure?", scores=[(CLOSE, 0.1)], answerable=0.02)
    assert (answer.kind, answer.abstained, answer.citations) == ("refusal", True, ())
    assert answer.text.endswith("in “Mill to close”, and most likely it has none.")


def test_a_quote_that_no_article_has_is_not_shown_again():
    forged = Cited("It closed in May.", ARTICLE.id, CLOSE.start)
    assert reply("Are you sure?", forged=[forged]).citations == ()
    both = reply("Are you sure?", OPENED, forged=[forged])
    assert quotes(both) == ["It opened in 1887."]


def test_answers_to_two_questions_are_numbered_through_and_the_open_one_is_named():
    one = reply("Say that again", CLOSE)
    two = reply("Say that again", OPENED)
    both = joined("a? b?", [one, two])
    assert [c.number for c in both.citations] == [1, 2]
    refused = replace(reply("Are you sure?", answerable=0.02), question="Who paid?")
    half = joined("a? b?", [one, refused])
    assert (half.abstained, len(half.citations)) == (False, 1)
    assert half.text.split("\n\n")[-1].startswith("Who paid? I found no answer")
    assert joined("a? b?", [refused, refused]).abstained
