"""The kind of what was said: small talk, about the article itself, a summary, or a question."""

import re
from typing import Literal

from qa.question.article_facts import Fact, asked_fact
from qa.question.digest import digest
from qa.question.over_all import asks_who_speaks, mention
from qa.text.words import STOPWORDS, words

Intent = Literal["small_talk", "about", "summary", "mentions", "voices", "question"]
Talk = Literal["greeting", "thanks", "goodbye", "abilities", "nod", "unclear"]

_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: there| all| everyone| again)?(?: how are you(?: doing)?(?: today)?)?"
)
_WELL = (
    r"(?:(?:ok|okay|great|cool|perfect|many|alright|all right|good|nice|wonderful|super|ah|oh) )*"
)
_THANKS = re.compile(
    rf"{_WELL}(?:thanks|thank you|thx|ty|cheers|ta|much appreciated|i appreciate (?:it|that))"
    r"(?: you)?(?: a lot| a bunch| so much| very much| again| anyway)?"
    r"(?: for (?:the|your|that|this)(?: (?:quick|good|great))?(?: (?:help|answers?|information))?)?"
    r"(?: (?:that (?:is|was|s) (?:very |really )?)?(?:helpful|great|good|useful|all|perfect))?"
)
_NOD = re.compile(
    r"(?:(?:ok|okay|k|great|cool|perfect|alright|all right|good|nice|wonderful|super|fine|wow|ah"
    r"|oh|aha|hm+|i see|i understand|got it|understood|interesting|makes sense|excellent|amazing"
    r"|awesome|right|yes|yep|yeah|no|nope|never mind|lol|haha|good (?:answer|job|bot|to know)"
    r"|well done|that (?:is|was|s) (?:very |really )?(?:helpful|good|great|interesting|useful"
    r"|nice|all)|no problem|sorry)(?: |$))+"
)
_BYE = re.compile(
    rf"{_WELL}(?:(?:good)?bye(?: bye)?|see you(?: later| soon)?|good night|take care"
    r"|have a (?:nice|good|great) (?:day|evening|weekend|one)|i (?:am|m) done|that (?:is|s) all"
    r" for (?:now|today))(?: for now| then)?"
)
_ABILITY = re.compile(
    r"help(?: me)?(?: please)?|who are you|what are you|who (?:made|built|created) you"
    r"|(?:what|which things) (?:all )?(?:can|could|do) (?:you|i|we) (?:do|ask|know|answer|say)"
    r"(?: you)?(?: about)?(?: here| for me)?"
    r"|how (?:do(?:es)?|can|should) (?:you|this|it|i|we) (?:work|use (?:you|this|it)|ask(?: you)?)"
    r"|what (?:is|are) (?:this|you)(?: (?:tool|app|bot|page|thing))?(?: for)?"
    r"|(?:what (?:should|could) i ask|what (?:kind|sort|kinds|sorts) of questions (?:can|may|do) "
    r"(?:i|you) (?:ask|answer)(?: you)?|(?:give me|any|suggest)(?: some| an)? (?:examples?|ideas?"
    r"|suggestions?|questions?)(?: (?:of|for) questions?)?)"
    r"|are you (?:a |an )?(?:ai|bot|robot|human|person|machine|real|chatgpt|chatbot|computer)"
    r"|what (?:is|s) your (?:name|job|purpose)|how are you(?: doing)?(?: today)?"
)

_TALK: dict[Talk, re.Pattern[str]] = {
    "greeting": _GREETING,
    "thanks": _THANKS,
    "goodbye": _BYE,
    "abilities": _ABILITY,
    "nod": _NOD,
}
_SAYS_NOTHING = STOPWORDS - frozenset(  # alone; of these, one may ask after an answer
    "what when where which while who whom whose why how he she it they him her his hers its their"
    " theirs them these this those that there more other then here most yours".split()
)


def intent(question: str) -> Intent:
    """What kind of thing was said; a whole utterance must fit, so no question is swallowed.

    `Thanks!` -> `"small_talk"`, `What is this about?` -> `"summary"`,
    `Who thanks whom?` -> `"question"`
    """
    if small_talk(question):
        return "small_talk"
    said = _plain(question)
    if digest(question):
        return "summary"
    if asked_fact(said):
        return "about"
    if asks_who_speaks(question):
        return "voices"
    return "mentions" if mention(question) else "question"


def small_talk(said: str) -> Talk | None:
    """What kind of small talk was made, if that was all: `Thanks!` -> `"thanks"`.

    A sign, or a word like "the", says nothing and is `"unclear"`.
    """
    words_said = _plain(said)
    found = next((talk for talk, one in _TALK.items() if one.fullmatch(words_said)), None)
    is_empty = all(word in _SAYS_NOTHING or len(word) == 1 for word in words_said.split())
    return "unclear" if found is None and is_empty else found


def article_fact(question: str) -> Fact | None:
    """The fact about the article itself that a question asks for, if it asks for one."""
    return asked_fact(_plain(question))


def _plain(said: str) -> str:
    return " ".join(words(re.sub(r"\b(what|who|where|when)['’]s\b", r"\1 is", said, flags=re.I)))
