from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.driving import added, audit, open_page

ADDRESS = "http://127.0.0.1:1/news?day=4&part=b#top"
READ = (
    "data:text/html,<title>Harbour closed</title><p>The harbour of Port Ellery was closed on "
    "Friday after a storm sank three fishing boats. It will open again on Monday.</p>"
)
BOX = "Paste an article, or its address"


def bookmark(page: Page) -> str:
    """The code that the bookmark runs on the page on which one clicks it."""
    page.get_by_role("tab", name="Library").click()
    link = page.locator("#bookmark a")
    expect(link).to_be_visible()
    return page.evaluate("decodeURIComponent(document.querySelector('#bookmark a').href)")


def clicked(page: Page, read: str, code: str, select: bool = False) -> Page:
    """The tab that the bookmark opens from a page that is read."""
    page.goto(read)
    if select:
        page.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
    with page.context.expect_page() as opened:
        page.evaluate(code.removeprefix("javascript:"))
    return opened.value


def test_the_bookmark_brings_the_address_and_adds_nothing_by_itself(page: Page, served: str):
    open_page(page, served)
    code = bookmark(page)
    audit(page)
    fetched = []
    page.context.on("request", lambda request: fetched.append(request))
    tab = clicked(page, f"{served}/health?a=1&b=2", code)
    expect(tab.get_by_label(BOX)).to_have_value(f"{served}/health?a=1&b=2")
    expect(tab.get_by_label(BOX)).to_be_focused()
    expect(tab.locator("#library li")).to_have_count(1)
    expect(tab.locator(".qa-job")).to_have_count(0)
    assert "#" not in tab.url
    assert not any(
        "health" in (sent.post_data or "") for sent in fetched
    )  # the server knows nothing
    tab.close()


def test_the_bookmark_brings_the_selected_text_with_the_pages_title(page: Page, served: str):
    open_page(page, served)
    tab = clicked(page, READ, bookmark(page), select=True)
    expect(tab.get_by_label(BOX)).to_have_value(
        "Harbour closed\n\nThe harbour of Port Ellery was closed on Friday after a storm sank "
        "three fishing boats. It will open again on Monday."
    )
    tab.get_by_role("button", name="Add", exact=True).click()
    expect(added(tab)).to_have_text(["Harbour closed added, 2 sentences."])
    tab.close()


def test_what_a_strange_link_brings_is_text_that_waits_in_the_box(page: Page, served: str):
    open_page(page, f"{served}/#url={quote(ADDRESS, safe='')}")
    expect(page.get_by_label(BOX)).to_have_value(ADDRESS)
    hostile = "<img src=x onerror=alert(1)> & </textarea><script>alert(2)</script>"
    page.evaluate("hash => (location.hash = hash)", f"text={quote(hostile)}")
    expect(page.get_by_label(BOX)).to_have_value(hostile)
    page.wait_for_timeout(500)
    expect(page.locator(".qa-job")).to_have_count(0)
    expect(page.locator("#library li")).to_have_count(1)
    page.reload()
    expect(page.locator("#article article")).to_be_attached()
    page.get_by_role("tab", name="Library").click()
    expect(page.get_by_label(BOX)).to_have_value("")


def test_in_a_narrow_window_the_box_is_opened(page: Page, served: str):
    page.set_viewport_size({"width": 420, "height": 800})
    open_page(page, f"{served}/#url={quote(ADDRESS, safe='')}")
    expect(page.get_by_label(BOX)).to_be_in_viewport()
    expect(page.get_by_label(BOX)).to_have_value(ADDRESS)
