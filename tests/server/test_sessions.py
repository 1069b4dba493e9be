import time

import pytest

from qa import Article, Assistant, Settings
from qa.server.sessions import GRACE, MAX_AGE, Sessions


@pytest.fixture
def assistant(word_lengths):
    return Assistant(Settings(chroma=":memory:", corpus=None), embedder=word_lengths)


@pytest.fixture
def sessions(assistant):
    return Sessions(assistant)


def article(n: int) -> Article:
    return Article.from_text(f"Number {n} was built.", title=f"T{n}")


def test_an_id_that_the_browser_kept_is_valid_in_another_tab(sessions):
    visitor = sessions.open_tab(None, "tab 1")
    assert sessions.open_tab(visitor, "tab 2") == visitor
    assert sessions.open_tab(None, "tab 3") != visitor


def test_an_id_that_was_not_issued_here_is_replaced(sessions):
    for forged in ("", "visitor-1-x", None, 7, ["x"], {"a": 1}):
        assert sessions.open_tab(forged, "tab") != forged


def test_articles_go_when_the_last_tab_has_been_closed_for_a_while(sessions, assistant):
    visitor = sessions.open_tab(None, "tab 1")
    sessions.open_tab(visitor, "tab 2")
    assistant.add(article(1), visitor)
    sessions.close_tab("tab 1")
    sessions.expire(GRACE + 1)
    assert sessions.is_active(visitor)
    sessions.close_tab("tab 2")
    sessions.expire(GRACE / 2)  # a reload
    assert assistant.owned() == {visitor: (article(1).id,)}
    sessions.expire(GRACE + 1)
    assert assistant.owned() == {}
    assert not sessions.is_active(visitor)


def test_articles_go_after_a_day_even_of_a_process_that_is_gone(sessions, assistant):
    assistant.add(article(1), f"visitor-{int(time.time())}-of-another-process")
    assistant.add(article(2))
    sessions.expire(MAX_AGE - 10)
    assert len(assistant.owned()) == 2
    sessions.expire(MAX_AGE + 10)
    assert assistant.owned() == {None: (article(2).id,)}


def test_a_clock_that_is_set_back_ends_no_session_and_keeps_nothing_for_ever(
    sessions, assistant, monkeypatch
):
    staying, leaving = sessions.open_tab(None, "tab 1"), sessions.open_tab(None, "tab 2")
    assistant.add(article(1), staying)
    assistant.add(article(2), leaving)
    assistant.add(article(3), f"visitor-{int(time.time())}-of-another-process")
    a_year_ago = time.time() - 365 * MAX_AGE
    monkeypatch.setattr(time, "time", lambda: a_year_ago)
    sessions.close_tab("tab 2")
    sessions.expire(GRACE / 2)
    assert set(assistant.owned()) == {staying, leaving}
    sessions.expire(GRACE + 1)
    assert set(assistant.owned()) == {staying}
    sessions.expire(MAX_AGE + 1)
    assert assistant.owned() == {}
