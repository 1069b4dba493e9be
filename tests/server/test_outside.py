import sys
import time

import pytest

from qa import Article, Assistant, Settings
from qa.errors import SourceError, UnknownArticleError, UsageError
from qa.server.outside import MAX_ADDED, OWNER, Outside
from qa.server.quota import Stock
from qa.server.rate_limit import Caller, Rate
from qa.server.schemas import Add, AddFeed
from qa.server.sessions import LIMIT, Visitors
from qa.server.shelf import Shelf
from qa.sources import Reading

HARBOUR = Add(
    title="Harbour", text="The harbour of Port Ellery was closed on Friday after a storm."
)
SHIPPED = "syria-offensive"
CALLER = Caller("api", "192.0.2.1")


@pytest.fixture
def made(embedder):
    """Makes an assistant with these settings, its visitors, and what is outside its page."""

    def make(**settings):
        assistant = Assistant(Settings(chroma=":memory:", **settings), embedder=embedder)
        visitors = Visitors(assistant)
        outside = Outside(assistant, visitors, Stock(assistant, Rate(0)))
        return assistant, visitors, outside

    return make


def test_an_added_article_is_asked_by_who_names_its_id(made):
    assistant, _, outside = made()
    one, two = outside.add(HARBOUR, CALLER)["id"], outside.add(HARBOUR, CALLER)["id"]
    assert one != two  # the same text of two callers
    for ids in ([one], [one, two], [one, SHIPPED]):
        answer = assistant.ask("When was the harbour closed?", (), ids, outside.owner(ids))
        assert answer.citations[0].article_id in (one, two)


def test_who_names_no_id_sees_nothing_that_was_added(made):
    assistant, visitors, outside = made()
    outside.add(HARBOUR, CALLER)
    assert outside.owner(None) is outside.owner([SHIPPED]) is None
    assert assistant.ask("When was the harbour closed?").abstained
    visitor = visitors.welcome(None, "tab")
    assert set(Shelf(assistant, visitors, Stock(assistant, Rate(0))).articles(visitor)) == {SHIPPED}


def test_no_error_tells_an_id_to_who_does_not_have_it(made):
    _, _, outside = made()
    mine, other = outside.add(HARBOUR, CALLER)["id"], outside.add(HARBOUR, CALLER)["id"]
    for call in (outside.owner, outside.remove):
        with pytest.raises(UnknownArticleError) as caught:
            ids = f"{other[:-1]}~"
            call([mine, ids] if call == outside.owner else ids)
        assert other not in str(caught.value)


def test_what_others_added_cannot_be_removed_or_asked(made):
    assistant, visitors, outside = made()
    visitor = visitors.welcome(None, "tab")
    shelf = Shelf(assistant, visitors, Stock(assistant, Rate(0)))
    own = outside.add(HARBOUR, CALLER)["id"]
    article = assistant.list(OWNER)[0]
    shelf.add(article, visitor)
    outside.remove(own)
    with pytest.raises(UnknownArticleError):
        outside.remove(own)
    with pytest.raises(UnknownArticleError):
        outside.owner([own])
    with pytest.raises(UnknownArticleError):
        outside.remove(SHIPPED)
    assert shelf.own(visitor) == {article.id}


def test_an_added_article_goes_after_a_day(made):
    assistant, visitors, outside = made()
    added = outside.add(HARBOUR, CALLER)
    assert added["expires"] == pytest.approx(time.time() + LIMIT, abs=60)
    visitors.expire(LIMIT - 60)
    assert assistant.owned() == {OWNER: (added["id"],)}
    visitors.expire(LIMIT + 60)
    assert assistant.owned() == {}


def test_what_everybody_can_ask_is_not_added_again_and_other_callers_are_not_betrayed(made):
    _, _, outside = made(shared=True)
    first, again = outside.add(HARBOUR, CALLER), outside.add(HARBOUR, CALLER)
    assert first["added"] and not again["added"] and first["id"] == again["id"]
    _, _, outside = made()
    first, again = outside.add(HARBOUR, CALLER), outside.add(HARBOUR, CALLER)
    assert first["added"] and again["added"] and first["id"] != again["id"]


