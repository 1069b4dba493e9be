import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from qa.answer import Answer
from qa.article import Article
from qa.errors import UsageError
from qa.export.document import document
from qa.export.files import FORMATS, rendered
from qa.export.reference import Reference, bibtex, csl_json, plain
from qa.kept.conversation import Exchange
from qa.sources.files import read_upload
from qa.statement import Citation, Statement
from tests.page.html_text import Shown

ARTICLE = Article.from_text(
    "The lido opened in 1931. It *cost* <b>40,000</b> pounds. It rained.",
    title="Lido & pool",
    author="Ada Kay and Bo Li",
    publisher="The Post",
    published="2026-03-02",
    url="https://post.example/lido",
)
OPENED, COST, RAINED = (Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1))
WRITTEN = Statement("It opened in 1931, in the rain.", (OPENED, RAINED), "direct")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def quoted(number: int, citation: Citation) -> Statement:
    return Statement(citation.quote, (replace(citation, number=number),), "evidence")


def exchange(question: str, *statements: Statement) -> Exchange:
    return Exchange(question, Answer("answer", question, question, statements))


TALK = (
    exchange("When did it *open*?", WRITTEN),
    Exchange("Not answered", notice="…"),
    exchange("What did it cost?", quoted(1, COST), quoted(2, RAINED)),
)


def made(*talks, articles=(ARTICLE,)):
    named = [(f"Talk {n}", "4 March 2026", talk) for n, talk in enumerate(talks, 1)]
    return document(named, {a.id: a for a in articles})


def parts(data: bytes) -> ZipFile:
    return ZipFile(BytesIO(data))


def test_markdown_has_title_day_articles_and_each_sentence_as_one_footnote():
    assert rendered(made(TALK), "markdown").decode() == (
        "# Talk 1\n\n4 March 2026\n\n## When did it \\*open\\*?\n\n"
        "It opened in 1931, in the rain. [^1][^2]\n\n## What did it cost?\n\n"
        "> It \\*cost\\* &lt;b\\>40,000&lt;/b\\> pounds. [^3] It rained. [^2]\n\n## Articles\n\n"
        "- Ada Kay and Bo Li, “Lido &amp; pool”, The Post, 2 March 2026, "
        "https:\\//post.example/lido\n\n"
        "[^1]: “The lido opened in 1931.” (Lido &amp; pool, The Post, 2 March 2026, "
        "https:\\//post.example/lido)\n"
        "[^2]: Lido &amp; pool, The Post, 2 March 2026, https:\\//post.example/lido\n"
        "[^3]: Lido &amp; pool, The Post, 2 March 2026, https:\\//post.example/lido\n"
    )


def test_a_web_page_links_each_number_to_its_note_and_back_and_fetches_nothing():
    html = rendered(made(TALK), "html").decode()
    page = etree.HTML(html)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {f"#{i}" for i in ids} == set(page.xpath("//a/@href"))
    assert [a.text for a in page.xpath("//a[@role='doc-noteref']")] == ["[1]", "[2]", "[3]", "[2]"]
    shown = Shown(html)
    assert shown.text.count(OPENED.quote) == shown.text.count(COST.quote) == 1
    assert not {"b", "script", "img", "link"} & set(shown.tags)


def test_a_word_document_has_words_own_footnotes_and_is_read_back_with_each_quote_once():
    data = rendered(made(TALK), "word")
    notes = etree.fromstring(parts(data).read("word/footnotes.xml"))
    ids = [note.get(f"{W}id") for note in notes]
    body = etree.fromstring(parts(data).read("word/document.xml"))
    referred = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert ids == ["-1", "0", "1", "2", "3"] and referred == ["1", "2", "3"]
    assert [f.get(f"{W}instr") for f in body.iter(f"{W}fldSimple")] == [" NOTEREF note2 \\f \\h "]
    opened = docx.Document(BytesIO(data))
    assert opened.core_properties.title == "Talk 1"
    styles = [p.style.name for p in opened.paragraphs]
    assert styles[:3] == ["Title", "Normal", "Heading 1"] and "Quote" in styles
    text = read_upload("talk.docx", data).text
    assert all(text.count(c.quote) == 1 for c in (OPENED, COST, RAINED))


