import time

import pytest

from qa import Article, Assistant, Settings
from qa.errors import SourceError, UnknownArticleError, UsageError
from qa.server import api_articles
from qa.server.api_articles import MAX_ADDED, OWNER, ApiArticles
from qa.server.quota import Quota
from qa.server.rate_limit import Caller, RateLimit
from qa.server.schemas import Add, AddFeed
from qa.server.sessions import MAX_AGE, Sessions
from qa.server.visitor_articles import VisitorArticles
from qa.sources import Reading

HARBOUR = Add(
    title="Harbour", text="The harbour of Port Ellery was closed on Friday after a storm."
)
SHIPPED = "syria-offensive"
CALLER = Caller("api", "192.0.2.1")


@pytest.fixture
def made(word_lengths):
    """Makes an assistant with these settings, its sessions, and its articles for API callers."""

    def make(**settings):
        assistant = Assistant(Settings(chroma=":memory:", **settings), embedder=word_lengths)
        sessions = Sessions(assistant)
        articles = ApiArticles(assistant, sessions, Quota(assistant, RateLimit(0)))
        return assistant, sessions, articles

    return make


def test_an_added_article_is_asked_by_who_names_its_id(made):
    assistant, _, articles = made()
    one, two = articles.add(HARBOUR, CALLER)["id"], articles.add(HARBOUR, CALLER)["id"]
    assert one != two  # the same text of two callers
    for ids in ([one], [one, two], [one, SHIPPED]):
        answer = assistant.ask("When was the harbour closed?", (), ids, articles.owner(ids))
        assert answer.citations[0].article_id in (one, two)


def test_who_names_no_id_sees_nothing_that_was_added(made):
    assistant, sessions, articles = made()
    articles.add(HARBOUR, CALLER)
    assert articles.owner(None) is articles.owner([SHIPPED]) is None
    assert assistant.ask("When was the harbour closed?").abstained
    visitor = sessions.open_tab(None, "tab")
    assert set(
        VisitorArticles(assistant, sessions, Quota(assistant, RateLimit(0))).visible(visitor)
    ) == {SHIPPED}


def test_no_error_tells_an_id_to_who_does_not_have_it(made):
    _, _, articles = made()
    mine, other = articles.add(HARBOUR, CALLER)["id"], articles.add(HARBOUR, CALLER)["id"]
    for call in (articles.owner, articles.remove):
        with pytest.raises(UnknownArticleError) as caught:
            ids = f"{other[:-1]}~"
            call([mine, ids] if call == articles.owner else ids)
        assert other not in str(caught.value)


def test_what_others_added_cannot_be_removed_or_asked(made):
    assistant, sessions, articles = made()
    visitor = sessions.open_tab(None, "tab")
    own_articles = VisitorArticles(assistant, sessions, Quota(assistant, RateLimit(0)))
    own = articles.add(HARBOUR, CALLER)["id"]
    article = assistant.list(OWNER)[0]
    own_articles.add(article, visitor)
    articles.remove(own)
    with pytest.raises(UnknownArticleError):
        articles.remove(own)
    with pytest.raises(UnknownArticleError):
        articles.owner([own])
    with pytest.raises(UnknownArticleError):
        articles.remove(SHIPPED)
    assert own_articles.own(visitor) == {article.id}


def test_an_added_article_goes_after_a_day(made):
    assistant, sessions, articles = made()
    added = articles.add(HARBOUR, CALLER)
    assert added["expires"] == pytest.approx(time.time() + MAX_AGE, abs=60)
    sessions.expire(MAX_AGE - 60)
    assert assistant.owned() == {OWNER: (added["id"],)}
    sessions.expire(MAX_AGE + 60)
    assert assistant.owned() == {}


def test_what_everybody_can_ask_is_not_added_again_and_other_callers_are_not_betrayed(made):
    _, _, articles = made(shared=True)
    first, again = articles.add(HARBOUR, CALLER), articles.add(HARBOUR, CALLER)
    assert first["added"] and not again["added"] and first["id"] == again["id"]
    _, _, articles = made()
    first, again = articles.add(HARBOUR, CALLER), articles.add(HARBOUR, CALLER)
    assert first["added"] and again["added"] and first["id"] != again["id"]


