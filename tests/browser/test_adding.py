from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.driving import CIVILIANS, added, ask, audit, enter, open_page
from tests.browser.test_articles import HARBOUR, LIBRARY, panel, paste

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
DROP = """([selector, files, text]) => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) transfer.items.add(new File([content], name));
  if (text) transfer.setData("text/uri-list", text);
  for (const type of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
  }
}"""


def drop(page: Page, *files: tuple[str, str], text: str = "") -> None:
    page.evaluate(DROP, ["#chat", [list(file) for file in files], text])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_dropped_anywhere_is_added_one_after_the_other(page: Page, served: str, size):
    page.set_viewport_size(size)
    open_page(page, served)
    drop(page, ("harbour.txt", HARBOUR), ("picture.png", "\x89PNG\r\n\x1a\n\0"))
    drop(page, ("library.md", LIBRARY))  # while the first are on their way
    expect(page.locator(".qa-told")).to_contain_text("library.md will be added next.")
    expect(page.locator("#library li")).to_have_count(3)
    expect(page.locator("#jobs")).to_contain_text("Library to stay open at night added")
    expect(page.locator(".qa-scope")).to_contain_text("Asking 2 of 3 articles")
    drop(page, text="https://post.example/lido")  # a link: it waits for "Add"
    expect(page.get_by_label("Paste an article")).to_have_value("https://post.example/lido")
    audit(page)


def test_what_is_added_while_something_is_added_waits_and_nothing_typed_is_lost(
    page: Page, served: str
):
    open_page(page, served)
    panel(page)
    paste(page, HARBOUR)
    paste(page, LIBRARY)
    expect(page.locator("#library li")).to_have_count(3)
    box = page.get_by_label("Paste an article")
    expect(page.locator(".qa-busy")).to_have_count(0)
    paste(page, "http://127.0.0.1:1/x")
    expect(added(page)).to_contain_text("127.0.0.1")
    expect(box).to_have_value("http://127.0.0.1:1/x")


@pytest.fixture
def cut(browser: BrowserContext) -> Iterator[Page]:
    """A new visitor's tab whose connection a test cuts, which the console reports."""
    tab = browser.new_page()
    tab.add_init_script("sessionStorage.qa || (localStorage.clear(), (sessionStorage.qa = 1))")
    yield tab
    tab.close()


def test_a_failure_stands_beside_its_name_and_an_interrupted_upload_is_told(
    cut: Page, served: str, tmp_path: Path
):
    page = cut
    open_page(page, served)
    panel(page)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    page.locator("#files input[type=file]").set_input_files(tmp_path / "picture.txt")
    expect(page.locator(".qa-failed span")).to_have_text("picture.txt")
    expect(page.locator(".qa-failed")).to_contain_text("run text recognition (OCR) on it")
    page.route("**/gradio_api/upload*", lambda route: route.abort())
    drop(page, ("harbour.txt", HARBOUR))
    told = "harbour.txt: the upload was interrupted, and nothing was added; add it again."
    expect(page.locator(".qa-told")).to_have_text(told)
    page.unroute("**/gradio_api/upload*")
    drop(page, ("harbour.txt", HARBOUR))
    expect(page.locator("#jobs")).to_contain_text("Harbour closed after storm added")


def test_a_server_that_does_not_answer_is_told_and_nothing_typed_is_lost(cut: Page, served: str):
    page = cut
    open_page(page, served)
    page.route("**/queue/join*", lambda route: route.abort())
    enter(page, CIVILIANS)
    expect(page.locator(".qa-told")).to_contain_text("The server does not answer")
    expect(page.locator("#question textarea")).to_have_value(CIVILIANS)
    panel(page)
    paste(page, HARBOUR)
    expect(page.get_by_label("Paste an article")).to_have_value(HARBOUR)
    page.unroute("**/queue/join*")  # it is back, and Gradio reloads the page
    expect(page.locator("#library li")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(CIVILIANS)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_have_count(1)
    panel(page)
    expect(page.get_by_label("Paste an article")).to_have_value(HARBOUR)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".qa-fine")).to_have_count(1)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_articles_are_collected_and_asked_together(page: Page, served: str, size):
    page.set_viewport_size(size)
    open_page(page, served)
    panel(page)
    for text in (HARBOUR, LIBRARY):
        paste(page, text)
        expect(page.locator(".qa-fine")).to_have_count(1)
        expect(page.locator(".qa-busy")).to_have_count(0)
    page.get_by_label("Library to stay open at night").first.uncheck()
    expect(page.locator(".qa-scope")).to_contain_text("Asking Harbour")
    page.get_by_text("New collection").click()
    page.get_by_label("Name of the collection").fill("x" * 10_000)
    page.get_by_role("button", name="Make it").click()
    expect(page.locator("#collections")).to_contain_text("shorten it to at most 200")
    page.get_by_text("New collection").click()
    page.get_by_label("Name of the collection").fill("<b>Port</b>")
    page.get_by_label("Name of the collection").press("Enter")
    only = page.get_by_role("button", name="Ask only the collection <b>Port</b>")
    expect(only).to_have_attribute("aria-pressed", "true")
    audit(page)
    page.get_by_role("button", name="All articles").click()
    expect(page.locator(".qa-scope")).to_contain_text("Asking all 3 articles")
    page.locator("#library").get_by_text("Collections", exact=True).nth(1).click()
    page.locator(".qa-in[open]").get_by_label("<b>Port</b>").check()
    expect(only).to_contain_text("2")
    only.click()
    expect(page.locator(".qa-scope")).to_contain_text("Asking 2 of 3 articles")
    page.reload()
    expect(page.locator(".qa-scope")).to_contain_text("Asking 2 of 3 articles")
    panel(page)
    page.locator("#collections").get_by_text("Change", exact=True).click()
    page.get_by_role("button", name="Delete the collection").click()
    expect(only).to_have_count(0)
    page.locator("#collections").get_by_role("button", name="Undo").click()
    expect(only).to_have_count(1)


_SHARE = """([told, files]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "POST", action: "share", enctype: "multipart/form-data" });
  for (const [name, value] of Object.entries(told)) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  const transfer = new DataTransfer();
  for (const [name, content] of files) transfer.items.add(new File([content], name));
  const input = Object.assign(document.createElement("input"), { type: "file", name: "files" });
  form.append(input);
  document.body.append(form);
  input.files = transfer.files;
  form.submit();
}"""


def test_what_a_phone_shares_comes_into_the_box_and_shared_files_are_added(page: Page, served: str):
    page.set_viewport_size(PHONE)
    open_page(page, served)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.evaluate(_SHARE, [{"title": "Lido", "text": "Look: https://post.example/lido"}, []])
    box = page.get_by_label("Paste an article")
    expect(box).to_have_value("https://post.example/lido")
    assert page.url.endswith("/")  # a reload brings it no more
    page.evaluate(_SHARE, [{}, [["harbour.txt", HARBOUR]]])
    expect(page.locator("#jobs")).to_contain_text("Harbour closed after storm added")
    page.goto(f"{served}/#shared=lost")
    expect(page.locator(".qa-told")).to_contain_text("did not arrive; open the app once")


def test_back_and_forward_lose_nothing(page: Page, served: str):
    open_page(page, served)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_have_count(1)
    page.wait_for_timeout(700)  # until the browser has stored it
    page.goto(f"{served}/app/icon.svg")
    page.go_back()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS])
    page.go_forward()
    page.go_back()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS])
