"""python -m tests.sources.pdfs.make: writes the suite's PDFs and what is to be read in them.

Wants Chromium, `pip install reportlab pyphen`, and the fonts DejaVu and Liberation.
"""

import json
import sys
from pathlib import Path

from tests.sources.pdfs import with_chromium, with_reportlab
from tests.sources.pdfs.documents import gold
from tests.sources.pdfs.held_out import HELD_OUT
from tests.sources.pdfs.tuned import TUNED

HERE = Path(__file__).parent
WAYS = {"reportlab": with_reportlab.pdf, "chromium": with_chromium.pdf}


def main(names):
    wanted = {}
    for document in (*TUNED, *HELD_OUT):
        for way in document.ways:
            name = f"{document.name}-{way}"
            wanted[name] = gold(document) | {"test": document.test, "scan": document.scan}
            if not names or document.name in names:
                (HERE / f"{name}.pdf").write_bytes(WAYS[way](document))
    written = json.dumps(wanted, ensure_ascii=False, indent=1)
    (HERE / "gold.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
