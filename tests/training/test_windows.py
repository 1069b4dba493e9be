from random import Random

import pytest

from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import MAX_WINDOW, WordPieceTokenizer
from qa.text.words import stems
from tests.eval.tiny import DAM, span
from training.windows import LONGEST, MIDDLE, SHORTEST, Asked, Text, claim_example, example

SEEDS = range(40)
DIARY = " ".join(
    f"On day {n} the crews carried {n} sacks of sand to the dam." for n in range(1, 41)
)
ENDLESS = "It did " + "so " * 600 + "rain on Lund."
WHO = "Who thanked the crews?"


@pytest.fixture(scope="module")
def tokenizer():
    return WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())


@pytest.fixture(scope="module")
def dam(tokenizer):
    return Text(DAM, tokenizer)


@pytest.fixture(scope="module")
def diary(tokenizer):
    return Text(DIARY, tokenizer)


def pieces(text, shown):
    return sum(len(text.tokens[i].ids) for i in shown)


def test_a_text_is_its_sentences(dam):
    assert [dam.sentence(i) for i in range(3)] == [f"{s}." for s in DAM.rstrip(".").split(". ")]
    assert len(dam.sentences) == len(dam.tokens) == len(dam.stems) == 3


@pytest.mark.parametrize(
    ("part", "numbers"), [("Orlin", [0]), ("Monday. Engineers", [0, 1]), ("lake", [1]), (DAM, 3)]
)
def test_characters_are_of_sentences(dam, part, numbers):
    expected = list(range(3)) if numbers == 3 else numbers
    assert list(dam.within(tuple(span(DAM, part)))) == expected
    assert list(dam.holding([span(DAM, part)])) == expected


def test_characters_outside_are_of_no_sentence(dam):
    assert dam.within((len(DAM), len(DAM) + 9)) == range(0)
    assert dam.holding([(len(DAM), len(DAM) + 9)]) == dam.holding([]) == ()


def test_characters_of_distant_sentences_are_of_these(dam):
    assert dam.holding([span(DAM, "Petra"), span(DAM, "Orlin")]) == (0, 2)


@pytest.mark.parametrize("scope", [range(40), range(10, 31), range(20, 21)])
def test_around_keeps_to_the_scope_and_the_budget_and_holds_the_sentence(diary, scope):
    for seed in SEEDS:
        shown = diary.around(20, scope, Random(seed))
        assert 20 in shown and shown.step == 1
        assert scope.start <= shown.start and shown.stop <= scope.stop
        assert pieces(diary, shown) <= LONGEST
        assert shown == diary.around(20, scope, Random(seed))


def test_around_takes_what_the_budget_allows_on_either_side(diary):
    found = [diary.around(20, range(40), Random(seed)) for seed in SEEDS]
    one = max(len(t.ids) for t in diary.tokens)
    sizes = [pieces(diary, shown) for shown in found]
    assert SHORTEST - one < min(sizes) < SHORTEST + 2 * one
    assert LONGEST - 3 * one < max(sizes) <= LONGEST
    assert 0.4 < sum(size <= MIDDLE for size in sizes) / len(sizes) < 0.9
    assert len({20 - shown.start for shown in found}) > 3
    assert len({shown.stop - 20 for shown in found}) > 3


@pytest.mark.parametrize("most", [1, 100, 300])
def test_reach_takes_at_most_so_much(diary, most):
    one = max(len(t.ids) for t in diary.tokens)
    for seed in SEEDS:
        shown = diary.reach(20, range(40), most, Random(seed))
        assert 20 in shown
        assert most - one < pieces(diary, shown) <= max(most, one)


def test_around_takes_a_short_scope_whole(tokenizer):
    text = Text("It held. It rained. It stopped. All slept.", tokenizer)
    assert pieces(text, range(4)) < SHORTEST
    assert all(text.around(1, range(3), Random(seed)) == range(3) for seed in SEEDS)


def test_around_takes_a_long_sentence_alone(tokenizer):
    text = Text(f"It held. {ENDLESS} It stopped.", tokenizer)
    for seed in SEEDS:
        assert text.around(1, range(3), Random(seed)) == range(1, 2)
        assert text.around(0, range(3), Random(seed)) == range(1)


def test_likely_shows_the_sentence_with_the_rank_th_most_words(dam):
    question = "Who thanked the crews, and when did engineers open gates?"
    asked = set(stems(question))
    shared = [len(asked & words) for words in dam.stems]
    assert shared == [0, 3, 2]  # engineer, open, gate; thank, crew
    for rank, number in enumerate((1, 2, 0)):
        others = [i for i in range(3) if i != number]
        assert number in dam.likely(question, range(3), (), rank)
        assert dam.likely(question, range(3), others, rank) == range(number, number + 1)


def test_likely_shows_the_last_where_there_are_fewer(diary):
    shown = diary.likely("sacks on day 6", range(5, 7), (), 99)
    assert shown is not None and 6 in shown


@pytest.mark.parametrize("without", [(6,), (6, 8), (5, 7), tuple(range(10)), (0, 39)])
@pytest.mark.parametrize("rank", [0, 1, 5, 99])
def test_likely_leaves_out_what_it_is_told_to(diary, without, rank):
    shown = diary.likely("How many sacks on day 7?", range(40), without, rank)
    assert len(shown) and not set(shown) & set(without)
    assert shown == diary.likely("How many sacks on day 7?", range(40), without, rank)


