"""Whether two sentences of different articles say the same, differ, or speak of two things."""

import pytest

from qa.checking.agreement import agreement, answers_agree


def never(claim, sentence):
    return False


def told(one, other, alike=0.5, follows=never):
    found = agreement(one, other, alike, follows)
    return found and found.relation


def test_numbers_of_one_thing_differ_and_are_marked():
    one, other = "The blast hurt at least five miners.", "Seven miners were hurt in the blast."
    found = agreement(one, other, 0.7, never)
    assert found.relation == "differs" and found.fits
    assert [one[a:b] for a, b in found.first] == ["at least five"]
    assert [other[a:b] for a, b in found.second] == ["Seven"]


def test_a_sentence_that_changes_differs_in_the_words_that_changed():
    one = "The bridge will open in the spring of 2026, the council said."
    other = "The bridge will open in the autumn of 2027, the council said."
    found = agreement(one, other, 0.9, never)
    assert [one[a:b] for a, b in found.first] == ["spring", "2026"]
    assert [other[a:b] for a, b in found.second] == ["autumn", "2027"]
    assert found.relation == "differs" and not found.fits


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("Nine boats sank in the storm.", "The storm felled two oaks.", 0.45),  # other things
        ("The hall cost 740 crowns to heat.", "She won 400 million crowns.", 0.5),  # far apart
        ("The council met.", "A goat was elected mayor for a day.", 0.2),
        ("The school is closed.", "The school is closed until Monday.", 0.9),  # only adds
    ],
)
def test_two_things_are_no_difference(one, other, alike):
    assert told(one, other, alike) is None


def test_what_follows_is_the_same_unless_a_number_differs():
    one, other = "The mayor stepped down.", "The mayor resigned on Monday over the trips."
    assert told(one, other, 0.6, lambda *_: True) == "same"
    assert told("Six oaks fell.", "Nine oaks fell.", 0.9, lambda *_: True) == "differs"
    assert told("Nine oaks fell.", "nine oaks fell!") == "same"


def test_a_denial_of_the_same_differs():
    one = "The dam's keepers opened the gates before the flood without a warning."
    other = "The keepers never opened the gates before the flood, the firm said."
    assert told(one, other, 0.8) == "differs"
    assert told(one, other, 0.3) is None


def exact(text, words):
    return text.index(words), text.index(words) + len(words)


def test_short_answers_to_one_question_differ_in_their_number_or_their_words():
    a, b = "An overheated saw was the likely cause.", "Inspectors look at an electrical cabinet."
    spans = exact(a, "An overheated saw"), exact(b, "an electrical cabinet")
    assert answers_agree(a, b, spans, never).relation == "differs"
    a, b = "Nine pieces are gone.", "It lost eleven gold pieces, of nine hundred."
    found = answers_agree(a, b, (exact(a, "Nine"), exact(b, "eleven")), never)
    assert found.relation == "differs" and a[slice(*found.first[0])] == "Nine"
    assert answers_agree(a, b, (exact(a, "Nine"), exact(b, "nine")), never) is None
    assert answers_agree("A boy saw it.", "It was loud.", None, never) is None
    yes = "The chairman of the council left his post on Friday."
    no = "The council’s chairman refused to go."
    assert answers_agree(yes, no, None, never, is_yes_no=True).relation == "differs"
    assert answers_agree(yes, no, None, never) is None
    assert answers_agree(yes, "Nobody came.", None, never, is_yes_no=True) is None
