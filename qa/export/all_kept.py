"""All conversations that are kept of an owner, as one document."""

from collections.abc import Mapping
from datetime import date

from qa.article import Article
from qa.export.document import Document, document
from qa.kept.conversations import Conversations
from qa.text.dates import readable


def all_kept(conversations: Conversations, owner: str, articles: Mapping[str, Article]) -> Document:
    """The owner's conversations, the latest first; `articles` are those that are here, by id.

    Raises `StoreError` where the database cannot be used.
    """
    opened = [
        (entry.title, day_of(entry.changed), conversations.open(owner, entry.id))
        for entry in conversations.listed(owner)
    ]
    return document(opened, articles)


def day_of(moment: float) -> str:
    """The day of a time in Unix seconds, as a document tells it: `4 March 2026`."""
    return readable(date.fromtimestamp(moment).isoformat())
