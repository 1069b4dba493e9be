import json
import time
from pathlib import Path

import gradio as gr
import pytest

from qa import Article, Assistant, Settings
from qa.answer import Answer
from qa.errors import SourceError, UsageError
from qa.page.adding import Adding, too_large
from qa.page.feedback import record
from qa.server.quota import Stock
from qa.server.rate_limit import Rate
from qa.server.sessions import GRACE, LIMIT, Visitors
from qa.server.shelf import MAX_OWN, Desk, Shelf, asked
from qa.server.warmup import Loading
from qa.sources.limits import MAX_BYTES

HARBOUR = "Harbour closed\n\nThe harbour of Port Ellery was closed on Friday after a storm."
SHIPPED = "syria-offensive"
REQUEST = gr.Request()  # from no address


@pytest.fixture
def assistant(embedder):
    return Assistant(Settings(chroma=":memory:"), embedder=embedder)


@pytest.fixture
def visitors(assistant):
    return Visitors(assistant)


@pytest.fixture
def shelf(assistant, visitors):
    return Shelf(assistant, visitors, Stock(assistant, Rate(30)))


@pytest.fixture
def adding(assistant, shelf):
    loading = Loading(assistant)
    loading.start()
    loading.suggested.wait()
    return Adding(loading, shelf, Stock(assistant, Rate(30)))


def article(n: int) -> Article:
    return Article.from_text(f"Number {n} was built.", title=f"T{n}")


def test_a_browser_that_kept_its_name_is_welcomed_by_it(visitors):
    name = visitors.welcome(None, "tab 1")
    assert visitors.welcome(name, "tab 2") == name
    assert visitors.welcome(None, "tab 3") != name


@pytest.mark.parametrize("name", ["", "visitor-1-x", None, 7, ["x"], {"a": 1}], ids=str)
def test_a_name_that_was_not_given_here_is_worthless(visitors, name):
    assert visitors.welcome(name, "tab") != name


def test_what_a_visitor_adds_is_seen_by_that_visitor_alone(shelf, visitors):
    one, two = visitors.welcome(None, "tab 1"), visitors.welcome(None, "tab 2")
    for visitor in (one, two):  # the same text, and neither touches the other's
        shelf.add(article(1), visitor)
    assert shelf.own(one) == shelf.own(two) == {article(1).id}
    shelf.remove(article(1).id, one)
    assert set(shelf.articles(one)) == {SHIPPED}
    assert set(shelf.articles(two)) == {SHIPPED, article(1).id}


def test_where_articles_are_shared_everybody_sees_and_keeps_them(embedder):
    assistant = Assistant(Settings(chroma=":memory:", shared=True), embedder=embedder)
    visitors = Visitors(assistant)
    shelf = Shelf(assistant, visitors, Stock(assistant, Rate(30)))
    shelf.add(article(1), visitors.welcome(None, "tab 1"))
    visitors.left("tab 1")
    visitors.expire(GRACE + 1)
    assert article(1).id in shelf.articles(visitors.welcome(None, "tab 2"))


def test_articles_go_when_the_last_tab_has_been_closed_for_a_while(shelf, visitors, assistant):
    visitor = visitors.welcome(None, "tab 1")
    visitors.welcome(visitor, "tab 2")
    shelf.add(article(1), visitor)
    visitors.left("tab 1")
    visitors.expire(GRACE + 1)
    assert visitors.is_here(visitor)
    visitors.left("tab 2")
    visitors.expire(GRACE / 2)  # a reload
    assert assistant.owned() == {visitor: (article(1).id,)}
    visitors.expire(GRACE + 1)
    assert assistant.owned() == {}
    with pytest.raises(SourceError, match="reload the page"):
        shelf.add(article(1), visitor)


def test_articles_go_after_a_day_even_of_a_process_that_is_gone(visitors, assistant):
    assistant.add(article(1), f"visitor-{int(time.time())}-of-another-process")
    assistant.add(article(2))
    visitors.expire(LIMIT - 10)
    assert len(assistant.owned()) == 2
    visitors.expire(LIMIT + 10)
    assert assistant.owned() == {None: (article(2).id,)}


def test_a_clock_that_is_set_back_ends_no_visit_and_keeps_nothing_for_ever(
    shelf, visitors, assistant, monkeypatch
):
    staying, leaving = visitors.welcome(None, "tab 1"), visitors.welcome(None, "tab 2")
    shelf.add(article(1), staying)
    shelf.add(article(2), leaving)
    assistant.add(article(3), f"visitor-{int(time.time())}-of-another-process")
    a_year_ago = time.time() - 365 * LIMIT
    monkeypatch.setattr(time, "time", lambda: a_year_ago)
    visitors.left("tab 2")
    visitors.expire(GRACE / 2)
    assert set(assistant.owned()) == {staying, leaving}
    visitors.expire(GRACE + 1)
    assert set(assistant.owned()) == {staying}
    visitors.expire(LIMIT + 1)
    assert assistant.owned() == {}


def test_a_visitor_can_remove_only_what_they_added(shelf, visitors):
    visitor = visitors.welcome(None, "tab")
    with pytest.raises(UsageError, match="not yours"):
        shelf.remove(SHIPPED, visitor)


