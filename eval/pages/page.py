"""The parts of which invented pages are made, each with what a reader sees of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from random import Random

from eval.pages.stories import Story, all_of

Row = tuple[tuple[str, ...], tuple[str, ...]]  # its cells, and the heads that may stand with them


@dataclass
class Page:
    """A page being made, and what is its article's: units of text in order, rows of tables."""

    name: str
    story: Story
    chance: Random
    gold: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    encoding: str = "utf-8"
    html: str = ""

    @property
    def data(self) -> bytes:
        """The page as a server sends it."""
        return self.html.encode(self.encoding, "xmlcharrefreplace")

    def show(self, text: str) -> str:
        """Text of the article, escaped."""
        self.gold.append(text)
        return escape(text, quote=False)


def long_date(iso: str) -> str:
    """`2024-02-04` -> `4 February 2024`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def american(iso: str) -> str:
    """`2024-02-04` -> `Feb. 4, 2024`."""
    day = date.fromisoformat(iso)
    return f"{day:%b}. {day.day}, {day.year}"


# --- sentences with elements in them

Inline = Callable[[Page], str]


def inline(page: Page, shape: int) -> str:
    """A sentence with elements in it, as HTML; what is shown of it is gold."""
    s = page.story
    who, when = s.quote[1], long_date(s.published)
    shapes = (
        (f"The vote is on <time datetime='{s.published}'>{when}</time>, at <time>18:30</time>, {who} said.",
         f"The vote is on {when}, at 18:30, {who} said."),
        (f"{who} called it <q>a sad day for {s.place}</q> and left.",
         f"{who} called it “a sad day for {s.place}” and left."),
        ("The work cost <del>1.2 million</del> <ins>2.1 million</ins> crowns, the <s>mayor</s> treasurer said.",
         "The work cost 2.1 million crowns, the treasurer said."),
        ("Press <button type=button>Start</button> twice, says the note on the <label>ticket machine</label>.",
         "Press Start twice, says the note on the ticket machine."),
        ("Each basin holds <var>V</var> = 5&thinsp;m<sup>3</sup> of H<sub>2</sub>O, or <math><mn>5</mn><mo>×</mo>"
         "<msup><mn>10</mn><mn>3</mn></msup></math> litres.", None),
        (f"The file <code>report.csv</code>, sent to <a href='mailto:x@y.test'>the council</a>, names <em>{who}</em>"
         "<b>’s</b> firm.", f"The file report.csv, sent to the council, names {who}’s firm."),
        ("Most of the <abbr title='National Rail Board'>NRB</abbr>’s <span class=tooltip>trains<span hidden> (see"
         " glossary)</span></span> ran <wbr>on time<sup><a href='#n1'>1</a></sup>.",
         "Most of the NRB’s trains ran on time."),
        ("It is spelt <ruby>東<rp>(</rp><rt>east</rt><rp>)</rp></ruby> on the <mark>old</mark> <dfn>plate</dfn>,"
         " <cite>the Ledger</cite> wrote.", "It is spelt 東(east) on the old plate, the Ledger wrote."),
        (f"The line ran from <a href='/t/{s.place}'>{s.place}</a> to <a href='/t/x'>Dovrey</a><span style='display:none'>"
         " and Hask</span> in <data value=40>forty</data> minutes.",
         f"The line ran from {s.place} to Dovrey in forty minutes."),
        (f"“It is <strong>over</strong>,” <x-person data-id=4>{who}</x-person> told <u>the</u> <font color=red>paper</font>"
         " <small>by phone</small>.", f"“It is over,” {who} told the paper by phone."),
    )  # fmt: skip
    html, shown = shapes[shape % len(shapes)]
    page.gold.append(shown or "Each basin holds V = 5 m³ of H2O, or 5×10³ litres.")
    return html


INLINES = 10


# --- blocks of an article


def paragraphs(page: Page, start: int = 0, stop: int | None = None) -> list[str]:
    """The story's paragraphs, escaped."""
    return [page.show(text) for text in page.story.paragraphs[start:stop]]


def figure(page: Page, credit: str = "") -> str:
    """A picture with its caption."""
    shown = page.show(page.story.caption)
    return f"<figure><img src=a.jpg alt=x><figcaption>{shown}{credit}</figcaption></figure>"


def quote(page: Page, shape: int) -> str:
    """A quotation with its speaker below it."""
    said, who = page.story.quote
    if shape % 2:
        page.gold.append(f"{said}, said {who}")
        return f"<blockquote><p>{said},</p><footer>said {who}</footer></blockquote>"
    page.gold += [f"{said}.", who]
    return f"<blockquote class=pull><p>{said}.</p><cite>— {who}</cite></blockquote>"


