"""The buttons with which something is taken along, and the file that comes of it."""

import uuid
from base64 import b64encode
from html import escape

from qa.export.files import CITATIONS, FORMATS, TEXTS


def file_html(name: str, mime: str, data: bytes) -> str:
    """A file for `taking.js`, and what a screen reader announces of it."""
    # A name of its own: the same file, asked for again, is saved again.
    return (
        f'<span class="qa-file" hidden id="file-{uuid.uuid4().hex}" data-name="{escape(name)}" '
        f'data-type="{mime}">{b64encode(data).decode()}</span>' + said_html(f"Saved as {name}.")
    )


def said_html(sentence: str) -> str:
    """What became of it, in a sentence."""
    return f'<p class="qa-taken" role="status">{escape(sentence)}</p>'


def take_html(what: str, label: str, cited: str) -> str:
    """A menu of all formats; `what` is taken along, `cited` heads those for its articles."""
    rows = "".join(
        f'<p role="group" aria-label="{heading}"><span>{heading}</span>'
        + "".join(
            f'<button type="button" data-take="{what}" data-format="{name}">{FORMATS[name].label}'
            "</button>"
            for name in names
        )
        + "</p>"
        for heading, names in ((label, TEXTS), (cited, CITATIONS))
    )
    return f"<div>{rows}</div>"


TAKING = (
    '<details class="qa-take" data-name="take"><summary>Save</summary>'
    + take_html("this", "This conversation, as", "The articles it cites, as")
    + "</details>"
)
TAKING_ALL = (
    '<details class="qa-take" data-name="take-all"><summary>Export all</summary>'
    + take_html("all", "All conversations, as", "The articles they cite, as")
    + "</details>"
)
