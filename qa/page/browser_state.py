"""What the browser stores across reloads, and how it is validated when it comes back."""

from collections.abc import Mapping

from pydantic import BaseModel, TypeAdapter, ValidationError

from qa.article import Article
from qa.server.visitor_articles import Selection


class _Stored(BaseModel):
    excluded: frozenset[str]
    chosen: bool = False


_TALK = TypeAdapter(dict[str, str])


def dump_talk(visitor: str, conversation_id: str) -> dict[str, str]:
    """A visitor's id and that of the conversation that is open, as plain values."""
    return {"visitor": visitor, "conversation": conversation_id}


def load_talk(stored: object) -> tuple[str, str]:
    """The stored ids, not yet known to be the visitor's own; empty if there are none."""
    try:
        ids = _TALK.validate_python(stored)
    except ValidationError:
        return "", ""
    return ids.get("visitor", ""), ids.get("conversation", "")


def dump_selection(selection: Selection) -> dict[str, object]:
    """The ids of the excluded articles, and whether they were excluded by hand, as plain values."""
    return {"excluded": sorted(selection.excluded), "chosen": selection.chosen}


def load_selection(stored: object, articles: Mapping[str, Article]) -> Selection:
    """The stored selection, without articles that are gone; never one that excludes everything."""
    try:
        loaded = _Stored.model_validate(stored)
    except ValidationError:
        return Selection()
    excluded = loaded.excluded & set(articles)
    return Selection(frozenset() if excluded == set(articles) else excluded, chosen=loaded.chosen)
