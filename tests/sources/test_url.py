import pytest

from qa.errors import SourceError
from qa.sources import read_url
from tests.sources.made import PARAGRAPHS, docx, html, news_page, pdf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "\n\n".join(PARAGRAPHS)


def test_a_news_page_becomes_an_article_with_title_site_and_date(site, here):
    site.put("/news/harbour", news_page())
    article = read_url(site.url("/news/harbour"), here)
    assert (article.title, article.source) == ("Harbour opens", "The Daily")
    assert article.published == "2024-11-29"
    assert article.text == PLAIN


def test_the_source_of_a_page_that_names_no_site_is_its_address(site, here):
    site.redirect("/a", "/b")
    site.put("/b", html("<h1>Harbour</h1>", *(f"<p>{p}</p>" for p in PARAGRAPHS)))
    assert read_url(site.url("/a"), here).source == site.url("/b")


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/a", "text/plain", PLAIN.encode()),
        ("/a", "text/markdown; charset=utf-8", b"# A\n\n" + PLAIN.encode()),
        ("/a", "application/pdf", pdf([PARAGRAPHS])),
        ("/a", WORD, docx()),
        ("/a.pdf", "application/octet-stream", pdf([PARAGRAPHS])),
        ("/a.txt", "", PLAIN.encode()),
    ],
)
def test_other_types_are_read_as_what_they_are(site, here, path, content_type, body):
    site.put(path, body, content_type=content_type)
    article = read_url(site.url(path), here)
    assert article.text.split()[-5:] == "pay for half of it.".split()
    assert article.source == site.url(path)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/a.txt", "image/png"), ("/a", ""), ("/a.exe", "application/octet-stream")],
)
def test_what_is_no_article_is_named_by_its_type(site, here, path, content_type):
    site.put(path, b"\x89PNG", content_type=content_type)
    with pytest.raises(SourceError, match=r"no article; give one of HTML, text, PDF or \.docx"):
        read_url(site.url(path), here)


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16", "UTF-8"])
def test_a_charset_other_than_utf_8_is_read_as_declared(site, here, charset):
    text = "Гавань открылась в понедельник, и горожане пришли."
    site.put("/", text.encode(charset), content_type=f"text/plain; charset={charset}")
    assert read_url(site.url(), here).text == text
    page = html(f"<p>{text}</p>" * 4).decode()
    site.put("/", page.encode(charset), content_type=f"text/html; charset={charset}")
    assert text in read_url(site.url(), here).text


@pytest.mark.parametrize("charset", ["punycode", "zlib", "undefined", "unicode_escape", "x"])
def test_a_charset_that_is_none_is_read_as_utf_8(site, here, charset):
    site.put("/", PLAIN.encode(), content_type=f"text/plain; charset={charset}")
    assert read_url(site.url(), here).text == PLAIN
