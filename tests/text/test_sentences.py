import time

import pytest

from qa.text.sentences import MAX_SENTENCE, sentence_spans

CUT = " ‖ "


def divided(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


WHOLE = [
    "He works in Marlow, approx. 30 km. from the city, at 10 ft. above sea level.",
    "The cost was approx. $30 or est. €20 each.",
    "The Yahoo! boss said the Jeopardy! rights were sold to the magazine Who? for nothing.",
    "Lt. Col. Ames, Lt. Gov. Kay and Brig. Gen. Orr met Vice Adm. Lund and Pvt. Orr.",
    "Acme Inc. Chief Executive Ada Kay met U.S. President Orr and U.K. Prime Minister Lund.",
    "“Stop!” Ada Kay of the harbour union shouted.",
    "Kay v. Orr, Lund et al. (2012) and E. coli (b. 1970) are in vol. 2, p. 14, fig. 3.",
    "The U.S. Supreme Court heard Capt. “Lucky” Lund at 5 p.m. Monday and 6 p.m. EST.",
    "Ms. May, Mr. So and Dr. No met J. K. Orr, J.R.R. Kay and George W. Lund.",
]
DIVIDED = [
    "He fled to the U.S. ‖ He came back. ‖ It was cold.",
    "She left Holm Inc. ‖ In 2019 she came back.",
    "It opens at 9 a.m. ‖ Now go home.",
    "Growth was 60 per cent. ‖ “The bridge is closed,” he said.",
    "He died of cancer. ‖ Orr was with him. ‖ “Why?” ‖ “Nobody knows.”",
    "Was it safe? ‖ The mayor said so! ‖ (Nobody else did.) ‖ They left.",
    "He paid £1.2m. ‖ Orr paid 3 p.c. ‖ Kay paid $4 to 12 people. ‖ 14 got nothing.",
    "It ended in a draw.[1] ‖ The crowd left.[citation needed] ‖ It rained.",
    "“We have a plan …” ‖ He paused. ‖ “… but no money.”",
    "“Where are you going?” ‖ Kay answered, “To Elin.”",
    "He lives on Lake Rd. ‖ Orr lives on Main St. in Holm. ‖ They took vitamin C. ‖ Kay did not.",
    "Sales rose in Feb. ‖ Orr was glad. ‖ On Jan. 5 and on Tues. Feb. 3 they fell.",
    "World War I. ‖ That was all he wrote. ‖ They made it. ‖ iPhone sales rose.",
    "中文。 ‖ 没有空格。 ‖ هل هو؟ ‖ نعم.",
]


def test_what_belongs_together_is_not_cut():
    for text in WHOLE:
        assert divided(text) == [text]


def test_what_a_reader_divides_is_divided():
    for text in DIVIDED:
        assert divided(text.replace(CUT, " ")) == text.split(CUT)


def test_a_missing_space_hides_no_sentence():
    assert divided("The bus is free.The ferry is not.") == ["The bus is free.", "The ferry is not."]
    assert divided("Holm.net and Node.js and v2.Final") == ["Holm.net and Node.js and v2.Final"]


def test_no_sentence_begins_with_a_lower_case_letter(article):
    text = article.text.replace(", ", "! ").replace(" the ", "? the ")
    assert len(divided(text)) > 28
    assert not [sentence for sentence in divided(text) if sentence[0].islower()]


HOSTILE = (
    '!|.)|a.|."|.[|A. |Mr. |“?” Ada |“Go!” Ada’s of the |a\n|a\tb\n|(|x|word |。|[aaaa|- a\n|1. '
)


@pytest.mark.parametrize("part", HOSTILE.split("|"))
def test_a_hostile_text_is_soon_divided(part):
    text = part * (300_000 // len(part))
    started = time.process_time()
    spans = list(sentence_spans(text))
    assert time.process_time() - started < 10  # a square of it would take minutes
    assert max(end - start for start, end in spans) <= MAX_SENTENCE
