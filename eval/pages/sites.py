"""Sites after which extraction was tuned: each lays an invented story out in its own way."""

from collections.abc import Callable, Sequence

from eval.pages import page as parts
from eval.pages.page import Page
from eval.pages.stories import all_of

Site = Callable[[Page], str]


def body(page: Page, wrap: str = "<p>{}</p>", rich: bool = True) -> list[str]:
    """The article's blocks: its paragraphs, and between them what its kind of page has."""
    chance = page.chance
    first = page.show(page.story.paragraphs[0])
    made = [wrap.format(first)]
    extras: list[Callable[[], str]] = [
        lambda: wrap.format(parts.inline(page, chance.randrange(parts.INLINES))),
        lambda: wrap.format(parts.inline(page, chance.randrange(parts.INLINES))),
        lambda: parts.read_also(page, chance.randrange(5)),
        lambda: parts.advert(chance.randrange(4)),
        lambda: parts.figure(page),
        lambda: parts.quote(page, chance.randrange(2)),
    ]
    if rich:
        extras += [
            lambda: parts.fact_box(page, chance.randrange(2)),
            lambda: parts.table(page, chance.randrange(6)),
            lambda: parts.nested_list(page),
            lambda: f"<h2>{page.show('What happens next')}</h2>",
            lambda: parts.newsletter(chance.randrange(2)),
            lambda: parts.read_also(page, chance.randrange(5)),
        ]
    chosen = chance.sample(extras, chance.randrange(3, len(extras)))
    for n, text in enumerate(page.story.paragraphs[1:]):
        if n < len(chosen):
            made.append(chosen[n]())
        made.append(wrap.format(page.show(text)))
    if chance.random() < 0.3:
        made.append(parts.correction(page))
    return made


def head(page: Page, shape: int | None = None, extra: str = "") -> str:
    """A head with the title and what the page declares."""
    shape = page.chance.randrange(7) if shape is None else shape
    page.title = page.story.title
    said = parts.declared(page, shape)
    mark = page.chance.choice([" - ", " | ", " — "])
    return f"<head><meta charset={page.encoding}><title>{page.title}{mark}{page.story.paper}</title>{said}{extra}</head>"


def _lines(made: Sequence[str]) -> str:
    return "\n".join(made)


def modern(page: Page) -> str:
    """HTML5 as it is meant: header, main, article, aside, footer."""
    c = page.chance
    top = head(page)
    stand = page.show(page.story.standfirst)
    return (
        f"<!doctype html><html lang=en>{top}<body>{parts.consent(c.randrange(2))}<header><nav><a href='/'>Home</a>"
        f"<a href='/n'>News</a><form action=/login><input type=password name=p></form></nav></header><main><article>"
        f"<header><p class=kicker><a href='/n'>Local</a></p><h1>{page.title}</h1><p class='standfirst'>{stand}</p>"
        f"{parts.by_line(page, 0)}{parts.share(c.randrange(3))}</header>{_lines(body(page))}<footer><ul class=tags><li>"
        f"<a href='/t/1'>Transport</a></li><li><a href='/t/2'>Council</a></li></ul></footer></article>"
        f"{parts.related(page, c.randrange(4))}{parts.comments(page) if c.random() < 0.5 else ''}</main><footer><p>©"
        f" 2026 {page.story.paper}. All rights reserved.</p><a href='/terms'>Terms</a></footer></body></html>"
    )


def soup(page: Page) -> str:
    """Divs within divs, with hashed class names."""
    c = page.chance
    top = head(page)
    made = "".join(f"<div class='css-{n}x1b'>{m}</div>" for n, m in enumerate(body(page)))
    return (
        f"<!doctype html><html lang=en-GB>{top}<body><div id=root><div class=css-0a><a href='/'>Home</a><a href='/w'>World"
        f"</a><a href='/m'>Money</a></div><div class=css-1b><div class=css-2c><h1 class=css-3d>{page.title}</h1>"
        f"<div class='byline-wrap'>{parts.by_line(page, 2)}</div><span>3 min read</span>{made}</div><div class=css-9z>"
        f"{parts.related(page, c.randrange(4))}</div></div><div class=css-8y>{parts.newsletter(c.randrange(2))}</div>"
        f"</div></body></html>"
    )


def wordpress(page: Page) -> str:
    """A theme of a blog's software."""
    c = page.chance
    top = head(page, c.choice([0, 1, 3]))
    return (
        f"<!doctype html><html lang=en-US>{top}<body class='single single-post has-sidebar'><div id=page class=site>"
        f"<header id=masthead><p class=site-title><a href='/'>{page.story.paper}</a></p></header><div id=content>"
        f"<div id=primary><article id=post-1 class='post hentry category-news tag-related'><header class=entry-header>"
        f"<h1 class=entry-title>{page.title}</h1><div class=entry-meta>{parts.by_line(page, 3)}</div></header>"
        f"<div class='entry-content'>{_lines(body(page))}<div class='sharedaddy'>{parts.share(1)}</div></div>"
        f"{parts.bio(page)}</article><nav class=post-navigation><a href='/p'>Previous: {page.story.others[2]}</a></nav>"
        f"{parts.comments(page)}</div><aside id=secondary class=widget-area><section class=widget><h2>Recent Posts</h2>"
        f"<ul><li><a href='/q'>{page.story.others[3]}</a></li></ul></section></aside></div></div></body></html>"
    )


