"""Sites that were made last, to test extraction on what it was not tuned to."""

from eval.pages import page as parts
from eval.pages.page import Page
from eval.pages.sites import Site, head
from eval.pages.stories import all_of


def tabloid(page: Page) -> str:
    """Capitals, bullets above the text, pictures between all paragraphs, promotions in its middle."""
    c = page.chance
    top = head(page, c.choice([0, 3, 4]))
    bullets = "".join(f"<li><strong>{page.show(i)}</strong></li>" for i in page.story.items)
    made = ""
    for n, text in enumerate(parts.paragraphs(page)):
        made += f'<p class="mol-para-with-font"><span>{text}</span></p>'
        if n == 1:
            shown = page.show(page.story.caption)
            made += f"<div class=artSplitter><img><p class=imageCaption>{shown}</p></div>"
        if n == 3:
            made += (
                f"<div class='mol-factbox related-box'><h3>RELATED ARTICLES</h3><ul><li><a href='/1'>{page.story.others[0]}</a>"
                f"</li><li><a href='/2'>{page.story.others[1]}</a></li></ul></div>"
            )
        if n == 5:
            made += "<p class=tip><em>Do you know more? Email <a href='mailto:t@x.test'>tips@x.test</a></em></p>"
    who = all_of(page.story.authors).upper()
    return (
        f"<!doctype html><html lang=en-GB>{top}<body><div class=page-header><ul class=nav-primary><li><a href='/'>Home</a></li>"
        f"<li><a href='/showbiz'>Showbiz</a></li></ul></div><div class=content><div class='article-text wide' id=js-article-text>"
        f"<h1>{page.title}</h1><ul class=mol-bullets>{bullets}</ul><p class='author-section byline-plain'>By <a class=author"
        f" href='/p'>{who}</a></p><p class='byline-section'><span class=article-timestamp>Published: <time datetime='"
        f"{page.story.published}T09:00:00+0000'>09:00 GMT, {parts.long_date(page.story.published)}</time></span> | <span"
        f" class='article-timestamp updated'>Updated: <time datetime='{page.story.updated}T10:00:00+0000'>10:00 GMT, "
        f"{parts.long_date(page.story.updated)}</time></span></p><div class=shares>42 shares</div>{made}</div><div class=beta>"
        f"{parts.related(page, 0)}</div></div><div id=reader-comments class=comments-wrap><h3>What do you think?</h3><p>Be the"
        f" first to say what you think of this story.</p></div></body></html>"
    )


def council(page: Page) -> str:
    """A public body's news: definition lists, a contact box, notes to editors, breadcrumbs."""
    c = page.chance
    top = head(page, c.choice([4, 5]))
    page.authors, page.updated = (page.authors, page.updated)
    made = "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 0, 6))
    facts = "".join(f"<dt>{k}:</dt><dd>{v}</dd>" for k, v in page.story.facts)
    page.rows += [((k, v), ()) for k, v in page.story.facts]
    made += f"<h2>{page.show('The building')}</h2><dl>{facts}</dl>"
    made += f"<ol><li>{page.show(page.story.items[0])}</li><li>{page.show(page.story.items[1])}</li></ol>"
    made += "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 6))
    made += parts.correction(page)
    return (
        f"<!doctype html><html lang=en>{top}<body><a class=skip href='#c'>Skip to main content</a><div class=beta-banner><p>This is"
        f" a new service. Your <a href='/f'>feedback</a> will help us to improve it.</p></div><ol class=breadcrumb><li><a href='/'>"
        f"Home</a></li><li><a href='/news'>News</a></li></ol><main id=c><div class=grid><div class=two-thirds><h1 class=heading-xl>"
        f"{page.title}</h1>{parts.by_line(page, 0)}<div class=govspeak>{made}</div><div class=contact><h3>Contact</h3><p>Press"
        f" office: 0123 456</p></div></div><div class=third><h2>Related content</h2><ul><li><a href='/r'>{page.story.others[0]}"
        f"</a></li></ul></div></div></main><div class=was-useful><p>Is this page useful?</p><button>Yes</button><button>No</button>"
        f"</div></body></html>"
    )


def cards(page: Page) -> str:
    """A short article on a page that is mostly other stories with their own texts."""
    c = page.chance
    top = head(page, c.choice([0, 1, 2]))
    made = "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 0, 5))
    others = "".join(
        f"<article class=story-card><a href='/s/{n}'><img src=t.jpg><h2>{o}</h2></a><p class=excerpt>{t} {t}</p><span class=by>By"
        f" Some One</span> <time datetime='2014-02-0{n + 1}'>{n + 1} Feb 2014</time></article>"
        for n, (o, t) in enumerate(zip(page.story.others, page.story.teasers, strict=True))
    )
    return (
        f"<!doctype html><html lang=en>{top}<body><header><div class=logo><a href='/'>{page.story.paper}</a></div></header>"
        f"<div class=layout><div class=lane-main><article class=main-story><h1>{page.title}</h1><div class=credits>"
        f"{parts.by_line(page, 2)}</div>{made}{parts.quote(page, c.randrange(2))}</article><div class=stream>{others}</div></div>"
        f"<div class=lane-side>{parts.newsletter(0)}{parts.related(page, 2)}</div></div>{parts.consent(1)}</body></html>"
    )


