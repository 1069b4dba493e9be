"""A page of a PDF -> the words on it, with where and how they are printed."""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from qa.sources.characters import clean

MAX_GLYPHS = 40_000  # of a page; more is a drawing made of letters
THIN = 3  # points; a thinner path is a line
SAME_SIZE = 0.15  # of a glyph's size: more is another size
SAME_LINE = 0.15  # of a glyph's size: more is raised or lowered
WORD_GAP = 0.2  # of a glyph's size: more is no space between letters
AS_LETTERS = str.maketrans({"\xad": "-", "‐": "-"})  # a hyphen that was printed is a hyphen
_PRESENTED = re.compile("[ﬀ-ﬆﭐ-﷿ﹰ-ﻼ]+")  # ligatures, and the forms that Arabic letters take
_DIGITS = re.compile(r"\d[\d.,]*\d")  # they run from left to right in every script
_BOLD = ("bold", "black", "heavy", "semibold")
_ITALIC = ("italic", "oblique")
_BOLD_WEIGHT = 600
_NAME_BYTES = 128


class Box(NamedTuple):
    """A rectangle in points, from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    def holds(self, other: "Box", slack: float = THIN) -> bool:
        """Whether another box lies in this one."""
        return (
            self.x0 - slack <= other.x0
            and other.x1 <= self.x1 + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )

    def centred(self, other: "Box") -> bool:
        """Whether another box has its middle in this one."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def beside(self, other: "Box") -> float:
        """The share of the lower one's height that both have in common."""
        _, top, _, bottom = self
        _, other_top, _, other_bottom = other
        common = min(bottom, other_bottom) - max(top, other_top)
        return common / max(0.1, min(bottom - top, other_bottom - other_top))

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True)
class Style:
    """How a word is printed; `size` is in points."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Word:
    """Glyphs without white space between them; `baseline` is in points from the top."""

    text: str
    box: Box
    baseline: float
    style: Style
    glued: bool = False  # whether no space stands before it


@dataclass(frozen=True)
class Page:
    """What is printed on a page: words in the file's order, lines and frames, pictures."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()


def read_page(page: pdfium.PdfPage) -> Page:
    """The words, rules and pictures of a page, turned so that most of its text is upright."""
    left, low, right, high = page.get_bbox()
    glyphs = list(_glyphs(page))
    turns = Counter(glyph.turn for glyph in glyphs)
    turn = turns.most_common(1)[0][0] if turns else 0
    corner = _turned(Box(left, -high, right, -low), turn)

    def placed(box: Box) -> Box:
        box = _turned(box, turn)
        return Box(
            box.x0 - corner.x0, box.top - corner.top, box.x1 - corner.x0, box.bottom - corner.top
        )

    shown = [glyph for glyph in glyphs if glyph.turn == turn]
    if turn:
        shown = [
            glyph._replace(box=_turned(glyph.box, turn), origin=_turned(glyph.origin, turn))
            for glyph in shown
        ]
    words = tuple(_words(shown, corner))
    rules: list[Box] = []
    pictures: list[Box] = []
    for item in page.get_objects((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=4):
        x0, y0, x1, y1 = item.get_bounds()
        (rules if item.type == raw.FPDF_PAGEOBJ_PATH else pictures).append(
            placed(Box(x0, -y1, x1, -y0))
        )
    return Page(corner.width, corner.height, words, tuple(rules), tuple(pictures))


class _Glyph(NamedTuple):
    text: str
    box: Box
    origin: Box  # a point on its baseline
    style: Style
    turn: int  # quarters of a turn
    starts: bool  # whether PDFium sees a space or a line's end before it


def _glyphs(page: pdfium.PdfPage) -> Iterator[_Glyph]:
    shown = page.get_textpage()
    handle = shown.raw  # to unwrap it at each call would take a fifth of the time
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, tuple[Style, int]] = {}
    # What one operation prints between the same heights stands on one baseline.
    origins: dict[tuple[int, float, float], Box] = {}
    starts = True
    for at in range(min(shown.count_chars(), MAX_GLYPHS)):
        text = chr(raw.FPDFText_GetUnicode(handle, at))
        if not text.isalnum() and raw.FPDFText_IsHyphen(handle, at) == 1:
            text = "-"
        if text.isspace():
            starts = True
            continue
        item = raw.FPDFText_GetTextObject(handle, at)
        key = ctypes.addressof(item.contents) if item else 0
        if key not in styles:
            styles[key] = _style(shown, at)
        style, turn = styles[key]
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        place = Box(box.left, -box.top, box.right, -box.bottom)
        origin = origins.get((key, place.top, place.bottom))
        if origin is None:
            raw.FPDFText_GetCharOrigin(handle, at, x, y)
            origin = Box(x.value, -y.value, x.value, -y.value)
            if key and not turn:
                origins[key, place.top, place.bottom] = origin
        yield _Glyph(text, place, origin, style, turn, starts)
        starts = False


