"""A document as a Word file (.docx), its notes as Word's own footnotes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from qa.export.document import Document, Note
from qa.export.tokens import parser, unbroken

_AUTHOR = "Ask the Article"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT, _REFERENCE = "footnote text", "footnote reference"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))  # the lines above the footnotes
_STYLE_OF = {"blockquote_open": "Quote", "bullet_list_open": "List Bullet"}
_PARSER = parser()


def as_word(document: Document) -> bytes:
    """Title, day and answers as styled paragraphs; a note that is cited again is referred to."""
    word = docx.Document()
    _describe(word, document.title)
    writer = _Writer(word, document.notes)
    if len(document.parts) > 1:
        writer.heading(document.title, 0)
    for part in document.parts:
        level = 0 if len(document.parts) == 1 else 1
        writer.heading(part.title, level)
        writer.line(part.day, "Normal")
        for section in part.sections:
            writer.heading(section.question, level + 1)
            writer.answer(section.markdown)
    if document.articles:
        writer.heading("Articles", 1)
        for reference in document.articles:
            writer.line(reference.line, "List Bullet")
    writer.end()
    file = BytesIO()
    word.save(file)
    return file.getvalue()


class _Writer:
    """Writes paragraphs, and collects the footnotes that they refer to."""

    def __init__(self, word: Word, notes: Iterable[Note]) -> None:
        self._word = word
        self._notes = {note.number: note for note in notes}
        self._written: list[int] = []
        styles = word.styles
        text = styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style, text.font.size = styles["Normal"], Pt(9)
        styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER).font.superscript = True
        self._styles = {name: styles[name].style_id for name in (_TEXT, _REFERENCE)}

    def heading(self, text: str, level: int) -> None:
        _direct(self._word.add_heading(_clean(text), level), text)

    def line(self, text: str, style: str) -> Paragraph:
        paragraph = self._word.add_paragraph(_clean(text), style)
        _direct(paragraph, text)
        return paragraph

    def answer(self, markdown: str) -> None:
        """The paragraphs of an answer's Markdown."""
        styles = ["Normal"]
        for token in _PARSER.parse(unbroken(markdown), {"cited": self._notes}):
            if token.type in _STYLE_OF:
                styles.append(_STYLE_OF[token.type])
            elif token.type in ("blockquote_close", "bullet_list_close"):
                styles.pop()
            elif token.type == "inline":
                paragraph = self._word.add_paragraph(style=styles[-1])
                self._runs(paragraph, token.children or ())
                _direct(paragraph, paragraph.text)

    def end(self) -> None:
        """Put the footnotes in; of a document without any, there is no part for them."""
        if not self._written:
            return
        main, package = self._word.part, self._word.part.package
        xml = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for kind, number in _SEPARATORS:
            xml.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:r>'
                    f"<w:{kind}/></w:r></w:p></w:footnote>"
                )
            )
        for number in self._written:
            xml.append(self._footnote(self._notes[number]))
        name = PackURI("/word/footnotes.xml")
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, xml, package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        told = "".join(f'<w:footnote w:id="{number}"/>' for _, number in _SEPARATORS)
        settings = self._word.settings.element
        told_xml = parse_xml(f"<w:footnotePr {nsdecls('w')}>{told}</w:footnotePr>")
        settings.find(qn("w:compat")).addprevious(told_xml)

    def _runs(self, paragraph: Paragraph, tokens: Sequence[Token]) -> None:
        bold = False
        for token in tokens:
            if token.type in ("strong_open", "strong_close"):
                bold = token.type == "strong_open"
            elif token.type in ("softbreak", "hardbreak"):
                paragraph.add_run().add_break()
            elif token.type == "marker":
                self._refer(paragraph, token.meta["number"])
            elif token.content:
                paragraph.add_run(_clean(token.content)).bold = bold or None

    def _refer(self, paragraph: Paragraph, number: int) -> None:
        if number in self._written:
            self._refer_again(paragraph, number)
            return
        self._written.append(number)
        # A footnote is numbered by where it stands, so the first mention of each is in order.
        mark = {qn("w:id"): str(number), qn("w:name"): _bookmark(number)}
        paragraph._p.append(OxmlElement("w:bookmarkStart", attrs=mark))
        run = paragraph.add_run(style=_REFERENCE)._r
        run.append(OxmlElement("w:footnoteReference", attrs={qn("w:id"): str(number)}))
        paragraph._p.append(OxmlElement("w:bookmarkEnd", attrs={qn("w:id"): str(number)}))

    def _refer_again(self, paragraph: Paragraph, number: int) -> None:
        field = OxmlElement(
            "w:fldSimple", attrs={qn("w:instr"): f" NOTEREF {_bookmark(number)} \\f \\h "}
        )
        paragraph._p.append(field)
        field.append(paragraph.add_run(str(number), style=_REFERENCE)._r)

    def _footnote(self, note: Note) -> Element:
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{note.number}"><w:p><w:pPr>'
            f'<w:pStyle w:val="{self._styles[_TEXT]}"/></w:pPr><w:r><w:rPr>'
            f'<w:rStyle w:val="{self._styles[_REFERENCE]}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        paragraph = Paragraph(footnote.find(qn("w:p")), self._word._body)
        paragraph.add_run(_clean(note.text))
        return footnote


def _describe(word: Word, title: str) -> None:
    about = word.core_properties
    about.title, about.author, about.last_modified_by = _clean(title)[:255], _AUTHOR, _AUTHOR
    about.comments = ""
    about.created = about.modified = datetime.now(UTC)


def _direct(paragraph: Paragraph, text: str) -> None:
    """Let a paragraph run from right to left where its first letter does."""
    strong = (unicodedata.bidirectional(c) for c in text)
    if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _clean(text: str) -> str:
    """The text without characters that no XML can hold."""
    return _NO_XML.sub("", text)


def _bookmark(number: int) -> str:
    return f"note{number}"
