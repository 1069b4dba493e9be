"""A server of language models whose replies are scripted: a process of its own on loopback.

`python tests/chat_server.py PORT` serves on that port. It speaks OpenAI's protocol at
`/v1/chat/completions`, Anthropic's at `/v1/messages` and Ollama's at `/api/chat`, each streamed or
whole as it is asked. `PUT /script` sets a turn and the replies to the next calls, as a list of
objects, the last of which is repeated:
    status   of the response, 200 by default
    silent   seconds before the response starts
    chunks   pieces of text, streamed one by one; "wait" seconds before each
    finish   why it ends, in OpenAI's words, "stop" by default; null: the connection closes without
    raw      text sent instead of events
A path may begin with the `turn` of a script, as `/7/v1/messages` does: a call of another turn than
the script's is refused, so that what the client of an earlier test repeats takes no reply of this.
`GET /calls` returns the bodies of the calls since the script was set, `GET /abandoned` those of the
calls whose client disconnected before the end.
"""

import json
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

script: list[dict] = []
turn = [""]
calls: list[dict] = []
abandoned: list[dict] = []


class OpenAI:
    content_type, start = "text/event-stream", ""

    @classmethod
    def piece(cls, text):
        return cls._event({"delta": {"role": "assistant", "content": text}, "finish_reason": None})

    @classmethod
    def end(cls, finish):
        return cls._event({"delta": {}, "finish_reason": finish}) + "data: [DONE]\n\n"

    @staticmethod
    def whole(call, text, finish):
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
        return {**_COMPLETION, "object": "chat.completion", "choices": [{"index": 0, **choice}]}

    @staticmethod
    def _event(choice):
        event = {**_COMPLETION, "object": "chat.completion.chunk"}
        return f"data: {json.dumps({**event, 'choices': [{'index': 0, **choice}]})}\n\n"


_COMPLETION = {"id": "1", "created": 1, "model": "scripted"}


class Anthropic:
    content_type = "text/event-stream"
    _finish = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}  # noqa: RUF012

    @classmethod
    def whole(cls, call, text, finish):
        content = [{"type": "text", "text": text}] if text else []
        if call.get("tools"):  # its form of structured output
            try:
                content = [{"type": "tool_use", "id": "1", "name": call["tools"][0]["name"]}]
                content[0]["input"] = json.loads(text)
            except ValueError:
                content = [{"type": "text", "text": text}]
        return cls._message(content, cls._finish[finish])

    @classmethod
    def piece(cls, text):
        delta = {"type": "text_delta", "text": text}
        return _named({"type": "content_block_delta", "index": 0, "delta": delta})

    @classmethod
    def end(cls, finish):
        delta = {"stop_reason": cls._finish[finish], "stop_sequence": None}
        return (
            _named({"type": "content_block_stop", "index": 0})
            + _named({"type": "message_delta", "delta": delta, "usage": {"output_tokens": 1}})
            + _named({"type": "message_stop"})
        )

    @staticmethod
    def _message(content, stop):
        return {
            "id": "1",
            "type": "message",
            "role": "assistant",
            "model": "scripted",
            "content": content,
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }


def _named(event):
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"


Anthropic.start = _named(
    {"type": "message_start", "message": Anthropic._message([], None)}
) + _named(
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
)


class Ollama:
    content_type, start = "application/x-ndjson", ""

    @classmethod
    def piece(cls, text):
        return cls._line(text, done=False)

    @classmethod
    def end(cls, finish):
        return cls._line("", done=True, done_reason=finish)

    @staticmethod
    def _line(text, **fields):
        message = {"role": "assistant", "content": text}
        line = {"model": "scripted", "created_at": "2024-01-01T00:00:00Z", "message": message}
        return json.dumps({**line, **fields}) + "\n"


PROTOCOLS = {"/v1/chat/completions": OpenAI, "/v1/messages": Anthropic, "/api/chat": Ollama}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_PUT(self):
        turn[0], script[:] = self._body()
        calls.clear()
        abandoned.clear()
        self._json(200, {})

    def do_GET(self):
        self._json(200, abandoned if self.path == "/abandoned" else calls)

    def do_POST(self):
        call = self._body()
        asked, self.path = re.fullmatch(r"(?:/(\d+))?(/.*)", self.path).groups()
        if asked not in (None, turn[0]):
            return self._json(410, {"error": {"message": "of an earlier script"}})
        calls.append(call)
        try:
            self._reply(call)
        except (BrokenPipeError, ConnectionResetError):
            abandoned.append(call)

    def _reply(self, call):
        reply = script.pop(0) if len(script) > 1 else script[0]
        time.sleep(reply.get("silent", 0))
        if reply.get("status", 200) != 200:
            return self._json(reply["status"], {"error": {"message": "scripted"}})
        protocol = PROTOCOLS[self.path]
        finish = reply.get("finish", "stop")
        if not call.get("stream", protocol is Ollama) and "raw" not in reply:
            return self._json(200, protocol.whole(call, "".join(reply["chunks"]), finish))
        self.send_response(200)
        self.send_header("Content-Type", protocol.content_type)
        self.end_headers()
        if "raw" in reply:
            return self._write(reply["raw"])
        self._write(protocol.start)
        for chunk in reply["chunks"]:
            time.sleep(reply.get("wait", 0))
            self._write(protocol.piece(chunk))
        if finish:
            self._write(protocol.end(finish))

    def _write(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _json(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After-Ms", "20")  # of an error: the clients wait no longer then
        self.end_headers()
        self.wfile.write(body)

    def _body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
