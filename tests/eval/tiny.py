"""Two articles and some questions in the public sets' format."""

import gzip
import json

DAM = (
    "The Orlin dam held on Monday. Engineers opened 4 gates at noon because the lake had risen by "
    "two metres. Mayor Petra Voss thanked the crews."
)
BAKERY = (
    "A bakery in Lund won the national bread prize on Friday. The jury praised its rye loaf. "
    "Owner Ida Holm said she would hire three bakers."
)


def span(text, part):
    start = text.index(part)
    return [start, start + len(part)]


def question(id, text, article, answerable=True, **more):
    whole = {"dam": DAM, "bakery": BAKERY}.get(article, DAM)
    plain = {"split": "test", "history": [], "answers": [], "spans": [], "evidence": []}
    return plain | {
        "id": id,
        "question": text,
        "article": article,
        "scope": [0, len(whole)],
        "answerable": answerable,
        **more,
    }


GATES = question(
    "gates",
    "How many gates did engineers open at noon?",
    "dam",
    answers=["4"],
    spans=[span(DAM, "4")],
    evidence=[
        span(DAM, "Engineers opened 4 gates at noon because the lake had risen by two metres.")
    ],
    kind="fact",
)
PRIZE = question(
    "prize",
    "Which prize did the bakery in Lund win?",
    "bakery",
    answers=["national bread prize", "the national bread prize"],
    spans=[span(BAKERY, "national bread prize")],
    evidence=[span(BAKERY, "A bakery in Lund won the national bread prize on Friday.")],
    kind="fact",
)
BOTH = question(
    "both",
    "Who thanked the crews, and on which day did the Orlin dam hold?",
    "dam",
    answers=["Petra Voss", "Monday"],
    evidence=[
        span(DAM, "Mayor Petra Voss thanked the crews."),
        span(DAM, "The Orlin dam held on Monday."),
    ],
    kind="multi",
)
WHY = question(
    "why",
    "And why?",
    "dam",
    history=[
        {"role": "user", "content": "Did engineers open gates of the dam?"},
        {"role": "assistant", "content": "They opened 4 gates."},
    ],
    standalone="Why did engineers open 4 gates of the dam?",
    answers=["because the lake had risen"],
    evidence=[
        span(DAM, "Engineers opened 4 gates at noon because the lake had risen by two metres.")
    ],
    kind="follow",
)
TRAP = question("trap", "Where was Petra Voss born?", "dam", answerable=False, kind="trap")
TRAIN = question("train", "What did the jury praise?", "bakery", split="train", kind="fact")


def write_gz(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


def write_set(folder, questions):
    articles = [
        {"id": "dam", "title": "Dam holds", "text": DAM},
        {"id": "bakery", "title": "Bakery wins", "text": BAKERY},
    ]
    write_gz(folder / "articles.jsonl.gz", articles)
    write_gz(folder / "questions.jsonl.gz", questions)
