"""The suite `pdf`: what is read in PDFs whose text is known, beside the libraries as they come."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from langchain_core.embeddings import Embeddings
from pypdf import PdfReader

from eval.baselines import PRODUCT
from eval.metrics import harmonic_mean, table
from eval.report import SuiteResult
from eval.run import Options, track
from eval.suites import Suite
from qa.article import split_sentences
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.sandbox import parse

PDFS = Path(__file__).parents[2] / "tests" / "sources" / "pdfs"
READERS: dict[str, Callable[[bytes], Parsed]] = {
    PRODUCT: lambda data: parse("pdf", data),
    "pypdf": lambda data: Parsed(
        "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    ),
    "pypdfium2": lambda data: Parsed(
        "\n\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data))
    ),
}


def measure(suite: Suite, options: Options, _embedder: Embeddings) -> SuiteResult:
    """Read the PDFs of a split with each reader and score them by sentence."""
    gold = json.loads((PDFS / "gold.json").read_text(encoding="utf-8"))
    names = [name for name, said in gold.items() if said["test"] is (options.split == "test")]
    names = names[: options.limit]
    found = table(
        (
            reader,
            {
                "sentence precision": precision,
                "sentence recall": recall,
                "sentence F1": harmonic_mean(precision, recall),
                "title": title if reader == PRODUCT else None,
            },
        )
        for reader, read in READERS.items()
        for name in track(names, reader, len(names))
        for precision, recall, title in [_score(PDFS / f"{name}.pdf", gold[name], read)]
    )
    return SuiteResult(questions=len(names), tables={"Sentences of PDFs": found})


def _score(
    path: Path, gold: dict[str, Sequence[str]], read: Callable[[bytes], Parsed]
) -> tuple[float, float, float | None]:
    """Precision and recall of the sentences, and whether the title is right; None for a scan."""
    try:
        parsed = read(path.read_bytes())
    except UnreadableError as problem:
        right = float(bool(gold["scan"]) and "is a scan" in str(problem))
        return right, right, None
    if gold["scan"]:
        return 0.0, 0.0, None
    body = [sentence for block in gold["body"] for sentence in _sentences(block)]
    apart = Counter(sentence for block in gold["apart"] for sentence in _sentences(block))
    found = _sentences(parsed.text)
    beside = Counter(found) & apart  # captions and the like may stand anywhere
    left, running = Counter(beside), []
    for sentence in found:
        if left[sentence]:
            left[sentence] -= 1
        else:
            running.append(sentence)
    right = beside.total() + _in_order(body, running)
    wanted = len(body) + apart.total()
    return right / max(1, len(found)), right / wanted, float(parsed.title == gold["title"])


def _sentences(text: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in split_sentences(text)]


def _in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for at, y in enumerate(b):
            row[at + 1] = before[at] + 1 if x == y else max(before[at + 1], row[at])
    return row[-1]
