import pytest

from qa.question.digest import LENGTH, LONG, MOST, SHORT, Digest, digest
from qa.question.kind import intent


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Summarize this article", Digest("summary", LENGTH)),
        ("Three bullets, please", Digest("summary", 3, as_points=True)),
        ("Summarise it in one sentence", Digest("summary", 1)),
        ("In one sentence, please", Digest("summary", 1)),
        ("as 3 bullets", Digest("summary", 3, as_points=True)),
        ("Give me a shorter summary", Digest("summary", SHORT)),
        ("a detailed summary of the article", Digest("summary", LONG)),
        ("the 5 key points", Digest("summary", 5, as_points=True)),
        ("Can you give me the key facts?", Digest("key_facts", MOST)),
        ("main numbers", Digest("key_facts", MOST)),
        ("timeline", Digest("timeline", MOST)),
        ("What happened when?", Digest("timeline", MOST)),
        ("Show me the people and places", Digest("people", MOST)),
        ("Who is mentioned in the article?", Digest("people", MOST)),
    ],
)
def test_a_digest_and_its_length(said, wanted):
    assert digest(said) == wanted
    assert intent(said) == "summary"


@pytest.mark.parametrize(
    "question",
    [
        "When did the summary trial end?",
        "Who are the people of Tarn?",
        "What facts did the court hear?",
        "What happened in Holm?",
        "How many people died?",
        "What does the timeline of the repair look like?",
    ],
)
def test_a_question_is_no_digest(question):
    assert digest(question) is None
