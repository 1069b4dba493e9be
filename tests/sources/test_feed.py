import json
from contextlib import suppress

import pytest

from qa.errors import SourceError
from qa.sources import read_each, read_url
from qa.sources.feed import is_feed, read_feed
from qa.sources.limits import MAX_FEED_ARTICLES
from qa.sources.parsed import UnreadableError
from tests.sources.made import PARAGRAPHS, news_page
from tests.sources.test_fuzz import mutant

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><channel>
<title>The Daily</title><link>https://d.test/</link>
<item><title>Old</title><link>https://d.test/old</link><pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate></item>
<item><title>New</title><link> https://d.test/new?a=1&amp;b=2 </link><pubDate>Tue, 2 Jan 2024 10:00:00 GMT</pubDate></item>
<item><link>https://count.test/1</link><fb:origLink>https://d.test/counted</fb:origLink></item>
<item><guid>https://d.test/guid</guid></item><item><guid isPermaLink="false">https://d.test/no</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><link href="https://d.test/"/>
<entry><link rel="self" href="/self"/><link rel="alternate" href="/one"/><updated>2024-01-01T10:00Z</updated></entry>
<entry><link href="https://d.test/two"/><updated>2024-01-03T10:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="x"><title>A</title><link>https://d.test/a</link></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://g.test/news">
<url><loc>https://d.test/1</loc><lastmod>2024-01-01</lastmod></url>
<url><loc>https://d.test/2</loc><n:news><n:publication_date>2024-02-01</n:publication_date></n:news></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://d.test/s.xml</loc>
</sitemap></sitemapindex>"""
BAD = """<rss><channel><item><link>https://d.test/?a=1&b=2</link></item><item><link/></item><item>
<title>None</title></item><item><link>mailto:a@d.test</link></item><item><link>javascript:go()</link></item>
<item><link><![CDATA[https://d.test/?c=3&d=4]]></link></item></channel></rss>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Daily",
        "items": [{"url": "https://d.test/j"}, {"external_url": "https://e.test/k"}, {"id": 3}, 4],
    }
)


@pytest.mark.parametrize(
    ("feed", "addresses"),
    [
        (RSS, ["https://d.test/new?a=1&b=2", "https://d.test/old", "https://d.test/counted",
               "https://d.test/guid"]),
        (ATOM, ["https://d.test/two", "/one"]),
        (RDF, ["https://d.test/a"]),
        (SITEMAP, ["https://d.test/2", "https://d.test/1"]),
        (INDEX, ["Sitemap: https://d.test/s.xml"]),
        (JSON, ["https://d.test/j", "https://e.test/k"]),
        ("# mine\nhttps://d.test/x\n\n https://d.test/y\nhttps://d.test/x\n",
         ["https://d.test/x", "https://d.test/y"]),
        (RSS[: RSS.index("<item><link>")], ["https://d.test/new?a=1&b=2", "https://d.test/old"]),
        (BAD, ["https://d.test/?a=1&b=2", "https://d.test/?c=3&d=4"]),
    ],
    ids=["rss", "atom", "rdf", "sitemap", "index", "json", "list", "cut off", "bad entries"],
)  # fmt: skip
def test_a_feed_is_read_as_the_addresses_of_its_articles_newest_first(feed, addresses):
    assert is_feed(feed.encode())
    assert read_feed(feed.encode()).text.split("\n") == addresses


def test_what_is_no_feed_is_not_taken_for_one():
    for text in ("", "# Harbour\n\nIt opened.", "https://d.test/x is the address.", "{}"):
        assert not is_feed(text.encode()), text
    assert not is_feed(news_page())


def test_entities_of_a_feed_are_left_alone():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = (
        f'<!DOCTYPE rss [<!ENTITY e0 "boom"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
        "<rss><item><link>https://d.test/&e11;&f;</link></item></rss>"
    )
    assert read_feed(feed.encode()).text == "https://d.test/"


def put_feed(site, count, **more):
    """A feed of pages, each with its own text."""
    items = "".join(f"<item><link>{site.url(f'/{n}')}</link></item>" for n in range(count))
    site.put("/feed", f"<rss><channel>{items}</channel></rss>".encode(), content_type="text/xml")
    for n in range(count):
        page = news_page([f"{p} It was ship number {n}." for p in PARAGRAPHS])
        site.put(f"/{n}", page)


