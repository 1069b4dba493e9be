"""The amounts of a sentence, what they count, and which may be true together."""

from decimal import Decimal

import pytest

from qa.checking.amounts import Amount, amounts
from qa.parsing.parser import bundled_parser


def found(text: str) -> list[Amount]:
    return [*amounts(bundled_parser().parse([text])[0])]


@pytest.mark.parametrize(
    "text, said, value, unit, bound",
    [
        ("At least 19 civilians died.", "At least 19", 19, "", "floor"),
        ("Nearly 7,000 families fled.", "Nearly 7,000", 7000, "", "about"),
        ("It raised up to €2.4m for the hall.", "up to €2.4", 2_400_000, "€", "ceiling"),
        ("Growth of 1.4 per cent is expected.", "1.4 per cent", Decimal("1.4"), "%", "exact"),
        ("Turnout was 48% in the town.", "48", 48, "%", "exact"),
        ("The ban will last six weeks.", "six weeks", 6, "week", "exact"),
        ("A fifth man was taken to hospital.", "fifth", 5, "", "floor"),
        ("Twelve or more boats sank.", "Twelve", 12, "", "floor"),
    ],
)
def test_an_amount_is_told_with_its_unit_and_bound(text, said, value, unit, bound):
    [one] = found(text)
    assert text[one.start : one.end].startswith(said)
    assert (one.value, one.unit, one.bound) == (value, unit, bound)


@pytest.mark.parametrize(
    "text", ["It closed in 2019.", "It opens on 3 May.", "A fifth of it burnt.", "Nobody came."]
)
def test_years_days_and_parts_are_no_amounts(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "one, other, same, fits",
    [
        ("At least 19 people died.", "The storm killed 23 civilians.", True, True),
        ("The storm killed 23 civilians.", "The storm killed 19 civilians.", True, False),
        ("Some 8,400 runners came.", "Police counted 8,112 runners.", True, True),
        ("Up to 40 boats sank.", "In all 52 boats sank.", True, False),
        ("Nine bridges fell.", "Nine boats sank.", False, True),
        ("It cost £9m.", "It cost €9m.", False, True),
    ],
)
def test_what_counts_the_same_and_what_may_both_be_true(one, other, same, fits):
    [first], [second] = found(one), found(other)
    assert first.counts_the_same(second) is second.counts_the_same(first) is same
    assert first.allows(second) is second.allows(first) is fits
