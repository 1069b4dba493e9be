"""An equation of a Word document (OMML) -> one line of text."""

from docx.oxml.xmlchemy import BaseOxmlElement as Element
from lxml.etree import QName

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def equation_text(element: Element) -> str:
    """The equation as it is read aloud: `a/b` for a fraction, `x²` or `x^(n+1)` for a power."""
    return "".join(map(_text, element))


def _text(element: Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    part = {QName(child).localname: child for child in element if isinstance(child.tag, str)}
    inner = {name: equation_text(child) for name, child in part.items()}
    match QName(element).localname:
        case "t":
            return element.text or ""
        case "f":
            return f"{_grouped(inner.get('num', ''))}/{_grouped(inner.get('den', ''))}"
        case "rad":
            return f"{inner.get('deg', '').translate(_RAISED)}√{_grouped(inner.get('e', ''))}"
        case "sSup":
            return inner.get("e", "") + _raised(inner.get("sup", ""))
        case "sSub":
            return inner.get("e", "") + _lowered(inner.get("sub", ""))
        case "sSubSup":
            return (
                inner.get("e", "") + _lowered(inner.get("sub", "")) + _raised(inner.get("sup", ""))
            )
        case "d":
            return f"({equation_text(element)})"
        case "nary":
            bounds = _lowered(inner.get("sub", "")) + _raised(inner.get("sup", ""))
            return f"∑{bounds} {inner.get('e', '')}"
        case name if name.endswith("Pr"):
            return ""
        case _:
            return equation_text(element)


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _raised(text: str) -> str:
    plain = all(ord(c) in _RAISED for c in text)
    return text.translate(_RAISED) if plain else f"^{_grouped(text)}"


def _lowered(text: str) -> str:
    plain = all(ord(c) in _LOWERED for c in text)
    return text.translate(_LOWERED) if plain else f"_{_grouped(text)}"
