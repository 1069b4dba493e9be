import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import (
    ANSWERS_IN,
    CIVILIANS,
    MOUNTAIN,
    answers,
    ask,
    assert_shown,
    audit,
    open_page,
)
from tests.servers import ROOT

_SMALL = """() => [...document.querySelectorAll("button, summary, .qa-cite, textarea")]
  .filter((part) => part.checkVisibility() && !part.closest(".overflow-menu, [aria-hidden=true]"))
  .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < 43.5 || box.height < 43.5))
  .map(([name, box]) => `${name}: ${box.width} by ${box.height}`)"""


@pytest.mark.parametrize(
    ("scheme", "widths"), [("light", [1440, 768, 360]), ("dark", [360, 768, 1440])]
)
def test_the_page_fits_its_window(page: Page, served: str, scheme, widths):
    page.set_viewport_size({"width": widths[0], "height": 740})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(page, served)
    assert page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")
    for count, width in enumerate(widths, 1):
        page.set_viewport_size({"width": width, "height": 740})
        for question in (MOUNTAIN, CIVILIANS):
            ask(page, question)
        expect(answers(page)).to_have_count(count)
        expect(answers(page).last).to_be_in_viewport(ratio=1)  # the newest, whole
        expect(page.locator("#question textarea")).to_be_in_viewport(ratio=1)
        audit(page)
        page.locator(".qa-cite").last.click()
        assert_shown(page, "at least 19 civilian lives")
        audit(page)
        page.keyboard.press("Escape")  # where a sheet shows it


def test_on_a_phone_the_article_is_a_sheet_that_opens_and_closes(page: Page, served: str):
    page.set_viewport_size({"width": 360, "height": 640})
    open_page(page, served)
    sheet = page.get_by_role("dialog", name="Articles")
    expect(sheet).to_be_hidden()
    ask(page, CIVILIANS)
    expect(answers(page)).to_be_visible()
    expect(sheet).to_be_hidden()
    citation = page.get_by_role("link", name="Citation 1", exact=True).first
    citation.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    assert_shown(page, "at least 19 civilian lives")
    audit(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(citation).to_be_focused()
    citation.click()
    expect(sheet).to_be_visible()
    box = page.locator("#question textarea")  # stands below the sheet, and can be used
    expect(box).to_be_in_viewport(ratio=1)
    small = page.evaluate(_SMALL)
    assert small == []
    ask(page, MOUNTAIN)
    expect(page.locator(".qa-refusal")).to_be_visible()
    expect(sheet).to_be_hidden()  # it would cover the answer

    page.emulate_media(reduced_motion="no-preference")  # where the sheet takes its time to come
    page.get_by_role("button", name="Choose or add articles").click()
    expect(page.get_by_role("tab", name="Library")).to_be_focused()
    expect(page.get_by_label("Paste an article, or its address")).to_be_visible()
    audit(page)
    page.get_by_role("button", name="Back to the conversation").click()
    expect(sheet).to_be_hidden()


def test_embedded_the_page_is_the_chat_alone(page: Page, served: str):
    page.set_viewport_size({"width": 900, "height": 500})
    open_page(page, f"{served}?embed")
    expect(page.get_by_role("heading", name="Ask the Article")).to_be_hidden()
    expect(page.locator("#source")).to_be_hidden()
    ask(page, CIVILIANS)
    page.locator(".qa-cite").first.click()
    assert_shown(page, "at least 19 civilian lives")
    audit(page)


def test_in_another_sites_frame_it_works_without_the_browsers_storage(page: Page, served: str):
    page.set_content(f'<iframe src="{served}?embed" width="900" height="500"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator(".qa-suggestions button").first.click(timeout=ANSWERS_IN)
    expect(frame.locator(".qa-answer")).to_be_visible()
    frame.locator(".qa-cite").first.click()
    expect(frame.locator("#article .flash")).to_be_in_viewport(ratio=1)


def test_a_question_can_be_asked_and_proved_with_the_keyboard_alone(page: Page, served: str):
    open_page(page, served)

    def tab_to(name: str) -> None:
        for _ in range(30):
            if name in page.evaluate(
                "(document.activeElement.ariaLabel || '') + document.activeElement.textContent"
            ):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {name!r}.")

    page.locator("#question textarea").focus()
    page.keyboard.type(CIVILIANS)
    page.keyboard.press("Enter")
    expect(answers(page)).to_be_visible()
    for _ in range(12):  # up from the question to the newest answer
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.qa-cite')"):
            break
    page.keyboard.press("Enter")
    assert_shown(page, "at least 19 civilian lives")
    tab_to("back to the answer")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.qa-cite')")
    tab_to("How was this found?")
    page.keyboard.press("Enter")
    expect(page.locator(".qa-how > div")).to_be_visible()


def test_screenshot_for_the_readme(page: Page, served: str, tmp_path: Path):
    page.set_viewport_size({"width": 1280, "height": 800})
    open_page(page, served)
    ask(page, MOUNTAIN)
    expect(page.locator(".qa-refusal")).to_be_visible()
    ask(page, CIVILIANS)
    page.get_by_role("link", name="Citation 1", exact=True).first.click()
    assert_shown(page, "at least 19 civilian lives")
    docs = ROOT / "docs" if os.environ.get("QA_SCREENSHOTS") == "1" else tmp_path
    assert len(page.screenshot(path=docs / "screenshot.png")) > 20_000  # bytes; blank: 5,000
