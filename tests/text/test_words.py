import pytest

from qa.text.words import is_number, names, numbers, stems, words


def test_words_are_plain():
    assert words("Assad’s 7,000 Émigrés rose 3.5%") == ["assad", "7000", "emigres", "rose", "3.5"]


def test_stems_leave_stopwords_out():
    assert stems("The soldiers were killed in the killing") == ["soldier", "kill", "kill"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where is the M5 in Syria?", {"m5", "syria"}),
        ("Rebels fled. They left Idlib.", {"idlib"}),
        ("who is geir pedersen", set()),
        ("“It rained,” said Dr. Smith", {"dr", "smith"}),
    ],
)
def test_names_are_capitalised_within_a_sentence(text, found):
    assert names(text) == found


def test_numbers_in_digits_and_letters():
    assert numbers("Over 7,000 in four days of the 46th") == {"7000", "four", "46th"}
    assert is_number("nineteen") and not is_number("often")
