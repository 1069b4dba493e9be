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

    As browsers do, Latin-1 and ASCII are read as Windows-1252, which holds both.
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
    return "cp1252" if name in ("iso8859-1", "ascii") else name
