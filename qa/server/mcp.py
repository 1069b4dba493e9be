"""The endpoints as tools for a language model, by the Model Context Protocol."""

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
from qa.server.question_queue import THREADS
from qa.server.schemas import CALLS, checked


@dataclass(frozen=True)
class _Offered:
    endpoint: str
    description: str


TOOLS = {
    "ask_articles": _Offered(
        "ask",
        "Ask a question about the news articles that are kept here, and get an answer proved by "
        "their own sentences. The result is JSON. kind is “answer”, or “refusal” where the "
        "articles do not say: then say so, and do not answer from memory. text is the answer in "
        "Markdown with numbers like [1]; citations holds, for each number, the quote to the "
        "letter, its article_id and title, and start and end, its place in the article's text "
        "in characters. confidence, 0 to 1, is how probable it is that the articles answer the "
        "question. closest are the nearest sentences of a refusal, which answer nothing. For a "
        "follow-up question, give the earlier turns as history.",
    ),
    "list_articles": _Offered(
        "articles",
        "List the news articles that everybody can ask, as JSON: id, title, source, author, "
        "publisher, place, published and updated of each. Articles that were added are not "
        "listed; they are known by their id alone.",
    ),
    "add_article": _Offered(
        "add",
        "Add an article, by its address or by its text, so that ask_articles can be asked about "
        "it. The result is JSON with the id of the article. Keep the id: nobody else sees the "
        "article, and it is only asked when the id is among the articles of a question. It is "
        "removed after a day (expires, in Unix seconds).",
    ),
}


def offer_tools(page: gr.Blocks) -> None:
    """Offer these tools alone on the page's MCP server, at `/gradio_api/mcp/`.

    Gradio would offer every endpoint, under the names of our functions, with results as Python
    writes them; its server is the protocol's own, which takes other handlers in their place.
    """
    gradio_server = page.mcp_server_obj
    assert gradio_server is not None, page.mcp_error
    functions: dict[Any, Any] = {one.api_name: one.fn for one in page.fns.values()}
    tools = {name: tool for name, tool in TOOLS.items() if tool.endpoint in functions}
    gradio_server.tool_to_endpoint = {name: f"/{tool.endpoint}" for name, tool in tools.items()}
    server: Any = gradio_server.mcp_server
    threads = CapacityLimiter(THREADS)  # of their own: Gradio's page is served with the usual ones

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
            fields = checked(CALLS[endpoint], arguments)
            function = functions[endpoint]
            who = {"request": request} if "request" in signature(function).parameters else {}
            result = function(**who, **fields.model_dump())
            return list(result)[-1] if isinstance(result, Iterator) else result

        try:
            result = await run_sync(call, limiter=threads)
        except (UsageError, gr.Error) as error:
            said = error.message if isinstance(error, gr.Error) else str(error)
            return CallToolResult(content=[TextContent(type="text", text=said)], isError=True)
        text = json.dumps(result, ensure_ascii=False, indent=2)
        return CallToolResult(content=[TextContent(type="text", text=text)])
