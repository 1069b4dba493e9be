"""What articles say on one point, side by side, and in a line where it is words that differ."""

from dataclasses import replace

from qa.compose.aligned import Point, Told
from qa.compose.base import Numbering, named
from qa.parsing.parser import bundled_parser
from qa.parsing.speakers import speakers
from qa.statement import Statement
from qa.text.dates import day_of, readable

_DAYS = ("", "a day", "two days", "three days", "four days", "five days", "six days", "a week")
LONGEST = 80  # characters that differ, up to which a line tells them


def beside(point: Point, number: int, numbering: Numbering) -> list[Statement]:
    """The sentences of a point, each below its article, and before them what differs in a line."""
    line = in_a_line(point, numbering)
    shown = [line] if line else []
    told = by_day(point)
    is_one_quote = len({one.text for one in told}) == 1
    for one in told:
        cited = [numbering.cite(t.article, t.sentence) for t in told if t.text == one.text]
        named_as = named(one.article, _speaker(one.text), 0 if is_one_quote else number)
        quote = Statement(one.text, tuple(dict.fromkeys(cited)), point.relation, one.marks, number)
        shown.append(named_as)
        if not is_one_quote:
            shown.append(quote)
    return [*shown, replace(quote, point=0)] if is_one_quote else shown


def in_a_line(point: Point, numbering: Numbering) -> Statement | None:
    """`“At least 19” (The Post, 3 May 2024); three days later, “23” (…); both can be true.`"""
    ordered = by_day(point)
    length = sum(end - start for told in ordered for start, end in told.marks)
    if point.relation != "differs" or not all(t.marks for t in ordered) or length > LONGEST:
        return None
    cited = tuple(numbering.cite(t.article, t.sentence) for t in ordered)
    said = [_said(one, before) for one, before in zip(ordered, (None, *ordered), strict=False)]
    fits = "both can be true" if len(ordered) == 2 else "all of it can be true"
    return Statement("; ".join([*said, *([fits] if point.fits else [])]) + ".", cited, "compared")


def by_day(point: Point) -> list[Told]:
    """What is told, the earliest article first."""
    return sorted(point.told, key=lambda t: t.article.updated or t.article.published or "")


def _said(told: Told, before: Told | None) -> str:
    words = "”, “".join(told.text[a:b] for a, b in told.marks)
    day = readable(told.article.updated or told.article.published or "")
    known = ", ".join(filter(None, [told.article.publisher or told.article.source, day]))
    return f"{_later(before, told)}“{words}” ({known or told.article.title})"


def _later(before: Told | None, told: Told) -> str:
    """How much later the second of two articles was published: `three days later, `."""
    first = day_of(before.article.updated or before.article.published) if before else None
    second = day_of(told.article.updated or told.article.published)
    if first is None or second is None or first == second:
        return ""
    days = (second - first).days
    return f"{_DAYS[days] if days < len(_DAYS) else f'{days} days'} later, "


def _speaker(text: str) -> str:
    """Whom a sentence gives as its source, where it names one."""
    [parse] = bundled_parser().parse([text])
    found = [parse.text[a:b] for a, b in speakers(parse)]
    return found[0] if len(found) == 1 and " " in found[0] else ""
