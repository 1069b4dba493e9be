import pytest

from qa.errors import LimitError
from qa.server.rate_limit import MOST, OFFICE, Caller, Rate

ONE, TWO = Caller("api", "192.0.2.1"), Caller("mcp", "192.0.2.2")


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def taken(rate, *callers):
    """How many of them are let pass, one after the other."""
    passed = 0
    for caller in callers:
        try:
            rate.spend(caller)
        except LimitError:
            continue
        passed += 1
    return passed


def test_each_caller_may_send_so_many_a_minute_and_no_other_loses_by_it(clock):
    rate = Rate(30, clock)
    assert taken(rate, *[ONE] * 40) == 30
    assert taken(rate, *[TWO] * 40) == 30
    clock.now += 30
    assert taken(rate, *[ONE] * 40) == 15


def test_the_sentence_says_when_to_try_again_and_then_it_passes(clock):
    rate = Rate(20, clock)
    taken(rate, *[ONE] * 20)
    clock.now += 0.5
    with pytest.raises(LimitError, match=r"more than 20 .* try again in 3 seconds\.$"):
        rate.spend(ONE)
    clock.now += 2.5
    assert taken(rate, ONE, ONE) == 1
    clock.now += 2
    with pytest.raises(LimitError, match="in 1 second"):
        rate.spend(ONE)


def test_visitors_behind_one_address_have_each_their_own_rate_up_to_an_office_full(clock):
    rate = Rate(2, clock)
    visitors = [Caller("page", "192.0.2.1", f"visitor {n}") for n in range(OFFICE + 5)]
    assert taken(rate, *visitors[:OFFICE] * 3) == 2 * OFFICE
    assert taken(rate, *visitors[OFFICE:]) == 0
    assert taken(rate, ONE, ONE, ONE) == 2


def test_nought_is_no_limit(clock):
    assert taken(Rate(0, clock), *[ONE] * 1000) == 1000


def test_the_names_that_are_counted_are_bounded(clock):
    rate = Rate(1, clock)
    taken(rate, *(Caller("api", str(n)) for n in range(MOST + 10)))
    assert len(rate._full) == MOST
    clock.now += 61
    taken(rate, ONE)
    assert len(rate._full) == 1
