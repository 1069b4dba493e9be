import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from jsonschema import Draft202012Validator
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

QUESTION = "How many civilians were killed?"


@pytest.fixture
def talk(served):
    """What a function gets of a session with the server, by the protocol's own client."""

    def run(function):
        async def session():
            async with (
                streamable_http_client(f"{served}/gradio_api/mcp/") as (read, write, _),
                ClientSession(read, write) as session,
            ):
                await session.initialize()
                return await function(session)

        with ThreadPoolExecutor() as pool:  # the browser tests keep an event loop in this thread
            return pool.submit(asyncio.run, session()).result()

    return run


@pytest.fixture
def call(talk):
    """Calls a tool: whether it failed, and the text it returns."""

    def call(name, **fields):
        result = talk(lambda session: session.call_tool(name, fields))
        (content,) = result.content
        return result.isError, content.text

    return call


def test_these_are_the_tools_each_with_a_description_and_a_schema(talk):
    tools = talk(lambda session: session.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask_articles", "list_articles", "add_article"]
    for tool in tools:
        assert len(tool.description) > 100
        Draft202012Validator.check_schema(tool.inputSchema)
        assert tool.inputSchema["additionalProperties"] is False
        for field in tool.inputSchema["properties"].values():
            assert field["description"]


def test_nothing_else_of_the_page_is_offered(talk, call):
    assert talk(lambda session: session.list_prompts()).prompts == []
    assert talk(lambda session: session.list_resources()).resources == []
    assert call("remove", article="x") == (
        True,
        "There is no tool remove; there are ask_articles, list_articles, add_article.",
    )


def test_the_result_is_json_with_citations_quotes_and_offsets(call, article):
    failed, text = call("ask_articles", question=QUESTION)
    answer = json.loads(text)
    assert not failed and answer["citations"]
    for citation in answer["citations"]:
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_article_is_added_and_asked_by_its_id_alone(call):
    text = "The harbour of Port Ellery was closed on Friday after a storm."
    added = json.loads(call("add_article", title="Harbour", text=text)[1])
    question = "When was the harbour closed?"
    named = json.loads(call("ask_articles", question=question, articles=[added["id"]])[1])
    assert named["citations"][0]["article_id"] == added["id"]
    assert json.loads(call("ask_articles", question=question)[1])["kind"] == "refusal"
    assert [a["id"] for a in json.loads(call("list_articles")[1])] == ["syria-offensive"]


def test_a_wrong_call_is_an_error_of_the_protocol_in_one_sentence(call):
    for name, fields, begins in [
        ("ask_articles", {}, "question is missing; it must be"),
        ("ask_articles", {"question": 7}, "question is 7; it must be"),
        ("ask_articles", {"question": "?", "colour": 1}, "colour is not a field of this call"),
        ("ask_articles", {"question": " "}, "The question is empty; type one."),
        ("ask_articles", {"question": "?", "articles": ["x"]}, "There is no such article: 'x'"),
        ("list_articles", {"all": True}, "all is not a field of this call; its fields: none."),
        ("add_article", {"text": "word"}, "The pasted text has no more than a word"),
    ]:
        failed, text = call(name, **fields)
        assert failed and text.startswith(begins), (name, fields)
