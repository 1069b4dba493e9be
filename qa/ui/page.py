"""The page's parts, and which of them calls which event."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.ui.events import Events
from qa.ui.loading import Loading
from qa.ui.pane import notice_html

if TYPE_CHECKING:
    from qa.assistant import Assistant

_SCRIPT = Path(__file__).with_name("page.js")
_HEADER = (
    "<h1>Ask the Article</h1><p>Every answer is the article’s own words, one click from where they "
    "stand. Made for English.</p>"
)
_PLACEHOLDER = "Ask what the article says. If it does not say, you will read just that."
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build(assistant: "Assistant | Loading") -> gr.Blocks:
    """The page of an assistant; its models begin to load when the page is opened, if not before."""
    loading = assistant if isinstance(assistant, Loading) else Loading(assistant)
    events = Events(loading)
    page: gr.Blocks
    with gr.Blocks(title="Ask the Article", fill_height=True, fill_width=True) as page:
        talk = gr.State(())
        gr.HTML(_HEADER, elem_id="masthead", js_on_load=None)
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="conversation", scale=5, min_width=280):
                chat = gr.Chatbot(
                    show_label=False,
                    label="Conversation",
                    elem_id="chat",
                    height="100%",
                    placeholder=_PLACEHOLDER,
                    latex_delimiters=[],
                    allow_tags=False,
                    buttons=[],
                    group_consecutive_messages=False,
                    layout="panel",
                )
                box = gr.Textbox(
                    label="Your question",
                    show_label=False,
                    placeholder="Ask about the article",
                    elem_id="question",
                    submit_btn="Ask",
                    autofocus=True,
                    max_lines=6,
                )
            with gr.Column(elem_id="source", scale=6, min_width=280):
                picker = gr.Dropdown(
                    [], label="Article", elem_id="picker", visible=False, filterable=False
                )
                pane = gr.HTML(
                    notice_html("Loading the article…"),
                    elem_id="article",
                    js_on_load=_SCRIPT.read_text("utf-8"),
                    apply_default_css=False,
                )

        # One listener for every way to ask, so that none begins while another is under way.
        gr.on(
            [box.submit, chat.example_select],
            events.asked,
            [box, talk, picker],
            [box, talk, chat, picker, pane],
            concurrency_limit=None,
            **_QUIET,
        )
        chat.clear(lambda: (), None, talk, **_QUIET)
        picker.input(events.picked, [picker, talk], [picker, pane], **_QUIET)
        pane.open(events.cited, talk, [picker, pane], **_QUIET)
        page.load(events.opened, None, [chat, picker, pane], concurrency_limit=None, **_QUIET)
    return page
