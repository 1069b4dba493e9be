"""A page's tree -> the blocks of its article, without what stands around and between them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml.html import HtmlElement as Element

from qa.sources.web.beside import (
    is_after_others,
    is_asking,
    is_fact_box,
    is_page_edge,
    is_plain_sentence,
    is_stories,
    linked_share,
)
from qa.sources.web.blocks import HEADINGS, Block, blocks, tidy, up
from qa.sources.web.furniture import is_around, is_caption, is_comments, is_foreign
from qa.sources.web.joined import LIVE, is_hour, joined
from qa.sources.web.lines import (
    ends_article,
    is_filed,
    is_line,
    is_plea,
    is_sentence,
    is_stamp,
)
from qa.sources.web.names import byline

CORE = 0.75  # of the prose of a page stands in the element that holds its article
TITLED = 0.35  # of it is enough for one that has the title, too
LITTLE = 40  # words; where no more would be left, a name does not make an element foreign
BYLINE_WORDS = 15
NEAR_TOP = 4  # blocks after the first of running text, where a byline still stands
CAPTION_WORDS = 8  # fewer are a label, which may stand below several pictures
NEARLY_ALL = 0.9  # of the prose; a line after it that is no heading may end the article, too
_CUT_SHORT = ("…", "...", "... more", "… more")
_TEXT_TAGS = {"p", "li", "blockquote", "td"}  # that hold a part of an article, and not all of it

# Whether an element with these blocks is out, on a page with so many words of prose.
Judge = Callable[["Region", Element, Sequence[Block], int], bool]


class Region:
    """Where on a page its article is.

    `headline` is the title that the page declares; a heading of these words begins the article.
    """

    def __init__(self, page: Element, headline: str) -> None:
        body = page.find("body")
        self.page = page if body is None else body
        self.asks_password = _asks_password(self.page)
        for control in list(self.page.iter("input")):
            control.drop_tree()
        self.all = joined(blocks(self.page))
        self._inside = _by_element(self.all, self.page)
        self.title = self._title(headline)
        self._title_line = set(up(self.title, self.page)) if self.title is not None else set()
        self.core = self._core(self._kept(self.all, _is_foreign_only))
        self._core_line = set(up(self.core, self.page))
        self.root = self._root()

    @property
    def within(self) -> list[Block]:
        """All blocks where the article is, what stands around it among them."""
        return self._inside.get(self.root, [])

    def holds(self, block: Block) -> bool:
        """Whether a block stands where most of the article's text does."""
        return self.core in up(block.element, self.page)

    @property
    def headline(self) -> str:
        """The heading that begins the article."""
        return tidy(self.title.text_content()) if self.title is not None else ""

    @property
    def before(self) -> list[Block]:
        """The short lines around the title, such as a byline's."""
        lines: list[Block] = []
        prose = 0
        for block in self.within:
            prose += block.prose
            if prose > 2:
                break
            if not block.prose:
                lines.append(block)
        return lines

    def article(self, authors: Sequence[str] = ()) -> list[Block]:
        """The article's blocks, without lines that say no more than who wrote it."""
        names = [_key(name) for name in authors]
        kept = self._kept(self.within, _is_furniture)
        top = next(
            (n for n, b in enumerate(kept) if b.prose and not b.heading and not _is_filed(b)), 0
        )
        named = [
            b
            for n, b in enumerate(kept)
            if not (_is_byline(b, names) and (n <= top + NEAR_TOP or _key(b.text) in names))
            and not (n <= top and _is_filed(b))
        ]
        return list(_once(_trimmed(named, self)))

    def _title(self, headline: str) -> Element | None:
        tops = list(self.page.iter("h1"))
        words = _key(headline)
        for tag in ("h1", "h2", "h3"):
            for heading in self.page.iter(tag):
                said = _key(tidy(heading.text_content()))
                if said and words and (said == words or _alike(said, words)):
                    return heading
        for block in self.all:  # `<p class="title">`
            if words and _key(block.text) == words == _key(block.element.text_content()):
                return block.element
        return tops[0] if len(tops) == 1 else None

    def _kept(self, some: Sequence[Block], is_out: Judge) -> list[Block]:
        """The blocks that stand in no element that is out."""
        out: dict[Element, bool] = {self.page: False}
        prose = sum(b.words for b in some if b.prose)
        return [b for b in some if not self._is_out(b.element, is_out, out, prose)]

    def _is_out(
        self, element: Element, is_out: Judge, out: dict[Element, bool], prose: int
    ) -> bool:
        new: list[Element] = []
        for step in up(element, self.page):
            if step in out:
                break
            new.append(step)
        for step in reversed(new):
            above = step.getparent()
            out[step] = out.get(above, False) or (
                step not in self._title_line
                and is_out(self, step, self._inside.get(step, []), prose)
            )
        return out[element]

    def _core(self, kept: Sequence[Block]) -> Element:
        weights: dict[Element, int] = defaultdict(int)
        prose = [b for b in kept if b.prose and not b.row]
        # A fixture list or a poem has short lines alone.
        for block in prose or [b for b in kept if not b.linked]:
            for element in up(block.element, self.page):
                weights[element] += block.words
        here = self.page
        while True:
            whole = weights.get(here, 0)
            inner = [c for c in here if weights.get(c, 0) >= CORE * whole > 0] or [
                c
                for c in here
                if c in self._title_line
                and c.tag != "header"
                and weights.get(c, 0) >= TITLED * whole > 0
            ]
            if not inner or (inner[0].tag in _TEXT_TAGS and here is not self.page):
                return here
            here = inner[0]

    def _root(self) -> Element:
        """The core, with the title and the article's element around it."""
        root = self.core
        if self.title is not None and root not in self._title_line:
            while root not in self._title_line and root is not self.page:
                above = root.getparent()
                root = self.page if above is None else above
        for element in up(root, self.page):
            if element.tag == "article":
                return element
        return root

    def prose_words(self, inside: Iterable[Block]) -> int:
        """How many words of running text some blocks have."""
        return sum(b.words for b in inside if b.prose)


