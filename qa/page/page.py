"""Builds the page: connects each event of the layout with its handler."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.page.chat_events import ChatEvents
from qa.page.collection_events import CollectionEvents
from qa.page.conversation_events import ConversationEvents
from qa.page.layout import lay_out
from qa.page.leaf_events import LeafEvents
from qa.page.library_events import LibraryEvents, on_too_large
from qa.page.mine_events import MineEvents
from qa.page.taking_events import TakingEvents
from qa.server.api import Api, add_endpoints
from qa.server.api_articles import ApiArticles
from qa.server.question_queue import QuestionQueue
from qa.server.quota import Quota
from qa.server.rate_limit import RateLimit
from qa.server.schemas import available_calls
from qa.server.sessions import Sessions
from qa.server.visitor_articles import VisitorArticles
from qa.server.warmup import Warmup

if TYPE_CHECKING:
    from qa.assistant import Assistant

MAX_QUEUED_EVENTS = 1_000  # of all visitors; bounds the memory
CONCURRENT_EVENTS = 4  # of a kind, such as showing an article or selecting one
_CACHE_SECONDS = 3600  # uploads that were not added are deleted after this long
_SILENT: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_EVERY: dict[str, Any] = {"trigger_mode": "multiple"}  # no click in a quick series is lost


def build(assistant: "Assistant | Warmup") -> gr.Blocks:
    """The page of an assistant, whose models start to load when the page is first opened."""
    warmup = assistant if isinstance(assistant, Warmup) else Warmup(assistant)
    assistant, settings = warmup.assistant, warmup.assistant.settings
    rate_limit = RateLimit(settings.rate)
    sessions, quota = Sessions(assistant), Quota(assistant, rate_limit)
    questions = QuestionQueue(assistant, rate_limit)
    articles = VisitorArticles(assistant, sessions, quota)
    page: gr.Blocks
    with gr.Blocks(
        title="Ask the Article",
        fill_height=True,
        fill_width=True,
        delete_cache=(_CACHE_SECONDS, _CACHE_SECONDS),
    ) as page:
        layout = lay_out(settings)
        chat = ChatEvents(layout, warmup, sessions, articles, questions)
        _connect_chat(page, chat)
        conversations = ConversationEvents(chat, sessions.conversations)
        _connect_conversations(conversations)
        _connect_leaf(LeafEvents(layout, articles))
        library = LibraryEvents(layout, warmup, articles, quota)
        _connect_library(library)
        collections = CollectionEvents(layout, library, articles, sessions.collections)
        _connect_collections(collections)
        _connect_mine(
            TakingEvents(layout, articles, sessions),
            MineEvents(chat, conversations, library, collections, sessions, articles),
        )
        api = Api(assistant, ApiArticles(assistant, sessions, quota), questions)
        add_endpoints(api, available_calls(add=settings.add))
    # Questions and articles have queues of their own; this one is for clicks, and the final bound.
    page.queue(max_size=MAX_QUEUED_EVENTS, default_concurrency_limit=CONCURRENT_EVENTS)
    return page


def _connect_chat(page: gr.Blocks, events: ChatEvents) -> None:
    of = events.layout
    chat = [of.conversation, of.chat]
    kept = [of.kept, of.stored_conversation]
    page.load(
        events.on_open,
        [of.stored_conversation, of.stored_selection],
        [of.visitor, *chat, *kept, of.selection, of.viewer, of.library, of.hints],
        concurrency_limit=None,
        **_SILENT,
    )
    page.unload(events.on_close)
    # One listener for every way to ask, so that only one question is asked at a time.
    asking = gr.on(
        [of.question.submit, of.hints.submit, of.chat.edit],
        events.on_ask,
        [of.question, of.conversation, of.selection, of.visitor, of.kept],
        [of.question, *chat, *kept, of.viewer, of.hints],
        concurrency_limit=None,
        **_SILENT,
    )
    of.question.stop(
        events.on_stop,
        [of.conversation, of.visitor, of.kept],
        [of.question, *chat, *kept, of.viewer],
        cancels=[asking],
        **_SILENT,
    )
    of.chat.clear(
        events.on_new_conversation,
        [of.selection, of.kept, of.visitor],
        [*chat, *kept, of.viewer, of.hints],
        **_SILENT,
    )
    of.chat.like(events.on_rate, [of.conversation, of.visitor, of.kept], chat, **_SILENT)
    of.viewer.select(
        events.on_show, [of.conversation, of.visitor], [of.viewer], **_SILENT, **_EVERY
    )


def _connect_conversations(events: ConversationEvents) -> None:
    of = events.layout
    given = [of.kept, of.visitor]
    shown = [of.conversations, of.conversation, of.chat, of.kept, of.stored_conversation, of.viewer]
    of.conversations.input(events.on_list, given, shown[:1], trigger_mode="always_last", **_SILENT)
    gr.on(
        [of.conversations.select, of.chat.select],
        events.on_reopen,
        [of.kept, of.conversation, of.visitor],
        shown,
        **_SILENT,
    )
    of.conversations.edit(events.on_rename, given, shown[:1], **_SILENT)
    of.conversations.delete(events.on_delete, given, shown, **_SILENT, **_EVERY)
    of.conversations.undo(events.on_undo, given, shown[:1], **_SILENT)
    of.conversations.clear(events.on_delete_all, [of.visitor], shown, **_SILENT)


def _connect_collections(events: CollectionEvents) -> None:
    of = events.layout
    shown = [of.collections]
    of.library.change(events.on_list, [of.visitor], shown, trigger_mode="always_last", **_SILENT)
    of.collections.select(
        events.on_only,
        [of.selection, of.visitor],
        [of.selection, of.stored_selection, of.hints, of.library, *shown],
        **_SILENT,
    )
    of.collections.submit(events.on_create, [of.visitor], shown, **_SILENT)
    of.collections.input(events.on_put, [of.visitor], shown, **_SILENT, **_EVERY)
    of.collections.edit(events.on_rename, [of.visitor], shown, **_SILENT)
    of.collections.delete(events.on_delete, [of.visitor], shown, **_SILENT, **_EVERY)
    of.collections.undo(events.on_undo, [of.visitor], shown, **_SILENT)


def _connect_mine(taking: TakingEvents, mine: MineEvents) -> None:
    of = mine.layout
    of.taking.download(
        taking.on_take, [of.conversation, of.kept, of.visitor], [of.taking], **_SILENT, **_EVERY
    )
    of.mine.clear(
        mine.on_delete,
        [of.visitor],
        [
            *(of.mine, of.conversations, of.conversation, of.chat, of.kept, of.stored_conversation),
            *(of.selection, of.stored_selection, of.hints, of.library, of.viewer),
            *(of.collections, of.removed),
        ],
        **_SILENT,
    )


def _connect_leaf(events: LeafEvents) -> None:
    of = events.layout
    of.leaf.input(events.on_article, of.visitor, of.leaf, **_SILENT)
    of.leaf.select(events.on_page, of.visitor, of.leaf, **_SILENT)


def _connect_library(events: LibraryEvents) -> None:
    of = events.layout
    given = [of.selection, of.visitor]
    selected = [of.selection, of.stored_selection, of.hints]
    changed = [of.jobs, *selected, of.library, of.viewer]
    of.add.click(
        events.on_text,
        [of.text, *given],
        changed,
        concurrency_limit=None,
        **_SILENT,
        **_EVERY,
    )
    of.files.upload(
        events.on_files,
        [of.files, *given],
        [of.files, *changed],
        concurrency_limit=None,
        **_SILENT,
        **_EVERY,
    )
    of.jobs.input(on_too_large, None, of.jobs, **_SILENT)
    of.library.select(events.on_select, given, selected, **_SILENT, **_EVERY)
    of.library.delete(events.on_remove, given, [of.removed, *changed], **_SILENT, **_EVERY)
    of.library.edit(events.on_rename, given, changed, **_SILENT)
    of.jobs.undo(events.on_undo, [*given, of.removed], [of.removed, *changed], **_SILENT)