def test_likely_has_nothing_to_show_where_all_is_left_out(dam):
    assert dam.likely(WHO, range(3), (0, 1, 2), 0) is None
    assert dam.likely(WHO, range(0), (), 0) is None
    assert dam.likely(WHO, range(3), (1, 2), 0) == range(1)


def asked(text, part, *, answerable=True):
    place = (span(text.text, part),) if part else ()
    scope = range(len(text.sentences))
    return Asked("id", WHO, text, scope, answerable, text.holding(place), place)


@pytest.mark.parametrize("part", ["Orlin dam", "4", "risen by two metres.", "Petra Voss", "crews."])
@pytest.mark.parametrize("shown", [range(3), range(1, 3), range(0, 2), range(2, 3)])
def test_an_example_marks_the_answer_s_sentence_and_pieces(dam, tokenizer, part, shown):
    question = asked(dam, part)
    (gold,) = question.gold
    made = example(tokenizer, WHO, question, shown)
    assert made.supported is None and made.marked
    assert made.answerable == (gold in shown)
    if gold not in shown:
        assert made.gold == made.spans == ()
        return
    assert made.gold == (gold - shown.start,)
    ((first, last),) = made.spans
    assert set(made.sentence[first : last + 1]) == set(made.gold)
    places = [(i, *place) for i in shown for place in dam.tokens[i].places]
    number, start, _ = places[first - made.first]
    _, _, end = places[last - made.first]
    assert dam.sentence(number)[start:end] == part


def test_an_example_is_its_window(dam, tokenizer):
    made = example(tokenizer, WHO, asked(dam, "4"), range(1, 3))
    window = tokenizer.window(tokenizer.head(WHO), [t.ids for t in dam.tokens[1:]])
    assert made.ids.tolist() == window.ids.tolist()
    assert made.sentence.tolist() == window.sentence.tolist()
    assert made.first == window.first


def test_an_example_may_stand_under_its_text_s_title(tokenizer):
    text = Text(DAM, tokenizer, "Storm over Lund")
    titled, bare = (
        example(tokenizer, WHO, asked(text, "4"), range(3), titled=titled)
        for titled in (True, False)
    )
    title = len(tokenizer.tokens(["Storm over Lund"])[0].ids) + 1
    assert len(titled.ids) == len(bare.ids) + title
    assert titled.first == bare.first + title
    assert titled.ids[titled.first :].tolist() == bare.ids[bare.first :].tolist()
    assert [[i - title for i in place] for place in titled.spans] == [list(p) for p in bare.spans]


def test_an_answer_of_two_sentences_has_both(dam, tokenizer):
    places = (tuple(span(DAM, "Monday")), tuple(span(DAM, "Petra Voss")))
    question = Asked("id", WHO, dam, range(3), True, dam.holding(places), places)
    made = example(tokenizer, WHO, question, range(3))
    assert made.gold == (0, 2) and len(made.spans) == 2
    assert example(tokenizer, WHO, question, range(1, 3)).gold == (1,)


@pytest.mark.parametrize(("answerable", "told"), [(False, True), (True, False)])
def test_a_window_without_an_answer_says_so(dam, tokenizer, answerable, told):
    made = example(tokenizer, WHO, asked(dam, "4", answerable=answerable), range(3), told=told)
    assert (made.answerable, made.gold, made.spans, made.marked) == (False, (), (), True)


def test_an_answer_whose_place_is_not_known_is_unmarked(dam, tokenizer):
    made = example(tokenizer, WHO, Asked("id", WHO, dam, range(3), True, (1,)), range(3))
    assert made.answerable and made.gold == (1,)
    assert made.spans == () and not made.marked


@pytest.mark.parametrize("part", ["on Lund", "Lund.", "rain on Lund"])
def test_a_window_cut_off_before_the_answer_is_unmarked(tokenizer, part):
    text = Text(ENDLESS, tokenizer)
    made = example(tokenizer, WHO, asked(text, part), range(1))
    assert len(made.ids) == MAX_WINDOW
    assert made.spans == () and not made.marked and made.gold == (0,)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_an_answer_is_marked_up_to_the_last_piece_that_is_shown(tokenizer, over):
    head = len(tokenizer.head(WHO))
    room = MAX_WINDOW - 1 - head
    text = Text("so " * (room - 1 + over) + "Lund", tokenizer)
    assert len(text.sentences) == 1
    made = example(tokenizer, WHO, asked(text, "Lund"), range(1))
    assert made.marked == (over <= 0)
    assert made.spans == (((head + room - 1 + over,) * 2,) if over <= 0 else ())


@pytest.mark.parametrize("supported", [True, False])
def test_a_claim_stands_with_its_evidence(dam, tokenizer, supported):
    made = claim_example(tokenizer, "It held.", [dam.tokens[2], dam.tokens[0]], supported)
    window = tokenizer.window(tokenizer.head("It held."), [dam.tokens[2].ids, dam.tokens[0].ids])
    assert made.ids.tolist() == window.ids.tolist()
    assert made.sentence.tolist() == window.sentence.tolist()
    assert made.supported is supported
    assert made.gold == made.spans == () and not made.answerable
