import pytest

from qa.errors import LimitError, UsageError
from qa.kept import collections as kept
from qa.kept.collections import Collections, plain
from qa.kept.conversations import UNDO_SECONDS
from qa.kept.database import NAME, Database


@pytest.fixture
def mine(tmp_path):
    return Collections(Database(tmp_path / NAME))


def names(collections: Collections, owner: str = "me") -> list[str]:
    return [one.name for one in collections.listed(owner)]


def test_a_collection_is_made_changed_and_as_it_was_after_a_restart(mine, tmp_path):
    storm = mine.create("me", "  The   storm ", ["a", "b"])
    mine.put("me", storm, "c")
    mine.put("me", storm, "c")  # again, as from another tab
    mine.put("me", storm, "a", inside=False)
    mine.rename("me", storm, "Storm")
    again = Collections(Database(tmp_path / NAME))
    assert plain(again.listed("me")) == [{"name": "Storm", "articles": ["b", "c"]}]


def test_they_stand_by_name_and_each_owner_sees_only_their_own(mine):
    for name in ("b", "A", "c"):
        mine.create("me", name, ["x"])
    other = mine.create("other", "b", ["y"])
    assert names(mine) == ["A", "b", "c"] and names(mine, "other") == ["b"]
    for change in (
        lambda: mine.rename("me", other, "z"),
        lambda: mine.delete("me", other),
        lambda: mine.restore("me", other),
        lambda: mine.put("me", other, "x"),
    ):
        with pytest.raises(UsageError, match="no longer here"):
            change()
    mine.delete_all("me")
    assert names(mine) == [] and names(mine, "other") == ["b"]


def test_a_deleted_one_comes_back_with_its_articles_for_an_hour_and_is_then_gone(mine):
    storm = mine.create("me", "Storm", ["a"])
    mine.delete("me", storm)
    assert names(mine) == []
    mine.purge()
    mine.restore("me", storm)
    assert plain(mine.listed("me")) == [{"name": "Storm", "articles": ["a"]}]
    mine.delete("me", storm)
    mine.purge(later=UNDO_SECONDS + 1)
    with pytest.raises(UsageError, match="no longer here"):
        mine.restore("me", storm)


def test_a_name_is_neither_empty_nor_too_long_nor_taken_and_something_is_in_it(mine):
    storm = mine.create("me", "Storm", ["a"])
    for name, sentence in (
        (" ", "The name is empty; type one."),
        ("x" * 10_000, "The name has 10,000 characters; shorten it to at most 200."),
        ("Storm", "There is already a collection 'Storm'; take another name."),
    ):
        with pytest.raises(UsageError, match=sentence):
            mine.create("me", name, ["a"])
    mine.rename("me", storm, "Storm")  # its own name is not taken
    with pytest.raises(UsageError, match="No article is ticked"):
        mine.create("me", "Calm", [])


def test_there_is_a_most_of_them(mine, monkeypatch):
    monkeypatch.setattr(kept, "MAX_COLLECTIONS", 2)
    mine.create("me", "1", ["a"])
    mine.create("me", "2", ["a"])
    with pytest.raises(LimitError, match="You have 2 collections"):
        mine.create("me", "3", ["a"])
