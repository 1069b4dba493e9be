"""A web site on loopback, whose answers a test writes byte by byte."""

import socket
import threading
from contextlib import suppress

import pytest


class Site:
    """Answers a path with what was put there: bytes, or parts that it goes on sending.

    `requests` are the requests it saw, each with its headers as one text.
    """

    def __init__(self, tls=None):
        self.answers, self.requests = {}, []
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._closed = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path="/", host="article.test"):
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def put(self, path, body, status="200 OK", content_type="text/html", **headers):
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
        lines += [f"Content-Type: {content_type}"] if content_type else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.answers[path] = [("\r\n".join(lines) + "\r\n\r\n").encode() + body]

    def redirect(self, path, to, status="302 Found"):
        self.put(path, b"", status, Location=to)

    def close(self):
        self._closed.set()
        with suppress(OSError):  # where it is no error to shut down what only listens
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self):
        while not self._closed.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        try:
            with connection:
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                request = connection.recv(65_536).decode()
                self.requests.append(request)
                for part in self.answers[request.split()[1]]:
                    if self._closed.is_set():
                        return
                    connection.sendall(part)
        except OSError:
            return  # the other side hung up, as it should


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def here():
    """Resolves every host to loopback, which the default would refuse."""
    return lambda host, port: ("127.0.0.1",)
