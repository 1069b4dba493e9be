"""A language model whose replies are scripted, behind OpenAI's protocol on this machine."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "openai:scripted"
Reply = Callable[[str, str], str]  # the system's words, the last message -> what it writes


class Scripted:
    """The server's address, and what it replies."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.reply: Reply = lambda _system, _message: ""


@contextmanager
def scripted() -> Iterator[Scripted]:
    """A server on a free port of loopback, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    script = Scripted(f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.script = script  # type: ignore[attr-defined]  # for the handler, which it makes itself
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told: Mapping[str, str] = {m["role"]: _text(m["content"]) for m in call["messages"]}
        text = self.server.script.reply(told.get("system", ""), told["user"])  # type: ignore[attr-defined]
        about = {"id": "1", "created": 1, "model": "scripted"}
        if call.get("stream"):
            pieces = ({"content": text, "role": "assistant"}, "stop")
            first, last = (
                about | {"object": "chat.completion.chunk", "choices": [{"index": 0, **choice}]}
                for choice in (
                    {"delta": pieces[0], "finish_reason": None},
                    {"delta": {}, "finish_reason": pieces[1]},
                )
            )
            body = "".join(f"data: {json.dumps(e)}\n\n" for e in (first, last)) + "data: [DONE]\n\n"
            self._send("text/event-stream", body)
        else:
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            whole = about | {"object": "chat.completion", "choices": [choice]}
            self._send("application/json", json.dumps(whole))

    def _send(self, kind: str, body: str) -> None:
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the report tells what came of it."""


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)
