"""Which of several articles a question is asked of."""

import pytest

from qa.article import Article
from qa.collection.scope import scope
from qa.question.follow_up import Cited, Earlier


def made(title, text, **facts):
    return Article.from_text(text, title=title, id=title.split()[0].lower(), **facts)


RUDNO = made(
    "Rudno raises its bus fare",
    "The council of Rudno has raised the bus fare to 3 crowns. Mayor Eva Holt said fuel was dear. "
    "Neighbouring Brell did the same in May.",
    publisher="The Rudno Courier",
    published="2024-05-06",
    author="Iva Roth",
)
BRELL = made(
    "Brell scraps night buses",
    "Brell will run no buses after ten at night. The mayor, Jan Kost, said that five passengers "
    "used them. Rudno keeps its own.",
    publisher="Brell Post",
    published="2024-05-09",
)
SELM = made(
    "Museum opens in Selm",
    "A museum of clocks has opened in Selm. Its director is Ada Lim.",
    publisher="Selm Post",
    published="2024-05-10",
)
ALL = (RUDNO, BRELL, SELM)


def asked(question, *before, articles=ALL):
    return [a.id for a in scope(question, articles, before).articles]


@pytest.mark.parametrize(
    "question, ids",
    [
        ("How much is the bus fare in Rudno?", ["rudno", "brell"]),  # of Brell's, one sentence
        ("Who directs the museum in Selm?", ["museum"]),
        ("What did Jan Kost say?", ["brell"]),
        ("who is kost", ["brell"]),
        ("How many clocks are there?", ["rudno", "brell", "museum"]),
        ("What happened on Monday?", ["rudno", "brell", "museum"]),
    ],
)
def test_names_choose_the_articles(question, ids):
    assert asked(question) == [{"museum": "museum"}.get(i, i) for i in ids]


def test_a_common_word_is_no_name_because_a_name_begins_with_it():
    field = made("Coin found in Long Field", "A coin was found in Long Field by a boy.")
    museum = made("Museum robbed", "Thieves robbed the museum. Police needed half an hour.")
    asking = "How long did the police need?"
    assert asked(asking, articles=(field, museum)) == ["coin", "museum"]


def test_of_an_article_on_another_place_only_the_sentences_with_the_name_are_read():
    (rudno, brell) = scope("How much is the bus fare in Rudno?", ALL).articles
    assert len(rudno.sentences) == 3
    assert [brell.text[s.start : s.end] for s in brell.sentences] == ["Rudno keeps its own."]


@pytest.mark.parametrize(
    "question, left, ids",
    [
        ("What does the Courier say of it?", "What does the article say of it?", ["rudno"]),
        ("How many used them, according to the Brell Post?", "How many used them?", ["brell"]),
        ("In the Post, who is the director?", "Who is the director?", ["brell", "museum"]),
        ("What is Iva Roth's article about?", "What is the article about?", ["rudno"]),
        ("What is the fare in the article about the bus fare?", "What is the fare?", ["rudno"]),
        ("Who is named in the article of 9 May?", "Who is named?", ["brell"]),
        ("Who is named in Friday's article?", "Who is named?", ["museum"]),
        ("What is new since 9 May?", "What is new since 9 May?", ["brell", "museum"]),
        ("Who speaks in the latest article?", "Who speaks?", ["museum"]),
        ("Who reads the Courier?", "Who reads the Courier?", ["rudno", "brell", "museum"]),
    ],
)  # fmt: skip
def test_words_that_choose_are_taken_out_of_the_question(question, left, ids):
    assert scope(question, ALL).question == left
    assert asked(question) == ids


def test_a_follow_up_stays_until_the_question_leaves():
    before = Earlier("How much is the fare in Rudno?", "3 crowns.", (Cited("3 crowns.", "rudno"),))
    assert asked("Who said so?", before) == ["rudno"]
    assert asked("And in Selm?", before) == ["museum"]
    assert len(asked("What are the articles about?", before)) == len(ALL)
    thanks = Earlier("Thanks!", "You are welcome.")
    assert asked("Why is it?", before, thanks) == ["rudno"]
    assert scope("How old is the mayor?", ALL, [before]).stays >= {"rudno"}


def test_namesakes_are_told_apart_by_what_describes_them():
    one = made("Judge Lena Orth retires", "Lena Orth has been a judge for thirty years.")
    other = made("Runner Lena Orth wins", "Lena Orth, a runner from Selm, won on Sunday.")
    assert asked("Where is the runner Lena Orth from?", articles=(one, other)) == ["runner"]
    assert asked("Where is Lena Orth from?", articles=(one, other)) == ["judge", "runner"]