def test_only_so_many_are_held(made, monkeypatch):
    monkeypatch.setattr("qa.server.api_articles.MAX_ADDED", 1)
    _, _, articles = made()
    articles.add(HARBOUR, CALLER)
    with pytest.raises(SourceError, match="try again"):
        articles.add(HARBOUR, CALLER)
    assert MAX_ADDED == 100


def test_where_articles_are_shared_what_is_added_is_everybodys_and_stays(made):
    assistant, sessions, articles = made(shared=True)
    added = articles.add(HARBOUR, CALLER)
    assert added["expires"] is None
    assert articles.owner([added["id"]]) is None
    sessions.expire(MAX_AGE + 60)
    assert {article.id for article in assistant.list()} == {SHIPPED, added["id"]}
    articles.remove(added["id"])


def test_where_adding_is_off_nothing_is_added_on_the_page_or_outside(made):
    assistant, sessions, articles = made(add=False)
    for call in (lambda: articles.add(HARBOUR, CALLER), lambda: articles.remove("x")):
        with pytest.raises(UsageError, match="switched off"):
            call()
    with pytest.raises(SourceError, match="switched off"):
        own_articles = VisitorArticles(assistant, sessions, Quota(assistant, RateLimit(0)))
        own_articles.add(assistant.list()[0], sessions.open_tab(None, "tab"))


def test_what_is_not_an_article_is_rejected(made):
    _, _, articles = made()
    for call, sentence in [
        (Add(text="word"), "has no more than a word"),
        (Add(title="A title", text="word"), "The text has no more than a word"),
        (Add(title=" ", text="It was closed."), "has no title; give it one"),
        (Add(url="file:///etc/passwd"), "http"),
        (Add(url="http://127.0.0.1/"), "127.0.0.1"),
    ]:
        with pytest.raises(SourceError, match=sentence):
            articles.add(call, CALLER)


def test_a_feeds_articles_are_added_one_by_one_and_what_fails_is_told(made, monkeypatch):
    assistant, _, articles = made()
    asked = {}

    def read(url, known):
        asked.update(url=url, known=known)
        for number, text in ((1, "It was closed on Friday."), (3, "It was opened on Monday.")):
            article = Article.from_text(text, title="Harbour", url=f"https://d.test/{number}")
            yield Reading(article.url, number, 3, article, note="There is more." * (number == 3))
            if number == 1:
                yield Reading("https://d.test/2", 2, 3, problem="It is gone.")

    monkeypatch.setattr(api_articles, "read_each", read)
    call = AddFeed(url="https://d.test/feed", known=["https://d.test/0"])
    first, second, third = articles.add_each(call, CALLER)
    assert asked == {"url": call.url, "known": {"https://d.test/0"}}
    assert (first["number"], first["of"], first["article"]["title"]) == (1, 3, "Harbour")
    assert second == {"source": "https://d.test/2", "number": 2, "of": 3, "problem": "It is gone."}
    assert third["note"] == "There is more." and third["article"]["added"]
    added = {a.url for a in assistant.list(OWNER) if a.url}
    assert added == {"https://d.test/1", "https://d.test/3"}


def test_a_feed_ends_with_a_sentence_where_there_is_no_more_place(made, monkeypatch):
    _, _, articles = made()
    texts = [Article.from_text(f"It was closed {n} times.", title="H") for n in range(3)]
    readings = [Reading(f"https://d.test/{n}", n + 1, 3, a) for n, a in enumerate(texts)]
    monkeypatch.setattr(api_articles, "read_each", lambda url, known: iter(readings))
    monkeypatch.setattr(api_articles, "MAX_ADDED", 1)
    first, last = articles.add_each(AddFeed(url="https://d.test/feed"), CALLER)
    assert first["article"]["added"]
    assert last["problem"] == (
        "There are already 1 added articles, the most allowed; try again in an hour."
    )
