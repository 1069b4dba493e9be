"""A question as it is searched for and read: how it is put makes no difference to its answer."""

import re
from collections import Counter
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from qa.article import Article
from qa.question.article_facts import IT
from qa.question.kind import small_talk
from qa.question.talk import about_answer
from qa.text.numerals import Numeral, numerals
from qa.text.spelling import corrected
from qa.text.words import STOPWORDS, words

MOST_ARTICLES = 50  # whose words are compared with a question's; beyond them it is left as typed
_NAMED = r"(?:(?:this|the|that|your) (?:news )?(?:article|story|text)|this (?:report|piece|page))"
FEW = 10
LONG_NAME = 6  # letters, from which a name is taken for another; Sala and Salo may be two people
NEAR = 30  # characters in which the next word stands
_QUOTES = re.compile('["“”„«»]')
_END = re.compile(r"\s*[?!.…]*\s*[?][?!.…]*$")
_OPENINGS = (
    r"(?:hi|hello|hey|hi there|dear assistant|good (?:morning|afternoon|evening|day)|ok|okay|well"
    r"|please|sorry|excuse me|pardon me|thanks|thank you|great|quick question|(?:one|a) question"
    r"|just (?:curious|wondering|checking)|i have a question|my question is|um|hmm)"
)
_LOOK = (
    r"(?:tell|show|give|explain to|inform)(?: me| us)?|let (?:me|us) know|find out|find|look up"
    r"|check|work out|explain|name|list|state|say"
)
_KINDLY = r"(?:(?:please|kindly|maybe|possibly|perhaps|just) )*"
_TALE = (
    r"(?:say|tell|mention|state|explain|report|give|describe|reveal|specify|name|note|indicate"
    r"|make clear)"
)
_FRAME = re.compile(
    rf"(?:{_OPENINGS}\b[\s,.:;!–—-]*"
    rf"|(?:can|could|would|will) (?:you|it|someone) {_KINDLY}(?:help me (?:to )?)?(?:{_LOOK})\s+"
    rf"|(?:do|does|did|would) (?:you|anyone|we|it) (?:happen to )?know (?:if you know )?"
    rf"|(?:is it possible|are you able|can i ask you) to {_KINDLY}(?:{_LOOK})\s+"
    r"|(?:any|do you have any|have you any) (?:idea|clue) (?:about |of )?"
    r"|i(?:['’]d| would| do|['’]m|['’]m just| am| was| just)? (?:really |just )?"
    r"(?:like to know|want to know|need to know|love to know|wondering|wonder|curious(?: about)?"
    r"|interested (?:to know|in(?: knowing)?)|looking for|trying to find(?: out)?)[\s,:]+"
    rf"|(?:can|may|could|might) i (?:please )?(?:ask|know|find out) (?:you )?"
    rf"|{_KINDLY}(?:tell me|tell us|let me know|find out|look up)\s+"
    rf"|{_KINDLY}(?:{_LOOK})\s+(?=(?:who|whom|whose|what|when|where|which|why|how)\b)"
    rf"|(?:do|does|did|would|can|could) {IT} (?:also |even |actually |ever )?{_TALE}(?: (?:me|us))?"
    r" (?=(?:who|whom|whose|what|when|where|which|why|how|whether|if|that)\b)"
    rf"|(?:according to|in|from|based on|per) {_NAMED}[\s,:]+(?=\w)"
    rf"|(?:what|who) (?:does|do|did) {IT} say (?=(?:who|when|where|why|how)\b)"
    r")",
    re.I,
)
_ASKS_FOR = re.compile(  # a noun: Give me the number of votes.
    rf"^(?:{_OPENINGS}[\s,]*)?(?:(?:can|could|would|will) you )?{_KINDLY}"
    rf"(?:(?:help me (?:to )?)?(?:give|show|tell|find|find out|look up|get|name)(?: me| us)?"
    r"|i(?:['’]d| would)? (?:like|want|need)(?: to (?:know|have|see))?) "
    r"(?=(?:the|his|her|its|their) )",
    re.I,
)
_CLOSING = re.compile(
    rf"[\s,;–—-]+(?:please|pls|for me|for us|thanks|thank you|thx|if you can|if you know"
    rf"|if possible|do you know|can you tell me|by any chance|(?:according to|in|from|per) {_NAMED}"
    rf"|(?:does|do) {_NAMED} say)(?=\W*$)",
    re.I,
)
_OPEN = re.compile(r"(?:who|whom|whose|what|when|where|which|why|how)\b", re.I)
_ABOUT = re.compile(r"(?:(?:something|anything|everything|all) )?(?:about|on) (?!it$|this$)", re.I)
_EMBEDDED = re.compile(  # how old the ferry is
    r"^(who|what|where|when|why|how(?: \w+)?) ((?:the |an? )?[\w’'-]+(?: [\w’'-]+)?)"
    r" (is|are|was|were)$",
    re.I,
)
_CLAUSE = re.compile(r"(?:whether|if|that)\s+(?:or not\s+)?", re.I)
_NOUN = re.compile(r"(?:the|his|her|its|their)\s+(?P<first>[\w’'-]+)", re.I)
_AUXILIARY = re.compile(
    r"^(?P<subject>(?:(?!\b(?:who|that|which)\b).)+?) "
    r"(?P<auxiliary>is|are|was|were|has|have|had|will|would|can|could|did|does|should|must|may"
    r"|might) (?P<rest>.+)$",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<![\w'’])([^\W\d_]+)(?=['’]s\b|(?![\w'’]))")
_ASKING = STOPWORDS | frozenset(
    "many much long often people happened killed died article according".split()
)
_NO_NAMES = STOPWORDS | frozenset("may might must us mark march".split())
_words_of: "WeakKeyDictionary[Article, tuple[Counter[str], Counter[str]]]" = WeakKeyDictionary()


def worded(question: str, articles: Sequence[Article]) -> str:
    """The question as these articles would put it, without what makes no difference.

    `Could you tell me who desinged the “terminal”, please?` -> `who designed the terminal?`
    """
    plain = " ".join(_QUOTES.sub("", question).split())
    if not _LETTERS.search(plain) or small_talk(plain) or about_answer(plain):
        return question
    bare = _lower_shout(unframed(plain))
    bare = bare[0].upper() + bare[1:] if question[0].isupper() else bare
    if not 0 < len(articles) <= MOST_ARTICLES:
        return bare
    return _as_written(_with_numbers(bare, articles), articles)


def unframed(question: str) -> str:
    """A question without the politeness around it, and as a question.

    `Does the article say who won?` -> `who won?`, `Give me the price.` -> `What is the price?`
    """
    end = "?" if _END.search(question) else ""
    said = bare = _END.sub("", question) if end else question.rstrip(" .!…")
    while closing := _CLOSING.search(said):
        said = said[: closing.start()]
    if noun := _ASKS_FOR.match(said):
        return _asking_for(said[noun.end() :])
    while (frame := _FRAME.match(said)) and frame.end() < len(said):
        said = said[frame.end() :]
    if said == bare:
        return question if not end else said + end
    if clause := _CLAUSE.match(said):
        return _inverted(said[clause.end() :])
    if _OPEN.match(said):
        return _EMBEDDED.sub(r"\1 \3 \2", said) + "?"
    if about := _ABOUT.match(said):
        return f"What does the article say about {said[about.end() :]}?"
    return _asking_for(said) if _NOUN.match(said) and bare.endswith(said) else said + end


def _asking_for(noun: str) -> str:
    """`the price of the bus` -> `What is the price of the bus?`"""
    first = _NOUN.match(noun)
    is_several = first is not None and first["first"].endswith("s") and first["first"][-2:] != "ss"
    return f"What {'are' if is_several else 'is'} {noun}?"


def _inverted(clause: str) -> str:
    """`two people were hurt` -> `were two people hurt?`"""
    found = _AUXILIARY.match(clause)
    if found is None:
        return f"Is it true that {clause}?"
    return f"{found['auxiliary']} {found['subject']} {found['rest']}?"


def _lower_shout(question: str) -> str:
    """A question in capitals in small letters."""
    letters = "".join(_LETTERS.findall(question))
    return question.lower() if len(letters) > 7 and letters.isupper() else question


def _with_numbers(question: str, articles: Sequence[Article]) -> str:
    """Numbers as the articles write them: `two hundred` for `200`, where they do."""
    asked = list(numerals(question))
    if not asked:
        return question
    text = "\n".join(article.text for article in articles)
    written: dict[object, list[tuple[str, set[str]]]] = {}
    for n in numerals(text):
        form = text[n.start : n.end].lower(), _beside(text, n)
        written.setdefault(n.value, []).append(form)
    for n in reversed(asked):
        forms = written.get(n.value, [])
        if n.value < FEW:  # so small a number stands for this and that
            forms = [form for form in forms if form[1] & _beside(question, n)]
        if forms and all(question[n.start : n.end].lower() != form for form, _ in forms):
            question = question[: n.start] + forms[0][0] + question[n.end :]
    return question


def _beside(text: str, numeral: Numeral) -> set[str]:
    """The words on both sides of a number."""
    before = words(text[max(0, numeral.start - NEAR) : numeral.start])
    return {*before[-1:], *words(text[numeral.end : numeral.end + NEAR])[:1]}


def _as_written(question: str, articles: Sequence[Article]) -> str:
    """Slips of the keyboard corrected, and names with their capitals, by the articles' words."""
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for article in articles:
        of_text, of_names = _words(article)
        small.update(of_text)
        names.update(of_names)
    known = small.keys() | {name.lower() for name in names} | _ASKING
    capitals = {name.lower(): name for name, _ in reversed(names.most_common())}
    is_small = question[1:].islower()

    def written(match: re.Match[str]) -> str:
        word = match[0]
        lower = word.lower()
        if lower not in known and (meant := corrected(lower, known)):
            is_name = word[0].isupper() and match.start() > 0
            is_meant = meant in capitals and len(word) >= LONG_NAME
            if is_meant if is_name else not _is_guess(lower, meant):
                lower, word = meant, meant.capitalize() if word[0].isupper() else meant
        if is_small and lower in capitals and lower not in small and lower not in _NO_NAMES:
            return capitals[lower]
        return word

    return _WORD.sub(written, question)


def _is_guess(word: str, meant: str) -> bool:
    """Whether a word is taken for one of any question by exchanging a letter for another."""
    return meant in _ASKING and len(word) == len(meant) and sorted(word) != sorted(meant)


def _words(article: Article) -> tuple[Counter[str], Counter[str]]:
    """How often an article has each word in small letters, and each with a capital inside."""
    found = _words_of.get(article)
    if found is None:
        small: Counter[str] = Counter()
        names: Counter[str] = Counter()
        spans = [(s.start, s.end) for s in article.sentences]
        for text in (article.text[start:end] for start, end in spans):
            for n, word in enumerate(_LETTERS.findall(text)):
                if word.islower():
                    small[word] += 1
                elif n:
                    names[word] += 1
                else:  # it begins a sentence, so its capital tells nothing
                    small[word.lower()] += 0
        found = _words_of[article] = (small, names)
    return found
