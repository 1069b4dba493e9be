"""Sites that were made after a first tuning; then they were tuned to, too."""

import json

from eval.pages import page as parts
from eval.pages.page import Page
from eval.pages.sites import Site, head
from eval.pages.stories import all_of


def amp(page: Page) -> str:
    """A page for telephones: custom elements, key points, an advertisement after each paragraph."""
    c = page.chance
    top = head(
        page,
        c.choice([0, 2]),
        "<style amp-boilerplate>body{visibility:hidden;animation:x 1s}</style>",
    )
    points = "".join(f"<li>{page.show(item)}</li>" for item in page.story.items)
    made = ""
    for n, text in enumerate(parts.paragraphs(page)):
        made += f"<p>{text}</p>" + (
            "<amp-ad width=300><div fallback>Ad</div></amp-ad>" if n % 2 else ""
        )
    shown = page.show(page.story.caption)
    return (
        f"<!doctype html><html ⚡ lang=en>{top}<body><amp-sidebar id=sb><ul><li><a href='/'>Front page</a></li><li><a href='/e'>"
        f"Economy</a></li></ul></amp-sidebar><header class=hd><button on='tap:sb'>Menu</button></header><article class=amp-article>"
        f"<h1>{page.title}</h1><div class=author-line><amp-img src=a.png></amp-img><span>By {all_of(page.story.authors)}</span>"
        f"<time>{parts.long_date(page.story.published)}</time></div><div class=key-points><h2>Key points</h2><ul>{points}</ul></div>"
        f"{made}<amp-img src=b.jpg></amp-img><figure><figcaption>{shown}</figcaption></figure><amp-social-share type=x>"
        f"</amp-social-share></article><section class=amp-related><h3>Up next</h3><a href='/1'>{page.story.others[0]}</a>"
        f"<a href='/2'>{page.story.others[1]}</a></section></body></html>"
    ).replace("<h2>Key points</h2>", f"<h2>{_first(page, 'Key points')}</h2>")


def _first(page: Page, text: str) -> str:
    page.gold.insert(0, text)
    return text


def chunks(page: Page) -> str:
    """An article in sections, each in its own box, between other boxes of the same kind."""
    c = page.chance
    top = head(page, c.choice([1, 3, 6]))
    stand = page.show(page.story.standfirst)
    made = [f"<div class='block block-text'><p>{t}</p></div>" for t in parts.paragraphs(page, 0, 4)]
    made.append(f"<div class='block block-heading'><h3>{page.show('A second vote')}</h3></div>")
    for n, text in enumerate(parts.paragraphs(page, 4)):
        made.append(f"<div class='block block-text'><p>{text}</p></div>")
        match n % 5:
            case 0:
                made.append(
                    f"<div class='block block-promo'><a class=promo-link href='/z'><span>Explainer</span>{page.story.others[0]}"
                    "</a></div>"
                )
            case 1:
                made.append(
                    "<div class='block block-embed'><iframe src='https://v.test'></iframe><p class=embed-note>Allow cookies to"
                    " see this post.</p></div>"
                )
            case 2:
                sentence = parts.inline(page, c.randrange(parts.INLINES))
                made.append(f"<div class='block block-text'><p>{sentence}</p></div>")
            case 3:
                made.append(f"<div class='block block-table'>{parts.table(page, 1)}</div>")
            case _:
                made.append(f"<div class='block block-image'>{parts.figure(page)}</div>")
    return (
        f"<!doctype html><html lang=en>{top}<body><div class=top-bar><a href='/live'>Live</a> <a href='/vid'>Video</a></div>"
        f"<main id=main><section class=story><hgroup><h1>{page.title}</h1><h2 class=dek>{stand}</h2></hgroup>"
        f"<div class=signature><a href='/who'>{all_of(page.story.authors)}</a><span class=role>Correspondent in"
        f" {page.story.place}</span></div>{''.join(made)}</section><section class=recirculation><h2>Also in {page.story.paper}"
        f"</h2><div><a href='/3'><h3>{page.story.others[3]}</h3></a><p>{page.story.teasers[3]}</p></div><div><a href='/4'><h3>"
        f"{page.story.others[4]}</h3></a><p>{page.story.teasers[4]}</p></div></section></main><div class=bottom-bar>"
        f"<p>{page.story.paper} is published by Coast Media, 4 Pier Road.</p></div></body></html>"
    )


def interview(page: Page) -> str:
    """Questions in bold, answers below; hidden by a style sheet: what only a printer shows."""
    c = page.chance
    style = "<style>.print-only, p.note{display:none} @media print{.entry{display:none}} .old{text-decoration:line-through}</style>"
    top = head(page, 5, style)
    asked = ("Why now?", "What did it cost?", "Who decided?", "Will you stay?")
    made = ""
    for question, text in zip(asked, page.story.paragraphs, strict=False):
        made += f"<p><strong>{page.show(question)}</strong></p><p>{page.show(text)}</p>"
    last = page.show(f"The {page.story.paper} asked the questions, and no more than these.")
    page.updated = ""
    return (
        f"<!doctype html><html lang=en>{top}<body><div class=site-head><a href='/'>{page.story.paper}</a></div><div class=entry>"
        f"<div class=crumbs><a href='/'>Home</a> › <a href='/i'>Interviews</a></div><h1>{page.title}</h1><div class=info>Interview by"
        f" {all_of(page.story.authors)} • {parts.long_date(page.story.published)} • 4 min read</div><div class=copy>{made}<p"
        f" class=note>Printed from our site.</p><p>{last} <span class=old>Or so we said.</span></p><p class=print-only>Copied by a"
        f" reader.</p></div>{parts.share(c.randrange(3))}<div class=next-up><span>Next</span> <a href='/n'>{page.story.others[0]}</a>"
        f"</div></div></body></html>"
    )