def _style(shown: pdfium.PdfTextPage, at: int) -> tuple[Style, int]:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(shown, at, matrix)
    size = raw.FPDFText_GetFontSize(shown, at) * math.hypot(matrix.c, matrix.d)
    name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(shown, at, name, _NAME_BYTES, flags)
    font = name.value.decode("latin-1").lower()
    bold = any(part in font for part in _BOLD)
    bold = bold or raw.FPDFText_GetFontWeight(shown, at) >= _BOLD_WEIGHT
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return Style(round(size, 1), bold, any(part in font for part in _ITALIC)), turn


def _turned(box: Box, turn: int) -> Box:
    for _ in range(turn):
        box = Box(-box.bottom, box.x0, -box.top, box.x1)
    return box


def _words(glyphs: list[_Glyph], corner: Box) -> Iterator[Word]:
    held: list[_Glyph] = []
    for glyph in glyphs:
        if held and not _goes_on(held, glyph):
            yield from _word(held, corner)
            held = []
        held.append(glyph)
    yield from _word(held, corner)


def _goes_on(held: list[_Glyph], glyph: _Glyph) -> bool:
    """Whether a glyph belongs to the word before it: on its line, in its size, and close."""
    before, size = held[-1], held[-1].style.size
    if (
        glyph.starts
        or abs(glyph.style.size - size) >= SAME_SIZE * size
        or abs(glyph.origin.top - before.origin.top) >= SAME_LINE * size
    ):
        return False
    gap = _gap(before, glyph)
    if gap < WORD_GAP * size:
        return True
    tracking = max(0.0, _gap(*held[-2:])) if len(held) > 1 else 0.0  # letters may be set apart
    return gap < WORD_GAP * size + 1.5 * tracking


def _gap(a: _Glyph, b: _Glyph) -> float:
    return max(b.box.x0 - a.box.x1, a.box.x0 - b.box.x1)


def _word(glyphs: list[_Glyph], corner: Box) -> Iterator[Word]:
    if not glyphs:
        return
    text = "".join([glyph.text for glyph in glyphs])
    if not text.isascii() or not text.isprintable():  # most words need none of this
        text = _in_reading_order(glyphs).translate(AS_LETTERS)
        text = clean(_PRESENTED.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text))
    if not text.strip():
        return
    x0, top, x1, bottom = around([glyph.box for glyph in glyphs])
    box = Box(x0 - corner.x0, top - corner.top, x1 - corner.x0, bottom - corner.top)
    first = glyphs[0]
    yield Word(text, box, first.origin.top - corner.top, first.style, glued=not first.starts)


def _in_reading_order(glyphs: list[_Glyph]) -> str:
    """The letters of a word; those that run from right to left do so in the file or not."""
    letters = [glyph.text for glyph in glyphs]
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in letters):
        return "".join(letters)
    leftwards = [glyph.text for glyph in sorted(glyphs, key=lambda glyph: -glyph.box.x0)]
    return _DIGITS.sub(lambda digits: digits[0][::-1], "".join(leftwards))
