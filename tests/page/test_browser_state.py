import json
from dataclasses import replace

import pytest

from qa.answer import Answer
from qa.article import Article
from qa.page.browser_state import MOST, keep_desk, keep_talk, kept_desk, kept_talk
from qa.page.conversation import Exchange
from qa.server.shelf import Desk
from qa.statement import Citation, Statement

ARTICLE = Article.from_text("One. Two.", title="T")
CITED = Citation.of(ARTICLE, ARTICLE.sentences[0], 1)
TALK = (Exchange("q", Answer("answer", "q", "q", (Statement("One.", (CITED,), "evidence"),))),)
HERE = {ARTICLE.id: ARTICLE}


def kept(talk):
    """As it comes back from a browser."""
    return json.loads(json.dumps(keep_talk("visitor", talk)))


def test_a_conversation_comes_back_as_it_was():
    assert kept_talk(kept(TALK), HERE) == TALK


def test_what_was_not_answered_is_not_kept():
    talk = (*TALK, Exchange("", notice="…"), Exchange("q", pending=True))
    assert kept_talk(kept(talk), HERE) == TALK


def test_only_the_newest_exchanges_are_kept():
    assert len(kept_talk(kept(TALK * (MOST + 5)), HERE)) == MOST


@pytest.mark.parametrize(
    "change", [{"quote": "Three."}, {"start": 5}, {"start": -9, "end": 4}], ids=str
)
def test_a_quote_that_is_not_to_the_letter_does_not_come_back(change):
    false = Statement("One.", (CITED, replace(CITED, **change)), "evidence")
    answer = replace(TALK[0].answer, statements=(false,))
    assert kept_talk(kept((Exchange("q", answer),)), HERE) == ()


def test_an_exchange_about_an_article_that_is_gone_stays():
    assert kept_talk(kept(TALK), {}) == TALK


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        [],
        {},
        {"talk": None},
        {"talk": "x"},
        {"talk": [{"question": 1}]},
        {"talk": [{"question": "q", "answer": {"kind": "evil"}}]},
        {"talk": [{"question": "q" * 3_000_000}]},
    ],
    ids=lambda v: str(v)[:40],
)
def test_what_is_no_conversation_is_none(value):
    assert kept_talk(value, HERE) == ()


def test_what_was_left_out_comes_back_as_far_as_it_is_there():
    two = Article.from_text("Two.", title="T")
    here = {**HERE, two.id: two}
    desk = Desk(frozenset([two.id]))
    assert kept_desk(keep_desk(desk), here) == desk
    assert kept_desk(keep_desk(desk), HERE) == Desk()
    for nonsense in (None, "x", [1, {}], [ARTICLE.id, two.id]):
        assert kept_desk(nonsense, here) == Desk()
