import os
import subprocess
import sys

import pytest

from qa import Article
from qa.errors import SourceError
from qa.sources import read, read_file, read_pasted, read_upload
from qa.sources.limits import MAX_BYTES, MAX_CHARACTERS
from tests.sources.made import PARAGRAPHS, docx, html, news_page, pdf

TEXT = "\n\n".join(PARAGRAPHS)


def refused(name, data):
    """The one sentence with which a file is refused."""
    with pytest.raises(SourceError) as caught:
        read_upload(name, data)
    sentence = str(caught.value)
    assert sentence.startswith("The ") and name in sentence and ";" in sentence
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 400
    return sentence


@pytest.mark.parametrize(
    ("name", "data", "title", "source", "published"),
    [
        ("a.txt", TEXT.encode(), "a", "a.txt", None),
        ("a.md", b"# Harbour\n\n" + TEXT.encode(), "Harbour", "a.md", None),
        ("a.MD", f"---\ntitle: H\nsource: s\n---\n{TEXT}".encode(), "H", "s", None),
        ("a.html", news_page(), "Harbour opens", "The Daily", "2024-11-29"),
        ("a.htm", news_page(), "Harbour opens", "The Daily", "2024-11-29"),
        ("a.docx", docx(title="Harbour"), "Harbour", "a.docx", None),
        ("harbour.docx", docx(), "harbour", "harbour.docx", None),
        ("a.pdf", pdf([PARAGRAPHS], title="Harbour"), "Harbour", "a.pdf", None),
    ],
)
def test_each_type_of_file_becomes_an_article(tmp_path, name, data, title, source, published):
    (tmp_path / name).write_bytes(data)
    article = read_file(tmp_path / name)
    assert (article.title, article.source, article.published) == (title, source, published)
    assert article.text.endswith("if the parliament agrees to pay for half of it.")
    assert article == read_upload(name, data) == read(str(tmp_path / name))


def test_a_text_files_title_is_its_first_line_or_its_name(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("# Harbour opens\n\nIt opened on Monday.\n")
    assert (read_file(path).title, read_file(path).text) == (
        "Harbour opens",
        "It opened on Monday.",
    )
    for text in ("It opened on Monday. It is large.", "It opened on Monday.\n\nIt is large."):
        path.write_text(text)
        assert (read_file(path).title, read_file(path).text) == ("report", text)


def test_pasted_text_is_called_by_its_first_line_or_its_first_words():
    assert read_pasted("Harbour\n\nIt opened on Monday.") == Article.from_text(
        "It opened on Monday.", title="Harbour"
    )
    words = "The harbour opened on Monday, and many came to see it, and cheered."
    assert read_pasted(words).title == "The harbour opened on Monday, and many came to see"
    assert read_pasted(words).source == ""
    for text in ("", " \n", "\x00"):
        with pytest.raises(SourceError, match="The pasted text is empty; put an article in it"):
            read_pasted(text)


def test_text_is_without_control_characters_but_else_to_the_letter():
    assert read_pasted(
        "\ufeffA \x1b[31mred\x00 “word”,\r\na \u202eturned\xad one.\fÜber 7\xa0km."
    ).text == ("A [31mred “word”,\na turned one.\nÜber 7\xa0km.")


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("../../etc/report.txt", "report.txt"),
        ("C:\\Users\\me\\report.txt", "report.txt"),
        ("a\x1b\n/re\x00port.txt", "report.txt"),
        ("..", ".."),
        ("../", ".."),
        ("", "upload"),
        ("x" * 1000 + ".txt", "x" * 251 + ".txt"),
    ],
)
def test_an_uploads_name_leads_nowhere(name, last):
    assert read_upload(name, TEXT.encode()).source == last


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("scan.pdf", pdf([[], []]), "has no text, so it may be a scan; run text recognition"),
        ("a.pdf", pdf([PARAGRAPHS], password="secret"), "has a password; save a copy without one"),
        ("a.pdf", pdf([["A line."]] * 501), "has 501 pages; split it into files of at most 500"),
        ("a.pdf", b"no PDF at all", "is no PDF; save it again as PDF"),
        (
            "a.pdf",
            pdf([PARAGRAPHS])[:300],
            "is damaged, or takes more than 1,000 MB of memory to read; save it",
        ),
        ("a.docx", b"no zip at all", "is no Word document (.docx), or has a password"),
        ("a.docx", docx([]), "has no text; add one that has"),
        ("a.html", html("<p>Turn JavaScript on.</p>"), "has no article in it; paste"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a picture; run text recognition"),
        ("a.txt", b"GIF89a\x01\x00\x01\x00", "is a picture; run text recognition"),
        ("a.txt", b"\0" + os.urandom(5000), "is not text; save it as plain text"),
        ("a.txt", b"Harbour\n\nOpened", "has no more than a word ('Opened'); put an article"),
        ("a.txt", b"x " * MAX_CHARACTERS, "has 1,200,000 characters; split it into articles"),
        ("a.pdf", b"", "is empty; put an article in it"),
        ("a.html", b" \n", "is empty; put an article in it"),
        ("a.xyz", b"Who knows", "is of a type that is not read; give one of .txt, .text, .md,"),
        ("a.md", b"x" * (MAX_BYTES + 1), "has 20,000,001 bytes; split it into files"),
    ],
)
def test_a_file_that_holds_no_article_is_refused_in_one_sentence(name, data, problem):
    assert problem in refused(name, data)


def test_a_pdf_with_2000_pages_is_refused_in_one_sentence():
    assert "has 2,000 pages; split it" in refused("a.pdf", pdf([PARAGRAPHS] * 2000))


def test_a_file_of_100_mb_is_not_read(tmp_path):
    path = tmp_path / "large.txt"
    path.touch()
    os.truncate(path, 100_000_000)
    with pytest.raises(SourceError, match="has 100,000,000 bytes; split it into files of at most"):
        read_file(path)


@pytest.mark.parametrize("name", ["none.txt", ".", "a\0b.txt", "/dev/zero"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(SourceError, match=r"cannot be read .*; check its name"):
        read_file(tmp_path / name)


def test_a_text_of_200_000_words_is_refused_in_one_sentence_and_a_report_of_80_000_is_not():
    line = b"The harbour opened on Monday with ten ships. "
    assert "has 1,125,000 characters; split it into articles" in refused("a.txt", line * 25_000)
    assert len(read_upload("long.txt", line * 10_000).sentences) == 10_000


def test_the_same_article_twice_is_one_article():
    first, second = (read_upload("a.html", news_page()) for _ in range(2))
    assert first == second and first.revision == second.revision


def test_a_pdf_encrypted_with_no_password_is_read():
    assert "40 million" in read_upload("a.pdf", pdf([PARAGRAPHS], password="")).text


def test_a_citation_into_a_pdf_knows_its_page():
    article = read_upload("a.pdf", pdf([[PARAGRAPHS[0]], [], [PARAGRAPHS[1]], [PARAGRAPHS[2]]]))
    assert [article.page(article.text.index(p[:20])) for p in PARAGRAPHS] == [1, 3, 4]


@pytest.mark.parametrize("address", ["ftp://x.test/a.txt", "file:///etc/passwd", "HTTPX://x.test"])
def test_an_address_of_another_scheme_is_refused(address):
    with pytest.raises(SourceError, match="is not of a web page; give one with http:// or https"):
        read(address)


def test_no_parser_is_imported_before_a_file_needs_it():
    code = (
        "import sys, qa.assistant, qa.sources, qa.page, qa.cli\n"
        "print([m for m in ('trafilatura', 'pypdf', 'docx', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