def test_only_so_many_are_held(made, monkeypatch):
    monkeypatch.setattr("qa.server.outside.MAX_ADDED", 1)
    _, _, outside = made()
    outside.add(HARBOUR, CALLER)
    with pytest.raises(SourceError, match="try again"):
        outside.add(HARBOUR, CALLER)
    assert MAX_ADDED == 100


def test_where_articles_are_shared_what_is_added_is_everybodys_and_stays(made):
    assistant, visitors, outside = made(shared=True)
    added = outside.add(HARBOUR, CALLER)
    assert added["expires"] is None
    assert outside.owner([added["id"]]) is None
    visitors.expire(LIMIT + 60)
    assert {article.id for article in assistant.list()} == {SHIPPED, added["id"]}
    outside.remove(added["id"])


def test_where_adding_is_off_nothing_is_added_on_the_page_or_outside(made):
    assistant, visitors, outside = made(add=False)
    for call in (lambda: outside.add(HARBOUR, CALLER), lambda: outside.remove("x")):
        with pytest.raises(UsageError, match="switched off"):
            call()
    with pytest.raises(SourceError, match="switched off"):
        shelf = Shelf(assistant, visitors, Stock(assistant, Rate(0)))
        shelf.add(assistant.list()[0], visitors.welcome(None, "tab"))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (Add(text="word"), "has no more than a word"),
        (Add(title="A title", text="word"), "The text has no more than a word"),
        (Add(title=" ", text="It was closed."), "has no title; give it one"),
        (Add(url="file:///etc/passwd"), "http"),
        (Add(url="http://127.0.0.1/"), "127.0.0.1"),
    ],
)
def test_what_is_no_article_is_told(made, call, sentence):
    with pytest.raises(SourceError, match=sentence):
        made()[2].add(call, CALLER)


def test_a_feeds_articles_are_added_one_by_one_and_what_fails_is_told(made, monkeypatch):
    assistant, _, outside = made()
    asked = {}

    def read(url, known):
        asked.update(url=url, known=known)
        for number, text in ((1, "It was closed on Friday."), (3, "It was opened on Monday.")):
            article = Article.from_text(text, title="Harbour", url=f"https://d.test/{number}")
            yield Reading(article.url, number, 3, article, note="There is more." * (number == 3))
            if number == 1:
                yield Reading("https://d.test/2", 2, 3, problem="It is gone.")

    monkeypatch.setattr(sys.modules[Outside.__module__], "read_each", read)
    call = AddFeed(url="https://d.test/feed", known=["https://d.test/0"])
    first, second, third = outside.add_each(call, CALLER)
    assert asked == {"url": call.url, "known": {"https://d.test/0"}}
    assert (first["number"], first["of"], first["article"]["title"]) == (1, 3, "Harbour")
    assert second == {"source": "https://d.test/2", "number": 2, "of": 3, "problem": "It is gone."}
    assert third["note"] == "There is more." and third["article"]["added"]
    assert {a.url for a in assistant.list(OWNER)} == {"https://d.test/1", "https://d.test/3"}


def test_a_feed_ends_with_a_sentence_where_there_is_no_more_place(made, monkeypatch):
    _, _, outside = made()
    articles = [Article.from_text(f"It was closed {n} times.", title="H") for n in range(3)]
    readings = [Reading(f"https://d.test/{n}", n + 1, 3, a) for n, a in enumerate(articles)]
    module = sys.modules[Outside.__module__]
    monkeypatch.setattr(module, "read_each", lambda url, known: iter(readings))
    monkeypatch.setattr(module, "MAX_ADDED", 1)
    first, last = outside.add_each(AddFeed(url="https://d.test/feed"), CALLER)
    assert first["article"]["added"]
    assert last["problem"] == "There are 1 added articles here; try again in an hour."
