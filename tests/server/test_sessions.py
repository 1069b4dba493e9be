import time

import pytest

from qa import Article, Assistant, Settings
from qa.answer import Answer
from qa.kept.conversation import Exchange
from qa.kept.database import Database
from qa.server.identity import HERE
from qa.server.sessions import KEPT_DAYS, MAX_AGE, STRAY_AGE, Sessions

DAY = 24 * 3600
KEPT = KEPT_DAYS * DAY
ASKED = (Exchange("Why?", Answer("answer", "Why?", "Why?")),)


@pytest.fixture
def assistant(word_lengths):
    return Assistant(Settings(chroma=":memory:", corpus=None), embedder=word_lengths)


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "kept.sqlite3")


@pytest.fixture
def sessions(assistant, database):
    return Sessions(assistant, database)


def article(n: int) -> Article:
    return Article.from_text(f"Number {n} was built.", title=f"T{n}")


def test_an_id_that_the_browser_kept_is_valid_in_another_tab_and_after_a_restart(
    sessions, assistant, database
):
    visitor = sessions.open_tab(None, "tab 1")
    assert sessions.open_tab(visitor, "tab 2") == visitor
    assert sessions.open_tab(None, "tab 3") != visitor
    assert Sessions(assistant, database).open_tab(visitor, "tab 4") == visitor


def test_an_id_that_was_not_issued_here_is_replaced(sessions):
    sessions.open_tab(None, "tab", HERE)
    for forged in ("", "visitor-1-x", None, 7, ["x"], {"a": 1}, HERE, "user-ann", "outside"):
        assert sessions.open_tab(forged, "tab").startswith("visitor-")
        assert sessions.open_tab(forged, "tab") != forged


def test_what_is_a_visitors_goes_a_while_after_the_last_visit(sessions, assistant):
    visitor = sessions.open_tab(None, "tab")
    assistant.add(article(1), visitor)
    kept = sessions.conversations.save(visitor, "", ASKED)
    sessions.expire(KEPT + DAY)  # the tab is open
    sessions.close_tab("tab")
    sessions.expire(KEPT - 60)
    assert assistant.owned() == {visitor: (article(1).id,)}
    assert sessions.conversations.open(visitor, kept) == ASKED
    sessions.expire(2 * KEPT + 2 * DAY)
    assert assistant.owned() == {}
    assert sessions.conversations.listed(visitor) == []
    assert not sessions.is_active(visitor)


def test_a_visit_extends_the_time(sessions, assistant, database, monkeypatch):
    visitor, begun = sessions.open_tab(None, "tab"), time.time()
    sessions.close_tab("tab")
    assistant.add(article(1), visitor)
    for visit in (1, 2, 3):
        monkeypatch.setattr(time, "time", lambda visit=visit: begun + visit * (KEPT - DAY))
        restarted = Sessions(assistant, database)
        restarted.expire()
        assert restarted.open_tab(visitor, "tab") == visitor
        restarted.close_tab("tab")
    assert assistant.owned() == {visitor: (article(1).id,)}


def test_what_belongs_to_this_machine_or_a_user_stays(sessions, assistant):
    for name in (HERE, "user-ann"):
        assert sessions.open_tab(None, name, name) == name
        sessions.conversations.save(name, "", ASKED)
        sessions.close_tab(name)
    assistant.add(article(1), "user-ann")
    sessions.expire(2 * STRAY_AGE)
    assert assistant.owned() == {"user-ann": (article(1).id,)}
    assert len(sessions.conversations.listed(HERE)) == 1


def test_articles_of_the_api_go_after_a_day_and_those_that_nobody_knows_after_months(
    sessions, assistant
):
    now = int(time.time())
    added = Article(f"added-{now}-x", "T", "It was built.", "", None)
    assistant.add(added, "outside")
    assistant.add(article(1), f"visitor-{now}-of-another-process")
    assistant.add(article(2))
    sessions.expire(MAX_AGE - 10)
    assert len(assistant.owned()) == 3
    sessions.expire(MAX_AGE + 10)
    assert len(assistant.owned()) == 2
    sessions.expire(STRAY_AGE - 10)
    assert len(assistant.owned()) == 2
    sessions.expire(STRAY_AGE + 10)
    assert assistant.owned() == {None: (article(2).id,)}


def test_a_clock_that_is_set_back_deletes_nothing_at_once_and_keeps_nothing_for_ever(
    sessions, assistant, monkeypatch
):
    visitor = sessions.open_tab(None, "tab")
    assistant.add(article(1), visitor)
    a_year_ago = time.time() - 365 * DAY
    sessions.close_tab("tab")
    monkeypatch.setattr(time, "time", lambda: a_year_ago)
    sessions.expire()
    assert set(assistant.owned()) == {visitor}
    sessions.expire(KEPT + DAY)
    assert assistant.owned() == {}


def test_where_nothing_can_be_kept_a_visitor_is_known_until_the_server_ends(assistant, tmp_path):
    (tmp_path / "kept.sqlite3").mkdir()
    sessions = Sessions(assistant, Database(tmp_path / "kept.sqlite3"))
    visitor = sessions.open_tab(None, "tab 1")
    assert sessions.open_tab(visitor, "tab 2") == visitor
    sessions.close_tab("tab 1")
    assert sessions.is_active(visitor)
