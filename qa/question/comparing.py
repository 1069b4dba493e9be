"""A wish to compare articles: where they agree, where they differ, what only one of them says."""

import re
from dataclasses import dataclass
from typing import Literal

Part = Literal["all", "same", "differs", "only", "new"]

_ARTICLES = r"(?:articles|papers|newspapers|reports|stories|sources|accounts|versions|pieces|texts)"
_ALL = (
    rf"(?:they|them|these|those|both|it all|(?:all |both )?(?:of )?(?:the |these |those |my )?"
    rf"(?:two |three |four |five |\d+ )?(?:different )?{_ARTICLES}|(?:the|these|those) "
    r"(?:two|three|four|five|\d+)|all (?:of )?(?:them|these))"
)
_TOPIC = (
    r"(?: (?:on|about|over|regarding|concerning|as to|in what they say (?:about|on)|when it comes"
    r" to) (?P<topic>.+?))?"
)
_DO = r"(?:do|does|did|don['’]t|didn['’]t|doesn['’]t)"
_DIFFER = (
    r"(?:differ|disagree|contradict (?:each other|one another)|conflict|diverge|vary|clash"
    r"|say different things|tell (?:it|the story) differently)"
)
_AGREE = r"(?:agree|say the same(?: thing)?|match|overlap|coincide|have in common)"
_TELL = r"(?:say|report|tell(?: us)?|mention|write|claim|state|have|know|add)s?"
_PATTERNS: tuple[tuple[Part, str], ...] = (
    (
        "all",
        r"(?:compare|contrast) what (?P<who>.+?) (?:say|report|write)s? (?:about|on|of) "
        r"(?P<topic>.+?)",
    ),
    ("all", rf"(?:compare|contrast)(?: (?P<who>.+?))?{_TOPIC}"),
    (
        "all",
        rf"(?:how|in what way|in which ways?) (?:do|does|did) (?P<who>.+?) compare{_TOPIC}",
    ),
    (
        "all",
        rf"(?:do|does|did) (?P<who>.+?) (?:all )?(?:{_AGREE}|{_DIFFER})(?: or (?:{_AGREE}|{_DIFFER}"
        rf"|not))?(?: with (?:each other|one another))?{_TOPIC}",
    ),
    (
        "same",
        rf"(?:what|where|on what|in what) (?:do|does|did) (?P<who>.+?) (?:all )?{_AGREE}"
        rf"(?: (?:on|about))?{_TOPIC}",
    ),
    (
        "same",
        r"what (?:is|are)(?: the)? (?:same|common|similar)(?: (?:in|to|between) (?P<who>.+?))?",
    ),
    (
        "same",
        rf"what (?:do|does|did) (?P<who>both(?: (?:of )?(?:the |these )?{_ARTICLES})?"
        rf"|all (?:of )?(?:them|(?:the |these )?{_ARTICLES})) {_TELL}{_TOPIC}",
    ),
    (
        "differs",
        rf"(?:what|where|on what|how|in what way) (?:do|does|did) (?P<who>.+?)"
        rf" (?:{_DIFFER})(?: (?:on|about|over|in|from each other))?{_TOPIC}",
    ),
    (
        "differs",
        r"(?:(?:what (?:is|are)|are there|show(?: me)?|list|tell me) )?(?:the |any )?(?:main )?"
        r"(?:differences?|contradictions?|discrepanc(?:y|ies)|disagreements?)"
        rf"(?: (?:between|among|in) (?P<who>.+?))?{_TOPIC}",
    ),
    (
        "differs",
        rf"(?:is|are) there (?:any )?(?:a )?(?:differences?|contradictions?|discrepanc(?:y"
        rf"|ies)|disagreements?)(?: (?:between|among|in) (?P<who>.+?))?{_TOPIC}",
    ),
    (
        "only",
        rf"what (?:do|does|did|has|have) only (?P<one>.+?) (?:{_TELL}|told|reported|said){_TOPIC}",
    ),
    ("only", rf"what (?:is|was) (?:told |said |reported )?only (?:in|by) (?P<one>.+?){_TOPIC}"),
    (
        "only",
        rf"what (?:do|does|did) (?P<one>.+?) {_TELL} (?:that|which) (?P<others>.+?)"
        rf" (?:{_DO}|{_DO} not|left? out|leaves? out|omits?|is silent about)(?: not)?(?: {_TELL})?",
    ),
    ("only", r"what is in (?P<one>.+?) (?:but|and) not in (?P<others>.+?)"),
    (
        "new",
        r"what(?: is|['’]s| was) (?:new|different|changed)(?: in (?:the |these )?"
        r"(?:articles|papers|news|story|coverage))? (?P<when>(?:since|after) .+?)",
    ),
    ("new", r"what has (?:changed|happened|come out|been reported) (?P<when>since .+?)"),
    (
        "new",
        r"what(?: is|['’]s) new in (?P<one>the (?:latest|newest|last|most recent|later|new)"
        r" (?:article|story|report|version|one|piece))",
    ),
)
_POLITE = re.compile(
    r"^(?:(?:ok|okay|so|and|now|then|well|please|hi|hello),? )*(?:(?:can|could|would|will) you "
    r"(?:please )?(?:tell me |say |show me )?|(?:please )?(?:tell|show) me )?(?:please )?",
    re.I,
)
_WISHES = tuple((part, re.compile(pattern, re.I)) for part, pattern in _PATTERNS)
_WHOLE = re.compile(_ALL, re.I)
_OF_PEOPLE = re.compile(r"\bdid (?:they|both|these|those) ", re.I)  # not of what is written
_QUESTION = re.compile(r"^(?:how|what|who|whom|whose|when|where|why|which)\b", re.I)
_TOPICS = (  # what is asked of them in other words
    (
        re.compile(r"the (?:death )?toll|the (?:dead|deaths|casualties|victims)", re.I),
        "How many people died or were hurt?",
    ),
    (re.compile(r"(?:the )?numbers? of (.+)", re.I), r"How many \1?"),
    (re.compile(r"(?:the )?(?:costs?|prices?) of (.+)", re.I), r"How much does \1 cost?"),
    (re.compile(r"(?:the )?causes? of (.+)", re.I), r"What caused \1?"),
    (re.compile(r"(?:the )?(?:reasons?) (?:for|of) (.+)", re.I), r"What is the reason for \1?"),
    (re.compile(r"(?:the )?(?:date|day|time) of (.+)", re.I), r"When is \1?"),
)
_PLURAL = re.compile(r"\w(?<!s)s$|^(?:people|men|women|children)$", re.I)


