"""What a question wants listed by name."""

from qa.question.listing import listed, names_whole


def test_the_kinds_of_things_that_a_question_names():
    for question, kinds in {
        "Which countries are involved?": ("countries",),
        "Which cities did it hit?": ("places",),
        "Who spoke?": ("people",),
        "Which companies did he name?": ("organisations",),
        "What are the demands?": (),
    }.items():
        assert listed(question) == kinds


def test_all_that_is_named_is_asked_for_only_where_nothing_narrows_it():
    for question in (
        "Which countries are involved?",
        "who is involved",
        "What companies are mentioned in the article?",
        "Which groups play a part?",
        "people involved",
    ):
        assert names_whole(question), question
    for question in (
        "Which countries are involved in the deal?",
        "Who was named mayor?",
        "Who is concerned about it?",
        "Who was killed?",
        "Which countries?",
    ):
        assert not names_whole(question), question
