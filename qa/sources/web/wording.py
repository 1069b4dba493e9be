"""Tables of names and of phrases -> one regular expression each."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\[[^\]]*\]|\([^)]*\)|\S+")
_GAPS = {"..": r"(?!\w).{0,60}", "...": r"(?!\w).{0,200}"}
_ANY = {"9": r"\(?\d[\d,.]*\)?", "~": r"\w+"}


def names(table: str) -> re.Pattern[str]:
    """What finds one of these names of classes in a class, an id or a role in small letters.

    A hyphen stands for any separator or for none, so `sign-up` finds `signup` and `sign_up`; a star
    stands for the rest of a word. Lines that begin with `#` are notes, here and below.
    """
    each = (name for line in _entries(table) for name in line.split())
    found = "|".join(name.replace("-", r"[\s_-]?").replace("*", r"\w*") for name in each)
    return re.compile(rf"(?<![a-z])(?:{found})(?![a-z])")


def phrases(table: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """What matches one of these phrases, a line each, in any case.

    | in the table   | stands for                      |
    | -------------- | ------------------------------- |
    | `(view,watch)` | one of these                    |
    | `[the]`        | the same or nothing             |
    | `stor*`        | a word that begins so           |
    | `9`            | a number                        |
    | `~`            | any one word                    |
    | `..`           | up to 60 characters, or nothing |
    | `...`          | up to 200, or nothing           |

    `before` and `after` are regular expressions of what may surround a phrase.
    """
    each = "|".join(map(_phrase, _entries(table)))
    return re.compile(f"(?i:{before}(?:{each}){after})")


def _entries(table: str) -> Iterator[str]:
    """The lines of a table, without empty ones and notes."""
    for line in map(str.strip, table.splitlines()):
        if line and not line.startswith("#"):
            yield line


def _phrase(line: str) -> str:
    """A line of a table as a regular expression."""
    pattern, begun = "", False
    for token in _TOKEN.findall(line):
        if token in _GAPS:
            pattern += _GAPS[token]
        elif token.startswith("["):
            space = " ?" if token == "[9]" else " "
            pattern += f"(?:{space}{_choice(token)})?" if begun else f"(?:{_choice(token)} )?"
        else:
            pattern += (" " if begun else "") + _choice(token)
            begun = True
    return pattern


def _choice(token: str) -> str:
    each = "|".join(map(_word, token.strip("[]()").split(",")))
    return f"(?:{each})"


def _word(word: str) -> str:
    if word in _ANY:
        return _ANY[word]
    return re.escape(word).replace("'", "['’]?").replace(r"\*", r"\w*")
