"""Broken files of each type: each becomes an article or one sentence, and soon."""

import json
import random
import time
from contextlib import suppress
from dataclasses import asdict
from itertools import pairwise

import pytest

from qa import Article
from qa.errors import SourceError
from qa.sources import read_pasted, read_upload
from qa.sources.characters import clean
from qa.sources.child import read
from tests.sources.made import PARAGRAPHS, docx, news_page, pdf

TEXT = "---\ntitle: Harbour\nsource: x.test\n---\n" + "\n\n".join(PARAGRAPHS)
SEEDS = {
    "txt": TEXT.encode(),
    "webpage": news_page(),
    "pdf": pdf([PARAGRAPHS, PARAGRAPHS[::-1]], title="Harbour"),
    "docx": docx(title="Harbour"),
}
SUFFIX = {"txt": ".md", "webpage": ".html", "pdf": ".pdf", "docx": ".docx"}
MUTANTS = 100  # of each type
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


@pytest.mark.parametrize("kind", ["webpage", "pdf", "docx"])
def test_a_parser_ends_soon_whatever_it_is_given(kind):
    for seed in range(MUTANTS):
        parsed = None
        started = time.monotonic()
        with suppress(Exception):  # in a child, that is one sentence
            parsed = read(kind, mutant(SEEDS[kind], seed))
        assert time.monotonic() - started < SECONDS, seed
        if parsed:
            assert is_text(Article.from_text(parsed.text, title="x", pages=parsed.pages)), seed


@pytest.mark.parametrize("kind", SEEDS)
def test_a_broken_file_becomes_an_article_or_one_sentence(kind):
    for seed in range(MUTANTS if kind == "txt" else MUTANTS // 20):
        try:
            assert is_text(read_upload(f"a{SUFFIX[kind]}", mutant(SEEDS[kind], seed))), seed
        except SourceError as error:
            assert str(error).endswith(".") and "\n" not in str(error)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx"])
def test_binary_junk_is_refused(name):
    for seed in range(3):
        with pytest.raises(SourceError):
            read_upload(name, random.Random(seed).randbytes(20_000))


def test_any_characters_pasted_become_an_article_or_one_sentence():
    chance = random.Random(0)
    for _ in range(MUTANTS):
        text = "".join(
            chr(chance.choice([10, 32, 45, chance.randrange(0x110000)])) for _ in range(40)
        )
        try:
            assert is_text(read_pasted(text))
        except SourceError as error:
            assert str(error).endswith(".") and "\n" not in str(error)
