"""Whose statements belong to an answer about what somebody said."""

import pytest

from qa.article import Article
from qa.compose.said import told_apart
from qa.reading.reader import Evidence

TEXT = (
    "The harbour board has described the storm as a small one. In the town, Mayor Ada Brandt said "
    "that it was a disaster. Despite the damage, the harbour board maintains that ships are safe. "
    "The ferry company warned that it would sue."
)


@pytest.fixture(scope="module")
def evidence():
    article = Article.from_text(TEXT, title="Harbour")
    scores = (0.9, 0.2, 0.5, 0.3)
    return [Evidence(article, s, p) for s, p in zip(article.sentences, scores, strict=True)]


def test_others_are_known_though_the_parse_hears_no_statement_of_the_one_who_is_asked_about(
    evidence,
):
    _, others = told_apart("What did the harbour board say?", evidence[0], evidence)
    assert others == [evidence[1], evidence[3]]


def test_nobody_is_left_out_where_many_are_asked_about(evidence):
    assert told_apart("What did people say?", evidence[0], evidence)[1] == []