def agency(page: Page) -> str:
    """An agency's text on a plain page, with a dateline and its own footer lines."""
    c = page.chance
    page.encoding = c.choice(["iso-8859-2", "utf-8", "windows-1252"])
    top = head(page, c.choice([3, 4]))
    first, *others = parts.paragraphs(page)
    place = page.story.place.upper()
    line = c.choice(
        [f"{place}, {parts.american(page.story.published)[:-6]} (AP) — ", f"{place} (Reuters) - "]
    )
    rest = "".join(f"<p>{t}</p>" for t in others)
    day = page.story.published.split("-")
    return (
        f"<html lang=en>{top}<body><div id=header><a href='/'>Home</a></div><div id=story><h1>{page.title}</h1><p class=stamp>"
        f"{day[2]}.{day[1]}.{day[0]} 09:14</p><p>{line}{first}</p>{rest}<p>___</p><p class=tagline><i>{parts.inline(page, 4)}</i></p>"
        f"</div><div id=rail><h4>Top stories</h4><ul><li><a href='/a'>{page.story.others[1]}</a></li><li><a href='/b'>"
        f"{page.story.others[2]}</a></li></ul></div><div id=foot>Copyright 2026 The Agency. This material may not be published,"
        f" broadcast, rewritten or redistributed.</div></body></html>"
    )


def magazine(page: Page) -> str:
    """A long read: a drop letter, a gallery, notes, a fact box that opens, a plea for money."""
    c = page.chance
    top = head(page, c.choice([0, 1, 3]))
    made = parts.paragraphs(page, 0, 5)
    made[0] = (
        f"<span class=dropcap>{made[0][0]}</span>{made[0][1:]}" if made[0][0].isalpha() else made[0]
    )
    shown = [f"<p>{t}</p>" for t in made]
    shown.append(
        f"<div class=gallery><figure><img><figcaption>{page.show(page.story.caption)} <span class=credit>Lena Moss / Coast"
        "</span></figcaption></figure></div>"
    )
    page.gold[-1] += " Lena Moss / Coast"
    shown.append(parts.quote(page, 1))
    shown += [f"<p>{t}</p>" for t in parts.paragraphs(page, 5)]
    summary, fact = (
        page.show("In numbers"),
        page.show(f"The house has {page.story.facts[1][1]} seats and one lift."),
    )
    shown.append(f"<details><summary>{summary}</summary><p>{fact}</p></details>")
    shown.append(parts.nested_list(page))
    return (
        f"<!doctype html><html lang=en>{top}<body><div class=sticky-header><a href='/'>{page.story.paper}</a><span>"
        f"{page.title}</span></div><article class='longread'><div class=hero><h1>{page.title}</h1><p>Words by <a href='/w'>"
        f"{all_of(page.story.authors)}</a></p></div><div class=prose>{''.join(shown)}</div><div class='support-us'><h3>"
        f"Before you go</h3><p>We have no owner and no paywall. If you can, please give us 3 crowns a month.</p><a"
        f" href='/give'>Support us</a></div></article><div class='read-next'><article><a href='/5'><h2>{page.story.others[2]}"
        f"</h2></a><time datetime='2015-05-05'>5 May 2015</time></article></div></body></html>"
    )


def script(page: Page) -> str:
    """What a framework leaves: data in scripts, hidden copies, roles in the place of elements."""
    c = page.chance
    top = head(page, c.choice([0, 2, 6]))
    state = json.dumps(
        {"article": {"body": page.story.others[0] * 9, "datePublished": "2012-12-12"}}
    )
    made = "".join(
        f"<div role=paragraph class=p_{n}>{t}</div>" for n, t in enumerate(parts.paragraphs(page))
    )
    box = (
        parts.fact_box(page, c.randrange(2))
        .replace("<aside", "<section")
        .replace("</aside", "</section")
    )
    return (
        f"<!doctype html><html lang=en>{top}<body><div id=__next><div role=banner><div role=navigation><a href='/'>Start</a> <a"
        f" href='/all'>All</a></div></div><div role=main><div data-testid=headline role=heading aria-level=1><h1>{page.title}</h1>"
        f"</div><div data-testid=byline>{parts.by_line(page, 0)}</div>{made}{box}{parts.correction(page)}<div data-testid=tags><a"
        f" href='/t/1'>Transport</a> <a href='/t/2'>Money</a></div></div><div role=complementary><h2>Trending</h2><p><a href='/6'>"
        f"{page.story.others[4]}</a></p></div><div role=dialog aria-modal=true><h2>Stay with us</h2><p>Create a free account to save"
        f" articles and follow the writers you like.</p><input type=password></div></div><script>window.__STATE__={state}</script>"
        f"<noscript><p>Please turn on JavaScript to read this page in full.</p></noscript></body></html>"
    )


MORE_SITES: dict[str, Site] = {
    "amp": amp,
    "chunks": chunks,
    "interview": interview,
    "agency": agency,
    "magazine": magazine,
    "script": script,
}
