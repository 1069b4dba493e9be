"""A language model's stream of text -> its sentences, each with the numbers that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.article import split_sentences
from qa.sources.characters import clean

MAX_MARK = 40  # characters; a longer bracket is text
MAX_SENTENCE = 1500  # characters; a sentence that never ends is cut there
FENCE = 3  # backticks that open code of several lines
_CLOSE = {"[": "]", "【": "】"}
_NUMBERS = re.compile(r"\s*\d{1,3}(?:\s*[-–,;]\s*\d{1,3})*\s*")
_IN_MARK = re.compile(r"[\d\s,;–-]")
_ENDS = re.compile(r"[.!?…][\"'”’)*_]*$")
_MAY_END = re.compile(r"[.!?…][\"'”’)*_]*\s+\S+\s$")  # before the last word
_LEAD = re.compile(r"^(?:[-*•#>]+|\d{1,2}[.)])\s+")  # a list's or a heading's mark
_LIST_NUMBER = re.compile(r"\s*\d{1,2}[.)]")
_EMPHASIS = re.compile(r"\*\*|__")


@dataclass(frozen=True)
class Draft:
    """A sentence as the model wrote it, without its marks, and the numbers it cites, in order.

    `ended` is False for the last one of a stream that stopped before the sentence did.
    """

    text: str
    numbers: tuple[int, ...] = ()
    ended: bool = True


class CitationParser:
    """Divides a stream into sentences and takes their marks out; `count` sentences can be cited.

    Marks are `[1]`, `[1, 2]`, `[1][2]`, `[1-3]` and `【1】`, before or after the full stop. Numbers
    beyond `count` are dropped; years in brackets and code between backticks are text. However the
    stream is cut into chunks, the sentences are the same.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._text = ""  # what is read of the sentence, and perhaps a word of the next
        self._marks: list[tuple[int, int]] = []  # where in it each number stood
        self._held = ""  # what may become a mark
        self._ticks = 0  # backticks that stand together just now
        self._code = ""  # the backticks that opened the code that is being read

    def feed(self, chunk: str) -> Iterator[Draft]:
        """The sentences that this chunk completes."""
        for character in chunk:
            yield from self._take(character)

    def close(self, *, ended: bool = True) -> Iterator[Draft]:
        """What is left; `ended`: the model stopped by itself. A mark that is not closed is none."""
        self._held = ""
        yield from self._complete(self._text)
        yield from self._cut(len(self._text), ended=ended)

    def _take(self, character: str) -> Iterator[Draft]:
        if self._held:
            if character == _CLOSE[self._held[0]]:
                mark, self._held = self._held + character, ""
                if not self._cite(mark[1:-1]):
                    yield from self._add(mark)
                return
            if _IN_MARK.fullmatch(character) and len(self._held) < MAX_MARK:
                self._held += character
                return
            held, self._held = self._held, ""
            yield from self._add(held)
        self._read_backtick(character)
        if character in _CLOSE and not self._code:
            self._held = character
        elif character == "\n":
            yield from self._complete(self._text)
            yield from self._cut(len(self._text))
        else:
            yield from self._add(character)

    def _read_backtick(self, character: str) -> None:
        if character == "`":
            self._ticks += 1
        elif self._ticks:
            ticks, self._ticks = "`" * self._ticks, 0
            self._code = "" if ticks == self._code else self._code or ticks
        if character == "\n" and len(self._code) < FENCE:
            self._code = ""

    def _cite(self, inside: str) -> bool:
        """Note the numbers of a mark; False if it is none."""
        if not _NUMBERS.fullmatch(inside):
            return False
        for part in re.split("[,;]", inside):
            first, *last = (int(n) for n in re.findall(r"\d+", part))
            for number in range(first, min(last[-1] if last else first, self._count) + 1):
                if 1 <= number <= self._count:
                    self._marks.append((len(self._text), number))
        return True

    def _add(self, text: str) -> Iterator[Draft]:
        self._text += text
        if len(self._text) >= MAX_SENTENCE:
            yield from self._cut(len(self._text), ended=False)
        elif text.isspace() and (before := _MAY_END.search(self._text)):
            yield from self._complete(self._text[: before.end()])

    def _complete(self, text: str) -> Iterator[Draft]:
        """The sentences of this beginning of what was read that another one follows."""
        ends = [sentence.end for sentence in split_sentences(text)][:-1]
        begun = 0
        for end in ends:
            if not _LIST_NUMBER.fullmatch(text[begun:end]):  # what follows belongs to it
                yield from self._cut(end - begun)
                begun = end

    def _cut(self, end: int, *, ended: bool = True) -> Iterator[Draft]:
        # A mark between two sentences is of the first, one before the very first of that.
        rest = self._text[end:]
        place = end + len(rest) - len(rest.lstrip())
        numbers = [number for at, number in self._marks if at <= place]
        self._marks = [(at - end, number) for at, number in self._marks if at > place]
        # Without the characters that show a text as another than the one that is checked.
        text = clean(_EMPHASIS.sub("", self._text[:end]))
        text = _LEAD.sub("", " ".join(text.split()))
        text = re.sub(r"\s+(?=[.,;:!?])", "", text)
        self._text = rest
        if text:
            ended = ended or bool(_ENDS.search(text))
            yield Draft(text, tuple(dict.fromkeys(numbers)), ended)
        else:
            self._marks = [(0, number) for number in numbers] + self._marks
