import time

import gradio as gr
import pytest

from qa.answer import Answer
from qa.article import Article
from qa.errors import StoreError
from qa.kept.conversation import Exchange
from qa.kept.conversations import Entry
from qa.page.chat_events import ChatEvents
from qa.page.chat_view import ChatView
from qa.page.conversation_events import ConversationEvents
from qa.page.conversation_list import conversations_html, day_of
from qa.server.question_queue import QuestionQueue
from qa.server.rate_limit import RateLimit
from qa.statement import Citation, Statement

NOW = time.mktime((2026, 3, 4, 12, 0, 0, 0, 0, -1))
DAY = 24 * 3600
ARTICLE = Article.from_text(
    "It opened. It rained.", title="Lido", source="The Post", published="2026-03-02"
)


def exchange(question: str) -> Exchange:
    cited = [Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1)]
    said = tuple(Statement(c.quote, (c,), "evidence") for c in cited)
    return Exchange(question, Answer("answer", question, question, said))


@pytest.fixture
def kept(sessions):
    return sessions.conversations


@pytest.fixture
def events(layout, warmup, sessions, articles, kept):
    questions = QuestionQueue(warmup.assistant, RateLimit(0))
    chat = ChatEvents(layout, warmup, sessions, articles, questions)
    return ConversationEvents(chat, kept)


def sent(**data: str) -> gr.EventData:
    return gr.EventData(None, data)


def test_a_day_is_told_as_one_speaks_of_it():
    assert [day_of(NOW - days * DAY, NOW) for days in (0, 1, 2)] == [
        "Today",
        "Yesterday",
        "Monday, 2 March 2026",
    ]


def test_conversations_stand_under_their_days_and_the_open_one_is_marked():
    entries = [Entry("a", "One?", NOW, 1, "One?"), Entry("b", "Two?", NOW - DAY, 2, "And three?")]
    html = conversations_html(entries, "b", NOW)
    assert html.index("Today") < html.index("One?") < html.index("Yesterday") < html.index("Two?")
    assert html.count("aria-current=true") == 1
    assert "2 questions · last: And three?" in html and "last: One?" not in html
    assert "There is no conversation yet" in conversations_html([], "", NOW)
    assert "No conversation holds these words" in conversations_html([], "", NOW, searched=True)


def test_a_link_to_a_conversation_that_is_gone_is_told_and_the_open_one_stays(
    events, layout, visitor, kept
):
    there = kept.save(visitor, "", (exchange("One?"),))
    kept.delete(visitor, there)
    for stale in (there, "", "../x", "x" * 10_000):
        update = events.on_reopen("", (exchange("Two?"),), visitor, sent(id=stale))
        assert "no longer here" in update[layout.conversations]
        assert layout.conversation not in update


def test_none_is_opened_while_an_answer_is_being_written(events, layout, visitor, kept):
    there = kept.save(visitor, "", (exchange("One?"),))
    writing = (Exchange("Two?", pending=True),)
    update = events.on_reopen("", writing, visitor, sent(id=there))
    assert "stop it, or wait for it" in update[layout.conversations]
    assert layout.conversation not in update


def test_a_store_that_fails_is_told_in_the_list(events, layout, visitor, kept, monkeypatch):
    def fail(*_):
        raise StoreError("The file of conversations x is locked by another program; close that.")

    for name in ("listed", "open", "rename", "delete", "restore", "delete_all"):
        monkeypatch.setattr(kept, name, fail)
    for update in (
        events.on_list("", visitor, sent()),
        events.on_reopen("", (), visitor, sent(id="x")),
        events.on_rename("", visitor, sent(id="x", name="y")),
        events.on_delete("", visitor, sent(id="x")),
        events.on_undo("", visitor, sent(id="x")),
        events.on_delete_all(visitor),
    ):
        assert "is locked by another program" in update[layout.conversations]
        assert layout.conversation not in update


def test_each_cited_article_is_named_once_with_its_paper_and_day():
    html = ChatView({}).html((exchange("One?"),))
    assert html.count("[1] [2] Lido, The Post, 2 March 2026") == 1
    named = Statement("Lido (The Post)", role="source")
    answer = exchange("One?").answer
    shown = ChatView({}).html(
        (Exchange("?", Answer("answer", "?", "?", (named, *answer.statements))),)
    )
    assert "qa-sources" not in shown


def test_one_answer_is_copied_with_its_sources():
    html = ChatView({}).html((exchange("One?"),))
    assert 'data-copy="&gt; It opened. [^1]' in html
    assert "[^2]: Lido, The Post, 2 March 2026" in html
    assert f'data-link="?q=One%3F&amp;article={ARTICLE.id}"' in html
