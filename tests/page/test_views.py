import re

import hypothesis.strategies as st
from hypothesis import given

from qa.answer import Answer, Dropped, Found, Scored, Trace
from qa.article import Article, Style
from qa.kept.conversation import Exchange, history
from qa.markdown import escape_markdown
from qa.page.article_view import (
    NOT_ENGLISH,
    anchor,
    article_html,
    article_key,
    key_from_anchor,
    viewer_html,
)
from qa.page.chat_view import ChatView
from qa.page.library_view import hints_html
from qa.page.markup import answer_html, statements_html
from qa.page.trace_view import confidence, steps_html
from qa.server.visitor_articles import Selection
from qa.settings import Settings
from qa.sources.markup import read_markdown
from qa.sources.styles import Styled, laid_out
from qa.statement import Citation, Statement
from tests.page.html_text import Shown, squeezed

KINDS = ["", "h2", "h4", "ul", "ol 3", "quote", "caption", "row"]
OURS = (  # the tags of an article
    "article h2 h3 h5 p span ul ol li blockquote div table thead tbody tr th td b em"
)
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # no Markdown has NUL
texts = st.text(letters, min_size=1).filter(str.strip)
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://e.example/x.png) [y](javascript:z) ${1} {{2}}"


def cited(article: Article) -> tuple[Citation, ...]:
    return tuple(Citation.of(article, s, n) for n, s in enumerate(article.sentences, 1))


def said(text: str, citations: tuple[Citation, ...]) -> tuple[Statement, ...]:
    return (Statement(text, citations, "evidence"),)


@given(texts, texts)
def test_the_pane_holds_the_article_as_text_and_no_tag_of_its_own(text, title):
    article = Article.from_text(text, title=title, source=title)
    plain = Shown(article_html(article))
    assert set(plain.tags) <= {"article", "h2", "p", "span"}
    assert squeezed(text) in squeezed(plain.text)
    marked = Shown(article_html(article, cited(article), text[:3]))
    assert set(marked.tags) <= {"article", "h2", "p", "mark", "a", "strong"}


def test_a_cited_sentence_is_marked_and_its_exact_answer_stronger():
    article = Article.from_text("One. It was 19 of 190.\n\nTwo.", title="T")
    html = article_html(article, cited(article)[1:2], "19")
    assert html.count("<mark") == 1
    assert "It was <strong>19</strong> of 190.<a " in html
    assert html.count("<p dir=") == 2


def test_an_anchor_names_the_article_and_the_place():
    article = Article.from_text("One. Two.", title="T", id="a/b c")
    first, second = cited(article)
    assert anchor(first) != anchor(second)
    assert key_from_anchor(anchor(second)) == article_key("a/b c")


def test_the_pane_has_a_tab_for_each_article_cited_when_there_are_several():
    one, two = (Article.from_text(f"{n}.", title=n) for n in ("One", "Two"))
    assert "qa-cited" not in viewer_html(one, cited(one))
    html = viewer_html(two, (*cited(one), *cited(two)))
    assert html.count('aria-current="true"') == 1
    assert html.count('aria-current="false"') == 1


def test_a_page_begins_where_the_pdf_has_it():
    text = "One.\n\nTwo."
    article = Article("a", "T", text, pages=(0, text.index("Two")))
    assert '<span class="qa-page">page 2</span> <span id="' in article_html(article)


