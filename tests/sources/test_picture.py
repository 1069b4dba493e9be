from io import BytesIO

import pytest
from PIL import Image

from qa.errors import SourceError
from qa.sources.pdf.picture import MAX_SIDE, picture
from tests.sources.made import pdf


def test_a_page_is_drawn_and_what_cannot_be_is_told_by_its_number():
    data = pdf([["The harbour opened."], ["It closed."]])
    drawn = Image.open(BytesIO(picture(data, 2, "Harbour")))
    assert drawn.format == "JPEG" and max(drawn.size) == MAX_SIDE
    assert drawn.convert("L").getextrema()[0] < 100  # there is something on it
    for bad, page in ((data, 3), (b"no PDF", 1)):
        with pytest.raises(SourceError, match=f"^Page {page} of Harbour cannot be shown"):
            picture(bad, page, "Harbour")
