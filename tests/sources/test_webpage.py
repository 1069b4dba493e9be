import pytest

from qa.sources.parsed import UnreadableError
from qa.sources.webpage import read_webpage
from tests.sources.made import PARAGRAPHS, html, news_page

LATER = "".join(f"<p>{year}: {p}</p>" for year in range(2020, 2024) for p in PARAGRAPHS)
ARTICLE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def test_the_article_is_read_without_what_stands_around_it():
    parsed = read_webpage(news_page())
    assert parsed.text.split("\n\n") == list(PARAGRAPHS)
    assert (parsed.title, parsed.source, parsed.published) == (
        "Harbour opens",
        "The Daily",
        "2024-11-29",
    )


def test_headings_lists_quotes_and_tables_are_paragraphs_of_their_own():
    page = html(
        "<article>",
        ARTICLE,
        "<h2>What <a href='/x'>comes</a> next</h2>",
        "<ul><li>A <b>second</b> pier</li><li>A road</li></ul>",
        "<blockquote>We waited long enough for it, and now it is here.</blockquote>",
        "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>7</td></tr></table>",
        "<p>The mayor<br>laughed.</p>",
        "</article>",
    )
    assert read_webpage(page).text.split("\n\n")[3:] == [
        "What comes next",
        "A second pier",
        "A road",
        "We waited long enough for it, and now it is here.",
        "Year: 2024 | Ships: 7",
        "The mayor laughed.",
    ]


def test_what_the_page_does_not_declare_is_left_empty():
    parsed = read_webpage(html(ARTICLE, "<p>Printed on 3 May 2019.</p>"))
    assert (parsed.source, parsed.published) == ("", "")


def test_markup_and_scripts_in_the_text_are_text_and_control_characters_go():
    page = html(
        ARTICLE, "<p>He wrote &lt;b&gt;yes&lt;/b&gt;&#27;[31m\x07&#x7F; &#x202e;tw&#105;ce.</p>"
    )
    assert read_webpage(page).text.endswith("He wrote <b>yes</b>[31m twice.")
    assert "alert" not in read_webpage(html(ARTICLE, "<script>alert(1)</script>")).text


@pytest.mark.parametrize(
    "page",
    [
        html(
            *(
                f"<div><h3><a href='/{n}'>Story {n} about the harbour of the town</a></h3>"
                f"<p>In few words, what story {n} of this day is about.</p></div>"
                for n in range(20)
            )
        ),
        html(
            "<ul>",
            *(f"<li><a href='/{n}'>Story {n} about the harbour</a></li>" for n in range(20)),
            "</ul>",
        ),
        html(
            *(
                f"<article><a href='/{n}'><h2>Story {n} about the harbour of the town</h2></a>"
                f"<p>In few words, what story {n} of this day is about.</p></article>"
                for n in range(20)
            )
        ),
    ],
    ids=["teasers", "links", "cards"],
)
def test_a_list_of_articles_is_refused(page):
    with pytest.raises(UnreadableError, match="lists articles and is none itself; give the addr"):
        read_webpage(page)


def test_an_article_with_a_list_of_others_under_it_is_an_article():
    others = "".join(
        f"<div><h3><a href='/{n}'>Story {n} about the harbour of the town</a></h3>"
        f"<p>In few words, what story {n} of this day is about.</p></div>"
        for n in range(12)
    )
    page = html(f"<article><h1>Harbour</h1>{ARTICLE}{LATER}</article><section>{others}</section>")
    assert read_webpage(page).text.startswith(PARAGRAPHS[0])


def test_an_article_of_short_lines_is_told_from_the_links_around_it():
    rounds = [f"Round {n} – port {n} of the coast" for n in range(1, 13)]
    stories = "".join(f"<li><a href='/{n}'>Story {n} of the town</a></li>" for n in range(9))
    box = f"<aside><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></aside>"
    page = html(
        f"<ul>{stories}</ul><div><h1>Races of 2024</h1><p>{'<br>'.join(rounds)}</p></div>{box}"
    )
    assert read_webpage(page).text.split("\n\n") == rounds


def test_a_headline_that_is_no_heading_begins_the_article_in_a_frame_full_of_links():
    archive = "".join(f"<li><a href='/{n}'>Stories of {n}</a></li>" for n in range(1950, 2020))
    page = html(
        "<form><input name=u><input type=password></form>",
        f"<div><div><ul>{archive}</ul></div><div><p class=titulo>Harbour opens</p>{ARTICLE}</div></div>",
        head="<title>Harbour opens</title>",
    )
    parsed = read_webpage(page)
    assert (parsed.title, parsed.text.split("\n\n")) == ("Harbour opens", list(PARAGRAPHS))


@pytest.mark.parametrize(
    "page",
    [
        html(
            "<h1>The Daily</h1><p>Welcome back. Your password, please.</p>",
            "<form><input name=user><input type=password></form>",
        ),
        html("<h1>Harbour opens</h1>", f"<p>{PARAGRAPHS[0]}</p>", "<p>Log in to read on.</p>"),
        html("<h1>Harbour</h1>", f"<p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading.</p>"),
        html(
            f"<p>{PARAGRAPHS[0]}</p>",
            head='<script type="application/ld+json">'
            '{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
        ),
    ],
    ids=["form", "log in", "subscribe", "declared"],
)
def test_a_login_wall_is_refused(page):
    with pytest.raises(UnreadableError, match="shows its article only after a login; paste"):
        read_webpage(page)


def test_a_long_article_on_subscribers_is_no_login_wall():
    page = html("<p>It is for subscribers.</p>", ARTICLE, LATER)
    assert "for subscribers" in read_webpage(page).text


@pytest.mark.parametrize(
    "page", [b"", b"\0", b"plain words", html(), html("<p>Please turn JavaScript on.</p>")]
)
def test_a_page_without_an_article_is_refused(page):
    with pytest.raises(UnreadableError, match="has no article in it; paste the article's text"):
        read_webpage(page)


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("cp1252", "iso-8859-1"),  # as browsers read it
        ("iso8859-15", "iso-8859-15"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-16"),  # a page that can say so is not
        ("cp1252", "nonsense"),
    ],
)
def test_a_charset_is_read_as_the_page_declares_it(charset, declared):
    page = html(
        f"<p>Die Brücke über den Fluß öffnete.</p>{ARTICLE}", head=f"<meta charset={declared}>"
    )
    text = read_webpage(page.decode().encode(charset)).text
    assert text.startswith("Die Brücke über den Fluß öffnete.")
