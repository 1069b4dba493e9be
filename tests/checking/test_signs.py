import pytest

from qa.checking.signs import SIGNS, signs


@pytest.mark.parametrize(
    ("sign", "told", "true", "false"),
    [
        ("number", "The bridge was hit twice.", "It was hit two times.", "It was hit three times."),
        ("name", "Ada Brandt opened the port.", "Brandt opened it.", "Maas opened it."),
        ("counted", "Some 19 civilians died.", "19 civilians died.", "19 soldiers died."),
        ("opposite", "The price was higher.", "It was higher.", "It was lower."),
        ("way", "Sales slumped in May.", "Sales fell in May.", "Sales climbed in May."),
        ("denial", "He denied the theft.", "He did not steal it.", "He stole it."),
        ("modal", "Rain may fall today.", "Rain might fall today.", "Rain falls today."),
        ("all", "Two of the boys lived.", "Two boys lived.", "All boys lived."),
        ("part", "Most shops closed.", "Several shops closed.", "The shops closed."),
        ("cause", "It was shut; it rained.", "It was shut.", "It was shut because of rain."),
        ("speaker", "Maas said it burnt.", "Maas said it burnt.", "Brandt said it burnt."),
        ("no speaker", "Maas said it burnt.", "It burnt, said Maas.", "It burnt."),
        ("subject", "The army shelled the town.", "The army shelled it.", "Rebels shelled it."),
        ("tied", "Ann owes 3 euros and Bob 5 pounds.", "Bob owes 5 pounds.", "Bob owes 5 euros."),
        ("order", "The mayor sued the paper.", "The mayor sued it.", "The paper sued the mayor."),
    ],
)
def test_each_sign_speaks_against_the_false_twin_alone(sign, told, true, false):
    assert SIGNS[sign].measure(true, [told]) < SIGNS[sign].measure(false, [told])


def test_a_sentence_to_the_letter_has_no_sign():
    told = "On Monday Maas denied that all 19 shops may lose more than a third."
    assert not any(signs(told, [told]).values())
