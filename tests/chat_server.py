"""An OpenAI-compatible server whose replies are scripted: a process of its own on loopback.

`python tests/chat_server.py PORT` serves on that port. `PUT /script` sets the replies to the next
calls, as a list of objects, the last of which is repeated:
    status   of the response, 200 by default
    silent   seconds before the response starts
    chunks   pieces of text, streamed one by one; "wait" seconds before each
    finish   the finish reason, "stop" by default; null: the connection closes without one
    raw      text sent instead of events
`GET /calls` returns the bodies of the calls since the script was set, `GET /abandoned` those of the
calls whose client disconnected before the end.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

script: list[dict] = []
calls: list[dict] = []
abandoned: list[dict] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_PUT(self):
        script[:] = self._body()
        calls.clear()
        abandoned.clear()
        self._json(200, {})

    def do_GET(self):
        self._json(200, abandoned if self.path == "/abandoned" else calls)

    def do_POST(self):
        call = self._body()
        calls.append(call)
        try:
            self._reply()
        except (BrokenPipeError, ConnectionResetError):
            abandoned.append(call)

    def _reply(self):
        reply = script.pop(0) if len(script) > 1 else script[0]
        time.sleep(reply.get("silent", 0))
        if reply.get("status", 200) != 200:
            return self._json(reply["status"], {"error": {"message": "scripted"}})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if "raw" in reply:
            return self._write(reply["raw"])
        for chunk in reply["chunks"]:
            time.sleep(reply.get("wait", 0))
            self._event({"delta": {"role": "assistant", "content": chunk}, "finish_reason": None})
        finish = reply.get("finish", "stop")
        if finish:
            self._event({"delta": {}, "finish_reason": finish})
            self._write("data: [DONE]\n\n")

    def _event(self, choice):
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, **choice}],
        }
        self._write(f"data: {json.dumps(event)}\n\n")

    def _write(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _json(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
