"""One answer: Python, the command line, the client, curl and the protocol say the same."""

import asyncio
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from typer.testing import CliRunner

from qa.cli import app

QUESTIONS = [
    "How many civilians were killed?",
    "How many families were displaced?",
    "Who carried out the airstrikes?",
    "When did the offensive begin?",
    "What did Geir Pedersen say?",
    "Where was Geir Pedersen born?",
    "What is the tallest mountain on Earth?",
    "Summarise the article.",
    "What is the title of the article?",
    "Thanks!",
]


def by_client(url, question):
    return Client(url, verbose=False).predict(question=question, api_name="/ask")


def by_curl(url, question):
    call = f"{url}/gradio_api/call"
    posted = curl(f"{call}/v2/ask", "--json", json.dumps({"question": question}))
    events = curl("-N", f"{call}/ask/{json.loads(posted)['event_id']}")
    return json.loads(events.strip().rpartition("data: ")[2])[0]


def by_protocol(url, question):
    async def ask():
        async with (
            streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await session.call_tool("ask_articles", {"question": question})

    with ThreadPoolExecutor() as pool:  # the browser tests keep an event loop in this thread
        result = pool.submit(asyncio.run, ask()).result()
    return json.loads(result.content[0].text)


def curl(*args):
    return subprocess.run(["curl", "-s", *args], capture_output=True, text=True, check=True).stdout


def same(answer):
    return {name: value for name, value in answer.items() if name != "timings"}


@pytest.fixture(scope="module")
def expected(assistant):
    """What Python says to each question."""
    return {q: same(json.loads(assistant.ask(q).to_json())) for q in QUESTIONS}


@pytest.mark.parametrize("ask", [by_client, by_curl, by_protocol])
def test_every_way_to_ask_the_server_has_the_answer_of_python(ask, served, expected):
    for question in QUESTIONS:
        assert same(ask(served, question)) == expected[question]


def test_the_command_line_has_the_answer_of_python(expected, embedder, monkeypatch):
    monkeypatch.setenv("QA_CHROMA", ":memory:")
    monkeypatch.setattr("qa.loaded.Embedder", lambda name: embedder)
    for question, answer in expected.items():
        done = CliRunner().invoke(app, ["ask", question, "--json"])
        assert done.exit_code == 0, done.output
        assert same(json.loads(done.stdout)) == answer


def test_the_questions_are_of_every_kind(expected):
    assert {answer["kind"] for answer in expected.values()} == {
        "answer",
        "refusal",
        "about",
        "small_talk",
    }
