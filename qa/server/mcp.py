"""MCP tools: the endpoints for language models, by the Model Context Protocol."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import signature
from typing import Any

import gradio as gr
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from mcp.types import CallToolResult, TextContent, Tool

from qa.errors import UsageError
from qa.server.question_queue import MAX_THREADS
from qa.server.schemas import CALLS, validate


@dataclass(frozen=True)
class _EndpointTool:
    """A tool: the endpoint that it calls, and what a language model is told about it."""

    endpoint: str
    description: str


TOOLS = {
    "ask_articles": _EndpointTool(
        "ask",
        "Ask a question about the news articles held here, and get an answer proved by sentences "
        "quoted from them. The result is JSON. kind is “answer”, or “refusal” if the articles do "
        "not say: then tell the user so, and do not answer from memory. text is the answer in "
        "Markdown with citation numbers such as [1]; citations gives, for each number, the exact "
        "quote, its article_id and title, and start and end, its position in the article's text "
        "in characters. confidence, 0 to 1, is the probability that the articles answer the "
        "question. closest, in a refusal, are the nearest sentences; they do not answer the "
        "question. further are sentences that belong to the answer but are not in text. For a "
        "follow-up question, give the earlier turns as history. Over several articles, each "
        "citation has the publisher and the published day of its article, and under "
        "also the copies of the sentence in others; tell the user who says what, and when. A "
        "statement with the role “earlier” is what an earlier version of the article said; those "
        "with the roles “differs”, “same” and “only” are what several articles say otherwise, "
        "alike, or alone, and those with one point number speak of one thing. Ask “Compare the "
        "articles” or “Where do they differ on the toll?” for these.",
    ),
    "list_articles": _EndpointTool(
        "articles",
        "List the news articles that everyone can ask, as JSON: id, title, source, author, "
        "publisher, place, published and updated of each. Added articles are not listed; they "
        "are found only by their ids.",
    ),
    "add_article": _EndpointTool(
        "add",
        "Add an article, by its address or its text, so that ask_articles can answer questions "
        "about it. The result is JSON with the id of the article. Keep the id: nobody else can "
        "see the article, and it is searched only if its id is among the articles of a question. "
        "It is removed after a day (expires, in Unix seconds).",
    ),
}


def install_tools(page: gr.Blocks) -> None:
    """Make these the only tools of the page's MCP server, at `/gradio_api/mcp/`.

    Gradio would offer every endpoint, under our functions' names and with results in Python
    syntax. Its server is the protocol's own, whose handlers can be replaced.
    """
    gradio_server = page.mcp_server_obj
    assert gradio_server is not None, page.mcp_error
    functions: dict[Any, Any] = {one.api_name: one.fn for one in page.fns.values()}
    tools = {name: tool for name, tool in TOOLS.items() if tool.endpoint in functions}
    gradio_server.tool_to_endpoint = {name: f"/{tool.endpoint}" for name, tool in tools.items()}
    server: Any = gradio_server.mcp_server
    threads = CapacityLimiter(MAX_THREADS)  # separate from the threads that serve Gradio's page

    @server.list_tools()  # type: ignore[untyped-decorator]
    async def list_tools() -> list[Tool]:
        return [
            Tool(
                name=name,
                description=tool.description,
                inputSchema=CALLS[tool.endpoint].model_json_schema(),
            )
            for name, tool in tools.items()
        ]

    @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]
    async def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
        request = gr.Request(server.request_context.request)

        def call() -> Any:
            if name not in tools:
                raise UsageError(f"There is no tool {name}; there are {', '.join(tools)}.")
            endpoint = tools[name].endpoint
            fields = validate(CALLS[endpoint], arguments)
            function = functions[endpoint]
            extra = {"request": request} if "request" in signature(function).parameters else {}
            result = function(**extra, **fields.model_dump())
            return list(result)[-1] if isinstance(result, Iterator) else result

        try:
            result = await run_sync(call, limiter=threads)
        except (UsageError, gr.Error) as error:
            message = error.message if isinstance(error, gr.Error) else str(error)
            return CallToolResult(content=[TextContent(type="text", text=message)], isError=True)
        text = json.dumps(result, ensure_ascii=False, indent=2)
        return CallToolResult(content=[TextContent(type="text", text=text)])
