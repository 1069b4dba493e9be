"""A real Chroma server for the tests, `chroma run`, and a proxy before it that wants a token."""

import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx


class ChromaServer:
    """`chroma run` over a folder, always on the same port."""

    def __init__(self, folder: Path):
        self.folder = folder
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [Path(sys.executable).with_name("chroma"), "run", "--path", self.folder]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while self._process.poll() is None:
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat").raise_for_status()
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"chroma run ended with status {self._process.returncode}")

    def kill(self):
        self._process.kill()
        self._process.wait()


@contextmanager
def wanting_a_token(url: str, token: str):
    """The address of a proxy that passes on what carries the token."""

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
