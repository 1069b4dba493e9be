import pytest

from qa.article import Article
from qa.question.kind import about, intent, small_talk


@pytest.mark.parametrize(
    "said", ["Hi", "Hello there!", "thanks", "Thank you so much.", "ok thanks", "bye", "help"]
)
def test_small_talk(said):
    assert intent(said) == "small_talk"


@pytest.mark.parametrize(
    "said",
    [
        "Summarize",
        "Summarise this article, please.",
        "Can you please summarize the article?",
        "What is this about?",
        "What’s the article about?",
        "What is this article about?",
        "Key points",
        "what are the main points of the article",
        "tl;dr",
        "Give me a short summary of it",
    ],
)
def test_a_wish_for_a_summary(said):
    assert intent(said) == "summary"


@pytest.mark.parametrize(
    "said",
    [
        "What is the title?",
        "What is the headline of this article?",
        "Who published this article?",
        "Where does this story come from?",
        "What is the source?",
        "When was it published?",
        "Who is the author?",
    ],
)
def test_a_question_about_the_article_itself(said):
    assert intent(said) == "about"


@pytest.mark.parametrize(
    "said",
    [
        "What is the title of Geir Pedersen?",
        "What is the offensive about to do?",
        "Thanks to whom did the ceasefire hold?",
        "Who helped the rebels?",
        "What are the key points of the ceasefire?",
        "When was the ceasefire published?",
        "What is the source of the tension?",
        "Hi, how many civilians died?",
        "Where does the general come from?",
    ],
)
def test_a_question_is_not_swallowed(said):
    assert intent(said) == "question"


def test_small_talk_says_what_can_be_asked():
    assert small_talk("Thanks!").startswith("You are welcome. Ask me what the article says")
    assert small_talk("Hello").startswith("Hello. Ask me")
    assert small_talk("bye").startswith("Goodbye.")


def test_about_tells_the_front_matter_and_makes_nothing_up():
    article = Article.from_text("A.", title="A *star*", source="www.x.test")
    assert about([article]) == (
        "This stands beside the article, not in its text:\n\n"
        "**A \\*star\\***  \nSource: www\\.x.test. Published: not given."
    )
    assert about([]) == "There is no article yet; add one."
