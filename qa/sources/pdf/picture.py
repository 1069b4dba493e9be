"""A page of a PDF as a picture, drawn in a process of its own, as it is read.

`python -m qa.sources.pdf.picture NUMBER` is that process: the file on standard input, a JPEG on
standard output.
"""

import io
import os
import subprocess
import sys

from qa.errors import SourceError
from qa.sources.sandbox import limit

MAX_SIDE = 1_600  # pixels of the longer side; as sharp as a screen shows it
SECONDS = 20
_QUALITY = 80


def picture(data: bytes, page: int, name: str) -> bytes:
    """Page `page`, from 1, of a PDF as a JPEG; `name` stands for the file.

    Raises `SourceError` for a page that it does not have or that takes too long to draw.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "qa.sources.pdf.picture", str(page)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise SourceError(f"Page {page} of {name} cannot be shown; read its text.") from None
    return done.stdout


def draw(data: bytes, page: int) -> bytes:
    """The page as a JPEG, drawn in this process; raises whatever the library does."""
    import pypdfium2 as pdfium

    drawn = pdfium.PdfDocument(data)[page - 1]
    scale = MAX_SIDE / max(*drawn.get_size(), 1)
    written = io.BytesIO()
    drawn.render(scale=scale).to_pil().convert("RGB").save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(sys.argv[1])))
