"""The forms of an answer, composed without models from what was read."""

from dataclasses import replace

from qa.article import Article
from qa.collection.scope import Scope
from qa.compose.base import Numbering, Parts
from qa.compose.composers import COMPOSERS, form_of
from qa.compose.stages import Read, Stopwatch, Understood
from qa.question.follow_up import Sense
from qa.reading.reader import Evidence, Reading
from qa.statement import Exact

ARTICLE = Article.from_text(
    "The harbour opened on Monday. Two boats came. It had been closed. Nobody spoke.",
    title="Harbour",
)
OPENED, BOATS, CLOSED, SPOKE = ARTICLE.sentences
SHORT = Exact("Monday", ARTICLE.id, 22, 28, 0.95)


def read(
    intent="question",
    articles=(ARTICLE,),
    scores=(),
    answerable=0.8,
    said="Hello",
    verdict=(0.0, 0.0, 1.0),
    **understood,
) -> Read:
    fields = {
        "names_articles": False,
        "is_readable": True,
        "owner": None,
        "rewritten_by": None,
    }
    asked = Understood(
        said,
        intent,
        (Sense(said, said),),
        (),
        Scope(said, articles),
        articles,
        stopwatch=Stopwatch(),
        **fields | understood,
    )
    evidence = tuple(Evidence(ARTICLE, sentence, s, member=s) for sentence, s in scores)
    return Read(asked, asked.senses[0], (), Reading(evidence, answerable, verdict), SHORT)


def composed(form: str, given: Read):
    return COMPOSERS[form](given, Parts(embedder=None))


def test_the_form_follows_from_what_is_asked_and_whether_it_is_answered():
    for form, given in [
        ("direct", read(said="When did it open?")),
        ("yes_no", read(said="Did it open?")),
        ("said", read(said="What did the mayor say?")),
        ("account", read(said="What happened in Marlow?")),
        ("overview", read(said="Which countries are involved?")),
        ("people", read(said="Which countries are involved?", answerable=0.4)),
        ("refusal", read(said="Which countries are involved in the deal?", answerable=0.4)),
        ("refusal", read(answerable=0.4)),
        ("refusal", read(is_readable=False)),
        ("refusal", read(articles=())),
        ("refusal", read("summary", articles=())),
        ("refusal", read("about", articles=())),
        ("about", read("about")),
        ("summary", read("summary", answerable=0.0)),
        ("small_talk", read("small_talk", articles=())),
    ]:
        assert form_of(given, threshold=0.5) == form


def test_a_short_fact_is_told_in_a_line_and_then_proved():
    scores = [(OPENED, 0.9), (CLOSED, 0.6), (BOATS, 0.1), (SPOKE, 0.1)]
    answer = composed("direct", read(scores=scores, said="When did it open?"))
    assert [(s.text, s.role) for s in answer.statements] == [
        ("Monday", "direct"),
        ("The harbour opened on Monday.", "evidence"),
        ("It had been closed.", "evidence"),
    ]
    assert [c.number for c in answer.citations] == [1, 2]
    assert (answer.direct, answer.exact, answer.confidence) == (SHORT, "Monday", 0.8)
    assert answer.text == (
        "Monday [1]\n\n> The harbour opened on **Monday**.\n>\n> It had been closed. [2]"
    )


def test_an_account_has_no_line_and_nothing_bold():
    scores = [(OPENED, 0.9), (CLOSED, 0.6)]
    answer = composed("direct", read(scores=scores, said="What happened in Marlow?"))
    assert "*" not in answer.text and answer.direct is None


def test_what_is_not_shown_is_counted_and_cited():
    scores = [(OPENED, 0.9), (CLOSED, 0.45), (BOATS, 0.4), (SPOKE, 0.1)]
    answer = composed("direct", read(scores=scores, said="When did it open?"))
    assert answer.statements[-1].text == "1 more sentence speaks of it."
    assert [(c.quote, c.number) for c in answer.further] == [("Two boats came.", 3)]
    assert [c.number for c in answer.citations] == [1, 2]


