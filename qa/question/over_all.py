"""Questions over all articles: which mention something, how often, and who speaks in them."""

import re
from typing import Literal

Wish = Literal["which", "how many", "how often"]

_ARTICLES = r"(?:articles?|stor(?:y|ies)|reports?|pieces?|papers?|sources?|of them|of these)"
_PLURAL = r"(?:articles|stories|reports|pieces|papers)"
_MENTION = (
    r"(?:mentions?|names?|talks? (?:about|of)|speaks? (?:about|of)|writes? about|(?:is|are) about"
    r"|refers? to|discuss(?:es)?|deals? with|covers?|reports? on)"
)
_OF = r"(?:(?:one )?of (?:the |these |those |my |your |all )*)?"
_WHICH = re.compile(
    rf"(?:which|what) {_OF}{_ARTICLES} (?:here )?{_MENTION} (?P<what>.+)"
    rf"|(?:do|does|did) any (?:one )?(?:{_OF}{_ARTICLES} |of (?:them|these) )"
    r"(?:mention|name|talk about|speak of|refer to|discuss|deal with|cover|report on) (?P<any>.+)"
    rf"|(?:in )?(?:which|what) {_OF}{_ARTICLES} (?:is|are|do|does) (?P<in>.+?)"
    r" (?:mentioned|named|discussed|come up|appear|occur)(?: in)?"
    rf"|(?:is|are) (?P<is>.+?) (?:mentioned|named|discussed) (?:in|by) any {_OF}{_ARTICLES}"
    rf"|(?:find|show|list|give)(?: me| us)? (?:all )?(?:the )?{_ARTICLES} (?:that |which )?"
    r"(?:mention|name|talk about|(?:are )?about|speak of|discuss|cover) (?P<find>.+)",
    re.I,
)
_MANY = re.compile(rf"(?:in )?how many {_ARTICLES} (?:here )?{_MENTION} (?P<what>.+)", re.I)
_OFTEN = re.compile(
    r"how (?:often|many times) (?:is|are|does|do|was|were) (?:the (?:name|word)s? )?(?P<what>.+?)"
    r" (?:mentioned|named|come up|occur|appear)(?: in (?:all |the |these )*(?:articles?|texts?))?",
    re.I,
)
_ALL = re.compile(
    rf"\b(?:all(?! about)|each|every|everything|both|them|they|these|those|{_PLURAL})\b", re.I
)
_POLITE = re.compile(r"(?:please |(?:can|could) you (?:please )?(?:tell me|say) )", re.I)


_SPEAK = re.compile(
    r"(?:who(?: all)? (?:speaks?|talks?|gets a say|says (?:what|something)"
    r"|(?:is|are) (?:quoted|cited|speaking|the speakers?))"
    rf"|who(?:se voices)? do(?:es)? (?:the {_ARTICLES}|they|it) (?:quote|cite)"
    r"|(?:list|show me|name) (?:all )?(?:the |everyone |every )?(?:speakers?|who is quoted"
    r"|(?:people|persons) (?:who (?:speak|are quoted)|quoted)))"
    rf"(?: (?:in|by) (?:all )?(?:the |these |this |both )?{_ARTICLES}| here| there"
    r"| in (?:it|them))?",
    re.I,
)


def is_of_all(question: str) -> bool:
    """Whether a wish is for each of all articles: `Summarise them all`, `What are they about?`."""
    return _ALL.search(question) is not None


def asks_who_speaks(question: str) -> bool:
    """Whether all who speak are asked for: `Who is quoted in these articles?`"""
    return bool(_SPEAK.fullmatch(_POLITE.sub("", " ".join(question.split())).strip(" ?!.")))


def mention(question: str) -> tuple[Wish, str] | None:
    """What is looked for in all articles, and what is asked of it; None for another question.

    `Which articles mention Dana Whitlock?` -> `("which", "Dana Whitlock")`
    """
    said = _POLITE.sub("", " ".join(question.split())).strip(" ?!.")
    for wish, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(said):
            what = next(filter(None, found.groupdict().values()))
            return wish, re.sub(r"^(?:the|an?) |[\"“”]", "", what).strip()
    return None


_PATTERNS: dict[Wish, re.Pattern[str]] = {"which": _WHICH, "how many": _MANY, "how often": _OFTEN}
