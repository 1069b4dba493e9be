"""`python -m eval.sentences`: how often a text is divided as a reader divides it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import nupunkt
import typer

from eval.readme import RESULTS
from eval.report import commit, machine
from qa.article import split_sentences

RESULT = RESULTS / "sources" / "sentences.json"
CASES = Path(__file__).parent / "sentences.txt"
CUT = "‖"  # stands before each sentence but the first
HELD_OUT = 3  # every third case is kept apart: no rule was made or changed for it
Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]


@dataclass(frozen=True)
class Case:
    """A short text of one kind of difficulty, and where its sentences are."""

    kind: str
    text: str
    spans: tuple[Span, ...]
    held_out: bool


def read_cases(path: Path = CASES) -> Iterator[Case]:
    """The cases of a file: lines below the `# kind` that they are of, `\\n` for a line's end."""
    kind, number = "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
            continue
        parts = line.replace("\\n", "\n").split(CUT)
        starts = [len("".join(parts[:n])) for n in range(len(parts))]
        spans = tuple((s, s + len(p.rstrip())) for s, p in zip(starts, parts, strict=True))
        yield Case(kind, "".join(parts), spans, number % HELD_OUT == HELD_OUT - 1)
        number += 1


def product(text: str) -> Iterator[Span]:
    """The sentences of an article."""
    return ((s.start, s.end) for s in split_sentences(text))


def as_it_comes(text: str) -> Iterator[Span]:
    """What nupunkt gives, without the white space around it."""
    for start, end in nupunkt.sent_spans(text):
        part = text[start:end]
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


SPLITTERS: dict[str, Splitter] = {"product": product, "nupunkt": as_it_comes}


def measured(splitter: Splitter, cases: Iterable[Case]) -> dict[str, Any]:
    """The share of cases that are wholly right, and precision and recall of the sentences."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    hits = found = gold = 0
    for case in cases:
        spans = tuple(splitter(case.text))
        asked[case.kind] += 1
        right[case.kind] += spans == case.spans
        hits += len(set(spans) & set(case.spans))
        found += len(spans)
        gold += len(case.spans)
    return {
        "cases": asked.total(),
        "right": right.total(),
        "share": round(right.total() / asked.total(), 4),
        "precision": round(hits / found, 4),
        "recall": round(hits / gold, 4),
        "by_kind": {kind: f"{right[kind]} of {n}" for kind, n in asked.items()},
    }


def main(
    misses: Annotated[bool, typer.Option(help="Print the misses that are not held out.")] = False,
    publish: Annotated[bool, typer.Option(help="Write the figures to eval/results/.")] = False,
) -> None:
    """Divide the cases with the product and with nupunkt as it comes."""
    cases = list(read_cases())
    parts = {
        "all": cases,
        "tuned on": [c for c in cases if not c.held_out],
        "held out": [c for c in cases if c.held_out],
    }
    figures = {
        name: {part: measured(splitter, some) for part, some in parts.items()}
        for name, splitter in SPLITTERS.items()
    }
    if misses:
        for case in parts["tuned on"]:
            spans = tuple(product(case.text))
            if spans != case.spans:
                print(case.kind, [case.text[a:b] for a, b in spans])
    for name, of_parts in figures.items():
        for part, measure in of_parts.items():
            print(f"{name:8} {part:9} {measure['right']} of {measure['cases']}")
    if publish:
        made = {
            "command": "python -m eval.sentences --publish",
            "commit": commit(),
            "machine": machine(),
        }
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps({**made, **figures}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
