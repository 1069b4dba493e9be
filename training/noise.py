"""Questions as typed in a hurry. The same generator makes the same text."""

import re
from random import Random

_SMALL_WORDS = re.compile(r"\b(?:the|a|an|is|are|was|were|did|does|do|of|in|to|for)\s", re.I)


def noisy(question: str, rng: Random) -> str:
    """The question as typed in a hurry: a typo or two, no question mark, or telegram style."""
    kind = rng.random()
    if kind < 0.4:
        return question.rstrip("?") or question
    if kind < 0.6:
        return _SMALL_WORDS.sub("", question).rstrip("?") or question
    words = question.split(" ")
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(words))
        words[at] = _typo(words[at], rng)
    return " ".join(words)


def _typo(word: str, rng: Random) -> str:
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:  # two letters change places
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:  # one is left out
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]  # one is typed twice
