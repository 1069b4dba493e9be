"""Whether a claim's numbers, names and quoted words are its sources' own."""

import re
from collections.abc import Iterator, Sequence

from qa.checking.numbers import SMALL, unfounded
from qa.parsing.parser import bundled_parser
from qa.text.spelling import english
from qa.text.words import STOPWORDS, is_number, names, openings, stem, stems, words

MIN_WORDS = 3  # besides stopwords; `The town of Aleppo.` is right or wrong by the question alone
USUAL = 100  # times that the list of English words has seen a word; it has rare names, too
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.S.
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)")
_CAPITALS = re.compile(r"[A-Z][\w’'-]+(?: (?:of |for |and |the )*[A-Z][\w’'-]+)+")
_CAPITAL = re.compile(r"\w*[A-Z]\w*")
_MARKUP = set("<>{}[]|\\^~=@#*_`")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_TALK = re.compile(
    r"\b(?:the|this|that|your|my|these|those|any|above|cited|given|provided|numbered)"
    r" (question|answer|sentence|instruction|prompt)s?\b",
    re.I,
)
_ORDER = re.compile(  # to whoever answers from the article: no news
    r"\basked\b[^,]*, (?:please |always |never |only |just )*"
    r"(?:say|answer|reply|respond|cite|tell|write)\b"
    r"|^\W*(?:system|assistant|user)\s*:",
    re.I,
)
_IN_FULL = {  # as one writes it -> as another does
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general",
    "brig": "brigadier", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "maj": "major", "sgt": "sergeant", "cllr": "councillor", "prof": "professor",
    "pres": "president", "rev": "reverend", "dr": "doctor", "swiss": "switzerland",
    "french": "france", "dutch": "netherlands", "british": "britain", "spanish": "spain",
    "danish": "denmark", "polish": "poland", "turkish": "turkey", "greek": "greece",
    "welsh": "wales", "finnish": "finland", "swedish": "sweden", "english": "england",
    "irish": "ireland", "scottish": "scotland", "thai": "thailand", "czech": "czechia",
}  # fmt: skip
_SAME_STEMS = {(stem(a), stem(b)) for a, b in _IN_FULL.items()}
_DEMONYM = ("n", "an", "s", "i", "es", "ese")  # Syria, Syrian; Iraq, Iraqi
_MONTHS = "january february march april may june july august september october november december"
_SAME_STEMS |= {(stem(m[:size]), stem(m)) for m in _MONTHS.split() for size in (3, 4)}


def ungrounded(claim: str, sentences: Sequence[str], beside: Sequence[str] = ()) -> str | None:
    """Why these sentences cannot say what the claim says; None where nothing is amiss.

    Every number of the claim stands in them or follows from theirs, but for small ones; what it
    quotes stands in a sentence to the letter; every name stands in them or in what the claim's
    writer was shown `beside` them, as titles and the rest of the article; and it says something,
    has no markup and does not speak of its writer, the question or its answer, unless they do.
    What orders its reader to answer so supports nothing.
    `Nineteen men died.` and `19 men died.` say the same.
    """
    source = "\n".join(sentences)
    if any(_ORDER.search(sentence) for sentence in sentences):
        return "the cited sentence tells its reader what to answer"
    for mark in sorted(_MARKUP & set(claim) - set(source)):
        return f"it has markup, “{mark}”"
    for quoted in quotations(claim):
        is_name = all(word[0].isupper() for word in quoted.split())  # The Salt Ledger
        if not any(
            _says(text, quoted) for text in ([*sentences, *beside] if is_name else sentences)
        ):
            return f"the quoted words “{quoted}” are not in the cited sentences"
    own = _FIRST_PERSON.search(_QUOTED.sub(" ", claim))
    if own and not _FIRST_PERSON.search(source):
        return f"it speaks of its writer, “{own[0]}”"
    for amount in unfounded(claim, sentences):
        if amount.is_share or amount.value > SMALL:
            return f"“{amount.text}” does not follow from the cited sentences"
    if untold_names(claim, sentences):
        for name in untold_names(claim, [*sentences, *beside]):
            return f"the name “{name}” is not in the article"
    talk = _TALK.search(claim)
    if talk and talk[1].lower() not in source.lower():
        return f"it speaks of the {talk[1].lower()}, not of what the article says"
    if sum(word not in STOPWORDS for word in words(claim)) < MIN_WORDS:
        return "it says too little to be checked"
    return None


def untold_names(claim: str, sentences: Sequence[str]) -> list[str]:
    """Stems of what the claim names and the sentences do not."""
    known = set(stems(_DOTTED.sub(_without_dots, "\n".join(sentences))))
    known |= {initials for text in sentences for initials in _initials(text)}
    return [n for n in sorted(_named(claim)) if not any(same_name(n, word) for word in known)]


def quotations(text: str) -> list[str]:
    """What stands between quotation marks, without the punctuation at its end."""
    parts = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    return [part.strip().rstrip(".,;:!?") for part in parts if part.strip(" .,;:!?")]


def _named(claim: str) -> set[str]:
    """Stems of what the claim names; a plain word that opens it only if the parse says so."""
    plain = _DOTTED.sub(_without_dots, claim)
    first = {
        stem(word)
        for opening in openings(plain)
        for word in words(opening)
        if word not in STOPWORDS and not is_number(word)
    }
    if first:
        parsed = bundled_parser().parse([plain])[0].words
        first -= {
            s
            for w in parsed
            if not w.tag.startswith("NNP") and english()[w.text.lower()] >= USUAL
            for s in stems(w.text)
        }
    capitals = {s for word in _CAPITAL.findall(plain) for s in stems(word)}  # not English-language
    return {name for name in (names(plain) | first) & capitals if not is_number(name)}


def _initials(text: str) -> Iterator[str]:
    """Of runs of capitalised words: `the European Union` -> `eu`"""
    for run in _CAPITALS.findall(text):
        yield "".join(word[0] for word in run.split() if word[0].isupper()).lower()


def _without_dots(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "")


def same_name(name: str, word: str) -> bool:
    """Whether two stems name the same: `syria` and `syrian`, `sen` and `senator`."""
    shorter, longer = sorted((name, word), key=len)
    ending = longer.removeprefix(shorter)
    if name == word or (name, word) in _SAME_STEMS or (word, name) in _SAME_STEMS:
        return True
    return len(shorter) > 3 and ending != longer and ending in _DEMONYM


def _says(text: str, quoted: str) -> bool:
    """Whether the words stand in the text; the first may have a capital in one of them alone."""
    said, words = _letters(text), _letters(quoted)
    return words in said or words[:1].swapcase() + words[1:] in said


def _letters(text: str) -> str:
    """The text with one kind of quotation mark and of white space."""
    return " ".join(re.sub("[‘’]", "'", text).split())
