import gzip
import itertools
import socket
import ssl
import time

import pytest
import trustme

from qa.errors import SourceError
from qa.sources.address import public_addresses
from qa.sources.fetch import Fetched, fetch
from qa.sources.limits import MAX_BYTES
from tests.sources.conftest import Site

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_a_page_is_fetched_from_the_address_that_was_checked_and_no_other(site, monkeypatch):
    site.put("/a?b=ü".replace("ü", "%C3%BC"), b"hello", content_type="Text/HTML; charset=Latin-1")
    names = {"article.test": ("127.0.0.1",)}
    real = socket.getaddrinfo

    def literal_only(host, *args, **options):
        assert host == "127.0.0.1"  # a second look at the name could find another address
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", literal_only)
    fetched = fetch(site.url("/a?b=ü"), lambda host, port: names.pop(host))
    assert fetched == Fetched(site.url("/a?b=ü"), b"hello", "text/html", "latin-1")
    assert f"Host: article.test:{site.port}\r\n" in site.requests[0]


def test_addresses_are_tried_in_turn(site):
    site.put("/", b"hello")
    assert fetch(site.url(), lambda *_: ("127.0.0.2", "127.0.0.1")).data == b"hello"


def test_loopback_is_refused_by_default_and_nothing_is_asked_of_it(site):
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"):
        with pytest.raises(SourceError, match="which is not on the public internet"):
            fetch(site.url(host=host))
    assert site.requests == []


def test_redirects_are_followed_and_each_host_is_checked(site):
    site.redirect("/a", "/b", "301 Moved Permanently")
    site.redirect("/b", f"//other.test:{site.port}/ü/c d")
    site.put("/%C3%BC/c%20d", b"hello")
    asked = []

    def resolve(host, port):
        asked.append((host, port))
        return ("127.0.0.1",)

    fetched = fetch(site.url("/a"), resolve)
    assert (fetched.data, fetched.url) == (b"hello", site.url("/ü/c d", "other.test"))
    assert asked == [("article.test", site.port)] * 2 + [("other.test", site.port)]


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",  # where clouds keep their keys
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",  # NAT64
        "169。254。169。254",  # as IDNA reads them
        "①⑥⑨.②⑤④.①⑥⑨.②⑤④",
        "user:password@169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "[fd00::1]",
        "[fe80::1%25lo]",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(site, host):
    site.redirect("/", f"http://{host}/latest/meta-data/")

    def resolve(host, port):
        return ("127.0.0.1",) if host == "article.test" else public_addresses(host, port)

    with pytest.raises(SourceError, match=r"which is not on the public internet|was not found"):
        fetch(site.url(), resolve)
    assert len(site.requests) == 1


def test_a_name_that_changes_after_the_check_leads_to_the_address_that_was_checked(
    site, monkeypatch
):
    site.put("/", b"hello")
    looked_up, real = [], socket.getaddrinfo

    def changing(host, *args, **options):
        if host == "article.test":
            looked_up.append(host)
            host = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.2"
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr("qa.sources.address.is_public", lambda address: True)
    assert fetch(site.url()).data == b"hello"
    assert looked_up == ["article.test"]


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("/", "redirects more than 5 times; give the address it ends at"),
        ("file:///etc/passwd", "The address file:///etc/passwd is not of a web page"),
        ("https:///x", "The address https:///x names no host"),
        ("http://a:b/", "The address http://a:b/ names no host"),
        ("http://[::1/", "redirects to 'http://[::1/', which is no address"),
        ("http://" + "a" * 70 + ".test/", "names no host"),
        ("/" + "x" * 2000, "has more than 2,000 characters"),
    ],
)
def test_a_redirect_that_leads_nowhere_ends_in_a_sentence(site, here, to, problem):
    site.redirect("/", to)
    with pytest.raises(SourceError) as caught:
        fetch(site.url(), here)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("status", "mend"),
    [
        ("404 Not Found", "check the address"),
        ("410 Gone", "check the address"),
        ("401 Unauthorized", "open it in a browser and paste its text"),
        ("403 Forbidden", "open it in a browser and paste its text"),
        ("500 Internal Server Error", "try again later"),
        ("204 No Content", "try again later"),
        ("302 Found", "try again later"),
    ],
)
def test_a_status_that_is_no_page_is_told(site, here, status, mend):
    site.put("/", b"<h1>No</h1>", status)
    with pytest.raises(SourceError) as caught:
        fetch(site.url(), here)
    assert str(caught.value) == f"The page {site.url()} was answered with {status}; {mend}."


