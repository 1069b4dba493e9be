"""Handlers and HTML of a PDF's own page, shown below its text."""

from base64 import b64encode
from html import escape

import gradio as gr

from qa.article import Article
from qa.errors import QAError
from qa.page.article_view import article_key, notice_html
from qa.page.layout import Layout
from qa.server.visitor_articles import VisitorArticles


class LeafEvents:
    """Says of which articles the pages can be shown, and shows one; each returns HTML."""

    def __init__(self, layout: Layout, articles: VisitorArticles) -> None:
        self.layout = layout
        self._articles = articles

    def on_article(self, visitor: str, event: gr.EventData) -> str:
        """An article with pages is shown: `leaf.js` makes buttons of their numbers if told to."""
        article = self._article(visitor, event)
        if article and self._articles.has_pictures(article, visitor):
            return f'<i hidden data-pages="{article_key(article.id)}"></i>'
        return ""

    def on_page(self, visitor: str, event: gr.EventData) -> str:
        """A page's number was clicked."""
        article, number = self._article(visitor, event), int(event.page)
        close = '<button type="button" aria-label="Close the page">✕</button>'
        try:
            drawn = self._articles.picture(article.id if article else "", number, visitor)
        except QAError as error:
            return f"<figure><figcaption>{notice_html(str(error))}{close}</figcaption></figure>"
        title = escape(article.title if article else "")
        return (
            f"<figure><figcaption><span>Page {number} as it is printed</span>{close}</figcaption>"
            f'<img src="data:image/jpeg;base64,{b64encode(drawn).decode()}" '
            f'alt="Page {number} of {title}, as it is printed; its text stands above"></figure>'
        )

    def _article(self, visitor: str, event: gr.EventData) -> Article | None:
        articles = self._articles.visible(visitor).values()
        return next((a for a in articles if article_key(a.id) == event.key), None)
