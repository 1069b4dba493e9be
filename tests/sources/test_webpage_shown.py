"""What a browser shows of an article is its text, no more and no less."""

import pytest

from qa.sources.webpage import read_webpage
from tests.sources.made import PARAGRAPHS, html

ARTICLE = [f"<p>{p}</p>" for p in PARAGRAPHS]
TEASER = "<h3><a href='/2'>Rain to fall on Tuesday</a></h3>"


def lines(*parts, head="", before="", after=""):
    """The blocks that are read of an article between whose paragraphs these parts stand."""
    first, *others = ARTICLE
    page = html(
        "<header><nav><a href='/'>Home</a></nav></header>",
        f"<main>{before}<article><h1>Harbour opens</h1>{first}",
        *parts,
        *others,
        f"</article>{after}</main>",
        head=f"<title>Harbour opens - The Daily</title>{head}",
    )
    return [b for b in read_webpage(page).text.split("\n\n") if b not in PARAGRAPHS]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It is on <time datetime=2024-02-04>4 May</time>, at <b>18</b>:30.", "It is on 4 May, at 18:30."),
        ("He called it <q>a <i>bad</i> day</q> and left.", "He called it “a bad day” and left."),
        ("Press <button>Start</button> on the <label>machine</label>.", "Press Start on the machine."),
        ("It cost <del>1</del> <ins>2</ins> crowns, <s>he</s> <strike>I</strike> she said.",
         "It cost 2 crowns, she said."),
        ("It <span hidden>never </span>ran<span style='display: none'> on time</span>.", "It ran."),
        ("It ran<span class=sr-only> (opens in a new window)</span>.", "It ran."),
        ("It <span style='text-decoration:line-through'>ran</span> stood.", "It stood."),
        ("It <span class=x>ran</span> stood<em class=y> still</em>.", "It stood."),
        ("It took 10<sup>6</sup> l of H<sub>2</sub>O on the 4<sup>th</sup> of May.",
         "It took 10⁶ l of H2O on the 4th of May."),
        ("It ran on time.<sup><a href='#n1'>1</a></sup><sup>[2]</sup>", "It ran on time."),
        ("It ran.<a href='#n1'>†</a> It won.<a href='#n2' role=doc-noteref>2</a>", "It ran. It won."),
        ("The <a href='#e'>ECB<span role=tooltip>European Central Bank</span></a> met.", "The ECB met."),
        ("The <abbr title='World Health Organization'>WHO</abbr> met <data value=3>thrice</data> in"
         " Donau<wbr>stadt, a <meter value=0.6>60 per cent</meter> rise of fisher&shy;men.",
         "The WHO met thrice in Donaustadt, a 60 per cent rise of fishermen."),
        ("So <math><mn>2</mn><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math> is <var>x</var>.",
         "So 2+1/2 is x."),
        ("The <ruby>港<rt>minato</rt></ruby> and <ruby>東<rp>(</rp><rt>east</rt><rp>)</rp></ruby> ran.",
         "The 港(minato) and 東(east) ran."),
        ("The <x-name>Astrid</x-name>’s <font>log</font> <code>a.txt</code> <kbd>F</kbd> <mark>is</mark>"
         " <small>in</small> <cite>it</cite>.", "The Astrid’s log a.txt F is in it."),
    ],
)  # fmt: skip
def test_a_sentence_is_what_is_shown_of_it(written, shown):
    style = "<style>.x, p .z {display:none} @media print {p {display:none}} .y{visibility:hidden}</style>"
    assert lines(f"<p>{written}</p>", head=style) == [shown]


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("<p class='article-teaser promo'>The town had waited for nine years.</p>",
         ["The town had waited for nine years."]),
        ("<blockquote><p>We were sold,</p><footer>said Mikael Orr</footer></blockquote>",
         ["We were sold, said Mikael Orr"]),
        ("<blockquote><p>We were sold.</p><cite>— Mikael Orr</cite></blockquote>",
         ["We were sold.", "— Mikael Orr"]),
        ("<aside class=factbox><h3>In figures</h3><dl><dt>Built</dt><dd>1958</dd></dl></aside>",
         ["In figures", "Built: 1958"]),
        ("<figure><img><figcaption>The pier in 1961. Photo: Lena Moss</figcaption></figure>",
         ["The pier in 1961. Photo: Lena Moss"]),
        ("<figure><figcaption>The pier in 1961<span class=photo-credit>Lena Moss</span></figcaption></figure>",
         ["The pier in 1961 Lena Moss"]),
        ("<div class='hidden md:block'><p>It is shown on wide screens.</p></div>",
         ["It is shown on wide screens."]),
        ("<table><tr><td><b>Port</b></td><td><b>Ships</b></td></tr><tr><td>Holm</td><td>3</td></tr></table>",
         ["Port: Holm | Ships: 3"]),
        ("<ul><li>One pier<ul><li>with a lamp</li></ul></li><li>One road</li></ul>",
         ["One pier", "with a lamp", "One road"]),
        ("<table><caption>Ships</caption><tr><th>Ship</th><th>Notes</th></tr><tr><td>Astrid</td><td>"
         "<p>Built in 1958.</p><p>Sold.</p></td></tr><tr><td>Clara</td><td>Old<br>Burnt</td></tr></table>",
         ["Ships", "Ship: Astrid | Notes: Built in 1958. Sold.", "Ship: Clara | Notes: Old; Burnt"]),
        ("<table><tr><th>Length</th><td>300 m</td></tr><tr><th>Depth</th><td>9 m</td></tr></table>",
         ["Length: 300 m", "Depth: 9 m"]),
        ("<table><tr><th>Year</th><th colspan=2>Ships</th></tr><tr><td rowspan=2>2024</td><td>7</td>"
         "<td>8</td></tr><tr><td>9</td><td>1</td></tr></table>",
         ["Year: 2024 | Ships: 7 | Ships: 8", "Year: 2024 | Ships: 9 | Ships: 1"]),
        ("<p>One line<br><br>Another line.</p>", ["One line", "Another line."]),
        ("<details><summary>More</summary><p>It has a lamp.</p></details>", ["It has a lamp."]),
        ("<p class=correction>Correction: it opened in 2024.</p>", ["Correction: it opened in 2024."]),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_belongs_to_an_article_stays_in_blocks_of_its_own(part, shown):
    assert lines(part) == shown


