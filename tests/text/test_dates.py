from datetime import date

import pytest

from qa.text.dates import day_of, readable, spoken_day


@pytest.mark.parametrize(
    "words, day",
    [
        ("Monday", date(2024, 3, 4)),
        ("Saturday", date(2024, 3, 9)),
        ("last Sunday", date(2024, 3, 3)),
        ("3 Feb", date(2024, 2, 3)),
        ("the 3rd of December", date(2023, 12, 3)),
        ("March 9, 2022", date(2022, 3, 9)),
        ("2021-01-31", date(2021, 1, 31)),
        ("yesterday", date(2024, 3, 8)),
        ("30 February", None),
        ("some day", None),
    ],
)
def test_a_day_in_words_is_the_last_such_day(words, day):
    assert spoken_day(words, date(2024, 3, 9)) == day


def test_dates_that_are_none_are_left_as_they_are():
    assert (readable("spring 2024"), day_of("spring 2024"), day_of(None)) == (
        "spring 2024",
        None,
        None,
    )
    assert readable("2024-03-09") == "9 March 2024"
