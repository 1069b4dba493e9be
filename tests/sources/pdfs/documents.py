"""What each PDF of the suite holds and how it is set; `make.py` writes it in two ways.

A block is a tuple of its kind and what it holds:
head kicker stand byline sub p (a paragraph) cut (one that ends on the next page, in `rest`) caption
pull (a pull quote) box (paragraphs in a frame) table list numbers note (a footnote and its mark).
In a paragraph "{1}" is a mark that points to a footnote and "{^2}" a raised figure.
"""

import re
from dataclasses import dataclass, field, replace

from reportlab.lib.utils import simpleSplit

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


GAP = 18  # between columns, in points


@dataclass(frozen=True)
class Document:
    """A document: its pages of blocks, and how they are set."""

    name: str
    pages: list
    columns: int = 1
    font: str = "serif"  # serif, sans, book (DejaVu Serif)
    size: float = 10
    justify: bool = False
    hyphens: bool = False
    indent: bool = False  # first lines are indented and no space stands between paragraphs
    running: tuple = ()  # (head, foot) on each page; "#" is the page's number
    metadata: str = ""  # the title in the file's properties
    margin: float = 60
    landscape: bool = False
    drop: bool = False  # a large first letter
    ligatures: bool = False
    rtl: bool = False
    scan: bool = False
    ruled: bool = True  # tables have lines
    test: bool = False  # kept apart: not looked at while the reader was made
    ways: tuple = field(default=("reportlab", "chromium"))


def story(parts, *before, first=0, last=99, byline=""):
    title, paragraphs = parts
    blocks = [*before, ("head", title)]
    if byline:
        blocks.append(("byline", byline))
    return blocks + [("p", text) for text in paragraphs[first:last]]


def insert(blocks, at, *new):
    """The blocks with new ones after the paragraph with this number."""
    index = [i for i, block in enumerate(blocks) if block[0] == "p"][at] + 1
    return blocks[:index] + list(new) + blocks[index:]


def halves(blocks, at, words, *between, page=True):
    """The blocks, a paragraph of them cut after some words, with other blocks in between."""
    index = [i for i, block in enumerate(blocks) if block[0] == "p"][at]
    split = blocks[index][1].split()
    first, rest = " ".join(split[:words]), " ".join(split[words:])
    before, after = blocks[:index] + [("cut", first)], [("rest", rest)] + blocks[index + 1 :]
    return [before + list(between), after] if page else [before + list(between) + after]


def gold(document):
    """Its title, the blocks of the running text in order, and those that may stand anywhere."""
    title, body, apart = "", [], []
    for page in document.pages:
        for kind, *held in page:
            match kind:
                case "head":
                    title = held[0]
                case "p" | "sub" | "stand" | "cut":
                    body.append(plain(held[0]))
                case "rest":
                    joint = "" if body[-1].endswith("\xad") else " "
                    body[-1] = body[-1].rstrip("\xad") + joint + plain(held[0])
                case "list" | "numbers":
                    marks = [f"{n}. " if kind == "numbers" else "" for n in range(1, 99)]
                    body += [mark + item for mark, item in zip(marks, held[0], strict=False)]
                case "table":
                    heads, *rows = held[0]
                    body += [
                        " | ".join(f"{h}: {c}" if h else c for h, c in zip(heads, row, strict=True))
                        for row in rows
                    ]
                case "box":
                    apart += held[0]
                case "kicker" | "byline" | "caption" | "pull":
                    apart.append(held[0])
                case "note":
                    apart.append(held[1])
    return {"title": title, "body": body, "apart": apart}


