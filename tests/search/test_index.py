import json
import threading
from concurrent.futures import ThreadPoolExecutor

import chromadb
import numpy as np
import pytest

import qa.search.index
from qa.article import Article
from qa.errors import StoreError, UnknownArticleError, UsageError
from qa.search.index import Index
from qa.settings import MEMORY
from qa.store import Transaction
from tests.adding import add, ended, process, text_of


class Counting:
    """Counts the texts that are embedded."""

    def __init__(self, embedder):
        self.embedder, self.texts = embedder, []

    def embed_documents(self, texts):
        self.texts += texts
        return self.embedder.embed_documents(texts)

    def embed_query(self, text):
        return self.embedder.embed_query(text)


@pytest.fixture
def counting(word_lengths):
    return Counting(word_lengths)


@pytest.fixture
def index(counting):
    return Index(MEMORY, counting, "word lengths")


def made(text="It opened. It is large.", **fields) -> Article:
    return Article.from_text(text, **{"title": "Harbour", **fields})


def passages(index: Index) -> list[str]:
    return index._store.passages.get()["documents"]


def test_an_article_comes_back_from_chroma_to_the_letter(index, article):
    index.add(article)
    index._articles.clear()
    assert index.visible() == [article]
    assert index.visible()[0].passages == article.passages
    assert index.get([article.id]) == [article]


@pytest.mark.parametrize("text", ["a\0b", "\ufeff\r\n\r\nA. \u2028 B.\n", "中" * 3000, " \x85x"])
def test_odd_texts_come_back_to_the_letter(index, text):
    index.add(made(text))
    assert index.visible()[0].text == text


def test_all_that_is_said_about_an_article_comes_back(index):
    said = made(author="Ada Kay", publisher="The Post", place="Elin", updated="2025-03-15")
    index.add(said)
    index._articles.clear()
    assert index.visible() == [said]


def test_a_row_of_an_earlier_version_is_read_and_is_the_same_article(index, counting):
    index.add(made(published="2025-03-14"))
    [(row_id, row)] = [(i, d) for i, d in index._store.rows().items() if i.startswith("[")]
    fields = json.loads(row)
    for later in ("author", "publisher", "place", "updated"):
        del fields[later]
    with index._store.writing(row_id, None) as write:
        write.commit(json.dumps(fields))
    index._articles.clear()
    assert index.visible() == [made(published="2025-03-14")]
    assert index.add(made(published="2025-03-14")) is False
    assert index.add(made(published="2025-03-14", author="Ada Kay")) is True
    assert [a.author for a in index.visible()] == ["Ada Kay"]


def test_a_passage_is_embedded_with_its_title_before_it(index, counting):
    index.add(made())
    assert counting.texts == ["Harbour\n\nIt opened. It is large."]


def test_adding_twice_changes_nothing(index, counting):
    assert index.add(made()) is True
    assert index.add(made()) is False
    assert len(counting.texts) == 1


@pytest.mark.parametrize("changed", [{"title": "Port"}, {"text": "It closed."}, {"source": "x"}])
def test_another_revision_replaces_the_old_one(index, changed):
    index.add(made(id="one"))
    new = made(**{"id": "one", **changed})
    index.add(new)
    assert index.visible() == [new]
    assert passages(index) == [new.text]


def test_a_second_start_embeds_nothing(tmp_path, counting):
    Index(str(tmp_path), counting, "word lengths", "corpus").sync([made(id="one")])
    before = len(counting.texts)
    second = Index(str(tmp_path), counting, "word lengths", "corpus")
    second.sync([made(id="one")])
    assert len(counting.texts) == before
    assert second.visible() == [made(id="one")]


def test_another_embedder_does_not_mix_with_the_old_vectors(tmp_path, word_lengths):
    Index(str(tmp_path), word_lengths, "one").add(made())
    assert Index(str(tmp_path), word_lengths, "other").visible() == []


