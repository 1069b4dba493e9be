"""The page's components and where they stand; what they do is in `page`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa.page.article_view import notice_html
from qa.page.chat_view import ChatView
from qa.page.mine_view import mine_html
from qa.page.reader_view import FINDER, MARKS, QUOTE
from qa.server.middleware import MAX_UPLOAD
from qa.server.visitor_articles import Selection
from qa.settings import Settings

STATIC = Path(__file__).parent / "static"
PLACEHOLDER = "Ask about the article"
_MASTHEAD = (
    "<h1>Ask the Article</h1><p>Every answer stands on the article’s own sentences, one click "
    "away. Made for English.</p>"
)
_BOOKMARK = (
    "<p>To add what you read elsewhere, drag <a>Ask about this page</a> to your bookmarks. A click "
    "on it brings the page’s address here or, where a site lets nobody fetch it, the text that you "
    "selected there. You then press Add.</p>"
)
_DROP = '<p class="qa-drop">Drop it to add it</p>'
_SEARCH = (
    '<label for="searched">Search your conversations</label><input id="searched" type="search" '
    'placeholder="Words of a name, a question or an answer" dir="auto" autocomplete="off">'
)
_FIND = (
    '<label for="found">Search these articles</label><input id="found" type="search" '
    'placeholder="Words of a title, a paper or a day" dir="auto" autocomplete="off">'
    '<label for="sorted">Sort by</label><select id="sorted"><option value="">title</option>'
    '<option value="day">day, newest first</option><option value="paper">paper</option></select>'
)
_STORAGE = "ask-the-article"  # prefix in the browser's storage, whose content is always validated

Update = dict[Any, Any]  # component -> its new value; other components stay as they are


@dataclass(frozen=True, eq=False)
class Layout:
    """The components that handlers read and update."""

    visitor: gr.State  # the visitor's id
    conversation: gr.State
    kept: gr.State  # the id that it is kept under; empty before its first answer
    selection: gr.State
    stored_conversation: gr.BrowserState
    stored_selection: gr.BrowserState
    chat: gr.HTML
    hints: gr.HTML  # suggestions, and which articles are asked
    question: gr.Textbox
    viewer: gr.HTML  # the article
    leaf: gr.HTML  # a page of a PDF
    library: gr.HTML  # the list of articles
    text: gr.Textbox  # a text or an address to add
    add: gr.Button
    files: gr.File
    jobs: gr.HTML  # the progress of what is being added
    removed: gr.State  # the article that was removed last
    conversations: gr.HTML  # the list of those that are kept
    taking: gr.HTML  # a file to take along, and what became of it
    collections: gr.HTML
    mine: gr.HTML  # the buttons for everything of the visitor's


def lay_out(settings: Settings) -> Layout:
    """Create the components, within the `gr.Blocks` that is being built."""
    visitor, conversation, selection = gr.State(""), gr.State(()), gr.State(Selection())
    kept, removed = gr.State(""), gr.State(None)
    stored_conversation, stored_selection = (
        gr.BrowserState(storage_key=f"{_STORAGE}-{name}", secret=_STORAGE)
        for name in ("talk", "desk")
    )
    _html(_MASTHEAD, "masthead", "frame.js")
    taking = _html("", "taking", "taking.js")
    if settings.add:
        _html(_DROP, "drop", "drop.js")
    with gr.Row(elem_id="panes"):
        with gr.Column(elem_id="conversation", scale=5, min_width=280):
            chat = _html(ChatView({}, adds=settings.add).html(()), "chat", "chat.js")
            hints = _html("", "hints", "hints.js", add=settings.add)
            question = gr.Textbox(
                label="Your question",
                show_label=False,
                placeholder=PLACEHOLDER,
                elem_id="question",
                submit_btn="Ask",
                max_lines=6,
            )
        with gr.Column(elem_id="source", scale=6, min_width=280), gr.Tabs(elem_id="views"):
            with gr.Tab("Article", elem_id="reading"):
                with gr.Row(elem_id="reader"):
                    _html(FINDER, "finder", "find.js")
                    _html(MARKS, "marks", "marks.js")
                viewer = _html(notice_html("Loading the article…"), "article", "viewer.js")
                leaf = _html("", "leaf", "leaf.js")
                _html(QUOTE, "quote", "quote.js")
            with gr.Tab("Library", elem_id="adding", render_children=True):
                with gr.Column(visible=settings.add, elem_id="adder"):
                    text = gr.Textbox(
                        label="Paste an article, or its address or a feed’s",
                        placeholder="https://… or the text, with its title on the first line",
                        elem_id="paste",
                        lines=2,
                        max_lines=10,
                    )
                    with gr.Row(elem_id="give"):
                        add = gr.Button("Add", variant="primary", elem_id="add")
                        files = gr.File(
                            label="Files",
                            show_label=False,
                            file_count="multiple",
                            elem_id="files",
                        )
                    jobs = _html("", "jobs", "jobs.js", max=MAX_UPLOAD)
                collections = _html("", "collections", "collections.js")
                gr.HTML(_FIND, elem_id="find", elem_classes="qa-own", apply_default_css=False)
                library = _html("", "library", "library.js")
                _html(_BOOKMARK if settings.add else "", "bookmark", "bookmark.js")
            with gr.Tab("Conversations", elem_id="keeping", render_children=True):
                gr.HTML(_SEARCH, elem_id="words", elem_classes="qa-own", apply_default_css=False)
                conversations = _html("", "conversations", "conversations.js")
                mine = _html(mine_html(), "mine", "mine.js")
    return Layout(
        visitor=visitor,
        conversation=conversation,
        selection=selection,
        stored_conversation=stored_conversation,
        stored_selection=stored_selection,
        chat=chat,
        hints=hints,
        question=question,
        viewer=viewer,
        leaf=leaf,
        library=library,
        text=text,
        add=add,
        files=files,
        jobs=jobs,
        removed=removed,
        kept=kept,
        conversations=conversations,
        taking=taking,
        collections=collections,
        mine=mine,
    )


def _html(value: str, elem_id: str, script: str, **props: Any) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="qa-own",
        js_on_load=(STATIC / script).read_text("utf-8"),
        apply_default_css=False,
        **props,
    )
