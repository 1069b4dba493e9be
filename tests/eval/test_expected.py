import pytest

from eval.expected import expected, find_number_or_date


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many died?", "number"),
        ("Since when?", "date"),
        ("In which year did it start?", "date"),
        ("Who is it?", "name"),
        ("Why?", None),
    ],
)
def test_what_a_question_asks_for(question, kind):
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("How many civilians died?", "Of 300 dead, at least 19 civilians.", "at least 19"),
        ("How many died?", "Nearly 7,000 families fled.", "Nearly 7,000"),
        ("How many died?", "Of 300 people, 19 fell.", None),  # which of the two is in doubt
        ("How many of the 300 died?", "Of the 300 people, 19 fell.", "19"),
        ("When did it begin?", "It began on March 3, 2024, with shelling.", "March 3, 2024"),
        ("When did it begin?", "It began at the 46th base.", None),
        ("Who died?", "It began in 2011.", None),
    ],
)
def test_the_exact_answer_is_marked_only_without_doubt(question, sentence, found):
    place = find_number_or_date(question, sentence)
    assert (sentence[slice(*place)] if place else None) == found
