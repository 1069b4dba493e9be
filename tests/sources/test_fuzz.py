"""1,000 broken files and addresses: each becomes an article or one sentence, and soon."""

import json
import random
import re
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest

from qa import Article
from qa.errors import SourceError
from qa.sources import read_pasted, read_upload
from qa.sources.characters import clean
from qa.sources.sandbox import read
from qa.sources.url import read_url
from tests.sources.made import PARAGRAPHS, docx, news_page, pdf
from tests.sources.test_sandbox import with_part

TEXT = "---\ntitle: Harbour\nsource: x.test\n---\n" + "\n\n".join(PARAGRAPHS)
SEEDS = {
    "txt": TEXT.encode(),
    "webpage": news_page(),
    "pdf": pdf([PARAGRAPHS, PARAGRAPHS[::-1]], title="Harbour"),
    "docx": docx(title="Harbour"),
}
SUFFIX = {"txt": ".md", "webpage": ".html", "pdf": ".pdf", "docx": ".docx"}
# How many of each are tried: 1,000 together, of which a few go through the child that parses.
MUTANTS = {"txt": 150, "webpage": 190, "pdf": 190, "docx": 190, "url": 280}
IN_CHILD = 5
SECONDS = 5  # for one of them, in this process; a child's own limit is far above
INSERTED = [
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"</",
    b"&#",
    b"(" * 50,
    b"[" * 50,
    b"<<" * 50,
    b"obj",
    b"-1 ",
]
ADDRESSES = [
    "http://article.test:{port}/a/b.txt?c=d&e=f#g",
    "HTTP://User:pw@Article.test:{port}/",
    "http://[::1]:{port}/x",
    "http://127.0.0.1:{port}/%C3%BC/a%20b",
]
IN_ADDRESS = [
    *"\0\ud800 \n\t\x1b\x7f\xad\u202e\u200d\uffff%@\\#?[]:;|&={}<>\"'`.-_/。①٣Ⅷ％ßé😀",
    *("\r\nX: y", "%zz", "%00", "[::1", "//", "../", ":0", ":99999", "user:pw@", "xn--a", "a" * 70),
]


def mutant(data: bytes, seed: int) -> bytes:
    """The data with some bytes changed, dropped, doubled or put in."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at = chance.randrange(len(changed))
        length = chance.choice([1, 4, 50, 1000])
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * chance.choice([1, 30])
            case 3:
                changed[at:at] = chance.choice(INSERTED)
            case 4:
                changed[at : at + length] = chance.randbytes(length)
        changed = changed or bytearray(b"x")
    return bytes(changed)


def is_text(article: Article) -> bool:
    starts = [0, *article.pages, len(article.text)]
    return (
        clean(article.text) == article.text
        and clean(article.title) == article.title
        and all(a <= b for a, b in pairwise(starts))
        and json.loads(json.dumps(asdict(article)))["text"] == article.text
    )


def broken(kind: str, seed: int) -> bytes:
    """A broken file; of a Word document every other one is broken within its zip."""
    if kind != "docx" or seed % 2:
        return mutant(SEEDS[kind], seed)
    with ZipFile(BytesIO(SEEDS[kind])) as document:
        part = random.Random(seed).choice(["word/document.xml", *document.namelist()])
        return with_part(SEEDS[kind], part, mutant(document.read(part), seed))


@pytest.mark.parametrize("kind", ["webpage", "pdf", "docx"])
def test_a_parser_ends_soon_whatever_it_is_given(kind):
    for seed in range(MUTANTS[kind] - IN_CHILD):
        parsed = None
        started = time.monotonic()
        with suppress(Exception):  # in a child, that is one sentence
            parsed = read(kind, broken(kind, seed))
        assert time.monotonic() - started < SECONDS, seed
        if parsed:
            assert is_text(Article.from_text(parsed.text, title="x", pages=parsed.pages)), seed


@pytest.mark.parametrize("kind", SEEDS)
def test_a_broken_file_becomes_an_article_or_one_sentence(kind):
    last = MUTANTS[kind]
    for seed in range(0 if kind == "txt" else last - IN_CHILD, last):
        try:
            assert is_text(read_upload(f"a{SUFFIX[kind]}", broken(kind, seed))), seed
        except SourceError as error:
            assert_told(error)


def test_a_broken_address_is_fetched_or_told_in_one_sentence(site):
    site.put("/", TEXT.encode(), content_type="text/plain")
    fetched, site.answers = 0, defaultdict(lambda answer=site.answers["/"]: answer)

    def resolve(host, port):
        if port != site.port:  # which may be anybody's
            raise SourceError(f"The host {host} is elsewhere; come back.")
        return ("127.0.0.1",)

    for seed in range(MUTANTS["url"]):
        started = time.monotonic()
        try:
            article = read_url(mutant_address(site.port, seed), resolve)
            assert is_text(article) and article.title == "Harbour"
            fetched += 1
        except SourceError as error:
            assert_told(error)
        assert time.monotonic() - started < SECONDS, seed
    assert 50 < fetched < MUTANTS["url"] - 50
    for request in site.requests:  # an address adds no line of its own
        assert re.fullmatch(
            r"GET /[!-~]* HTTP/1\.1\r\n(?!X: y)(?:[\w-]+: [ -~]+\r\n)+\r\n", request
        )


def mutant_address(port: int, seed: int) -> str:
    chance = random.Random(seed)
    address = chance.choice(ADDRESSES).format(port=port)
    for _ in range(chance.choice([1, 1, 2, 4])):
        at = chance.randrange(len(address))
        put = chance.choice([*IN_ADDRESS, chr(chance.randrange(0x110000))])
        address = address[:at] + put * chance.choice([0, 1, 1, 40]) + address[at + 1 :]
    return address


def assert_told(error: SourceError) -> None:
    """One line, which changes nothing in a terminal."""
    assert str(error).endswith(".") and str(error).isprintable() and len(str(error)) < 4000


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx"])
def test_binary_junk_is_refused(name):
    for seed in range(3):
        with pytest.raises(SourceError):
            read_upload(name, random.Random(seed).randbytes(20_000))


def test_any_characters_pasted_become_an_article_or_one_sentence():
    chance = random.Random(0)
    for _ in range(100):
        text = "".join(
            chr(chance.choice([10, 32, 45, chance.randrange(0x110000)])) for _ in range(40)
        )
        try:
            assert is_text(read_pasted(text))
        except SourceError as error:
            assert_told(error)


def test_a_thousand_are_tried():
    assert sum(MUTANTS.values()) == 1000
