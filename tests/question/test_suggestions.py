import time

from qa import Assistant, Settings
from qa.article import Article
from qa.question.suggestions import (
    Suggestions,
    candidates,
    counted_things,
    frequent_names,
)
from qa.sources.markup import read_markdown


def test_suggestions_come_from_the_article(article):
    assert frequent_names(article)[:4] == ["Syria", "HTS", "Aleppo", "Idlib"]
    assert "families" in counted_things(article)
    questions = list(candidates(article))
    assert questions[0] == "What is this article about?"
    assert "What does the article say about Aleppo?" in questions
    assert "How many families does the article mention?" in questions


def test_names_that_derive_from_others_and_ones_that_only_begin_like_them_are_told():
    text = "We saw Syria and Syrian men. We saw Syria and Syria-X, Syrian men and Syria-X."
    assert frequent_names(Article.from_text(text, title="T")) == ["Syria", "Syria-X"]


def test_what_was_asked_does_not_come_again_and_what_was_quoted_leads_on(article):
    suggestions = Suggestions(lambda question, _: "Aleppo" not in question)
    first = suggestions.of(article)
    assert first[0] == "What is this article about?"
    quoted = "HTS holds the town, though nearly 7,000 families fled."
    led = suggestions.of(article, first[:1], quoted=quoted)
    assert led[0] == "What does the article say about HTS?"
    assert first[0] not in led
    every = suggestions.of(article, limit=99, quoted=quoted)
    assert every[-1] == "How many families does the article mention?"  # which was answered
    assert suggestions.of(article, [question.lower() for question in every]) == ()


def test_the_head_of_a_column_is_no_name_to_ask_about():
    parsed = read_markdown(
        "| Party | Seats |\n|-|-|\n| Hill | 5 |\n| Bay | 7 |\n\nWe like Hill, the Bay."
    )
    article = Article.from_text(parsed.text, title="T", styles=parsed.styles)
    assert not {"Party", "Seats"} & set(frequent_names(article))


def test_suggestions_are_soon_found_in_any_text():
    for text in (
        "1," * 100_000,
        "1." * 100_000,
        " ".join(f"we saw N{chr(97 + n % 26)}{n:x}g." for n in range(10_000)) * 2,
    ):
        article = Article.from_text(text, title="T")
        assert article.sentences
        started = time.monotonic()
        counted_things(article)
        frequent_names(article)
        assert time.monotonic() - started < 5, text[:40]


def test_no_language_model_is_asked_for_a_suggestion(embedder, chat_server):
    settings = Settings(chroma=":memory:", model="openai:scripted", model_url=chat_server.url)
    assistant = Assistant(settings, embedder=embedder)
    assert assistant.suggest(assistant.list()[0])
    assert chat_server.calls == []
