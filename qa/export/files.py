"""The files in which conversations can be taken along, by the name of their format."""

from collections.abc import Callable
from dataclasses import dataclass

from qa.errors import UsageError
from qa.export.as_html import as_html
from qa.export.as_markdown import as_markdown
from qa.export.as_word import as_word
from qa.export.document import Document
from qa.export.reference import bibtex, csl_json, plain

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is called on the page, its ending, its type, and how it is made."""

    label: str
    suffix: str
    type: str
    render: Callable[[Document], str | bytes]


FORMATS = {
    "markdown": Format("Markdown", ".md", "text/markdown", as_markdown),
    "html": Format("Web page", ".html", "text/html", as_html),
    "word": Format("Word", ".docx", _WORD, as_word),
    "plain": Format("Plain text", ".txt", "text/plain", lambda d: plain(d.articles)),
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex", lambda d: bibtex(d.articles)),
    "csl": Format(
        "CSL JSON",
        ".json",
        "application/vnd.citationstyles.csl+json",
        lambda d: csl_json(d.articles),
    ),
}
TEXTS, CITATIONS = ("markdown", "html", "word"), ("plain", "bibtex", "csl")


def format_of(suffix: str) -> str:
    """The name of the format with this ending, as `.docx`. Raises `UsageError` for another one."""
    name = next((name for name, form in FORMATS.items() if form.suffix == suffix.lower()), None)
    if name is None:
        endings = ", ".join(form.suffix for form in FORMATS.values())
        raise UsageError(f"No file is made that ends in {suffix!r}; take one of {endings}.")
    return name


def rendered(document: Document, name: str) -> bytes:
    """The document in the format of this name. Raises `UsageError` for an unknown one."""
    if name not in FORMATS:
        raise UsageError(f"There is no format {name[:40]!r}; take one of {', '.join(FORMATS)}.")
    content = FORMATS[name].render(document)
    return content.encode() if isinstance(content, str) else content