def test_each_corpus_folder_has_its_own_articles_besides_the_added_ones(tmp_path, word_lengths):
    def seen(corpus):
        index = Index(str(tmp_path), word_lengths, "word lengths", corpus)
        return index, lambda: [a.id for a in index.visible()]

    index, ids = seen("corpus")
    other, other_ids = seen("other corpus")
    index.add(made("Mine.", id="mine"))
    index.sync([made(id="one"), made(id="two")])
    other.sync([made(id="other")])
    assert (ids(), other_ids()) == (["mine", "one", "two"], ["mine", "other"])
    index.sync([made(id="two")])
    assert (ids(), other_ids()) == (["mine", "two"], ["mine", "other"])
    assert seen("")[1]() == ["mine"]


def test_an_article_of_the_corpus_is_not_removed(word_lengths):
    index = Index(MEMORY, word_lengths, "word lengths", "corpus")
    index.sync([made(id="one")])
    with pytest.raises(UsageError, match="'one' is a file of the corpus folder corpus; delete"):
        index.remove("one")


def test_removing_leaves_nothing(index):
    index.add(made())
    index.remove(made().id)
    assert index.visible() == [] and passages(index) == []
    assert index.add(made()) is True


def test_a_write_reads_no_rows_of_other_articles(index, monkeypatch):
    rows, get = [], chromadb.Collection.get

    def counted(self, *args, **kwargs):
        found = get(self, *args, **kwargs)
        rows[-1] += len(found["ids"])
        return found

    monkeypatch.setattr(chromadb.Collection, "get", counted)
    for n in range(12):
        rows.append(0)
        index.add(made(f"It opened on day {n}.", id=str(n)))
    assert len(set(rows[1:])) == 1 and rows[1] < 10
    rows.append(0)
    index.remove("3")
    assert rows[-1] < 10


def test_a_question_waits_for_no_more_than_a_batch_of_a_write(index, monkeypatch):
    index.add(made("Old.", id="one"))
    begun, go_on, write = threading.Event(), threading.Event(), Transaction.add

    def slowly(self, *args):
        write(self, *args)
        begun.set()
        assert go_on.wait(60)

    monkeypatch.setattr(Transaction, "add", slowly)
    with ThreadPoolExecutor() as pool:
        adding = pool.submit(index.add, made("New.", id="one"))
        assert begun.wait(60)
        assert pool.submit(index.visible).result(timeout=60) == [made("Old.", id="one")]
        go_on.set()
        assert adding.result()
    assert index.visible() == [made("New.", id="one")]


def test_a_search_over_very_many_articles_finds_what_one_over_few_does(index, monkeypatch):
    for n in range(30):
        index.add(made("aaaa " * (n + 1), id=f"{n:02}", title="x"), "ann" if n % 3 else None)
    asked = [(index.visible(owner), owner, k) for owner in (None, "ann") for k in (5, 20)]
    few = [index.nearest("aaaa", *rest) for rest in asked]
    monkeypatch.setattr(qa.search.index, "_NAMED", 4)
    for most in (300, 3):  # enough at once, and too few to be so
        monkeypatch.setattr(qa.search.index, "_MOST", most)
        assert [index.nearest("aaaa", *rest) for rest in asked] == few


def test_an_unknown_article_names_the_nearest(index):
    index.add(made(id="harbour"))
    with pytest.raises(UnknownArticleError) as caught:
        index.get(["harbor"])
    assert str(caught.value) == "There is no article 'harbor'; did you mean harbour?"
    with pytest.raises(UnknownArticleError):
        index.remove("harbor")


def test_owners_see_everybodys_articles_and_their_own(index):
    index.add(made("Everybody's."))
    index.add(made("Ann's."), "ann")
    index.add(made("Both's."), "ann")
    index.add(made("Both's."), "bob")
    assert [a.text for a in index.visible()] == ["Everybody's."]
    assert {a.text for a in index.visible("ann")} == {"Everybody's.", "Ann's.", "Both's."}
    index.remove(made("Both's.").id, "ann")
    assert {a.text for a in index.visible("bob")} == {"Everybody's.", "Both's."}
    found = index.nearest("Ann's.", index.visible("ann"), "bob", 5)
    assert list(found) == [(made("Everybody's.").id, 0)]


def test_an_empty_owner_is_refused(index):
    with pytest.raises(UsageError, match="The owner is ''"):
        index.add(made(), "")


