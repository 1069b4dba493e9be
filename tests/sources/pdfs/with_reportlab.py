"""Sets a document with ReportLab."""

import re
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tests.sources.pdfs.documents import GAP, recut
from tests.sources.pdfs.pictures import page_picture, picture

FONTS = {
    "serif": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "sans": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "book": ("Book", "Book-Bold", "Book"),
    "rtl": ("Hebrew", "Hebrew", "Hebrew"),
}
for name, file in (
    ("Book", "DejaVuSerif"),
    ("Book-Bold", "DejaVuSerif-Bold"),
    ("Hebrew", "DejaVuSans"),
):
    pdfmetrics.registerFont(TTFont(name, f"/usr/share/fonts/truetype/dejavu/{file}.ttf"))


def pdf(document):
    written = BytesIO()
    size = landscape(A4) if document.landscape else A4
    template = BaseDocTemplate(written, pagesize=size, title=document.metadata or None, invariant=1)
    width, height = size[0] - 2 * document.margin, size[1] - 2 * document.margin
    document = recut(document, width, FONTS)
    setter, measuring = _Setter(document, width), Canvas(BytesIO())
    flowables, templates = [], []
    for number, page in enumerate(document.pages):
        top = [f for b in page if b[0] in ("kicker", "head", "stand") for f in setter.block(b)]
        notes = [f for b in page if b[0] == "note" for f in setter.block(b)]
        rest = [b for b in page if b[0] not in ("kicker", "head", "stand", "note")]
        taken = sum(f.wrap(width, height)[1] + f.getSpaceAfter() for f in top) + (20 if top else 0)
        below = sum(f.wrap(width, height)[1] + 2 for f in notes) + (16 if notes else 0)
        frames = []
        if top:
            frames.append(_frame(document.margin, size[1] - document.margin - taken, width, taken))
        column = (width - GAP * (document.columns - 1)) / document.columns
        setter.column = column
        text = [f for b in rest for f in setter.block(b)]
        high = height - taken - below
        if document.columns > 1:  # as high as makes them equal
            total = sum(f.wrapOn(measuring, column, height)[1] + f.getSpaceAfter() for f in text)
            high = min(high, total / document.columns + 3 * document.size)
        for at in range(document.columns):
            x = document.margin + at * (column + GAP)
            frames.append(_frame(x, size[1] - document.margin - taken - high, column, high))
        paint = _painter(document, size, notes, width)
        templates.append(PageTemplate(f"p{number}", frames, onPage=paint))
        if number:
            flowables += [NextPageTemplate(f"p{number}"), PageBreak()]
        flowables += [*top, FrameBreak()] if top else []
        flowables += text
        if number == len(document.pages) - 1:
            plain = [
                _frame(f._x1, document.margin, f._width, height)
                for f in frames[-document.columns :]
            ]
            templates.append(
                PageTemplate("more", plain, onPage=_painter(document, size, [], width))
            )
            flowables.insert(0, NextPageTemplate("more")) if number == 0 else None
    if document.scan:
        flowables = [Image(BytesIO(page_picture(document)), width - 12, (width - 12) * 877 / 620)]
    template.addPageTemplates(templates)
    template.build(flowables)
    return written.getvalue()


def _frame(x, y, width, height):
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _painter(document, size, notes, width):
    def paint(canvas, template):
        canvas.setFont(FONTS[document.font][0], 8)
        for text, y in zip(
            document.running, (size[1] - document.margin / 2, document.margin / 2), strict=False
        ):
            canvas.drawCentredString(size[0] / 2, y, text.replace("#", str(template.page)))
        y = document.margin
        for note in reversed(notes):
            note.wrap(width, 100)
            note.drawOn(canvas, document.margin, y)
            y += note.height + 2
        if notes:
            canvas.line(document.margin, y + 4, document.margin + 90, y + 4)

    return paint


