"""Which articles are compared."""

import pytest

from qa.article import Article
from qa.collection.compared import compared
from qa.question.comparing import comparing
from qa.question.follow_up import Cited, Earlier


def made(name, publisher, published, text="The hall in Selm burnt down."):
    return Article.from_text(
        text, title=f"{name} burns", id=name, publisher=publisher, published=published
    )


OLD = made("hall", "The Selm Star", "2024-05-06")
POST = made("barn", "Brell Post", "2024-05-07", "A barn burnt in Brell. It was insured.")
LATER = made("mill", "Daily Echo", "2024-05-09", "The mill was lit by a boy, the mayor said.")
ALL = (OLD, POST, LATER)


def asked(question, *before, articles=ALL):
    found = compared(comparing(question), articles, before)
    return found and ([a.id for a in found.articles], set(found.own))


@pytest.mark.parametrize(
    "question, ids, own",
    [
        ("Compare the articles", ["hall", "barn", "mill"], set()),
        ("Compare the Star with the Echo", ["hall", "mill"], set()),
        ("Compare the Brell Post and “Mill burns”", ["barn", "mill"], set()),
        ("What did only the Post report?", ["barn", "hall", "mill"], {"barn"}),
        ("What is new since 7 May?", ["barn", "mill", "hall"], {"barn", "mill"}),
        ("Compare the first article and the latest", ["hall", "mill"], set()),
    ],
)
def test_the_articles_that_are_named(question, ids, own):
    assert asked(question) == (ids, own)


@pytest.mark.parametrize(
    "question",
    ["Compare bread and milk", "What did only the mayor say?", "What is new since 10 May?"],
)
def test_what_names_no_article_is_another_question(question):
    assert asked(question) is None


def test_they_are_those_of_the_last_answer():
    both = Earlier("Who?", cited=(Cited("x", "hall"), Cited("y", "mill")))
    assert asked("Where do they differ?", both) == (["hall", "mill"], set())
    one = Earlier("Who?", cited=(Cited("x", "hall"),))
    assert asked("What do they agree on?", one) is None
    assert asked("Compare them", articles=[OLD]) is None


def test_a_topic_is_what_is_asked():
    found = compared(comparing("Do they agree on who lit the mill?"), ALL)
    assert found.question == "Who lit the mill?"
