"""Who speaks in several articles."""

from qa.article import Article
from qa.compose.voices import voices_of
from qa.question.kind import intent

FIRST = Article.from_text(
    "Owner Marcus Penhale said the works would close. The fire was seen at sea. He added that "
    "nobody would lose pay. “It burnt all night,” said Ada Kay of the coastguard.",
    title="Fire",
    publisher="The Packet",
)
SECOND = Article.from_text(
    "Mr Penhale told workers that he was broke. The union denied that the men were to blame.",
    title="After the fire",
    publisher="The Star",
)


def test_one_name_is_one_voice_in_all_articles():
    voices = {v.name: v.said for v in voices_of([FIRST, SECOND])}
    assert set(voices) == {"Marcus Penhale", "Ada Kay", "The union"}
    said = [(a.publisher, a.text[s.start : s.end].split()[0]) for a, s in voices["Marcus Penhale"]]
    assert said == [("The Packet", "Owner"), ("The Packet", "He"), ("The Star", "Mr")]


def test_where_nobody_speaks_there_is_no_voice():
    assert voices_of([Article.from_text("It rained. He left.", title="T")]) == []


def test_who_speaks_is_asked_in_several_ways():
    for question in (
        "Who speaks in these articles?",
        "Who is quoted?",
        "Can you tell me who is quoted in the articles?",
        "List the people quoted in the articles",
        "Who do they quote?",
    ):
        assert intent(question) == "voices", question
    for question in ("Who speaks for the union?", "Who said that?", "Who is quoted on the fire?"):
        assert intent(question) != "voices", question
