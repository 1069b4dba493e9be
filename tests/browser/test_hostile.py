"""Markup from everywhere, in a real browser: it is text, nothing of it runs or is fetched."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, Route, expect

from qa.answer import Answer, Dropped, Trace
from qa.kept.conversation import Exchange
from qa.kept.conversations import Conversations
from qa.kept.database import Database
from qa.kept.visitors import Visitors
from qa.statement import Citation, Exact, Statement
from tests.browser.driving import added, answers, ask, open_page

RUN = "window.pwned=1"
PAYLOADS = [
    f"<img src=pwned.png onerror={RUN}>",
    f"<script>{RUN}</script>",
    f"<svg onload={RUN}>",
    f"<svg><script href=data:,{RUN} />",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<math><mi xlink:href=javascript:{RUN}>",
    "<link rel=stylesheet href=//pwned.example/x.css>",
    "<style>@import '//pwned.example/x.css';</style>",
    "<base href=//pwned.example/>",
    "<meta http-equiv=refresh content='0;url=//pwned.example/'>",
    f"<form action=javascript:{RUN}><button id=pwned>",
    f"</textarea><img src=pwned.png onerror={RUN}>",
    f"</title></style></script><script>{RUN}</script>",
    f'"><img src=pwned.png onerror={RUN}>',
    f"' autofocus onfocus='{RUN}",
    f'" onmouseover="{RUN}" style="position:fixed;inset:0',
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    "![x](http://pwned.example/x.png)",
    "![x][1]\n[1]: http://pwned.example/x.png",
    "<http://pwned.example/x.png>",
    "http://pwned.example/x.png www.pwned.example",
    f"&lt;img src=pwned.png onerror={RUN}&gt;",
    f"&#60;img src=pwned.png onerror={RUN}&#62;",
    f"\\u003cimg src=pwned.png onerror={RUN}\\u003e",
    f"${{{RUN}}} {{{{{RUN}}}}} {{% {RUN} %}} <%= {RUN} %> #{{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f'<!--<img src="--><img src=pwned.png onerror={RUN}//">',
    f"<![CDATA[<img src=pwned.png onerror={RUN}>]]>",
    f"$$\\href{{javascript:{RUN}}}{{x}}$$",
    f"```html\n<script>{RUN}</script>\n```",
    f"<x onclick={RUN} id=chat class=qa-cite data-ask=pwned data-do=new>x</x>",
]
SAID = "The harbour of Port Ellery was closed on Friday after a storm"
EACH = [f"{SAID} {payload}." for payload in PAYLOADS]
ARTICLE = f"Harbour {PAYLOADS[0]} {PAYLOADS[19]}\n\n" + "\n\n".join(EACH)
PARTS = "chat hints article library jobs collections conversations mine taking".split()
# What our own components consist of; Gradio's own components around them are not checked.
OURS = (
    "A ARTICLE BLOCKQUOTE BR BUTTON CITE DEL DETAILS DIV EM FIELDSET FIGCAPTION FIGURE"
    " H2 H3 INPUT LABEL LEGEND LI MARK OL P SECTION SMALL SPAN STRONG SUMMARY"
    " TABLE TBODY TD TEXTAREA TH THEAD TR UL"
).split()
_NAMES = """(parts) => parts.flatMap((part) =>
  [...document.querySelectorAll(`#${part} .qa-own *, #${part}.qa-own *`)].flatMap((tag) =>
    [tag.tagName, ...tag.getAttributeNames().filter((name) => name.startsWith("on"))]))"""


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A tab from which in the end nothing was fetched and in which nothing ran."""
    fetched: list[str] = []

    def request(sent: Request) -> None:
        if "pwned" in sent.url.partition("?")[0]:  # which Gradio adds to its own
            fetched.append(sent.url)

    page.on("request", request)
    yield page
    page.wait_for_timeout(200)  # for what would be fetched or run a little later
    assert fetched == [] and page.evaluate("window.pwned") is None


def assert_text(page: Page) -> None:
    """The page's parts hold no tag and no attribute but our own."""
    found = page.evaluate(_NAMES, PARTS)
    assert found and set(found) - {*OURS, "svg", "path"} == set()
    for link in page.locator("#chat a, #article a").all():
        assert link.get_attribute("href").startswith("#s-")


