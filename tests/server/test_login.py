"""A server with a login, without adding, and with its models not yet loaded."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from filelock import FileLock
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.servers import SERVE

LOGIN = ("ann", "a secret: word")


@pytest.fixture(scope="module")
def server(serve_page, tmp_path_factory):
    """The server's address and log; another writer keeps it from loading, which saves seconds."""
    index = tmp_path_factory.mktemp("login")
    settings = {
        "QA_CHROMA": str(index),
        "QA_AUTH": f"bob:another, {':'.join(LOGIN)}",
        "QA_ADD": "off",
    }
    with (
        FileLock(index / ".lock"),
        serve_page(SERVE, ready="health/live", **settings) as (url, log),
    ):
        yield url, log


@pytest.fixture
def guarded(server):
    return server[0]


def test_it_is_alive_at_once_and_not_ready_while_the_models_load(guarded):
    ready = httpx.get(f"{guarded}/health")
    assert (ready.status_code, ready.json()["status"]) == (503, "unready")
    assert "still loading" in ready.json()["reason"]
    assert httpx.get(f"{guarded}/health/live").status_code == 200


def test_nothing_is_revealed_or_accepted_without_a_login(guarded):
    for method, path in [
        ("GET", "config"),
        ("GET", "gradio_api/info"),
        ("GET", "gradio_api/openapi.json"),
        ("GET", "gradio_api/queue/data?session_hash=x"),
        ("GET", "gradio_api/call/ask/x"),
        ("GET", "gradio_api/mcp"),
        ("GET", "gradio_api/mcp/schema"),
        ("GET", "gradio_api/mcp/sse"),
        ("POST", "gradio_api/mcp/"),
        ("POST", "gradio_api/mcp/messages/"),
        ("POST", "gradio_api/call/ask"),
        ("POST", "gradio_api/call/v2/ask"),
        ("POST", "gradio_api/queue/join"),
        ("POST", "gradio_api/upload"),
    ]:
        body = {"question": "?"} if "v2" in path else {"data": ["?"], "session_hash": "x"}
        for authorization in (None, "Basic YW5uOg==", "Basic é"):
            refused = httpx.request(
                method,
                f"{guarded}/{path}",
                json=body if method == "POST" else None,
                headers={"Authorization": authorization.encode()} if authorization else {},
            )
            assert refused.status_code == 401, (path, authorization, refused.text)


def test_the_page_asks_for_a_login_and_shows_nothing_else(guarded):
    page = httpx.get(guarded).text
    assert '"auth_required":true' in page and "conversation" not in page
    wrong = httpx.post(f"{guarded}/login", data={"username": "ann", "password": "x"})
    assert wrong.status_code == 400


def test_after_a_login_there_are_the_endpoints_except_those_that_add(guarded):
    client = Client(guarded, auth=LOGIN, verbose=False)
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert sorted(endpoints) == ["/articles", "/ask"]
    gone = httpx.post(f"{guarded}/gradio_api/call/v2/add", json={"text": "It was closed."})
    assert gone.status_code == 422
    assert gone.json()["detail"] == "There is no endpoint /add; there are /ask, /articles."


def test_a_language_model_logs_in_with_http_basic_and_finds_no_tool_that_adds(guarded):
    async def tools():
        async with (
            httpx.AsyncClient(auth=LOGIN, timeout=60) as http,
            streamable_http_client(f"{guarded}/gradio_api/mcp/", http_client=http) as (r, w, _),
            ClientSession(r, w) as session,
        ):
            await session.initialize()
            return (await session.list_tools()).tools

    with ThreadPoolExecutor() as pool:  # the browser tests keep an event loop in this thread
        found = pool.submit(asyncio.run, tools()).result()
    assert [tool.name for tool in found] == ["ask_articles", "list_articles"]


def test_a_body_that_is_too_long_is_refused_in_one_sentence(guarded):
    there, parts = f"{guarded}/gradio_api/queue/join", [b" " * 1_000_000] * 9
    kind = {"Content-Type": "application/json"}
    told = httpx.post(there, content=b"".join(parts), headers=kind)
    untold = httpx.post(there, content=iter(parts), headers=kind)
    assert told.status_code == untold.status_code == 413
    assert (
        told.json()["detail"]
        == untold.json()["detail"]
        == ("The request is too long; send at most 8,000,000 bytes.")
    )


def test_no_password_is_in_the_log(server):
    assert "secret" not in server[1].read_text()
