import pytest

from qa import Article
from qa.article import count_tokens
from qa.question.follow_up import Earlier
from qa.reading.reader import Evidence
from qa.writing.prompt import MAX_HISTORY, SENTENCES, messages, numbered, recent

TEXT = " ".join(f"Sentence number {n} tells of the harbour and its {n} boats." for n in range(60))
ARTICLE = Article.from_text(TEXT, title="Harbour", source="The Elin Post", published="2024-11-30")


def evidence(*numbers: int, article: Article = ARTICLE) -> list[Evidence]:
    return [Evidence(article, article.sentences[n], 1 - i / 100) for i, n in enumerate(numbers)]


def places(shown, article=ARTICLE) -> list[int]:
    return [article.sentences.index(n.sentence) for n in shown]


def test_an_article_that_fits_is_shown_whole_whatever_the_reader_found():
    shown = numbered(evidence(30), [ARTICLE])
    assert [n.number for n in shown] == list(range(1, 61)) and places(shown) == list(range(60))


def test_several_articles_that_fit_are_shown_whole():
    other = Article.from_text("The quay is closed. Nobody knows why.", title="Quay")
    assert [n.article.title for n in numbered(evidence(3), [ARTICLE, other])][59:] == [
        "Harbour",
        "Quay",
        "Quay",
    ]


def test_of_an_article_that_does_not_fit_the_evidence_is_shown_with_its_neighbours_in_order():
    shown = numbered(evidence(30, 10, 11), [ARTICLE], context=500)
    assert [n.number for n in shown] == list(range(1, len(shown) + 1))
    assert places(shown) == [8, 9, 10, 11, 12, 13, 28, 29, 30, 31, 32]


def test_a_correction_note_is_shown_only_where_the_reader_read_it():
    text = "The quay opened on Monday.\n\nCorrection: An earlier version said Tuesday."
    article = Article.from_text(text, title="Quay")
    assert article.corrections
    told = article.without_corrections
    assert len(numbered(evidence(0, article=told), [article])) == 1
    assert len(numbered(evidence(0, article=article), [article])) == len(article.sentences)


def test_only_the_best_evidence_is_shown():
    long = Article.from_text(TEXT * 9, title="Long")
    shown = numbered(evidence(*range(2, 500, 5), article=long), [long], context=4000)
    assert len(shown) == 5 * SENTENCES


def test_beyond_the_budget_the_weakest_evidence_is_left_out_and_no_sentence_is_cut():
    long = Article.from_text(
        "\n\n".join(f"Number {n}: " + "word " * 300 + "end." for n in range(12)), title="Long"
    )
    shown = numbered(evidence(5, 1, article=long), [long], context=1700)
    assert places(shown, long) == [3, 4, 5, 6, 7]
    assert sum(count_tokens(n.text) for n in shown) <= 1700
    assert all(n.text.endswith("end.") for n in shown)


def test_the_best_sentence_is_shown_however_long_it_is():
    long = Article.from_text("Before.\n\n" + "字" * 1900 + "\n\nAfter.", title="Long")
    (only,) = numbered(evidence(1, article=long), [long], 1500)
    assert only.text == "字" * 1900 and count_tokens(only.text) > 1500


def test_title_source_and_date_stand_above_the_sentences():
    *_, asked = messages("How many?", (), numbered(evidence(0)))
    lines = asked.content.splitlines()
    assert lines[:2] == ["<sentences>", "Article: Harbour, The Elin Post, 2024-11-30"]
    assert lines[2].startswith("[1] Sentence number 0") and lines[-1] == "Question: How many?"


@pytest.mark.parametrize("count", [0, 1, 500])
def test_the_history_is_cut_by_tokens_oldest_first_and_alternates(count):
    earlier = [Earlier(f"Question {n}?", f"Answer {n}.") for n in range(count)]
    _, *talk, _ = messages("And?", [*earlier, Earlier("Unanswered?")], numbered(evidence(0)))
    assert [m.type for m in talk] == ["human", "ai"] * (len(talk) // 2)
    assert sum(count_tokens(m.content) for m in talk) <= MAX_HISTORY
    if count:
        assert talk[-1].content == f"Answer {count - 1}."


def test_an_exchange_too_long_for_the_budget_is_left_out():
    assert recent([Earlier("Short?", "Yes."), Earlier("Long?", "word " * 999)], 100) == []
