import json

import hypothesis.strategies as st
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from qa.answer import Answer, Citation, escape_markdown
from qa.article import Article

# Gradio's page and rich's terminal both read Markdown with HTML, tables and bare links on.
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


def plain(text: str) -> str:
    tokens = MARKDOWN.parse(text)
    assert [t.type for t in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"]), text
    inline = tokens[1].children if tokens else []
    assert {t.type for t in inline} <= {"text", "text_special"}, text
    return "".join(t.content for t in inline)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_escaped_text_shows_as_it_stands(text):
    assert plain(escape_markdown(text)).split() == text.split()
    assert plain("x " + escape_markdown(text)).split() == ["x", *text.split()]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](http://x.test/y.png)",
        "[x](javascript:alert(1)) [1]",
        "**bold** _it_ `code` ~~no~~ $x$ # head",
        "# head",
        "- item",
        "12. item",
        "+ item",
        "| a | b |\n|---|---|",
        "&amp; &#60;",
        "a\\",
        "===",
    ],
)
def test_markup_is_text(text):
    assert plain(escape_markdown(text)).split() == text.split()


@pytest.mark.parametrize("text", ["http://x.test/y", "https://x.test", "www.x.test", "a@x.test"])
def test_a_bare_link_is_text(text):
    # What would be linked is broken by a backslash, which Markdown takes away again.
    assert text not in escape_markdown(text)
    assert plain(escape_markdown(text)) == text


def answer(**fields) -> Answer:
    article = Article.from_text("It *is* so. It was.", title="A [title]", source="www.x.test")
    cited = (Citation.of(article, article.sentences[0], 1),)
    return Answer("answer", "q", "q", "> It \\*is\\* so. [1]", citations=cited, **fields)


def test_markdown_has_footnotes():
    assert answer().to_markdown() == (
        "> It \\*is\\* so. [^1]\n\n[^1]: “It \\*is\\* so.” (A \\[title\\], www\\.x.test)"
    )


def test_json_has_every_field_and_comes_back():
    fields = json.loads(answer(timings={"read": 0.1}).to_json())
    assert set(fields) == set(Answer.__dataclass_fields__)
    assert fields["citations"][0]["quote"] == "It *is* so."


def test_timings_are_left_out_of_comparison():
    assert answer(timings={"read": 0.1}) == answer(timings={"read": 0.2})
