"""Three papers on one storm, compared with the real embedder, reader and verifier."""

import pytest

from qa import Article, Assistant, Settings
from qa.checking.verifier import Verifier
from qa.compose.aligned import aligned

TEXTS = {
    "Storm hits Rudno": (
        "The Rudno Courier",
        "2024-02-03",
        "Five people were hurt when a storm hit Rudno on Friday, police said. The school is "
        "closed. The mayor, Ada Kay, called it the worst storm since 1987.",
    ),
    "Rudno counts the damage": (
        "Capital News",
        "2024-02-06",
        "The storm in Rudno hurt at least twelve people, the hospital said. Repairs will cost "
        "2m. Two bridges are closed.",
    ),
    "After the storm": (
        "Brell Post",
        "2024-02-09",
        "Fourteen people were hurt in the storm that hit Rudno a week ago. Repairs will cost 3m, "
        "the council said. Two bridges are closed.",
    ),
}


@pytest.fixture(scope="module")
def storms(embedder):
    assistant = Assistant(Settings(chroma=":memory:", corpus=None), embedder=embedder)
    for title, (publisher, published, text) in TEXTS.items():
        assistant.add(
            Article.from_text(text, title=title, publisher=publisher, published=published)
        )
    return assistant


def quoted(answer, role):
    return [s.text for s in answer.statements if s.role == role]


def is_sound(answer):
    """Every quote stands in its article, and the citations are numbered in order of use."""
    for statement in answer.statements:
        if statement.role in ("same", "differs", "only"):
            assert statement.text == statement.citations[0].quote
    used = [c.number for s in answer.statements for c in s.citations]
    assert list(dict.fromkeys(used)) == list(range(1, len(set(used)) + 1))
    return True


def test_all_is_compared(storms):
    answer = storms.ask("Compare the articles")
    assert is_sound(answer)
    assert [t.split()[0] for t in quoted(answer, "differs")[:3]] == ["Five", "The", "Fourteen"]
    assert {"Repairs will cost 2m.", "Repairs will cost 3m, the council said."} < set(
        quoted(answer, "differs")
    )
    assert quoted(answer, "same") == ["Two bridges are closed."]  # once, with both sources
    cited = next(s.citations for s in answer.statements if s.role == "same")
    assert [c.title for c in cited] == ["Rudno counts the damage", "After the storm"]
    assert "The school is closed." in quoted(answer, "only")
    points = {s.point for s in answer.statements if s.role == "differs"}
    assert points == {1, 2}


def test_numbers_are_told_with_their_days_and_bounds(storms):
    answer = storms.ask("Where do Capital News and the Brell Post differ on how many were hurt?")
    assert is_sound(answer)
    [line] = quoted(answer, "compared")
    assert line == (
        "“at least twelve” (Capital News, 6 February 2024); three days later, “Fourteen” "
        "(Brell Post, 9 February 2024); both can be true."
    )
    sides = [s.text for s in answer.statements if s.role == "source"]
    assert sides[0] == "Rudno counts the damage (Capital News, 6 February 2024; the hospital)"


def test_a_question_that_articles_answer_otherwise_shows_it_unasked(storms):
    answer = storms.ask("How many people were hurt in Rudno?")
    assert is_sound(answer)
    assert len(quoted(answer, "differs")) == 3 and len(quoted(answer, "compared")) == 1
    same = storms.ask("How many bridges are closed?")
    assert is_sound(same) and not quoted(same, "differs")


def test_what_only_one_says_and_what_is_new(storms):
    only = storms.ask("What did only the Courier report?")
    assert is_sound(only) and {c.publisher for c in only.citations} == {"The Rudno Courier"}
    assert "Two bridges are closed." not in quoted(only, "only")
    new = storms.ask("What is new since 7 February?")
    assert is_sound(new)
    assert "Repairs will cost 3m, the council said." in quoted(new, "differs")
    assert "Two bridges are closed." not in new.text


def test_what_they_do_not_share_is_said(storms):
    ids = {a.title: a.id for a in storms.list()}
    pair = [ids["Storm hits Rudno"], ids["Rudno counts the damage"]]
    answer = storms.ask("What do they agree on?", articles=pair)
    assert answer.text == "I found nothing that more than one of these two articles says."
    refused = storms.ask("Do they agree on who owns the harbour?", articles=pair)
    assert refused.abstained and not refused.citations


FORM = (
    "The council of {0} voted to close the old ferry terminal by the end of March. The terminal "
    "costs {1} million crowns a year. Three people died when the hall of {0} burnt in {2}."
)


def test_a_form_filled_in_for_two_towns_is_no_contradiction(embedder):
    towns = [
        Article.from_text(FORM.format(*facts), title=f"{facts[0]} closes its terminal")
        for facts in (("Holm", 3, 1961), ("Tarn", 7, 1950))
    ]
    points = aligned(towns, embedder, Verifier())
    assert {p.relation for p in points} == {"only"}
