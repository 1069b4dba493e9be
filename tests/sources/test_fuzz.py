"""Broken files and addresses: each becomes an article or one sentence, and soon."""

import json
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from qa import Article
from qa.errors import SourceError
from qa.sources import read_pasted, read_upload
from qa.sources.characters import clean
from qa.sources.url import read_url
from tests.sources.made import PARAGRAPHS
from tests.sources.mutants import SEEDS, broken, mutant

ROOT = Path(__file__).parents[2]
TEXT = "---\ntitle: Harbour\nsource: x.test\n---\n" + "\n\n".join(PARAGRAPHS)
# How many of each are tried; `mutants.py` tries as many as one wants.
MUTANTS = {"txt": 150, "url": 280} | dict.fromkeys(SEEDS, 60)
SUFFIX = {
    **{"webpage": ".html", "pdf": ".pdf", "docx": ".docx", "odt": ".odt", "rtf": ".rtf"},
    **{"epub": ".epub", "email": ".eml", "csv": ".csv", "markdown": ".md"},
}
SECONDS = 5  # for one of them, in this process; a child's own limit is far above
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


def is_text(article: Article) -> bool:
    starts = [0, *article.pages, len(article.text)]
    return (
        clean(article.text) == article.text
        and clean(article.title) == article.title
        and all(a <= b for a, b in pairwise(starts))
        and json.loads(json.dumps(asdict(article)))["text"] == article.text
    )


@pytest.mark.parametrize("kind", SUFFIX)
def test_a_parser_ends_soon_whatever_it_is_given(kind):
    command = [sys.executable, "-m", "tests.sources.mutants", kind, "0", str(MUTANTS[kind])]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    counts = json.loads(done.stdout)
    assert counts.pop("kind") == kind and counts.pop("slowest") < 20
    assert sum(counts.values()) == MUTANTS[kind]
    assert set(counts) <= {"read", "refused", "failed"} and counts["read"] > 0


def test_a_broken_file_becomes_an_article_or_one_sentence():
    for kind, suffix in SUFFIX.items():
        for seed in (MUTANTS[kind], MUTANTS[kind] + 1):
            assert_read_or_told(f"a{suffix}", broken(kind, seed))
    for seed in range(MUTANTS["txt"]):
        assert_read_or_told("a.txt", mutant(TEXT.encode(), seed))


def assert_read_or_told(name: str, data: bytes) -> None:
    try:
        assert is_text(read_upload(name, data))
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


def test_nearly_a_thousand_are_tried():
    assert sum(MUTANTS.values()) == 970
