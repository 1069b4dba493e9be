import pytest

from qa import Article, Assistant, Settings
from qa.errors import SourceError, UsageError
from qa.server.identity import HERE
from qa.server.quota import Quota
from qa.server.rate_limit import RateLimit
from qa.server.sessions import KEPT_DAYS, Sessions
from qa.server.visitor_articles import MAX_OWN, Selection, VisitorArticles

SHIPPED = "syria-offensive"
LATER = (KEPT_DAYS + 1) * 24 * 3600


@pytest.fixture
def made(word_lengths):
    """Makes the visitors' articles and sessions of an assistant with these settings."""

    def make(**settings):
        assistant = Assistant(Settings(chroma=":memory:", **settings), embedder=word_lengths)
        sessions = Sessions(assistant)
        return VisitorArticles(assistant, sessions, Quota(assistant, RateLimit(0))), sessions

    return make


@pytest.fixture
def articles(made):
    return made()[0]


@pytest.fixture
def visitor(articles):
    return articles._sessions.open_tab(None, "tab")


def article(n: int) -> Article:
    return Article.from_text(f"Number {n} was built.", title=f"T{n}")


def test_what_a_visitor_adds_is_seen_by_that_visitor_alone(made):
    articles, sessions = made()
    one, two = sessions.open_tab(None, "tab 1"), sessions.open_tab(None, "tab 2")
    for visitor in (one, two):  # the same text, and neither touches the other's
        articles.add(article(1), visitor)
    assert articles.own(one) == articles.own(two) == {article(1).id}
    articles.remove(article(1).id, one)
    assert set(articles.visible(one)) == {SHIPPED}
    assert set(articles.visible(two)) == {SHIPPED, article(1).id}


def test_shared_articles_are_seen_by_everyone_and_stay(made):
    articles, sessions = made(shared=True)
    articles.add(article(1), sessions.open_tab(None, "tab 1"))
    sessions.close_tab("tab 1")
    sessions.expire(LATER)
    assert article(1).id in articles.visible(sessions.open_tab(None, "tab 2"))


def test_whoever_uses_the_page_on_its_machine_adds_to_the_machines_own_articles(made):
    articles, sessions = made()
    here = sessions.open_tab(None, "tab", HERE)
    for n in range(MAX_OWN + 1):
        articles.add(article(n), here)
    assert articles._assistant.owned() == {None: tuple(sorted(article(n).id for n in range(21)))}
    assert f"You have added {MAX_OWN + 1} articles. What you add stays" in articles.room(here)
    sessions.close_tab("tab")
    sessions.expire(100 * LATER)
    assert len(articles.own(here)) == MAX_OWN + 1


def test_a_visitor_is_told_how_many_articles_there_is_room_for_and_how_long_they_stay(made):
    articles, sessions = made()
    visitor, user = sessions.open_tab(None, "tab 1"), sessions.open_tab(None, "tab 2", "user-ann")
    articles.add(article(1), visitor)
    room = articles.room(visitor)
    assert "You have added 1 of at most 20 articles." in room
    assert "until 7 days after your last visit from this browser" in room
    assert "0 of at most 200 articles" in articles.room(user)
    assert "until you remove it" in articles.room(user)
    assert "Everybody sees what you add" in made(shared=True)[0].room(visitor)
    assert made(add=False)[0].room(visitor) == ""


def test_only_ones_own_articles_are_renamed_and_keep_their_text(articles, visitor):
    articles.add(article(1), visitor)
    articles.rename(article(1).id, " A better \n title ", visitor)
    renamed = articles.visible(visitor)[article(1).id]
    assert (renamed.title, renamed.text) == ("A better title", article(1).text)
    for bad, sentence in [("", "type one"), ("x" * 10_000, "10,000 characters; shorten")]:
        with pytest.raises(UsageError, match=sentence):
            articles.rename(article(1).id, bad, visitor)
    with pytest.raises(UsageError, match="only articles that you added"):
        articles.rename(SHIPPED, "Mine", visitor)


def test_nothing_is_added_once_the_session_has_ended(made):
    articles, sessions = made()
    visitor = sessions.open_tab(None, "tab")
    sessions.close_tab("tab")
    sessions.expire(LATER)
    with pytest.raises(SourceError, match="reload the page"):
        articles.add(article(1), visitor)


def test_a_visitor_can_remove_only_what_they_added(articles, visitor):
    with pytest.raises(UsageError, match="only articles that you added"):
        articles.remove(SHIPPED, visitor)


def test_a_visitor_can_have_only_so_many_articles(articles, visitor):
    for n in range(MAX_OWN):
        articles.add(article(n), visitor)
    with pytest.raises(SourceError, match="remove one first"):
        articles.add(article(MAX_OWN), visitor)


def test_the_first_article_of_ones_own_replaces_the_shipped_one_in_the_selection(articles, visitor):
    first, second = article(1), article(2)
    articles.add(first, visitor)
    selection = articles.select_added(Selection(), {first.id: first}, visitor)
    assert selection.ids(articles.visible(visitor)) == [first.id]
    selection = Selection()  # the visitor selects the shipped one again
    articles.add(second, visitor)
    selection = articles.select_added(selection, {second.id: second}, visitor)
    assert selection.ids(articles.visible(visitor)) is None


def test_excluding_every_article_is_an_error(articles, visitor):
    visible = articles.visible(visitor)
    with pytest.raises(UsageError, match="select one"):
        Selection(frozenset(visible)).ids(visible)
