"""Which sentences of a text are a correction note: what an earlier version said, and was wrong."""

import re
from collections.abc import Sequence

LAST = 3  # sentences at a text's end, where "An earlier version said …" is about the text itself
_ARTICLE = r"(?:article|stor(?:y|ies)|report|piece|page|post|column|item|text|dispatch|headline)"
_WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely)"
_EARLIER = r"(?:earlier|previous|prior|original|initial|first|older|printed?)"
_MISTAKEN = (  # verbs that say a mistake was made
    r"(?:mis(?:stated|spelled|spelt|identified|quoted|attributed|represented|named|reported)"
    rf"|(?:had )?{_WRONGLY} \w+)"
)
_LABEL = re.compile(  # with a date or not: `CORRECTION (4 Feb):`
    r"[\s*_\[(]*(?:an? )?(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?"
    r"|corrigend(?:um|a)|errat(?:um|a)|retractions?|amendments?|corrected)\b"
    r"[^.:!?\n]{0,40}(?:[:–—]|\s-\s|[\s*_\])]*$)|[\s*_\[(]*(?:this version )?corrects\b",
    re.I,
)
_EDITORS_NOTE = re.compile(
    r"[\s*_\[(]*(?:editors?(?:[’']s?)?|editorial) note\b[^.:!?\n]{0,40}(?:[:–—]|\s-\s|[\s*_\])]*$)",
    re.I,
)
_NOTE = re.compile(  # says by itself that the article was wrong
    rf"\b{_EARLIER} (?:version|edition|copy|post|headline|caption)s? of (?:this|our|the)"
    rf" {_ARTICLE}\b"
    rf"|\b{_EARLIER} (?:version|edition|headline|caption)s? {_MISTAKEN}"
    rf"|\bthis {_ARTICLE} (?:has been|has since been|was|was later) (?:corrected|amended|clarified"
    rf"|revised|edited|(?:updated|changed) (?:to (?:correct|reflect|clarify|say|remove)|because))"
    rf"|\b(?:headline|caption|photo) (?:of|on|to) this {_ARTICLE} (?:has been|was) \w+"
    rf"|^the (?:article|story) (?:had )?(?:originally|initially|previously|{_WRONGLY}) \w+"
    rf"|\bthis .{{0,30}}{_ARTICLE} (?:has been|was|is) (?:corrected|refiled)\b"
    rf"|\bthis {_ARTICLE} (?:originally|initially|previously|earlier|{_WRONGLY}|misstated)\b"
    rf"|\b(?:we|this newspaper|the newspaper|this site) (?:had )?(?:earlier|previously|originally"
    rf"|initially|{_WRONGLY}) (?:reported|said|stated|wrote|published|gave|named|called|identified)"
    r"|\b(?:we|this newspaper) (?:also )?(?:misstated|misspelled|misidentified|misquoted)\b"
    r"|\b(?:regrets?|apologi[sz]es? for) (?:the|this|these|any|our) (?:errors?|mistakes?)\b"
    r"|\b(?:due to|owing to|because of) an (?:editing|editorial|production|typing|agency) error\b"
    rf"|^(?:in|the|an?) {_EARLIER} (?:version|edition)[^.]{{0,40}}, (?:it|we|this|the) .{{0,40}}"
    r"\b(?:said|stated|reported|misstated)",
    re.I,
)
_BARE = re.compile(  # of the article only where the article ends
    rf"^(?:an?|the|our) {_EARLIER} (?:version|edition|headline|caption)s? "
    r"(?:said|stated|gave|had|put|named|called|reported|described|referred|listed|quoted)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"\b(?:incorrect|correct(?:ed|ly)?|wrong(?:ly)?|errors?|mistakes?|mistakenly|originally|initially"
    r"|previously|earlier|inaccurate|inaccurately|in fact|actually|amended|clarified|misstated)\b",
    re.I,
)


def correction_notes(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the sentences that correct the text or tell what it said before.

    `spans` are the text's sentences. A label such as `Correction:` covers the rest of its
    paragraph, or the next one where it stands alone.
    """
    notes: set[int] = set()
    sentences = [text[start:end] for start, end in spans]
    ends = _paragraph_ends(text, spans)
    number = 0
    while number < len(sentences):
        sentence = sentences[number]
        end = ends[number]
        if _is_alone(_LABEL, sentence) or _is_alone(_EDITORS_NOTE, sentence):
            end = ends[end] if end == number + 1 < len(ends) else end
        labelled = _LABEL.match(sentence) or (
            _EDITORS_NOTE.match(sentence) and any(map(_is_note, sentences[number:end]))
        )
        if labelled:
            notes.update(range(number, end))
            number = end
        elif _is_note(sentence) or (number >= len(spans) - LAST and _BARE.match(sentence)):
            notes.add(number)
            number += 1
            while number < end and _GOES_ON.search(sentences[number]):
                notes.add(number)
                number += 1
        else:
            number += 1
    return frozenset(notes)


def _is_note(sentence: str) -> bool:
    return _NOTE.search(sentence) is not None


def _is_alone(label: re.Pattern[str], sentence: str) -> bool:
    found = label.match(sentence)
    return found is not None and not sentence[found.end() :].strip(" *_])")


def _paragraph_ends(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each sentence, the number after the last one of its paragraph."""
    ends = [len(spans)] * len(spans)
    for number in range(len(spans) - 2, -1, -1):
        is_last = "\n" in text[spans[number][1] : spans[number + 1][0]]
        ends[number] = number + 1 if is_last else ends[number + 1]
    return ends
