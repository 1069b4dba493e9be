import pytest

from qa.checking.verifier import Verifier

FACTS = ["The Orlin dam held on Monday.", "Engineers opened 4 gates at noon."]


@pytest.fixture(scope="module")
def verifier():
    return Verifier()


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The dam held on Monday.", "The dam broke on Monday."),
        ("Engineers opened 4 gates.", "Engineers opened 7 gates."),
        ("The gates were opened at noon.", "The gates were opened by soldiers."),
    ],
)
def test_a_supported_claim_scores_above_its_false_twin(verifier, true, false):
    assert verifier.supported(true, FACTS) > verifier.supported(false, FACTS)


def test_sentences_that_do_not_fit_together_are_all_read(verifier):
    noise = ["The committee discussed other matters of no importance at length."] * 100
    alone = verifier.supported("The dam broke.", noise)
    assert verifier.supported("The Orlin dam held on Monday.", [*noise, FACTS[0]]) > alone


@pytest.mark.parametrize("sentences", [[], [""], [" \u200b"]])
def test_no_sentence_supports_nothing(verifier, sentences):
    assert verifier.supported("The dam held.", sentences) == 0
