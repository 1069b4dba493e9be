"""Which fact about the article itself a question asks for: its author, its date, its length …"""

import re
from typing import Literal

Fact = Literal[
    "articles",
    "title",
    "author",
    "publisher",
    "source",
    "place",
    "published",
    "updated",
    "length",
]

_NOUN = r"(?:(?:article|story|text|piece|report|page|column|post)s?|stories)"
NAMED = rf"(?:this|the|that|your|these)(?: news(?:paper)?)? {_NOUN}"  # the article by a noun
EVERY = (  # each of several
    rf"(?:(?:all|each|every(?: single)?|both)(?: one)?(?: of)?(?: (?:the|these|those|my|your|our))?"
    rf"(?: news)?(?: {_NOUN})|(?:the|these|those|my|your)(?: news)? articles)"
)
IT = rf"(?:{NAMED}|{EVERY}|it|this|all this)"  # or by a pronoun
_CLEAR = rf"(?:{NAMED}|this)"  # where "it" is more likely something that the article is about
_OF = rf"(?: (?:of|for|to|in|on|behind) {IT})?"
_IS = r"(?:is|was|are|were)"
_PAPER = (
    r"(?:(?:news ?)?paper|news ?(?:outlet|site|agency|organi[sz]ation)|outlet|site|website|agency"
    r"|publisher|publication|magazine|broadcaster)"
)
_AUTHOR = r"(?:author|writer|journalist|reporter|correspondent|byline)s?"
_APPEARED = (
    r"(?:(?:first |originally )?(?:published|written|dated|appear|come out|posted|released"
    r"|printed|go online|put online))"
)
_REVISED = r"(?:updated|modified|last updated|last modified)"
_DATE = r"(?:date|day|month|year)"
_ASKING = (
    r"(?:(?:can|could|would|will) you )?(?:please )?"
    r"(?:(?:tell|show|give)(?: me| us)? |(?:do|does) (?:you|it|anyone) know |i want to know )?"
)

