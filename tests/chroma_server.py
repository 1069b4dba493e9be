"""A real Chroma server for the tests, `chroma run`, and a proxy before it that requires a token."""

import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from tests.servers import free_port, start


class ChromaServer:
    """`chroma run` over a folder, always on the same port."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [Path(sys.executable).with_name("chroma"), "run", "--path", self.folder]
        command += ["--host", "127.0.0.1", "--port", self.port]
        log = self.folder.with_suffix(".log")
        self._process = start(command, f"{self.url}/api/v2/heartbeat", log)

    def kill(self):
        self._process.kill()
        self._process.wait()


@contextmanager
def wanting_a_token(url: str, token: str):
    """The address of a proxy that forwards requests with the token."""

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers["X-Chroma-Token"] == token:
                answer = httpx.request(
                    self.command, url + self.path, content=sent, headers={"Content-Type": JSON}
                )
                status, kind, body = answer.status_code, JSON, answer.content
            else:
                status, kind, body = 401, "text/plain", b"Who are you?"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 – http.server calls it so

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}"
        proxy.shutdown()


JSON = "application/json"
