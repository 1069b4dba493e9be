import pytest

from qa.checking.meaning import bound_turned, opposite_told, planned_told_as_done


@pytest.mark.parametrize(
    ("check", "told", "claim"),
    [
        (planned_told_as_done, "The council would elect a mayor.", "The council elected a mayor."),
        (planned_told_as_done, "They plan to build a dam.", "They have built a dam."),
        (bound_turned, "At least 17 people died.", "At most seventeen people died."),
        (bound_turned, "More than 130 shocks were felt.", "Fewer than 130 shocks were felt."),
        (opposite_told, "It was counted before the vote.", "It was counted after the vote."),
        (opposite_told, "Prices fell in May.", "Prices rose in May."),
    ],
)
def test_a_change_of_meaning_is_seen(check, told, claim):
    assert check(claim, [told])


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        ("The council would elect a mayor.", "The council is to elect a mayor."),
        ("They plan to build a dam.", "They have not built a dam yet."),
        ("They built a dam and plan to build another.", "They built a dam."),
        ("At least 17 people died.", "More than 17 people died."),
        ("At least 17 died, up to 40 were hurt.", "At least 17 died."),
        ("It was counted before the vote.", "It was counted ahead of the vote."),
        ("Prices rose before they fell.", "Prices fell."),
        ("A new keel had to be fetched.", "A new keel was fetched."),
    ],
)
def test_what_may_mean_the_same_is_left_alone(told, claim):
    for check in (bound_turned, opposite_told, planned_told_as_done):
        assert not check(claim, [told]), check.__name__