def test_each_article_of_a_feed_is_read_and_each_failure_is_a_sentence(site, here):
    put_feed(site, 3)
    site.put("/1", b"", "404 Not Found")
    first, second, third = read_each(site.url("/feed"), (), here)
    assert first.article.title == "Harbour opens" and first.article.url == site.url("/0")
    assert (first.number, first.of, third.number) == (1, 3, 3)
    assert second.article is None
    assert second.problem == (
        f"The page {site.url('/1')} was answered with 404 Not Found; check the address."
    )
    assert "ship number 2" in third.article.text


def test_of_a_feed_only_what_is_not_known_is_fetched(site, here):
    put_feed(site, 2)
    (only,) = read_each(site.url("/feed"), {site.url("/0")}, here)
    assert only.source == site.url("/1")
    assert not any(request.startswith("GET /0 ") for request in site.requests)
    (none,) = read_each(site.url("/feed"), {site.url("/0"), site.url("/1")}, here)
    assert none.article is None and none.problem == ""
    assert none.note.endswith("lists nothing that is not here already.")


def test_a_run_reads_no_more_of_a_feed_than_it_says(site, here):
    put_feed(site, MAX_FEED_ARTICLES + 5)
    for n in range(MAX_FEED_ARTICLES + 5):
        site.put(f"/{n}", b"", "410 Gone")
    each = list(read_each(site.url("/feed"), (), here))
    assert len(each) == MAX_FEED_ARTICLES and all(reading.problem for reading in each)
    assert {reading.note for reading in each[:-1]} == {""}
    assert each[-1].note == (
        f"The feed {site.url('/feed')} lists 5 more articles than the {MAX_FEED_ARTICLES} that are "
        "read at a time; add it again for the next ones."
    )


def test_a_sitemap_of_sitemaps_a_file_and_pasted_lines_are_lists_too(site, here, tmp_path):
    put_feed(site, 2)
    index = f"<sitemapindex><sitemap><loc>{site.url('/s.xml')}</loc></sitemap></sitemapindex>"
    site.put("/index.xml", index.encode(), content_type="application/xml")
    site.put("/s.xml", f"<urlset><url><loc>{site.url('/0')}</loc></url></urlset>".encode())
    (only,) = read_each(site.url("/index.xml"), (), here)
    assert only.source == site.url("/0") and only.article
    lines = f"{site.url('/0')}\n{site.url('/1')}\n"
    path = tmp_path / "list.txt"
    path.write_text(lines)
    for source in (path, lines):
        assert [reading.source for reading in read_each(source, (), here)] == lines.split()


def test_what_is_no_feed_is_one_article_or_one_sentence(site, here, tmp_path):
    site.put("/a", news_page())
    (page,) = read_each(site.url("/a"), (), here)
    assert page.article == read_url(site.url("/a"), here)
    (missing,) = read_each(tmp_path / "none.txt", (), here)
    assert "cannot be read" in missing.problem


def test_a_feed_reaches_no_place_that_an_address_does_not(site, here):
    feed = "<rss><item><link>file:///etc/passwd</link></item><item><link>http://10.0.0.1/</link></item></rss>"
    site.put("/feed", feed.encode(), content_type="text/xml")

    def resolve(host, port):
        if host == "10.0.0.1":
            raise SourceError("The host 10.0.0.1 is not on the public internet.")
        return here(host, port)

    file, private = read_each(site.url("/feed"), (), resolve)
    assert "is not of a web page" in file.problem and "not on the public" in private.problem


def test_a_feed_is_no_article(site, here):
    put_feed(site, 1)
    with pytest.raises(SourceError, match="is a feed, which lists articles; give the address of"):
        read_url(site.url("/feed"), here)


def test_a_broken_feed_becomes_addresses_or_one_sentence():
    for seed in range(100):
        feed = mutant([RSS, ATOM, SITEMAP, JSON][seed % 4].encode(), seed)
        with suppress(UnreadableError):
            assert read_feed(feed).text