def files() -> list[dict[str, object]]:
    text = f"{SAID}.".encode()
    return [
        {"name": f"{n}{payload.replace('/', '')}.txt", "mimeType": "text/plain", "buffer": text}
        for n, payload in enumerate(PAYLOADS[:5])
    ] + [{"name": f"{PAYLOADS[0]}.jpg", "mimeType": "image/jpeg", "buffer": text}]


def test_markup_in_articles_names_questions_and_replies_is_text(
    watched: Page, scripted_server, chat_server
):
    page = watched
    open_page(page, scripted_server.url)
    page.get_by_role("button", name="Choose or add articles").click()
    page.get_by_label("Paste an article, or its address").fill(ARTICLE)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(added(page)).to_contain_text("Harbour <img src=pwned.png")
    page.get_by_role("button", name="Read Harbour").click()
    expect(page.locator("#article article")).to_contain_text(f"{SAID} <svg onload={RUN}>")
    assert_text(page)

    chat_server.replies("\n".join(f"{said} [{n}]" for n, said in enumerate(EACH[:5], 1)))
    question = f"When was the harbour of Port Ellery closed? {' '.join(PAYLOADS)}"[:2000]
    ask(page, question)
    expect(page.locator(".qa-exchange[aria-busy=false] .qa-cite").first).to_be_visible()
    expect(page.locator("#chat h2")).to_have_text(question)
    expect(page.locator("#chat")).to_contain_text("<img src=pwned.png")
    page.get_by_text("How was this found?").click()
    page.get_by_text("Edit", exact=True).click()
    page.locator(".qa-cite").first.hover()
    page.locator(".qa-cite").first.click()
    assert_text(page)

    page.get_by_role("tab", name="Library").click()
    page.locator("#files input[type=file]").set_input_files(files())
    expect(added(page).last).to_contain_text("is a picture")
    assert_text(page)
    page.get_by_label("Paste an article, or its address").fill(f"http://127.0.0.1/{PAYLOADS[1]}")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".qa-job")).to_have_text(
        [re.compile("which is not on the public internet")]
    )
    assert_text(page)


def test_markup_in_a_link_that_asks_is_text(watched: Page, served: str):
    question = " ".join(PAYLOADS)[:2000]
    watched.goto(f"{served}?q={quote(question)}")
    expect(watched.locator("#chat h2")).to_have_text(question, timeout=60_000)
    expect(watched.locator(".qa-exchange[aria-busy=false]")).to_have_count(1)
    assert_text(watched)


def test_markup_in_what_was_kept_is_text(watched: Page, served: str, index: Path):
    """A conversation, its name, and whatever the browser's storage held, decrypted."""
    hostile = " ".join(PAYLOADS)
    cited = Citation(1, hostile, hostile, hostile, 0, 9, hostile)
    told = Exchange(
        hostile[:2000],
        Answer(
            "answer",
            hostile,
            f"{hostile}?",
            (Statement(hostile, (cited,), "evidence"), Statement(hostile)),
            Exact(hostile, hostile, 0, 9, 1.0),
            closest=(cited,),
            model=hostile,
            note=hostile,
            trace=Trace(dropped=(Dropped(hostile, hostile),)),
            timings={hostile: 1.0},
        ),
    )
    database, visitor = Database.beside(str(index)), "visitor-1-hostile"
    Visitors(database).add(visitor, time.time())
    kept = Conversations(database).save(visitor, "", (told,))
    stored = [{"visitor": visitor, "conversation": kept, "talk": hostile}, [hostile]]

    def tampered(route: Route) -> None:
        body = json.loads(route.request.post_data)
        if len(body["data"]) == 2 and not body["event_data"]:
            body["data"] = stored
        route.continue_(post_data=json.dumps(body))

    watched.route("**/queue/join*", tampered)
    open_page(watched, served)
    expect(watched.locator("#chat h2")).to_have_text(told.question)
    watched.get_by_text("How was this found?").click()
    watched.get_by_text("Edit", exact=True).click()
    assert_text(watched)
    watched.locator(".qa-cite").first.click()
    expect(watched.locator("#article")).to_contain_text("This article is no longer here")
    assert answers(watched).count() == 1
    watched.get_by_role("button", name="Conversations", exact=True).click()
    expect(watched.locator("#conversations .qa-title")).to_contain_text("<img src=pwned.png")
    assert_text(watched)
