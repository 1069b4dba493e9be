"""Who says what a sentence tells, and the whole phrase around some of its words."""

from collections.abc import Iterator

from qa.parsing.parser import Parse

LONGER = 40  # characters by which a phrase may be longer than the words that are its heart
_SAYING = frozenset(
    "say tell claim argue warn stress believe think reckon comment explain complain fear hope"
    " blame announce insist deny suggest criticise criticize admit state propose answer reply"
    " want demand recommend expect accuse add write declare report call describe note promise"
    " concede acknowledge confirm estimate predict maintain vow urge ask shout dismiss reject"
    " point welcome recall".split()
)
_LOOSE = ("relcl", "acl", "appos", "punct", "advcl")  # what a name is told without
_LEANING = ("nummod", "quantmod", "compound", "amod", "det", "poss", "nmod")
_NOMINAL = ("NN", "CD", "$", "PRP")


def speakers(parse: Parse, whole: bool = False) -> list[tuple[int, int]]:
    """The characters of each who is told to say something; `whole`: with what describes them.

    `The mayor, who left, said it burnt.` -> `The mayor`, whole `The mayor, who left,`
    """
    loose = () if whole else _LOOSE
    return [parse.span(parse.subtree(who, without=loose)) for who, _ in _sayings(parse)]


def subject(parse: Parse) -> int | None:
    """The number of the word that is the subject of the main verb, if there is one."""
    root = next((i for i, w in enumerate(parse.words) if w.head == i), None)
    return None if root is None else next(parse.having(root, "nsubj", "nsubjpass"), None)


def claimed_by(parse: Parse, start: int, end: int) -> tuple[int, int] | None:
    """The characters of the one who says what stands at `start` to `end`; None: the text itself.

    `26` in `The army said 26 people died.` -> `The army`
    """
    inside = {i for i, w in enumerate(parse.words) if w.start < end and start < w.end}
    for who, said in _sayings(parse):
        if inside <= said:
            return parse.span(parse.subtree(who, without=_LOOSE))
    return None


def phrase(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """The noun phrase that these characters are the heart of, where it is little longer.

    `19` in `At least 19 civilians died.` -> `At least 19 civilians`
    """
    inside = {i for i, w in enumerate(parse.words) if w.start < end and start < w.end}
    tops = [i for i in inside if parse.words[i].head == i or parse.words[i].head not in inside]
    if len(tops) != 1:
        return start, end
    head = tops[0]
    while parse.words[head].role in _LEANING:
        head = parse.words[head].head
    if not parse.words[head].tag.startswith(_NOMINAL):
        return start, end
    around = inside | set(parse.subtree(head, without=(*_LOOSE, "prep", "cc", "conj")))
    first, last = parse.span(sorted(around))
    is_whole = len(around) == max(around) - min(around) + 1
    return (first, last) if is_whole and last - first <= end - start + LONGER else (start, end)


def _sayings(parse: Parse) -> Iterator[tuple[int, set[int]]]:
    """Each speaker's word, and the words that are said."""
    everything = set(range(len(parse.words)))
    for number, word in enumerate(parse.words):
        if word.text.lower() == "according":
            for to in parse.having(number, "prep"):
                for who in parse.having(to, "pobj"):
                    yield who, everything - set(parse.subtree(number))
        elif word.tag.startswith("VB") and word.lemma.lower() in _SAYING:
            said = {
                i
                for child in parse.having(number, "ccomp", "dobj", "xcomp")
                for i in parse.subtree(child)
            }
            if word.role == "parataxis":
                said |= everything - set(parse.subtree(number))
            for who in parse.having(number, "nsubj"):
                if not parse.words[who].tag.startswith("W"):
                    yield who, said
