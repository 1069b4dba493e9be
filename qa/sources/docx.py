"""A Word document (.docx) -> its text."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import QName

from qa.sources.characters import clean
from qa.sources.limits import MAX_UNPACKED_BYTES
from qa.sources.parsed import Parsed, UnreadableError

# Text that is shown; what tracked changes moved away is not, and a fallback says it twice.
_SHOWN = (
    ".//w:t[not(ancestor::w:moveFrom) and not(ancestor::*[local-name()='Fallback'])]"
    " | .//w:tab[not(ancestor::w:pPr)] | .//w:br | .//w:cr | .//w:noBreakHyphen"
)
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_P = qn("w:p")


def read_docx(data: bytes) -> Parsed:
    """The paragraphs of a document, those of tables among them, tracked changes accepted.

    Raises `UnreadableError` for what is no such document, is too large unpacked, or has no text.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            # zipfile unpacks no part beyond the size that is declared here.
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED_BYTES:
            raise UnreadableError(
                f"has {size:,} bytes unpacked, more than {MAX_UNPACKED_BYTES:,}; "
                "save its text and add that"
            )
        document = Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise UnreadableError(
            "is no Word document (.docx), or has a password; save it again as .docx without one"
        ) from None
    paragraphs = []
    for paragraph in document.element.body.iter(_P):
        # A text box has paragraphs of its own inside one.
        parts = [p for p in paragraph.xpath(_SHOWN) if next(p.iterancestors(_P)) is paragraph]
        if text := clean("".join(map(_text, parts))).strip():
            paragraphs.append(text)
    if not paragraphs:
        raise UnreadableError("has no text; add one that has")
    return Parsed("\n\n".join(paragraphs), title=clean(document.core_properties.title).strip())


def _text(element: BaseOxmlElement) -> str:
    return _AS_TEXT.get(QName(element).localname, element.text or "")