def test_a_visitor_has_a_limit(shelf, visitors):
    visitor = visitors.welcome(None, "tab")
    for n in range(MAX_OWN):
        shelf.add(article(n), visitor)
    with pytest.raises(SourceError, match="remove one first"):
        shelf.add(article(MAX_OWN), visitor)


def test_the_first_article_of_ones_own_pushes_the_shipped_one_aside(shelf, visitors):
    visitor = visitors.welcome(None, "tab")
    first, second = article(1), article(2)
    shelf.add(first, visitor)
    desk = shelf.laid_out(Desk(), {first.id: first}, visitor)
    assert asked(shelf.articles(visitor), desk) == [first.id]
    chosen = Desk()  # and the visitor wants it back
    shelf.add(second, visitor)
    assert (
        asked(shelf.articles(visitor), shelf.laid_out(chosen, {second.id: second}, visitor)) is None
    )


def test_leaving_everything_out_is_told(shelf, visitors):
    articles = shelf.articles(visitors.welcome(None, "tab"))
    with pytest.raises(UsageError, match="choose one"):
        asked(articles, Desk(frozenset(articles)))


def test_of_several_files_the_rest_goes_on_when_one_fails(adding, tmp_path: Path):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "good.txt").write_text(HARBOUR)
    visitor = adding.shelf._visitors.welcome(None, "tab")
    paths = [str(tmp_path / name) for name in ("bad.txt", "none.txt", "good.txt")]
    updates = list(adding.files(paths, Desk(), visitor, REQUEST))
    assert "waiting" in updates[0][0] and "reading…" in updates[1][0]
    assert any("Harbour closed</span> indexing…" in update[0] for update in updates)
    jobs = updates[-1][0]
    assert jobs.count("qa-failed") == 2
    assert "is not UTF-8 text" in jobs
    assert "Harbour closed</span> added, 1 sentences" in jobs
    assert list(adding.shelf.own(visitor))


def test_suggestions_for_ones_own_article_are_answered_from_it(adding, assistant):
    visitor = adding.shelf._visitors.welcome(None, "tab")
    text = (
        "Harbour closed\n\nThe harbour of Port Ellery was closed on Friday after a storm sank "
        "three fishing boats. Ada Quill thanked 12 engineers.\n\nPort Ellery has one harbour."
    )
    desk = list(adding.typed(text, Desk(), visitor, REQUEST))[-1][3]
    assert desk.suggestions
    for question in desk.suggestions:
        answer = assistant.ask(question, articles=list(adding.shelf.own(visitor)), owner=visitor)
        assert answer.kind == "answer"


def test_no_language_model_is_asked_for_a_suggestion(embedder, chat_server):
    settings = Settings(chroma=":memory:", model="openai:scripted", model_url=chat_server.url)
    assistant = Assistant(settings, embedder=embedder)
    assert assistant.suggest(assistant.list()[0])
    assert chat_server.calls == []


def test_a_text_that_cannot_be_added_stays_in_its_box(adding):
    updates = list(adding.typed("  ", Desk(), adding.shelf._visitors.welcome(None, "tab"), REQUEST))
    assert "qa-failed" in updates[-1][0]
    assert all(update[1] == gr.skip() for update in updates)


def test_what_was_uploaded_is_not_left_lying_about(adding, tmp_path: Path):
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    visitor = adding.shelf._visitors.welcome(None, "tab")
    paths = [str(tmp_path / name) for name in ("harbour.txt", "huge.txt")]
    jobs = list(adding.files(paths, Desk(), visitor, REQUEST))[-1][0]
    assert f"The file huge.txt has {MAX_BYTES + 1:,} bytes" in jobs
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["a.pdf"], "The file a.pdf has 300,000,000 bytes; add files of at most 20,000,000."),
        (["a", "b"], "The 2 files have 300,000,000 bytes; send at most 200,000,000."),
    ],
)
def test_what_is_not_even_sent_is_told(names, sentence):
    event = gr.EventData(None, {"names": names, "size": 300_000_000})
    assert f"{sentence} Nothing was added." in too_large(event)


def test_an_article_that_is_already_here_is_not_added_again(adding):
    visitor = adding.shelf._visitors.welcome(None, "tab")
    first, again = (list(adding.typed(HARBOUR, Desk(), visitor, REQUEST))[-1][0] for _ in range(2))
    assert "added, 1 sentences" in first
    assert "Harbour closed</span> is already here." in again
    assert len(adding.shelf.own(visitor)) == 1


def test_an_error_names_the_file_and_not_where_the_server_keeps_it(adding, tmp_path: Path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    visitor = adding.shelf._visitors.welcome(None, "tab")
    jobs = list(adding.files([str(tmp_path / "picture.png")], Desk(), visitor, REQUEST))[-1][0]
    assert "picture.png" in jobs
    assert str(tmp_path) not in jobs


def test_feedback_is_a_line_of_json(tmp_path: Path):
    path = tmp_path / "feedback.jsonl"
    record(path, Answer("answer", "q", "q"), False, " not\nso ")
    record(path, Answer("answer", "ü", "q"), True, "")
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert (first["question"], first["helpful"], first["reason"]) == ("q", False, "not so")
    assert (second["question"], second["helpful"], second["citations"]) == ("ü", True, [])
