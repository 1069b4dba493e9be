"""Invented news: towns, people and events that do not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

TOWNS = ("Marrow Quay", "Ostley", "Vennholm", "Tarn Cross", "Kelby Sands", "Luthra", "Port Ellen's Reach",
         "Dovrey", "Hask", "St. Brannoc", "Ulverfoss", "Pennaway")  # fmt: skip
FIRST = ("Ada", "Bram", "Chiara", "Dov", "Edda", "Farid", "Greta", "Hamish", "Inés", "Jonas", "Kaya",
         "Lothar", "Mirela", "Noor", "Otto", "Priya")  # fmt: skip
LAST = ("Achterberg", "Bellweather", "Castellane", "Drummore", "Eriksen", "Fontaine", "Grześkowiak",
        "Halloran", "Ilves", "Jarrow", "Kowalczyk", "Lindqvist", "Mbeki-Stone", "Nakagawa", "O’Dell")  # fmt: skip
PAPERS = ("The Ostley Courier", "Kelby Mercury", "Northern Tribune", "Vennholm Dagblad", "Bay Ledger",
          "The Hask Observer", "Luthra Today", "Coastline News")  # fmt: skip
ROLES = ("mayor", "harbour master", "head of the water board", "union leader", "treasurer", "engineer",
         "opposition leader", "head teacher", "hospital director")  # fmt: skip
THINGS = ("ferry terminal", "tram line", "water tower", "swimming hall", "fish market", "rail bridge",
          "public library", "wind farm", "school kitchen", "night bus")  # fmt: skip
_PLAIN = (
    "The {thing} in {town} will close on {day} {month}, after {n} years of use.",
    "It cost the town {m} million crowns last year, {k} per cent more than planned.",
    "“We have waited {n} years for this,” said {person}, the {role}.",
    "{person}, who has led the inquiry since {year}, declined to comment.",
    "Some {big} people signed a petition against the plan.",
    "A first vote, in {month} {year}, ended in a tie of {n} to {n}.",
    "Buses will replace it from {day} {month} at 6.30 a.m., every {k} minutes.",
    "Dr. {last} of the University of {town} called the figures “incomplete at best”.",
    "The work is to begin in {month} and to take {k} months.",
    "No one was hurt, the fire service said.",
    "Of the {n} rooms, {k} had no heating in winter.",
    "The company denies that it knew of the crack before {month} {year}.",
    "Two previous plans, by {person} and by the {role}, had failed for lack of money.",
    "“It is a bad day for {town}, and a worse one for its shops,” {person} said.",
    "The ministry has promised a grant of {m} million crowns, to be paid in {k} parts.",
    "Police closed the road between {town} and {other} for {k} hours.",
    "The water rose by {k} centimetres an hour on the night of {day} {month}.",
    "According to the report, every {k}th beam has to be replaced.",
    "Did the {role} know? {person} says she told him on {day} {month}.",
    "That is less than in {other}, where a seat costs {n} crowns.",
)
_HEADLINES = (
    "{town} votes to close its {thing}",
    "{thing} of {town} to reopen after {n} years",
    "Crack found in {town}’s {thing}",
    "How {town} lost its {thing}",
    "{role} of {town} resigns over {thing}",
    "Cost of {town} {thing} doubles to {m} million",
)
_MONTHS = ("January", "February", "March", "April", "June", "July", "September", "October")


@dataclass(frozen=True)
class Story:
    """All that a page may show of a piece of news; dates are ISO 8601."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    paper: str
    place: str
    published: str
    updated: str
    paragraphs: tuple[str, ...]
    caption: str
    quote: tuple[str, str]  # said, by whom
    facts: tuple[tuple[str, str], ...]
    table: tuple[tuple[str, ...], ...]  # its first row the heads
    items: tuple[str, ...]
    correction: str
    others: tuple[str, ...]  # headlines of other stories
    teasers: tuple[str, ...]  # a sentence on each of them


def story(seed: int) -> Story:
    """The story of a seed, always the same."""
    chance = Random(seed)
    town = chance.choice(TOWNS)

    def person() -> str:
        return f"{chance.choice(FIRST)} {chance.choice(LAST)}"

    def say(template: str, **said: str) -> str:
        return template.format(
            **{
                "town": town,
                "other": chance.choice([t for t in TOWNS if t != town]),
                "thing": chance.choice(THINGS),
                "role": chance.choice(ROLES),
                "person": person(),
                "last": chance.choice(LAST),
                "n": str(chance.randrange(11, 90)),
                "k": str(chance.randrange(4, 10)),
                "m": f"{chance.randrange(1, 80)}.{chance.randrange(1, 10)}",
                "big": f"{chance.randrange(2, 99)},{chance.randrange(100, 999)}",
                "day": str(chance.randrange(1, 29)),
                "month": chance.choice(_MONTHS),
                "year": str(chance.randrange(2009, 2026)),
            }
            | said
        )

    said = chance.sample(_PLAIN, 17)
    sentences = [say(template) for template in said]
    cuts = [0, 2, 3, 5, 7, 8, 10, 12, 14, 16]
    paragraphs = [" ".join(sentences[a:b]) for a, b in pairwise(cuts)]
    published = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
    title = say(chance.choice(_HEADLINES))
    others = [say(template) for template in chance.sample(_HEADLINES, 5)]
    return Story(
        title=title[0].upper() + title[1:],
        standfirst=say("Residents of {town} fear that the {thing} is only the first to go."),
        authors=tuple(dict.fromkeys(person() for _ in range(chance.choice([1, 1, 1, 2])))),
        paper=chance.choice(PAPERS),
        place=town,
        published=published.isoformat(),
        updated=(published + timedelta(days=chance.randrange(1, 9))).isoformat(),
        paragraphs=tuple(paragraphs),
        caption=say("The {thing} of {town} in the winter of {year}."),
        quote=(say("I have seen three mayors come and go, and {n} plans"), person()),
        facts=(("Built", say("{year}")), ("Seats", say("{n}")), ("Architect", person())),
        table=(
            ("Year", "Visitors", "Cost in millions"),
            *((str(year), say("{big}"), say("{m}")) for year in (2021, 2022, 2023)),
        ),
        items=tuple(
            say(t)
            for t in (
                "{n} jobs at the {thing}",
                "A subsidy of {m} million crowns a year",
                "The {role}’s own pension",
            )
        ),
        correction=say(
            "Correction: an earlier version of this article gave the cost as {m} million."
        ),
        others=tuple(other[0].upper() + other[1:] for other in others),
        teasers=tuple(
            say("In {other}, the {role} has other worries, and {n} of them.") for _ in others
        ),
    )


def sentence_end(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip("”’\"'").endswith((".", "!", "?"))


def all_of(parts: Sequence[str]) -> str:
    """Names in a line: `A, B and C`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
