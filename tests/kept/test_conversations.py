import json
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import qa.kept.database
from qa.answer import Answer
from qa.article import Article
from qa.errors import LimitError, StoreError, UsageError
from qa.kept import conversations as kept
from qa.kept.conversation import Exchange
from qa.kept.conversations import OTHER_VERSION, UNDO_SECONDS, Conversations, GoneError
from qa.kept.database import NAME, TABLES, Database
from qa.statement import Citation, Statement

ARTICLE = Article.from_text("The harbour was closed. It rained.", title="T")


def exchange(question: str, said: str = "The harbour was closed.") -> Exchange:
    cited = Citation.of(ARTICLE, ARTICLE.sentences[0], 1)
    return Exchange(
        question, Answer("answer", question, question, (Statement(said, (cited,), "evidence"),))
    )


ONE, TWO, THREE = (exchange(f"Question {n}?") for n in ("one", "two", "three"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / NAME


@pytest.fixture
def mine(file):
    return Conversations(Database(file))


def titles(conversations: Conversations, *words: str, owner: str = "me") -> list[str]:
    return [entry.title for entry in conversations.listed(owner, *words)]


def test_a_conversation_grows_and_is_as_it_was_after_a_restart(mine, file):
    first = mine.save("me", "", (ONE,))
    assert mine.save("me", first, (ONE, TWO)) == first
    again = Conversations(Database(file))
    assert again.open("me", first) == (ONE, TWO)
    (entry,) = again.listed("me")
    assert (entry.title, entry.latest, entry.questions) == ("Question one?", "Question two?", 2)


def test_what_was_not_answered_is_not_kept(mine):
    there = mine.save("me", "", (ONE, Exchange("Failed?", notice="No."), TWO))
    assert mine.open("me", there) == (ONE, TWO)
    assert mine.save("me", "", (Exchange("Failed?"),)) == ""


def test_an_edited_question_and_another_tab_branch_off_and_nothing_is_lost(mine):
    there = mine.save("me", "", (ONE, TWO))
    edited = mine.save("me", there, (ONE, THREE))
    other_tab = mine.save("me", there, (ONE, TWO, THREE))
    assert edited != there and other_tab == there
    assert mine.open("me", there) == (ONE, TWO, THREE)
    assert mine.open("me", edited) == (ONE, THREE)
    assert mine.open("me", mine.save("me", edited, (TWO,))) == (TWO,)
    assert len(mine.listed("me")) == 3


def test_one_that_was_deleted_in_another_tab_is_kept_anew_when_it_goes_on(mine):
    there = mine.save("me", "", (ONE,))
    mine.delete("me", there)
    assert mine.open("me", mine.save("me", there, (ONE, TWO))) == (ONE, TWO)


def test_the_words_of_a_name_a_question_or_an_answer_find_it_in_any_case(mine):
    mine.save("me", "", (exchange("Who closed the HARBOUR?"),))
    rain = mine.save("me", "", (exchange("Wie war das Wetter?", "In der STRASSE regnete es."),))
    mine.rename("me", rain, "Wetter 100% _heute_")
    assert titles(mine, "harbour closed") == ["Who closed the HARBOUR?"]
    assert titles(mine, "Straße") == titles(mine, "100%") == titles(mine, "_heute_ wetter")
    assert titles(mine, "evidence") == []  # what the JSON says is no word of it


def test_each_owner_sees_only_their_own(mine):
    there = mine.save("me", "", (ONE,))
    assert titles(mine, owner="you") == []
    for call in (mine.open, mine.delete, mine.restore, lambda *a: mine.rename(*a, "Mine")):
        with pytest.raises(GoneError, match="no longer here"):
            call("you", there)
    assert mine.save("you", there, (ONE, TWO)) != there
    assert mine.delete_all("you") == 1
    assert mine.open("me", there) == (ONE,)


def test_a_deleted_one_comes_back_for_an_hour_and_is_then_gone(mine):
    there, other = mine.save("me", "", (ONE,)), mine.save("me", "", (TWO,))
    mine.delete("me", there)
    assert titles(mine) == ["Question two?"]
    mine.purge(UNDO_SECONDS - 60)
    mine.restore("me", there)
    assert mine.open("me", there) == (ONE,)
    mine.delete("me", there)
    mine.purge(UNDO_SECONDS + 60)
    with pytest.raises(GoneError):
        mine.restore("me", there)
    assert mine.open("me", other) == (TWO,)


def test_a_name_is_one_line_and_neither_empty_nor_too_long(mine):
    there = mine.save("me", "", (exchange("Why " * 500),))
    assert len(titles(mine)[0]) == kept.MAX_NAME
    mine.rename("me", there, " A \n name ")
    for bad, sentence in [
        (" \n", "The name is empty; type one."),
        ("x" * 10_000, "The name has 10,000 characters; shorten it to at most 200."),
    ]:
        with pytest.raises(UsageError, match=sentence):
            mine.rename("me", there, bad)
    assert titles(mine) == ["A name"]


def test_a_rating_is_kept(mine):
    there = mine.save("me", "", (ONE, TWO))
    mine.rate("me", there, TWO)
    assert [e.rated for e in mine.open("me", there)] == [False, True]


def test_there_is_a_most_of_them(mine, monkeypatch):
    monkeypatch.setattr(kept, "MAX_CONVERSATIONS", 1)
    there = mine.save("me", "", (ONE,))
    with pytest.raises(LimitError, match="delete one"):
        mine.save("me", "", (TWO,))
    assert mine.save("me", there, (ONE, TWO)) == there


def test_an_answer_of_another_version_is_told_and_its_question_is_there(mine, file):
    there = mine.save("me", "", (ONE, TWO))
    with sqlite3.connect(file) as db:
        db.execute("UPDATE exchanges SET answer = '{\"kind\": 7}' WHERE position = 0")
    first, second = mine.open("me", there)
    assert (first.question, first.notice, first.answer) == (ONE.question, OTHER_VERSION, None)
    assert second == TWO


def test_a_failure_is_told_in_a_sentence_and_what_waits_is_kept_with_the_next_answer(
    mine, file, monkeypatch
):
    monkeypatch.setattr(qa.kept.database, "BUSY_SECONDS", 0.05)
    there = mine.save("me", "", (ONE,))
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"conversations\.sqlite3 is locked by another pro"):
            mine.save("me", there, (ONE, TWO))
    other.close()
    assert mine.open("me", mine.save("me", there, (ONE, TWO, THREE))) == (ONE, TWO, THREE)
    with sqlite3.connect(file) as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    event = qa.kept.database.event
    with mine._database.reading():
        pass
    event.listen(
        mine._database._engine,
        "begin",
        lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages}"),
    )
    with pytest.raises(StoreError, match="is full; make room"):
        mine.save("me", "", (exchange("Why?", "So. " * 100_000),))
    assert len(mine.listed("me")) == 1


