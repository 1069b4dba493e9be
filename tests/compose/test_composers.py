"""The forms of an answer, composed without models from what was read."""

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
    intent="question", articles=(ARTICLE,), scores=(), answerable=0.8, said="Hello", **understood
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
    evidence = tuple(Evidence(ARTICLE, sentence, score) for sentence, score in scores)
    return Read(asked, asked.senses[0], (), Reading(evidence, answerable), SHORT)


def composed(form: str, given: Read):
    return COMPOSERS[form](given, Parts(embedder=None))


def test_the_form_follows_from_what_is_asked_and_whether_it_is_answered():
    for form, given in [
        ("direct", read()),
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


def test_a_direct_answer_quotes_what_says_nearly_as_much_in_the_order_of_the_text():
    scores = [(CLOSED, 0.9), (OPENED, 0.6), (BOATS, 0.5), (SPOKE, 0.9)]
    answer = composed("direct", read(scores=scores))
    assert [(s.text, s.role) for s in answer.statements] == [
        ("The harbour opened on Monday.", "evidence"),
        ("It had been closed.", "evidence"),
    ]
    assert [c.number for c in answer.citations] == [1, 2]
    assert (answer.direct, answer.exact, answer.confidence) == (SHORT, "Monday", 0.8)
    assert answer.text == ("> The harbour opened on **Monday**. [1]\n>\n> It had been closed. [2]")


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
