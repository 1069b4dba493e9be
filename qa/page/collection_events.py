"""Handlers of the collections: made, asked alone, filled, renamed, deleted."""

import gradio as gr

from qa.errors import QAError, UsageError
from qa.kept.collections import GONE, Collections
from qa.page.article_view import article_key
from qa.page.collection_view import collections_html
from qa.page.layout import Layout, Update
from qa.page.library_events import LibraryEvents
from qa.server.visitor_articles import Selection, VisitorArticles


class CollectionEvents:
    """The handlers of a visitor's collections; each returns an `Update`."""

    def __init__(
        self,
        layout: Layout,
        library: LibraryEvents,
        articles: VisitorArticles,
        collections: Collections,
    ) -> None:
        self.layout = layout
        self._library = library
        self._articles = articles
        self._collections = collections

    def on_list(self, visitor: str) -> Update:
        """The list of articles changed."""
        return self._listed(visitor)

    def on_only(self, selection: Selection, visitor: str, event: gr.EventData) -> Update:
        """Only a collection's articles are to be asked, or all articles again."""
        wanted = _sent(event, "id")
        articles = self._articles.visible(visitor)
        try:
            listed = {one.id: one for one in self._collections.listed(visitor)}
            if wanted and wanted not in listed:
                raise UsageError(GONE)
            chosen = listed[wanted].articles & articles.keys() if wanted else articles.keys()
            if not chosen:
                raise UsageError(
                    f"No article of {listed[wanted].name!r} is here any more; put some in it."
                )
        except QAError as error:
            return self._listed(visitor, str(error))
        excluded = frozenset(articles.keys() - chosen)
        return {
            **self._library.shown(Selection(excluded, chosen=True), visitor),
            **self._listed(visitor),
        }

    def on_create(self, visitor: str, event: gr.EventData) -> Update:
        """The ticked articles are to be a collection."""
        name, keys = _sent(event, "name"), (event._data or {}).get("chosen", [])
        chosen = [a for a in self._articles.visible(visitor) if article_key(a) in keys]
        try:
            self._collections.create(visitor, name, chosen)
        except QAError as error:
            return self._listed(visitor, str(error))
        return self._listed(visitor, f"“{' '.join(name.split())}” is a collection now.")

    def on_put(self, visitor: str, event: gr.EventData) -> Update:
        """An article was put in a collection, or taken out."""
        key, inside = _sent(event, "key"), bool((event._data or {}).get("inside"))
        article = next((a for a in self._articles.visible(visitor) if article_key(a) == key), None)
        try:
            if article is None:
                raise UsageError("This article is no longer here; add it again.")
            self._collections.put(visitor, _sent(event, "id"), article, inside)
        except QAError as error:
            return self._listed(visitor, str(error))
        return self._listed(visitor, "Put in." if inside else "Taken out.")

    def on_rename(self, visitor: str, event: gr.EventData) -> Update:
        """A collection got another name."""
        try:
            self._collections.rename(visitor, _sent(event, "id"), _sent(event, "name"))
        except QAError as error:
            return self._listed(visitor, str(error))
        return self._listed(visitor, "Renamed.")

    def on_delete(self, visitor: str, event: gr.EventData) -> Update:
        """A collection was deleted; for a while that can be undone."""
        gone = _sent(event, "id")
        try:
            self._collections.delete(visitor, gone)
        except QAError as error:
            return self._listed(visitor, str(error))
        return self._listed(visitor, "Deleted; its articles are still here.", undo=gone)

    def on_undo(self, visitor: str, event: gr.EventData) -> Update:
        """A collection that was deleted is wanted back."""
        try:
            self._collections.restore(visitor, _sent(event, "id"))
        except QAError as error:
            return self._listed(visitor, str(error))
        return self._listed(visitor, "It is back.")

    def _listed(self, visitor: str, said: str = "", undo: str = "") -> Update:
        try:
            listed = self._collections.listed(visitor)
        except QAError as error:
            listed, said = [], str(error)
        articles = self._articles.visible(visitor)
        return {self.layout.collections: collections_html(listed, articles, said, undo)}


def _sent(event: gr.EventData, name: str) -> str:
    return str((event._data or {}).get(name, ""))
