"""What stands beside an article on a page, known by what it holds: other stories, boxes, pleas."""

from collections.abc import Sequence

from lxml.html import HtmlElement as Element

from qa.sources.web.blocks import HEADINGS, Block, tidy, up
from qa.sources.web.furniture import is_foreign
from qa.sources.web.lines import asks_reader, ends_article, is_sentence, is_stamp

SENTENCE_WORDS = 5  # that are no label, if they end as a sentence does
CARD_WORDS = 60  # of a teaser at most


def is_fact_box(element: Element) -> bool:
    """Whether it holds a table or terms with what is said of them."""
    return element.find(".//table") is not None or element.find(".//dl") is not None


def is_plain_sentence(element: Element, inside: Sequence[Block]) -> bool:
    """Whether it is a paragraph of one short sentence, in which nothing leads elsewhere."""
    (first, *others) = inside or [Block("", element)]
    return (
        element.tag == "p"
        and not others
        and first.words >= SENTENCE_WORDS
        and not first.linked
        and is_sentence(first.text)
    )


def is_page_edge(element: Element) -> bool:
    """Whether it is the header or the footer of the whole page."""
    if element.tag == "footer":
        return not any(
            e.tag in ("article", "blockquote", "figure", "main") for e in up(element, None)
        )
    return element.tag == "header" and element.find(".//nav") is not None


def is_stories(element: Element, inside: Sequence[Block]) -> bool:
    """Whether it holds headlines of other stories, with or without a line on each."""
    if element.tag in ("body", "main", "table", "tr", "tbody"):
        return False
    heads = [b for b in inside if b.all_linked and (b.heading or b.words >= 4) and not b.row]
    if not heads:
        return False
    words = sum(b.words for b in inside)
    first = next((b for b in inside if b.words >= 3 and not is_stamp(b.text)), inside[0])
    if len(heads) == 1:
        return (
            element.tag in ("div", "aside", "section", "article", "li", "figure")
            and heads[0].heading
            and words <= CARD_WORDS
            and first is heads[0]
        )
    others = [b for b in inside if b not in heads and b.prose]
    return (
        words <= CARD_WORDS * len(heads)
        and len(others) <= len(heads)
        and not any(b.words > CARD_WORDS for b in others)
    )


def is_after_others(element: Element) -> bool:
    """Whether it is another article, below a heading such as `Related stories`."""
    if element.tag != "article":
        return False
    for above in element.itersiblings(preceding=True):
        if above.tag in HEADINGS:
            return is_foreign(above) or ends_article(Block(tidy(above.text_content()), above))
        if above.tag != "article":
            return False
    return False


def is_asking(element: Element, inside: Sequence[Block]) -> bool:
    """Whether it is a box that ends by asking the reader to pay, sign up or join."""
    return (
        element.tag in ("div", "section", "aside", "figure")
        and 1 < len(inside) <= 5
        and (inside[-1].all_linked or inside[-1].element.tag in ("button", "form"))
        and asks_reader(inside[-1])
        and sum(b.words for b in inside) <= CARD_WORDS
    )


def linked_share(inside: Sequence[Block]) -> float:
    """How much of some blocks leads to other pages, from 0 to 1."""
    return sum(b.linked for b in inside) / max(1, sum(len(b.text.replace(" ", "")) for b in inside))
