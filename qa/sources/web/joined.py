"""Blocks that a page shows apart though they say one thing -> one block."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.sources.web.blocks import Block

LIVE = 3  # hours that stand alone make a page one of posts
_HOUR = re.compile(
    r"(?:\w+ \d{1,2}, |\d{1,2} \w+,? )?\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\.?)?(?:,?\s+[A-Z]{2,4})?"
    r"(?:\s+\(\d{1,2}[:.]\d\d\s+\w{2,4}\))?",
    re.I,
)


def joined(blocks: Sequence[Block]) -> list[Block]:
    """A term with what is said of it, a quotation with its speaker, a post's hour and heading.

    `Built`, `1958` -> `Built: 1958`; `We were sold,`, `said Orr` -> `We were sold, said Orr`;
    `18:42`, `The leader resigns` -> `18:42 The leader resigns`.
    """
    shown: list[Block] = []
    live = sum(map(is_hour, blocks)) >= LIVE
    for at, block in enumerate(blocks):
        last = shown[-1] if shown else None
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if last is None:
            shown.append(block)
        elif _is_definition(last, block, after):
            shown[-1] = _one(last, ": ", block)
        elif last.text.endswith(",") and _names_speaker(block):
            shown[-1] = _one(last, " ", block)
        elif live and is_hour(last) and block.heading:
            shown[-1] = replace(block, text=f"{last.text} {block.text}")
        elif live and is_hour(block) and _heads_post(last) and not (after and after.heading):
            shown[-1] = replace(last, text=f"{block.text} {last.text}")
        else:
            shown.append(block)
    return shown


def is_hour(block: Block) -> bool:
    """Whether a block says no more than at what time of the day."""
    text = block.text
    return len(text) <= 40 and (":" in text or "m" in text.lower()) and bool(_HOUR.fullmatch(text))


def _heads_post(block: Block) -> bool:
    """Whether it is a heading, but that of the whole page."""
    return block.heading and block.ancestor({"h1"}) is None


def _is_definition(term: Block, said: Block, after: Block | None) -> bool:
    return (
        term.element.tag == "dt"
        and said.element.tag == "dd"
        and (after is None or after.element.tag != "dd")
        and not term.text.endswith((".", "?", "!"))
    )


def _names_speaker(block: Block) -> bool:
    return block.ancestor({"blockquote", "figure", "q"}) is not None and (
        block.element.tag in ("footer", "figcaption", "cite", "blockquote", "figure", "p", "div")
    )


def _one(first: Block, joint: str, second: Block) -> Block:
    text = first.text.removesuffix(":") + joint + second.text if joint == ": " else None
    return replace(
        first,
        text=text or first.text + joint + second.text,
        linked=first.linked + second.linked,
    )
