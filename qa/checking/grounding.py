"""What a claim says in numbers, names and quoted words, and whether its sources say it too."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import combinations

from text_to_num import alpha2digit

from qa.text.numerals import SCALES
from qa.text.words import STOPWORDS, is_number, names, openings, stem, stems, words

MIN_WORDS = 3  # besides stopwords; `The town of Aleppo.` is right or wrong by the question alone
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s+(thousand|million|billion|trillion)|(m|bn|tn))\b")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.S.
_NO_COUNT = re.compile(  # "one" where it counts nothing
    r"\b(?:no|any|every|some|each|this|that|which|another)[ -]one\b"
    r"|\bone(?= of\b| another\b|['’]s)",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:hundred|thousand|million|billion|trillion)s\b", re.I
)  # how many, they do not say
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?:[.,]\d+)*")
_COUNTED = re.compile(r"(?<![\w.,-])(\d+(?:,\d{3})*(?:\.\d+)?)\s+([^\W\d_]{3,})")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_NEAR = 6  # words around a number among which what it counts is looked for
_ANYBODY = {  # what another word may count: 19 civilians are 19 people, $2 are 2 dollars
    stem(word)
    for word in "people persons men women humans individuals lives deaths times others more percent"
    " per total different dollars euros pounds".split()
}
_QUANTITY_WORDS = frozenset(
    "half halves quarter quarters dozen dozens hundreds thousands millions billions majority"
    " minority most all none every nobody never always both once twice double triple several many"
    " few only".split()
)
# Told in so many other ways ("of the five", "neither", "50%") that their absence says nothing:
# over train claims in pairs they were missing from as many true ones as false ones.
_TOLD_OTHERWISE = frozenset(
    "half halves quarter quarters majority minority most none both once twice double triple"
    " several many few only".split()
)
_MIN_DERIVED = 4  # a smaller difference or sum is there by chance
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)‘([^‘’]+)’(?!\w)")
_MARKUP = set("<>{}[]|\\^~=@#*_`")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_TALK = {stem(word) for word in ("question", "answer", "sentence", "instruction", "prompt")}
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
_DEMONYM = ("n", "s", "i", "ese")  # Syria, Syrian; Iraq, Iraqi
# Words that may begin a sentence without being a name, besides STOPWORDS.
_OPENERS = STOPWORDS | frozenset(
    "according accordingly across additionally afterwards again against ago along already alongside"
    " almost although always amid among another anyone apart around aside away besides beyond"
    " consequently currently despite due earlier either else elsewhere especially even eventually"
    " ever everyone everything finally first firstly following formerly further furthermore hence"
    " however indeed"
    " initially instead last lastly later latter like likewise meanwhile moreover much nearly"
    " neither never nevertheless next nobody none nonetheless nor nothing notably now often once"
    " one only originally otherwise part people previously rather recently reportedly second"
    " secondly several similarly since someone something sometimes soon specifically still"
    " subsequently thereafter therefore third though throughout thus together towards two unless"
    " unlike upon usually via whatever whereas whether within without yes yet".split()
)


def ungrounded(claim: str, sentences: Sequence[str], titles: Sequence[str] = ()) -> str | None:
    """Why these sentences and titles cannot say what the claim says; None where nothing is amiss.

    Every number, quantity word and name of the claim occurs in them, a number beside what it
    counts; what the claim quotes stands in a sentence to the letter; and it says something, has no
    markup and does not speak of its writer, the question or its answer, unless they do.
    `Nineteen men died.` and `19 men died.` say the same.
    """
    source = "\n".join([*titles, *sentences])
    for mark in sorted(_MARKUP & set(claim) - set(source)):
        return f"it has markup, “{mark}”"
    for quoted in quotations(claim):
        if not any(_says(text, quoted) for text in sentences):
            return f"the quoted words “{quoted}” are not in the cited sentences"
    own = _FIRST_PERSON.search(_QUOTED.sub(" ", claim))
    if own and not _FIRST_PERSON.search(source):
        return f"it speaks of its writer, “{own[0]}”"
    told = quantities(source)
    for number in sorted(quantities(claim) - told - _TOLD_OTHERWISE - _derived(told)):
        return f"“{number}” is not in the cited sentences"
    beside = _beside_numbers(source)
    for number, counted in _counted(claim):
        if number in told and counted not in beside[number]:
            return f"the cited sentences do not count “{counted}” with “{number}”"
    known = set(stems(_DOTTED.sub(_without_dots, source)))
    for name in sorted(_named(claim)):
        if not any(_same_name(name, word) for word in known):
            return f"the name “{name}” is not in the cited sentences"
    for word in sorted(set(stems(claim)) & _TALK - known):
        return f"it speaks of the {word}, not of what the article says"
    if sum(word not in STOPWORDS for word in words(claim)) < MIN_WORDS:
        return "it says too little to be checked"
    return None


def quantities(text: str) -> set[str]:
    """The numbers of a text in digits, without ordinals' endings, and its quantity words.

    `Nineteen of over 7,000, most on the third` -> `{"19", "7000", "most", "3"}`
    """
    figures = {figure.replace(",", "") for figure in _NUMBER.findall(in_figures(text))}
    return figures | (set(words(text)) & _QUANTITY_WORDS)


def quotations(text: str) -> list[str]:
    """What stands between quotation marks, without the punctuation at its end."""
    parts = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    return [part.strip().rstrip(".,;:!?") for part in parts if part.strip(" .,;:!?")]


def in_figures(text: str) -> str:
    """The text with its numbers in digits: `two of 1.5 million` -> `2 of 1500000`."""
    plain = _VAGUE.sub(" ", _DOTTED.sub(_without_dots, text))
    return str(alpha2digit(_SCALED.sub(_in_digits, _NO_COUNT.sub(" ", plain)), "en", 0))


def _derived(told: Set[str]) -> set[str]:
    """The differences and sums of two numbers that are told."""
    known = [Decimal(number) for number in told if _PLAIN.fullmatch(number)]
    found = {v for a, b in combinations(known, 2) for v in (abs(a - b), a + b)}
    return {f"{value:f}" for value in found if value >= _MIN_DERIVED}


def _counted(claim: str) -> Iterator[tuple[str, str]]:
    """Each number that stands right before what it counts, and the stem of that."""
    for number, after in _COUNTED.findall(in_figures(claim)):
        word = (words(after) or [""])[0]
        year, verb = _YEAR.fullmatch(number), word.endswith("ed")
        if not (year or verb or word in STOPWORDS or stem(word) in _ANYBODY):
            yield number.replace(",", ""), stem(word)


def _beside_numbers(text: str) -> dict[str, set[str]]:
    """The stems around each number of a text."""
    all_words = words(in_figures(text))
    found: dict[str, set[str]] = defaultdict(set)
    for place, word in enumerate(all_words):
        if number := _NUMBER.match(word):
            near = all_words[max(0, place - _NEAR) : place + _NEAR + 1]
            found[number[0]].update(stem(w) for w in near)
    return found


def _in_digits(scaled: re.Match[str]) -> str:
    factor = Decimal(10) ** SCALES[scaled[2] or scaled[3]]
    return f"{Decimal(scaled[1].replace(',', '')) * factor:.0f}"


def _named(claim: str) -> set[str]:
    """Stems of what the claim names, the first word of a sentence too unless it is a plain one."""
    plain = _DOTTED.sub(_without_dots, claim)
    first = {
        stem(word)
        for opening in openings(plain)
        for word in words(opening)
        if word not in _OPENERS and not is_number(word)
    }
    return {name for name in names(plain) | first if not is_number(name)}


def _without_dots(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "")


def _same_name(name: str, word: str) -> bool:
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
