"""Questions over all articles: which of them mention something, and how often."""

import re
from typing import Literal

Wish = Literal["which", "how many", "how often"]

_ARTICLES = r"(?:articles?|stor(?:y|ies)|reports?|pieces?|papers?|sources?|of them|of these)"
_MENTION = (
    r"(?:mentions?|names?|talks? (?:about|of)|speaks? (?:about|of)|writes? about|(?:is|are) about"
    r"|refers? to|discuss(?:es)?|deals? with|covers?|reports? on)"
)
_WHICH = re.compile(rf"(?:which|what) {_ARTICLES} (?:here )?{_MENTION} (?P<what>.+)", re.I)
_MANY = re.compile(rf"(?:in )?how many {_ARTICLES} (?:here )?{_MENTION} (?P<what>.+)", re.I)
_OFTEN = re.compile(
    r"how (?:often|many times) (?:is|are|does|do|was|were) (?:the (?:name|word)s? )?(?P<what>.+?)"
    r" (?:mentioned|named|come up|occur|appear)(?: in (?:all |the |these )*(?:articles?|texts?))?",
    re.I,
)
_POLITE = re.compile(r"(?:please |(?:can|could) you (?:please )?(?:tell me|say) )", re.I)


def mention(question: str) -> tuple[Wish, str] | None:
    """What is looked for in all articles, and what is asked of it; None for another question.

    `Which articles mention Dana Whitlock?` -> `("which", "Dana Whitlock")`
    """
    said = _POLITE.sub("", " ".join(question.split())).strip(" ?!.")
    for wish, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(said):
            return wish, re.sub(r"^(?:the|an?) |[\"“”]", "", found["what"]).strip()
    return None


_PATTERNS: dict[Wish, re.Pattern[str]] = {"which": _WHICH, "how many": _MANY, "how often": _OFTEN}