def dripping(part):
    for _ in range(200):  # ten seconds, much longer than a test allows
        yield part
        time.sleep(0.05)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: dripping(b""),
        lambda: dripping(b"H"),
        lambda: itertools.chain([HEAD], dripping(b"X-More: x\r\n")),
        lambda: itertools.chain([HEAD + b"\r\n"], dripping(b"x")),
        lambda: itertools.chain([HEAD + b"Content-Length: 999\r\n\r\n"], dripping(b"x")),
        lambda: itertools.chain(
            [HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], dripping(b"1\r\nx\r\n")
        ),
        lambda: dripping(b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silence", "status", "headers", "body", "long", "chunks", "continue"],
)
def test_a_page_that_drips_for_ever_ends_in_time(site, here, monkeypatch, answer):
    monkeypatch.setattr("qa.sources.fetch.FETCH_SECONDS", 0.5)
    site.answers["/"] = answer()
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"was not there after 0\.5 seconds; try again later"):
        fetch(site.url(), here)
    assert time.monotonic() - started < 2


def test_redirects_share_one_time(site, here, monkeypatch):
    monkeypatch.setattr("qa.sources.fetch.FETCH_SECONDS", 0.5)

    class Slow:
        def __iter__(self):
            time.sleep(0.2)
            yield b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"

    site.answers["/"] = Slow()
    with pytest.raises(SourceError, match=r"was not there after 0\.5 seconds"):
        fetch(site.url(), here)


@pytest.mark.parametrize("head", [b"\r\n", b"Content-Length: 99999999999\r\n\r\n"])
def test_a_page_without_end_is_left_at_the_limit(site, here, head):
    site.answers["/"] = itertools.chain([HEAD + head], itertools.repeat(b"x" * 65_536))
    with pytest.raises(SourceError, match="has more than 20,000,000 bytes; save the article"):
        fetch(site.url(), here)


def test_a_packed_page_is_unpacked_up_to_the_limit(site, here):
    site.put("/", gzip.compress(b"hello"), Content_Encoding="gzip")
    assert fetch(site.url(), here).data == b"hello"
    site.put("/", gzip.compress(b"x" * MAX_BYTES), Content_Encoding="gzip")
    assert len(fetch(site.url(), here).data) == MAX_BYTES
    site.put("/", gzip.compress(bytes(10 * MAX_BYTES)), Content_Encoding="gzip")
    with pytest.raises(SourceError, match="has more than 20,000,000 bytes"):
        fetch(site.url(), here)
    site.put("/", b"hello", Content_Encoding="br")
    with pytest.raises(SourceError, match="is packed as 'br', which was not asked for"):
        fetch(site.url(), here)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(b"x" * 99, mtime=0)[:20],  # without the time, else workers disagree
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_a_broken_answer_ends_in_a_sentence(site, here, answer):
    site.answers["/"] = [answer]
    with pytest.raises(SourceError, match=r"cannot be fetched \([^\n]+\); check the address, or"):
        fetch(site.url(), here)


def test_a_server_that_is_not_there_ends_in_a_sentence(site, here):
    site.close()
    with pytest.raises(SourceError, match=r"cannot be fetched \(.+\); check the address"):
        fetch(site.url(), here)


def test_a_proxy_of_the_environment_is_not_used(site, here, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.put("/", b"hello")
    assert fetch(site.url(), here).data == b"hello"


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """A certificate authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def secure_site(authority, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return Site(context)


def test_tls_proves_the_name_though_the_address_is_connected_to(authority, here):
    site = secure_site(authority, "article.test")
    site.put("/", b"hello")
    assert fetch(site.url(), here).data == b"hello"
    with pytest.raises(SourceError, match=r"certificate verify failed: Hostname mismatch"):
        fetch(site.url(host="other.test"), here)
    site.close()


def test_a_certificate_of_nobody_is_refused(here):
    site = secure_site(trustme.CA(), "article.test")
    with pytest.raises(SourceError, match="certificate verify failed"):
        fetch(site.url(), here)
    site.close()


def test_a_secure_page_that_drips_ends_in_time(authority, here, monkeypatch):
    monkeypatch.setattr("qa.sources.fetch.FETCH_SECONDS", 0.5)
    site = secure_site(authority, "article.test")
    site.answers["/"] = itertools.chain([HEAD + b"\r\n"], dripping(b"x"))
    with pytest.raises(SourceError, match=r"was not there after 0\.5 seconds"):
        fetch(site.url(), here)
    site.close()