@pytest.mark.parametrize(
    "part",
    [
        "<p><strong>Read also: <a href='/2'>Rain to fall</a></strong></p>",
        "<p><a href='/2'>Rain to fall on Tuesday</a></p>",
        "<p>READ MORE: <a href='/2'>Rain to fall</a></p>",
        f"<div class=inline-related>{TEASER}<p>It will be wet, says one who knows.</p></div>",
        f"<div><a href='/2'>{TEASER}</a></div>",
        "<p>Video Ad Feedback</p>",
        "<p>Advertisement</p>",
        "<p>Story continues below advertisement</p>",
        "<p>Share on <a href='https://f.test'>Facebook</a> | <a href='https://x.test'>X</a></p>",
        "<ul class=share-tools><li><a href='https://f.test'>Facebook</a></li><li>Copy link</li></ul>",
        "<div class=newsletter><p>Get the day’s news before breakfast, every day.</p><input></div>",
        "<div><p>We have no owner but you.</p><a href='/give'>Support us</a></div>",
        "<div id=cookie-consent><p>We and our partners store data on your device.</p></div>",
        "<p>By <a href='/a'>Ada Kay</a></p>",
        "<p>Published: 4 February 2024, 10:12 GMT</p>",
        "<p class=note-embed>Allow cookies to see this post.</p>",
        "<script>alert('no text')</script><template><p>Nor is this.</p></template>",
        "<dialog><p>This one is closed and shown by nobody.</p></dialog>",
        "<div class=d-none><p>Style sheets of others hide what is called so.</p></div>",
        "<div class=fbpopup><p>Found this story interesting? Then tell your friends.</p></div>",
    ],
)
def test_what_stands_between_an_articles_sentences_goes(part):
    assert lines(part) == []


@pytest.mark.parametrize(
    "after",
    [
        f"<section class=related><h2>Related</h2>{TEASER * 3}</section>",
        f"<h2>You may also like</h2><div><div>{TEASER}<p>Much rain.</p></div><div>{TEASER}</div></div>",
        "<section id=comments><h2>Comments (2)</h2><p>I do not believe a word of this, not one.</p></section>",
        "<footer><p>© 2026 The Daily. All rights reserved.</p></footer>",
        "<aside><h3>Most read</h3><ol><li><a href='/2'>Rain to fall</a></li></ol></aside>",
    ],
)
def test_what_follows_an_article_is_none_of_it(after):
    assert lines(after=after) == []


