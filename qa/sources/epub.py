"""A book or magazine (.epub) -> its text."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml.etree import _Element

from qa.sources.characters import clean, decode_markup
from qa.sources.markup import read_markup
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.zipped import unpacked, xml_of

_NO_EPUB = "is no EPUB that can be read; save it again as .epub"
_DATE_LENGTH = 10  # of a day in ISO 8601


def read_epub(data: bytes) -> Parsed:
    """The text of a book's chapters in order, without its table of contents.

    Raises `UnreadableError` for what is no such book, is locked, too large unpacked, or has no
    text.
    """
    with ZipFile(unpacked(data, "EPUB")) as archive:
        names = set(archive.namelist())
        if "META-INF/rights.xml" in names or "META-INF/sinf.xml" in names:
            raise UnreadableError("is locked by its shop; add a copy without copy protection")
        if "META-INF/container.xml" not in names:
            raise UnreadableError(_NO_EPUB)
        container = xml_of(archive.read("META-INF/container.xml"))
        root = container.find(".//{*}rootfile")
        path = root.get("full-path", "") if root is not None else ""
        if path not in names:
            raise UnreadableError(_NO_EPUB)
        package = xml_of(archive.read(path))
        texts = []
        for name in _chapters(package, dirname(path)):
            if name in names:
                try:
                    chapter = read_markup(decode_markup(archive.read(name)))
                except UnreadableError:
                    continue  # a page that is a picture
                texts += [chapter.title] if chapter.title else []
                texts.append(chapter.text)
    if not texts:
        raise UnreadableError("has no text; add one that has")
    said = {name: _said(package, name) for name in ("title", "creator", "publisher", "date")}
    if len(texts) > 1 and texts[0] == said["title"]:
        del texts[0]
    return Parsed(
        "\n\n".join(texts),
        title=said["title"],
        author=said["creator"],
        publisher=said["publisher"],
        published=said["date"][:_DATE_LENGTH],
    )


def _chapters(package: _Element, folder: str) -> list[str]:
    items = {
        item.get("id"): item
        for item in package.iterfind(".//{*}manifest/{*}item")
        if "nav" not in item.get("properties", "").split()
    }
    spine = [items.get(part.get("idref")) for part in package.iterfind(".//{*}spine/{*}itemref")]
    return [
        normpath(join(folder, unquote(item.get("href", "")))) for item in spine if item is not None
    ]


def _said(package: _Element, name: str) -> str:
    found = package.findtext(f".//{{http://purl.org/dc/elements/1.1/}}{name}", "")
    return " ".join(clean(found).split())
