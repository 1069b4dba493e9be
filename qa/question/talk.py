"""What is said about the answer just given, rather than asked of the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qa.question.article_facts import IT
from qa.text.words import words

# check: is that so? place: where does it say so? speaker: who says so? more: what else is said of
# it? others: and the others? shorter, repeat: say it again. correct: I meant something else.
Move = Literal["check", "place", "speaker", "others", "more", "shorter", "repeat", "correct"]

_SO = r"(?:(?: about| of)? (?:that|this|it|the answer|your answer|all that))?"
_THAT = r"(?:that|this|it|so|the answer|all that)"
_OPENER = (
    r"(?:(?:and|but|so|ok|okay|hm+|well|wait|oh|please|hey|really|no|yes|sorry|thanks|great|what)"
    r" )*"
)
_CLOSER = r"(?: (?:then|though|exactly|please|again|really|now|for me|about it|here))*"
_ASK = (
    r"(?:(?:can|could|would|will) you (?:please )?|please |i (?:want|d like|would like|need)"
    r" (?:to )?"
    r"(?:hear |know |see |read )?|i (?:want|d like|would like|need) you to )?"
)
_MORE = r"(?:more|further|the rest|more details?|further details?|details)"
_MOVES: dict[Move, str] = {
    "check": (
        rf"(?:are|r) (?:you|u) (?:really |absolutely |quite |very |so |100% |totally )?"
        rf"(?:sure|certain|confident|positive|serious){_SO}"
        rf"|(?:you|u) (?:are )?sure{_SO}|sure|really|for real|seriously|no way|says who"
        rf"|is (?:that|this|it|your answer) (?:really |actually )?"
        rf"(?:right|true|correct|so|certain|accurate|a fact|reliable|for sure)"
        rf"|how (?:sure|certain|confident) (?:are you|is that){_SO}"
        rf"|(?:can|could) (?:you|i) (?:please )?(?:verify|confirm|double check|check|prove|trust)"
        rf"(?: you| on)?{_SO}|double check{_SO}|(?:verify|prove|confirm|check) {_THAT}"
        rf"|(?:that|this|it)(?: s| is| was|s)? (?:(?:wrong|false|incorrect|untrue|a lie)"
        rf"|(?:not|n t) (?:right|true|correct|so|it))|(?:that|this) isn t (?:right|true|correct|so)"
        rf"|that can(?:not|n t| t| not) be (?:right|true)|you(?: are| re) (?:wrong|mistaken|lying)"
        rf"|i (?:don t|do not|can t|cannot) believe (?:that|this|it|you)|i doubt (?:that|it)"
    ),
    "place": (
        rf"where (?:does|do|did) (?:{IT}|they|the (?:article|author)) (?:say|state|mention|write)"
        rf" {_THAT}|where (?:is|was) (?:that|this|it) (?:said|stated|written|mentioned)"
        rf"|where (?:does|do) (?:that|this|it) stand|where (?:in|inside) {IT}(?: is (?:that|this))?"
        rf"|(?:in |on )?(?:which|what) (?:paragraph|sentence|line|page|part|section|passage)"
        rf"(?: (?:is|was|says|does) (?:that|this|it)(?: (?:in|on|from|say that))?)?"
        rf"|how do you know{_SO}|where did you (?:get|find|read|see|take) {_THAT}(?: from)?"
        rf"|where (?:do|did) you (?:have|know) {_THAT} from|where have you got {_THAT} from"
        rf"|where(?: s| is) (?:the|your) (?:proof|evidence|quote|citation|reference)"
        rf"|what(?: s| is) (?:the|your) (?:proof|evidence|quote|citation|reference|context)"
        rf"|(?:any |the |your )?(?:proof|evidence|quote|citation|reference|context)"
        rf"|(?:show|give|tell) (?:me|us) (?:the |your |some |more )?"
        rf"(?:proof|evidence|quote|citation|place|passage|context|paragraph|sentence)(?: for that)?"
        rf"|(?:show|prove) (?:me |it to me|that to me)|show me where(?: {IT} says? {_THAT}| it is)?"
        rf"|(?:quote|cite) (?:{_THAT}|{IT}|the sentence)|does {IT} (?:really |actually )?say"
        rf" {_THAT}"
        rf"|(?:what do you|what does that|what does it|what does this) mean(?: by (?:that|this))?"
        rf"|what do you mean by {_THAT}|(?:explain|elaborate on|clarify) {_THAT}|i do(?: not|n t)"
        rf" (?:understand|get it|follow)(?: that| this| it)?|(?:in|what is the) context"
    ),
    "speaker": (
        rf"(?:who|whom) (?:said|says|claims|claimed|stated|states|told you|reported|reports|thinks"
        rf"|believes|is saying|was saying) (?:{_THAT}|these things|those words)"
        rf"|(?:according to|by|from) who(?:m)?(?: (?:is|was) (?:that|this))?"
        rf"|who(?:se| s| is) (?:words|claim|statement|opinion|view|quote)(?: (?:is|was|are) "
        rf"(?:that|this|it|these))?|whose (?:is|was) (?:that|this)(?: (?:claim|word|view))?"
        rf"|who (?:is|was) (?:the speaker|speaking|quoted|being quoted|that from|it from)"
        rf"|who(?: is| was|s| s) (?:that|this) (?:according to|from|by)|who does it quote"
        rf"|(?:does|did) (?:it|the article|they) say who said {_THAT}"
    ),
    "others": (
        r"(?:(?:what|how) about )?(?:the |any )?(?:others?|other ones|rest)|(?:who|which) else"
        r"|(?:who|what|which|where) (?:are|is|were|was) (?:the )?(?:others?|other ones|rest)"
        r"|any more of (?:them|those)"
    ),
    "more": (
        rf"{_ASK}(?:(?:tell|give|show) (?:me|us) |say |hear |read |know |have )?"
        rf"(?:a (?:little|bit) |some |any |even |much )?{_MORE}{_SO}"
        rf"|{_ASK}(?:go on|carry on|continue|keep going|proceed|elaborate|expand|go ahead|next)"
        rf"(?: on (?:that|this|it))?|(?:what|anything) (?:else|more)(?: (?:is there|do you "
        rf"know|does {IT} say|is said|can you tell me|did (?:he|she|they) say))?{_SO}"
        rf"|(?:is|was) there (?:anything (?:else|more)|more|any more){_SO}"
        rf"|(?:is|was) that (?:all|it|everything)|(?:that s|that is) (?:all|it)|any ?thing"
        rf" more{_SO}"
        rf"|(?:does|do|did) {IT} (?:say|tell|mention) (?:anything (?:else|more)|more|anything more)"
        rf"{_SO}"
        rf"|(?:longer|in (?:more|greater) detail|more detailed|a longer (?:answer|version)"
        rf"|{_ASK}make it longer|full answer)"
    ),
    "shorter": (
        rf"{_ASK}(?:(?:make|put|say|keep|give|tell) (?:it|that|this|me|it to me|me that|me it) )?"
        rf"(?:a |in )?(?:much |bit |little |even |more )*(?:shorter|briefer|concise|briefly"
        rf"|short|brief)"
        rf"(?: (?:answer|version|one|form))?"
        rf"|in (?:short|brief|a nutshell|one (?:sentence|line)|a (?:sentence|word|few words)"
        rf"|fewer words|one word)|(?:too long|tl ?dr of that)(?: .*)?|{_ASK}shorten (?:it|that"
        rf"|this)"
        rf"|{_ASK}(?:sum (?:it|that) up|cut it short|summari[sz]e (?:that|this|it|your answer))"
        rf"|just the (?:answer|main (?:point|thing)|essential)|get to the point|the short version"
    ),
    "repeat": (
        rf"{_ASK}(?:(?:say|tell me|repeat|show me) (?:that|it|this|the answer)(?: again)?"
        rf"|repeat|again|come again)|(?:pardon|excuse|sorry)(?: me)?|what did you say|huh|eh"
        rf"|what was (?:that|the answer|it)(?: again)?"
    ),
}
_PATTERNS = {
    move: re.compile(rf"{_OPENER}(?:{pattern}){_CLOSER}") for move, pattern in _MOVES.items()
}
_FURTHER = re.compile(  # with what it is about
    r"^(?:(?:and|but|ok|okay|so|please),? )*(?:"
    r"(?:(?:can|could|would|will) you )?(?:please )?(?:tell|give) (?:me|us) "
    r"(?:(?:a (?:little|bit)|some|any|even) )?(?:more|further)(?: details?| information)? "
    r"(?:about|on|of)|more(?: details?| information)? (?:about|on)"
    r"|(?:is there )?(?:anything|something) (?:else|more) (?:about|on)"
    rf"|(?:what (?:else|more) (?:is said|does {IT} say|do (?:you|we) know)) (?:about|of|on)"
    r") (?P<topic>.+?)\W*$",
    re.I,
)
_ELSE = re.compile(  # What else did Orr say?
    r"^(?:(?:and|but|ok|so),? )?(?P<asking>what|who|where|which \w+) (?:else|more)\b(?P<rest>.+)$",
    re.I,
)
_MEANT = re.compile(
    r"^(?:(?:no|nope|not that|sorry|wait|oh|well|actually|but|hm+)\b[\s,.!–—-]*)*"
    r"(?:(?:i|what i) (?:meant|mean)(?: to (?:say|ask))?(?: was| is)?|i(?:['’]m| am| was)"
    r" (?:asking|talking)"
    r" (?:about|of)|i (?:asked|wanted to know) (?:about|for)|make that|rather|i said)[\s,:]+"
    r"(?P<meant>.+?)\W*$",
    re.I,
)
_NO = re.compile(r"^(?:no|nope|sorry|wait)\s?[,.!;–—-]+\s*(?P<meant>.+?)\W*$", re.I)
_NOT = re.compile(
    r"^(?:(?:no|sorry|i (?:meant|mean))\b[\s,.!–—-]*)?not (?P<not>(?:the |a |in"
    r" )?[^,.;]+)[,.;–—-]+\s*(?:but )?"
    r"(?P<meant>(?:the |a |in )?.+?)\W*$",
    re.I,
)
_NOT_AFTER = re.compile(r"^(?P<meant>.+?),? (?:and )?not (?P<not>.+?)\W*$", re.I)
_ABOUT = re.compile(r"^(?:about|of|for) ", re.I)


@dataclass(frozen=True)
class Said:
    """A move, and what it names: the topic that more is wanted of, or what was meant instead.

    `instead_of` are the words that were not meant, where they are named, too.
    """

    move: Move
    words: str = ""
    instead_of: str = ""


def about_answer(said: str) -> Said | None:
    """What is said about the last answer, if that is all.

    `Are you sure?` -> `check`, `No, I meant the boat` -> `correct`, with `the boat`;
    `Who said that the boat sank?` -> `None`
    """
    if meant := _correction(said):
        return meant
    plain = _plain(said)
    for move, pattern in _PATTERNS.items():
        if pattern.fullmatch(plain):
            return Said(move)
    if further := _FURTHER.match(said):
        return Said("more", f"What does the article say about {further['topic']}?")
    if other := _ELSE.match(said):
        return Said("others", f"{other['asking']}{other['rest']}")
    return None


def corrected(question: str, said: Said) -> list[str]:
    """The question with what was meant in the place of each thing that it may stand for.

    `How much will the bus cost?`, `the boat` -> `How much will the boat cost?`
    """
    if re.match(r"(?:who|what|when|where|which|why|how)\b", said.words, re.I):
        return [f"{said.words}?"]
    if said.instead_of:
        places = [m.span() for m in _phrase(said.instead_of).finditer(question)]
    else:
        places = _replaceable(question, said.words)
    if not places:
        places = [m.span() for m in _PRONOUN.finditer(question)][:1]
    if places:
        found = [question[:start] + said.words + question[end:] for start, end in places]
        return list(dict.fromkeys(found))
    return [f"{question.rstrip(' ?.!')}, {said.words}?"]


def _correction(said: str) -> Said | None:
    if clear := _NOT.match(said):
        return Said("correct", clear["meant"], clear["not"])
    found = _MEANT.match(said) or _NO.match(said)
    if found is None or any(p.fullmatch(_plain(said)) for p in _PATTERNS.values()):
        return None
    if found.re is _NO and len(words(found["meant"])) > 4:  # it may be any sentence
        return None
    meant = _ABOUT.sub("", found["meant"])
    meant = meant[0].lower() + meant[1:] if _DETERMINED.match(meant) else meant
    both = _NOT_AFTER.match(meant)
    return Said("correct", both["meant"], both["not"]) if both else Said("correct", meant)


def _plain(said: str) -> str:
    return " ".join(words(re.sub(r"[’']", " ", said)))


def _phrase(words_meant: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(words_meant)}\b", re.I)


_DETERMINED = re.compile(r"\b(?:the|this|that|these|those|his|her|its|their|an?) [\w’' -]+", re.I)
_BARE = re.compile(r"(?<=\bhow many )[\w’'-]+|(?<=\bwhich )[\w’'-]+|(?<=\bwhat )[\w’'-]+", re.I)
_ENDS_NOUN = re.compile(
    r" (?:is|are|was|were|will|would|has|have|had|did|does|do|can|could|of|in|on|at|to|for|from"
    r"|with"
    r"|by|and|or|after|before|that|who|which)\b",
    re.I,
)
_INVERTED = re.compile(r"\b(?:did|does|do|will|would|can|could|should|must) $", re.I)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'-]*(?: (?:(?:of|al|de|van|von|the) )?[A-Z][\w’'-]*)*")
_PRONOUN = re.compile(r"\b(?:it|he|she|they|him|her|them|this|that|there)\b", re.I)
_FIGURE = re.compile(r"\b\d[\d,.]*\b")
_PLACED = re.compile(r"\b(?:in|on|at|to|from|for|by|with|near|under|after|before) ")


def _replaceable(question: str, meant: str) -> list[tuple[int, int]]:
    """The parts of a question that are of the same kind: a name for a name, a number for one."""
    preposition = _PLACED.match(meant)
    bare = meant[preposition.end() :] if preposition else meant
    if _FIGURE.fullmatch(bare):
        found = [m.span() for m in _FIGURE.finditer(question)]
    elif bare[:1].isupper():
        found = [m.span() for m in _NAME.finditer(question)]
    elif _DETERMINED.match(bare):
        found = [*_nouns(question), *(m.span() for m in _NAME.finditer(question))]
    else:
        found = [m.span() for m in _BARE.finditer(question) if not _ENDS_NOUN.fullmatch(f" {m[0]}")]
    if preposition:  # in Holm, for in Tarn
        said = preposition[0].lower()
        found = [(a - len(said), b) for a, b in found if question[:a].lower().endswith(said)]
    return found


def _nouns(question: str) -> Iterator[tuple[int, int]]:
    """`How much will the bus cost?` -> where `the bus` stands."""
    for match in _DETERMINED.finditer(question):
        start, noun = match.start(), match[0].rstrip()
        if end := _ENDS_NOUN.search(noun):
            noun = noun[: end.start()]
        elif _INVERTED.search(question[:start]) and noun.count(" ") > 1:
            noun = noun.rpartition(" ")[0]  # the verb that goes with will
        yield start, start + len(noun)
