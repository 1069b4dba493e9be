import hypothesis.strategies as st
from hypothesis import given
from markdown_it import MarkdownIt

from qa.article import Article
from qa.markdown import escape_markdown, plain, to_markdown, with_footnotes
from qa.statement import Citation, Statement

# Gradio's page and rich's terminal both read Markdown with HTML, tables and bare links on.
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
ARTICLE = Article.from_text("One.\n\nTwo. Three.", title="T", source="s")
ONE, TWO, THREE = (Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def shown(markdown: str, kinds: frozenset[str] = frozenset()) -> str:
    """What a reader sees of one line, which is text and nothing else but these kinds of tokens."""
    tokens = MARKDOWN.parse(markdown)
    found = [t.type for t in tokens]
    assert found in ([], ["paragraph_open", "inline", "paragraph_close"]), markdown
    inline = tokens[1].children if tokens else []
    assert {t.type for t in inline} <= {"text", "text_special"} | kinds, markdown
    return "".join(t.content for t in inline)


@given(texts)
def test_escaped_text_shows_as_it_stands(text):
    assert shown(escape_markdown(text)).split() == text.split()
    assert shown("x " + escape_markdown(text)).split() == ["x", *text.split()]


def test_markup_is_text():
    for text in [
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
    ]:
        assert shown(escape_markdown(text)).split() == text.split(), text


def test_a_bare_link_is_text():
    # What would be linked is broken by a backslash, which Markdown takes away again.
    for text in ["http://x.test/y", "https://x.test", "www.x.test", "a@x.test"]:
        assert text not in escape_markdown(text)
        assert shown(escape_markdown(text)) == text


BOLD = frozenset({"strong_open", "strong_close"})


@given(texts.filter(str.strip), st.integers(0, 20), st.integers(1, 20))
def test_bold_changes_no_word(text, start, length):
    start = start % len(text)
    end = min(len(text), start + length)
    assert "".join(shown(escape_markdown(text, [(start, end)]), BOLD).split()) == "".join(
        text.split()
    )


def test_a_range_is_bold_where_markdown_can_show_it():
    for text, words, markdown in [
        ("At least 19 died.", "19", "At least **19** died."),
        ("So!now", "!", "So!now"),  # Markdown would show the asterisks
        ("a *b* c", "*b*", "a **\\*b\\*** c"),
        ("19", "19", "**19**"),
    ]:
        start = text.index(words)
        assert escape_markdown(text, [(start, start + len(words))]) == markdown
    assert escape_markdown("a b c d", [(0, 1), (4, 5)]) == "**a** b **c** d"


def test_what_articles_say_of_one_thing_is_quoted_below_each():
    statements = [
        Statement("“One” (The Post); “Two” (The Star).", (ONE, TWO), "compared"),
        Statement("The Post", role="source", point=1),
        Statement("One.", (ONE,), "differs", ((0, 3),), 1),
        Statement("The Star", role="source", point=1),
        Statement("Two.", (TWO,), "differs", point=1),
        Statement("Only here:"),
        Statement("Three.", (THREE,), "only"),
    ]
    assert to_markdown(statements) == (
        "“One” (The Post); “Two” (The Star). [1][2]\n\nThe Post\n\n> **One**. [1]\n\n"
        "The Star\n\n> Two. [2]\n\nOnly here:\n\n> Three. [3]"
    )


def test_each_role_has_its_form():
    statements = [
        Statement("The author is Ada.\nNobody else.", role="detail", bold=((14, 17),)),
        Statement("*Note*:"),
        Statement("One.", (ONE,), "evidence"),
        Statement("Two.", (TWO,), "evidence", ((0, 3),)),
        Statement("One and two.", (ONE, TWO), "direct"),
        Statement("Three too.", (THREE,), "direct"),
    ]
    assert to_markdown(statements) == (
        "The author is **Ada**.  \nNobody else.\n\n\\*Note\\*:\n\n"
        "> One. [1]\n>\n> **Two**. [2]\n\n"
        "One and two. [1][2] Three too. [3]"
    )


def test_sentences_of_a_paragraph_that_follow_each_other_stay_together():
    quotes = [Statement(c.quote, (c,), "evidence") for c in (ONE, TWO, THREE)]
    assert to_markdown(quotes) == "> One. [1]\n>\n> Two. [2] Three. [3]"
    assert to_markdown([quotes[2], quotes[1]]) == "> Three. [3]\n>\n> Two. [2]"


def test_the_proof_right_below_a_line_is_not_numbered_again():
    line = Statement("Two", (TWO,), "direct")
    quotes = [Statement(c.quote, (c,), "evidence") for c in (TWO, ONE)]
    assert to_markdown([line, *quotes]) == "Two [2]\n\n> Two.\n>\n> One. [1]"
    assert to_markdown([line, quotes[1]]) == "Two [2]\n\n> One. [1]"


def test_points_are_a_list_and_are_read_as_they_were_said():
    points = [Statement(c.quote, (c,), "point") for c in (TWO, THREE)]
    assert to_markdown(points) == "- Two. [2]\n- Three. [3]"
    assert plain(to_markdown(points)).split() == ["Two.", "Three."]


def test_a_footnote_has_the_quote_unless_it_stands_in_the_text():
    statements = [
        Statement("One and two.", (ONE, TWO), "direct"),
        Statement("Two.", (TWO,), "evidence"),
    ]
    assert with_footnotes(statements) == (
        "One and two. [^1][^2]\n\n> Two. [^2]\n\n[^1]: “One.” (T, s)\n[^2]: T, s"
    )
    assert with_footnotes([Statement("Hello.")]) == "Hello."


@given(texts)
def test_a_turn_of_a_history_is_read_as_it_was_said(text):
    quote = Statement(text, (ONE,), "evidence")
    assert plain(to_markdown([quote])).split() == text.split()
