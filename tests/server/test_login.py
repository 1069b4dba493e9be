"""A server with a login, without adding, and with its models not yet loaded."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from filelock import FileLock
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

ROOT = Path(__file__).parents[2]
LOGIN = ("ann", "a secret: word")


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("guarded") / "log"


@pytest.fixture(scope="module")
def guarded(log):
    """The server's address; another writer keeps it from loading, which saves the seconds."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {
        **os.environ,
        "QA_CHROMA": str(log.parent),
        "QA_AUTH": f"bob:another, {':'.join(LOGIN)}",
        "QA_ADD": "off",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port)]
    with (
        FileLock(log.parent / ".lock"),
        log.open("wb") as out,
        subprocess.Popen(command, cwd=log.parent, env=environment, stdout=out, stderr=out) as own,
    ):
        url = f"http://127.0.0.1:{port}"
        while own.poll() is None:
            try:
                httpx.get(f"{url}/health/live").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        assert own.poll() is None, log.read_text()
        yield url
        own.terminate()


def test_it_is_alive_at_once_and_not_ready_while_the_models_load(guarded):
    ready = httpx.get(f"{guarded}/health")
    assert (ready.status_code, ready.json()["status"]) == (503, "unready")
    assert "being loaded" in ready.json()["reason"]
    assert httpx.get(f"{guarded}/health/live").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
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
    ],
)
def test_nothing_is_told_or_taken_without_a_login(guarded, method, path):
    body = {"question": "?"} if "v2" in path else {"data": ["?"], "session_hash": "x"}
    for headers in ({}, {"Authorization": "Basic YW5uOg=="}, {"Authorization": "Basic é"}):
        headers = {name: value.encode() for name, value in headers.items()}
        refused = httpx.request(
            method, f"{guarded}/{path}", json=body if method == "POST" else None, headers=headers
        )
        assert refused.status_code == 401, refused.text


def test_the_page_asks_for_a_login_and_shows_nothing_else(guarded):
    page = httpx.get(guarded).text
    assert '"auth_required":true' in page and "conversation" not in page
    wrong = httpx.post(f"{guarded}/login", data={"username": "ann", "password": "x"})
    assert wrong.status_code == 400


def test_who_logs_in_finds_the_endpoints_without_those_that_add(guarded):
    client = Client(guarded, auth=LOGIN, verbose=False)
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert sorted(endpoints) == ["/articles", "/ask"]
    gone = httpx.post(f"{guarded}/gradio_api/call/v2/add", json={"text": "It was closed."})
    assert gone.status_code == 422
    assert gone.json()["detail"] == "There is no endpoint /add; there are /ask, /articles."


def test_a_language_model_logs_in_by_http_basic_and_finds_no_tool_that_adds(guarded):
    async def tools():
        async with (
            httpx.AsyncClient(auth=LOGIN) as http,
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


def test_no_password_stands_in_the_log(guarded, log):
    assert "secret" not in log.read_text()
