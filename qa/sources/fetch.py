"""A URL -> what is there, within limits of address, size and time."""

import http.client
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import certifi

from qa.errors import SourceError
from qa.sources.address import public_addresses
from qa.sources.limits import FETCH_SECONDS, MAX_BYTES, MAX_REDIRECTS, MAX_URL_CHARACTERS

Resolve = Callable[[str, int], Sequence[str]]  # a host and a port -> the addresses to connect to

_HEADERS = {
    "User-Agent": "ask-the-article",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 65_536  # bytes read at once


@dataclass(frozen=True)
class Fetched:
    """A response: its body unpacked, the URL it came from after redirects, its declared type."""

    url: str
    data: bytes
    content_type: str  # in lower case without parameters, as "text/html"; may be empty
    charset: str | None


def fetch(url: str, resolve: Resolve = public_addresses) -> Fetched:
    """Get a page over http or https, following redirects.

    `resolve` is asked once for each host, and only the addresses that it returns are connected to;
    by default it refuses what is not on the public internet. No proxy is used.
    Raises `SourceError` for what cannot be fetched within the limits.
    """
    deadline = _Deadline(url)
    try:
        return _fetch(url, resolve, deadline)
    except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
        deadline.check()
        reason = " ".join(str(getattr(error, "strerror", None) or error or "no answer").split())
        raise SourceError(
            f"The page {url} cannot be fetched ({reason}); check the address, or try again later."
        ) from None
    finally:
        deadline.cancel()


def _fetch(url: str, resolve: Resolve, deadline: "_Deadline") -> Fetched:
    here = url
    for _ in range(MAX_REDIRECTS + 1):
        connection = _connection(here, resolve, deadline)
        try:
            connection.request("GET", _target(urlsplit(here)), headers=_HEADERS)
            response = connection.getresponse()
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                here = _redirected(here, location)
                continue
            _check_status(here, response)
            data = _body(here, response)
            deadline.check()
            return Fetched(here, data, _content_type(response.headers), _charset(response.headers))
        finally:
            connection.close()
    raise SourceError(
        f"The page {url} redirects more than {MAX_REDIRECTS} times; give the address it ends at."
    )


class _Deadline:
    """Breaks a connection off when the time for a page is over, however slowly it still drips."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ends = time.monotonic() + FETCH_SECONDS
        self._socket: socket.socket | None = None
        self._timer = Timer(FETCH_SECONDS, self._break)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected
        self.check()

    def check(self) -> None:
        if time.monotonic() >= self._ends:
            raise SourceError(
                f"The page {self._url} was not there after {FETCH_SECONDS} seconds; "
                "try again later, or save it and add the file."
            )

    def remaining(self) -> float:
        self.check()
        return max(self._ends - time.monotonic(), 0.01)

    def cancel(self) -> None:
        self._timer.cancel()

    def _break(self) -> None:
        if self._socket:
            # The plain socket's method, since the one of TLS changes state that a reader uses.
            with suppress(OSError):  # closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Connection(http.client.HTTPConnection):
    """A connection to the given addresses of a host, first come, first served."""

    def __init__(
        self, host: str, port: int, addresses: Sequence[str], tls: bool, deadline: _Deadline
    ) -> None:
        super().__init__(host, port)
        # What http.client leaves out of the Host header; the port is given apart from the host.
        self.default_port = 443 if tls else 80
        self._addresses = addresses
        self._tls = tls
        self._deadline = deadline

    def connect(self) -> None:
        self.sock = self._connected()
        self._deadline.watch(self.sock)
        if self._tls:
            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())  # some Pythons know none of their own
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self._deadline.watch(self.sock)
            self.sock.do_handshake()

    def _connected(self) -> socket.socket:
        *others, last = ((address, self.port) for address in self._addresses)
        for address in others:
            with suppress(OSError):  # the next one has its turn in time
                return socket.create_connection(address, self._deadline.remaining() / 2)
        return socket.create_connection(last, self._deadline.remaining())


def _connection(url: str, resolve: Resolve, deadline: _Deadline) -> _Connection:
    if len(url) > MAX_URL_CHARACTERS:
        raise SourceError(
            f"The address {url[:80]}… has more than {MAX_URL_CHARACTERS:,} characters; "
            "save the page and add it as a file."
        )
    try:
        url.encode()
        parts = urlsplit(url)
        tls = {"http": False, "https": True}[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if tls else 80)
    except KeyError:
        raise SourceError(
            f"The address {url} is not of a web page; give one with http:// or https://."
        ) from None
    except UnicodeEncodeError:
        raise SourceError(f"The address {url} has half of a character in it; check it.") from None
    except ValueError:
        host = ""
    if not host:
        raise SourceError(f"The address {url} names no host; check it.")
    return _Connection(host, port, resolve(host, port), tls, deadline)


def _redirected(url: str, location: str) -> str:
    # Some servers send UTF-8, which http.client reads as Latin-1.
    there = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(url, there)
    except ValueError:
        raise SourceError(
            f"The page {url} redirects to {there[:80]!r}, which is no address; check its own."
        ) from None


def _target(parts: SplitResult) -> str:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(target, safe="/%:=&?~+!$,;'@()*[]")


def _check_status(url: str, response: http.client.HTTPResponse) -> None:
    if response.status == HTTPStatus.OK:
        return
    mend = "try again later"
    if response.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        mend = "open it in a browser and paste its text"
    elif response.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        mend = "check the address"
    reason = " ".join(f"{response.status} {response.reason}".split())[:80]
    raise SourceError(f"The page {url} was answered with {reason}; {mend}.")


def _body(url: str, response: http.client.HTTPResponse) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise SourceError(
            f"The page {url} is packed as {encoding!r}, which was not asked for; "
            "save it and add the file."
        )
    unpack = zlib.decompressobj(wbits=31) if encoding != "identity" else None
    data = bytearray()
    received = 0
    while chunk := response.read(_CHUNK):
        received += len(chunk)
        data += unpack.decompress(chunk, MAX_BYTES + 1 - len(data)) if unpack else chunk
        if max(received, len(data)) > MAX_BYTES:
            raise SourceError(
                f"The page {url} has more than {MAX_BYTES:,} bytes; save the article as text."
            )
    if response.length or (unpack and not unpack.eof):
        raise EOFError("it ended too early")
    return bytes(data)


def _content_type(headers: Message) -> str:
    return headers.get_content_type() if "Content-Type" in headers else ""


def _charset(headers: Message) -> str | None:
    charset = headers.get_content_charset()
    return charset if charset and re.fullmatch(r"[\w.:-]+", charset) else None
