import hypothesis.strategies as st
import pytest
from hypothesis import given

from qa.article import Article
from qa.question.parts import parts
from qa.question.wording import unframed, worded

ARTICLE = Article.from_text(
    "The terminal in Holm was designed by Ivo Lindgren. It carried fewer than two hundred people. "
    "The motion passed by 11 votes. Nobody asked Petra Salo, and three clerks left in May.",
    title="Terminal",
)


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        ("Does the article say who designed it?", "who designed it?"),
        ("Could you please tell me who designed it?", "who designed it?"),
        ("Hi, I was wondering who designed it, thanks", "who designed it?"),
        ("Give me the number of votes.", "What is the number of votes?"),
        ("Does it say whether anyone was hurt?", "was anyone hurt?"),
        ("do you know how old the ferry is", "how old is the ferry?"),
        ("Tell me about Holm", "What does the article say about Holm?"),
        ("According to the article, who won?", "who won?"),
        ("How many died?!?", "How many died?"),
        ("Who has been in the post?", "Who has been in the post?"),
        ("What did the mayor say about the law?", "What did the mayor say about the law?"),
    ],
)
def test_a_frame_is_taken_off(asked, bare):
    assert unframed(asked) == bare


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("WHO DESIGNED THE TERMINAL?", "Who designed the terminal?"),
        ("who is ivo lindgren", "who is Ivo Lindgren"),
        ("who desinged the terminl", "who designed the terminal"),
        ("Wich terminal carried 200 people?", "Which terminal carried two hundred people?"),
        ("How do you know?", "How do you know?"),
        ("Ok, thanks a lot", "Ok, thanks a lot"),
        ("Did it pass by eleven votes?", "Did it pass by 11 votes?"),
        ("Who designed the “terminal”?", "Who designed the terminal?"),
        # Left as they are: another thing's number, a form of a known word, a name of its own
        ("Were there 3 fires?", "Were there 3 fires?"),
        ("Who are the designers?", "Who are the designers?"),
        ("Who is Petra Sala?", "Who is Petra Sala?"),
        ("Who may leave Holm?", "Who may leave Holm?"),
    ],
)
def test_a_question_is_put_as_the_article_would_put_it(asked, written):
    assert worded(asked, [ARTICLE]) == written


def test_two_questions_in_one_are_told_apart():
    for one, found in {
        "Who designed the hall and when did it open?": [
            "Who designed the hall?",
            "when did it open?",
        ],
        "Who won? And how much?": ["Who won?", "how much?"],
        "Who was hurt, and where?": ["Who was hurt?", "where?"],
        "Who and what is Orr?": None,
        "Did he say who did it and why it happened?": None,
        "What do the town and the county want?": None,
        "Who won? Thanks!": None,
    }.items():
        assert list(parts(one)) == (found or [one])


@given(st.text(min_size=1, max_size=200))
def test_any_question_stays_one(text):
    assert worded(text, [ARTICLE])
    assert all(parts(text))
