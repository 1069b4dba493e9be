"""The index on a real Chroma server."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations

import pytest

from eval.suites.questions import OWN_QUESTIONS
from qa.article import Article
from qa.assistant import Assistant
from qa.errors import StoreError
from qa.search.index import Index
from qa.settings import MEMORY, Settings, shipped_corpus
from qa.store import Access, Transaction
from sets.questions import read_own
from tests.chroma_server import ChromaServer, wanting_a_token

# Run as a process of its own: does what each line says, and answers it with a line.
APP = """
import json, sys
from qa.article import Article
from qa.search.index import Index
from tests.conftest import WordLengths
index = Index(sys.argv[1], WordLengths(), "word lengths")
print(flush=True)
for line in sys.stdin:
    if text := json.loads(line):
        index.add(Article.from_text(text, title="x"))
    print(json.dumps([article.text for article in index.visible()]), flush=True)
"""
TWO_HOURS = 7200


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = ChromaServer(tmp_path_factory.mktemp("server") / "chroma")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def name(request):
    """An embedder's name of its own: each test has collections of its own."""
    return request.node.name


@pytest.fixture
def index(server, word_lengths, name):
    return Index(server.url, word_lengths, name)


def made(text="It opened.", **fields) -> Article:
    return Article.from_text(text, **{"title": "x", **fields})


def passages(index):
    return sorted(index._store.passages.get()["documents"])


@pytest.fixture(scope="module")
def on_server(server, embedder):
    return Assistant(Settings(chroma=server.url), embedder=embedder)


@pytest.fixture(scope="module")
def asked():
    return read_own(OWN_QUESTIONS, shipped_corpus()).questions


def test_a_server_finds_the_passages_of_an_embedded_index(on_server, assistant, asked):
    there, here = (one._loaded().retriever for one in (on_server, assistant))
    articles = assistant.list()
    for question in asked[::3]:
        assert there.search(question.question, articles) == here.search(question.question, articles)


def test_a_server_gives_the_answers_of_an_embedded_index(on_server, assistant, asked):
    for question in asked[::25]:  # all take a minute and a half
        given, expected = (
            replace(one.ask(question.question, question.history), timings={})
            for one in (on_server, assistant)
        )
        assert given == expected


def test_a_server_gives_the_cosines_of_an_embedded_index_to_the_last_bit(index, word_lengths):
    embedded = Index(MEMORY, word_lengths, "word lengths")
    for one in (index, embedded):
        for n in range(30):
            one.add(made("aaaa bb " * n + "ccc", id=f"{n:02}"))
    given, expected = (one.nearest("aaaa", one.visible(), None, 30) for one in (index, embedded))
    assert given == expected and len(given) == 30


