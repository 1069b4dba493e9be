"""The buttons for everything that is a visitor's."""

from html import escape

_CONFIRM = (
    "This deletes, for good, all your conversations and collections, and the articles that you "
    "added. Export them first if you may want them back."
)


def mine_html(said: str = "") -> str:
    """The buttons for everything of a visitor's, and what was just done."""
    return (
        '<h2>Everything of yours</h2><div class="qa-all">'
        '<button type="button" data-take="everything">Export everything</button>'
        f"<details><summary>Delete everything</summary><div><p>{_CONFIRM}</p>"
        '<button type="button" data-do="clear">Delete everything for good</button></div>'
        f'</details></div><p class="qa-did" role="status">{escape(said)}</p>'
    )