def test_headings_lists_tables_and_stressed_words_are_shown_as_their_source_sets_them():
    parsed = read_markdown(
        "## One part\n\nIt was *very* **good**. So it is.\n\n- a fish\n- a &ast;&ast;b\n\n"
        "3. third\n4. fourth\n\n> Said &lt;so>.\n\n"
        "| Party | Seats |\n| - | - |\n| Hill | 5 |\n| Bay | 7 |"
    )
    article = Article.from_text(parsed.text, title="T", styles=parsed.styles)
    sentences = {article.text[s.start : s.end]: s for s in article.sentences}
    row, good = sentences["Party: Bay | Seats: 7"], sentences["It was very good."]
    cited = Citation.of(article, row, 1), Citation.of(article, good, 2)
    html = re.sub(
        r' (dir="auto"|tabindex="-1"|id="s-[^"]*")', "", article_html(article, cited, "7")
    )
    assert "<h3><span>One part</span></h3>" in html
    assert '<p><mark class="qa-mark">It was <em>very</em> <b>good</b>.<a ' in html
    assert "<ul><li><span>a fish</span></li><li><span>a **b</span></li></ul>" in html
    assert '<ol><li value="3"><span>third</span></li><li value="4"><span>fourth</span></li>' in html
    assert "<blockquote><p><span>Said &lt;so&gt;.</span></p></blockquote>" in html
    assert '<th scope="col">Party</th><th scope="col">Seats</th>' in html
    assert "<tr><td>Hill</td><td>5</td></tr>" in html
    assert '<tr class="qa-mark"><td>Bay</td><td><strong>7</strong><a class="qa-back"' in html


@given(st.lists(st.tuples(texts, st.sampled_from(KINDS)), min_size=1, max_size=6))
def test_whatever_an_articles_styles_say_all_its_text_is_shown_and_no_more(blocks):
    text, styles = laid_out(Styled(words, kind) for words, kind in blocks)
    inner = (Style(n, n + 3, kind) for n, kind in enumerate(("b", "i", "cell", "head", "b")))
    article = Article.from_text(text, title="T", styles=(*styles, *inner))
    html = article_html(article)
    assert all(f'id="{anchor(c)}"' in html for c in cited(article))
    shown = Shown(html)
    assert set(shown.tags) <= set(OURS.split())
    if all(kind != "row" for _, kind in blocks):
        assert squeezed(text) in squeezed(shown.text)


def test_an_article_that_is_not_english_says_so():
    french = "Le port a été fermé vendredi après une tempête qui a coulé trois bateaux de pêche."
    assert NOT_ENGLISH in article_html(Article.from_text(french, title="T"))
    english = "The port was closed on Friday after a storm that sank three of the fishing boats."
    assert NOT_ENGLISH not in article_html(Article.from_text(english, title="T"))
    assert NOT_ENGLISH in article_html(Article.from_text("الميناء مغلق", title="T"))


@given(texts, texts)
def test_an_escaped_text_is_shown_by_an_answer_to_the_letter(text, quote):
    article = Article.from_text(quote, title=quote, source=quote)
    html = answer_html(f"> {escape_markdown(text)} [1]", cited(article)[:1])
    shown = Shown(html)
    assert set(shown.tags) <= {"blockquote", "p", "a"}
    assert set(shown.attributes) <= {"class", "href", "data-quote", "data-origin", "aria-label"}
    assert squeezed(shown.text) == squeezed(text) + "[1]"


def test_only_markers_of_citations_are_linked():
    (citation,) = cited(Article.from_text("One.", title="T"))
    html = answer_html("It is so. [1] \\[1] [2]", [citation])
    assert html.count(f'href="#{anchor(citation)}"') == 1
    assert "[1]\u00a0[2]</p>" in html


def test_what_articles_say_on_one_point_stands_in_columns():
    article = Article.from_text("Nine died. Twelve died. It rained.", title="T")
    nine, twelve, rain = cited(article)
    html = statements_html(
        (
            Statement("They differ:"),
            Statement("The Post", role="source", point=1),
            Statement(nine.quote, (nine,), "differs", ((0, 4),), 1),
            Statement("The <b>Star</b>", role="source", point=1),
            Statement(twelve.quote, (twelve,), "differs", point=1),
            Statement(rain.quote, (rain,), "only"),
        ),
        (nine, twelve, rain),
    )
    before, columns = html.split('<div class="qa-sides">')
    assert "They differ:" in before
    first, second, after = columns.split("</div>", 2)
    assert "The Post" in first and "<strong>Nine</strong>" in first
    assert "&lt;b&gt;Star" in second and "Twelve died." in second
    assert "It rained." in after and after.startswith("</div>")


