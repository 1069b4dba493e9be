import gradio as gr
import pytest

import qa.page.chat_view
from qa.errors import StoreError
from qa.kept.conversation import Exchange, history
from qa.page.chat_events import ChatEvents
from qa.server.question_queue import QuestionQueue
from qa.server.rate_limit import RateLimit
from qa.server.visitor_articles import Selection
from qa.statement import Citation, Statement

CIVILIANS = "How many civilians were killed?"
FAMILIES = "How many families were displaced?"
REQUEST = gr.Request()  # from no address


@pytest.fixture
def events(layout, warmup, sessions, articles):
    questions = QuestionQueue(warmup.assistant, RateLimit(0))
    return ChatEvents(layout, warmup, sessions, articles, questions)


@pytest.fixture
def ask(events, visitor):
    """Asks a question as if it were typed; the updates after each step."""

    def ask(question, conversation=(), kept=""):
        typed = gr.EventData(None, None)
        return list(
            events.on_ask(question, conversation, Selection(), visitor, kept, typed, REQUEST)
        )

    return ask


@pytest.fixture
def count(monkeypatch):
    """Counts the calls of a function from now on."""

    def count(owner, name):
        calls, real = [], getattr(owner, name)

        def counted(*args, **kwargs):
            calls.append(args)
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)
        return calls

    return count


def test_a_question_renders_earlier_exchanges_once_and_lists_the_articles_once(
    ask, layout, warmup, count
):
    conversation = ()
    for _ in range(2):
        conversation = ask(CIVILIANS, conversation)[-1][layout.conversation]
    rendered = count(qa.page.chat_view, "exchange_html")
    listed = count(warmup.assistant, "list")
    updates = ask("And soldiers?", conversation)
    assert [n for n, *_ in rendered] == [0, 1, 2, 2]  # the new one while pending, and answered
    assert len(updates) == 2
    assert len(listed) == 1


def test_an_answer_updates_the_chat_and_the_viewer_and_is_kept(ask, layout, sessions, visitor):
    pending, answered = ask(FAMILIES)
    assert pending[layout.conversation] == (Exchange(FAMILIES, notice="Reading…", pending=True),)
    assert layout.stored_conversation not in pending and layout.viewer not in pending
    (exchange,) = answered[layout.conversation]
    assert exchange.answer.exact == "nearly 7,000"
    assert "<strong>nearly 7,000</strong>" in answered[layout.chat]
    assert "<strong>nearly 7,000</strong>" in answered[layout.viewer]
    stored = answered[layout.stored_conversation]
    assert stored == {"visitor": visitor, "conversation": answered[layout.kept]}
    assert sessions.conversations.open(visitor, answered[layout.kept]) == (exchange,)


def test_a_rejected_question_stays_in_its_box(ask, layout):
    (update,) = ask(" ")
    assert layout.question not in update
    assert update[layout.conversation] == (Exchange("", notice="The question is empty; type one."),)


def test_an_edited_question_begins_a_branch_and_the_conversation_before_is_kept(
    events, layout, visitor, ask, sessions
):
    first = ask(CIVILIANS)[-1]
    second = ask("And soldiers?", first[layout.conversation], first[layout.kept])[-1]
    edited = gr.EventData(layout.chat, {"question": FAMILIES, "again": 0})
    given = second[layout.conversation], Selection(), visitor, second[layout.kept]
    branch = list(events.on_ask("", *given, edited, REQUEST))[-1]
    (exchange,) = branch[layout.conversation]
    assert exchange.question == FAMILIES
    assert branch[layout.kept] != second[layout.kept] == first[layout.kept]
    kept = sessions.conversations.open(visitor, second[layout.kept])
    assert [e.question for e in kept] == [CIVILIANS, "And soldiers?"]


def test_a_link_to_an_answer_asks_its_article_and_is_told_where_that_is_gone(
    events, layout, visitor, articles
):
    def follow(article_id):
        link = gr.EventData(layout.hints, {"question": CIVILIANS, "articles": [article_id]})
        return list(events.on_ask("", (), Selection(), visitor, "", link, REQUEST))[-1]

    (there,) = articles.visible(visitor)
    assert follow(there)[layout.conversation][0].answer.kind == "answer"
    gone = follow("0123456789abcdef")
    assert (
        "The article of this link is not here (&#x27;0123456789abcdef&#x27;)" in gone[layout.chat]
    )
    assert gone[layout.question] == CIVILIANS


def test_an_answer_that_cannot_be_kept_is_shown_and_says_so(ask, layout, sessions, monkeypatch):
    def fail(*_):
        raise StoreError("The file of conversations is locked by another program; close that.")

    monkeypatch.setattr(sessions.conversations, "save", fail)
    answered = ask(CIVILIANS)[-1]
    assert "at least 19" in answered[layout.chat]
    assert "This answer is not kept: the file of conversations is locked" in answered[layout.chat]
    monkeypatch.undo()
    again = ask("And soldiers?", answered[layout.conversation], answered[layout.kept])[-1]
    (entry,) = sessions.conversations.listed(again[layout.stored_conversation]["visitor"])
    assert entry.questions == 2


def test_a_stopped_answer_says_so_and_keeps_what_was_written_with_its_citations(
    events, layout, visitor, articles, sessions
):
    nothing = events.on_stop((Exchange(CIVILIANS, pending=True),), visitor, "")
    assert "You stopped this answer" in nothing[layout.chat]
    assert layout.viewer not in nothing
    article = next(iter(articles.visible(visitor).values()))
    written = Statement("It is so.", (Citation.of(article, article.sentences[2], 1),), "direct")
    update = events.on_stop((Exchange(CIVILIANS, draft=(written,), pending=True),), visitor, "")
    assert "You stopped this answer" in update[layout.chat]
    assert "qa-cite" in update[layout.chat]
    assert "<mark" in update[layout.viewer]
    (kept,) = sessions.conversations.open(visitor, update[layout.kept])
    assert kept.answer.statements == (written,)
    assert history((kept,))[1]["citations"]