def test_a_word_document_holds_any_character_and_runs_as_its_letters_do():
    asked = exchange("ما \x0b\ufffe <b>&amp;?", Statement("نعم", (), "notice"))
    opened = docx.Document(BytesIO(rendered(made((asked,)), "word")))
    assert opened.paragraphs[2].text == "ما  <b>&amp;?"
    assert opened.paragraphs[2]._p.pPr.find(f"{W}bidi") is not None
    assert opened.paragraphs[0]._p.pPr.find(f"{W}bidi") is None
    assert "word/footnotes.xml" not in parts(rendered(made((asked,)), "word")).namelist()


def test_an_answer_that_was_stopped_says_so():
    stopped = Exchange("When?", draft=(WRITTEN,), pending=True).stopped("You stopped it.", "model")
    for name in ("markdown", "html", "word"):
        text = read_upload(f"talk{FORMATS[name].suffix}", rendered(made((stopped,)), name)).text
        assert text.index("in the rain.") < text.index("You stopped it."), name


def test_several_conversations_are_one_document_whose_notes_are_numbered_through():
    both = made(TALK, (exchange("Rain?", quoted(1, RAINED)),))
    assert both.title == "Conversations" and len(both.notes) == 3
    markdown = rendered(both, "markdown").decode()
    assert "# Talk 1\n" in markdown and "# Talk 2\n" in markdown
    assert markdown.count("[^2]:") == 1 and markdown.rpartition("## Rain?")[2].count("[^2]") == 2
    headings = [e.tag for e in etree.HTML(rendered(both, "html")).iter("h1", "h2")]
    assert headings.count("h1") == 1


def test_an_article_that_is_gone_is_cited_by_what_its_sentences_tell():
    (reference,) = made(TALK, articles=()).articles
    assert reference == Reference(ARTICLE.id, "Lido & pool", "", "The Post", "2026-03-02")


def test_citations_in_a_line_for_bibtex_and_as_csl_json():
    references = made(TALK).articles
    assert plain(references) == (
        "Ada Kay and Bo Li, “Lido & pool”, The Post, 2 March 2026, https://post.example/lido.\n"
    )
    assert bibtex(references) == (
        "@article{kay2026lido,\n  title = {{Lido \\& pool}},\n  author = {Ada Kay and Bo Li},\n"
        "  journal = {The Post},\n  year = {2026},\n  day = {2},\n"
        "  url = {https://post.example/lido},\n  month = mar\n}\n"
    )
    assert json.loads(csl_json(references)) == [
        {
            "id": ARTICLE.id,
            "type": "article-newspaper",
            "title": "Lido & pool",
            "author": [{"literal": "Ada Kay"}, {"literal": "Bo Li"}],
            "container-title": "The Post",
            "issued": {"date-parts": [[2026, 3, 2]]},
            "URL": "https://post.example/lido",
        }
    ]


def test_bibtex_keys_are_unique_and_its_text_is_no_markup():
    twins = [Reference(str(n), "100% {of} $x_1~", paper="www.bbc.com") for n in range(28)]
    entries = bibtex(twins)
    keys = [line.partition("{")[2] for line in entries.splitlines() if line.startswith("@")]
    assert keys[:3] == ["bbc100,", "bbc100b,", "bbc100c,"] and len(set(keys)) == 28
    assert r"100\% \{of\} \$x\_1\textasciitilde{}" in entries
    assert bibtex([Reference("x", "…", published="last spring")]) == (
        "@misc{article,\n  title = {{…}},\n  note = {last spring}\n}\n"
    )
    (item,) = json.loads(csl_json([Reference("x", "…", published="last spring")]))
    assert item["issued"] == {"literal": "last spring"} and item["type"] == "document"


def test_an_unknown_format_is_named_with_those_there_are():
    with pytest.raises(UsageError, match="no format 'pdf'; take one of markdown, html"):
        rendered(made(TALK), "pdf")
    for name in FORMATS:
        assert rendered(made(TALK), name)
