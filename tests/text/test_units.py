from qa.text.units import units


def divided(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text)]


LINES_APART = [
    ["Key points:", "• It closes.", "• A bus will run", "• Nobody pays"],
    ["- milk", "- bread", "* eggs"],
    ["1. Mix it.", "2. Add eggs. Stir.", "(a) Bake it.", "IV. Eat it."],
    ["Background", "The ferry was built in 1970. It sank."],
    ["# Background", "The ferry sank", "## More", "It sank again."],
    ["The terminal (photo: Ada Kay)", "The council voted to close it."],
    ["Port\tPassengers", "Marlow\t200"],
    ["Port | Passengers", "Marlow | 200"],
    ["It said:", "The bridge is closed."],
]
WRAPPED = (
    "The council of Marlow Bay voted on Tuesday\n"
    "to close the ferry, Mayor Ada Kay and Mr.\n"
    "Orr said. The ferry was built in 1970 by\n"
    "Lund."
)


def test_items_headings_captions_and_rows_are_units_of_their_own():
    for lines in LINES_APART:
        assert divided("\n".join(lines)) == lines


def test_lines_that_are_wrapped_go_on():
    assert divided(WRAPPED) == [WRAPPED]


def test_an_empty_line_ends_a_unit_and_so_does_a_short_line_before_a_capital():
    text = f"Ferry to close\nBy Ada Kay\n \n{WRAPPED}\n\nBackground\nIt sank.\r\n\r\nNobody saw it."
    assert divided(text) == [
        "Ferry to close",
        "By Ada Kay",
        WRAPPED,
        "Background",
        "It sank.",
        "Nobody saw it.",
    ]


def test_a_line_in_lower_case_belongs_to_the_one_before():
    text = "The fee is 40 crowns\n(or 50 on Sundays) for every\nadult"
    assert divided(text) == [text]


def test_a_blank_text_has_no_unit():
    assert divided(" \n\n\t\n") == []