def test_a_question_for_yes_or_no_opens_with_a_sure_verdict_only():
    for line, verdict in {
        "Yes.": (0.8, 0.1, 0.1),
        "No.": (0.1, 0.8, 0.1),
        "The article leaves it open.": (0.1, 0.1, 0.8),
    }.items():
        given = read(scores=[(OPENED, 0.9)], said="Did it open?", verdict=verdict)
        answer = composed("yes_no", given)
        assert (answer.statements[0].text, answer.statements[0].role) == (line, "direct")
        assert [c.quote for c in answer.citations] == ["The harbour opened on Monday."]
    unsure = read(scores=[(OPENED, 0.9)], said="Did it open?", verdict=(0.4, 0.3, 0.3))
    assert [s.role for s in composed("yes_no", unsure).statements] == ["evidence"]


def test_what_the_best_sentence_leaves_open_is_not_settled_by_a_model():
    for text, question, line in [
        ("Whether the swell was to blame is not known.", "Was the swell to blame?", "leaves"),
        ("It is not yet clear if the bridge will reopen.", "Will the bridge reopen?", "leaves"),
        ("The mayor declined to say whether the bridge is safe.", "Is the bridge safe?", "leaves"),
        ("The swell was to blame, it is now known.", "Was the swell to blame?", "Yes"),
        ("It is not known whether rain will come.", "Was the swell to blame?", "Yes"),
    ]:
        given = of_text(f"{text} Boats came.", question, [0.9, 0.1])
        sure = replace(given, reading=replace(given.reading, verdict=(0.9, 0.05, 0.05)))
        assert line in composed("yes_no", sure).statements[0].text, text


def of_text(text, question, scores, direct=None):
    """A question of this text, its sentences' probabilities of belonging in order."""
    article = Article.from_text(text, title="News")
    sense = Sense(question, question)
    asked = replace(read(articles=(article,), said=question).understood, senses=(sense,))
    found = [
        Evidence(article, s, p, member=p) for s, p in zip(article.sentences, scores, strict=True)
    ]
    best = sorted(found, key=lambda e: -e.score)
    start = text.index(direct) if direct else 0
    short = Exact(direct, article.id, start, start + len(direct), 0.9) if direct else None
    return Read(asked, sense, (), Reading(tuple(best), 0.9), short)


def test_the_line_holds_the_whole_phrase_and_who_claims_it():
    for text, question, direct, line in [
        ("At least 19 civilians died in Marlow.", "How many died?", "19", "At least 19 civilians"),
        (
            "The Defence Ministry said 26 soldiers died in the raid.",
            "How many died?",
            "26 soldiers",
            "26 soldiers, according to the Defence Ministry",
        ),
        (
            "Six boats sank off Skerrin, according to the coast guard.",
            "How many boats sank?",
            "Six boats",
            "Six boats, according to the coast guard",
        ),
        (
            "Police in Holm said about 20 boats sank.",
            "How many boats sank?",
            "20 boats",
            "About 20 boats, according to police in Holm",
        ),
        ("It sold two iPhones.", "What did it sell?", "two iPhones", "Two iPhones"),
    ]:
        answer = composed("direct", of_text(text, question, [0.9], direct))
        assert answer.statements[0].text == line
        assert answer.exact == direct


def test_the_proof_stands_right_below_the_line_before_what_else_belongs():
    text = "The hall is old. It opened in 1961. Ada Kay opened it."
    given = of_text(text, "When did it open?", [0.6, 0.9, 0.7], "1961")
    assert [s.text for s in composed("direct", given).statements] == [
        "1961",
        "It opened in 1961.",
        "The hall is old.",
        "Ada Kay opened it.",
    ]
    given = of_text(text, "Is it old?", [0.6, 0.9, 0.7])
    sure = replace(given, reading=replace(given.reading, verdict=(0.9, 0.05, 0.05)))
    for answer in (composed("direct", given), composed("yes_no", sure)):
        assert [c.number for c in answer.citations] == [1, 2, 3]
    assert composed("yes_no", sure).text.startswith("Yes. [1]\n\n> It opened in 1961.\n")


def test_there_is_no_line_for_a_claim_by_a_pronoun_or_for_a_clause():
    for text, question, direct in [
        ("She said 26 soldiers died in the raid.", "How many died?", "26 soldiers"),
        ("It runs 58 depots and employs 132 people.", "How big is it?", "58 depots and employs"),
    ]:
        answer = composed("direct", of_text(text, question, [0.9], direct))
        assert [s.role for s in answer.statements] == ["evidence"]
        assert answer.direct is None and not answer.statements[0].bold


