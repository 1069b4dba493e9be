"""Handlers of everything that is a visitor's: counted, and deleted at once."""

from qa.errors import QAError
from qa.page.chat_events import ChatEvents
from qa.page.collection_events import CollectionEvents
from qa.page.conversation_events import ConversationEvents
from qa.page.layout import Update
from qa.page.library_events import LibraryEvents
from qa.page.mine_view import mine_html
from qa.server.sessions import Sessions
from qa.server.visitor_articles import Selection, VisitorArticles


class MineEvents:
    """Counts and deletes what is a visitor's; the handlers return an `Update`."""

    def __init__(
        self,
        chat: ChatEvents,
        conversations: ConversationEvents,
        library: LibraryEvents,
        collections: CollectionEvents,
        sessions: Sessions,
        articles: VisitorArticles,
    ) -> None:
        self.layout = chat.layout
        self._chat = chat
        self._conversations = conversations
        self._library = library
        self._collections = collections
        self._sessions = sessions
        self._articles = articles

    def on_delete(self, visitor: str) -> Update:
        """Everything of the visitor's was deleted; what fails is told, and stays."""
        try:
            for article_id in self._articles.mine(visitor):
                self._articles.remove(article_id, visitor)
            self._sessions.collections.delete_all(visitor)
            self._sessions.conversations.delete_all(visitor)
        except QAError as error:
            return {self.layout.mine: mine_html(str(error))}
        return {
            self.layout.mine: mine_html("Everything of yours is deleted."),
            **self._chat.opened((), "", visitor),
            **self._conversations.listed(visitor),
            **self._library.shown(Selection(), visitor),
            **self._collections.on_list(visitor),
            **self._chat.first_article(visitor),
            self.layout.removed: None,
        }
