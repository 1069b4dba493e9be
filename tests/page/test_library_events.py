from pathlib import Path

import gradio as gr
import pytest

from qa.page.library_events import LibraryEvents, on_too_large
from qa.server.visitor_articles import Selection
from qa.sources.limits import MAX_BYTES

HARBOUR = "Harbour closed\n\nThe harbour of Port Ellery was closed on Friday after a storm."
REQUEST = gr.Request()  # from no address


@pytest.fixture
def events(layout, warmup, articles, quota):
    return LibraryEvents(layout, warmup, articles, quota)


@pytest.fixture
def jobs(events, layout, visitor):
    """Adds files; the progress shown after each step."""

    def jobs(*paths: Path) -> list[str]:
        updates = events.on_files([str(path) for path in paths], Selection(), visitor, REQUEST)
        return [update[layout.jobs] for update in updates]

    return jobs


@pytest.fixture
def paste(events, visitor):
    """Pastes a text; the updates after each step."""

    def paste(text: str) -> list[dict]:
        return list(events.on_text(text, Selection(), visitor, REQUEST))

    return paste


def test_of_several_files_the_rest_goes_on_when_one_fails(jobs, articles, visitor, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (tmp_path / "good.txt").write_text(HARBOUR)
    steps = jobs(*(tmp_path / name for name in ("bad.txt", "none.txt", "good.txt")))
    assert "waiting" in steps[0] and "reading…" in steps[1]
    assert any("Harbour closed</span> indexing 1 sentence…" in step for step in steps)
    assert steps[-1].count("qa-failed") == 2
    assert (
        "The file <span>bad.txt</span> is a picture; run text recognition (OCR) on it" in steps[-1]
    )
    assert "Harbour closed</span> added, 1 sentence" in steps[-1]
    assert len(articles.own(visitor)) == 1


def test_suggestions_for_ones_own_article_are_answered_from_it(
    paste, layout, warmup, articles, visitor
):
    text = (
        "Harbour closed\n\nThe harbour of Port Ellery was closed on Friday after a storm sank "
        "three fishing boats. Ada Quill thanked 12 engineers.\n\nPort Ellery has one harbour."
    )
    selection = paste(text)[-1][layout.selection]
    assert selection.suggestions
    own = list(articles.own(visitor))
    for question in selection.suggestions:
        assert warmup.assistant.ask(question, articles=own, owner=visitor).kind == "answer"


def test_a_text_that_cannot_be_added_is_given_back(paste, layout):
    updates = paste(" <b> ")
    assert "qa-failed" in updates[-1][layout.jobs]
    assert 'data-text=" &lt;b&gt; "' in updates[-1][layout.jobs]
    done = paste(HARBOUR)
    assert not any(layout.text in update for update in done)  # the next may be typed by now
    assert "data-text" not in done[-1][layout.jobs]


def test_uploads_are_deleted_whether_they_were_added_or_not(jobs, tmp_path):
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    steps = jobs(tmp_path / "harbour.txt", tmp_path / "huge.txt")
    assert f"The file <span>huge.txt</span> has {MAX_BYTES + 1:,} bytes" in steps[-1]
    assert list(tmp_path.iterdir()) == []


def test_an_upload_that_is_too_large_to_be_sent_is_reported():
    for names, sentence in [
        (["a.pdf"], "The file a.pdf has 300,000,000 bytes; add files of at most 20,000,000."),
        (["a", "b"], "The 2 files have 300,000,000 bytes; send at most 200,000,000."),
    ]:
        event = gr.EventData(None, {"names": names, "size": 300_000_000})
        assert f"{sentence} Nothing was added." in on_too_large(event)


def test_an_article_that_is_already_here_is_not_added_again(paste, layout, articles, visitor):
    first, again = (paste(HARBOUR)[-1][layout.jobs] for _ in range(2))
    assert "added, 1 sentence" in first
    assert "Harbour closed</span> is already here." in again
    assert len(articles.own(visitor)) == 1


def test_an_error_names_the_file_and_not_where_the_server_keeps_it(jobs, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    last = jobs(tmp_path / "picture.png")[-1]
    assert "picture.png" in last
    assert str(tmp_path) not in last


def test_an_article_is_deselected_and_removed(events, paste, layout, articles, visitor):
    paste(HARBOUR)
    (own,) = articles.own(visitor)
    keys = [key_in(paste(HARBOUR)[-1][layout.library])]
    chosen = events.on_select(Selection(), visitor, gr.EventData(None, {"chosen": keys}))
    assert chosen[layout.selection].ids(articles.visible(visitor)) == [own]
    assert layout.library not in chosen
    removed = events.on_remove(
        chosen[layout.selection], visitor, gr.EventData(None, {"key": keys[0]})
    )
    assert "Harbour closed</span> removed." in removed[layout.jobs]
    assert removed[layout.selection] == Selection()  # else nothing would be asked
    assert articles.own(visitor) == frozenset()


def key_in(html: str) -> str:
    return html.split('data-remove="')[1].split('"')[0]
