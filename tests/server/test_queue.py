import threading

import pytest

from qa.errors import LimitError
from qa.server.queue import Line


def test_so_many_are_answered_at_once_and_the_rest_learn_how_many_come_before():
    line = Line("questions", at_once=2, waiting=2)
    with line.place() as one, line.place() as two, line.place() as three, line.place() as four:
        assert [before(0) for before in (one, two, three, four)] == [0, 0, 1, 2]


def test_who_leaves_lets_the_next_one_on_whether_answered_or_not():
    line = Line("questions", at_once=1, waiting=2)
    with line.place() as first:
        with line.place() as second:
            with pytest.raises(ZeroDivisionError), line.place():
                raise ZeroDivisionError
            assert (first(0), second(0)) == (0, 1)
        with line.place() as third:
            assert third(0) == 1
    with line.place() as fourth:
        assert fourth(0) == 0


def test_a_full_line_takes_nobody_and_says_so():
    line = Line("questions", at_once=1, waiting=1)
    with (
        line.place(),
        line.place(),
        pytest.raises(LimitError, match=r"^2 questions .* try again in a few seconds"),
        line.place(),
    ):
        pass


def test_who_waits_is_woken_when_the_turn_comes():
    line = Line("questions", at_once=1, waiting=1)
    waits, woken = threading.Event(), []

    def wait():
        with line.place() as before:
            waits.set()
            woken.append(before(60))

    with line.place():
        thread = threading.Thread(target=wait)
        thread.start()
        waits.wait()
    thread.join(10)
    assert woken == [0]