def fact_box(page: Page, shape: int) -> str:
    """A box with facts, as a list of terms or as sentences."""
    heading = page.show("The building in figures")
    if shape % 2:
        page.rows += [((k, v), ()) for k, v in page.story.facts]
        body = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in page.story.facts)
        return f"<aside class='factbox box'><h3>{heading}</h3><dl>{body}</dl></aside>"
    year = page.story.facts[0][1]
    shown = page.show(f"It was built in {year} and has {page.story.facts[1][1]} seats.")
    return f"<aside class='info-box'><h4>{heading}</h4><p>{shown}</p></aside>"


def table(page: Page, shape: int) -> str:
    """A table of data with its heads."""
    head, *body = page.story.table
    page.rows += [(row, head) for row in body]
    cell = "<p>{}</p>" if shape % 2 else "{}"
    top = "<tr>" + "".join(f"<th>{h}</th>" for h in head) + "</tr>"
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell.format(c)}</td>" for c in row) + "</tr>" for row in body
    )
    shown = f"<caption>{page.show('Visitors and cost by year')}</caption>" if shape % 3 else ""
    return f"<table class=data>{shown}<thead>{top}</thead><tbody>{rows}</tbody></table>"


def nested_list(page: Page) -> str:
    """A list with a list in it."""
    one, two, three = (page.show(item) for item in page.story.items)
    # In the order of the page: the inner list stands within the first item.
    return f"<ul><li>{one}<ul><li>{two}</li></ul></li><li>{three}</li></ul>"


def correction(page: Page) -> str:
    """A note below an article."""
    return f"<p class=correction><em>{page.show(page.story.correction)}</em></p>"


# --- what stands around and between, and is nobody's gold


def read_also(page: Page, shape: int) -> str:
    """A line that leads to another story."""
    title = page.story.others[0]
    return (
        f"<p><strong>Read also: <a href='/x/1'>{title}</a></strong></p>",
        f"<p><a href='/x/1'>{title}</a></p>",
        f"<div class='inline-related'><span>Related</span><a href='/x/1'><h4>{title}</h4></a></div>",
        f"<p>READ MORE: <a href='/x/1'>{title}</a></p>",
        f"<aside class=teaser><a href='/x/1'><img src=t.jpg></a><h3><a href='/x/1'>{title}</a></h3>"
        f"<p>{page.story.teasers[0]}</p></aside>",
    )[shape % 5]  # fmt: skip


def advert(shape: int) -> str:
    """An advertisement or its remains."""
    return (
        "<div class='ad-slot'><span>Advertisement</span><p>Win a holiday for two in the sun now!</p></div>",
        "<p>Video Ad Feedback</p>",
        "<div class=ad>ADVERTISEMENT</div>",
        "<p class='ad-label'>Story continues below advertisement</p>",
    )[shape % 4]  # fmt: skip


def share(shape: int) -> str:
    """A line with which to share a story."""
    return (
        "<ul class='share-tools'><li><a href='https://f.test/s'>Facebook</a></li><li><a href='https://x.test/s'>X"
        "</a></li><li><button>Copy link</button></li></ul>",
        "<div class=social><span>Share this article</span> <a href='https://x.test'>Tweet</a></div>",
        "<p>Share on <a href='https://f.test'>Facebook</a> | <a href='mailto:?x'>Email</a> | Print</p>",
    )[shape % 3]  # fmt: skip


def newsletter(shape: int) -> str:
    """A form for a newsletter."""
    return (
        "<div class='newsletter-signup'><h3>The morning briefing</h3><p>Get the day’s stories in your inbox, every"
        " weekday before breakfast.</p><form><input type=email><button>Sign up</button></form></div>",
        "<section id='subscribe-box'><p>Enjoying this? Our reporters need readers who pay.</p><a href='/sub'>Subscribe"
        " for 2 crowns a week</a></section>",
    )[shape % 2]  # fmt: skip


def consent(shape: int) -> str:
    """A banner that asks for consent."""
    text = "We and our 842 partners store and read information on your device. You can change your mind at any time."
    return (
        f"<div id='onetrust-banner'><p>{text}</p><button>Accept all</button></div>",
        f"<div class='cookie-consent' role=dialog><h2>Your privacy</h2><p>{text}</p><button>OK</button></div>",
    )[shape % 2]  # fmt: skip


def related(page: Page, shape: int) -> str:
    """Other stories after the article, some with their dates."""
    pairs = list(zip(page.story.others, page.story.teasers, strict=True))
    links = "".join(f"<li><a href='/r/{n}'>{o}</a></li>" for n, (o, _) in enumerate(pairs))
    cards = "".join(
        f"<div class=card><h3><a href='/r/{n}'>{o}</a></h3><time datetime='2018-03-0{n + 1}'>"
        f"{n + 1} March 2018</time><p>{t}</p></div>"
        for n, (o, t) in enumerate(pairs)
    )
    return (
        f"<section class=related><h2>Related stories</h2><ul>{links}</ul></section>",
        f"<div class='more-stories'><h2>More from {page.story.paper}</h2>{cards}</div>",
        f"<aside><h3>Most read</h3><ol>{links}</ol></aside>",
        f"<h2>You may also like</h2><div class=grid>{cards}</div>",
    )[shape % 4]  # fmt: skip


