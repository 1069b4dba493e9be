"""Handlers of what is taken along: a conversation, all of them, or everything of a visitor's."""

import time

import gradio as gr

from qa.errors import QAError
from qa.export.all_kept import all_kept, day_of
from qa.export.archive import archive
from qa.export.document import Document, document, titled
from qa.export.files import FORMATS, rendered
from qa.kept.collections import plain
from qa.kept.conversation import Conversation
from qa.page.layout import Layout, Update
from qa.page.taking_view import file_html, said_html
from qa.server.sessions import Sessions
from qa.server.visitor_articles import VisitorArticles

NOTHING = "There is nothing to save yet; ask a question first."
_MAX_FILE_NAME = 60  # characters


class TakingEvents:
    """Makes the file that was asked for; `taking.js` hands it to the browser as a download."""

    def __init__(self, layout: Layout, articles: VisitorArticles, sessions: Sessions) -> None:
        self.layout = layout
        self._articles = articles
        self._conversations = sessions.conversations
        self._collections = sessions.collections

    def on_take(
        self, conversation: Conversation, kept: str, visitor: str, event: gr.EventData
    ) -> Update:
        """A file of the open conversation was asked for, of all, or one with everything."""
        sent = dict(event._data or {})
        what, name = str(sent.get("what", "")), str(sent.get("format", ""))
        try:
            if what == "everything":
                html = self._everything(visitor)
            else:
                made = (
                    self._all(visitor) if what == "all" else self._open(conversation, kept, visitor)
                )
                data = rendered(made, name)  # which names a format that there is not
                form = FORMATS[name]
                if not any(part.sections for part in made.parts):
                    html = said_html(NOTHING)
                else:
                    html = file_html(_file_name(made.title) + form.suffix, form.type, data)
        except QAError as error:
            html = said_html(str(error))
        return {self.layout.taking: html}

    def _open(self, conversation: Conversation, kept: str, visitor: str) -> Document:
        entries = self._conversations.listed(visitor) if kept else []
        entry = next((entry for entry in entries if entry.id == kept), None)
        title = entry.title if entry else titled(conversation)
        day = day_of(entry.changed if entry else time.time())
        return document([(title, day, conversation)], self._articles.visible(visitor))

    def _all(self, visitor: str) -> Document:
        return all_kept(self._conversations, visitor, self._articles.visible(visitor))

    def _everything(self, visitor: str) -> str:
        mine = self._articles.mine(visitor)
        collections = plain(self._collections.listed(visitor))
        data = archive(self._all(visitor), [a for _, a in sorted(mine.items())], collections)
        return file_html("ask-the-article.zip", "application/zip", data)


def _file_name(title: str) -> str:
    """A title as the name of a file, without its ending: `How many died?` -> `how-many-died`."""
    letters = "".join(c if c.isalnum() else " " for c in title.casefold())
    return "-".join(letters.split())[:_MAX_FILE_NAME].strip("-") or "conversation"
