"""Records docs/demo.gif and docs/screenshot.png: `python docs/record_demo.py`, with Chromium."""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.browser.driving import ANSWERS_IN, open_page  # noqa: E402
from tests.servers import free_port, serve  # noqa: E402

QUESTION = "How many families were displaced?"
SIZE = {"width": 1180, "height": 720}
TYPING, READING, LOOKING = 60, 900, 2600  # milliseconds that a frame is shown


def main() -> None:
    """Serve the page, ask a question, click its citation, and write what was seen."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", port]
    environment = {**os.environ, "QA_CHROMA": ":memory:", "PYTHONPATH": str(HERE.parent)}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(command, f"{url}/health", Path(folder) / "log", env=environment),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE)
        open_page(page, url)
        frames = [(_picture(page), READING)]
        box = page.locator("#question textarea")
        for end in range(3, len(QUESTION) + 1, 3):
            box.fill(QUESTION[:end])
            frames.append((_picture(page), TYPING))
        box.fill(QUESTION)
        box.press("Enter")
        page.locator(".qa-answer").first.wait_for(timeout=ANSWERS_IN)
        page.wait_for_timeout(800)
        frames.append((_picture(page), LOOKING))
        page.locator(".qa-answer a[href^='#']").first.click()
        page.wait_for_timeout(1200)
        frames.append((_picture(page), LOOKING))
        page.screenshot(path=HERE / "screenshot.png")
    first, *others = [picture for picture, _ in frames]
    first.save(
        HERE / "demo.gif",
        save_all=True,
        append_images=others,
        duration=[shown for _, shown in frames],
        loop=0,
        optimize=True,
    )


def _picture(page: Page) -> Image.Image:
    picture = Image.open(io.BytesIO(page.screenshot()))
    return picture.convert("RGB").quantize(64)


if __name__ == "__main__":
    main()
