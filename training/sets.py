"""The question sets of a data folder, divided into sentences; only what is marked `train`."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from qa.reading.tokenizer import WordPieceTokenizer
from training.windows import Asked, Text

HELD_OUT = {"fictional-news": 0.08, "squad2": 0.15}  # share of train articles kept to fit on
SAME = {"open-news": "fictional-news"}  # sets of the same articles keep the same ones
BY_HAND = Path(__file__).parent / "by_hand"  # more claims and questions over `open-news`


@cache
def read_set(data: Path, name: str, tokenizer: WordPieceTokenizer) -> tuple[Asked, ...]:
    """The train questions of a set whose marked answers could be found, in the file's order."""
    lines = [q for q in lines_of(data, name, "questions") if q["split"] == "train"]
    wanted = {q["article"] for q in lines}
    texts = {k: v for k, v in texts_of(data, name, tokenizer).items() if k in wanted}
    found = (_asked(q, texts[q["article"]]) for q in lines)
    return tuple(a for a in found if len(a.scope) and bool(a.gold) == a.answerable)


@cache
def texts_of(data: Path, name: str, tokenizer: WordPieceTokenizer) -> dict[str, Text]:
    """The articles of a set by id."""
    return {
        a["id"]: Text(a["text"], tokenizer, a["title"])
        for a in read_lines(data / name / "articles.jsonl.gz")
    }


def held_out(name: str, article: str) -> bool:
    """Whether an article is kept from training, to choose and calibrate on."""
    name = SAME.get(name, name)
    digest = hashlib.sha256(f"{name}/{article}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < HELD_OUT.get(name, 0.0)


def lines_of(data: Path, name: str, what: str) -> Iterator[dict[str, Any]]:
    """The questions or claims of a set, and those that were written for the training."""
    yield from read_lines(data / name / f"{what}.jsonl.gz")
    if name == "open-news":
        yield from read_lines(BY_HAND / f"{what}.jsonl.gz")


def is_by_hand(name: str) -> bool:
    """Whether the claim or question of this id was written for the training."""
    return name.startswith("h-")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _asked(line: Mapping[str, Any], text: Text) -> Asked:
    spans = tuple((start, end) for start, end in line["spans"])
    evidence = tuple((start, end) for start, end in line.get("evidence") or ()) or spans
    if line.get("occurrences", 1) > 2:  # where the answer stands is a guess
        spans = evidence = ()
    scope = tuple(line.get("scope") or (0, len(text.text)))
    gold = text.holding(evidence) if line["answerable"] else ()
    return Asked(
        line["id"],
        line["question"],
        text,
        text.within((scope[0], scope[1])),
        line["answerable"],
        gold,
        spans,
        tuple(line["answers"]),
        tuple(turn["content"] for turn in line["history"]),
        line.get("standalone"),
        line.get("kind") or "fact",
        line["article"],
        tuple(i for i in text.holding(line.get("may") or ()) if i not in gold),
        tuple(i for i in text.holding(line.get("tempting") or ()) if i not in gold),
        line.get("verdict"),
    )
