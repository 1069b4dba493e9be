import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import CIVILIANS, ask, audit, open_page, reload

FAMILIES = "How many families were displaced?"
SOLDIERS = "And soldiers?"


def listed(page: Page):
    return page.locator("#conversations .qa-title")


def show_list(page: Page) -> None:
    page.get_by_role("button", name="Conversations", exact=True).click()


def test_conversations_are_kept_found_named_branched_deleted_and_brought_back(
    page: Page, served: str
):
    open_page(page, served)
    ask(page, CIVILIANS)
    ask(page, SOLDIERS)
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(2)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Go back to it").click()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS, SOLDIERS])

    page.get_by_text("Edit", exact=True).first.click()
    expect(page.locator("#chat")).to_contain_text("the one you see is kept")
    page.locator(".qa-edit textarea").first.fill(FAMILIES)
    page.get_by_role("button", name="Ask again").first.click()
    expect(page.locator("#chat h2")).to_have_text([FAMILIES])
    expect(page.locator(".qa-answer")).to_contain_text("nearly 7,000")
    show_list(page)
    expect(listed(page)).to_have_text([re.compile(FAMILIES), re.compile(CIVILIANS)])
    expect(page.locator("#conversations h3")).to_have_text("Today")
    audit(page)

    page.get_by_text("Rename", exact=True).last.click()
    name = page.get_by_label("Name", exact=True).last
    name.fill("x" * 10_000)
    name.press("Enter")
    expect(page.locator("#conversations .qa-did")).to_contain_text("shorten it to at most 200")
    page.get_by_text("Rename", exact=True).last.click()
    page.get_by_label("Name", exact=True).last.fill("<b>Losses</b>")
    page.get_by_label("Name", exact=True).last.press("Enter")
    expect(listed(page).last).to_contain_text("<b>Losses</b>")

    page.get_by_label("Search your conversations").fill("soldiers")
    expect(listed(page)).to_have_count(1)
    listed(page).click()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS, SOLDIERS])
    expect(page.locator("#article mark")).not_to_have_count(0)
    expect(page.get_by_role("tab", name="Conversations")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Delete <b>Losses</b>").click()
    expect(page.locator("#chat h2")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(listed(page)).to_have_count(1)
    page.get_by_label("Search your conversations").fill("")
    expect(listed(page)).to_have_count(2)
    page.get_by_text("Export all", exact=True).click()
    with page.expect_download() as download:
        page.locator("#conversations").get_by_role("button", name="Markdown").click()
    exported = Path(download.value.path()).read_text("utf-8")
    assert f"## {SOLDIERS}" in exported and f"## {FAMILIES}" in exported

    listed(page).last.click()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS, SOLDIERS])
    reload(page)
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS, SOLDIERS])


def test_two_tabs_of_one_conversation_lose_nothing_and_on_a_phone_the_list_is_a_tap_away(
    page: Page, served: str
):
    page.set_viewport_size({"width": 360, "height": 640})
    open_page(page, served)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_have_count(1)
    page.wait_for_timeout(700)  # until the browser has stored it
    other = page.context.new_page()
    open_page(other, served)
    expect(other.locator("#chat h2")).to_have_text([CIVILIANS])
    ask(other, FAMILIES)
    expect(other.locator(".qa-answer")).to_have_count(2)
    other.close()
    ask(page, "Who leads the offensive?")
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(2)
    show_list(page)
    expect(listed(page)).to_have_count(2)
    audit(page)
    page.get_by_text("Delete all", exact=True).click()
    page.get_by_role("button", name="Delete all for good").click()
    expect(page.locator("#conversations")).to_contain_text("2 conversations are deleted.")
    expect(page.locator("#chat h2")).to_have_count(0)
