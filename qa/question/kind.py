"""What was said: small talk, a question about the article itself, a wish for a summary, or else."""

import re
from collections.abc import Sequence
from typing import Literal

from qa.answer import escape_markdown
from qa.article import Article
from qa.text.words import words

Intent = Literal["small_talk", "about", "summary", "question"]

_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: there| all| everyone)?"
)
_THANKS = re.compile(
    r"(?:ok |okay |great |cool |perfect |many )?(?:thanks|thank you|thx|cheers|ta)"
    r"(?: you)?(?: a lot| so much| very much| again| for (?:the|your) (?:help|answers?))?"
)
_BYE = re.compile(r"(?:good)?bye(?: bye)?|see you(?: later)?|good night")
_ABILITY = re.compile(
    r"help|who are you|what are you|what can (?:you|i) (?:do|ask)(?: you)?"
    r"|how do(?:es)? (?:you|this) work"
    r"|how are you(?: doing)?(?: today)?"
)
_ARTICLE = r"(?:this|the|that|your|these)(?: news)? (?:article|story|text|piece|report|page)s?"
_IT = rf"(?:{_ARTICLE}|it|this|all this)"
_SUMMARY = re.compile(
    rf"(?:(?:can|could|would|will) you )?(?:please )?"
    rf"(?:(?:give|tell|show)(?: me| us)? )?(?:a |an |the )?(?:short |brief |quick )?"
    rf"(?:summar(?:y|ise|ize)(?: of)?(?: {_IT})?(?: for me)?(?: in .{{1,30}})?"
    rf"|overview(?: of {_IT})?|gist(?: of {_IT})?|tl ?dr"
    rf"|(?:what (?:are|is) )?(?:the )?(?:key|main|central|most important) "
    rf"(?:points?|facts?|takeaways?|ideas?|topics?|message)(?: (?:of|in|from) {_IT})?"
    rf"|what (?:is|are) {_IT} (?:all )?about|what does {_IT} say|what happened"
    rf"|what is the (?:topic|subject|main topic)(?: of {_IT})?)(?: please)?"
)
_OF_IT = rf"(?: (?:of|for|to|in) {_IT})?"
_ABOUT = re.compile(
    rf"(?:(?:can|could) you )?(?:please )?(?:tell me )?(?:"
    rf"(?:what (?:is|are) )?(?:the )?(?:title|headline|source|date|publication date|url|link)"
    rf"{_OF_IT}"
    rf"|what is {_IT} (?:called|titled)"
    rf"|where (?:(?:does|do|did) {_IT} come from|(?:is|was) {_IT} (?:from|published|taken from))"
    rf"|(?:who|what|which) (?:newspaper |outlet |site |website |publisher |news outlet )?"
    rf"(?:published|wrote|is the (?:author|publisher|source) of|has published) {_IT}"
    rf"|who is the (?:author|publisher|writer|journalist){_OF_IT}"
    rf"|when (?:was|were|is|did) {_IT} (?:published|written|dated|appear|come out)"
    rf"|(?:what|which|how many) articles (?:do you (?:have|know)|are there|can i ask about))"
)

_CAN_ASK = (
    "Ask me what the article says: who, what, when, where, how many, why, or for a summary. "
    "I answer with its own sentences, and say so when it does not tell."
)


def intent(question: str) -> Intent:
    """What kind of thing was said; a whole utterance must fit, so no question is swallowed.

    `Thanks!` -> `"small_talk"`, `What is this about?` -> `"summary"`,
    `Who thanks whom?` -> `"question"`
    """
    said = _plain(question)
    if any(p.fullmatch(said) for p in (_GREETING, _THANKS, _BYE, _ABILITY)):
        return "small_talk"
    if _SUMMARY.fullmatch(said):
        return "summary"
    return "about" if _ABOUT.fullmatch(said) else "question"


def small_talk(said: str) -> str:
    """A friendly line that says what can be asked."""
    plain = _plain(said)
    if _THANKS.fullmatch(plain):
        return f"You are welcome. {_CAN_ASK}"
    if _BYE.fullmatch(plain):
        return "Goodbye. The article stays here for your next question."
    if _GREETING.fullmatch(plain):
        return f"Hello. {_CAN_ASK}"
    return _CAN_ASK


def about(articles: Sequence[Article]) -> str:
    """Title, source and date of each article as its front matter tells them, as Markdown."""
    if not articles:
        return "There is no article yet; add one."
    entries = []
    for article in articles:
        source = escape_markdown(article.source) or "not given"
        published = escape_markdown(article.published or "") or "not given"
        entries.append(
            f"**{escape_markdown(article.title)}**  \nSource: {source}. Published: {published}."
        )
    label = "This stands beside the article, not in its text:"
    return "\n\n".join(
        [label if len(entries) == 1 else label.replace("article", "articles"), *entries]
    )


def _plain(said: str) -> str:
    return " ".join(words(re.sub(r"\b(what|who|where|when)['’]s\b", r"\1 is", said, flags=re.I)))
