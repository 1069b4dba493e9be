"""Which form of answer a question asks for: a short fact, yes or no, who X is, what X said …"""

import re
from typing import Literal

from qa.text.words import words

Wanted = Literal[
    "short", "yes_no", "about", "said", "role", "event", "overview", "why", "next", "account"
]

_BE = r"(?:is|are|was|were|be|been|will be)"
_DO = r"(?:do|does|did|has|have|had)"
_MAY = r"(?:can|could|will|would|should|shall|may|might|must)"
_ASKING = r"(?:who|what|when|where|why|which|how)"
_FRAME = re.compile(
    r"^(?:(?:so|and|but|or|well|ok|then|please|also|hi|hello) )*"
    rf"(?:(?:{_MAY} you )?(?:please )?(?:tell|show|give) (?:me|us) (?!about\b|more about\b)"
    r"|do you know |i (?:want|would like) to know )?(?:the article says? )?"
)
_SAYING = (
    r"(?:say|tell|think|claim|argu|warn|stress|believ|reckon|comment|explain|complain|fear|hope"
    r"|blam|announc|insist|den[yi]|suggest|critici[sz]|admit|stat|propos|answer|repl[yi]|want"
    r"|demand|recommend|expect|dislik|accus)(?:e|es|s|ed|d|ing|ied|ies)?\b|said|told|thought|felt"
    r"|(?:make|makes|made) of|(?:put|puts) it down to|defend (?:him|her|it|them)sel\w+"
)
_VIEW = (
    r"(?:views?|opinions?|version|explanation|complaints?|position|stance|message|arguments?"
    r"|criticism|worried|unhappy|afraid|angry|sceptical|skeptical|objections?)"
)
_HAPPENS = (
    r"(?:happen(?:s|ed|ing)?|go(?:ing|ne)? (?:on|wrong)|went (?:on|wrong)|took place|bec[ao]mes? of"
    r"|occurred|unfolded)"
)
_FURTHER = r"(?:next|now|then|after(?:wards?| (?:this|that|the|it))|from here|later|if|once)"
_MEASURED = (
    r"(?:many|much|long|old|far|often|big|large|high|tall|deep|fast|heavy|strong|hot|cold|wide|soon"
    r"|late|early|full|close|bad)"
)
_ATTRIBUTE = (  # of which a few words tell the value
    r"(?:price|score|result|budget|fine|toll|cost|number|rate|share|age|date|name|time|size|record"
    r"|profit|salary|fee|prize|damage|temperature|population|capital|captain|winner|leader|owner"
    r"|president|minister|mayor|boss|chief|height|length|weight|distance|majority|turnout|\w+est)"
)
_LIST = (  # of which an account names several
    r"(?:numbers|figures|findings|points|results|facts|reasons|demands|countries|people|groups"
    r"|organi[sz]ations|companies|places|steps|measures|rules|losses|tolls|conditions|signs|effects"
    r"|costs|changes|options|sides|parties|candidates|names|casualties|victims)"
)
_PATTERNS: tuple[tuple[Wanted, str], ...] = (  # the first that is found names the form
    (
        "overview",
        rf"^{_ASKING}\b.*\b(?:and|or) (?:in |for )?{_ASKING}\b|^how many\b.*\b(?:and|how many)\b"
        rf"|^(?:(?:some|the|main|key|all) )*{_LIST}\b|\bon (?:each|which|both) sides?\b"
        rf"|^{_ASKING}\b(?: {_BE})?(?: (?:the|all|other|main|key|different|eu|official|exact))*"
        rf" {_LIST}\b|^(?:which|what) (?!{_BE}\b|{_DO}\b|{_MAY}\b|happ|about|comes)(?:\w+ )?"
        r"(?!(?:is|was|has|does|this|us|across|less|says|happens)\b)\w+[a-z]s\b(?! (?:it|the|a)\b)"
        r"|^what (?:is|was) (?:\w+ )?(?:in|on board|new|behind|known|wrong|different|good and)\b"
        r"|^who (?:are|were) (?:the|all) \w+s\b|^what (?:are|were) (?:the )?(?:\w+ )?\w+s\b"
        rf"|^who (?:all )?(?!{_BE}|{_DO}|{_MAY}|won|was)\w+ (?:who|what|whom)\b|^who\b.* all\b",
    ),
    (
        "event",
        rf"^what(?: {_BE}| {_DO}| {_MAY}| all)*(?: \w+){{0,3}}? {_HAPPENS}\b"
        rf"(?! {_FURTHER}\b| .*\bbefore\b|$)",
    ),
    (
        "next",
        rf"^(?:what|where|how)\b(?! {_MEASURED}|.*\b(?:rate|share|age|cost|go for|{_SAYING})\b)"
        rf".*\b(?:happens|next|now|from here|comes? after|{_HAPPENS} {_FURTHER})"
        rf"\b|^what (?:comes|follows|if|could still)\b"
        r"|\bnext step\b|\b(?:is|are) (?:planned|coming)\b|\bcoming up\b|\bha(?:s|ve) to happen\b"
        r"|^how will (?:it|this|things)\b|^what (?:does|do|would|will|did) .* mean for\b"
        r"|^what(?: is|s)?(?: \w+){0,4} plans?\b|^what(?: is| has)? be(?:ing|en) done"
        r"|^when will (?:it|things|everything|the \w+) be back\b|^what (?:changes?|will change)\b",
    ),
    (
        "said",
        rf"^(?:\w+ )?(?:what|how|why|which)\b.*\b(?:{_DO}|{_BE}) .*\b(?:{_SAYING})"
        rf"|^what {_BE} .*\b{_VIEW}\b|^what .*\b(?:to say|in (?:his|her|their) own words)\b"
        rf"|^what\b.*\bhave against\b|^how\b.* (?:see|sees) (?:it|this)$",
    ),
    (
        "role",
        rf"^(?:what|how)\b.* {_DO}\b.*\b(?:do|done|react|respond|help|take it)\b"
        rf"|^what {_BE}\b.*\b(?:doing|role|part|after|up to)\b|^what ha(?:s|ve) .* been up to$"
        r"|\b(?:role|part|side) (?:in|of|does|did|do|was|were)\b|^(?:what|how) about\b"
        r"|\bwhat about (?:him|her|them|it)$|\b(?:react(?:ed|ing)?|respond(?:ed|ing)?|reaction"
        r"|response|taking it|helping|ha(?:s|ve) to do with)\b|^where (?:does|do|did) .* stand\b"
        rf"|\bcomes? in$|^what {_DO} (?!(?:it|this|that|he|she|they)\b)(?:the )?\w+(?: \w+)*?"
        r" (?:promise|order|find out|try|record|call for|report|decide|pay for)\b"
        r"|^what ha(?:s|ve) (?:the )?\w+(?: \w+)? \w+ed$",
    ),
    ("short", r"^(?:how many|how much|why did (?:she|he|it) die)\b"),
    (
        "why",
        r"^(?:why|how come|what for)\b|\b(?:reason (?:for|why)|cause of|background)\b"
        r"|\b(?:led (?:up )?to|lead to|set off|started (?:it|this|the whole)|trigger(?:ed)?"
        r"|come to this|brought about|sparked|explains)\b|^what (?:caused|brought|pushed|made)\b"
        rf"|^how (?:{_DO}|could|can)\b|\b(?:happened|been|tried|problems?) .*\bbefore\b"
        r"|^what happened before\b",
    ),
    ("yes_no", rf"^(?:{_BE}|{_DO}|{_MAY}|am|(?:is|are|was|were|do|does|did|wo|ca)n t)\b|^any \w+"),
    (
        "short",
        rf"^(?:what|who) {_BE} (?:\w+ ){{0,2}}{_ATTRIBUTE}\b(?! (?:for|in) .*\b(?:each|all)\b)"
        rf"|^(?:what|who) {_BE} (?:\w+ ){{0,2}}(?!(?:van|de|al)\b)\w+(?:ing|ed) (?!\w+$)"
        rf"|^who {_BE} \w+(?:ing|ed)\b(?! \w+$)|^who {_BE} (?:in|at|on) ",
    ),
    (
        "about",
        rf"^(?:who|what) {_BE} (?:\w+ ){{0,5}}?\w+$|^tell (?:me|us) (?:more )?about\b"
        r"|^(?:describe|introduce)\b|^what (?:kind|sort|type) of\b|\bwho is (?:that|this|he|she)$"
        r"|^what do(?:es)? (?:we|the article|it) (?:know|tell us) about\b",
    ),
    (
        "short",
        r"^(?:(?:from|since|until|by|on|in|at|to|for|with) )?"
        rf"(?:how {_MEASURED}|when|where|who|whom|whose|which|what (?:\w+ )?(?:cost|year|date))\b"
        rf"|^what (?:{_DO}|{_BE}|{_MAY}) .*\b(?:cost|pay|earn|worth|weigh|get|die of)\b",
    ),
)
_FORMS = tuple((form, re.compile(pattern)) for form, pattern in _PATTERNS)
_SHORTENED = re.compile(r"\b(what|who|where|when|how|why)(?:['’]?s)\b", re.I)


def wanted_form(question: str) -> Wanted:
    """The form that a question's words ask for; `"account"` where they tell none.

    `who's Ada Kay?` -> `"about"`, `how many boats sank` -> `"short"`
    """
    said = " ".join(words(_SHORTENED.sub(r"\1 is", question)))
    said = _FRAME.sub("", said, count=1)
    return next((form for form, pattern in _FORMS if pattern.search(said)), "account")