class _Setter:
    def __init__(self, document, width):
        self.document, self.column = document, width
        regular, bold, italic = FONTS[document.font]
        size = document.size
        base = ParagraphStyle(
            "p", fontName=regular, fontSize=size, leading=size * 1.25,
            spaceAfter=0 if document.indent else 6,
            firstLineIndent=12 if document.indent else 0,
            alignment=TA_RIGHT if document.rtl else TA_JUSTIFY if document.justify else 0,
            hyphenationLang="en_GB" if document.hyphens else "", allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        small = size * 0.8
        plain = {"hyphenationLang": "", "firstLineIndent": 0}
        plain["alignment"] = base.alignment if document.rtl else 0

        def make(name, **changes):
            return ParagraphStyle(name, parent=base, **plain | changes)

        self.styles = {
            "p": base,
            "cut": make("cut", alignment=TA_JUSTIFY, justifyLastLine=1, hyphenationLang=base.hyphenationLang, firstLineIndent=base.firstLineIndent),
            "rest": make("rest", alignment=base.alignment, hyphenationLang=base.hyphenationLang),
            "head": make("head", fontName=bold, fontSize=size * 2, leading=size * 2.3, spaceAfter=8),
            "sub": make("sub", fontName=bold, fontSize=size * 1.1, leading=size * 1.4, spaceBefore=6, spaceAfter=3, keepWithNext=1),
            "kicker": make("kicker", fontSize=size * 0.85, textColor=colors.darkred, spaceAfter=4),
            "stand": make("stand", fontName=bold, fontSize=size * 1.2, leading=size * 1.5, spaceAfter=8),
            "byline": make("byline", fontName=italic, fontSize=size * 0.9, spaceAfter=6),
            "caption": make("caption", fontSize=small, leading=small * 1.2, spaceAfter=8, spaceBefore=2),
            "pull": make("pull", fontName=italic, fontSize=size * 1.5, leading=size * 1.8, alignment=TA_CENTER, spaceBefore=10, spaceAfter=10),
            "note": make("note", fontSize=small, leading=small * 1.2, spaceAfter=2),
            "cell": make("cell", spaceAfter=0),
            "boxed": make("boxed", fontSize=size * 0.9, leading=size * 1.1, spaceAfter=3),
        }  # fmt: skip
        self.bold = bold
        self.dropped = not document.drop

    def block(self, block):
        kind, *held = block
        if kind == "caption":
            image = Image(BytesIO(picture()), self.column * 0.6, self.column * 0.36, hAlign="LEFT")
            return [KeepTogether([Spacer(1, 6), image, self.paragraph(held[0], "caption")])]
        if kind == "table":
            cells = [[self.paragraph(c, "cell") for c in row] for row in held[0]]
            for cell, text in zip(cells[0], held[0][0], strict=True):
                cells[0][cells[0].index(cell)] = Paragraph(
                    f"<b>{escape(text)}</b>", self.styles["cell"]
                )
            rules = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1)]
            rules += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if self.document.ruled else []
            needed = [
                max(self.width(w) for row in held[0] for w in row[i].split()) + 13
                for i in range(len(held[0][0]))
            ]
            wanted = [
                max(self.width(row[i]) for row in held[0]) + 13 for i in range(len(held[0][0]))
            ]
            spare = max(0, self.column - sum(needed)) / max(1, sum(wanted) - sum(needed))
            wide = [n + min(1, spare) * (w - n) for n, w in zip(needed, wanted, strict=True)]
            return [
                Spacer(1, 6),
                Table(cells, wide, style=TableStyle(rules), hAlign="LEFT"),
                Spacer(1, 8),
            ]
        if kind == "box":
            inside = [self.paragraph(text, "boxed") for text in held[0]]
            inside[0] = Paragraph(f"<b>{escape(held[0][0])}</b>", self.styles["boxed"])
            frame = TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)])
            return [Spacer(1, 6), Table([[inside]], [self.column], style=frame), Spacer(1, 8)]
        if kind in ("list", "numbers"):
            marks = ["•"] * 9 if kind == "list" else [f"{n}." for n in range(1, 9)]
            style = ParagraphStyle(
                "item", parent=self.styles["rest"], leftIndent=18, bulletIndent=4
            )
            return [
                Paragraph(escape(t), style, bulletText=m)
                for m, t in zip(marks, held[0], strict=False)
            ]
        if kind == "note":
            return [self.paragraph(f"{{{held[0]}}} {held[1]}", "note")]
        if kind == "p" and not self.dropped:
            self.dropped = True
            return [_Drop(held[0], self.styles["p"], self.bold)]
        return [self.paragraph(held[0], kind)]

    def width(self, text):
        return pdfmetrics.stringWidth(text, self.bold, self.document.size)

    def paragraph(self, text, style):
        if self.document.rtl:
            return _Hebrew(text, self.styles[style])
        if self.document.ligatures:
            for plain, joined in (
                ("ffi", "ﬃ"),
                ("ffl", "ﬄ"),
                ("ff", "ﬀ"),
                ("fi", "ﬁ"),
                ("fl", "ﬂ"),
            ):
                text = text.replace(plain, joined)
        shown = re.sub(r"\{\^?([\d*])\}", r"<super size='60%'>\1</super>", escape(text))
        return Paragraph(shown, self.styles[style])


class _Drop(Flowable):
    """A paragraph whose first letter is as high as its first two lines."""

    def __init__(self, text, style, bold):
        super().__init__()
        self.text, self.style, self.bold = text, style, bold
        self.spaceAfter = style.spaceAfter

    def wrap(self, width, height):
        style = self.style
        self.large = style.leading * 2.5
        self.inset = pdfmetrics.stringWidth(self.text[0], self.bold, self.large) + 3
        words, self.lines = self.text[1:].split(), []
        for _ in range(2):
            line = []
            while (
                words
                and pdfmetrics.stringWidth(
                    " ".join([*line, words[0]]), style.fontName, style.fontSize
                )
                < width - self.inset
            ):
                line.append(words.pop(0))
            self.lines.append(" ".join(line))
        self.rest = Paragraph(escape(" ".join(words)), style)
        self.height = self.rest.wrap(width, height)[1] + 2 * style.leading
        self.width = width
        return width, self.height

    def draw(self):
        style, top = self.style, self.height
        self.canv.setFont(self.bold, self.large)
        self.canv.drawString(0, top - 2 * style.leading + 3, self.text[0])
        self.canv.setFont(style.fontName, style.fontSize)
        for at, line in enumerate(self.lines):
            self.canv.drawString(self.inset, top - at * style.leading - style.fontSize, line)
        self.rest.drawOn(self.canv, 0, 0)


class _Hebrew(Flowable):
    """A paragraph from right to left, its letters drawn in the order that they are seen in."""

    def __init__(self, text, style):
        super().__init__()
        self.text, self.style, self.spaceAfter = text, style, style.spaceAfter

    def wrap(self, width, height):
        self.lines, words, style = [], self.text.split(), self.style
        while words:
            line = [words.pop(0)]
            while (
                words
                and pdfmetrics.stringWidth(
                    " ".join([*line, words[0]]), style.fontName, style.fontSize
                )
                < width
            ):
                line.append(words.pop(0))
            self.lines.append(" ".join(line))
        self.width, self.height = width, len(self.lines) * style.leading
        return width, self.height

    def draw(self):
        self.canv.setFont(self.style.fontName, self.style.fontSize)
        for at, line in enumerate(self.lines):
            y = self.height - at * self.style.leading - self.style.fontSize
            self.canv.drawRightString(self.width, y, line[::-1])
