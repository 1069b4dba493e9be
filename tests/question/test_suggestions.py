import time

from qa import Assistant, Settings
from qa.article import Article
from qa.question.suggestions import candidates, counted_things, frequent_names


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
