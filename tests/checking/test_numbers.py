import pytest

from qa.checking.numbers import amounts, in_figures, unfounded


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        ("The Forum won 11 seats, four fewer than in 2018.", "It had held 15 seats after 2018."),
        ("Of 38 pallets, 29 landed.", "More than three-quarters of the pallets landed."),
        ("Only one in nine remained.", "About 11 percent remained."),
        ("Six percent stayed away.", "Ninety-four percent came."),
        ("It stored a fifth of the reserves.", "It stored 20 percent of the reserves."),
        ("The term is four years, the last 18 months suspended.", "It is two and a half years."),
        ("A switch is allowed after 12 months.", "A switch is allowed after a year."),
        ("Costs grew from 1.8 to 2.3 million euros.", "Costs had been 1.8 million euros."),
        ("Costs grew from 1.8 to 2.3 million euros.", "Costs grew by half a million euros."),
        ("The share fell from $1,028 to $822.", "The share fell by more than $200."),
        ("A bag sold for 385 kwacha, up from 230.", "A bag is about two-thirds dearer."),
        ("They got a ten-year ban.", "They were banned for ten years."),
        ("The last find dates from 1951.", "There was no find for some seventy years."),
        ("It costs 160 euros, on the other bank 45.", "It costs more than three times as much."),
        ("Turnout was 71 per cent, nine points more.", "Turnout had been 62 per cent."),
        ("About 340 people waited.", "Several hundred people waited."),
        ("A decade later it closed.", "Ten years later it closed."),
    ],
)
def test_what_follows_from_what_is_told_is_founded(told, claim):
    assert list(unfounded(claim, [told])) == []


@pytest.mark.parametrize(
    ("told", "claim", "number"),
    [
        ("Of 38 pallets, 29 landed.", "About a quarter of the pallets landed in 2011.", "2011"),
        ("Of 38 pallets, 29 landed.", "More than nine tenths of the pallets landed.", "tenths"),
        ("The Forum won 11 seats.", "The Forum won 14 seats.", "14"),
        ("It opened in 2018 with 3 rooms.", "It opened in 2021.", "2021"),
        ("It cost 412 million euros.", "It cost 412 billion euros.", "412000000000"),
        ("Some 40 percent seeps away.", "Some 70 percent seeps away.", "70"),
        ("At least 900 came.", "Nearly 2,000 came.", "2000"),
    ],
)
def test_what_does_not_follow_is_named(told, claim, number):
    (missing,) = unfounded(claim, [told])
    assert number in missing.text


def test_nothing_follows_from_a_table_of_numbers():
    table = " ".join(str(number) for number in range(100, 1000, 20))
    assert [a.text for a in unfounded("It was 40 more.", [table])] == ["40"]


def test_an_ordinal_or_a_time_of_day_is_no_share():
    for text in ("a third attempt", "half past two", "the fifth, however", "a quarter to three"):
        assert not any(a.is_share for a in amounts(text)), text
    assert [a.value for a in amounts("two thirds of 90 towns")] == [pytest.approx(66.67, 0.01), 90]


def test_numbers_are_written_in_figures():
    assert in_figures("Nineteen of 1.5 million in the U.S.") == "19 of 1500000 in the US"
