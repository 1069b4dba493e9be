"""What the bundled model reads: a question or a claim, then sentences, as word pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_QUESTION = 96  # word pieces of a question and of what was said before it; the last are kept
MAX_TITLE = 24  # word pieces of an article's title; the first are kept
MAX_WINDOW = 512  # word pieces in all: the model has as many places
OUTSIDE = -1  # the sentence of a word piece that belongs to none
Ids = NDArray[np.int64]


class Tokens(NamedTuple):
    """A text's word pieces and where each starts and ends in it, in characters."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Window:
    """One input: `[CLS] (history [SEP])? question [SEP] (title [SEP])? sentences [SEP]`.

    `ids`, `types` and `sentence` have one value a word piece; `sentence` is the number of the
    sentence that it belongs to, or OUTSIDE; `first` is where the sentences' word pieces begin.
    """

    ids: Ids
    types: Ids
    sentence: Ids
    first: int


class WordPieceTokenizer:
    """The tokenizer of all-MiniLM-L6-v2 (uncased word pieces), from the text of its JSON file."""

    def __init__(self, written: bytes) -> None:
        self._tokenizer = Tokenizer.from_buffer(written)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a text is text
        vocabulary = self._tokenizer.get_vocab(with_added_tokens=True)
        self._cls, self._sep = vocabulary["[CLS]"], vocabulary["[SEP]"]

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The word pieces of each text."""
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Tokens(tuple(e.ids), tuple(e.offsets)) for e in found]

    def question(self, text: str) -> list[int]:
        """A question; the lines before its last are what was said before it."""
        lines = [line for line in text.split("\n") if line.strip()] or [""]
        *history, question = self.tokens(lines)
        asked = list(question.ids[-MAX_QUESTION:])
        said = [i for line in history for i in line.ids][-(MAX_QUESTION - len(asked)) or None :]
        return [*said, self._sep, *asked] if said and len(asked) < MAX_QUESTION else asked

    def head(self, text: str, title: str = "") -> list[int]:
        """What stands before the sentences: a question or claim and their article's title."""
        titled = self.tokens([title])[0].ids[:MAX_TITLE]
        named = [*titled, self._sep] if titled else []
        return [self._cls, *self.question(text), self._sep, *named]

    def window(self, head: Sequence[int], sentences: Sequence[Sequence[int]]) -> Window:
        """A head with the word pieces of some sentences, cut off at MAX_WINDOW."""
        body = [i for ids in sentences for i in ids][: MAX_WINDOW - len(head) - 1]
        owner = [number for number, ids in enumerate(sentences) for _ in ids][: len(body)]
        return Window(
            np.array([*head, *body, self._sep], dtype=np.int64),
            np.array([0] * len(head) + [1] * (len(body) + 1), dtype=np.int64),
            np.array([OUTSIDE] * len(head) + owner + [OUTSIDE], dtype=np.int64),
            len(head),
        )
