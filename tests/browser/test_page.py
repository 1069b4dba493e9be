import re
from pathlib import Path

from playwright.sync_api import Page, expect

from qa import Assistant, Settings
from tests.browser.driving import (
    ANSWERS_IN,
    CIVILIANS,
    MOUNTAIN,
    added,
    answers,
    ask,
    assert_shown,
    audit,
    enter,
    open_page,
    reload,
)

MARKUP = (
    "<img src=http://x.example/y.png onerror=alert(1)> **bold** ![x](http://evil.example/x.png)"
)


def test_a_question_asked_before_the_models_are_loaded_waits_and_is_answered(page, held_server):
    open_page(page, held_server.url, ready=False)
    ask(page, "Who opened the new bridge?")
    expect(page.locator("#chat .qa-notice", has_text="Loading the models")).to_be_visible()
    held_server.release()
    expect(answers(page)).to_contain_text("Ada Quill", timeout=ANSWERS_IN)


def test_articles_are_text_whatever_they_hold_and_the_cited_one_is_shown(page, held_server):
    held_server.release()
    open_page(page, held_server.url)
    article = page.locator("#article article")
    expect(article).to_contain_text("A <img src=http://title.example/a.png onerror=alert(1)> title")
    expect(article).to_contain_text("<script>alert(2)</script> the new bridge for ${alert(3)}")
    expect(article).to_contain_text("{{value}} and the 12 engineers </article> who built it.")
    assert article.locator("img, script, b").count() == 0
    ask(page, "Who opened the new bridge?")
    expect(answers(page)).to_contain_text("<script>alert(2)</script>")

    ask(page, "How many fishing boats did the storm sink?")
    expect(page.locator("#article h2")).to_have_text("Harbour closed after storm")
    expect(page.locator("#article .origin")).to_have_text("www.example.org · 2 January 2026")
    answers(page).first.locator(".qa-cite").first.click()  # an earlier answer, another article
    expect(page.locator("#article .flash")).to_contain_text("the new bridge")
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Read Harbour").click()
    expect(page.locator("#article h2")).to_have_text("Harbour closed after storm")

    ask(page, "What are the articles about?")  # both are cited
    tabs = page.locator(".qa-cited button")
    expect(tabs).to_have_count(2)
    expect(tabs.first).to_have_attribute("aria-current", "true")
    tabs.last.click()
    expect(tabs.last).to_have_attribute("aria-current", "true")
    expect(page.locator("#article h2")).to_have_text("Harbour closed after storm")
    audit(page)


def test_a_citation_leads_to_its_sentence_and_the_sentence_back(page: Page, served: str):
    open_page(page, served)
    ask(page, CIVILIANS)
    expect(answers(page)).to_contain_text("at least 19")
    marker = page.get_by_role("link", name="Citation 1", exact=True).first
    marker.hover()  # no card: the quote stands beside it
    expect(page.get_by_role("tooltip")).to_be_hidden()
    marker.focus()
    audit(page)
    page.keyboard.press("Enter")
    assert_shown(page, "at least 19 civilian lives")
    mark = page.locator("#article mark", has_text="at least 19")
    assert page.evaluate("document.activeElement.matches('#article .flash')")

    page.keyboard.press("Tab")  # to the number in the sentence
    page.keyboard.press("Enter")
    expect(marker).to_be_focused()
    marker.click()
    assert_shown(page, "at least 19 civilian lives")
    mark.click(position={"x": 5, "y": 5})
    expect(marker).to_be_focused()


def test_what_the_article_does_not_say_is_refused_without_citations(page: Page, served: str):
    open_page(page, served)
    ask(page, MOUNTAIN)
    refusal = page.locator(".qa-refusal")
    expect(refusal).to_contain_text("I did not find that in")
    expect(refusal).to_contain_text("Closest in the article, but not an answer:")
    expect(page.locator("#article mark")).to_have_count(0)
    expect(refusal.get_by_role("link", name=re.compile(r"^Citation"))).to_have_count(0)
    expect(page.locator(".qa-said")).to_contain_text("I did not find that in")
    closest = refusal.locator("li a").first
    sentence = closest.inner_text()
    closest.click()
    assert_shown(page, sentence)


def test_how_an_answer_was_found_stays_open_while_the_conversation_goes_on(page: Page, served: str):
    open_page(page, served)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-confidence")).to_have_text(re.compile("onfident|sure"))
    page.get_by_text("How was this found?").click()
    steps = page.locator(".qa-how > div").first
    expect(steps).to_contain_text("Passages found, with their rank in each search")
    expect(steps).to_contain_text("reading 0.")
    audit(page)
    ask(page, "And soldiers?")
    expect(steps).to_be_visible()
    expect(page.locator(".qa-how[open]")).to_have_count(1)


def test_markup_in_a_question_is_shown_as_text_and_thanks_get_a_friendly_line(page, served):
    open_page(page, served)
    ask(page, MARKUP)
    expect(page.locator("#chat h2")).to_have_text(MARKUP)
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(1)
    assert page.locator("#chat img, #chat h2 strong").count() == 0
    ask(page, "Thanks!")
    expect(page.locator(".qa-small-talk")).to_contain_text("You are welcome.")
    expect(page.locator(".qa-small-talk a")).to_have_count(0)


