import re

from qa.text.corrections import correction_notes
from qa.text.sentences import sentence_spans

NOTES = [  # ‖ stands before a sentence that is of the note, § before one after it that is not
    "The storm killed seven. ‖Correction: an earlier version of this article said "
    "that five people had been killed.",
    "The ship sank. ‖Editor's note: This article has been amended. ‖It originally "
    "stated that the ship was called Clara and had 41 people aboard.",
    "The plant stays open. ‖CORRECTION (4 Feb): We earlier reported that 3,000 jobs "
    "would be cut and that the plant in Holm would close. ‖This was wrong.",
    "It sank.\n\n‖Correction\n\n‖The ship was called Berta, not Clara.\n\n§It was raised in May.",
    "It sank.\n\n‖This article was amended on 4 February because an earlier version "
    "said that 41 people were aboard. ‖In fact there were 14.",
    "It sank. ‖An earlier version of this story misspelled the captain's name.",
    "It sank. ‖A previous version of this article incorrectly stated that Kay was 50.",
    "It sank. ‖We regret the error.",
    "It sank. ‖The Elin Post regrets the error.",
    "It sank. ‖(This Feb 4 story has been corrected to say 14 people, not 41, in paragraph 3)",
    "It sank. ‖(Corrects paragraph 3 to say 14 people, not 41)",
    "It sank. ‖Due to an editing error, the ship was called Clara.",
    "It sank. ‖Clarification, 4 Feb 2025: the owner is Northline.",
    "It sank. ‖Correction – 4 February: The ship is Berta.",
    "It sank. ‖The headline of this article has been changed. §It was raised.",
    "It sank. ‖The original headline of this article said that 41 died.",
    "It sank. ‖An earlier version said that five people had been killed.",
    "It sank. ‖This story originally reported that 41 people were aboard.",
    "It sank. ‖Update, 5 Feb: An earlier version of this report gave the wrong name of the ship.",
    "‖**Correction:** The ship is Berta. ‖It is not Clara.\n\n§The ship sank.",
    "It sank. ‖We previously said Clara had sunk. ‖That was incorrect. ‖We have "
    "corrected the name. §Kay was saved.",
    "It sank. ‖The article previously gave Orr's age as 50. §He is 40.",
    "It sank. ‖In an earlier version of this story, we said 41 people were aboard.",
]
NO_NOTES = [
    "The company originally said that 300 jobs would go. It now says 200.",
    "An earlier version of the bill included a tunnel. The council voted against it. "
    "It was long. Then it failed.",
    "Earlier reports said that five had died. Police corrected the number on Friday.",
    "Editor's note: This story contains descriptions of violence. Kay was hurt.",
    "The Department of Correction said two men had fled. Correction officers found them.",
    "He was wrong about the bridge, and he regrets it. The mayor regrets the vote.",
    "The court corrected its error. The ministry issued a correction: the price is 40 crowns.",
    "We earlier agreed on the price. The report was amended by the council in May.",
    "The paper reported that Orr had lied. The story was changed by time.",
    "Markets saw a correction - the third this year.",
    "Corrections officer Lou Kay said the prison was full.",
    "The original version of the song sold well.",
]


def noted(text: str) -> set[int]:
    spans = list(sentence_spans(text))
    return {spans[number][0] for number in correction_notes(text, spans)}


def test_a_correction_note_is_known_with_all_its_sentences():
    for marked in NOTES:
        text = re.sub("[‖§]", "", marked)
        assert noted(text) == {
            len(re.sub("[‖§]", "", marked[: found.start()])) for found in re.finditer("‖", marked)
        }, text


def test_news_about_corrections_versions_and_errors_is_no_note():
    for text in NO_NOTES:
        assert noted(text) == set(), text
