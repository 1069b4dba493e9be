import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
ANSWERS_IN = 60_000  # milliseconds, with the loading of the models

CIVILIANS = "How many civilians were killed?"
MOUNTAIN = "What is the tallest mountain on Earth?"
MARKUP = (
    "<img src=http://x.example/y.png onerror=alert(1)> **bold** ![x](http://evil.example/x.png)"
)


def test_a_question_asked_before_the_models_are_loaded_waits_and_is_answered(page, held_server):
    open_page(page, held_server.url, ready=False)
    ask(page, "Who opened the new bridge?")
    expect(page.locator(".qa-notice", has_text="Loading the models")).to_be_visible()
    held_server.release()
    expect(page.locator(".qa-answer")).to_contain_text("Ada Quill", timeout=ANSWERS_IN)


def test_an_article_is_shown_as_text_whatever_it_holds(page: Page, held_server):
    held_server.release()
    open_page(page, held_server.url)
    article = page.locator("#article article")
    expect(article).to_contain_text("A <img src=http://title.example/a.png onerror=alert(1)> title")
    expect(article).to_contain_text("<script>alert(2)</script> the new bridge for ${alert(3)}")
    expect(article).to_contain_text("{{value}} and the 12 engineers </article> who built it.")
    assert article.locator("img, script, b").count() == 0
    ask(page, "Who opened the new bridge?")
    expect(page.locator(".qa-answer")).to_contain_text("<script>alert(2)</script>")


def test_the_pane_shows_the_article_that_is_cited_or_picked(page: Page, held_server):
    held_server.release()
    open_page(page, held_server.url)
    ask(page, "How many fishing boats did the storm sink?")
    expect(page.locator("#article h2")).to_have_text("Harbour closed after storm")
    expect(page.locator("#article .origin")).to_have_text("www.example.org · 2026-01-02")
    page.locator("#picker input").click()
    page.get_by_role("option").first.click()
    expect(page.locator("#article h2")).to_contain_text("A <img")
    page.locator(".qa-answer a").first.click()
    expect(page.locator("#article .flash")).to_contain_text("sank three fishing boats")


def test_a_citation_leads_to_its_sentence_in_the_article(page: Page, server: str):
    open_page(page, server)
    ask(page, CIVILIANS)
    answer = page.locator(".qa-answer")
    expect(answer).to_contain_text("at least 19")
    marker = answer.get_by_role("link", name="[1]", exact=True)
    marker.click()
    assert_shown(page, "at least 19 civilian lives")
    mark = page.locator("#article mark", has_text="at least 19")
    expect(mark.locator("sup")).to_have_text("1")
    expect(mark.locator("strong")).to_contain_text("19")


def test_enter_on_a_citation_does_what_a_click_does(page: Page, server: str):
    open_page(page, server)
    ask(page, CIVILIANS)
    page.locator(".qa-answer a", has_text="[1]").focus()
    page.keyboard.press("Enter")
    assert_shown(page, "at least 19 civilian lives")
    assert page.evaluate("document.activeElement.matches('#article .flash')")


def test_a_citation_of_an_earlier_answer_still_works(page: Page, server: str):
    open_page(page, server)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_have_count(1)
    ask(page, "How many families have been displaced?")
    expect(page.locator(".qa-answer").last).to_contain_text("7,000 families")
    page.locator(".qa-answer").first.locator("a", has_text="[1]").click()
    assert_shown(page, "at least 19 civilian lives")


def test_what_the_article_does_not_say_is_refused_without_citations(page: Page, server: str):
    open_page(page, server)
    ask(page, MOUNTAIN)
    refusal = page.locator(".qa-refusal")
    expect(refusal).to_contain_text("The article does not say.")
    expect(refusal).to_contain_text("Closest in the article, but no answer:")
    expect(page.locator("#article mark")).to_have_count(0)
    expect(refusal.get_by_role("link", name=re.compile(r"^\[\d"))).to_have_count(0)
    closest = refusal.locator("li a").first
    sentence = closest.inner_text()
    closest.click()
    assert_shown(page, sentence)


def test_markup_in_a_question_is_shown_as_text(page: Page, server: str):
    open_page(page, server)
    ask(page, MARKUP)
    expect(page.locator("#chat .user-row")).to_have_text(MARKUP)
    expect(page.locator("#chat .bot-row .qa-notice")).to_have_count(0)  # it is answered or refused
    assert page.locator("#chat img").count() == 0
    assert page.locator("#chat .user-row strong").count() == 0


def test_a_blank_question_gets_a_sentence_and_the_page_stays_usable(page: Page, server: str):
    open_page(page, server)
    enter(page, "   ")
    expect(page.locator(".qa-notice")).to_have_text("The question is empty; type one.")
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_contain_text("at least 19")
    expect(page.locator("#chat .qa-notice")).to_have_count(0)


