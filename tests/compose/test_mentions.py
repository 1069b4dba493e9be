"""Which articles mention something, and how often."""

from qa.article import Article
from qa.compose.base import Parts
from qa.compose.mentions import compose
from qa.question.over_all import mention
from tests.compose.test_composers import read

HARBOUR = Article.from_text(
    "Ada Kay opened the harbour. It cost 3 million. “It is late,” Kay said.",
    title="Harbour opens",
    publisher="The Post",
    published="2024-02-03",
)
FERRY = Article.from_text("The ferry stops. Ada Kay is away.", title="No ferry", source="x.example")
RAIN = Article.from_text("It rained.", title="Rain")


def answered(question, *articles):
    return compose(read("mentions", articles=articles, said=question), Parts(embedder=None))


def test_each_article_is_told_with_its_count_and_first_sentence():
    answer = answered("Which articles mention Kay?", RAIN, FERRY, HARBOUR)
    assert [s.text for s in answer.statements] == [
        "2 of 3 articles mention “Kay”, 3 times in all.",
        "Harbour opens (The Post, 3 February 2024): 2 times.",
        "Ada Kay opened the harbour.",
        "No ferry (x.example): once.",
        "Ada Kay is away.",
    ]
    assert [c.number for c in answer.citations] == [1, 2]


def test_what_no_article_mentions_is_said_without_a_citation():
    answer = answered("How many articles mention Oslo?", RAIN, FERRY)
    assert answer.text == "None of the 2 articles mentions “Oslo”." and not answer.citations


def test_what_is_looked_for():
    for question, found in {
        "Which articles mention Dana Whitlock?": ("which", "Dana Whitlock"),
        "How many of them are about the bridge?": ("how many", "bridge"),
        "How often is the mayor mentioned?": ("how often", "mayor"),
        "Do any of the articles mention the ferry?": ("which", "ferry"),
        "In which articles does Ada Kay appear?": ("which", "Ada Kay"),
        "Is Oslo mentioned in any article?": ("which", "Oslo"),
        "Find all articles about the storm": ("which", "storm"),
        "How often does the bus run?": None,
        "Which article won the prize?": None,
    }.items():
        assert mention(question) == found, question
