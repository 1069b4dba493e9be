"""Invented news pages, each laid out after real ones, with the text that is their article's.

`words.yaml` holds what news is made of, `dev/` and `test/` a template for each site. A template
says what it shows of the article with `show`; its line breaks and indents are none of the page.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml
from jinja2 import Environment, FunctionLoader

EACH = {"dev": 5, "test": 6}  # pages of each site
FIRST_SEED = {"dev": 1_000, "test": 9_000}
_FOLDER = Path(__file__).parent
_WORDS: Mapping[str, Any] = yaml.safe_load((_FOLDER / "words.yaml").read_text(encoding="utf-8"))
SITES: Mapping[str, Sequence[str]] = _WORDS["sites"]
_CUTS = (0, 2, 3, 5, 7, 8, 10, 12, 14, 16)  # a story's sentences at which its paragraphs start
Cells = tuple[str, ...]


@dataclass
class Page:
    """A page being made, and what is its article's: units of text, rows of tables with heads."""

    name: str
    gold: list[str] = field(default_factory=list)
    rows: list[tuple[Cells, Cells]] = field(default_factory=list)
    title: str = ""
    authors: Cells = ()
    published: str = ""  # dates are ISO 8601
    updated: str = ""
    encoding: str = "utf-8"
    html: str = ""

    @property
    def data(self) -> bytes:
        """The page as a server sends it."""
        return self.html.encode(self.encoding, "xmlcharrefreplace")

    def set(self, **facts: Any) -> None:
        """Say what the page is."""
        vars(self).update(facts)

    def show(self, text: str) -> str:
        """Text of the article, escaped."""
        self.gold.append(text)
        return escape(text, quote=False)

    def row(self, cells: Sequence[str], heads: Sequence[str] = ()) -> Sequence[str]:
        """The cells of a row of the article, with the heads that may stand with them."""
        self.rows.append((tuple(cells), tuple(heads)))
        return cells


def made(split: str) -> Iterator[Page]:
    """The pages of a split, always the same."""
    for at, site in enumerate(SITES[split]):
        for n in range(EACH[split]):
            seed = FIRST_SEED[split] + 100 * at + n
            page = Page(f"{site}-{n}")
            page.html = (
                _templates()
                .get_template(f"{split}/{site}.html.jinja")
                .render(page=page, show=page.show, s=story(seed), c=Random(seed), words=_WORDS)
            )
            yield page


def story(seed: int) -> dict[str, Any]:
    """All that a page may show of a piece of news; always the same for a seed."""
    chance = Random(seed)
    town = chance.choice(_WORDS["towns"])

    def person() -> str:
        return f"{chance.choice(_WORDS['first'])} {chance.choice(_WORDS['last'])}"

    def say(template: str) -> str:
        return template.format(
            town=town,
            other=chance.choice([t for t in _WORDS["towns"] if t != town]),
            thing=chance.choice(_WORDS["things"]),
            role=chance.choice(_WORDS["roles"]),
            person=person(),
            last=chance.choice(_WORDS["last"]),
            n=chance.randrange(11, 90),
            k=chance.randrange(4, 10),
            m=f"{chance.randrange(1, 80)}.{chance.randrange(1, 10)}",
            big=f"{chance.randrange(2, 99)},{chance.randrange(100, 999)}",
            day=chance.randrange(1, 29),
            month=chance.choice(_WORDS["months"]),
            year=chance.randrange(2009, 2026),
        )

    def headline(template: str) -> str:
        said = say(template)
        return said[0].upper() + said[1:]

    sentences = [say(template) for template in chance.sample(_WORDS["sentences"], 17)]
    published = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
    title = headline(chance.choice(_WORDS["headlines"]))
    others = [headline(template) for template in chance.sample(_WORDS["headlines"], 5)]
    return {  # in this order, as each draws
        "published": published.isoformat(),
        "title": title,
        "others": others,
        "paragraphs": [" ".join(sentences[a:b]) for a, b in pairwise(_CUTS)],
        "place": town,
        "standfirst": say(_WORDS["standfirst"]),
        "authors": tuple(dict.fromkeys(person() for _ in range(chance.choice([1, 1, 1, 2])))),
        "paper": chance.choice(_WORDS["papers"]),
        "updated": (published + timedelta(days=chance.randrange(1, 9))).isoformat(),
        "caption": say(_WORDS["caption"]),
        "quote": (say(_WORDS["quote"]), person()),
        "facts": [("Built", say("{year}")), ("Seats", say("{n}")), ("Architect", person())],
        "table": [
            ("Year", "Visitors", "Cost in millions"),
            *((str(year), say("{big}"), say("{m}")) for year in (2021, 2022, 2023)),
        ],
        "items": [say(template) for template in _WORDS["items"]],
        "correction": say(_WORDS["correction"]),
        "teasers": [say(_WORDS["teaser"]) for _ in others],
    }


@cache
def _templates() -> Environment:
    def load(name: str) -> str:
        lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
        return "".join(line.strip() for line in lines)

    found = Environment(loader=FunctionLoader(load), extensions=["jinja2.ext.do"], autoescape=False)
    found.filters |= {
        "all_of": lambda names: " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])),
        "american": lambda iso: f"{date.fromisoformat(iso):%b. {int(iso[8:])}, %Y}",
        "escaped": escape,
        "json": json.dumps,
        "long_date": lambda iso: f"{int(iso[8:])} {date.fromisoformat(iso):%B %Y}",
    }
    return found
