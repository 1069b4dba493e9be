"""A document as Markdown, its notes as footnotes."""

import re

from qa.export.document import Document, Note
from qa.markdown import escape_markdown

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


def as_markdown(document: Document) -> str:
    """Title, day and articles, then each answer under its question, then the notes.

    `It is so. [1]` -> `It is so. [^1]` … `[^1]: “It is.” (Title, source, page 2)`
    """
    blocks = [f"# {escape_markdown(document.title)}"] if len(document.parts) == 1 else []
    for part in document.parts:
        if len(document.parts) > 1:
            blocks.append(f"# {escape_markdown(part.title)}")
        blocks.append(escape_markdown(part.day))
        for section in part.sections:
            blocks.append(f"## {escape_markdown(section.question)}")
            blocks.append(_MARKER.sub(r"[^\1]", section.markdown))
    if document.articles:
        rows = "\n".join(f"- {escape_markdown(one.line)}" for one in document.articles)
        blocks.append(f"## Articles\n\n{rows}")
    if document.notes:
        blocks.append("\n".join(map(_note, document.notes)))
    return "\n\n".join(blocks) + "\n"


def _note(note: Note) -> str:
    return f"[^{note.number}]: {escape_markdown(note.text)}"