def test_nearest_orders_passages_by_cosine(index):
    index.add(made("aaaa aaaa aaaa", id="four", title="x"))
    index.add(made("aa aa aa", id="two", title="x"))
    found = index.nearest("bb bb bb", index.visible(), None, 5)
    assert list(found) == [("two", 0), ("four", 0)]
    assert 0 < found["four", 0] < found["two", 0] < 1
    assert index.nearest("bb", [], None, 5) == {}


def test_nearest_tells_the_cosine(index, word_lengths):
    index.add(made("aaaa aa a aaaa", id="odd", title="x"))
    (stored,) = word_lengths.embed_documents(["x\n\naaaa aa a aaaa"])
    asked = word_lengths.embed_query("bb bbbb bb")
    cosine = np.dot(stored, asked) / np.linalg.norm(stored) / np.linalg.norm(asked)
    found = index.nearest("bb bbbb bb", index.visible(), None, 5)
    assert found == {("odd", 0): pytest.approx(cosine, abs=1e-5)}


def test_another_process_is_seen_at_the_next_question(tmp_path, word_lengths):
    index = Index(str(tmp_path), word_lengths, "word lengths")
    index.add(made("Old.", id="one"))
    assert list(index.nearest("x", index.visible(), None, 9)) == [("one", 0)]
    assert ended(process(add, tmp_path, "one", "new", 1))
    assert ended(process(add, tmp_path, "two", "newer", 1))
    assert [a.text for a in index.visible()] == [text_of("new", 1), text_of("newer", 1)]
    assert set(index.nearest("x", index.visible(), None, 9)) == {("one", 0), ("two", 0)}


def test_two_indexes_of_one_process_on_one_folder_both_see_another_process(tmp_path, word_lengths):
    one, two = (Index(str(tmp_path), word_lengths, "word lengths") for _ in range(2))
    one.add(made("Old.", id="one"))
    assert list(two.nearest("x", two.visible(), None, 9)) == [("one", 0)]
    assert ended(process(add, tmp_path, "two", "newer", 1))
    for index in (one, two):
        assert len(index.nearest("x", index.visible(), None, 9)) == 2


def test_two_processes_adding_at_once_lose_nothing(tmp_path, word_lengths):
    assert ended(*(process(add, tmp_path, f"a{n}", f"title {n}", 20) for n in range(3)))
    found = Index(str(tmp_path), word_lengths, "word lengths").visible()
    assert [a.text for a in found] == [text_of(f"title {n}", 20) for n in range(3)]


def test_a_folder_that_cannot_be_written_is_named(word_lengths):
    with pytest.raises(StoreError, match=r"/proc/index is not writable .*; set QA_CHROMA to"):
        Index("/proc/index", word_lengths, "word lengths")


def test_a_file_in_the_folders_place_is_named(tmp_path, word_lengths):
    (tmp_path / "index").write_text("mine")
    with pytest.raises(StoreError, match="is not writable"):
        Index(str(tmp_path / "index"), word_lengths, "word lengths")
    assert (tmp_path / "index").read_text() == "mine"


def test_another_versions_data_is_named_and_left_alone(tmp_path, word_lengths):
    data = b"no database at all" * 1000
    (tmp_path / "chroma.sqlite3").write_bytes(data)
    for _ in range(2):  # as a page does that is opened again
        with pytest.raises(StoreError) as caught:
            Index(str(tmp_path), word_lengths, "word lengths")
        assert str(tmp_path) in str(caught.value) and "set QA_CHROMA" in str(caught.value)
        assert "\n" not in str(caught.value)
    assert (tmp_path / "chroma.sqlite3").read_bytes() == data


def test_what_each_owner_has_added_is_told_and_a_corpus_folders_articles_are_no_ones(word_lengths):
    index = Index(MEMORY, word_lengths, "word lengths", "corpus")
    one, two = (Article.from_text(text_of(t, 2), title=t, id=t) for t in ("one", "two"))
    index.sync([one])
    index.add(two)
    index.add(one, "visitor")
    index.add(two, "visitor")
    assert index.owned() == {None: ("two",), "visitor": ("one", "two")}
