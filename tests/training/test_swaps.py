from random import Random

import pytest

from training.swaps import swapped


@pytest.mark.parametrize(
    ("claim", "false"),
    [
        (
            "The town sent 800 officers and 1,200 soldiers.",
            "The town sent 1,200 officers and 800 soldiers.",
        ),
        ("On Monday two boats saved nine men.", "On Monday nine boats saved two men."),
        ("In the hall Ada Brandt thanked Ole Lund.", "In the hall Ole Lund thanked Ada Brandt."),
        ("It holds at least 40 boats.", "It holds at most 40 boats."),
        ("The price rose again.", "The price fell again."),
    ],
)
def test_two_of_a_sort_are_exchanged_or_the_direction_is_turned(claim, false):
    assert swapped(claim, Random(0)) == false


@pytest.mark.parametrize(
    "claim",
    [
        "The harbour reopened on Monday.",
        "Between May 1990 and June 2001 it stood empty.",  # two years, two months
        "They sent three and four boats.",  # neighbours in a list
        "No more than that was said.",
    ],
)
def test_what_holds_nothing_to_exchange_is_left_out(claim):
    assert swapped(claim, Random(0)) is None
