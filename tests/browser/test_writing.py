from playwright.sync_api import Page, expect

from tests.browser.driving import CIVILIANS, answers, ask, assert_shown, audit, open_page, reload

TRUE = "At least 19 civilian lives were lost due to airstrikes. [1] "
FALSE = "The airstrikes were carried out by the Swiss navy in 1812. [1] "


def test_a_written_answer_grows_and_what_is_not_borne_out_is_struck_through(
    page: Page, scripted_server, chat_server
):
    chat_server.replies({"chunks": [TRUE, FALSE, TRUE.replace("At least 19", "19")], "wait": 1.5})
    open_page(page, scripted_server.url)
    expect(page.locator(".qa-disclosure")).to_have_text(
        "Answers are written by openai:scripted on this machine; nothing leaves it."
    )
    ask(page, CIVILIANS)
    growing = page.locator(".qa-exchange[aria-busy=true] .qa-answer")
    expect(growing).to_contain_text("19 civilian lives were lost")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator(".qa-exchange[aria-busy=false]")).to_have_count(1)
    expect(answers(page)).not_to_contain_text("Swiss")
    card = page.get_by_role("tooltip")
    page.locator(".qa-cite").first.focus()
    expect(card).to_contain_text("Syria Rebels Initiate Major Offensive")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.locator(".qa-cite").first.hover()
    expect(card).to_contain_text("Reports from a UK-based monitoring organization")
    page.locator(".qa-cite").first.click()
    assert_shown(page, "at least 19 civilian lives")
    page.get_by_text("How was this found?").click()
    expect(page.locator(".qa-how del")).to_contain_text("Swiss navy")
    audit(page)


def test_an_answer_is_stopped_while_it_streams(page: Page, scripted_server, chat_server):
    chat_server.replies({"chunks": [TRUE, *[TRUE.replace("19", "19 or so")] * 20], "wait": 1})
    open_page(page, scripted_server.url)
    ask(page, CIVILIANS)
    expect(answers(page)).to_contain_text("19 civilian lives")
    page.locator("[aria-busy=true] .qa-cite").first.click()  # it need not be finished
    assert_shown(page, "at least 19 civilian lives")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#chat .qa-note")).to_have_text(
        "You stopped this answer before it was finished."
    )
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator("#article mark")).to_have_count(1)
    reload(page)
    expect(page.locator("#article mark")).to_be_in_viewport()
    page.locator(".qa-cite").first.click()
    assert_shown(page, "at least 19 civilian lives")
    chat_server.replies(TRUE)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-exchange[aria-busy=false] .qa-cite")).to_have_count(2)


def test_a_visitor_who_leaves_in_the_middle_of_an_answer_leaves_nothing_running(
    page: Page, browser, scripted_server, chat_server
):
    chat_server.replies({"chunks": [TRUE] * 200, "wait": 0.1})
    leaving = browser.new_page()
    open_page(leaving, scripted_server.url)
    ask(leaving, CIVILIANS)
    growing = leaving.locator("[aria-busy=true] .qa-answer")
    expect(growing).to_contain_text("19 civilian lives")
    leaving.close()
    for _ in range(50):
        if chat_server.abandoned:
            break
        page.wait_for_timeout(200)
    assert len(chat_server.abandoned) == 1, "the model is still being read"
    chat_server.replies(TRUE)
    open_page(page, scripted_server.url)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-exchange[aria-busy=false] .qa-cite")).to_have_count(1)


def test_a_model_that_fails_is_told_and_the_article_quoted_instead(
    page: Page, scripted_server, chat_server
):
    chat_server.replies({"status": 401})
    open_page(page, scripted_server.url)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-note")).to_contain_text("so the article is quoted instead")
    expect(page.locator(".qa-answer blockquote")).to_contain_text("at least 19 civilian lives")