def test_a_too_long_question_gets_a_sentence_and_is_not_lost(page: Page, server: str):
    open_page(page, server)
    enter(page, "x" * 10_000)
    expect(page.locator("#chat .qa-notice")).to_have_text(
        "The question has 10,000 characters; shorten it to at most 2,000."
    )
    expect(page.locator("#question textarea")).to_have_value("x" * 10_000)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_contain_text("at least 19")


def test_thanks_get_a_friendly_line_without_citations(page: Page, server: str):
    open_page(page, server)
    ask(page, "Thanks!")
    expect(page.locator(".qa-small-talk")).to_contain_text("You are welcome.")
    expect(page.locator('#chat a[href^="#s-"]')).to_have_count(0)


def test_a_suggested_question_is_answered(page: Page, server: str):
    open_page(page, server)
    suggestions = page.locator("#chat .example")
    expect(suggestions.first).to_have_text("What is this article about?", timeout=ANSWERS_IN)
    suggestion = suggestions.last.inner_text()
    suggestions.last.click()
    expect(page.locator("#chat .user-row")).to_have_text(suggestion)
    expect(page.locator(".qa-answer")).to_be_visible()


def test_a_conversation_can_be_started_anew(page: Page, server: str):
    open_page(page, server)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#chat .user-row")).to_have_count(0)
    ask(page, "Thanks!")
    expect(page.locator("#chat .user-row")).to_have_count(1)


def test_what_another_process_adds_is_known_at_the_next_question(
    page: Page, server: str, index: Path, tmp_path: Path
):
    def qa(*args: str) -> str:
        command = [sys.executable, "-m", "qa.cli", *args]
        environment = {**os.environ, "QA_CHROMA": str(index)}
        return subprocess.check_output(command, text=True, env=environment, cwd=ROOT)

    (tmp_path / "lido.txt").write_text("The lido\n\nThe lido of Port Ellery opened in 1931.")
    open_page(page, server)
    ask(page, "When did the lido open?")
    expect(page.locator(".qa-refusal, .qa-answer")).to_be_visible()
    added = qa("add", str(tmp_path / "lido.txt")).split()[0]
    ask(page, "When did the lido of Port Ellery open?")
    expect(page.locator(".qa-answer strong", has_text="1931")).to_be_visible()
    expect(page.locator("#article h2")).to_have_text("The lido")
    qa("remove", added)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_the_page_fits_its_window(page: Page, server: str, tmp_path: Path, size, scheme):
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(page, server)
    ask(page, CIVILIANS)
    expect(page.locator(".qa-answer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#question textarea")).to_be_in_viewport()
    dark = page.evaluate("document.body.classList.contains('dark')")
    assert dark == (scheme == "dark")
    assert (
        len(page.screenshot(path=tmp_path / "page.png")) > 20_000
    )  # bytes; a blank page has 5,000


def test_on_a_phone_the_newest_answer_is_in_view(page: Page, server: str):
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, server)
    for question in (MOUNTAIN, CIVILIANS, "Quelle est la capitale ?", "Thanks!"):
        ask(page, question)
    expect(page.locator("#chat .qa-small-talk")).to_be_in_viewport(ratio=1)


def test_screenshot_for_the_readme(page: Page, server: str, tmp_path: Path):
    page.set_viewport_size({"width": 1280, "height": 800})
    open_page(page, server)
    ask(page, MOUNTAIN)
    expect(page.locator(".qa-refusal")).to_be_visible()
    ask(page, CIVILIANS)
    page.locator(".qa-answer a", has_text="[1]").click()
    assert_shown(page, "at least 19 civilian lives")
    docs = ROOT / "docs" if os.environ.get("QA_SCREENSHOTS") == "1" else tmp_path
    assert len(page.screenshot(path=docs / "screenshot.png")) > 20_000


def open_page(page: Page, url: str, ready: bool = True) -> None:
    page.goto(url)
    if ready:
        expect(page.locator("#article article")).to_be_visible(timeout=ANSWERS_IN)


def ask(page: Page, question: str) -> None:
    """Ask until the box is empty: Gradio ignores Enter for a moment after an earlier question."""
    for _ in range(10):
        enter(page, question)
        with suppress(AssertionError):
            expect(page.locator("#question textarea")).to_have_value("", timeout=2_000)
            return
    pytest.fail(f"The page did not take {question!r}.")


def enter(page: Page, text: str) -> None:
    page.locator("#question textarea").fill(text)
    page.locator("#question textarea").press("Enter")


def assert_shown(page: Page, text: str) -> None:
    """The sentence is marked and flashed, and stands whole within the article's pane."""
    sentence: Locator = page.locator("#article .flash")
    expect(sentence).to_contain_text(text)
    expect(sentence).to_be_in_viewport(ratio=1)
    box, pane = sentence.bounding_box(), page.locator("#article").bounding_box()
    assert box is not None and pane is not None
    assert pane["y"] <= box["y"] and box["y"] + box["height"] <= pane["y"] + pane["height"]
