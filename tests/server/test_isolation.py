"""What one visitor's tab can do to another's, as the page's own events are called by hand."""

import re
from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest

from qa.page.article_view import article_key
from qa.sources import read_pasted
from tests.page.tab import Tab

SECRET = "The harbour of Port Ellery was closed on Friday after a storm."
PASTED = f"A harbour of mine\n\n{SECRET}"
ASKED = ("on_ask", "When was the harbour closed?", None, None, None, None)
GUESSED = [
    "visitor-1767225600-AAAAAAAAAAAAAAAAAAAAAA",
    "outside",
    "owner",
    "user-ann",
    "",
    None,
    7,
    {},
]


@pytest.fixture(scope="module")
def mine(served):
    """A visitor's tab in which an article was added and a question asked, and their name."""
    tab = Tab(served)
    name = re.search(r"visitor-\d+-[\w-]+", tab.send("on_open", None, None))[0]
    assert "A harbour of mine" in tab.send("on_text", PASTED, None, None)
    assert "was closed on" in tab.send(*ASKED)
    return tab, name


@pytest.fixture
def other(served):
    tab = Tab(served)
    tab.send("on_open", None, None)
    return tab


def test_a_name_that_was_kept_is_known_again(mine, served):
    assert "A harbour of mine" in Tab(served).send("on_open", {"visitor": mine[1]}, None)


def test_a_guessed_name_opens_nobodys_page(mine, served):
    for name in GUESSED:
        said = Tab(served).send("on_open", {"visitor": name}, None)
        assert "syria" in said.lower(), name
        assert "A harbour of mine" not in said and mine[1] not in said, name


def test_a_name_sent_with_an_event_in_place_of_ones_own_is_not_read(mine, other):
    _, name = mine
    sent = {"key": key_of_mine(mine), "chosen": [], "id": f"s-{key_of_mine(mine)}-0"}
    for event, data in {
        "on_ask": ["When was the harbour closed?", (), None, name, None],
        "on_list": [None, name],
        "on_delete_all": [name],
        "on_text": ["Two words of another.", None, name],
        "on_remove": [None, name],
        "on_select": [None, name],
        "on_show": [(), name],
    }.items():
        said = other.send(event, *data, **sent)
        assert "was closed on" not in said and "A harbour of mine" not in said, event
        assert still_there(mine), event


@pytest.mark.parametrize("what", ["all", "everything"])
def test_a_name_sent_with_what_is_to_be_taken_along_is_not_read(mine, other, what):
    asked = {"what": what, "format": "markdown"}
    assert b"harbour" in taken(mine[0].send("on_take", None, None, None, **asked)).lower()
    theirs = taken(other.send("on_take", None, None, mine[1], **asked))
    assert b"harbour" not in theirs.lower()


def test_a_key_of_anothers_article_neither_shows_nor_removes_it(mine, other):
    for event, data in {"on_show": [None, None], "on_remove": [None, None]}.items():
        said = other.send(event, *data, key=key_of_mine(mine))
        assert "A harbour of mine" not in said
    assert still_there(mine)


def test_an_id_of_anothers_conversation_opens_changes_and_deletes_nothing(mine, other):
    kept = re.search(r'"conversation": "([0-9a-f]{32})"', mine[0].send(*ASKED))[1]
    for event, data in {
        "on_reopen": [kept, (), None],
        "on_rename": [kept, None],
        "on_delete": [kept, None],
        "on_undo": [kept, None],
        "on_new_conversation": [None, kept, None],
    }.items():
        said = other.send(event, *data, id=kept, name="Mine")
        assert "was closed on" not in said and "harbour closed" not in said, event
    other.send("on_delete_all", None)
    said = mine[0].send("on_reopen", None, None, None, id=kept)
    assert "was closed on" in said and "When was the harbour closed?" in said


def test_an_id_of_a_visitors_article_is_none_to_the_api(mine, served):
    article_id = read_pasted(PASTED).id
    assert article_key(article_id) == key_of_mine(mine)
    for call, body in {
        "ask": {"question": "When was the harbour closed?", "articles": [article_id]},
        "remove": {"article": article_id},
    }.items():
        posted = httpx.post(f"{served}/gradio_api/call/v2/{call}", json=body).json()["event_id"]
        said = httpx.get(f"{served}/gradio_api/call/{call}/{posted}", timeout=60).text
        assert "There is no such article" in said and "A harbour of mine" not in said
    assert still_there(mine)


def test_a_guessed_session_of_gradios_holds_nobodys_state(mine, served):
    for session in ("0", "null", "undefined", "../..", "%00", "*", "a" * 5000):
        guessing = Tab(served, session)
        with pytest.raises(httpx.RemoteProtocolError):  # there is nothing to listen to
            guessing.listen()
        said = guessing.send(*ASKED)
        assert "was closed on" not in said and mine[1] not in said, session
        url = f"{served}/gradio_api/deep_link"
        assert "harbour" not in httpx.get(url, params={"session_hash": session}).text, session


def test_no_route_tells_a_session_a_name_or_what_was_added(mine, served):
    for path in (
        "config gradio_api/info gradio_api/openapi.json gradio_api/queue/status monitoring"
        " monitoring/summary gradio_api/startup-events gradio_api/app_id gradio_api/token"
        " gradio_api/runs manifest.json"
    ).split():
        said = httpx.get(f"{served}/{path}", timeout=20).text
        for secret in (mine[0].session, mine[1], "Port Ellery"):
            assert secret not in said, path


def key_of_mine(mine) -> str:
    return re.search(
        r'data-remove=\\"(\w+)\\"', mine[0].send("on_open", {"visitor": mine[1]}, None)
    )[1]


def taken(said: str) -> bytes:
    """What is in the file that was sent, or in each of a zip file; nothing if none was."""
    found = re.search(r"data-type=[^>]*>([\w+/=]+)<", said)
    data = b64decode(found[1]) if found else b""
    if not data.startswith(b"PK"):
        return data
    files = ZipFile(BytesIO(data))
    return b"".join(name.encode() + files.read(name) for name in files.namelist())


def still_there(mine) -> bool:
    return "A harbour of mine" in mine[0].send("on_open", {"visitor": mine[1]}, None)
