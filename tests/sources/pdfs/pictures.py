"""A picture for a caption, and a page as a scanner sees it."""

from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont


def picture():
    image = Image.new("RGB", (60, 36), (150, 180, 200))
    ImageDraw.Draw(image).rectangle((0, 22, 60, 36), (70, 90, 110))
    return _png(image)


def page_picture(document):
    image = Image.new("1", (620, 877), 1)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 12)
    y = 50
    for _, text in document.pages[0]:
        for line in wrap(text, 75):
            draw.text((50, y), line, 0, font)
            y += 16
        y += 8
    return _png(image)


def _png(image):
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
