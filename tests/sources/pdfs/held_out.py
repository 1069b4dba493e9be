"""The documents that were kept apart: none was looked at while the reader was made."""

from tests.sources.pdfs.documents import Document, halves, insert, noted, story
from tests.sources.pdfs.parts import COMPOUNDS, NOTES
from tests.sources.pdfs.stories import (
    BRIDGE,
    CLINIC,
    FOREST,
    MUSEUM,
    SCHOOL,
    STRIKE,
    TRAIN,
    WATER,
    WHALES,
)

HELD_OUT = [
    Document(
        "test-columns",
        [story(MUSEUM, byline="By Tom Pell and Lena Moss")],
        columns=2,
        justify=True,
        hyphens=True,
        size=9.5,
        margin=50,
        test=True,
    ),
    Document(
        "test-news",
        [
            insert(
                halves(
                    story(BRIDGE),
                    2,
                    10,
                    (
                        "caption",
                        "The Millbrook bridge on the day that it was closed. Photo: H. Ward",
                    ),
                    page=False,
                )[0],
                4,
                ("pull", "“We would have moved.”"),
            )
        ],
        columns=3,
        size=8.5,
        drop=True,
        justify=True,
        margin=42,
        test=True,
    ),
    Document(
        "test-report",
        [
            [
                *insert(
                    noted(story(WATER)),
                    2,
                    ("sub", "The cost"),
                    (
                        "table",
                        [
                            ["Town", "2024", "2025"],
                            ["San Telmo", "812", "536"],
                            ["Lower Aue", "640", "622"],
                            ["Aldenham", "1,204", "1,180"],
                        ],
                    ),
                ),
                *NOTES,
            ],
            story(FOREST)[1:],
        ],
        font="sans",
        size=11,
        running=("Water report 2025", "# of 2"),
        metadata="Town cuts its water use by a third in one dry summer",
        test=True,
    ),
    Document(
        "test-kicker",
        [
            [
                ("kicker", "Wildlife | Finders Bay"),
                *story(WHALES)[:1],
                ("byline", "By Petra Holm, 12 September 2025"),
                *story(WHALES)[1:],
            ]
        ],
        size=11,
        font="book",
        metadata="whales_final_v3.indd",
        test=True,
    ),
    Document(
        "test-table",
        [
            insert(
                story(STRIKE),
                2,
                (
                    "table",
                    [
                        ["Bakery", "Street", "Opens", "Loaves"],
                        ["Ferrand", "Rue du Four", "6.30", "410"],
                        ["Au Bon Grain", "Place Neuve", "7.00", "1,260"],
                        ["Lenoir", "Quai Est", "7.15", "95"],
                    ],
                ),
            )
        ],
        columns=2,
        ruled=False,
        size=9,
        test=True,
    ),
    Document(
        "test-box",
        [
            insert(
                story(CLINIC),
                2,
                (
                    "box",
                    [
                        "The clinic in figures",
                        "It has five rooms and saw 7,412 patients last year.",
                        "Its roof dates from 1958.",
                    ],
                ),
            )
        ],
        font="sans",
        size=10,
        indent=True,
        test=True,
    ),
    Document(
        "test-hyphens",
        [
            [
                ("head", "Hard-headed and half-hearted"),
                *(
                    ("p", text)
                    for text in [
                        COMPOUNDS[2],
                        FOREST[1][0],
                        COMPOUNDS[0],
                        FOREST[1][3],
                        COMPOUNDS[3],
                    ]
                ),
            ]
        ],
        columns=3,
        hyphens=True,
        justify=True,
        size=9,
        test=True,
    ),
    Document(
        "test-pages",
        halves(
            story(TRAIN), 3, 8, ("note", "*", "She asked that her first name be spelt with a V.")
        ),
        columns=2,
        size=10,
        running=("TRANSPORT REVIEW", "14"),
        justify=True,
        test=True,
    ),
    Document(
        "test-lists",
        [
            [
                *story(WATER)[:2],
                (
                    "list",
                    [
                        "Wash the car once a month",
                        "Water the garden after sunset, and only with a can",
                        "Report a leak",
                    ],
                ),
                *story(WATER)[2:5],
                ("sub", "Hotels and rain"),
                *story(WATER)[5:],
            ]
        ],
        columns=2,
        font="book",
        size=9,
        test=True,
    ),
    Document(
        "test-landscape",
        [
            insert(
                story(SCHOOL),
                3,
                ("caption", "Sam Osei, who read eleven novels, on the bus to school."),
            )
        ],
        columns=3,
        landscape=True,
        size=10,
        indent=True,
        test=True,
    ),
    Document(
        "test-rtl",
        [
            [
                ("head", "رحلة القطار"),
                (
                    "p",
                    "عاد القطار الليلي بين العاصمة والساحل"
                    " بعد اثنتي عشرة سنة من التوقف. يحتاج إلى تسع ساعات.",
                ),
                ("p", "يكلف السرير 69 دينارا في مقصورة مشتركة، وقد بيعت كل التذاكر."),
            ]
        ],
        rtl=True,
        font="rtl",
        size=12,
        ways=("chromium",),
        test=True,
    ),
    Document("test-scan", [story(TRAIN)], scan=True, ways=("chromium",), test=True),
]
