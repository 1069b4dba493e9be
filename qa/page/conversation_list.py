"""The list of conversations as HTML: by day, each to open, rename and delete."""

import time
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from qa.kept.conversations import MAX_NAME, Entry
from qa.page.taking_view import TAKING_ALL

_NONE = "There is no conversation yet; it is kept here as soon as a question is answered."
_NOT_FOUND = "No conversation holds these words; try fewer."


def conversations_html(
    entries: Sequence[Entry],
    current: str,
    now: float,
    *,
    searched: bool = False,
    said: str = "",
    undo: str = "",
) -> str:
    """The conversations under their days, below what was just done.

    `current` is the id of the open one, `undo` that of one that was deleted and can be restored.
    """
    back = f'<button type="button" data-undo="{undo}">Undo</button>' if undo else ""
    status = f'<p class="qa-did" role="status">{escape(said)} {back}</p>'
    if not entries:
        return status + f"<p>{_NOT_FOUND if searched else _NONE}</p>"
    return (
        status + "".join(_days(entries, current, now)) + '<div class="qa-all">'
        f"{TAKING_ALL}<details><summary>Delete all</summary><div><p>This deletes every "
        'conversation of yours for good.</p><button type="button" data-do="clear">Delete all '
        "for good</button></div>"
        "</details></div>"
    )


def day_of(moment: float, now: float) -> str:
    """The day of a time, as a heading: `Today`, `Yesterday`, `Monday, 2 March 2026`."""
    then = time.localtime(moment)
    for name, back in (("Today", 0), ("Yesterday", 24 * 3600)):
        if time.localtime(now - back)[:3] == then[:3]:
            return name
    return f"{time.strftime('%A', then)}, {then.tm_mday} {time.strftime('%B %Y', then)}"


def _days(entries: Sequence[Entry], current: str, now: float) -> Iterator[str]:
    for day, some in groupby(entries, key=lambda entry: day_of(entry.changed, now)):
        rows = "".join(_row(entry, entry.id == current) for entry in some)
        yield f"<h3>{day}</h3><ul>{rows}</ul>"


def _row(entry: Entry, is_open: bool) -> str:
    title = escape(entry.title)
    at = time.strftime("%H:%M", time.localtime(entry.changed))
    number = "1 question" if entry.questions == 1 else f"{entry.questions:,} questions"
    last = "" if entry.latest == entry.title else f" · last: {escape(entry.latest[:MAX_NAME])}"
    return (
        f'<li{" class=qa-current" * is_open}><button type="button" class="qa-title" dir="auto" '
        f'data-reopen="{entry.id}"{" aria-current=true" * is_open}>{title}'
        f"<small>{at} · {number}{last}</small></button>"
        f'<details><summary aria-label="Rename {title}">Rename</summary><div>'
        f'<label for="name-{entry.id}">Name</label>'
        f'<input id="name-{entry.id}" value="{title}" dir="auto">'
        f'<button type="button" data-rename="{entry.id}">Save</button></div></details>'
        f'<button type="button" data-delete="{entry.id}" aria-label="Delete {title}">Delete'
        "</button></li>"
    )
