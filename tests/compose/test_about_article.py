from qa.article import Article
from qa.compose.about_article import about, readable
from qa.markdown import to_markdown

KAY = Article.from_text(
    "It opened. It is large.",
    title="Harbour",
    source="kay.test",
    published="2025-03-14",
    author="Ada Kay",
    publisher="The *Post*",
    place="Marlow Bay",
    updated="2025-03-15T09:30",
)
BARE = Article.from_text("It opened.", title="A *star*", source="www.x.test")
DETAILS = (
    "\n\nDetails of the article, not quoted from its text:\n\n"
    "**Harbour**  \nAuthor: Ada Kay. Source: kay.test. Published: 14 March 2025. "
    "Publisher: The \\*Post\\*. Place: Marlow Bay. Updated: 15 March 2025, 09:30."
)


def told_of(articles, question):
    return to_markdown(about(articles, question))


def test_the_fact_that_is_asked_for_stands_before_the_details():
    dates = "It was published on **14 March 2025**. It was updated on **15 March 2025, 09:30**."
    for question, told in {
        "Who wrote this?": "The author is **Ada Kay**.",
        "When was it updated?": dates,
        "When was it published?": dates,
        "Which newspaper is it from?": "It was published by **The \\*Post\\***.",
        "Where was this written?": "It was written in **Marlow Bay**.",
        "What is the title?": "The title is **Harbour**.",
        "How long is this article?": "It has **5 words** in 2 sentences.",
    }.items():
        assert told_of([KAY], question) == told + DETAILS


def test_what_is_not_given_is_said_and_nothing_made_up():
    for question, told in {
        "Who is the author?": "No author is given.",
        "Who published it?": "No publisher is given. It comes from **www\\.x.test**.",
        "Has it been updated?": "No update is given. No date of publication is given.",
    }.items():
        assert told_of([BARE], question) == told + (
            "\n\nDetails of the article, not quoted from its text:\n\n"
            "**A \\*star\\***  \nAuthor: not given. Source: www\\.x.test. Published: not given."
        )


def test_a_date_without_a_year_is_told_as_the_dateline_has_it():
    text = "ELIN, 4 Feb — The harbour opened."
    told = told_of([Article.from_text(text, title="Harbour")], "When was this published?")
    assert told.startswith("No date of publication is given. Its dateline is “ELIN, 4 Feb”.\n\n")


def test_of_several_articles_each_is_told_with_its_title():
    told = told_of([KAY, BARE], "Who wrote these articles?")
    assert told.startswith(
        "**Harbour**: The author is **Ada Kay**.\n\n**A \\*star\\***: No author is given.\n\n"
        "Details of the articles, not quoted from their text:"
    )


def test_a_date_is_told_as_it_is_said():
    for date, said in {
        "2025-03-04": "4 March 2025",
        "2025-03-04T09:30:00Z": "4 March 2025, 09:30 UTC",
        "early 2025": "early 2025",
    }.items():
        assert readable(date) == said
