from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import added, answers, ask, assert_shown, audit, open_page, reload
from tests.sources.made import docx, news_page, pdf

HARBOUR = """Harbour closed after storm

The harbour of Port Ellery was closed on Friday after a storm sank three fishing boats.

Mayor Ada Quill said that the harbour would open again on Monday. She thanked 12 engineers.
"""
LIBRARY = """# Library to stay open at night

The library of Port Ellery will stay open until midnight from June, its director said on Tuesday.
The change costs 40,000 euros a year.
"""
ARABIC = """الميناء مغلق

أغلق الميناء يوم الجمعة بعد عاصفة أغرقت ثلاثة قوارب صيد.
قال رئيس البلدية إن الميناء سيفتح يوم الاثنين.
"""


def panel(page: Page) -> None:
    page.get_by_role("button", name="Choose or add articles").click()


def paste(page: Page, text: str) -> None:
    page.get_by_label("Paste an article, or its address").fill(text)
    page.get_by_role("button", name="Add", exact=True).click()


def test_ones_own_articles_are_added_asked_chosen_and_removed(
    page: Page, served: str, tmp_path: Path
):
    (tmp_path / "library.md").write_text(LIBRARY, "utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    open_page(page, served)
    panel(page)
    paste(page, HARBOUR)
    expect(added(page)).to_have_text(["Harbour closed after storm added, 3 sentences."])
    expect(page.locator(".qa-scope")).to_contain_text("Asking Harbour closed after storm")
    audit(page)
    page.locator(".qa-suggestions button").last.click()
    expect(answers(page)).to_have_count(1)

    panel(page)
    page.locator("#files input[type=file]").set_input_files(
        [tmp_path / "picture.txt", tmp_path / "library.md"]
    )
    expect(page.locator(".qa-failed")).to_contain_text("picture.txt")
    expect(added(page).last).to_have_text("Library to stay open at night added, 2 sentences.")
    expect(page.locator(".qa-scope")).to_contain_text("Asking 2 of 3 articles")
    ask(page, "Until when will the library stay open?")
    expect(answers(page).last).to_contain_text("until midnight")
    expect(page.locator("#article h2")).to_have_text("Library to stay open at night")

    panel(page)
    page.get_by_label("Library to stay open at night").first.uncheck()
    expect(page.locator(".qa-scope")).to_contain_text("Asking Harbour closed after storm")
    ask(page, "How much does the change at the library cost?")
    expect(page.locator(".qa-refusal")).to_contain_text("I did not find that in")

    panel(page)
    page.get_by_role("button", name="Remove Library").click()
    expect(added(page)).to_have_text(["Library to stay open at night removed. Undo"])
    expect(page.locator("#library li")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(added(page).first).to_contain_text("added, 2 sentences")
    expect(page.locator("#library li")).to_have_count(3)
    page.locator("#library").get_by_text("Rename", exact=True).last.click()
    page.get_by_label("Title", exact=True).last.fill("Library open at night")
    page.get_by_label("Title", exact=True).last.press("Enter")
    expect(added(page)).to_have_text(["Library open at night is its title now."])
    expect(page.locator(".qa-room")).to_contain_text("You have added 2 of at most 20 articles.")
    page.get_by_role("button", name="Remove Library").click()
    expect(page.locator("#library li")).to_have_count(2)
    answers(page).nth(1).locator(".qa-cite").first.click()
    expect(page.locator("#article")).to_contain_text("This article is no longer here")


def test_a_citation_into_a_pdf_names_its_page_and_other_formats_are_read(
    page: Page, served: str, tmp_path: Path
):
    first = ["The harbour of Porto Lindo opened on Monday after nine years of work."]
    second = ["It cost 40 million euros, which the town paid from its own funds, said its mayor."]
    (tmp_path / "harbour.pdf").write_bytes(pdf([first, second], title="A harbour"))
    (tmp_path / "letter.docx").write_bytes(
        docx(["The letter was written in May.", "It was lost."], title="A letter")
    )
    (tmp_path / "news.html").write_bytes(news_page())
    (tmp_path / "broken.docx").write_bytes(b"PK no zip")
    open_page(page, served)
    panel(page)
    names = ["harbour.pdf", "letter.docx", "broken.docx", "news.html"]
    page.locator("#files input[type=file]").set_input_files([tmp_path / n for n in names])
    expect(added(page)).to_have_count(4)
    expect(page.locator(".qa-fine")).to_have_count(3)
    expect(page.locator(".qa-failed")).to_contain_text("broken.docx")
    expect(page.locator(".qa-failed")).not_to_contain_text(str(tmp_path))
    for title in ("A letter", "Harbour opens"):
        page.get_by_label(title).first.uncheck()
        expect(page.get_by_label(title).first).not_to_be_checked()
    expect(page.locator(".qa-scope")).to_contain_text("Asking A harbour")
    ask(page, "How much did the harbour cost?")
    page.get_by_role("link", name="Citation 1, page 2").first.click()
    assert_shown(page, "40 million euros")
    expect(page.locator(".qa-sources")).to_contain_text("[1] (page 2) A harbour")
    expect(page.locator(".qa-page")).to_have_text(["page 1", "page 2"])
    page.get_by_role("button", name="Show page 2 as it is printed").click()
    picture = page.get_by_role("img", name="Page 2 of A harbour, as it is printed")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalHeight)") == 1_600
    expect(page.get_by_role("button", name="Close the page")).to_be_focused()
    expect(page.locator("#article .flash")).to_be_visible()
    audit(page)
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    expect(page.get_by_role("button", name="Show page 2 as it is printed")).to_be_focused()


def test_an_address_that_is_not_fetched_is_told_in_one_sentence(page: Page, served: str):
    open_page(page, served)
    panel(page)
    paste(page, "http://127.0.0.1:1/news")
    expect(added(page)).to_contain_text("127.0.0.1")
    expect(page.locator(".qa-failed")).to_have_count(1)
    expect(page.get_by_label("Paste an article")).to_have_value("http://127.0.0.1:1/news")


def test_a_visitors_articles_stay_over_a_reload_and_are_no_one_elses(page: Page, served: str):
    open_page(page, served)
    panel(page)
    paste(page, HARBOUR)
    added(page)
    ask(page, "When will the harbour open again?")
    expect(answers(page)).to_contain_text("Monday")
    reload(page)
    expect(page.locator(".qa-scope")).to_contain_text("Asking Harbour closed after storm")
    page.locator(".qa-cite").first.click()
    assert_shown(page, "would open again on Monday")

    page.evaluate("localStorage.clear()")  # somebody else
    open_page(page, served)
    panel(page)
    expect(page.locator("#library li")).to_have_count(1)
    expect(page.locator("#library")).not_to_contain_text("Harbour")


def test_what_cannot_be_added_is_told_and_stays_in_its_box(page: Page, served: str):
    open_page(page, served)
    panel(page)
    paste(page, "  ")
    expect(page.locator(".qa-failed")).to_contain_text("The pasted text is empty")
    audit(page)


def test_an_article_that_is_not_english_has_a_notice_and_its_own_direction(page, served):
    open_page(page, served)
    panel(page)
    paste(page, ARABIC)
    expect(added(page)).to_contain_text("This article is not in English")
    page.get_by_role("button", name="Read الميناء").click()
    expect(page.locator("#article .qa-notice")).to_contain_text("answers about it will be poor")
    direction = (
        "getComputedStyle(document.querySelector('#article article > p:last-child')).direction"
    )
    assert page.evaluate(direction) == "rtl"
    audit(page)
