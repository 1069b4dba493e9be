"""The article is read: found in, asked about, gone through by its citations."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.driving import CIVILIANS, added, answers, ask, audit, open_page
from tests.browser.test_articles import panel, paste

FAMILIES = "How many families were displaced?"
CAFE = """The café of Señora Ibáñez

The cafe’s owner, Zoë Ibáñez, said “déjà vu” on Monday. Her CAFÉ seats 20 people.

It opened in a former ﬁsh market.
"""
VOWELLED = """الميناء

أُغْلِقَ المِينَاءُ يوم الجمعة. قال رئيس البلدية إن الميناء سيفتح قريبا.
"""
SIZES = pytest.mark.parametrize(
    "size", [{"width": 1440, "height": 900}, {"width": 360, "height": 740}], ids=["wide", "phone"]
)
_PAINTED = """name => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString())"""


def vote() -> bytes:
    """A Word document with headings, both kinds of list, a stressed word and a table."""
    document = Document()
    document.add_heading("Harbour plan agreed", 0)
    document.add_heading("The plan", 1)
    plan = document.add_paragraph("The town of Port Ellery will build a ")
    plan.add_run("second").bold = True
    plan.add_run(" pier in July.")
    document.add_paragraph("Two cranes will be bought in May.", style="List Bullet")
    document.add_paragraph("The council votes in April.", style="List Number")
    document.add_heading("The vote", 1)
    table = document.add_table(3, 2)
    for row, cells in zip(
        table.rows, [("Party", "Seats"), ("Harbour List", "7"), ("Hill Party", "5")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def find(page: Page, words: str) -> None:
    page.get_by_label("Find in the article").fill(words)


def found(page: Page, count: str, *painted: str) -> None:
    expect(page.locator("#finder output")).to_have_text(count)
    page.wait_for_function(
        f"([name, all]) => String(({_PAINTED})(name)) === all",
        arg=["qa-found", ",".join(painted)],
        timeout=5_000,
    )


def read(page: Page, served: str, text: str, name: str) -> None:
    open_page(page, served)
    panel(page)
    paste(page, text)
    added(page)
    page.get_by_role("button", name=f"Read {name}").click()
    expect(page.locator("#article h2")).to_contain_text(name)


@SIZES
def test_words_are_found_without_regard_to_accents_case_and_quotation_marks(
    page: Page, served: str, size
):
    page.set_viewport_size(size)
    read(page, served, CAFE, "The café")
    find(page, "cafe")
    found(page, "1 of 3", "café", "cafe", "CAFÉ")
    page.keyboard.press("Enter")
    expect(page.locator("#finder output")).to_have_text("2 of 3")
    page.get_by_role("button", name="Previous match").click()
    page.get_by_role("button", name="Previous match").click()
    expect(page.locator("#finder output")).to_have_text("3 of 3")
    assert page.evaluate(_PAINTED, "qa-here") == ["CAFÉ"]
    audit(page)
    find(page, 'said "DEJA  VU" on')
    found(page, "1 of 1", "said “déjà vu” on")
    find(page, "fish market")  # a ligature
    found(page, "1 of 1", "ﬁsh market")
    find(page, "people. It")  # in two paragraphs
    found(page, "Not found")
    find(page, ".*")
    found(page, "Not found")
    find(page, "Ibanez")
    found(page, "1 of 2", "Ibáñez", "Ibáñez")
    page.get_by_label("Find in the article").press("Escape")  # to the sentence that was found
    expect(page.locator("#finder output")).to_have_text("")
    assert page.evaluate(_PAINTED, "qa-found") == []
    expect(page.get_by_label("Find in the article")).to_have_value("")
    expect(page.locator("#article")).to_be_in_viewport()  # the sheet is still open
    assert page.evaluate("document.activeElement.closest('#article') !== null")


@SIZES
def test_words_are_found_from_right_to_left_without_vowel_signs(page: Page, served: str, size):
    page.set_viewport_size(size)
    read(page, served, VOWELLED, "الميناء")
    find(page, "الميناء")
    found(page, "1 of 3", "الميناء", "المِينَاءُ", "الميناء")
    direction = "getComputedStyle(document.getElementById('in-text')).direction"
    assert page.evaluate(direction) == "rtl"
    find(page, "اغلق")  # a hamza is a sign, too
    found(page, "1 of 1", "أُغْلِقَ")
    audit(page)


def test_what_is_selected_in_the_article_is_quoted_in_the_question_box(page: Page, served: str):
    open_page(page, served)
    sentence = page.locator("#article article p").nth(2).locator("span").first
    button = page.get_by_role("button", name="Ask about this")
    expect(button).to_be_hidden()
    sentence.scroll_into_view_if_needed()
    sentence.select_text()
    expect(button).to_be_in_viewport(ratio=1)
    audit(page)
    button.click()
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value(f"“{sentence.inner_text()}” ")
    expect(button).to_be_hidden()
    page.keyboard.type("How many towns were seized?")
    page.keyboard.press("Enter")
    expect(page.locator("#chat h2")).to_contain_text("How many towns were seized?")
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(1)

    page.locator("#article article").select_text()  # more than a question can hold
    button.click()
    quoted = box.input_value()
    assert quoted.endswith(" …” ") and 300 < len(quoted) < 420
    page.locator("#chat h2").select_text()  # not the article
    expect(button).to_be_hidden()


def test_on_a_phone_a_selection_is_quoted_below_the_sheet(page: Page, served: str):
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, served)
    ask(page, CIVILIANS)
    page.locator(".qa-cite").first.click()
    page.locator("#article mark").select_text()
    button = page.get_by_role("button", name="Ask about this")
    box = button.bounding_box()
    assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= 360
    button.click()
    typed = page.locator("#question textarea")
    expect(typed).to_be_focused()
    sentence = page.locator("#article mark").inner_text().removesuffix("1")
    expect(typed).to_have_value(f"“{sentence}” ")


@SIZES
def test_all_that_a_conversation_cites_is_marked_counted_and_gone_through(
    page: Page, served: str, size
):
    page.set_viewport_size(size)
    open_page(page, served)
    counted = page.locator("#marks output")
    expect(counted).to_be_hidden()
    for n, question in enumerate((CIVILIANS, FAMILIES), 1):
        ask(page, question)
        expect(answers(page)).to_have_count(n)
    page.locator(".qa-cite").last.click()
    expect(counted).to_have_text("2 sentences cited")
    marks = page.locator("#article mark")
    expect(marks.first).to_contain_text("at least 19 civilian lives")
    expect(marks.first).to_have_class("qa-mark qa-other")
    expect(marks.last).to_contain_text("nearly 7,000 families")
    audit(page)
    page.get_by_role("button", name="Next cited sentence").click()
    expect(marks.first).to_be_focused()
    page.keyboard.press("p")
    expect(marks.last).to_be_focused()
    page.keyboard.press("N")
    expect(marks.first).to_be_focused()
    page.keyboard.press("Tab")  # to the sign in it
    page.keyboard.press("Enter")
    expect(page.locator(".qa-cite").first).to_be_focused()


@SIZES
def test_a_word_document_is_set_as_it_is_and_a_cited_row_of_its_table_marked(
    page: Page, served: str, size, tmp_path: Path
):
    page.set_viewport_size(size)
    (tmp_path / "vote.docx").write_bytes(vote())
    open_page(page, served)
    panel(page)
    page.locator("#files input[type=file]").set_input_files(tmp_path / "vote.docx")
    added(page)
    page.get_by_role("button", name="Read Harbour plan agreed").click()
    ask(page, "How many seats does the Hill Party have?")
    expect(answers(page)).to_have_count(1)
    page.locator(".qa-cite").first.click()
    article = page.locator("#article article")
    expect(article.locator("h3")).to_have_text(["The plan", "The vote"])
    expect(article.locator("ul li")).to_have_text(["Two cranes will be bought in May."])
    expect(article.locator("ol li")).to_have_text(["The council votes in April."])
    expect(article.locator("p b")).to_have_text("second")
    row = article.locator("tr.qa-mark").filter(has_text="Hill Party")
    expect(row.locator("td").nth(1)).to_contain_text("5")
    expect(row).to_be_in_viewport()
    audit(page)
    find(page, "hill party")
    found(page, "1 of 1", "Hill Party")
    row.click()
    expect(page.locator(".qa-cite:focus")).to_have_count(1)


def test_the_article_is_read_by_keys_which_are_told(page: Page, served: str):
    open_page(page, served)
    page.get_by_text("Keys", exact=True).click()
    expect(page.locator(".qa-keys dl")).to_contain_text("next and previous sentence cited")
    audit(page)
    page.locator("#article").focus()
    expect(page.locator(".qa-keys dl")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("Find in the article")).to_be_focused()
    page.keyboard.type("46th")
    expect(page.locator("#finder output")).to_have_text("1 of 1")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    box = page.locator("#question textarea")
    expect(box).to_have_value(
        "“As reported, their forces captured a base of the Syrian army’s 46th Regiment and a "
        "strategic intersection on the M5 highway, vital for communications between Aleppo and "
        "Damascus.” "
    )
    page.keyboard.type("n/p")  # letters, where something is typed
    assert box.input_value().endswith("” n/p")
