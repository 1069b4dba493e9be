"""Which wishes to compare articles are understood, and which questions are left alone."""

import pytest

from qa.question.comparing import Comparing, comparing


@pytest.mark.parametrize(
    "question, wish",
    [
        ("Compare the Post and the Star", Comparing("all", "the Post and the Star")),
        ("Could you please compare the three articles?", Comparing("all")),
        ("What do they agree on?", Comparing("same")),
        ("Where do the two reports differ?", Comparing("differs")),
        ("Do they contradict each other?", Comparing("all")),
        ("Are there any discrepancies between them?", Comparing("differs")),
        ("Do they agree on the number of dead?", Comparing("all", topic="How many dead?")),
        ("Where do they disagree about who won?", Comparing("differs", topic="Who won?")),
        ("Compare what they say about wages", Comparing("all", topic="What are wages?")),
        ("Do the papers agree on the cause of it?", Comparing("all", topic="What caused it?")),
        ("What did only the Post report?", Comparing("only", one="the Post")),
        ("What is in the Star but not in the Post?", Comparing("only", one="the Star")),
        ("What's new since Tuesday?", Comparing("new", when="since Tuesday")),
    ],
)
def test_a_wish_is_understood(question, wish):
    assert comparing(question) == wish


@pytest.mark.parametrize(
    "question",
    [
        "What is new?",
        "What did they agree on?",  # people did
        "How do the prices of bread compare with those of last year in the north?",
        "Who compared the two dams?",
        "What is the difference?!  Who cares?",
        "Did both sides sign the truce?",
    ],
)
def test_another_question_is_none(question):
    wish = comparing(question)
    assert wish is None or wish.who  # which no article then goes by
