from qa.question.corrections import asks_about_corrections, asks_for_notes

FOR_NOTES = [
    "What was corrected?",
    "What did the earlier version say?",
    "What did the article say before?",
    "What did it originally say?",
    "Was there an error?",
    "Were there any mistakes in this article?",
    "Has the article been corrected?",
    "What does the editor’s note say?",
]
ABOUT_CORRECTIONS = [
    "How many deaths did the earlier version report?",
    "How was the article changed?",
    "How many jobs were reported at first?",
    "What name did the article originally give the ship?",
    "Why was the story amended?",
]
OTHERS = [
    "Is it correct that five people died?",
    "What went wrong?",
    "Whose mistake was it?",
    "Was the law amended?",
    "How many people were killed?",
    "What did the mayor say?",
    "Was there a fire?",
]


def test_what_asks_for_the_notes_and_what_only_needs_them():
    for question in FOR_NOTES:
        assert asks_about_corrections(question) and asks_for_notes(question), question
    for question in ABOUT_CORRECTIONS:
        assert asks_about_corrections(question) and not asks_for_notes(question), question
    for question in OTHERS:
        assert not asks_about_corrections(question) and not asks_for_notes(question), question
