from training.calibrate import shares_word


def test_a_mark_is_right_where_it_shares_a_word_with_an_answer():
    for marked, answers, right in (
        ("412", ["at least 412 people"], True),
        ("The army", ["army"], True),
        ("the U.N.", ["the army"], False),  # articles are no words
        ("on Monday.", ["Tuesday", "Monday"], True),
        ("Monday", [], False),
    ):
        assert shares_word(marked, answers) is right