def essay(page: Page) -> str:
    """No heading of the first rank, one section after the other, notes at its end, signed below."""
    c = page.chance
    top = head(page, c.choice([0, 3, 6]))
    made = ""
    for n, text in enumerate(parts.paragraphs(page)):
        if n in (2, 5):
            made += f"<h3>{page.show(('I. The plan', 'II. The vote')[n == 5])}</h3>"
        note = f"<sup id=r{n}><a href='#f{n}'>[{n + 1}]</a></sup>" if n % 3 == 0 else ""
        made += f"<p>{text}{note}</p>"
    made += f"<p>{parts.inline(page, c.randrange(parts.INLINES))}</p>"
    made += f"<blockquote>{page.show('It was never about the money, and everybody knew it.')}</blockquote>"
    return (
        f"<!doctype html><html lang=en>{top}<body><div id=wrapper><div id=menu><a href='/'>Essays</a> <a href='/about'>About</a></div>"
        f"<div id=post><div class=post-title><h2><a href='/essay/this' rel=bookmark>{page.title}</a></h2></div><div class=postmeta>"
        f"Posted on {parts.long_date(page.story.published)} by <span class=author>{all_of(page.story.authors)}</span></div>"
        f"<div class=post-body>{made}</div><div class=post-tags>Tags: <a href='/t/a'>transport</a>, <a href='/t/b'>money</a></div>"
        f"</div><div id=respond><h3>Leave a Reply</h3><form><textarea></textarea><label>Name</label><input><button>Post"
        f" Comment</button></form></div></div></body></html>"
    )


def results(page: Page) -> str:
    """A report with tables of results, one of them with spanned heads and links in its cells."""
    c = page.chance
    top = head(page, c.choice([1, 3]))
    made = "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 0, 4))
    made += parts.table(page, 0)
    names = [o.split(" ")[0] for o in page.story.others[:3]]
    rows = ""
    for n, name in enumerate(names):
        row = (f"{name} List {n}", str(11 * (n + 2)), f"{n + 3}.5%")
        page.rows.append((row, ("Party", "Votes", "Share")))
        rows += (
            f"<tr><td><a href='/party/{n}'>{row[0]}</a></td><td>{row[1]}</td><td>{row[2]}</td></tr>"
        )
    made += f"<div class=table-wrapper><table><tr><th>Party</th><th>Votes</th><th>Share</th></tr>{rows}</table></div>"
    made += "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 4))
    made += parts.read_also(page, c.randrange(5))
    made += f"<p>{page.show('The count goes on, and a result is expected on Friday.')}</p>"
    return (
        f"<!doctype html><html lang=en>{top}<body><div class=wrap><div class=header-inner><a href='/'>Home</a></div><div"
        f" class='article article--election' itemprop=articleBody><h1>{page.title}</h1>{parts.by_line(page, 3)}{parts.advert(0)}"
        f"{made}{parts.share(1)}</div>{parts.related(page, 1)}</div></body></html>"
    )


def walled(page: Page) -> str:
    """All of an article in the page, with offers, a sign-in box and a player around it."""
    c = page.chance
    top = head(page, c.choice([0, 2]))
    stand = page.show(page.story.standfirst)
    first = "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 0, 5))
    shown = page.show(page.story.caption)
    rest = "".join(f"<p>{t}</p>" for t in parts.paragraphs(page, 5))
    return (
        f"<!doctype html><html lang=en>{top}<body><div class='subscribe-bar'><p>Try a month for one crown. Cancel at any time.</p>"
        f"<a href='/sub'>Subscribe</a></div><div class=user-box><form action=/in><input name=u><input type=password></form></div>"
        f"<article data-premium=true><h1>{page.title}</h1><p class=subheadline>{stand}</p><div class=article-actions><button>Save"
        f"</button><button>Gift</button><span>Listen to this article</span><span>5:12</span></div>{parts.by_line(page, 1)}<div"
        f" class='article-body paywalled-content'>{first}<figure class=video><video></video><figcaption>{shown}</figcaption>"
        f"</figure><div class=inline-offer><h4>Like what you read?</h4><p>Readers like you make this work possible.</p><a"
        f" href='/join'>Join now</a></div>{rest}</div></article><section class=topics><a href='/t'>Transport</a> <a href='/m'>Money"
        f"</a></section>{parts.related(page, c.randrange(4))}{parts.consent(0)}</body></html>"
    )


LAST_SITES: dict[str, Site] = {
    "tabloid": tabloid,
    "council": council,
    "cards": cards,
    "essay": essay,
    "results": results,
    "walled": walled,
}
