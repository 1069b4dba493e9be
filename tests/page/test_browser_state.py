import json
from dataclasses import replace

from qa.answer import Answer
from qa.article import Article
from qa.kept.conversation import Exchange
from qa.page.browser_state import (
    MAX_EXCHANGES,
    dump_conversation,
    dump_selection,
    load_conversation,
    load_selection,
)
from qa.server.visitor_articles import Selection
from qa.statement import Citation, Statement

ARTICLE = Article.from_text("One. Two.", title="T")
CITED = Citation.of(ARTICLE, ARTICLE.sentences[0], 1)
CONVERSATION = (
    Exchange("q", Answer("answer", "q", "q", (Statement("One.", (CITED,), "evidence"),))),
)
HERE = {ARTICLE.id: ARTICLE}


def stored(conversation):
    """As it comes back from a browser."""
    return json.loads(json.dumps(dump_conversation("visitor", conversation)))


def test_a_conversation_comes_back_as_it_was():
    assert load_conversation(stored(CONVERSATION), HERE) == CONVERSATION


def test_what_was_not_answered_is_not_kept():
    conversation = (*CONVERSATION, Exchange("", notice="…"), Exchange("q", pending=True))
    assert load_conversation(stored(conversation), HERE) == CONVERSATION


def test_only_the_newest_exchanges_are_stored():
    assert len(load_conversation(stored(CONVERSATION * (MAX_EXCHANGES + 5)), HERE)) == MAX_EXCHANGES


def test_a_quote_that_is_not_to_the_letter_does_not_come_back():
    for change in ({"quote": "Three."}, {"start": 5}, {"start": -9, "end": 4}):
        false = Statement("One.", (CITED, replace(CITED, **change)), "evidence")
        answer = replace(CONVERSATION[0].answer, statements=(false,))
        assert load_conversation(stored((Exchange("q", answer),)), HERE) == (), change


def test_an_exchange_about_an_article_that_is_gone_stays():
    assert load_conversation(stored(CONVERSATION), {}) == CONVERSATION


def test_what_is_no_conversation_is_none():
    for value in (
        None,
        "x",
        [],
        {},
        {"talk": None},
        {"talk": "x"},
        {"talk": [{"question": 1}]},
        {"talk": [{"question": "q", "answer": {"kind": "evil"}}]},
        {"talk": [{"question": "q" * 3_000_000}]},
    ):
        assert load_conversation(value, HERE) == (), str(value)[:40]


def test_excluded_articles_come_back_if_they_are_still_there():
    two = Article.from_text("Two.", title="T")
    here = {**HERE, two.id: two}
    selection = Selection(frozenset([two.id]))
    assert load_selection(dump_selection(selection), here) == selection
    assert load_selection(dump_selection(selection), HERE) == Selection()
    for nonsense in (None, "x", [1, {}], [ARTICLE.id, two.id]):
        assert load_selection(nonsense, here) == Selection()
