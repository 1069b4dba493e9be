import pytest

from qa.errors import LimitError
from qa.server.identity import HERE
from qa.server.rate_limit import MAX_CALLERS, VISITORS_PER_ADDRESS, Caller, RateLimit

ONE, TWO = Caller("api", "192.0.2.1"), Caller("mcp", "192.0.2.2")


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def accepted(rate, *callers):
    """How many of these calls are accepted, one after the other."""
    count = 0
    for caller in callers:
        try:
            rate.spend(caller)
        except LimitError:
            continue
        count += 1
    return count


def test_each_caller_may_send_so_many_a_minute_and_no_other_loses_by_it(clock):
    rate = RateLimit(30, clock)
    assert accepted(rate, *[ONE] * 40) == 30
    assert accepted(rate, *[TWO] * 40) == 30
    clock.now += 30
    assert accepted(rate, *[ONE] * 40) == 15


def test_the_sentence_says_when_to_try_again_and_then_it_passes(clock):
    rate = RateLimit(20, clock)
    accepted(rate, *[ONE] * 20)
    clock.now += 0.5
    with pytest.raises(LimitError, match=r"At most 20 .* try again in 3 seconds\.$"):
        rate.spend(ONE)
    clock.now += 2.5
    assert accepted(rate, ONE, ONE) == 1
    clock.now += 2
    with pytest.raises(LimitError, match="in 1 second"):
        rate.spend(ONE)


def test_visitors_behind_one_address_have_each_their_own_rate_up_to_an_office_full(clock):
    rate = RateLimit(2, clock)
    visitors = [
        Caller("page", "192.0.2.1", f"visitor {n}") for n in range(VISITORS_PER_ADDRESS + 5)
    ]
    assert accepted(rate, *visitors[:VISITORS_PER_ADDRESS] * 3) == 2 * VISITORS_PER_ADDRESS
    assert accepted(rate, *visitors[VISITORS_PER_ADDRESS:]) == 0
    assert accepted(rate, ONE, ONE, ONE) == 2


def test_zero_means_no_limit(clock):
    assert accepted(RateLimit(0, clock), *[ONE] * 1000) == 1000


def test_the_callers_that_are_tracked_are_bounded(clock):
    rate = RateLimit(1, clock)
    accepted(rate, *(Caller("api", str(n)) for n in range(MAX_CALLERS + 10)))
    assert len(rate._full_at) == MAX_CALLERS
    clock.now += 61
    accepted(rate, ONE)
    assert len(rate._full_at) == 1


def test_whoever_uses_the_page_on_its_machine_waits_for_nobody(clock):
    here = Caller("page", "127.0.0.1", HERE)
    assert accepted(RateLimit(2, clock), *[here] * 9) == 9
