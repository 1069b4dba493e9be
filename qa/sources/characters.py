"""Characters that are text, and bytes that are characters."""

import codecs
import re

# Line ends of other systems, and form feeds, which PDF tools put between pages.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls but tab and newline, soft hyphens, zero-width spaces, what turns the writing direction
# so that a text shows as another, halves of surrogate pairs, and what Unicode calls no character.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# What is found on the web (whatwg.org's Encoding); Python knows others, some of them slow.
_ENCODING = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gbk|gb2312|gb18030|big5|euc_(jp|kr)|shift_jis|iso2022_jp"
)
# As browsers do, an encoding is read as the larger one that holds it.
_LARGER = {
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"},
    **{"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"},
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_META_BYTES = 4096  # at the start of a page; HTML wants the charset in the first 1024
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def clean(text: str) -> str:
    """The text with `\\n` as its only line end and without control characters."""
    return _NO_TEXT.sub("", _LINE_END.sub("\n", text))


def declared_encoding(data: bytes, charset: str | None) -> str | None:
    """What the bytes are encoded in: by their byte order mark, else as declared; None: unknown.

    As browsers do, Latin-1 and ASCII are read as Windows-1252, which holds both, and so on.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    try:
        name = codecs.lookup(charset).name if charset else None
    except LookupError:
        return None
    if name is None or not _ENCODING.fullmatch(name):
        return None
    return _LARGER.get(name, name)


def decode_markup(data: bytes, charset: str = "") -> str:
    """The characters of an HTML or XML file, whose own declaration yields to a server's `charset`.

    A byte that is none in its encoding spoils one character. What is declared to be UTF-8 and is
    mostly not, or declares nothing that is known and is no UTF-8, is read as Windows-1252.
    """
    head = data[:_META_BYTES]
    meta = _META_CHARSET.search(head) or _XML_ENCODING.match(head)
    if meta and not charset:
        # A page whose declaration can be read as ASCII is not in UTF-16.
        charset = meta[1].decode("ascii", "ignore").lower().replace("utf-16", "utf-8")
    encoding = declared_encoding(data, charset) or "utf-8"
    if encoding == "utf-8" and not _is_utf8(data):
        encoding = "cp1252"
    return data.decode(encoding, "replace")


def _is_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII make characters of UTF-8."""
    rest = _MULTIBYTE.sub(b"", data)
    bad = len(_HIGH.findall(rest))
    return bad == 0 or bad < len(_HIGH.findall(data)) - bad