def broadcaster(page: Page) -> str:
    """A broadcaster's page, with a dateline and its video."""
    c = page.chance
    top = head(page, c.choice([0, 1, 6]))
    made = body(page, "<p class='paragraph inline-placeholder'>{}</p>")
    lead = (
        f"<span class=source__location>{page.story.place}</span> <span class=source__text>CNN</span>"
        "&nbsp;&mdash;&nbsp; "
    )
    made[0] = f"<div class='source'></div>{made[0].replace('>', '>' + lead, 1)}"
    return (
        f"<!doctype html><html lang=en>{top}<body class='layout'><header class=header><div class=header__nav><a href='/us'>US"
        f"</a><a href='/world'>World</a></div></header><section class=layout__wrapper><h1 class='headline__text'>"
        f"{page.title}</h1><div class=headline__sub-text><div class=byline>{parts.by_line(page, 2)}</div></div>"
        f"<div class=video-resource><span>Video Ad Feedback</span><div class=video__title>{page.story.others[4]}</div>"
        f"<div>01:12 - Source: CNN</div></div><main class=article__main><div class='article__content'>{_lines(made)}</div>"
        f"{parts.share(0)}</main></section><aside class=layout__right>{parts.related(page, 2)}</aside></body></html>"
    )


def old(page: Page) -> str:
    """Tables for columns, fonts, and breaks for paragraphs, in an old encoding."""
    page.encoding = page.chance.choice(["windows-1252", "iso-8859-1", "utf-8"])
    top = head(page, 5)
    texts = "<br><br>\n".join(parts.paragraphs(page))
    who, when = all_of(page.story.authors), parts.long_date(page.story.published)
    page.updated = ""
    return (
        f"<html>{top}<body bgcolor=white><table width=760><tr><td width=150><a href='/'>Home</a><br><a href='/n'>News</a>"
        f"<br><a href='/s'>Sport</a></td><td><font size=5><h1>{page.title}</h1></font><font size=2>By {who}<br>{when}</font>"
        f"<p><font face=Arial>{texts}</font></td><td width=150><b>Headlines</b><br><a href='/1'>{page.story.others[0]}</a>"
        f"<br><a href='/2'>{page.story.others[1]}</a></td></tr></table><center><font size=1>Copyright {page.story.paper}"
        f"</font></center></body></html>"
    )


def forms(page: Page) -> str:
    """A page that is one form, as some servers make them."""
    c = page.chance
    top = head(page, c.choice([3, 4]))
    return (
        f"<!doctype html><html>{top}<body><form id=aspnetForm method=post><input type=hidden name=v value=1><div id=nav><ul><li>"
        f"<a href='/'>Home</a></li><li><a href='/p'>Politics</a></li></ul></div><div id=ctl00_main><h1>{page.title}</h1>"
        f"<div class=articleInfo>{parts.by_line(page, 2)}</div><div itemprop=articleBody id=storyText>{_lines(body(page))}"
        f"</div>{parts.share(2)}</div><div id=right>{parts.related(page, 0)}</div><div>{parts.consent(0)}</div></form></body></html>"
    )


def microdata(page: Page) -> str:
    """Facts as microdata; leads and captions in classes that sound like something else."""
    c = page.chance
    top = head(page, 5)
    stand = page.show(page.story.standfirst)
    return (
        f"<!doctype html><html lang=en>{top}<body><div class=page><article itemscope itemtype='http://schema.org/NewsArticle'>"
        f"<h1 itemprop=headline>{page.title}</h1><p class='article-teaser promo'>{stand}</p>{parts.by_line(page, 1)}"
        f"{_lines(body(page))}</article><aside><article itemscope itemtype='http://schema.org/NewsArticle'><h3 itemprop=headline>"
        f"<a href='/o'>{page.story.others[0]}</a></h3><span itemprop=author>Someone Else</span><meta itemprop=datePublished"
        f" content='2016-06-06'></article></aside>{parts.related(page, c.randrange(4))}</div></body></html>"
    )


def live(page: Page) -> str:
    """A live page: posts with their hours."""
    page.title = f"{page.story.place}: live updates"
    said = parts.declared(page, 0).replace("NewsArticle", "LiveBlogPosting")
    posts = []
    hours = ("18:42", "17:20", "15:05", "14:10")
    for hour, headline, text in zip(hours, page.story.others, page.story.paragraphs, strict=False):
        page.gold += [f"{hour} {headline}", text]
        posts.append(
            f"<article class=live-post><time datetime='{page.story.published}T{hour}Z'>{hour}</time><h2>{headline}</h2><p>{text}</p>"
            f"<div class=share><a href='https://x.test'>Share</a></div></article>"
        )
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{page.title}</title>{said}</head><body><header><a href='/'>Home</a>"
        f"</header><main><h1>{page.title}</h1><div class=live-blog>{''.join(posts)}</div></main>{parts.related(page, 0)}</body></html>"
    )


SITES: dict[str, Site] = {
    "modern": modern,
    "soup": soup,
    "wordpress": wordpress,
    "broadcaster": broadcaster,
    "old": old,
    "forms": forms,
    "microdata": microdata,
    "live": live,
}
