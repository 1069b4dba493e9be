"""Rich text, OpenDocument, books, mails, tables of values and Markdown."""

import pytest

from qa.errors import SourceError
from qa.settings import shipped_corpus
from qa.sources import read_corpus, read_upload
from qa.sources.csv import read_csv
from qa.sources.email import read_email
from qa.sources.epub import read_epub
from qa.sources.markup import read_markdown
from qa.sources.odt import read_odt
from qa.sources.parsed import UnreadableError
from qa.sources.rtf import read_rtf
from qa.sources.tables import names_columns, row_text, table_lines
from tests.sources.made import MARKDOWN, PARAGRAPHS, csv, docx, email, epub, odt, pdf, rtf

STORY = "\n\n".join(PARAGRAPHS)


def test_rich_text_without_what_is_hidden_struck_out_or_deleted():
    parsed = read_rtf(rtf())
    assert parsed.title == "Harbour opens"
    assert parsed.text.split("\n\n") == [
        *PARAGRAPHS,
        "It opened on Tuesday, café and € 5.",
        "Ship: Aurora | Length: 31",
        "The end.",
    ]


def test_an_open_document_with_its_table_note_and_title():
    parsed = read_odt(
        odt(
            '<text:p text:style-name="P1">Harbour opens</text:p>'
            '<text:h text:outline-level="1">What happened</text:h>'
            '<text:p>It<text:s text:c="1"/>opened <text:span text:style-name="T1">on Monday '
            '</text:span>on Tuesday.<text:note text:note-class="footnote"><text:note-citation>1'
            "</text:note-citation><text:note-body><text:p>By the clerk.</text:p></text:note-body>"
            "</text:note></text:p><text:tracked-changes><text:p>Gone.</text:p>"
            "</text:tracked-changes><table:table><table:table-row><table:table-cell><text:p>Ship"
            "</text:p></table:table-cell><table:table-cell><text:p>Length</text:p>"
            "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Aurora"
            "</text:p></table:table-cell><table:table-cell><text:p>31</text:p></table:table-cell>"
            "</table:table-row></table:table><text:list><text:list-item><text:p>a coat</text:p>"
            "</text:list-item></text:list>"
        )
    )
    assert parsed.title == "Harbour opens"
    assert parsed.text.split("\n\n") == [
        "What happened",
        "It opened on Tuesday.",
        "By the clerk.",
        "Ship: Aurora | Length: 31",
        "a coat",
    ]
    assert read_odt(odt(title="Declared")).title == "Declared"


def test_a_cell_that_an_open_document_repeats_is_in_each_of_its_columns():
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    row = cell.format(' table:number-columns-repeated="2"', "7") + cell.format("", "8")
    table = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    assert read_odt(odt(table)).text == "7 | 7 | 8"


def test_a_book_is_its_chapters_and_says_who_made_it():
    parsed = read_epub(epub(["<h1>One</h1><p>It opened.</p>", "<h1>Two</h1><p>It is large.</p>"]))
    assert parsed.text == "One\n\nIt opened.\n\nTwo\n\nIt is large."
    assert (parsed.title, parsed.author, parsed.publisher, parsed.published) == (
        "The Harbour",
        "Ana Reis",
        "Quay Books",
        "2024-11-29",
    )
    locked = epub(**{"META-INF/rights.xml": "<rights/>"})
    with pytest.raises(UnreadableError, match="is locked by its shop; add a copy without"):
        read_epub(locked)


def test_a_mail_is_its_body_by_its_sender_on_its_day():
    parsed = read_email(email())
    assert (parsed.title, parsed.author, parsed.published) == (
        "Café opens",
        "Ana Reis",
        "2025-03-14",
    )
    assert parsed.text == STORY
    flowed = email("The harbour opened on \r\nMonday.\r\n\r\nIt is large.")
    assert read_email(flowed).text == "The harbour opened on Monday.\n\nIt is large."
    shown = email("<style>p{}</style><p>It <b>opened</b>.</p><p hidden>Never</p>", kind="html")
    assert read_email(shown).text == "It opened."


def test_a_row_of_values_is_a_line_with_the_names_of_its_columns():
    assert read_csv(csv().decode()).text.split("\n\n") == [
        "Ship: Aurora | Home port: Porto Lindo | Length: 31",
        "Ship: Boreal | Length: 28",
    ]
    assert read_csv("1,2\n3,4\n").text == "1 | 2\n\n3 | 4"
    assert read_csv('a,b\n"Porto, Lindo","x ""y"""\n').text == 'a: Porto, Lindo | b: x "y"'
    with pytest.raises(UnreadableError, match="has no columns that can be told apart; save it"):
        read_csv("Only words\n")


def test_markdown_is_what_a_reader_sees_of_it():
    parsed = read_markdown(MARKDOWN.decode())
    assert parsed.title == "Harbour opens"
    assert parsed.text.split("\n\n") == [
        "It opened on Monday, at last, with nine ships and & many people.",
        "a coat",
        "a hat",
        "Ship: Aurora | Length: 31",
        "“At last,” said the mayor.",
    ]
    assert read_markdown("In 1986\\. *A* great_year_ at 2 * 3 * 4 <b>now</b>.").text == (
        "In 1986. A great_year_ at 2 * 3 * 4 now."
    )


