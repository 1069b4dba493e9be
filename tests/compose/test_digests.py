"""Key facts, timeline, people and places over a text of our own, with the real parser."""

from qa.article import Article
from qa.collection.scope import Scope
from qa.compose.base import Parts
from qa.compose.composers import COMPOSERS, form_of
from qa.compose.stages import Read, Stopwatch, Understood
from qa.question.follow_up import Sense

STORM = Article.from_text(
    "The storm reached Marlow on Monday. At least 19 civilians died in Holm in March 2019. "
    "Mayor Ada Kay will reopen the harbour on Friday. The repair costs 4.5 million crowns.",
    title="Storm",
    published="2024-02-07",  # a Wednesday
)


def told(question, article=STORM):
    asked = Understood(
        question,
        "summary",
        (Sense(question, question),),
        (),
        Scope(question, (article,)),
        (article,),
        names_articles=False,
        is_readable=True,
        owner=None,
        rewritten_by=None,
        stopwatch=Stopwatch(),
    )
    read = Read(asked, asked.senses[0])
    return COMPOSERS[form_of(read, 0.5)](read, Parts(embedder=None))


def lines(answer):
    return [s.text for s in answer.statements if s.role == "direct"]


def test_a_timeline_is_in_order_of_time_by_the_day_of_publication():
    answer = told("timeline")
    assert lines(answer) == ["March 2019", "5 February 2024", "9 February 2024"]
    assert [c.quote[:12] for c in answer.citations] == [
        "At least 19 ",
        "The storm re",
        "Mayor Ada Ka",
    ]


def test_without_a_day_of_publication_a_weekday_is_not_dated():
    assert lines(told("timeline", Article.from_text(STORM.text, title="Storm"))) == ["March 2019"]


def test_key_facts_tell_what_the_numbers_count():
    facts = lines(told("key facts"))
    assert facts[0] == "At least 19 civilians"
    assert "4.5 million crowns" in facts[-1]


def test_people_and_places_are_named_once_where_they_come_first():
    named = ", ".join(lines(told("people and places")))
    assert "Ada Kay" in named and "Holm" in named


def test_only_what_is_asked_for_is_listed():
    article = Article.from_text("Ada Kay flew from Norway to London on Monday.", title="Trip")
    assert lines(told("Who is mentioned?", article)) == ["Ada Kay"]
    assert lines(told("Which places are mentioned?", article)) == ["Norway, London"]


def test_each_line_is_proved_by_the_sentence_below_it():
    for wish in ("timeline", "key facts", "people and places"):
        statements = told(wish).statements
        for line, quote in zip(statements[::2], statements[1::2], strict=True):
            assert line.citations == quote.citations
            assert (
                quote.text
                == quote.citations[0].quote
                == STORM.text[quote.citations[0].start : quote.citations[0].end]
            )


def test_an_article_without_dates_says_so():
    assert told("timeline", Article.from_text("It rained. It was wet.", title="Rain")).text == (
        "I found no dates in “Rain”."
    )
