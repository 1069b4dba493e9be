"""Articles with a correction note, asked from end to end."""

import pytest

from qa.article import Article
from qa.assistant import Assistant
from qa.settings import MEMORY, Settings

STORM = (
    "The storm killed seven people in Holm on Friday, police said. Two bridges were closed. "
    "Correction: an earlier version of this article said that five people had been killed."
)
SHIP = (
    "The ship Berta sank off Skerrin on Sunday with 14 people aboard, the coast guard said. All "
    "were saved. Editor's note: This article has been amended. It originally stated that the ship "
    "was called Clara and had 41 people aboard."
)
BRIDGE = (
    "The mayor of Elin, Ada Kay, opened the new bridge on Monday. It cost 40 million crowns.\n\n"
    "This article was amended on 4 February 2025 because an earlier version misspelled the "
    "mayor's name as Kaye and gave the cost of the bridge as 400 million crowns."
)
BORN = (
    "Orr, the mayor of Elin, opened the bridge on Monday. It cost 40 million crowns. "
    "Correction: an earlier version of this article said that Orr was born in 1950."
)


@pytest.fixture(scope="module")
def first_quote(embedder):
    assistant = Assistant(Settings(chroma=MEMORY, corpus=None), embedder=embedder)

    def ask(text, question):
        article = assistant.add(Article.from_text(text, title="News"))
        answer = assistant.ask(question, articles=[article.id])
        return answer.citations[0].quote if answer.citations else ""

    return ask


@pytest.mark.parametrize(
    ("text", "question", "holds"),
    [
        (STORM, "How many people were killed?", "seven"),
        (SHIP, "What was the ship called?", "Berta"),
        (SHIP, "How many people were aboard?", "14 people"),
        (BRIDGE, "How much did the bridge cost?", "40 million"),
        (BRIDGE, "What is the mayor's name?", "Ada Kay"),
    ],
)
def test_a_note_never_answers_what_it_corrects(first_quote, text, question, holds):
    assert holds in first_quote(text, question)


@pytest.mark.parametrize(
    ("text", "question", "holds"),
    [
        (STORM, "Was there an error?", "Correction"),
        (STORM, "How many people did the earlier version say were killed?", "five"),
        (SHIP, "What did the article originally say?", "amended"),
        (BRIDGE, "What was corrected?", "Kaye"),
    ],
)
def test_a_question_about_the_correction_is_answered_by_the_note(
    first_quote, text, question, holds
):
    assert holds in first_quote(text, question)


def test_where_only_a_note_says_it_there_is_no_answer(first_quote):
    assert first_quote(BORN, "When was Orr born?") == ""
