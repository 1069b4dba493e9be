"""A feed's address in the box on the page, from a web site on loopback."""

from functools import partial

import gradio as gr
import pytest

import qa.page.library_events
from qa.page.library_events import LibraryEvents
from qa.server.visitor_articles import Selection
from qa.sources import read_each
from tests.sources.conftest import Site
from tests.sources.made import html

PLACES = ("Astrid Bay", "Bergen", "Calais")


def story(place):
    return html(
        f"<article><h1>Harbour of {place} closed</h1><p>The harbour of {place} was closed on "
        "Friday after a storm sank three fishing boats and tore up the pier.</p><p>It will open on "
        f"Monday, the mayor of {place} said after a meeting with the fishermen.</p></article>"
    )


@pytest.fixture
def site():
    site = Site()
    for n, place in enumerate(PLACES):
        site.put(f"/{n}", story(place))
    site.put("/gone", b"", "404 Not Found")
    yield site
    site.close()


@pytest.fixture
def publish(site):
    """Puts a feed of these paths on the site; its address."""

    def publish(*paths):
        items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in paths)
        feed = f"<rss><channel><title>Harbours</title>{items}</channel></rss>".encode()
        site.put("/feed", feed, content_type="application/rss+xml")
        return site.url("/feed")

    return publish


@pytest.fixture
def paste(layout, warmup, articles, quota, visitor, here, monkeypatch):
    """Pastes an address into the box; the updates after each step."""
    monkeypatch.setattr(qa.page.library_events, "read_each", partial(read_each, resolve=here))
    events = LibraryEvents(layout, warmup, articles, quota)
    request = gr.Request()

    def paste(text):
        return list(events.on_text(text, Selection(), visitor, request))

    return paste


@pytest.fixture
def here():
    return lambda host, port: ("127.0.0.1",)


def test_a_feeds_articles_are_added_with_progress_and_each_failure_in_a_sentence(
    paste, publish, layout, articles, visitor, site
):
    updates = paste(publish("/0", "/gone", "/1"))
    steps = [update[layout.jobs] for update in updates if layout.jobs in update]
    for number in (2, 3):
        assert any(f"reading {number} of 3…" in step for step in steps)
    last = steps[-1]
    assert last.count("qa-fine") == 2 and last.count("qa-failed") == 1
    for place in PLACES[:2]:
        assert f"Harbour of {place} closed</span> added, 2 sentences." in last
    assert f"The page <span>{site.url('/gone')}</span>" in last
    own = [articles.visible(visitor)[id] for id in articles.own(visitor)]
    assert {article.url for article in own} == {site.url("/0"), site.url("/1")}


def test_a_feed_that_is_run_again_adds_only_what_is_new(
    paste, publish, layout, articles, visitor, site
):
    paste(publish("/0", "/1"))
    site.requests.clear()
    last = paste(publish("/2", "/0", "/1"))[-1][layout.jobs]
    assert [request.split()[1] for request in site.requests] == ["/feed", "/2"]
    assert "Harbour of Calais closed</span> added" in last and "Bergen" not in last
    assert len(articles.own(visitor)) == 3

    again = paste(site.url("/feed"))[-1][layout.jobs]
    assert "lists nothing that is not here already." in again
    assert len(articles.own(visitor)) == 3


def test_a_list_of_addresses_is_added_as_a_feed_is(paste, layout, articles, visitor, site):
    last = paste(f"{site.url('/0')}\n{site.url('/1')}\n")[-1][layout.jobs]
    assert last.count("qa-fine") == 2
    assert len(articles.own(visitor)) == 2