def test_two_processes_on_a_server_see_each_others_articles_at_the_next_question(
    server, word_lengths
):
    index = Index(server.url, word_lengths, "word lengths")
    index.add(made("Here."))
    with subprocess.Popen(
        [sys.executable, "-c", APP, server.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as other:

        def say(text):
            print(json.dumps(text), file=other.stdin)
            return set(json.loads(other.stdout.readline()))

        assert other.stdout.readline() == "\n"
        assert say("") == {"Here."}
        index.add(made("Here, later."))
        assert say("") == {"Here.", "Here, later."}
        assert say("There.") == {"Here.", "Here, later.", "There."}
        assert {a.text for a in index.visible()} == {"Here.", "Here, later.", "There."}
        assert len(index.nearest("There.", index.visible(), None, 9)) == 3
        other.stdin.close()


def test_a_server_may_go_away_and_come_back_also_without_what_it_held(tmp_path, word_lengths):
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    index = Index(server.url, word_lengths, "word lengths", "corpus")
    index.sync([made("Corpus.", id="one")])
    index.add(made("Added.", id="two"))
    server.kill()
    with pytest.raises(StoreError) as caught:
        index.visible()
    assert re.fullmatch(
        f"The Chroma server {server.url} cannot be reached (.*); start it or set QA_CHROMA to "
        "another, then try again.",
        str(caught.value),
    )
    server.start()
    assert [a.text for a in index.visible()] == ["Corpus.", "Added."]
    server.kill()
    shutil.rmtree(server.folder)
    server.start()
    index.add(made("Added anew.", id="two"))
    assert [a.text for a in index.visible()] == ["Corpus.", "Added anew."]
    assert len(index.nearest("Corpus.", index.visible(), None, 9)) == 2
    server.kill()


def test_the_token_is_sent_and_one_that_is_not_taken_is_told(server, word_lengths, name):
    with wanting_a_token(server.url, "open sesame") as url:
        index = Index(url, word_lengths, name, access=Access("open sesame"))
        index.add(made())
        assert index.visible() == [made()]
        for token in ("", "open barley"):
            with pytest.raises(StoreError) as caught:
                Index(url, word_lengths, name, access=Access(token))
            assert str(caught.value) == (
                f"The Chroma server {url} does not take the token; set QA_CHROMA_TOKEN to one that "
                "it takes."
            )


def test_a_token_is_in_no_printed_settings():
    assert "sesame" not in f"{Settings(chroma_token='open sesame')!r} {Access('open sesame')!r}"


def test_a_missing_tenant_or_database_is_told_with_the_command_that_makes_it(
    server, word_lengths, name
):
    access = Access(tenant="the harbour", database="articles")
    for what in ("tenant 'the harbour'", "database 'articles'"):
        with pytest.raises(StoreError) as caught:
            Index(server.url, word_lengths, name, access=access)
        assert f"has no {what}; make it with curl" in str(caught.value)
        command = re.search("curl .*}'", str(caught.value))[0]
        subprocess.run(command, shell=True, check=True, capture_output=True)
    index = Index(server.url, word_lengths, name, access=access)
    index.add(made())
    assert index.visible() == [made()]
    assert Index(server.url, word_lengths, name).visible() == []


def test_an_address_that_is_no_chroma_servers_is_told(word_lengths, name):
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        with pytest.raises(StoreError) as caught:
            Index(f"http://127.0.0.1:{web.server_port}", word_lengths, name)
        web.shutdown()
    assert str(caught.value) == (
        f"The address http://127.0.0.1:{web.server_port} is no Chroma server's, from 1.0 on; set "
        "QA_CHROMA to one, or to a folder."
    )


def test_what_a_killed_write_left_is_swept_when_no_writer_can_be_at_it_any_more(index):
    store = index._store
    index.add(made("Old.", id="one"))
    for written in (-TWO_HOURS, 0, TWO_HOURS):  # ahead: a clock that has been set back since
        with (
            pytest.raises(KeyboardInterrupt),
            store.writing('["", "one"]', f"key{written}") as write,
        ):
            write.add(made(f"Killed {written}.").passages, [[1.0] * 17])
            raise KeyboardInterrupt
        left = store.notes.get(where={"key": f"key{written}"})["ids"]
        store.notes.update(ids=left, metadatas=[{"written": time.time() + written}])
    assert index.visible() == [made("Old.", id="one")]
    index.add(made("Other.", id="two"))
    assert passages(index) == ["Killed 0.", "Old.", "Other."]
    assert index.visible() == [made("Old.", id="one"), made("Other.", id="two")]


def test_two_writers_of_one_article_leave_one_of_them_whole_whatever_their_order(index):
    store = index._store
    orders = [first for first in combinations(range(6), 3) if 0 in first]
    for row_id in map(str, orders):
        first = json.loads(f"[{row_id[1:-1]}]")  # the moments of the first writer's three steps
        writers = [_steps(store, row_id, n) for n in ("one", "two")]
        for moment in range(6):
            next(writers[moment not in first], None)
        assert json.loads(store.rows()[row_id])["key"] in (f"{row_id} one", f"{row_id} two")
    notes = store.notes.get()
    assert notes["ids"], "some were overwritten unseen"
    aged = [{**note, "written": time.time() - TWO_HOURS} for note in notes["metadatas"]]
    store.notes.update(ids=notes["ids"], metadatas=aged)
    index.add(made("Last."))
    assert len(passages(index)) == len(orders) + 1 and store.notes.get()["ids"] == []


def _steps(store, row_id, name):
    write = Transaction(store, row_id, f"{row_id} {name}")
    yield
    write.add(made(name).passages, [[1.0] * 17])
    yield
    write.commit(json.dumps({"key": f"{row_id} {name}"}))


def test_a_write_that_took_longer_than_its_lease_is_given_up(index, monkeypatch):
    with (
        pytest.raises(StoreError, match="took too long and was given up; add it again"),
        index._store.writing("row", "key") as write,
    ):
        now = time.monotonic() + TWO_HOURS
        monkeypatch.setattr(time, "monotonic", lambda: now)
        write.commit("{}")
    assert index.visible() == []


def test_an_article_is_removed_while_it_is_added_again(index):
    index.add(made())
    removing = Transaction(index._store, f'["", "{made().id}"]', None)
    index.add(made(source="Reuters"))
    removing.commit("")
    assert index.visible() == []
    assert index.add(made()) is True
    assert index.visible() == [made()]