def test_on_ones_own_machine_articles_and_conversations_stay_in_every_browser(page, held_server):
    held_server.release()
    open_page(page, held_server.url)
    page.get_by_role("button", name="Choose or add articles").click()
    page.get_by_label("Paste an article, or its address").fill("The lido\n\nIt opened in 1931.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(added(page).first).to_have_text("The lido added, 1 sentence.")
    expect(page.locator(".qa-room")).to_contain_text("What you add stays on this machine")
    ask(page, "When did the lido open?")
    expect(page.locator(".qa-answer, .qa-refusal")).to_have_count(1)
    page.evaluate("localStorage.clear()")  # another browser
    open_page(page, held_server.url)
    page.get_by_role("button", name="Conversations", exact=True).click()
    page.locator("#conversations .qa-title", has_text="When did the lido open?").click()
    expect(page.locator("#chat h2")).to_have_text(["When did the lido open?"])
    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Remove The lido").click()
    expect(page.locator(".qa-job")).to_contain_text("removed.")


def test_a_question_that_is_refused_gets_a_sentence_and_is_not_lost(page: Page, served: str):
    open_page(page, served)
    enter(page, "   ")
    notice = page.locator("#chat .qa-notice")
    expect(notice).to_have_text("The question is empty; type one.")
    enter(page, "x" * 10_000)
    expect(notice).to_have_text("The question has 10,000 characters; shorten it to at most 2,000.")
    expect(page.locator("#question textarea")).to_have_value("x" * 10_000)
    ask(page, CIVILIANS)
    expect(answers(page)).to_contain_text("at least 19")
    expect(notice).to_have_count(0)


def test_a_conversation_is_edited_kept_copied_saved_and_discarded(page: Page, served: str):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, served)
    suggestions = page.locator(".qa-suggestions button")
    expect(suggestions.first).to_have_text("What is this article about?", timeout=ANSWERS_IN)
    audit(page)
    suggestions.last.click()
    expect(answers(page)).to_have_count(1)
    expect(suggestions).to_have_count(0)
    ask(page, "Thanks!")
    page.get_by_text("Edit", exact=True).first.click()
    audit(page)
    page.locator(".qa-edit textarea").first.fill(CIVILIANS)
    page.get_by_role("button", name="Ask again").first.click()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS])
    expect(answers(page)).to_contain_text("at least 19")

    reload(page)
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS])
    page.get_by_role("link", name="Citation 1", exact=True).first.click()
    assert_shown(page, "at least 19 civilian lives")

    footnote = "[^1]: Syria Rebels Initiate Major Offensive"
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".qa-done")).to_have_text("Copied.")
    assert footnote in page.evaluate("navigator.clipboard.readText()")
    page.locator("#chat").get_by_text("Save", exact=True).click()
    with page.expect_download() as download:
        page.locator("#chat").get_by_role("button", name="Markdown").click()
    assert footnote in Path(download.value.path()).read_text("utf-8")

    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".qa-exchange")).to_have_count(0)
    expect(suggestions.first).to_be_visible()
    reload(page)
    expect(page.locator("#article article")).to_be_visible()
    expect(page.locator(".qa-exchange")).to_have_count(0)


def test_a_link_asks_at_once_and_only_once(page: Page, served: str):
    page.goto(f"{served}?q=How+many+civilians+were+killed%3F")
    expect(answers(page)).to_contain_text("at least 19", timeout=ANSWERS_IN)
    reload(page)
    expect(answers(page)).to_contain_text("at least 19")
    expect(page.locator("#article article")).to_be_visible()
    expect(page.locator("#chat h2")).to_have_text([CIVILIANS])


def test_what_another_process_adds_is_known_at_the_next_question(
    page: Page, served: str, index: Path, tmp_path: Path, embedder
):
    (tmp_path / "lido.txt").write_text("The lido\n\nThe lido of Port Ellery opened in 1931.")
    open_page(page, served)
    ours = Assistant(Settings(chroma=str(index)), embedder=embedder)  # not the server's process
    added = ours.add(str(tmp_path / "lido.txt"))
    ask(page, "When did the lido of Port Ellery open?")
    expect(page.locator(".qa-answer", has_text="1931")).to_be_visible()
    expect(page.locator("#article h2")).to_have_text("The lido")
    ours.remove(added.id)
    page.locator("#hints").get_by_role("button", name="Choose or add").click()
    page.get_by_role("tab", name="Article").click()
    page.locator(".qa-cite").first.click()
    expect(page.locator("#article")).to_contain_text("1931")  # what was read stays on the screen


def test_thumbs_are_offered_only_where_the_owner_asks_for_them(
    page: Page, served: str, scripted_server, chat_server
):
    chat_server.replies("At least 19 civilian lives were lost. [1]")
    open_page(page, served)
    ask(page, CIVILIANS)
    expect(page.get_by_text("How was this found?")).to_be_visible()
    expect(page.get_by_text("Helpful")).to_have_count(0)

    open_page(page, scripted_server.url)
    ask(page, CIVILIANS)
    page.get_by_text("Not helpful").click()
    page.get_by_label("What is wrong with it?").fill("Too short.")
    audit(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you for the feedback.")).to_be_visible()
    (line,) = scripted_server.feedback.read_text("utf-8").splitlines()
    assert '"helpful": false, "reason": "Too short."' in line
    assert "19 civilian lives were lost" in line
