"""The documents that the reader of PDFs was made with."""

from tests.sources.pdfs.documents import Document, halves, insert, noted, story
from tests.sources.pdfs.parts import (
    ARABIC,
    COMPOUNDS,
    FACTS,
    HEBREW,
    NOTES,
    PULL,
    SHIPS,
    VOTES,
    WORKS,
)
from tests.sources.pdfs.stories import (
    BRIDGE,
    CLINIC,
    FOREST,
    HARBOUR,
    MUSEUM,
    SCHOOL,
    STRIKE,
    TRAIN,
    WATER,
    WHALES,
)

TUNED = [
    Document("plain", [story(HARBOUR, byline="By Ana Prado")]),
    Document("two-columns", [story(CLINIC)], columns=2, size=10.5),
    Document(
        "three-columns", [story(FOREST)], columns=3, size=9, justify=True, hyphens=True, margin=45
    ),
    Document(
        "kicker",
        [
            [
                ("kicker", "TRANSPORT"),
                *story(BRIDGE)[:1],
                (
                    "stand",
                    "A report of May 2023 called the state of the bridge a matter of"
                    " urgency, and was filed.",
                ),
                *story(BRIDGE)[1:],
            ]
        ],
        columns=2,
        font="sans",
        size=9.5,
        metadata="Layout 1",
    ),
    Document(
        "caption",
        halves(
            story(WHALES),
            2,
            14,
            ("caption", "A humpback whale and its calf in Finders Bay in June. Photo: Petra Lund"),
            page=False,
        ),
        font="sans",
        size=10,
    ),
    Document(
        "caption-column",
        [
            insert(
                story(SCHOOL), 2, ("caption", "Pupils in the library on Ferry Street in October.")
            )
        ],
        columns=2,
        justify=True,
    ),
    Document("pull-quote", halves(story(HARBOUR), 3, 12, PULL, page=False), columns=2, size=10),
    Document(
        "running",
        [story(TRAIN) + story(WATER)[1:] + story(STRIKE)[1:]],
        size=12,
        running=("The Evening Courier — Monday 3 March 2025", "Page #"),
        margin=80,
    ),
    Document("footnotes", [noted(story(HARBOUR)) + list(NOTES)], size=11),
    Document("footnote-pages", halves(noted(story(HARBOUR)), 3, 16, *NOTES), size=11, font="sans"),
    Document("table", [insert(story(HARBOUR), 1, ("table", SHIPS))], font="sans"),
    Document("table-plain", [insert(story(HARBOUR), 2, ("table", VOTES))], ruled=False),
    Document("table-wrapped", [insert(story(BRIDGE), 3, ("table", WORKS))], size=10),
    Document(
        "compounds",
        [[("head", "Words with a stroke"), *(("p", text) for text in COMPOUNDS)]],
        columns=3,
        size=10,
    ),
    Document("drop-cap", [story(STRIKE)], drop=True, size=11),
    Document("drop-cap-columns", [story(WATER)], drop=True, columns=2, font="sans", size=9.5),
    Document("box", [insert(story(TRAIN), 3, FACTS)], columns=2),
    Document(
        "ligatures",
        [
            [
                ("head", "Five officers find a fine fish"),
                (
                    "p",
                    "The first five officers of the coastal office found a flat fish that baffled"
                    " the staff. It was affixed to a raft with a filthy ruffled flag, the chief official"
                    " confirmed.",
                ),
                (
                    "p",
                    "Efforts to shuffle the flotilla off the reef suffered from a fierce, stiff"
                    " wind. Flora Griffin, who filmed it, refused a fee of fifty florins.",
                ),
            ]
        ],
        font="book",
        ligatures=True,
        size=11,
    ),
    Document(
        "lists",
        [
            [
                *story(SCHOOL)[:3],
                ("sub", "What the pupils read"),
                (
                    "list",
                    [
                        "Comics, which a third of them prefer",
                        "Timetables of railways and ferries",
                        "Novels of more than three hundred pages, read in a month or less by some of"
                        " the older pupils and their friends",
                    ],
                ),
                ("sub", "What is planned"),
                ("numbers", ["A report in June", "A vote of the governors", "A second trial"]),
                *story(SCHOOL)[3:],
            ]
        ],
        font="sans",
        size=10,
    ),
    Document("rtl", [story(HEBREW)], rtl=True, font="rtl", size=13),
    Document("arabic", [story(ARABIC)], rtl=True, font="rtl", size=13, ways=("chromium",)),
    Document("scan", [story(MUSEUM)], scan=True),
    Document("page-end", halves(story(CLINIC), 3, 17), size=12, justify=True, running=("", "#")),
    Document("indents", [story(MUSEUM)], indent=True, justify=True, size=11),
    Document(
        "raised",
        [
            [
                ("head", "A lake is measured anew"),
                (
                    "p",
                    "The lake covers 46 km{^2} and holds 1.2 km{^3} of water, more than was thought."
                    " Its deepest point lies 210 metres down.",
                ),
                (
                    "p",
                    "Surveyors used a boat with an echo sounder for 63 days. The last survey dates"
                    " from 1911, when a lead on a rope was lowered 4,300 times.",
                ),
                ("p", "The new map is for sale in the town hall. It costs 18 francs."),
            ]
        ],
        size=11,
    ),
]
