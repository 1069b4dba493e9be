"""What a page says of its article, and not what it says of others."""

import json

import pytest

from qa.sources.web.dates import iso_date
from qa.sources.web.names import authors_of
from qa.sources.webpage import read_webpage
from tests.sources.made import PARAGRAPHS, html

OLD = {
    "@type": "NewsArticle",
    "headline": "An older story",
    "datePublished": "2019-01-01",
    "author": "X",
}
OWN = {
    "@type": "NewsArticle",
    "headline": "Harbour opens",
    "datePublished": "2024-02-04T19:00:00+01:00",
    "dateModified": "2024-02-06T08:00:00+01:00",
    "author": [{"@type": "Person", "name": "Ada Kay"}, {"@type": "Person", "name": "Bo Lind"}],
    "publisher": {"@type": "Organization", "name": "The Daily"},
}
ALL = ("Ada Kay, Bo Lind", "The Daily", "2024-02-04", "2024-02-06")


def said(head="", by="", after=""):
    """Author, publisher, published and updated as they are read from a page."""
    page = html(
        f"<main><article><h1>Harbour opens</h1>{by}",
        *(f"<p>{p}</p>" for p in PARAGRAPHS),
        f"</article>{after}</main>",
        head=f"<title>Harbour opens</title>{head}",
    )
    parsed = read_webpage(page)
    assert parsed.title == "Harbour opens" and parsed.text.split("\n\n") == list(PARAGRAPHS)
    return parsed.author, parsed.publisher, parsed.published, parsed.updated


def ld(*nodes):
    return "".join(f"<script type='application/ld+json'>{json.dumps(n)}</script>" for n in nodes)


@pytest.mark.parametrize(
    "head",
    [
        ld(OWN),
        ld(OLD, OWN),
        ld([OLD, OWN]),
        ld({"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"}, OLD, OWN]}),
        ld({"@type": "WebPage", "mainEntity": OWN, "relatedLink": OLD}),
        ld({"@type": "ItemList", "itemListElement": [OLD]}, OWN),
        ld(OWN | {"hasPart": OLD, "mentions": [OLD], "headline": "Harbour opens - The Daily"}),
        ld(OLD | {"url": "https://d.test/old"}, OWN | {"headline": "Another", "url": "https://d.test/own"})
        + "<link rel=canonical href='https://d.test/own?x=1'>",
        "<script type='application/ld+json'>{broken</script>" + ld(OWN),
        ld(OWN).replace('}</script>', ',}</script>'),
        f"<script type='application/ld+json'><!-- {json.dumps(OWN)} --></script>",
        ld({"@graph": [
            OWN | {"author": {"@id": "#a"}, "publisher": {"@id": "#p"}},
            {"@type": "Person", "@id": "#a", "name": "Ada Kay and Bo Lind"},
            {"@type": "Organization", "@id": "#p", "name": "The Daily"},
        ]}),
        "<meta property='article:published_time' content='2024-02-04T23:30:00+01:00'>"
        "<meta property='article:modified_time' content='2024-02-06'><meta name=author content='Ada Kay'>"
        "<meta name=author content='Bo Lind'><meta property='og:site_name' content='The Daily'>",
        "<meta name=pubdate content='4 Feb 2024'><meta name='last-modified' content='Tue, 06 Feb 2024 1:00'>"
        "<meta name=byl content='By Ada Kay and Bo Lind'><meta name=publisher content='The Daily'>",
    ],
)  # fmt: skip
def test_declared_facts_are_those_of_the_pages_own_article(head):
    assert said(head) == ALL


@pytest.mark.parametrize(
    ("by", "facts"),
    [
        ("<p class=byline>By <a rel=author href='/a'>Ada Kay</a></p><p>Published <time datetime='2024-02-04'>4 Feb"
         "</time> · Updated <time datetime='2024-02-06T09:00Z'>6 Feb</time></p>", ("Ada Kay", "2024-02-04", "2024-02-06")),
        ("<div>By ADA KAY and BO LIND, Chief reporter<br>Feb. 4, 2024 | Updated Feb. 6, 2024</div>",
         ("Ada Kay, Bo Lind", "2024-02-04", "2024-02-06")),
        ("<span itemprop=author itemscope><b itemprop=name>Ada Kay</b></span><meta itemprop=datePublished"
         " content='2024-02-04'>", ("Ada Kay", "2024-02-04", "")),
        ("<p>Interview by Ada Kay • 4 February 2024 • 3 min read</p>", ("Ada Kay", "2024-02-04", "")),
        ("<p>04.02.2024 19:00</p>", ("", "2024-02-04", "")),
    ],
)  # fmt: skip
def test_facts_that_stand_by_the_headline_are_read(by, facts):
    author, _, published, updated = said(by=by)
    assert (author, published, updated) == facts


@pytest.mark.parametrize(
    ("head", "by", "after"),
    [
        (ld(OLD), "", ""),
        ("", "", "<aside class=related><time datetime='2022-05-05'>5 May</time> <a href='/x'>Old</a></aside>"),
        ("", "", "<article><h3><a href='/x'>Old</a></h3><p>By Some One, 5 May 2022</p></article>"),
        ("", "", "<section id=comments><time datetime='2022-05-05'>5 May 2022</time> <b class=author>Me</b>"
         "</section>"),
    ],
)  # fmt: skip
def test_facts_of_another_story_are_not_the_articles(head, by, after):
    assert said(head, by, after) == ("", "", "", "")


def test_a_date_in_a_sentence_is_not_the_articles():
    first = (
        "The vote is on <time datetime='2024-02-04'>4 February</time>, the mayor of the town said."
    )
    page = html(f"<article><p>{first}</p>", *(f"<p>{p}</p>" for p in PARAGRAPHS), "</article>")
    assert read_webpage(page).published == ""


@pytest.mark.parametrize(
    ("written", "language", "date"),
    [
        ("2024-02-04T23:59:00-08:00", "", "2024-02-04"),
        ("20240204T120000Z", "", "2024-02-04"),
        ("Sun, 4 Feb 2024 19:00:00 GMT", "", "2024-02-04"),
        ("the 4th of February, 2024", "", "2024-02-04"),
        ("Feb. 4, 2024, 9:12 p.m. ET", "", "2024-02-04"),
        ("1707073200", "", "2024-02-04"),
        ("1707073200000", "", "2024-02-04"),
        ("14/02/2024", "", "2024-02-14"),
        ("02/14/2024", "", "2024-02-14"),
        ("3/4/2024", "en-US", "2024-03-04"),
        ("3/4/2024", "en-GB", "3/4/2024"),
        ("2024-13-45", "", ""),
        ("yesterday", "", ""),
    ],
)
def test_a_date_is_read_as_it_is_written(written, language, date):
    assert iso_date(written, language) == date


def test_names_of_authors_come_without_roles_places_and_addresses():
    for written, names in {
        "By Jane Doe and John Roe, Science correspondent": ["Jane Doe", "John Roe"],
        "JANE DOE | 4 February 2024": ["Jane Doe"],
        "Ana de la Cruz, Bo Lind & C. Dee": ["Ana de la Cruz", "Bo Lind", "C. Dee"],
        "Jane Doe in Skerrin": ["Jane Doe"],
        "By Jane Doe | jane@d.test": ["Jane Doe"],
        "@thedaily": [],
        "https://f.test/jane": [],
        "admin": [],
    }.items():
        assert authors_of([written]) == names