def recut(document, width, fonts):
    """The document, its cut paragraphs cut at the end of a line that is as long as a column."""
    column = (width - GAP * (document.columns - 1)) / document.columns
    pages, first = [], None
    for page in document.pages:
        pages.append([])
        for block in page:
            if block[0] == "cut":
                first = len(pages) - 1, len(pages[-1])
            if block[0] == "rest":
                at, index = first
                words = len(pages[at][index][1].split())
                lines = simpleSplit(
                    f"{pages[at][index][1]} {block[1]}", fonts[document.font][0], document.size,
                    column - (12 if document.indent else 0),
                )  # fmt: skip
                ends = [sum(len(line.split()) for line in lines[:n]) for n in range(1, len(lines))]
                upto = min(range(len(ends)), key=lambda n: abs(ends[n] - words)) + 1
                pages[at][index] = ("cut", " ".join(lines[:upto]))
                block = ("rest", " ".join(lines[upto:]))
            pages[-1].append(block)
    return replace(document, pages=pages)


def plain(text):
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    text = re.sub(r"\{\^(\d)\}", lambda m: m[1].translate(raised), text)
    return re.sub(r"\{\d\}", "", text)


SHIPS = [
    ["Ship", "Home port", "Length", "Crew"],
    ["Aurora", "Porto Lindo", "31 m", "9"],
    ["Boreal", "San Telmo", "28 m", "7"],
    ["Cisne", "Finders Bay", "44 m", "12"],
    ["Delfim", "Porto Lindo", "19 m", "4"],
]
VOTES = [
    ["Party", "For", "Against", "Absent"],
    ["Harbour List", "7", "1", "0"],
    ["Island Party", "0", "5", "1"],
    ["Greens", "3", "2", "0"],
    ["Independent", "1", "1", "2"],
]
WORKS = [
    ["Work", "What it includes", "Cost in pounds"],
    ["Bearings", "Sixteen new bearings of steel, with the jacks to lift the deck by 40 mm",
     "4,100,000"],
    ["Deck", "New concrete on the northern half, and a seal against salt all along", "3,600,000"],
    ["Detour", "Signs, two sets of lights and a temporary footbridge for eleven months",
     "1,250,000"],
]
COMPOUNDS = [
    "The well-known mayor of Stratford-upon-Avon, a long-time member of the co-operative society,"
    " spoke of a once-in-a-lifetime chance for the north-western suburbs and their run-down"
    " high-rise flats.",
    "Non-NATO ships and an Anglo-Saxon cross were seen by a 34-year-old lorry-driver between the"
    " 3-4 March meeting and the all-party vote on the long-term plan.",
    "His mother-in-law, a part-time book-keeper, called the half-finished sea-wall an ill-advised,"
    " cost-cutting, short-sighted and poorly-thought-out exercise in self-congratulation.",
    "The anti-corruption office opened a follow-up inquiry on Friday, and a decision-making panel"
    " of twenty-one people will hear the so-called whistle-blower in mid-November.",
]
HEBREW = (
    "הנמל נפתח",
    [
        "הנמל של העיר הקטנה נפתח ביום שני אחרי תשע שנים של עבודה קשה, ומאות אנשים באו לראות את"
        " האונייה הראשונה נכנסת אליו.",
        "הוא עלה ארבעים מיליון שקלים, אמרה ראש העיר. הדייגים היו הראשונים שהשתמשו בו.",
        "רציף שני ייבנה בעוד שש שנים אם הכנסת תסכים לשלם חצי מן המחיר.",
    ],
)
ARABIC = (
    "افتتاح الميناء الجديد",
    [
        "افتتح ميناء المدينة الصغيرة يوم الاثنين بعد تسع سنوات من العمل، وجاء مئات الناس ليروا"
        " السفينة الأولى تدخله.",
        "كلف الميناء أربعين مليون دينار، قالت رئيسة البلدية. وكان الصيادون أول من استخدمه.",
        "سيبنى رصيف ثان بعد ست سنوات إذا وافق البرلمان على دفع نصف الثمن.",
    ],
)


def noted(blocks):
    """A harbour story whose second and fourth paragraphs point to footnotes."""
    marked = []
    count = 0
    for kind, *held in blocks:
        if kind == "p":
            count += 1
            if count in (2, 4):
                held = [held[0].replace(". ", f".{{{count // 2}}} ", 1)]
        marked.append((kind, *held))
    return marked


