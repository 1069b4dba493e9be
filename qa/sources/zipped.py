"""A file that is a zip of others: .docx, .odt, .epub."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from qa.sources.limits import MAX_UNPACKED_BYTES
from qa.sources.parsed import UnreadableError


def unpacked(data: bytes, what: str) -> BytesIO:
    """The file, once what it unpacks to is known to be small enough.

    Raises `UnreadableError` for one that is too large unpacked, or is no zip; `what` names its
    kind.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            # zipfile unpacks no part beyond the size that is declared here.
            size = sum(part.file_size for part in archive.infolist())
    except BadZipFile:
        raise UnreadableError(
            f"is no {what}, or has a password; save it again without one"
        ) from None
    if size > MAX_UNPACKED_BYTES:
        raise UnreadableError(
            f"has {size:,} bytes unpacked, more than {MAX_UNPACKED_BYTES:,}; "
            "save its text and add that"
        )
    return BytesIO(data)


def xml_of(data: bytes) -> etree._Element:
    """The tree of an XML part; entities are not expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)
