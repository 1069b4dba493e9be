"""What a sentence is listed under: the names in it, or the numbers with what they count."""

from collections.abc import Sequence

from qa.parsing.parser import Parse
from qa.parsing.speakers import phrase
from qa.question.listing import Listed

_COUNTED = ("CARDINAL", "MONEY", "PERCENT", "QUANTITY")
_NAMED: dict[Listed, tuple[str, ...]] = {  # OntoNotes's labels
    "people": ("PERSON",),
    "countries": ("GPE",),
    "places": ("GPE", "LOC", "FAC"),
    "organisations": ("ORG", "NORP"),
    "numbers": (),
}


class Labels:
    """Labels sentences one after the other; a name is told where it comes first."""

    def __init__(self, kinds: Sequence[Listed]) -> None:
        self._kinds = kinds
        self._names = frozenset(label for kind in kinds for label in _NAMED[kind])
        self._seen: set[str] = set()

    def of(self, parse: Parse) -> str:
        """`Ada Kay, Holm`, `At least 19 civilians; 3 boats`; empty where there is nothing new."""
        names = ", ".join(self._fresh(parse))
        numbers = "; ".join(counted(parse)) if "numbers" in self._kinds else ""
        return "; ".join(filter(None, [names, numbers]))

    def _fresh(self, parse: Parse) -> list[str]:
        fresh = []
        for name in parse.names:
            plain = name.text.removesuffix("'s").removesuffix("’s").removeprefix("the ")
            if name.label not in self._names:
                continue
            if plain[:1].isupper() and plain not in self._seen:
                fresh.append(plain)
            self._seen |= {plain, *plain.split()}
        return list(dict.fromkeys(fresh))


def counted(parse: Parse) -> list[str]:
    """The numbers with what they count; a number word alone counts nothing."""
    told = [phrase(parse, n.start, n.end) for n in parse.names if n.label in _COUNTED]
    found = [parse.text[a:b] for a, b in dict.fromkeys(told)]
    return [c for c in found if any(x.isdigit() for x in c) or " " in c]
