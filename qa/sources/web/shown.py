"""The tree of a page, without what a browser does not show."""

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement as Element

from qa.sources.web.wording import names

_UNSEEN_TAGS = {
    *("script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "applet"),
    *("svg", "canvas", "audio", "video", "select", "textarea", "datalist", "map", "head"),
    *("annotation", "annotation-xml", "del", "s", "strike"),
}
_STYLE = re.compile(
    r"(?<![\w-])(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0(?![.\d])"
    r"|text-decoration(-line)?\s*:[^;}]*line-through|font-size\s*:\s*0(?![.\d]))",
    re.I,
)
# What style sheets by common consent keep for screen readers.
_UNSEEN_CLASSES = {
    *("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"),
    *("element-invisible", "a11y-hidden", "u-hidden", "offscreen"),
    *("off-screen", "assistive-text"),
}
# What frameworks of style sheets hide with, unless another class shows it on a wide screen.
_HIDING_CLASSES = {"hidden", "is-hidden", "hide", "d-none", "invisible"}
_SHOWN_AGAIN = re.compile(r"\b(?:block|flex|grid|inline|table|visible|show|contents)\b")
# Cards that open over a word when one points at it.
_CARD = names("popover hover-card tooltip-text rollover-*block rollover-*card tooltip-*content")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_POWER = re.compile(r"[+−-]?\d{1,3}|n")
_NOTE = re.compile(r"\[\w{1,3}\]|[*†‡§]")
_MAX_NOTE = 4  # characters of a note's number
_BRACE = re.compile(r"([{}])")
_SELECTOR = re.compile(r"([a-z][\w-]*)?([.#])([\w-]+)", re.I)
_MAX_STYLES = 500_000  # characters of style sheets that are looked through


def parse(markup: str) -> Element | None:
    """The tree of a page's markup; None where there is none."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page: Element = html.document_fromstring(markup, parser=parser)
    except (ParserError, ValueError):
        return None
    return page


def drop_unseen(page: Element) -> None:
    """Remove what is hidden, struck out, or no text, each time leaving what stands behind it.

    What would take most of the page away stays: a script shows it in time.
    """
    hidden = set(_hidden_by_sheets(page))
    most = len(page.text_content()) / 2
    for element in list(page.iter()):
        if element is page or not isinstance(element.tag, str):
            continue
        if (
            element.tag in _UNSEEN_TAGS
            or (_is_hidden(element, hidden) and len(element.text_content()) <= most)
            or (element.tag == "a" and _leads_to_note(element))
        ):
            element.drop_tree()
        elif element.tag == "sup" or (element.tag == "mn" and _is_power(element)):
            _raise(element)
        elif element.tag == "mfrac" and len(element) == 2:
            element[0].tail = "/"


def _leads_to_note(link: Element) -> bool:
    """Whether it is a note's mark that is not raised: `†`, `[3]`, or what calls itself one."""
    if not link.get("href", "").startswith("#"):
        return False
    text = "".join(link.text_content().split())
    return bool(_NOTE.fullmatch(text)) or (
        link.get("role") == "doc-noteref" and len(text) <= _MAX_NOTE
    )


def _is_power(number: Element) -> bool:
    above = number.getparent()
    return above is not None and above.tag == "msup" and number is above[-1] and len(above) == 2


def _raise(sup: Element) -> None:
    """Keep a power a power, `10⁶` and not `106`; a note's number, which leads to it, goes."""
    text = "".join(sup.text_content().split())
    if sup.find(".//a[@href]") is not None or _NOTE.fullmatch(text):
        sup.drop_tree()
    elif _POWER.fullmatch(text):
        for child in list(sup):
            sup.remove(child)
        sup.text = text.translate(_RAISED)


def _is_hidden(element: Element, hidden: set[tuple[str, str, str]]) -> bool:
    attributes = element.attrib
    if not attributes and element.tag != "dialog":
        return False
    if element.tag == "dialog" and "open" not in attributes:
        return True
    if attributes.get("role") == "tooltip":
        return True
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if "style" in attributes and _STYLE.search(attributes["style"]):
        return True
    classes = attributes.get("class", "").split()
    if not _UNSEEN_CLASSES.isdisjoint(classes):
        return True
    if not _HIDING_CLASSES.isdisjoint(classes) and not any(map(_SHOWN_AGAIN.search, classes)):
        return True
    if classes and _CARD.search(attributes["class"].lower()):
        return True
    called = [(".", c) for c in classes] + [("#", attributes.get("id", ""))]
    return bool(hidden) and any(
        (tag, mark, name) in hidden for mark, name in called for tag in ("", element.tag)
    )


def _hidden_by_sheets(page: Element) -> Iterator[tuple[str, str, str]]:
    """What the page's own style sheets hide by class or id, as `("p", ".", "note")`."""
    left = _MAX_STYLES
    for style in page.iter("style"):
        if style.get("media", "all").lower() not in ("", "all", "screen"):
            continue
        sheet = (style.text or "")[:left]
        left -= len(sheet)
        for selectors, declarations in _rules(sheet):
            if _STYLE.search(declarations):
                for selector in selectors.split(","):
                    if found := _SELECTOR.fullmatch(selector.strip()):
                        yield (found[1] or "").lower(), found[2], found[3]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet, but of rules for printing and the like."""
    outside: list[str] = []  # what stands before each brace that is open
    said = ""
    for part in _BRACE.split(_without_comments(sheet)):
        if part == "{":
            outside.append(said.rpartition(";")[2].strip())
        elif part == "}":
            if len(outside) == 1:
                yield outside[0], said
            if outside:
                outside.pop()
            said = ""
        else:
            said = part


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