@dataclass(frozen=True)
class Comparing:
    """What is to be compared.

    `who` are the articles as they were named, empty for all; `one` is the one whose own is asked,
    and `when` the words for the days of what is new. `topic` is what they are asked about, as a
    question; empty: everything.
    """

    part: Part
    who: str = ""
    one: str = ""
    when: str = ""
    topic: str = ""


def comparing(question: str) -> Comparing | None:
    """The comparison that is asked for; a whole utterance must fit.

    `Where do they differ on the toll?` -> `Comparing("differs", topic="What is the toll?")`
    """
    said = " ".join(question.split()).strip(" ?!.")
    said = _POLITE.sub("", said)
    if _OF_PEOPLE.search(said):
        return None
    for part, wish in _WISHES:
        if found := wish.fullmatch(said):
            given = {name: (value or "").strip(" ,") for name, value in found.groupdict().items()}
            who = given.get("who", "")
            return Comparing(
                part,
                "" if _WHOLE.fullmatch(who) else who,
                given.get("one", ""),
                given.get("when", ""),
                _asked(given.get("topic", "")),
            )
    return None


def _asked(topic: str) -> str:
    """A topic as a question: `the toll` -> `What is the toll?`, `who won` -> `Who won?`"""
    if not topic:
        return ""
    if _QUESTION.match(topic):
        return f"{topic[:1].upper()}{topic[1:]}?"
    if topic.lower().startswith(("whether ", "if ")):
        topic = topic.split(" ", 1)[1]
        return f"Is it true that {topic}?"
    for pattern, question in _TOPICS:
        if found := pattern.fullmatch(topic):
            return found.expand(question)
    be = "are" if _PLURAL.search(topic.split(" of ")[0].split()[-1]) else "is"
    return f"What {be} {topic}?"
