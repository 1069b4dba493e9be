import re
from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile

import gradio as gr
import pytest

from qa.article import Article
from qa.page.taking_events import NOTHING, TakingEvents
from tests.page.test_conversation_list import ARTICLE, exchange

MINE = Article.from_text("The pier closed in May.", title="A pier", source="x.txt")


@pytest.fixture
def events(layout, articles, sessions):
    return TakingEvents(layout, articles, sessions)


@pytest.fixture
def take(events, layout, visitor):
    """Asks for a file; its name and bytes, or what is said instead."""

    def take(what, form="", conversation=(), kept=""):
        event = gr.EventData(None, {"what": what, "format": form})
        html = events.on_take(conversation, kept, visitor, event)[layout.taking]
        file = re.search(r'data-name="([^"]*)"[^>]*>([^<]*)<', html)
        return (file[1], b64decode(file[2])) if file else html

    return take


def test_the_open_conversation_is_saved_under_its_name(take, sessions, visitor):
    talk = (exchange("When did <it> open?"),)
    name, data = take("this", "markdown", talk)
    assert name == "when-did-it-open.md"
    assert data.startswith(b"# When did &lt;it\\> open?\n")
    kept = sessions.conversations.save(visitor, "", talk)
    sessions.conversations.rename(visitor, kept, "Ü/" * 60)
    name, data = take("this", "word", talk, kept)
    assert name == ("ü-" * 30).strip("-") + ".docx" and data.startswith(b"PK")


def test_all_conversations_are_saved_in_one_file_with_each_sentence_noted_once(
    take, sessions, visitor
):
    for question in ("One?", "*Two*?"):
        sessions.conversations.save(visitor, "", (exchange(question),))
    name, data = take("all", "markdown")
    text = data.decode()
    assert name == "conversations.md"
    assert "# One?" in text and "# \\*Two\\*?" in text
    assert [text.count(f"[^{n}]:") for n in (1, 2, 3)] == [1, 1, 0]
    assert take("all", "bibtex")[1].startswith(b"@article{post2026lido,")


def test_everything_is_in_one_archive(take, sessions, articles, visitor):
    sessions.conversations.save(visitor, "", (exchange("One?"),))
    articles.add(MINE, visitor)
    name, data = take("everything")
    zipped = ZipFile(BytesIO(data))
    assert name == "ask-the-article.zip"
    assert set(zipped.namelist()) == {
        *(f"conversations.{suffix}" for suffix in ("md", "html", "docx")),
        *(f"citations.{suffix}" for suffix in ("txt", "bib", "json")),
        "articles/001.txt",
        "articles.json",
    }
    assert zipped.read("articles/001.txt").decode() == "A pier\n\nx.txt\n\nThe pier closed in May."
    assert ARTICLE.title not in zipped.read("articles.json").decode()


def test_what_cannot_be_saved_is_told_in_a_sentence(take):
    assert NOTHING in take("this", "word")
    assert NOTHING in take("all", "html")
    assert "There is no format" in take("this", "pdf", (exchange("One?"),))