def comments(page: Page) -> str:
    """What readers say."""
    said = "".join(
        f"<li class=comment><b>reader{n}</b> <time datetime='2026-01-0{n + 1}'>{n} days ago</time>"
        f"<p>I do not believe a word of this, and neither does my neighbour. {t}</p></li>"
        for n, t in enumerate(page.story.teasers)
    )
    return f"<section id=comments><h2>Comments (5)</h2><ol>{said}</ol></section>"


def bio(page: Page) -> str:
    """A line on the author."""
    return (
        f"<div class='author-bio'><p>{page.story.authors[0]} writes on the coast for {page.story.paper}."
        " Before that, she sold boats.</p></div>"
    )


# --- what the page declares


def declared(page: Page, shape: int) -> str:
    """The head of the page: facts on the article in one of the ways of real pages."""
    s = page.story
    page.published, page.updated, page.authors = s.published, s.updated, s.authors
    people = [{"@type": "Person", "name": name} for name in s.authors]
    paper = {"@type": "NewsMediaOrganization", "@id": "https://p.test/#org", "name": s.paper}
    own = {
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": f"{s.published}T23:10:00+02:00",
        "dateModified": f"{s.updated}T00:30:00+02:00",
        "author": people if len(people) > 1 else people[0],
        "publisher": paper,
    }
    older = {
        "@type": "NewsArticle",
        "headline": s.others[1],
        "datePublished": "2017-07-07",
        "author": {"@type": "Person", "name": "Nobody Here"},
    }
    names = [{"@type": "Person", "@id": f"#p{n}", "name": name} for n, name in enumerate(s.authors)]
    match shape % 7:
        case 0:
            return _ld({"@context": "https://schema.org", **own})
        case 1:
            graph = [
                {"@type": "WebSite", "name": s.paper, "datePublished": "2001-01-01"},
                older,
                paper,
            ]
            mine = own | {
                "author": [{"@id": n["@id"]} for n in names],
                "publisher": {"@id": paper["@id"]},
            }
            return _ld({"@context": "https://schema.org", "@graph": [*graph, *names, mine]})
        case 2:
            return _ld(
                [
                    {"@type": "ItemList", "itemListElement": [older]},
                    {"@type": "WebPage", "mainEntity": own},
                ]
            )
        case 3:
            return (
                f"<meta property='article:published_time' content='{s.published}T08:00:00Z'>"
                f"<meta property='article:modified_time' content='{s.updated}T08:00:00Z'>"
                + "".join(f"<meta name=author content='{escape(a)}'>" for a in s.authors)
                + f"<meta property='og:site_name' content='{s.paper}'><meta property='og:title' content='{escape(page.title)}'>"
            )
        case 4:
            return (
                f"<meta name='parsely-pub-date' content='{s.published}'><meta name=byl content='By {all_of(s.authors)}'>"
                f"<meta property='og:updated_time' content='{s.updated}T01:00:00Z'>"
                + _ld({"@context": "x", **older})
            )
        case 5:
            return ""  # it stands by the article
        case _:
            broken = json.dumps(older)[:-5]
            return f"<script type='application/ld+json'>{broken}</script>" + _ld(
                {"@context": "https://schema.org", **own}, "<!--", "-->"
            )


def _ld(said: object, before: str = "", after: str = "") -> str:
    written = json.dumps(said, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return f"<script type='application/ld+json'>{before}{written}{after}</script>"


def by_line(page: Page, shape: int) -> str:
    """Who wrote it and when, by the headline."""
    s = page.story
    who, first, last = all_of(s.authors), long_date(s.published), long_date(s.updated)
    micro = "".join(
        f"<span itemprop=author itemscope><span itemprop=name>{a}</span></span> " for a in s.authors
    )
    return (
        f"<p class=byline>By <a rel=author href='/a'>{who}</a></p><p class=dates>Published <time datetime='{s.published}"
        f"T10:00Z'>{first}</time> · Updated <time datetime='{s.updated}T09:00Z'>{last}</time></p>",
        f"<div itemscope itemtype='https://schema.org/NewsArticle'>{micro}<meta itemprop=datePublished"
        f" content='{s.published}'><meta itemprop=dateModified content='{s.updated}'></div>",
        f"<div class=meta>By {who}<br>{american(s.published)}, 9:12 p.m. | Updated {american(s.updated)}</div>",
        f"<address>By {who}</address><time class='published' datetime='{s.published}'>{first}</time> <span class='updated'"
        f" title='{s.updated}'>Updated: {last}</span>",
    )[shape % 4]  # fmt: skip