NOTES = (
    ("note", "1", "The town’s accounts for 2023, volume 2, page 114, without the dredging."),
    ("note", "2", "Measured by the university’s coast laboratory. It used two buoys."),
)
CAPTION = ("caption", "The new quay on the morning of its opening. Photo: Lena Moss")
PULL = ("pull", "“We waited for half a lifetime.”")
FACTS = ("box", ["The lock in figures", "It is 12 metres wide and 90 metres long.",
                 "Some 4,000 boats pass it each year."])

DOCUMENTS = [
    Document("plain", [story(HARBOUR, byline="By Ana Prado")]),
    Document("two-columns", [story(CLINIC)], columns=2, size=10.5),
    Document("three-columns", [story(FOREST)], columns=3, size=9, justify=True, hyphens=True,
             margin=45),
    Document("kicker", [[("kicker", "TRANSPORT"), *story(BRIDGE)[:1],
                         ("stand", "A report of May 2023 called the state of the bridge a matter of"
                          " urgency, and was filed."), *story(BRIDGE)[1:]]],
             columns=2, font="sans", size=9.5, metadata="Layout 1"),
    Document("caption", halves(story(WHALES), 2, 14, ("caption", "A humpback whale and its calf in"
             " Finders Bay in June. Photo: Petra Lund"), page=False), font="sans", size=10),
    Document("caption-column", [insert(story(SCHOOL), 2, ("caption", "Pupils in the library on Ferry"
             " Street in October."))], columns=2, justify=True),
    Document("pull-quote", halves(story(HARBOUR), 3, 12, PULL, page=False), columns=2, size=10),
    Document("running", [story(TRAIN) + story(WATER)[1:] + story(STRIKE)[1:]], size=12,
             running=("The Evening Courier — Monday 3 March 2025", "Page #"), margin=80),
    Document("footnotes", [noted(story(HARBOUR)) + list(NOTES)], size=11),
    Document("footnote-pages", halves(noted(story(HARBOUR)), 3, 16, *NOTES), size=11, font="sans"),
    Document("table", [insert(story(HARBOUR), 1, ("table", SHIPS))], font="sans"),
    Document("table-plain", [insert(story(HARBOUR), 2, ("table", VOTES))], ruled=False),
    Document("table-wrapped", [insert(story(BRIDGE), 3, ("table", WORKS))], size=10),
    Document("compounds", [[("head", "Words with a stroke"), *(("p", text) for text in COMPOUNDS)]],
             columns=3, size=10),
    Document("drop-cap", [story(STRIKE)], drop=True, size=11),
    Document("drop-cap-columns", [story(WATER)], drop=True, columns=2, font="sans", size=9.5),
    Document("box", [insert(story(TRAIN), 3, FACTS)], columns=2),
    Document("ligatures", [[("head", "Five officers find a fine fish"),
             ("p", "The first five officers of the coastal office found a flat fish that baffled"
              " the staff. It was affixed to a raft with a filthy ruffled flag, the chief official"
              " confirmed."),
             ("p", "Efforts to shuffle the flotilla off the reef suffered from a fierce, stiff"
              " wind. Flora Griffin, who filmed it, refused a fee of fifty florins.")]],
             font="book", ligatures=True, size=11),
    Document("lists", [[*story(SCHOOL)[:3], ("sub", "What the pupils read"),
             ("list", ["Comics, which a third of them prefer", "Timetables of railways and ferries",
                       "Novels of more than three hundred pages, read in a month or less by some of"
                       " the older pupils and their friends"]),
             ("sub", "What is planned"),
             ("numbers", ["A report in June", "A vote of the governors", "A second trial"]),
             *story(SCHOOL)[3:]]], font="sans", size=10),
    Document("rtl", [story(HEBREW)], rtl=True, font="rtl", size=13),
    Document("arabic", [story(ARABIC)], rtl=True, font="rtl", size=13, ways=("chromium",)),
    Document("scan", [story(MUSEUM)], scan=True),
    Document("page-end", halves(story(CLINIC), 3, 17), size=12, justify=True,
             running=("", "#")),
    Document("indents", [story(MUSEUM)], indent=True, justify=True, size=11),
    Document("raised", [[("head", "A lake is measured anew"),
             ("p", "The lake covers 46 km{^2} and holds 1.2 km{^3} of water, more than was thought."
              " Its deepest point lies 210 metres down."),
             ("p", "Surveyors used a boat with an echo sounder for 63 days. The last survey dates"
              " from 1911, when a lead on a rope was lowered 4,300 times."),
             ("p", "The new map is for sale in the town hall. It costs 18 francs.")]], size=11),
    # The third that is kept apart as test.
    Document("test-columns", [story(MUSEUM, byline="By Tom Pell and Lena Moss")], columns=2,
             justify=True, hyphens=True, size=9.5, margin=50, test=True),
    Document("test-news", [insert(halves(story(BRIDGE), 2, 10, ("caption", "The Millbrook bridge"
             " on the day that it was closed. Photo: H. Ward"), page=False)[0], 4,
             ("pull", "“We would have moved.”"))], columns=3, size=8.5, drop=True, justify=True,
             margin=42, test=True),
    Document("test-report", [
        insert(noted(story(WATER)), 2, ("sub", "The cost"), ("table", [
            ["Town", "2024", "2025"], ["San Telmo", "812", "536"], ["Lower Aue", "640", "622"],
            ["Aldenham", "1,204", "1,180"]])) + [NOTES[0], NOTES[1]],
        story(FOREST)[1:]], font="sans", size=11, running=("Water report 2025", "# of 2"),
        metadata="Town cuts its water use by a third in one dry summer", test=True),
    Document("test-kicker", [[("kicker", "Wildlife | Finders Bay"), *story(WHALES)[:1],
             ("byline", "By Petra Holm, 12 September 2025"), *story(WHALES)[1:]]], size=11,
             font="book", metadata="whales_final_v3.indd", test=True),
    Document("test-table", [insert(story(STRIKE), 2, ("table", [
        ["Bakery", "Street", "Opens", "Loaves"], ["Ferrand", "Rue du Four", "6.30", "410"],
        ["Au Bon Grain", "Place Neuve", "7.00", "1,260"], ["Lenoir", "Quai Est", "7.15", "95"]]))],
        columns=2, ruled=False, size=9, test=True),
    Document("test-box", [insert(story(CLINIC), 2, ("box", ["The clinic in figures",
             "It has five rooms and saw 7,412 patients last year.", "Its roof dates from 1958."]))],
             font="sans", size=10, indent=True, test=True),
    Document("test-hyphens", [[("head", "Hard-headed and half-hearted"),
             *(("p", text) for text in [COMPOUNDS[2], FOREST[1][0], COMPOUNDS[0], FOREST[1][3],
               COMPOUNDS[3]])]], columns=3, hyphens=True, justify=True, size=9, test=True),
    Document("test-pages", halves(story(TRAIN), 3, 8, ("note", "*", "She asked that her first name"
             " be spelt with a V.")), columns=2, size=10, running=("TRANSPORT REVIEW", "14"),
             justify=True, test=True),
    Document("test-lists", [[*story(WATER)[:2], ("list", ["Wash the car once a month",
             "Water the garden after sunset, and only with a can", "Report a leak"]),
             *story(WATER)[2:5], ("sub", "Hotels and rain"), *story(WATER)[5:]]], columns=2,
             font="book", size=9, test=True),
    Document("test-landscape", [insert(story(SCHOOL), 3, ("caption", "Sam Osei, who read eleven"
             " novels, on the bus to school."))], columns=3, landscape=True, size=10, indent=True,
             test=True),
    Document("test-rtl", [[("head", "رحلة القطار"), ("p", "عاد القطار الليلي بين العاصمة والساحل"
             " بعد اثنتي عشرة سنة من التوقف. يحتاج إلى تسع ساعات."), ("p", "يكلف السرير 69 دينارا"
             " في مقصورة مشتركة، وقد بيعت كل التذاكر.")]], rtl=True, font="rtl", size=12,
             ways=("chromium",), test=True),
    Document("test-scan", [story(TRAIN)], scan=True, ways=("chromium",), test=True),
]
