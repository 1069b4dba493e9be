import pytest

from qa.text.language import foreign_language
from qa.text.numerals import numerals

QUESTIONS = {
    "fr": "Qui a dessiné le terminal ? / Combien de civils sont morts ? / Qui est Geir Pedersen ?",
    "de": "Wann wurde die Halle gebaut? / Was kostet der Bus? / Wer ist Geir Pedersen?",
    "es": "¿Quién diseñó la terminal? / cuantos civiles murieron / ¿Por qué cierra el ferry?",
    "no": "Hvem tegnet terminalen? / Hva koster bussen? / hvor mange sivile ble drept",
}
ENGLISH = (
    "who's encarnación mesa / inhabitants saint aubrac le haut / que length e-77 / "
    "Who is Tatiana Quiñónez? / was tebloev let go / rehbein stiches / guttorm fine kroner"
)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_in_another_language_is_told(language):
    for question in QUESTIONS[language].split(" / "):
        assert foreign_language(question) == language, question


def test_foreign_names_and_slips_make_no_question_foreign():
    for question in ENGLISH.split(" / "):
        assert foreign_language(question) is None, question


def test_numbers_are_told_by_their_values():
    for text, values in {
        "1.2 million crowns for two hundred": [1_200_000, 200],
        "1,200,000 of forty-five": [1_200_000, 45],
        "a hundred and twenty, and 9.": [120, 9],
        "one of M5, 46th, 17% and 3.5.1": [],
    }.items():
        assert [n.value for n in numerals(text)] == values, text
