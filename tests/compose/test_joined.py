"""Several answers as one."""

from qa.answer import Answer
from qa.article import Article
from qa.compose.joined import joined
from qa.statement import Citation, Statement

ARTICLE = Article.from_text("Ada Kay is mayor. She wants a bridge. It is dear.", title="Bridge")
KAY, WANTS, DEAR = (Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1))


def answer(question, *cited, line=""):
    quotes = [Statement(c.quote, (c,), "evidence") for c in cited]
    opening = [Statement(line, cited[:1], "direct")] if line else []
    return Answer("answer", question, question, (*opening, *quotes))


def test_a_sentence_is_quoted_once_and_numbered_through():
    both = joined("?", [answer("Who is Kay?", KAY, WANTS), answer("What?", WANTS, DEAR)])
    assert [(s.text, s.citations[0].number) for s in both.statements] == [
        (KAY.quote, 1),
        (WANTS.quote, 2),
        (DEAR.quote, 3),
    ]


def test_an_answer_keeps_its_quote_where_it_has_no_other():
    both = joined("?", [answer("Who is Kay?", KAY), answer("Is she mayor?", KAY)])
    assert [s.text for s in both.statements] == [KAY.quote, KAY.quote]
    both = joined("?", [answer("Who is Kay?", KAY), answer("Is she mayor?", KAY, line="Yes.")])
    assert [s.text for s in both.statements] == [KAY.quote, "Yes."]