def _is_foreign_only(region: Region, element: Element, inside: Sequence[Block], prose: int) -> bool:
    if element.tag in ("html", "body", "main"):
        return False
    if is_comments(element):
        return True
    if element.tag == "aside" and region.title is not None:
        return True  # of a page that says elsewhere where its article begins
    if is_after_others(element):
        return True
    own = region.prose_words(inside)
    if is_foreign(element) or element.tag == "aside" or is_page_edge(element):
        return prose - own >= max(LITTLE, own)
    return prose - own >= max(LITTLE, own) and is_stories(element, inside)


def _is_furniture(region: Region, element: Element, inside: Sequence[Block], prose: int) -> bool:
    if element in region._core_line or element is region.root:
        return False
    own = region.prose_words(inside)
    linked = linked_share(inside)
    if is_comments(element) or (is_foreign(element) and prose - own >= max(LITTLE, own)):
        single = element.tag in ("p", "li", *HEADINGS) and own >= 12 and linked < 0.3
        if not single:
            return True
    if is_after_others(element):
        return True
    if prose - own >= own and (is_stories(element, inside) or is_asking(element, inside)):
        return True
    if element.tag in ("form", "fieldset") and own < LITTLE:
        return True
    if element.tag == "button" or is_page_edge(element):
        return True
    if element.tag in ("figure", "figcaption", "table", "caption", "tr"):
        return False
    if own and linked < 0.4:
        return False
    if is_around(element) and element.tag not in HEADINGS:
        return not is_fact_box(element) and not is_plain_sentence(element, inside)
    if element.tag in ("footer", "aside"):
        quote = any(e.tag in ("blockquote", "figure") for e in up(element, region.page))
        return not quote and linked > 0.3
    if own >= LITTLE:  # a frame with lists and text in it, each of which is judged alone
        return False
    return element.tag in ("div", "ul", "ol", "section", "dl") and linked > 0.66


