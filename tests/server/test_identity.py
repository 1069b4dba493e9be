import gradio as gr
import pytest
from starlette.requests import Request

from qa import Settings
from qa.server.identity import HERE, name_of

DIRECT = {"host": "127.0.0.1:7860", "origin": "http://127.0.0.1:7860"}


def request(client: str, user: str | None = None, **headers: str) -> gr.Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "headers": sent, "client": (client, 1), "path": "/"}
    return gr.Request(Request(scope), username=user)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("FORWARDED_ALLOW_IPS", "SPACE_ID"):
        monkeypatch.delenv(name, raising=False)


def test_who_comes_directly_on_this_machine_is_its_owner():
    for host in ("127.0.0.1:7860", "localhost:7860", "[::1]:7860"):
        for client in ("127.0.0.1", "::1"):
            sent = request(client, host=host, origin=f"http://{host}")
            assert name_of(sent, Settings()) == HERE


@pytest.mark.parametrize(
    "client, headers",
    [
        ("192.168.1.7", DIRECT),
        ("127.0.0.1", DIRECT | {"x_forwarded_for": "10.0.0.1"}),
        ("127.0.0.1", DIRECT | {"forwarded": "for=10.0.0.1"}),
        (
            "127.0.0.1",
            DIRECT | {"origin": "https://news.example.org"},
        ),  # a silent proxy
        ("127.0.0.1", DIRECT | {"host": "evil.example"}),  # a name that was made to point here
        ("127.0.0.1", {"host": "127.0.0.1:7860"}),
        ("127.0.0.1", DIRECT | {"host": "127.0.0.1.evil.example"}),
        ("127.0.0.1", {}),
    ],
)
def test_whoever_else_comes_is_a_visitor(client, headers):
    assert name_of(request(client, **headers), Settings()) == ""


def test_settings_and_a_proxy_that_was_announced_make_everybody_a_visitor(monkeypatch):
    for shared in (True, False):
        assert name_of(request("127.0.0.1", **DIRECT), Settings(shared=shared)) == ""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
    assert name_of(request("127.0.0.1", **DIRECT), Settings()) == ""


def test_who_logged_in_has_that_name():
    assert name_of(request("127.0.0.1", "ann", **DIRECT), Settings()) == "user-ann"
