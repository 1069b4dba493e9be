"""Collections as HTML: each to be asked alone, renamed and deleted."""

from collections.abc import Collection, Sequence
from html import escape

from qa.kept.collections import Collected
from qa.page.article_view import article_key

_NEW = (
    '<details data-name="new"><summary>New collection</summary><div>'
    '<label for="collection-name">Name of the collection of the ticked articles</label>'
    '<input id="collection-name" dir="auto" autocomplete="off">'
    '<button type="button" data-do="create">Make it</button></div></details>'
)


def collections_html(
    collections: Sequence[Collected], articles: Collection[str], said: str = "", undo: str = ""
) -> str:
    """The collections, with how many of the articles that are here each holds.

    `undo` is the id of one that was deleted and can be restored, `said` what was just done.
    """
    if not articles:
        return ""
    back = f' <button type="button" data-undo="{undo}">Undo</button>' if undo else ""
    rows = "".join(_row(one, articles) for one in collections)
    everything = '<li><button type="button" class="qa-only" data-only="">All articles</button></li>'
    return (
        '<h2 id="collected">Collections</h2>'
        + (f'<ul aria-labelledby="collected">{everything}{rows}</ul>' if rows else "")
        + _NEW
        + f'<p class="qa-did" role="status">{escape(said)}{back}</p>'
    )


def _row(one: Collected, articles: Collection[str]) -> str:
    name = escape(one.name)
    keys = " ".join(sorted(article_key(a) for a in one.articles if a in articles))
    return (
        f'<li data-collection="{one.id}" data-keys="{keys}" data-title="{name}">'
        f'<button type="button" class="qa-only" data-only="{one.id}" '
        f'aria-label="Ask only the collection {name}" dir="auto">{name} '
        f"<small>{len(keys.split())}</small></button>"
        f'<details data-name="{one.id}"><summary aria-label="Change the collection {name}">Change'
        f'</summary><div><label for="named-{one.id}">Name</label>'
        f'<input id="named-{one.id}" value="{name}" dir="auto" autocomplete="off">'
        f'<button type="button" data-rename="{one.id}">Save</button>'
        f'<button type="button" data-delete="{one.id}">Delete the collection</button>'
        "</div></details></li>"
    )
