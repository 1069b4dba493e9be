import json

from qa.answer import Answer
from qa.article import Article
from qa.statement import Citation, Exact, Statement

ARTICLE = Article.from_text("It *is* so. It was.", title="A [title]", source="www.x.test")
CITED = [Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1)]


def answer(**fields) -> Answer:
    first = Statement("It *is* so.", (CITED[0],), "evidence", ((3, 7),))
    return Answer("answer", "q", "q", (first,), **fields)


def test_the_text_is_what_the_statements_say():
    assert answer().text == "> It **\\*is\\*** so. [1]"
    assert answer().plain_text == "It *is* so."


def test_the_citations_are_those_of_the_statements_each_once():
    written = Answer(
        "answer",
        "q",
        "q",
        (
            Statement("So it is and was.", (CITED[0], CITED[1]), "direct"),
            Statement("It was.", (CITED[1],), "direct"),
        ),
    )
    assert written.citations == tuple(CITED)
    assert written.text == "So it is and was. [1][2] It was. [2]"


def test_exact_are_the_words_of_the_short_answer():
    assert answer().exact is None
    assert answer(direct=Exact("*is*", ARTICLE.id, 3, 7, 0.95)).exact == "*is*"


def test_markdown_has_footnotes():
    assert answer().to_markdown() == (
        "> It **\\*is\\*** so. [^1]\n\n[^1]: A \\[title\\], www\\.x.test"
    )


def test_json_has_every_field_and_what_the_statements_give():
    fields = json.loads(answer(timings={"read": 0.1}).to_json())
    assert set(fields) == {*Answer.__dataclass_fields__, "text", "exact", "citations"}
    assert fields["text"] == "> It **\\*is\\*** so. [1]"
    assert fields["citations"][0]["quote"] == "It *is* so."
    assert fields["statements"] == [
        {
            "text": "It *is* so.",
            "citations": fields["citations"],
            "role": "evidence",
            "bold": [[3, 7]],
            "point": 0,
        }
    ]


def test_timings_are_left_out_of_comparison():
    assert answer(timings={"read": 0.1}) == answer(timings={"read": 0.2})
