"""The suite `sentences`: how often a text is divided as a reader divides it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nupunkt
from langchain_core.embeddings import Embeddings

from eval.baselines import PRODUCT
from eval.metrics import Row, bootstrap_mean, bootstrap_statistic, defined
from eval.report import SuiteResult
from eval.run import Options
from eval.suites import Suite
from qa.article import split_sentences
from sets.questions import Span

CASES = Path(__file__).parents[1] / "sentences.txt"
CUT = "‖"  # stands before each sentence but the first
TUNED, HELD_OUT = "tuned on", "held out"
APART = 3  # every third case is held out: no rule was made or changed for it
Splitter = Callable[[str], Iterable[Span]]


@dataclass(frozen=True)
class Case:
    """A short text of one kind of difficulty, and where its sentences are."""

    kind: str
    text: str
    spans: tuple[Span, ...]
    part: str


def read_cases(path: Path = CASES) -> Iterator[Case]:
    """The cases of a file: lines below the `# kind` that they are of, `\\n` for a line's end."""
    kind, number = "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
            continue
        number += 1
        parts = line.replace("\\n", "\n").split(CUT)
        starts = [len("".join(parts[:n])) for n in range(len(parts))]
        spans = tuple((s, s + len(p.rstrip())) for s, p in zip(starts, parts, strict=True))
        yield Case(kind, "".join(parts), spans, TUNED if number % APART else HELD_OUT)


def product(text: str) -> Iterator[Span]:
    """The sentences of an article."""
    return ((s.start, s.end) for s in split_sentences(text))


def as_it_comes(text: str) -> Iterator[Span]:
    """What nupunkt gives, without the white space around it."""
    for start, end in nupunkt.sent_spans(text):
        part = text[start:end]
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


SPLITTERS: dict[str, Splitter] = {PRODUCT: product, "nupunkt": as_it_comes}


def measured(splitter: Splitter, cases: Sequence[Case]) -> Row:
    """The share of cases that are wholly right, and precision and recall of all their sentences."""
    found = [(set(splitter(case.text)), set(case.spans)) for case in cases]
    hits = [len(spans & gold) for spans, gold in found]
    return defined(
        {
            "right": bootstrap_mean([float(spans == gold) for spans, gold in found]),
            "precision": bootstrap_statistic(_ratio, hits, [len(spans) for spans, _ in found]),
            "recall": bootstrap_statistic(_ratio, hits, [len(gold) for _, gold in found]),
        }
    )


def measure(suite: Suite, options: Options, _embedder: Embeddings) -> SuiteResult:
    """Divide the cases with the product and with nupunkt as it comes."""
    cases = list(read_cases())[: options.limit]
    kinds = dict.fromkeys(case.kind for case in cases)
    tables = {"Hard cases": {n: measured(splitter, cases) for n, splitter in SPLITTERS.items()}}
    tables["By part"] = {
        f"{name}, {part}": measured(splitter, [c for c in cases if c.part == part])
        for name, splitter in SPLITTERS.items()
        for part in (TUNED, HELD_OUT)
    }
    tables["By kind"] = {k: measured(product, [c for c in cases if c.kind == k]) for k in kinds}
    return SuiteResult(questions=len(cases), tables=tables)


def _ratio(of: Any, over: Any, axis: int = -1) -> Any:
    return of.sum(axis) / over.sum(axis)
