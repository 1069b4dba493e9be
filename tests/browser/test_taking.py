from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.sources.files import read_upload
from tests.browser.driving import CIVILIANS, ask, audit, open_page

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_conversation_is_taken_along_in_each_format(page: Page, served: str, size):
    page.set_viewport_size(size)
    open_page(page, served)
    expect(page.locator(".qa-lead")).to_be_visible()  # what to do first, with an example
    expect(page.locator(".qa-example")).to_contain_text("If I do not find the answer")
    audit(page)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_have_count(1)
    expect(page.locator(".qa-lead")).to_have_count(0)
    page.locator("#chat").get_by_text("Save", exact=True).click()
    audit(page)
    saved = {}
    for label in ("Markdown", "Web page", "Word", "Plain text", "BibTeX", "CSL JSON"):
        with page.expect_download() as download:
            page.locator("#chat").get_by_role("button", name=label, exact=True).click()
        name = download.value.suggested_filename
        expect(page.locator("#taking .html-container .qa-taken")).to_have_text(f"Saved as {name}.")
        saved[name] = Path(download.value.path()).read_bytes()
    assert list(saved) == [
        f"how-many-civilians-were-killed.{suffix}"
        for suffix in ("md", "html", "docx", "txt", "bib", "json")
    ]
    quote = "at least 19 civilian lives"
    for name in list(saved)[:3]:
        assert read_upload(name, saved[name]).text.count(quote) == 1, name


def test_everything_of_a_visitor_is_exported_and_deleted_at_once(page: Page, served: str):
    open_page(page, served)
    page.get_by_role("button", name="Add an article").click()
    page.get_by_label("Paste an article, or its address").fill("The lido\n\nIt opened in 1931.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".qa-fine")).to_have_count(1)
    ask(page, "When did the lido open?")
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(1)
    page.get_by_role("tab", name="Conversations").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export everything").click()
    assert download.value.suggested_filename == "ask-the-article.zip"
    page.get_by_text("Delete everything", exact=True).click()
    audit(page)
    page.get_by_role("button", name="Delete everything for good").click()
    expect(page.locator("#mine")).to_contain_text("Everything of yours is deleted.")
    expect(page.locator("#conversations .qa-title")).to_have_count(0)
    expect(page.locator(".qa-exchange")).to_have_count(0)
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#library li")).to_have_count(1)
