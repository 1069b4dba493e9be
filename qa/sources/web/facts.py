"""What a page says of its article: headline, author, paper, place, when published and updated."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement as Element

from qa.sources.web.blocks import Block, tidy
from qa.sources.web.dates import iso_date
from qa.sources.web.furniture import is_foreign, named
from qa.sources.web.jsonld import JsonLd, Node, addresses, alike
from qa.sources.web.lines import is_sentence
from qa.sources.web.names import authors_of, byline
from qa.sources.web.region import Region

_PUBLISHED = (
    *("article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date"),
    *("datepublished", "article.published", "published_time", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "publication-date", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "dc.date.created", "dc.created", "citation_date"),
    *("citation_publication_date", "article_date_original", "cxenseparse:recs:publishtime"),
    *("originalpublicationdate", "rnews:datepublished", "dc.date", "dcterms.date", "date"),
)
_UPDATED = (
    *("article:modified_time", "og:updated_time", "og:modified_time", "datemodified"),
    *("dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article.updated"),
    *("modified_time", "article:updated_time", "updated_time", "last_updated_date"),
)
_AUTHOR = (
    *("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "citation_author", "article:author_name", "og:article:author"),
    *("dc.contributor", "twitter:creator:name", "rbauthors", "authors", "cxenseparse:author"),
)
_PUBLISHER = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
)
_PUBLISHER_LAST = ("application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone")
_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_TIME_WORDS = 16  # of a line that a page gives to a date
_UPDATE = re.compile(r"updat|modif|edited|amended|revis|correct", re.I)
_ISSUE = re.compile(r"publi|posted|created|first|issued", re.I)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_SEPARATOR = re.compile(r"\s+(?:[|•·»«:]|[–—-])\s+|\s*[|»«]\s*")


@dataclass(frozen=True)
class Facts:
    """Empty where a page says nothing. Dates are ISO 8601, or as the page writes them."""

    title: str
    authors: tuple[str, ...]
    publisher: str
    place: str
    published: str
    updated: str


class Declared:
    """What a page's head and JSON-LD declare; read before anything is dropped from the page."""

    def __init__(self, page: Element) -> None:
        self.language = page.get("lang", "")
        self.meta = _meta(page)
        self.window = tidy(page.findtext(".//head/title") or page.findtext(".//title"))
        links = {link.get("rel", "").lower(): link.get("href", "") for link in page.iter("link")}
        self.urls = [u for u in (links.get("canonical", ""), *self.meta.get("og:url", ())) if u]
        self._json = JsonLd(page)
        tops = [tidy(h.text_content()) for h in page.iter("h1")]
        self._tops = [top for top in tops if top]
        self.node: Node = self._json.article(addresses(self.urls), self._headlines())

    def _headlines(self) -> list[str]:
        return [*self._tops[:3], *self.meta.get("og:title", ()), self.first(_TITLE), self.window]

    def first(self, keys: Sequence[str]) -> str:
        """The first value of the first of these names that the head has."""
        return next((value for key in keys for value in self.meta.get(key, ()) if value), "")

    @property
    def title(self) -> str:
        """The headline as declared, without the site's name."""
        said = self._json.text(self.node, "headline") or self.first(_TITLE[:2])
        return _bare(said or self.first(_TITLE) or self.window, self.publisher)

    @property
    def publisher(self) -> str:
        """The paper's name."""
        found = (
            self._json.text(self.node, "publisher")
            or self.first(_PUBLISHER)
            or self._json.site()
            or self._after_title()
            or self.first(_PUBLISHER_LAST)
        )
        return "" if found.startswith(("http", "@")) else found

    def _after_title(self) -> str:
        """What follows the headline in the window's title: `Harbour opens | The Daily`."""
        parts = _SEPARATOR.split(self.window)
        if len(parts) < 2 or len(parts[-1].split()) > 5:
            return ""
        tops = [*self._tops, self.first(_TITLE[:2])]
        head = self.window[: self.window.rfind(parts[-1])].rstrip(" |•·»«:–—-")
        return parts[-1] if any(top and alike(top, head) for top in tops) else ""

    @property
    def authors(self) -> list[str]:
        """The authors' names."""
        found = authors_of(self._json.authors(self.node), self.publisher)
        return found or authors_of(
            [v for key in _AUTHOR for v in self.meta.get(key, ())], self.publisher
        )

    @property
    def place(self) -> str:
        """Where the article says that it was written."""
        for key in ("dateline", "locationCreated"):
            if said := self._json.text(self.node, key):
                return said
        return ""

    def date(self, term: str, keys: Sequence[str]) -> str:
        """A date of the article's own node, else of the head."""
        for said in (self._json.text(self.node, term), *(self.first([key]) for key in keys)):
            if found := iso_date(said, self.language):
                return found
        return ""

    @property
    def published(self) -> str:
        """The day on which the article was published."""
        return self.date("datePublished", _PUBLISHED) or self.date("dateCreated", ())

    @property
    def updated(self) -> str:
        """The day on which it was last changed, where that is told apart."""
        said = self._json.text(self.node, "dateModified") or self.first(_UPDATED)
        same = {self._json.text(self.node, "datePublished"), self.first(_PUBLISHED)}
        return "" if said in same else iso_date(said, self.language)

    @property
    def in_address(self) -> str:
        """The day in the page's address."""
        for url in self.urls:
            if found := _URL_DATE.search(url):
                return iso_date("-".join(found.groups()))
        return ""

    @property
    def paid(self) -> bool:
        """Whether it says that the article is for subscribers."""
        return self._json.text(self.node, "isAccessibleForFree").lower() == "false"