def test_a_whole_story_below_the_heading_of_others_is_no_part_of_the_article():
    others = "".join(
        f"<article><p>{2 * year} {p}</p></article>" for year in range(9) for p in PARAGRAPHS
    )
    for heading in ("<h2>Read next</h2>", "<h3 class=related-posts-title>Isto também</h3>"):
        assert lines(after=heading + others) == []
        page = html(f"<h1>Harbour opens</h1><article>{''.join(ARTICLE)}{heading}{others}</article>")
        assert read_webpage(page).text.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "New Delhi, Daily Bureau | Updated: 19 November 2019, 09:01 AM",
        "October 15, 2018/0 Comments/in Harbour News /by jdadmin",
        "By Ada Kay on Monday, November 18th, 2019 at 11:04 a.m.",
    ],
)
def test_a_line_that_files_the_article_is_no_part_of_its_text(line):
    page = html(f"<main><h1>Harbour opens</h1><div>{line}</div>", *ARTICLE, "</main>")
    assert read_webpage(page).text.split("\n\n") == list(PARAGRAPHS)
    caption = "<figure><figcaption>Ships leave Holm, 31 August 2019</figcaption></figure>"
    assert caption[20:-22] in read_webpage(html("<h1>A pier</h1>", caption, *ARTICLE)).text
    day = "<li>19 November 2019: the pier is begun</li>"
    assert day[4:-5] in read_webpage(html("<main><h1>A pier</h1>", day, *ARTICLE, "</main>")).text


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Hong Kong CNN —", "Hong Kong"),
        ("LONDON (Reuters) -", "London"),
        ("WASHINGTON, March 3 (AP) —", "Washington"),
        ("Porto Lindo (Gazette) —", "Porto Lindo"),
        ("BERLIN --", "Berlin"),
    ],
)
def test_a_dateline_is_the_articles_place_and_no_part_of_its_text(written, place):
    first, *others = PARAGRAPHS
    parsed = read_webpage(html(f"<p>{written} {first}</p>", *(f"<p>{p}</p>" for p in others)))
    assert parsed.place == place
    assert parsed.text.split("\n\n") == list(PARAGRAPHS)


def test_a_dash_in_a_first_sentence_is_no_dateline():
    for first in (
        "Oslo — a city of ships — opened it.",
        "The mayor - Ana Reis - opened it, at last.",
    ):
        parsed = read_webpage(html(f"<p>{first}</p>", *ARTICLE))
        assert parsed.text.startswith(first) and parsed.place == ""


def test_a_live_page_has_its_title_and_each_post_its_hour_and_heading():
    posts = "".join(
        f"<article><time>{hour}</time><h2>{heading}</h2><p>{text}</p></article>"
        for hour, heading, text in zip(
            ("18:42", "17:20", "9.05 am"), ("Leader resigns", "Crowd grows", "It begins"), PARAGRAPHS,
            strict=True,
        )
    )  # fmt: skip
    parsed = read_webpage(html("<main><h1>Vote: live updates</h1>", posts, "</main>"))
    assert parsed.title == "Vote: live updates"
    assert parsed.text.split("\n\n")[::2] == [
        "18:42 Leader resigns",
        "17:20 Crowd grows",
        "9.05 am It begins",
    ]


def test_posts_without_headings_keep_their_hours():
    posts = [
        f"<div class=post><time>{hour}</time><p>{text}</p></div>"
        for hour, text in zip(("18:42", "17:20", "16:05"), PARAGRAPHS, strict=True)
    ]
    page = html("<main><h1>Vote: live</h1>", *posts, "</main>")
    assert read_webpage(page).text.split("\n\n")[::2] == ["18:42", "17:20", "16:05"]


def test_a_sentence_that_is_a_link_stays():
    sentence = "The town said that it would cut 400 jobs."
    assert lines(f"<p><a href='/2'>{sentence}</a></p>") == [sentence]


def test_columns_made_with_a_table_are_no_rows():
    page = html(
        "<table><tr><td><a href='/'>Home</a></td><td><h1>Harbour</h1>",
        *ARTICLE,
        "</td></tr></table>",
    )
    assert read_webpage(page).text.split("\n\n") == list(PARAGRAPHS)


def test_a_login_form_beside_an_article_is_no_wall():
    form = "<form><input name=u><input type=password></form>"
    for where in ("header", "nav", "aside", "div"):
        assert lines(before=f"<{where}>{form}</{where}>") == []