def test_what_is_no_database_or_a_newer_ones_is_told_and_left_as_it_is(file):
    file.write_bytes(b"No database. " * 1000)
    with pytest.raises(StoreError, match="is not a database; move it away"):
        Conversations(Database(file)).listed("me")
    assert file.read_bytes().startswith(b"No database.")
    file.unlink()
    Conversations(Database(file)).listed("me")
    with sqlite3.connect(file) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version's; update"):
        Conversations(Database(file)).listed("me")


def test_the_migrations_make_the_tables_that_the_code_uses(mine):
    mine.listed("me")
    with mine._database.reading() as db:
        assert compare_metadata(MigrationContext.configure(db), TABLES) == []


def test_processes_and_threads_that_begin_at_once_wait_for_each_other(file):
    several = [Conversations(Database(file)) for _ in range(4)]
    threads = [
        threading.Thread(target=lambda c=c, n=n: c.save("me", "", (exchange(f"Number {n}?"),)))
        for n, c in enumerate(several)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles(several[0])) == [f"Number {n}?" for n in range(4)]


def test_in_memory_nothing_is_written_and_threads_share_it():
    shared = Conversations(Database.beside(":memory:"))
    thread = threading.Thread(target=shared.save, args=("me", "", (ONE,)))
    thread.start()
    thread.join()
    assert titles(shared) == ["Question one?"]


def test_a_hundred_long_conversations_are_listed_and_opened_at_once(mine):
    long = tuple(replace(exchange(f"Number {n}?", "Word " * 100), key=str(n)) for n in range(2))
    for _ in range(100):
        there = mine.save("me", "", long)
    started = time.perf_counter()
    assert len(mine.listed("me", "word number")) == 100
    assert len(mine.open("me", there)) == 2
    assert time.perf_counter() - started < 1


def test_an_answer_comes_back_to_the_letter(mine):
    there = mine.save("me", "", (ONE,))
    answer = mine.open("me", there)[0].answer
    assert json.loads(answer.to_json()) == json.loads(ONE.answer.to_json())