# A whole question must fit, so that none about the article's subject is taken for one of these.
_PATTERNS: dict[Fact, str] = {
    "articles": (
        r"(?:what|which|how many) (?:news )?articles (?:(?:do|can) (?:you|we|i) (?:have|know|see"
        r"|hold|search|read|ask about)|are (?:there|here|loaded|in here|available|you searching)"
        r"|have (?:i|you|we|been) (?:added|loaded|read|got)|did i (?:add|upload|load))"
        r"(?: (?:here|now|in all|altogether|so far|access to|of))*"
        r"|(?:the )?(?:number|list|titles) of (?:all )?(?:the |my |your )?articles"
        r"|list (?:all )?(?:of )?(?:the |my |your )?articles(?: (?:here|you have))?"
        r"|what (?:have i|did i) (?:added|loaded|uploaded|add|load|upload)(?: so far)?"
    ),
    "title": (
        rf"(?:what {_IS} )?(?:the )?(?:title|headline){_OF}"
        rf"|(?:what|how) {_IS} {IT} (?:called|titled|headlined|entitled)"
        rf"|what {_IS} the name of {NAMED}"
    ),
    "author": (
        rf"who (?:wrote|authored|penned|filed|has written|had written) {IT}"
        rf"|(?:who|what) {_IS} (?:the )?(?:name of the )?{_AUTHOR}(?: name)?{_OF}"
        rf"|what {_IS} (?:the )?{_AUTHOR} called"
        rf"|(?:the )?(?:names? of the )?{_AUTHOR}(?: name)?{_OF}"
        rf"|who {_IS} {IT} (?:written |authored |penned )?by|by who(?:m)? {_IS} {IT}(?: written)?"
        rf"|whose {_NOUN} {_IS} (?:this|it)|who (?:it|this|{NAMED}) {_IS} (?:written )?by"
        rf"|{_IS} there an? {_AUTHOR}{_OF}|(?:does|did) {IT} (?:have|name|give) an? {_AUTHOR}"
        rf"|{_IS} the {_AUTHOR}{_OF} (?:named|given|known)"
    ),
    "publisher": (
        rf"(?:who|(?:what|which) {_PAPER}) (?:published|printed|ran|carried|released|wrote"
        rf"|has published|{_IS} the publisher of|{_IS} behind) {IT}"
        rf"|(?:who|what|which) {_IS} (?:the )?{_PAPER}{_OF}|(?:the )?{_PAPER}{_OF}"
        rf"|(?:from |in |by )?(?:what|which) {_PAPER} (?:{_IS}|does|do|did) {IT}"
        rf"(?: (?:from|come from|taken from|in|by|appear(?: in)?|published(?: in| by)?))?"
        rf"|who {_IS} {IT} published by"
    ),
    "source": (
        rf"(?:(?:what|which|who) {_IS} )?(?:the )?"
        rf"(?:source|url|link|web ?site|(?:web )?address){_OF}"
        rf"|where (?:(?:does|do|did) {IT} come from"
        rf"|{_IS} {IT} (?:from|published|taken from)|did {IT} appear)"
        rf"|where (?:can i (?:find|read)|(?:did|do) you (?:get|find|have)) {_CLEAR}(?: from)?"
    ),
    "place": (
        rf"(?:from )?(?:where|(?:what|which) (?:city|town|place|country)) {_IS} {_CLEAR} "
        rf"(?:written|filed|reported|datelined)(?: from| in| at)?"
        rf"|(?:what {_IS} )?(?:the )?dateline{_OF}"
    ),
    "published": (
        rf"when {_IS} {IT} (?:from|{_APPEARED})|when did {IT} {_APPEARED}"
        rf"|when {IT} {_IS} {_APPEARED}"
        rf"|(?:on |in )?(?:what|which) {_DATE} (?:{_IS}|did|does) {IT} "
        rf"(?:{_APPEARED}|from|have|carry|bear)(?: on)?"
        rf"|(?:what {_IS} )?(?:the )?(?:date|(?:publication|publishing) {_DATE}"
        rf"|{_DATE} of (?:publication|publishing|issue|writing)){_OF}"
        rf"|(?:what|which) {_DATE} {_IS} (?:on )?{_CLEAR}"
        rf"|how (?:old|recent|new|current|fresh|up to date) {_IS} {_CLEAR}"
        rf"|{_IS} {_CLEAR} (?:old|recent|new|current|fresh|up to date)"
        rf"|how long ago {_IS} {IT} {_APPEARED}"
        rf"|(?:does|do) {IT} (?:have|give|carry) a date"
    ),
    "updated": (
        rf"when {_IS} {IT} (?:last )?{_REVISED}(?: last)?|when {IT} {_IS} {_REVISED}"
        rf"|when {_IS} {_CLEAR} (?:last )?(?:changed|revised|edited|amended)"
        rf"|(?:has|have) {IT} been {_REVISED}(?: since(?: then)?)?|{_IS} {IT} (?:ever )?{_REVISED}"
        rf"|(?:(?:what|when) {_IS} )?(?:the )?(?:date of the )?(?:last |latest )"
        rf"(?:update|revision|modification|change){_OF}|(?:what {_IS} )?the update date{_OF}"
        rf"|(?:on |in )?(?:what|which) {_DATE} {_IS} {IT} (?:last )?{_REVISED}"
    ),
    "length": (
        rf"how (?:long|short|big) {_IS} {_CLEAR}"
        rf"|how many (?:words|sentences|characters) (?:are (?:there )?in|(?:does|do)) {IT}"
        rf"(?: have| contain| run to)?"
        rf"|(?:what {_IS} )?(?:the )?(?:length|word count) of {NAMED}|word count"
    ),
}
_FACTS = {
    fact: re.compile(rf"{_ASKING}(?:{pattern})(?: please)?") for fact, pattern in _PATTERNS.items()
}


def asked_fact(words: str) -> Fact | None:
    """The fact that a question asks for, in plain lower-case words; None: it asks something else.

    `who wrote this` -> `"author"`, `when was the ceasefire published` -> `None`
    """
    return next((fact for fact, pattern in _FACTS.items() if pattern.fullmatch(words)), None)
