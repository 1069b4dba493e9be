"""The page's parts, and which of them calls which event."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.page.article_view import notice_html
from qa.page.chat_events import PLACEHOLDER, Events
from qa.page.chat_view import chat_html
from qa.page.library_events import Adding, too_large
from qa.server.api import Api, offer
from qa.server.api_articles import Outside
from qa.server.bodies import MAX_UPLOAD
from qa.server.question_queue import Asking
from qa.server.quota import Stock
from qa.server.rate_limit import Rate
from qa.server.schemas import offered
from qa.server.sessions import Visitors
from qa.server.visitor_articles import Desk, Shelf
from qa.server.warmup import Loading

if TYPE_CHECKING:
    from qa.assistant import Assistant

_STATIC = Path(__file__).parent / "static"
_MASTHEAD = (
    "<h1>Ask the Article</h1><p>Every answer stands on the article’s own sentences, one click "
    "away. Made for English.</p>"
)
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
MAX_EVENTS = 1_000  # events that wait, of all visitors; it bounds the memory
AT_ONCE_EVENTS = 4  # of a kind: an article shown, a box ticked
_HOUR = 3600  # seconds: what was uploaded and not added is not left lying about
_EACH: dict[str, Any] = {"trigger_mode": "multiple"}  # of several quick clicks none is lost
_KEPT = "ask-the-article"  # in the browser's storage; what is under it is not believed anyway


def build(assistant: "Assistant | Loading") -> gr.Blocks:
    """The page of an assistant; its models begin to load when the page is opened, if not before."""
    loading = assistant if isinstance(assistant, Loading) else Loading(assistant)
    settings = loading.assistant.settings
    rate = Rate(settings.rate)
    visitors, stock = Visitors(loading.assistant), Stock(loading.assistant, rate)
    questions = Asking(loading.assistant, rate)
    shelf = Shelf(loading.assistant, visitors, stock)
    events = Events(loading, visitors, shelf, questions)
    adding = Adding(loading, shelf, stock)
    page: gr.Blocks
    with gr.Blocks(
        title="Ask the Article", fill_height=True, fill_width=True, delete_cache=(_HOUR, _HOUR)
    ) as page:
        visitor, talk, desk = gr.State(""), gr.State(()), gr.State(Desk())
        kept_talk = gr.BrowserState(storage_key=f"{_KEPT}-talk", secret=_KEPT)
        kept_desk = gr.BrowserState(storage_key=f"{_KEPT}-desk", secret=_KEPT)
        _html(_MASTHEAD, "masthead", "frame.js")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="conversation", scale=5, min_width=280):
                chat = _html(chat_html((), {}), "chat", "chat.js")
                prompt = _html("", "prompt", "hints.js")
                box = gr.Textbox(
                    label="Your question",
                    show_label=False,
                    placeholder=PLACEHOLDER,
                    elem_id="question",
                    submit_btn="Ask",
                    max_lines=6,
                )
            with gr.Column(elem_id="source", scale=6, min_width=280), gr.Tabs(elem_id="views"):
                with gr.Tab("The article", elem_id="reading"):
                    pane = _html(notice_html("Loading the article…"), "article", "viewer.js")
                with gr.Tab("Articles", elem_id="adding", render_children=True):
                    listed = _html("", "library", "library.js")
                    with gr.Column(visible=settings.add):
                        text, add, files, jobs = _adding()

        pane_and_prompt = [pane, prompt]
        # One listener for every way to ask, so that none begins while another is under way.
        asking = gr.on(
            [box.submit, prompt.submit, chat.edit],
            events.asked,
            [box, talk, desk, visitor],
            [box, talk, kept_talk, chat, *pane_and_prompt],
            concurrency_limit=None,
            **_QUIET,
        )
        box.stop(
            events.stopped,
            [talk, visitor],
            [box, talk, kept_talk, chat],
            cancels=[asking],
            **_QUIET,
        )
        chat.clear(
            events.begun_anew, [desk, visitor], [talk, kept_talk, chat, *pane_and_prompt], **_QUIET
        )
        chat.like(events.rated, [talk, visitor], [talk, kept_talk, chat], **_QUIET)
        pane.select(events.shown, [talk, visitor], pane, **_QUIET, **_EACH)

        laid_out = [desk, kept_desk, listed, prompt]
        gr.on(
            [text.submit, add.click],
            adding.typed,
            [text, desk, visitor],
            [jobs, text, files, *laid_out, pane],
            concurrency_limit=None,
            **_QUIET,
        )
        files.upload(
            adding.files,
            [files, desk, visitor],
            [jobs, text, files, *laid_out, pane],
            concurrency_limit=None,
            **_QUIET,
        )
        jobs.input(too_large, None, jobs, **_QUIET)
        listed.select(adding.chosen, [desk, visitor], [desk, kept_desk, prompt], **_QUIET, **_EACH)
        listed.delete(adding.removed, [desk, visitor], [jobs, *laid_out, pane], **_QUIET, **_EACH)
        page.load(
            events.opened,
            [kept_talk, kept_desk],
            [visitor, talk, desk, kept_talk, chat, pane, listed, prompt],
            concurrency_limit=None,
            **_QUIET,
        )
        page.unload(events.closed)
        outside = Outside(loading.assistant, visitors, stock)
        offer(Api(loading.assistant, outside, questions), offered(add=settings.add))
    # Questions and articles stand in lines of their own; this is for clicks, and the last bound.
    page.queue(max_size=MAX_EVENTS, default_concurrency_limit=AT_ONCE_EVENTS)
    return page


def _html(value: str, elem_id: str, script: str, **props: Any) -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=elem_id,
        elem_classes="qa-own",
        js_on_load=(_STATIC / script).read_text("utf-8"),
        apply_default_css=False,
        **props,
    )


def _adding() -> tuple[gr.Textbox, gr.Button, gr.File, gr.HTML]:
    text = gr.Textbox(
        label="Paste an article, or its address",
        placeholder="https://… or the text, its title above it on a line of its own",
        elem_id="paste",
        lines=4,
        max_lines=10,
    )
    add = gr.Button("Add", variant="primary", elem_id="add")
    files = gr.File(
        label="Or files: text, Markdown, HTML, PDF, Word",
        file_count="multiple",
        elem_id="files",
        height=160,
    )
    jobs = _html("", "jobs", "jobs.js", most=MAX_UPLOAD)
    return text, add, files, jobs
