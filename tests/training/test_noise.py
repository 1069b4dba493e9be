from random import Random

from training.noise import noisy

SEEDS = range(60)
WHO = "Who brokered the truce in Oman?"


def test_a_noisy_question_is_the_same_for_the_same_seed():
    for seed in SEEDS:
        assert noisy(WHO, Random(seed)) == noisy(WHO, Random(seed))


def test_a_noisy_question_has_typos_or_lacks_small_words_or_its_mark():
    made = {noisy(WHO, Random(seed)) for seed in SEEDS}
    assert {"Who brokered the truce in Oman", "Who brokered truce Oman"} < made
    typos = made - {"Who brokered the truce in Oman", "Who brokered truce Oman"}
    assert len(typos) > 5
    for text in typos:
        assert len(text.split(" ")) == len(WHO.split(" "))
        assert abs(len(text) - len(WHO)) <= 2
        assert set(text) <= set(WHO)


def test_a_noisy_question_is_never_blank():
    for short in ["Why?", "Of the?", "a", "Is it in?"]:
        assert all(noisy(short, Random(seed)).strip() for seed in SEEDS)
