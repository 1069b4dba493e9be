"""A document as a web page of its own, its notes linked there and back."""

from collections import Counter
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any

from qa.export.document import Document, Note, Part
from qa.export.tokens import parser, unbroken

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.55 Georgia,serif;"
    "color:#1d1c19;background:#fff;overflow-wrap:anywhere}h1,h2{line-height:1.25}"
    "h2,h3{margin-top:2rem}section li{color:#56534c}"
    "blockquote{margin:.5rem 0;padding-inline-start:.9rem;border-inline-start:3px solid #e0b93a}"
    "a{color:#1a4b71}sup{line-height:0}"
)


def as_html(document: Document) -> str:
    """A page that needs nothing else: no script, nothing is fetched, all text is text."""
    used: Counter[int] = Counter()
    env = {"cited": {note.number: note for note in document.notes}, "used": used}
    top = 1 if len(document.parts) == 1 else 2
    head = f"<h1>{escape(document.title)}</h1>\n" if top > 1 else ""
    parts = "".join(_part(part, top, env) for part in document.parts)
    articles = "".join(f'<li dir="auto">{escape(one.line)}</li>' for one in document.articles)
    notes = "".join(_note(note, used[note.number]) for note in document.notes)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + head
        + parts
        + (f"<section>\n<h2>Articles</h2>\n<ul>{articles}</ul>\n</section>\n" if articles else "")
        + (
            f'<section role="doc-endnotes">\n<h2>Notes</h2>\n<ol>{notes}</ol>\n</section>\n'
            if notes
            else ""
        )
        + "</body>\n</html>\n"
    )


def _part(part: Part, level: int, env: MutableMapping[str, Any]) -> str:
    sections = "".join(
        f'<h{level + 1} dir="auto">{escape(section.question)}</h{level + 1}>\n'
        f"{_PARSER.render(unbroken(section.markdown), env)}"
        for section in part.sections
    )
    title = f'<h{level} dir="auto">{escape(part.title)}</h{level}>'
    return f"<article>\n{title}\n<p>{escape(part.day)}</p>\n{sections}</article>\n"


def _reference(_: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    number = tokens[index].meta["number"]
    env["used"][number] += 1
    return (
        f'<sup><a role="doc-noteref" id="{_id(number, env["used"][number])}" '
        f'href="#note-{number}">[{number}]</a></sup>'
    )


def _note(note: Note, times: int) -> str:
    back = " ".join(
        f'<a role="doc-backlink" href="#{_id(note.number, time)}" '
        f'aria-label="Back to reference {note.number}">↩</a>'
        for time in range(1, times + 1)
    )
    return f'<li id="note-{note.number}" dir="auto">{escape(note.text)} {back}</li>'


def _id(number: int, time: int) -> str:
    return f"cited-{number}-{time}"


_PARSER = parser()
_PARSER.add_render_rule("marker", _reference)
