import threading

import pytest

from qa.errors import LimitError
from qa.server.queue import WorkQueue


def test_only_the_first_run_and_the_rest_learn_how_many_are_ahead():
    queue = WorkQueue("questions", concurrency=2, max_waiting=2)
    with queue.entry() as one, queue.entry() as two, queue.entry() as three, queue.entry() as four:
        assert [wait(0) for wait in (one, two, three, four)] == [0, 0, 1, 2]


def test_whoever_leaves_lets_the_next_one_start_even_after_an_error():
    queue = WorkQueue("questions", concurrency=1, max_waiting=2)
    with queue.entry() as first:
        with queue.entry() as second:
            with pytest.raises(ZeroDivisionError), queue.entry():
                raise ZeroDivisionError
            assert (first(0), second(0)) == (0, 1)
        with queue.entry() as third:
            assert third(0) == 1
    with queue.entry() as fourth:
        assert fourth(0) == 0


def test_a_full_line_takes_nobody_and_says_so():
    queue = WorkQueue("questions", concurrency=1, max_waiting=1)
    with (
        queue.entry(),
        queue.entry(),
        pytest.raises(LimitError, match=r"full: 2 questions .* try again in a few seconds"),
        queue.entry(),
    ):
        pass


def test_a_waiting_entry_is_woken_when_it_may_start():
    queue = WorkQueue("questions", concurrency=1, max_waiting=1)
    waiting, woken = threading.Event(), []

    def wait():
        with queue.entry() as position:
            waiting.set()
            woken.append(position(60))

    with queue.entry():
        thread = threading.Thread(target=wait)
        thread.start()
        waiting.wait()
    thread.join(10)
    assert woken == [0]