def facts(declared: Declared, region: Region) -> Facts:
    """All that a page says of its article: what is declared, else what stands by the article."""
    times = list(_times(region.root, region.before, declared.language))
    published = declared.published or next((d for kind, d in times if kind == "published"), "")
    updated = declared.updated or next((d for kind, d in times if kind == "updated"), "")
    plain = next((d for kind, d in times if not kind), "")
    published = published or plain or declared.in_address
    authors = declared.authors
    if not authors:
        authors = authors_of(list(_named_authors(region.root, region.before)), declared.publisher)
    return Facts(
        title=region.headline or declared.title,
        authors=tuple(authors),
        publisher=declared.publisher,
        place=declared.place,
        published=published,
        updated="" if published and updated < published else updated,
    )


def _meta(page: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        value = tidy(meta.get("content"))
        if value and meta.get("itemprop") is None:
            for name in ("property", "name", "http-equiv"):
                for key in meta.get(name, "").lower().split():
                    found.setdefault(key, []).append(value)
    return found


def _own(root: Element) -> Iterator[Element]:
    """The elements of an article but those of other stories and of comments on it."""
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in ("aside", "nav"):
            continue
        others = element is not root and element.tag != "meta" and is_foreign(element)
        if others and ("author" not in named(element) or element.tag == "article"):
            continue
        yield element
        stack.extend(reversed(element))


def _times(root: Element, before: Sequence[Block], language: str) -> Iterator[tuple[str, str]]:
    """The dates that stand by the article, each with whether it was `published` or `updated`."""
    for element in _own(root):
        prop = element.get("itemprop", "")
        said = element.get("datetime") or element.get("content") or element.get("title") or ""
        text = tidy(element.text_content()) if len(element) < 20 else ""
        if prop in ("datePublished", "dateCreated", "dateModified"):
            if found := iso_date(said, language) or iso_date(text, language):
                yield ("updated" if prop == "dateModified" else "published"), found
        elif element.tag == "time" or {"dt-published", "dt-updated", "published", "updated"} & set(
            element.get("class", "").split()
        ):
            line = _line_of(element)
            if line is None:
                continue
            found = iso_date(said, language) or iso_date(text, language)
            if found:
                yield _kind(element, line), found
    for block in before:
        shown = block.heading or block.row or block.element.tag == "figcaption"
        if block.words <= _TIME_WORDS and not shown:
            for part in re.split(r"[|•·]|(?=\b(?:last )?updated\b)", block.text, flags=re.I):
                if found := iso_date(part, language):
                    kind = (
                        "updated"
                        if _UPDATE.search(part)
                        else "published"
                        if _ISSUE.search(part)
                        else ""
                    )
                    yield kind, found


def _line_of(element: Element) -> str | None:
    """The line in which a date stands, if it says little else; a sentence is none."""
    outer = element.getparent()
    while outer is not None and outer.tag in (
        "span",
        "b",
        "strong",
        "em",
        "small",
        "a",
        "i",
        "time",
    ):
        outer = outer.getparent()
    if outer is None:
        return tidy(element.text_content())
    own = tidy("".join([outer.text or "", *(c.tail or "" for c in outer)]))
    line = tidy(outer.text_content())
    words = len(own.split())
    if words > _TIME_WORDS or (words >= 4 and is_sentence(line)):
        return None
    return None if outer.tag == "p" and len(line.split()) > _TIME_WORDS + 8 else line


def _kind(element: Element, line: str) -> str:
    name = named(element)
    if "dt-updated" in name or _UPDATE.search(name):
        return "updated"
    if element.get("pubdate") is not None or "dt-published" in name or _ISSUE.search(name):
        return "published"
    before = line.partition(tidy(element.text_content()) or line)[0][-40:]
    if _UPDATE.search(before):
        last = [m.end() for m in _UPDATE.finditer(before)][-1]
        issued = [m.end() for m in _ISSUE.finditer(before)]
        return "published" if issued and issued[-1] > last else "updated"
    return "published" if _ISSUE.search(before) else ""


def _named_authors(root: Element, before: Sequence[Block]) -> Iterator[str]:
    """Names as microdata, `rel=author`, a class or a line `By …` give them."""
    named_so: list[str] = []
    for element in _own(root):
        classes = element.get("class", "").lower().split()
        if element.get("itemprop") == "author":
            name = element.find(".//*[@itemprop='name']")
            said = name if name is not None else element
            yield said.get("content") or tidy(said.text_content())
        elif element.get("rel") == "author" or "p-author" in classes:
            named_so.append(tidy(element.text_content()))
        elif {"byline", "author", "author-name", "byline__name", "article-author"} & set(classes):
            text = tidy(element.text_content())
            if 0 < len(text.split()) <= _TIME_WORDS:
                named_so.append(byline(text) or text)
    yield from named_so[:4]
    if not named_so:
        yield from filter(None, (byline(block.text) for block in before))


def _bare(title: str, publisher: str) -> str:
    """A title without the site's name before or after it."""
    for mark in _SEPARATOR.findall(title)[:4]:
        head, _, tail = title.rpartition(mark)
        if head and publisher and alike(tail, publisher) and len(tail) <= len(publisher) + 10:
            return head.strip()
        head, _, tail = title.partition(mark)
        if tail and publisher and head.strip().lower() == publisher.lower():
            return tail.strip()
    return title