def _is_byline(block: Block, names: Sequence[str]) -> bool:
    """Whether a line says no more than who wrote the article, and as what."""
    if block.words > BYLINE_WORDS or block.row or is_sentence(block.text):
        return False
    said = _key(block.text)
    return bool(byline(block.text)) or any(said.startswith(name) for name in names if name)


def _is_filed(block: Block) -> bool:
    """Whether a line says when an article was filed, with its author or section."""
    caption = any(is_caption(e) for e in up(block.element, None))
    other = block.row or block.heading or block.element.tag == "li" or caption
    return not other and block.words <= BYLINE_WORDS and is_filed(block.text)


def _trimmed(kept: list[Block], region: Region) -> list[Block]:
    """Without the lines that pages put before, into and after the sentences."""
    start = 0
    if region.title is not None:
        at = [n for n, b in enumerate(kept) if region.title in set(up(b.element, None))]
        if at:
            start = at[-1] + 1
    before = [b for b in kept[:start] if b.prose and region.title not in set(up(b.element, None))]
    rest = kept[start:]
    total = sum(b.words for b in rest if b.prose)
    live = sum(map(is_hour, rest)) >= LIVE
    shown: list[Block] = []
    prose = 0
    for block in rest:
        most = 0.7 if block.heading else NEARLY_ALL
        if ends_article(block) and prose >= most * total:
            break
        prose += block.words if block.prose else 0
        again = _key(block.text) == _key(region.headline)
        if not again and not _is_dropped(block, live):
            shown.append(block)
    while shown and prose > LITTLE and is_plea(shown[-1].text):
        shown.pop()
    return list(_with_content([*before, *shown]))


def _is_dropped(block: Block, live: bool) -> bool:
    text = block.text
    if not any(c.isalnum() for c in text):
        return True
    if block.row or (live and is_hour(block)):
        return False
    if is_stamp(text):
        return True
    if is_line(text) and (
        not (block.words > 12 and is_sentence(text)) or block.linked > 0.3 * len(text)
    ):
        return True
    if block.all_linked and not (block.words >= 6 and text.endswith(".") and not block.heading):
        return True
    return bool(block.element.tag == "legend")


def _with_content(kept: Sequence[Block]) -> Iterator[Block]:
    """Without headings under which nothing is left."""
    for at, block in enumerate(kept):
        after = kept[at + 1] if at + 1 < len(kept) else None
        label = block.heading and not is_sentence(block.text)
        if label and (after is None or (after.heading and _level(after) <= _level(block))):
            continue
        yield block


def _once(kept: Sequence[Block]) -> Iterator[Block]:
    """Without captions that stand there before, whole or cut short, as in a gallery."""
    seen: set[str] = set()
    for block in kept:
        if block.words >= CAPTION_WORDS and any(is_caption(e) for e in up(block.element, None)):
            whole = _key(block.text)
            start = " ".join(whole.split()[:CAPTION_WORDS])
            if whole in seen or (block.text.endswith(_CUT_SHORT) and start in seen):
                continue
            seen |= {whole, start}
        yield block


def _level(block: Block) -> str:
    heading = block.ancestor(HEADINGS)
    return heading.tag if heading is not None else "h9"


def _by_element(some: Sequence[Block], page: Element) -> dict[Element, list[Block]]:
    found: dict[Element, list[Block]] = defaultdict(list)
    for block in some:
        for element in up(block.element, page):
            found[element].append(block)
    return found


def _asks_password(page: Element) -> bool:
    """Whether a page has a form to log in that is no part of its header."""
    return any(
        not any(e.tag in ("header", "nav", "footer", "aside", "dialog") for e in up(field, page))
        for field in page.iter("input")
        if field.get("type", "").lower() == "password"
    )


def _key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _alike(said: str, words: str) -> bool:
    """Whether most words of a heading are those of the headline."""
    a, b = set(said.split()), set(words.split())
    return len(a & b) >= 0.6 * max(len(a), len(b))