def test_footnotes_and_tasks_in_markdown_are_no_characters_of_the_text():
    written = (
        "- [x] Done\n- [ ] To do\n\nIt rose.[^1] It fell.[^b]\n\n[^1]: Kay.\n[^b]: A report.\n"
    )
    read = read_markdown(written).text.split("\n\n")
    assert read == ["Done", "To do", "It rose. It fell.", "Kay.", "A report."]
    assert read_markdown("Write this:\n\n```\n[^1]: x[^2]\n```\n").text.endswith("[^1]: x[^2]")


def test_rows_that_end_early_are_rows():
    read = read_csv("Port,Tons\nHolm,3\nEkby\n").text.split("\n\n")
    assert read == ["Port: Holm | Tons: 3", "Port: Ekby"]


def test_front_matter_is_no_text_and_offsets_go_into_what_is_seen():
    front = b"---\ntitle: H\nauthor: Ana Reis\n---\n\n"
    article = read_upload("a.md", front + b"It **opened** on [Monday](http://x.test).\n")
    assert (article.title, article.author) == ("H", "Ana Reis")
    assert article.text == "It opened on Monday."
    assert [article.text[s.start : s.end] for s in article.sentences] == ["It opened on Monday."]


def test_the_shipped_article_has_the_characters_of_its_file():
    (article,) = read_corpus(shipped_corpus())
    written = (shipped_corpus() / "syria-offensive.md").read_text(encoding="utf-8")
    assert article.text == written.split("---\n", 2)[2].strip("\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"{\\rtf1\\ansi The harbour opened on Monday.}"),
        ("a.doc", b"{\\rtf1\\ansi The harbour opened on Monday.}"),
        ("a.txt", pdf([["The harbour opened on Monday."]])),
        ("a.pdf", docx(["The harbour opened on Monday."])),
        ("a.zip", odt("<text:p>The harbour opened on Monday.</text:p>")),
        ("a", epub(["<p>The harbour opened on Monday.</p>"])),
        ("a.txt", "The harbour opened on Monday.".encode("utf-16")),
        ("a.txt", "The harbour opened on Monday.".encode("utf-16-le")),
        ("a.txt", "The harbour opened on Monday.".encode("utf-16-be")),
        ("a.md", "The harbour opened on *Monday*.".encode("utf-16")),
    ],
)
def test_a_file_is_known_by_what_it_begins_with(name, data):
    assert read_upload(name, data).text == "The harbour opened on Monday."


def test_a_page_saved_as_text_is_read_as_a_page():
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    whole = f"<!doctype html><html><head><meta charset=utf-16></head><body>{shown}</body></html>"
    for data in (whole.encode("utf-16"), f"<body class=x>{shown}</body>".encode()):
        assert read_upload("a.txt", data).text.split("\n\n") == list(PARAGRAPHS)
    page = f"<!DOCTYPE html><html><body><article>{shown}</article></body></html>"
    assert read_upload("a.txt", page.encode()).text == STORY


def test_one_bad_byte_spoils_one_character_and_old_encodings_are_read():
    read = "The café’s owner, Zoë Nuñez, said it."
    assert read_upload("a.txt", read.encode("cp1252")).text == read
    assert read_upload("a.txt", read.encode() + b" \xff").text == read + " \ufffd"


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is of an old Office; save it as .docx"),
        ("a.doc", b"x", "is an old Word document; save it as .docx"),
        ("a.xlsx", b"x", "is a spreadsheet; save the sheet as .csv"),
        ("a.pptx", b"x", "is a presentation; save it as .pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "is a picture; run text recognition (OCR) on it"),
        ("a.mp3", b"ID3", "is a recording; add a transcript of it"),
        ("a.msg", b"x", "is a mail that Outlook saved; save it as .eml"),
        ("a.epub", b"no zip", "is no EPUB, or has a password; save it again"),
        ("a.odt", b"no zip", "is no OpenDocument text (.odt), or has a password"),
        ("a.rtf", b"no rtf", "is no rich text (.rtf); save it again as .rtf"),
        ("a.eml", b"no mail at all", "is no mail (.eml); save it again as .eml"),
    ],
)
def test_what_is_not_read_is_refused_by_name(name, data, problem):
    with pytest.raises(SourceError) as caught:
        read_upload(name, data)
    assert str(caught.value).startswith(f"The file {name} {problem}")


def test_rows_carry_the_names_of_their_columns():
    rows = [["Votes", ""], ["Party", "For"], ["Harbour List", "7"], ["", ""]]
    assert table_lines(rows, heads=names_columns(rows)) == ["Votes", "Party: Harbour List | For: 7"]
    assert table_lines(rows[1:], heads=False) == ["Party | For", "Harbour List | 7"]
    assert row_text(["a", "b", "c"], ["x:", ""]) == "x: a | b | c"
