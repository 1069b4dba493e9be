"""Elements that stand beside an article on a news page, known by their tags and names."""

import re

from lxml.html import HtmlElement as Element

from qa.sources.web.wording import names

KEPT_TAGS = {"html", "body", "main", "article"}
_NAMED = ("class", "id", "role", "data-component", "data-testid", "data-module", "itemprop")
_MAX_NAME = 500  # characters of an element's names that are looked at
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# What is called so is no part of the article, even if it holds sentences.
_FOREIGN = names(
    """
    # Other stories
    related related-post* related-stor* related-article* related-news related-link* related-content*
    recommend recommended recommendation recommendations recirc* rec-item
    read-also read-more read-next see-also also-read read-on also-on
    more-from more-on more-stories more-news more-coverage more-like more-articles more-headlines
    most-read most-popular most-viewed most-shared most-recent most-watched trending
    latest-news latest-stories latest-posts latest-articles latest-headlines
    top-news top-stories top-posts top-articles top-headlines
    other-news other-stories other-posts other-articles other-headlines
    popular-news popular-stories popular-posts popular-articles popular-headlines
    recent-news recent-stories recent-posts recent-articles recent-headlines

    # Newsletters, accounts, consent
    newsletter newsletters subscribe subscribes subscription subscriptions sign-up
    mail-alert email-alert e-mail-alert notification-bar *popup *dialog *modal
    login log-in sign-in cookie cookies consent gdpr cmp onetrust privacy-banner privacy-notice

    # Advertising
    ad ads advert adverts advertisement advertisements advertising advertorial adsbygoogle
    ad-slot ad-wrapper ad-container ad-unit ad-box ad-label ad-banner ad-text
    sponsor sponsors sponsored promoted outbrain taboola zergnet revcontent dianomi
    app-download app-promo app-banner

    # The author, and the paper's own requests
    author-bio author-box author-card author-info author-profile author-description author-details
    author-about author-block author-footer author-content post-author about-author about-the-author
    bio biography
    donate donates donation donations contribute-* contributions-* membership
    support-us supporter supporters fundrais* appeal epic

    # The page's frame
    copyright colophon breadcrumb breadcrumbs pagination pager masthead structured-data
    navigation navbar skip-link skip-to* jump-to off-canvas table-of-contents toc
    navbox editsection mw-editsection catlinks reflist
    """
)
# What is called so holds what readers wrote, often more than the article.
_COMMENTS = names(
    """
    comments reader-comments user-comments post-comments article-comments
    comment-list comments-list comment-section comments-section comment-area comments-area
    comment-thread comments-thread comment-container comments-container comment-form comments-form
    comment-body comments-body comment-box comments-box comment-wrapper comments-wrapper
    comment-feed comments-feed commentlist disqus* respond replies
    """
)
# What is called so goes unless it holds sentences.
_AROUND = names(
    """
    # Sharing and controls
    share* sharing* social* follow* tool tools toolbar action actions utility util utils print
    cta button* btn feedback rating poll survey search nav menu more link links badge
    label labels count counter counts view views
    # Where and when it was filed, and by whom
    tag tags topic topics keyword keywords category categories kicker eyebrow
    section-name section-label section-link
    byline* by-line author* contributor contributors
    dateline date* timestamp time published* updated* reading-time read-time
    post-meta* post-info* post-data* post-details* entry-meta* entry-info* entry-data*
    entry-details* article-meta* article-info* article-data* article-details* story-meta*
    story-info* story-data* story-details* content-meta* content-info* content-data*
    content-details* meta metadata credit credits disclaimer
    # Boxes beside and over the text
    sidebar widget banner popup pop-up modal overlay promo* teaser* paywall regwall
    complementary contentinfo toast alert notification
    # Players and galleries
    player* video-* video audio-* audio listen gallery-nav gallery-controls gallery-count
    caption-toggle captions-toggle caption-button captions-button
    """
)
_CAPTION = names("caption* gallery* slideshow* carousel*")


def named(element: Element) -> str:
    """What an element is called, in small letters, camel case taken apart."""
    if not element.attrib:
        return ""
    said = " ".join(filter(None, (element.get(name) for name in _NAMED)))
    return _CAMEL.sub("-", said[:_MAX_NAME]).lower()


def is_foreign(element: Element) -> bool:
    """Whether an element by its tag or name holds other things than the article."""
    if element.tag == "nav" or element.get("role") in ("navigation", "search", "dialog"):
        return True
    return element.tag not in KEPT_TAGS and bool(_FOREIGN.search(named(element)))


def is_comments(element: Element) -> bool:
    """Whether an element by its name holds what readers wrote, often more than the article."""
    return element.tag not in KEPT_TAGS and bool(_COMMENTS.search(named(element)))


def is_around(element: Element) -> bool:
    """Whether an element by its name holds what stands around an article, where it has no prose."""
    return element.tag not in KEPT_TAGS and bool(_AROUND.search(named(element)))


def is_caption(element: Element) -> bool:
    """Whether an element by its tag or name holds the caption of a picture."""
    return element.tag in ("figure", "figcaption") or bool(_CAPTION.search(named(element)))
