"""An article as it is cited elsewhere: in a line, for BibTeX, as CSL JSON."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.article import Article
from qa.statement import Citation
from qa.text.dates import day_of, readable

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # BibTeX's own names of them
_AUTHORS = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "{}&%$#_"},
}
_NO_KEY = {"a", "an", "the", "www", "com", "org", "net", "co"}


@dataclass(frozen=True)
class Reference:
    """What is known of an article; a field is empty where nothing is."""

    id: str
    title: str
    author: str = ""
    paper: str = ""  # the publisher, else the site or the file it is from
    published: str = ""  # ISO 8601, or as the article writes it
    url: str = ""

    @classmethod
    def of(cls, article: Article) -> "Reference":
        """An article that is here."""
        return cls(
            article.id,
            article.title,
            article.author or "",
            _paper(article.publisher, article.source),
            article.published or "",
            article.url or _address(article.source),
        )

    @classmethod
    def cited(cls, citation: Citation) -> "Reference":
        """An article that is no longer here, by a sentence of it that was cited."""
        return cls(
            citation.article_id,
            citation.title,
            paper=_paper(citation.publisher, citation.source),
            published=citation.published or "",
            url=_address(citation.source),
        )

    @property
    def authors(self) -> list[str]:
        """The names in the line of authors: `Ada Kay and Bo Li` are two."""
        return [name for name in _AUTHORS.split(self.author) if name]

    @property
    def line(self) -> str:
        """`Ada Kay, “Harbour closed”, The Post, 14 March 2025, https://…`"""
        told = (self.author, f"“{self.title}”", self.paper, readable(self.published), self.url)
        return ", ".join(part for part in told if part)


def plain(references: Iterable[Reference]) -> str:
    """A line for each article."""
    return "".join(f"{reference.line}.\n" for reference in references)


def csl_json(references: Iterable[Reference]) -> str:
    """The articles as CSL JSON (citation-style-language.org, version 1.0.2)."""
    items = [_csl(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def bibtex(references: Iterable[Reference]) -> str:
    """The articles as BibTeX entries, with the fields that Zotero gives those of newspapers."""
    taken: set[str] = set()
    return "\n".join(_entry(reference, _key(reference, taken)) for reference in references)


def _csl(reference: Reference) -> dict[str, object]:
    item: dict[str, object] = {
        "id": reference.id,
        "type": "article-newspaper" if reference.paper else "document",
        "title": reference.title,
    }
    if reference.author:  # which of a name's words is the family's, nobody says
        item["author"] = [{"literal": name} for name in reference.authors]
    if reference.paper:
        item["container-title"] = reference.paper
    if day := day_of(reference.published):
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    elif reference.published:
        item["issued"] = {"literal": reference.published}
    if reference.url:
        item["URL"] = reference.url
    return item


def _entry(reference: Reference, key: str) -> str:
    day = day_of(reference.published)
    fields = {
        "title": f"{{{_tex(reference.title)}}}",  # the inner braces keep its capitals
        "author": " and ".join(map(_tex, reference.authors)),
        "journal": _tex(reference.paper),
        "year": str(day.year) if day else "",
        "day": str(day.day) if day else "",
        "note": "" if day else _tex(reference.published),
        "url": reference.url.replace("{", "%7B").replace("}", "%7D"),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if day:
        rows.append(f"  month = {_MONTHS[day.month - 1]}")
    kind = "article" if reference.paper else "misc"
    return f"@{kind}{{{key},\n" + ",\n".join(rows) + "\n}\n"


def _key(reference: Reference, taken: set[str]) -> str:
    """A key that is not taken yet: `kay2025harbour`, then `kay2025harbourb`."""
    name = _words(reference.authors[0])[-1:] if reference.author else _words(reference.paper)[:1]
    day = day_of(reference.published)
    key = "".join([*name, str(day.year) if day else "", *_words(reference.title)[:1]]) or "article"
    number, unique = 1, key
    while unique in taken:
        number += 1
        unique = f"{key}{_letters(number)}"
    taken.add(unique)
    return unique


def _letters(number: int) -> str:
    """2 -> `b`, 27 -> `aa`."""
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("a") + last)


def _words(text: str) -> list[str]:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return [w for w in re.findall(r"[a-z0-9]+", ascii_only.lower()) if w not in _NO_KEY]


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))


def _paper(publisher: str | None, source: str) -> str:
    return publisher or ((urlsplit(source).hostname or "") if _address(source) else source)


def _address(source: str) -> str:
    return source if source.startswith(("http://", "https://")) else ""
