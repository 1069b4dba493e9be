"""Handlers of the list of conversations: opened, searched, renamed, deleted."""

import time

import gradio as gr

from qa.errors import QAError
from qa.kept.conversation import Conversation
from qa.kept.conversations import Conversations
from qa.page.chat_events import ChatEvents
from qa.page.conversation_list import conversations_html
from qa.page.layout import Update


class ConversationEvents:
    """The handlers of a visitor's kept conversations; each returns an `Update`."""

    def __init__(self, chat: ChatEvents, conversations: Conversations) -> None:
        self.layout = chat.layout
        self._chat = chat
        self._conversations = conversations

    def on_list(self, kept: str, visitor: str, event: gr.EventData) -> Update:
        """The list was opened, or words were typed to search it."""
        return self.listed(visitor, kept, _sent(event, "words"))

    def on_reopen(
        self, kept: str, conversation: Conversation, visitor: str, event: gr.EventData
    ) -> Update:
        """A conversation was chosen, or the last one wanted back."""
        wanted, words = _sent(event, "id"), _sent(event, "words")
        if any(exchange.pending for exchange in conversation):
            said = "An answer is being written; stop it, or wait for it."
            return self.listed(visitor, kept, words, said)
        try:
            opened = self._conversations.open(visitor, wanted)
        except QAError as error:
            return self.listed(visitor, kept, words, str(error))
        return {
            **self.listed(visitor, wanted, words),
            **self._chat.opened(opened, wanted, visitor),
        }

    def on_rename(self, kept: str, visitor: str, event: gr.EventData) -> Update:
        """A conversation got another name."""
        words = _sent(event, "words")
        try:
            self._conversations.rename(visitor, _sent(event, "id"), _sent(event, "name"))
        except QAError as error:
            return self.listed(visitor, kept, words, str(error))
        return self.listed(visitor, kept, words, "Renamed.")

    def on_delete(self, kept: str, visitor: str, event: gr.EventData) -> Update:
        """A conversation was deleted; for a while that can be undone."""
        gone, words = _sent(event, "id"), _sent(event, "words")
        try:
            self._conversations.delete(visitor, gone)
        except QAError as error:
            return self.listed(visitor, kept, words, str(error))
        closed = self._chat.opened((), "", visitor) if gone == kept else {}
        now = "" if gone == kept else kept
        return {**self.listed(visitor, now, words, "Deleted.", undo=gone), **closed}

    def on_undo(self, kept: str, visitor: str, event: gr.EventData) -> Update:
        """A conversation that was deleted is wanted back."""
        wanted, words = _sent(event, "id"), _sent(event, "words")
        try:
            self._conversations.restore(visitor, wanted)
        except QAError as error:
            return self.listed(visitor, kept, words, str(error))
        return self.listed(visitor, kept, words, "It is back.")

    def on_delete_all(self, visitor: str) -> Update:
        """All conversations were deleted for good."""
        try:
            number = self._conversations.delete_all(visitor)
        except QAError as error:
            return self.listed(visitor, "", "", str(error))
        said = "1 conversation is" if number == 1 else f"{number:,} conversations are"
        return {
            **self.listed(visitor, "", "", f"{said} deleted."),
            **self._chat.opened((), "", visitor),
        }

    def listed(
        self,
        visitor: str,
        kept: str = "",
        words: str = "",
        said: str = "",
        undo: str = "",
    ) -> Update:
        """The list of conversations, below what was just done."""
        try:
            entries = self._conversations.listed(visitor, words)
        except QAError as error:
            entries, said = [], str(error)
        html = conversations_html(
            entries, kept, time.time(), searched=bool(words.strip()), said=said, undo=undo
        )
        return {self.layout.conversations: html}


def _sent(event: gr.EventData, name: str) -> str:
    return str((event._data or {}).get(name, ""))