@given(texts)
def test_nothing_typed_or_read_is_markup_in_the_conversation(text):
    article = Article.from_text(text, title=text)
    trace = Trace(
        (Found(article.id, 0, len(text), 1, None),),
        (Scored(article.id, 0, len(text), 0.5),),
        (Dropped(text, text),),
    )
    answer = Answer(
        "refusal", text, text + "?", (Statement(text),), closest=cited(article), trace=trace
    )
    conversation = (
        Exchange(text, answer),
        Exchange(text, draft=(Statement(text),), pending=True),
        Exchange("", None),
    )
    shown = Shown(ChatView({article.id: article}, rates=True).html(conversation))
    ours = (
        "div button span textarea section h2 details summary label p ul li a strong em blockquote"
        " ol h3 table thead tr th tbody td del br"
    )
    assert set(shown.tags) <= set(ours.split())
    assert not {"src", "onerror", "onclick"} & set(shown.attributes)


def test_hostile_markup_is_text_wherever_it_comes_from():
    article = Article.from_text(HOSTILE, title=HOSTILE, source=HOSTILE)
    answer = Answer("answer", HOSTILE, HOSTILE, said(HOSTILE, cited(article)[:1]))
    for html in (
        ChatView({article.id: article}).html((Exchange(HOSTILE, answer),)),
        viewer_html(article, answer.citations, HOSTILE),
    ):
        shown = Shown(html)
        assert "img" not in shown.tags
        assert "<img src=x onerror=alert(1)>" in shown.text


def test_a_dropped_sentence_is_struck_through_with_its_reason():
    trace = Trace(
        dropped=(Dropped("It was 20.", "not in the quote", "judge"),), judged="a:b objects."
    )
    answer = Answer("answer", "q", "q", trace=trace, model="a:b")
    html = steps_html(answer, {})
    assert "<del>It was 20.</del> <span>not in the quote (judge)</span>" in html
    assert "<p>a:b objects.</p>" in html


def test_steps_tell_ranks_scores_and_times():
    article = Article.from_text("It was 19. Then it rained.", title="T")
    trace = Trace((Found(article.id, 0, 10, 2, None),), (Scored(article.id, 0, 10, 0.876),))
    answer = Answer("answer", "q", "q, in full", trace=trace, timings={"read": 0.123})
    text = Shown(steps_html(answer, {article.id: article})).text
    assert "q, in full" in text
    assert "2–It was 19." in text
    assert "88 %It was 19." in text
    assert "reading 0.12 s" in text
    assert "It was 19." not in Shown(steps_html(answer, {})).text  # the article is gone


def test_confidence_is_said_in_words_where_something_was_weighed():
    weighed = Trace(evidence=(Scored("a", 0, 1, 0.5),))
    said = [
        confidence(Answer("answer", "q", "q", confidence=c, trace=weighed)) for c in (1, 0.7, 0.4)
    ]
    assert len(set(said)) == 3
    assert not any(c.isdigit() for c in "".join(said))
    assert confidence(Answer("about", "q", "q")) == ""


def test_history_is_what_was_typed_and_answered():
    citations = cited(Article.from_text("One.", title="T"))
    answer = Answer("answer", "q*", "q*", said("One.", citations))
    conversation = (Exchange("q*", answer), Exchange("", notice="The question is empty; type one."))
    assert [(t["role"], t["content"]) for t in history(conversation)] == [
        ("user", "q*"),
        ("assistant", "> One. [1]"),
    ]


def test_the_page_says_whether_a_question_leaves_the_machine():
    for model, url, sentence in [
        ("openai:gpt-5-mini", "", "leave this machine"),
        ("mistral", "https://models.example/v1", "leave this machine"),
        ("ollama:llama3.2", "http://gpu.example:11434", "leave this machine"),
        ("ollama:llama3.2", "", "on this machine; nothing leaves it"),
        ("mistral", "http://127.0.0.1:8000/v1", "on this machine; nothing leaves it"),
    ]:
        settings = Settings(model=model, model_url=url)
        assert sentence in hints_html({}, Selection(), (), settings, model), (model, url)
    injected = hints_html({}, Selection(), (), Settings(model=""), "a model of Python code")
    assert "by a model of Python code: your questions" in injected
    assert "machine" not in hints_html({}, Selection(), (), Settings(model=""), None)
