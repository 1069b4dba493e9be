import gradio as gr
import pytest

from qa.article import Article
from qa.errors import StoreError
from qa.page.article_view import article_key
from qa.page.chat_events import ChatEvents
from qa.page.collection_events import CollectionEvents
from qa.page.conversation_events import ConversationEvents
from qa.page.library_events import LibraryEvents
from qa.page.mine_events import MineEvents
from qa.server.question_queue import QuestionQueue
from qa.server.rate_limit import RateLimit
from qa.server.visitor_articles import Selection
from tests.page.test_conversation_list import exchange

PIER = Article.from_text("The pier closed in May.", title="<b>Pier</b>")
LIDO = Article.from_text("The lido opened in 1931.", title="Lido")


def sent(**data) -> gr.EventData:
    return gr.EventData(None, data)


@pytest.fixture
def library(layout, warmup, articles, quota):
    return LibraryEvents(layout, warmup, articles, quota)


@pytest.fixture
def events(layout, library, articles, sessions):
    return CollectionEvents(layout, library, articles, sessions.collections)


@pytest.fixture
def made(events, articles, sessions, visitor):
    """Two articles of the visitor's, the pier in a collection; its id."""
    for article in (PIER, LIDO):
        articles.add(article, visitor)
    events.on_create(visitor, sent(name="<i>Sea</i>", chosen=[article_key(PIER.id)]))
    (one,) = sessions.collections.listed(visitor)
    return one.id


def test_only_its_articles_are_asked_and_what_is_chosen_stays_chosen(
    events, layout, articles, visitor, made
):
    update = events.on_only(Selection(), visitor, sent(id=made))
    selection = update[layout.selection]
    assert [a.id for a in selection.of(articles.visible(visitor))] == [PIER.id]
    assert "&lt;i&gt;Sea&lt;/i&gt; <small>1</small>" in update[layout.collections]
    later = Article.from_text("A new one.", title="New")
    articles.add(later, visitor)
    after = articles.select_added(selection, {later.id: later}, visitor)
    assert {a.id for a in after.of(articles.visible(visitor))} == {PIER.id, later.id}
    everything = events.on_only(selection, visitor, sent(id=""))[layout.selection]
    assert everything.excluded == frozenset()


def test_articles_are_put_in_and_taken_out_and_count_while_they_are_here(
    events, layout, articles, visitor, made
):
    put = events.on_put(visitor, sent(id=made, key=article_key(LIDO.id), inside=True))
    assert "<small>2</small>" in put[layout.collections]
    articles.remove(LIDO.id, visitor)
    assert "<small>1</small>" in events.on_list(visitor)[layout.collections]
    events.on_put(visitor, sent(id=made, key=article_key(PIER.id), inside=False))
    empty = events.on_only(Selection(), visitor, sent(id=made))
    assert "is here any more; put some in it" in empty[layout.collections]
    assert layout.selection not in empty


def test_what_fails_is_told_and_nothing_changes(
    events, layout, sessions, visitor, made, monkeypatch
):
    for update in (
        events.on_only(Selection(), visitor, sent(id="gone")),
        events.on_rename(visitor, sent(id="gone", name="x")),
        events.on_delete(visitor, sent(id="gone")),
        events.on_put(visitor, sent(id="gone", key=article_key(PIER.id), inside=True)),
    ):
        assert "This collection is no longer here" in update[layout.collections]
        assert "data-undo" not in update[layout.collections]

    def fail(*_):
        raise StoreError("The file of conversations x is locked by another program; close that.")

    monkeypatch.setattr(sessions.collections, "listed", fail)
    for update in (events.on_list(visitor), events.on_only(Selection(), visitor, sent(id=made))):
        assert "is locked by another program" in update[layout.collections]


def test_a_deleted_collection_is_brought_back(events, layout, visitor, made):
    deleted = events.on_delete(visitor, sent(id=made))[layout.collections]
    assert f'data-undo="{made}"' in deleted and "data-collection" not in deleted
    assert "data-collection" in events.on_undo(visitor, sent(id=made))[layout.collections]


def test_everything_of_a_visitors_is_deleted_and_nothing_of_anybody_elses(
    events, layout, library, warmup, articles, sessions, visitor, made
):
    questions = QuestionQueue(warmup.assistant, RateLimit(0))
    chat = ChatEvents(layout, warmup, sessions, articles, questions)
    conversations = ConversationEvents(chat, sessions.conversations)
    mine = MineEvents(chat, conversations, library, events, sessions, articles)
    other = sessions.open_tab(None, "other")
    articles.add(LIDO, other)
    for one in (visitor, other):
        sessions.conversations.save(one, "", (exchange("One?"),))
    update = mine.on_delete(visitor)
    assert "Everything of yours is deleted." in update[layout.mine]
    assert update[layout.conversation] == () and update[layout.selection] == Selection()
    assert not articles.own(visitor) and not sessions.collections.listed(visitor)
    assert not sessions.conversations.listed(visitor)
    assert articles.own(other) and sessions.conversations.listed(other)
    articles.remove(LIDO.id, other)
