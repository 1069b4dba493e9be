from html.parser import HTMLParser

import hypothesis.strategies as st
from hypothesis import given

from qa.answer import Answer, Citation
from qa.article import Article
from qa.ui.exchange import Exchange, history, linked, messages
from qa.ui.pane import anchor, article_html, key, key_of
from qa.ui.suggestions import candidates, counted_things, frequent_names

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


class Shown(HTMLParser):
    """The tags of a piece of HTML, and its text."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def cited(article: Article) -> tuple[Citation, ...]:
    return tuple(Citation.of(article, s, n) for n, s in enumerate(article.sentences, 1))


@given(texts, texts)
def test_the_pane_holds_the_article_as_text_and_no_tag_of_its_own(text, title):
    article = Article.from_text(text, title=title, source=title)
    plain = Shown(article_html(article))
    assert set(plain.tags) <= {"article", "h2", "p", "span"}
    assert "".join(text.split()) in "".join(plain.text.split())
    marked = Shown(article_html(article, cited(article), text[:3]))
    assert set(marked.tags) <= {"article", "h2", "p", "mark", "sup", "strong"}


def test_a_cited_sentence_is_marked_and_its_exact_answer_stronger():
    article = Article.from_text("One. It was 19 of 190.\n\nTwo.", title="T")
    html = article_html(article, cited(article)[1:2], "19")
    assert html.count("<mark") == 1
    assert "It was <strong>19</strong> of 190.<sup" in html
    assert html.count("<p dir=") == 2


def test_an_anchor_names_the_article_and_the_place():
    article = Article.from_text("One. Two.", title="T", id="a/b c")
    first, second = cited(article)
    assert anchor(first) != anchor(second)
    assert key_of(anchor(second)) == key("a/b c")


def test_only_markers_of_citations_are_linked():
    (citation,) = cited(Article.from_text("One.", title="T"))
    text = linked("It is so. [1] \\[1] [2]", [citation])
    assert text.count(f"(#{anchor(citation)} ") == 1
    assert text.endswith("\\[1] [2]")


def test_history_is_what_was_typed_and_answered():
    answer = Answer("answer", "q*", "q*", "> One. [1]")
    talk = (Exchange("q*", answer), Exchange("", notice="The question is empty; type one."))
    assert messages(talk)[0]["content"] == "q\\*"
    assert [(t["role"], t["content"]) for t in history(talk)] == [
        ("user", "q*"),
        ("assistant", "> One. [1]"),
    ]


def test_suggestions_come_from_the_article(article):
    assert frequent_names(article)[:4] == ["Syria", "HTS", "Aleppo", "Idlib"]
    assert "families" in counted_things(article)
    questions = list(candidates(article))
    assert questions[0] == "What is this article about?"
    assert "What does the article say about Aleppo?" in questions
    assert "How many families does the article mention?" in questions
