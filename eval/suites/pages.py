"""The suite `pages`: how much of an article is read from web pages, and what is not of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from langchain_core.embeddings import Embeddings
from trafilatura import bare_extraction
from trafilatura.settings import Document

from eval.metrics import harmonic_mean, table
from eval.pages import Page, made
from eval.report import SuiteResult
from eval.run import Options
from eval.suites import Suite
from qa.article import split_sentences
from qa.sources.parsed import Parsed, UnreadableError
from qa.sources.webpage import read_webpage

Reader = Callable[[bytes], Parsed]


def product(data: bytes) -> Parsed:
    """What the product reads."""
    try:
        return read_webpage(data)
    except UnreadableError:
        return Parsed("")


def trafilatura(data: bytes, *, recall: bool = False, precision: bool = False) -> Parsed:
    """What trafilatura reads."""
    found = bare_extraction(
        data,
        with_metadata=True,
        include_comments=False,
        favor_recall=recall,
        favor_precision=precision,
    )
    if not isinstance(found, Document):
        return Parsed("")
    return Parsed(
        found.text or "",
        title=found.title or "",
        published=found.date or "",
        author=found.author or "",
    )


READERS: dict[str, Reader] = {
    "product": product,
    "trafilatura": trafilatura,
    "trafilatura, for recall": lambda data: trafilatura(data, recall=True),
    "trafilatura, for precision": lambda data: trafilatura(data, precision=True),
}


def compare(page: Page, parsed: Parsed) -> tuple[dict[str, float], list[str], list[str]]:
    """How a page was read, the sentences that were missed, and those that are not its article's."""
    found = Counter(filter(None, map(_key, _sentences(parsed.text.split("\n")))))
    gold = Counter(map(_key, _sentences(page.gold)))
    hits = found & gold
    missed, extra = list((gold - hits).elements()), Counter(found - hits)
    rows = 0
    for cells, heads in page.rows:
        key = next((k for k in extra if _is_row(k, cells, heads)), None)
        if key is None:
            missed.append(" ".join(cells))
        else:
            rows += 1
            extra -= Counter([key])
    others = [key for key in extra.elements() if not any(_is_row(key, h, ()) for _, h in page.rows)]
    right = hits.total() + rows
    precision = right / max(1, right + len(others))
    recall = right / (gold.total() + len(page.rows))
    people = {_key(name) for name in re.split(r"[,;&]| and ", parsed.author) if name.strip()}
    read = {
        "precision": precision,
        "recall": recall,
        "f1": harmonic_mean(precision, recall),
        "title": _key(parsed.title) == _key(page.title),
        "date": parsed.published == page.published,
        "updated": parsed.updated == page.updated,
        "author": people == {_key(name) for name in page.authors},
    }
    return read, missed, others


def _sentences(units: Sequence[str]) -> Iterator[str]:
    for unit in units:
        yield from (unit[s.start : s.end] for s in split_sentences(unit))


def _key(text: str) -> str:
    """Letters and digits alone: how a list or a table is marked is no difference."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _is_row(key: str, cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a line holds a row's cells in order and else no more than their heads."""
    bare = _key(" ".join(cells))
    headed = (
        _key(" ".join(f"{h} {c}" for h, c in zip(heads, cells, strict=True))) if heads else bare
    )
    return key in (bare, headed)


def measure(suite: Suite, options: Options, _: Embeddings) -> SuiteResult:
    """Precision, recall and F1 by sentence, and how many facts are right, beside trafilatura."""
    every = list(made(options.split))
    read = [
        (name, page.name.rpartition("-")[0], compare(page, reader(page.data))[0])
        for name, reader in READERS.items()
        for page in every
    ]
    tables = {
        "Sentences of pages": table((name, values) for name, _, values in read),
        "By site: F1": table((site, {name: values["f1"]}) for name, site, values in read),
    }
    return SuiteResult(questions=len(every), tables=tables)
