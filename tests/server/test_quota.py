import pytest

from qa import Article, Assistant, Settings
from qa.errors import LimitError
from qa.server.quota import Quota, find_same
from qa.server.rate_limit import Caller, RateLimit


@pytest.fixture
def assistant(word_lengths):
    return Assistant(Settings(chroma=":memory:", corpus=None), embedder=word_lengths)


def article(n: int) -> Article:
    return Article.from_text(f"Number {n} was built.", title=f"T{n}")


@pytest.fixture
def quota(assistant):
    return Quota(assistant, RateLimit(0))


def test_all_visitors_together_have_so_many_articles(quota, assistant, monkeypatch):
    monkeypatch.setattr("qa.server.quota.MAX_ARTICLES", 2)
    quota.add(article(1), "one")
    quota.add(article(2), "two")
    with pytest.raises(LimitError, match="try again in an hour"):
        quota.add(article(3), "three")
    assistant.remove(article(1).id, "one")
    quota.add(article(3), "three")


def test_all_visitors_together_have_so_many_characters(quota, assistant, monkeypatch):
    length = len(article(1).text)
    monkeypatch.setattr("qa.server.quota.MAX_CHARACTERS", 2 * length)
    quota.add(article(1), "one")
    quota.add(article(2), "two")
    with pytest.raises(LimitError, match="shorter"):
        quota.add(article(3), "one")
    assistant.remove(article(2).id, "two")
    quota.add(article(3), "one")


def test_what_another_process_added_counts_and_what_the_owner_added_does_not(
    quota, assistant, monkeypatch
):
    monkeypatch.setattr("qa.server.quota.MAX_CHARACTERS", 2 * len(article(1).text))
    assistant.add(article(0))
    for n in (1, 2):
        assistant.add(article(n), f"visitor {n}")
    with pytest.raises(LimitError):
        quota.add(article(3), "visitor 3")


def test_what_could_not_be_added_takes_no_place(quota, assistant, monkeypatch):
    monkeypatch.setattr("qa.server.quota.MAX_ARTICLES", 1)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(assistant, "add", lambda *_: 1 / 0)
        quota.add(article(1), "one")
    quota.add(article(2), "one")


def test_an_article_counts_for_its_senders_rate(assistant):
    quota, caller = Quota(assistant, RateLimit(1)), Caller("mcp", "192.0.2.1")
    with quota.slot(caller):
        pass
    with pytest.raises(LimitError, match="articles a minute"), quota.slot(caller):
        pass


def test_the_same_article_is_known_under_another_id():
    known = Article("a-name", "T", "It was built.", "source", None)
    again = Article.from_text("It was built.", title="T", source="source")
    assert find_same(again, [article(1), known]) is known
    assert (
        find_same(Article.from_text("It was built.", title="U", source="source"), [known]) is None
    )