def test_what_somebody_said_holds_what_a_pronoun_says_next():
    text = (
        "Mayor Ada Kay said the dam would hold. It was built in 1961. "
        "The opposition said it would burst. Kay called that nonsense. She warned of rumours."
    )
    given = of_text(text, "What did Kay say?", [0.9, 0.01, 0.06, 0.06, 0.06])
    assert [c.quote for c in composed("said", given).citations] == [
        "Mayor Ada Kay said the dam would hold.",
        "Kay called that nonsense.",
        "She warned of rumours.",
    ]


def test_what_others_said_is_left_out():
    text = (
        "Mayor Ada Kay said the dam would hold. The union called that a joke. "
        "Its leader, Tor Moe, said it was cracked. “It will burst,” he said."
    )
    for question, scores, quotes in [
        ("What did the mayor say?", [0.9, 0.5, 0.5, 0.5], ["Mayor"]),
        ("What did the union say?", [0.5, 0.9, 0.5, 0.5], ["The union", "Its leader", "“It will"]),
        # No speaker is called that: it is whoever speaks in the best sentence.
        ("What did their boss say?", [0.4, 0.1, 0.9, 0.5], ["The union", "Its", "“It will"]),
        ("What do people say?", [0.9, 0.5, 0.5, 0.5], ["Mayor", "The union", "Its", "“It will"]),
    ]:
        cited = composed("said", of_text(text, question, scores)).citations
        begins = [c.quote.startswith(q) for c, q in zip(cited, quotes, strict=True)]
        assert all(begins), (question, cited)


def test_an_overview_lists_by_what_is_asked_for():
    text = (
        "The storm hit Norway on Monday. Sweden closed 40 schools. It was cold. "
        "About 300 homes in Norway lost power."
    )
    scores = [0.9, 0.8, 0.3, 0.7]
    listed = composed("overview", of_text(text, "Which countries were hit?", scores))
    assert [s.text for s in listed.statements if s.role == "direct"] == ["Norway", "Sweden"]
    assert "Norway [1]\n\n> The storm hit Norway on Monday.\n\nSweden [2]" in listed.text
    assert [c.quote for c in listed.further] == ["It was cold."]
    counted = composed("overview", of_text(text, "What are the figures?", scores))
    lines = [s.text for s in counted.statements if s.role == "direct"]
    assert lines == ["40 schools", "About 300 homes"]


def test_an_overview_of_what_has_no_name_is_an_account():
    text = "The union wants higher pay. It wants shorter days. The sea was calm."
    answer = composed("overview", of_text(text, "What are the demands?", [0.9, 0.8, 0.1]))
    assert answer.text == "> The union wants higher pay. [1] It wants shorter days. [2]"


def test_a_refusal_says_why():
    two = (ARTICLE, Article.from_text("It rained.", title="Rain"))
    for text, given in {
        "I did not find that in “Harbour”.": read(),
        "I did not find that in the 2 articles I searched.": read(articles=two),
        "There is no article yet; add one.": read(articles=()),
        "No article is chosen; choose one, or leave the choice out to ask all.": read(
            articles=(), names_articles=True
        ),
        "I can read English only; please ask in English.": read(is_readable=False),
        "Ich lese nur Englisch; bitte stellen Sie Ihre Frage auf Englisch. "
        "I can read English only; please ask in English.": read(is_readable=False, language="de"),
    }.items():
        answer = composed("refusal", given)
        assert (answer.kind, answer.text, answer.abstained) == ("refusal", text, True)
        assert (answer.statements[0].role, answer.direct) == ("notice", None)


def test_a_refusal_offers_three_sentences_that_answer_nothing():
    scores = [(s, 0.1) for s in ARTICLE.sentences]
    answer = composed("refusal", read(scores=scores))
    assert [(c.number, c.start) for c in answer.closest] == [
        (1, OPENED.start),
        (2, BOATS.start),
        (3, CLOSED.start),
    ]
    assert answer.citations == ()


def test_small_talk_is_replied_to_in_kind():
    for said, begins in {
        "Thanks!": "You are welcome.",
        "Hello": "Hello. Ask me",
        "bye": "Goodbye.",
        "What can you do?": "Ask me what the article says",
        "the": "“the” alone does not tell me what to look for",
        "Are you sure?": "There is no answer yet",
    }.items():
        answer = composed("small_talk", read("small_talk", said=said))
        assert answer.text.startswith(begins) and answer.kind == "small_talk"


def test_a_sentence_keeps_its_number():
    numbering = Numbering()
    numbers = [numbering.cite(ARTICLE, s).number for s in (BOATS, OPENED, BOATS)]
    assert numbers == [1, 2, 1]
