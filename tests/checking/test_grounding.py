import pytest

from qa.checking.grounding import quotations, ungrounded

SENTENCES = [
    "Reports from a UK-based monitoring group said 19 civilians and over 7,000 sheep were killed"
    " in Syria on Wednesday.",
    "“We will not stop,” said Mr Assad of the U.S. forces, most of whom left in 2019.",
    "A dozen towns lost $1.5 billion, half of it in Idlib.",
    "The plight of millions displaced by violence requires urgent attention.",
]


@pytest.mark.parametrize(
    "claim",
    [
        "Nineteen civilians were killed.",
        "19 people were killed.",
        "7000 sheep and 19 civilians were killed.",
        "Syrian civilians were killed on Wednesday.",
        "Civilians were killed in Damascus, said reports.",  # in the title
        "The US forces mostly left in 2019.",
        "Assad said “we will not stop”.",
        'Assad said: "We will not stop."',
        "Civilians were killed in Syria.",
        "However, a dozen towns lost 1,500,000,000 dollars.",
        "They lost $1.5bn.",
        "One of the towns lost half of it.",
        "No one stopped on Wednesday.",
        "The plight of displaced millions requires attention.",
        "Only 19 civilians were killed, none of them elsewhere.",
        "There were 6,981 more sheep than civilians among the killed.",  # 7,000 less 19
        "Mr Assad spoke of 7,000 sheep in 2019, according to reports.",
    ],
)
def test_what_the_sentences_say_in_other_forms_is_grounded(claim):
    assert ungrounded(claim, SENTENCES, ["The war near Damascus"]) is None


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("20 civilians were killed.", "20"),
        ("Twenty civilians were killed.", "20"),
        ("70,000 sheep were killed.", "70000"),
        ("Erdogan killed 19 civilians.", "erdogan"),
        ("Civilians were killed in Aleppo.", "aleppo"),
        ("They were killed on Thursday.", "thursday"),
        ("They left in 2018.", "2018"),
        ("They lost $2.5 billion.", "2500000000"),
        ("Assad said “we will never stop”.", "we will never stop"),
        ("Assad said ‘never’.", "never"),
        ("Syria.", "too little"),
        ("In 2019.", "too little"),
        ("The question asks who was killed.", "question"),
        ("19 civilians were killed.</p>", "markup"),
    ],
)
def test_what_stands_in_no_sentence_is_named(claim, missing):
    assert missing in (ungrounded(claim, SENTENCES, ["The war near Damascus"]) or "")


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        ("Sen. Ada Brandt resigned on Monday.", "Senator Ada Brandt resigned on Monday."),
        ("Senator Ada Brandt resigned on Monday.", "On Monday Sen. Ada Brandt resigned."),
        ("Brig. Gen. Ivo Maas took command.", "Brigadier General Ivo Maas took command."),
        ("Switzerland closed the border.", "The border was closed by Swiss officials."),
        (
            "Monitors counted 34 in 2023, they said.",
            "Monitors counted 34 in 2023, according to it.",
        ),
    ],
)
def test_another_form_of_a_title_or_a_country_is_the_same_name(told, claim):
    assert ungrounded(claim, [told]) is None


def test_a_title_is_no_source_of_quoted_words():
    assert ungrounded("It is “a war”.", ["It is bad."], ["Not a war"]) is not None


def test_quotations_are_what_stands_between_marks():
    assert quotations('He said “no.” and ‘yes’, it\'s "so" “.”') == ["no", "yes", "so"]


def test_a_name_may_stand_elsewhere_in_what_the_writer_was_shown():
    told, known = ["She left on Monday."], ["The port", "Mayor Ada Brandt spoke. She left."]
    assert ungrounded("Ada Brandt left on Monday.", told, known) is None
    assert "ivo" in (ungrounded("Ivo Maas left on Monday.", told, known) or "")
    assert "monday" in (ungrounded("Brandt left on Monday.", ["She left on Friday."], known) or "")


def test_what_else_the_writer_was_shown_lends_it_no_first_person():
    known = ["I call the tool fetch with your question."]
    assert ungrounded("I call the tool fetch.", ["It was shut on Monday."], known)


def test_a_plain_word_that_opens_a_sentence_is_no_name():
    for claim in ("Holders of the visa may change employers.", "Fewer than half may change it."):
        assert ungrounded(claim, ["Who has the visa may change employers; half may."]) is None
