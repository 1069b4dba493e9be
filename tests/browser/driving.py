"""Helpers that drive the page, and checks that hold in every state of it."""

from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

ANSWERS_IN = 60_000  # milliseconds, with the loading of the models
CIVILIANS = "How many civilians were killed?"
MOUNTAIN = "What is the tallest mountain on Earth?"
_AXE = Axe()


def open_page(page: Page, url: str, ready: bool = True) -> None:
    page.goto(url)
    if ready:
        expect(page.locator("#article article")).to_be_attached(timeout=ANSWERS_IN)


def ask(page: Page, question: str) -> None:
    """Ask until the box is empty: Gradio ignores Enter shortly after an earlier question."""
    for _ in range(10):
        expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        enter(page, question)
        with suppress(AssertionError):
            expect(page.locator("#question textarea")).to_have_value("", timeout=2_000)
            return
    pytest.fail(f"The page did not take {question!r}.")


def reload(page: Page) -> None:
    """Reload the page, once the browser has stored the conversation."""
    page.wait_for_timeout(700)
    page.reload()


def enter(page: Page, text: str) -> None:
    page.locator("#question textarea").fill(text)
    page.locator("#question textarea").press("Enter")


def answers(page: Page) -> Locator:
    return page.locator(".qa-answer")


def added(page: Page) -> Locator:
    """The progress of what was added, once all of it is finished."""
    expect(page.locator(".qa-job").first).to_be_visible()
    expect(page.locator(".qa-busy")).to_have_count(0, timeout=ANSWERS_IN)
    return page.locator(".qa-job")


def audit(page: Page) -> None:
    """Check that axe-core finds nothing, and that nothing is wider than the window."""
    found = _AXE.run(page).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_shown(page: Page, text: str) -> None:
    """Check that the sentence is highlighted and entirely visible in the article viewer."""
    sentence = page.locator("#article .flash")
    expect(sentence).to_contain_text(text)
    expect(sentence).to_be_in_viewport(ratio=1)
    box, viewer = sentence.bounding_box(), page.locator("#article").bounding_box()
    assert box is not None and viewer is not None
    assert viewer["y"] <= box["y"]
    assert box["y"] + box["height"] <= viewer["y"] + viewer["height"]
