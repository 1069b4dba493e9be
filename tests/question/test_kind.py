from qa.question.kind import article_fact, intent, small_talk
from qa.question.over_all import is_of_all


def test_small_talk():
    for said in ["Hi", "Hello there!", "thanks", "Thank you so much.", "ok thanks", "bye", "help"]:
        assert intent(said) == "small_talk", said


def test_a_wish_for_a_summary():
    for said in [
        "Summarize",
        "Summarise this article, please.",
        "Can you please summarize the article?",
        "What is this about?",
        "What’s the article about?",
        "What is this article about?",
        "Key points",
        "what are the main points of the article",
        "tl;dr",
        "Give me a short summary of it",
    ]:
        assert intent(said) == "summary", said


def test_a_wish_for_all_articles_is_a_summary():
    for said in [
        "Summarise all articles",
        "Summarize them all, please",
        "What are they all about?",
        "What are the articles about?",
        "What is each article about?",
        "Give me a one-sentence summary of each article",
        "Recap all the stories",
        "an overview of everything",
    ]:
        assert (intent(said), is_of_all(said)) == ("summary", True), said
    for said in ["Summarise this article", "What is this all about?", "What is it about?"]:
        assert (intent(said), is_of_all(said)) == ("summary", False), said
    for said in ["What are they accused of?", "What are all the demands?", "Who are they all?"]:
        assert intent(said) == "question", said


def test_a_question_about_the_article_itself():
    for fact, asked in [
        (
            "title",
            "What is the title? / What is the headline of this article? / What is it called?",
        ),
        (
            "author",
            "Who wrote this? / Who is the author? / who's the journalist behind this story / "
            "What is the author's name? / Who was this written by? / Whose article is this? / "
            "Can you tell me who wrote the article? / "
            "Does it name an author? / By whom was it written?",
        ),
        (
            "publisher",
            "Who published this article? / which newspaper is this from? / What paper ran this? / "
            "In which newspaper did it appear? / Which news outlet published the story?",
        ),
        ("source", "Where does this story come from? / What is the source? / What's the URL?"),
        ("place", "Where was this written? / What is the dateline of this story?"),
        (
            "published",
            "When was it published? / On what date was this published? / "
            "how old is this article? / "
            "What date was this article written? / What day was this article published? / "
            "What's the date of publication? / What is the date of this article? / "
            "Is this article recent? / Do you know when this was published?",
        ),
        (
            "updated",
            "When was it updated? / Has this been updated? / "
            "When was this article last modified? / "
            "What is the date of the last update?",
        ),
        ("length", "How long is this article? / How many words are in this article?"),
        (
            "articles",
            "Which articles do you have? / How many articles are there? / "
            "what articles have I added? / list all articles / number of articles / "
            "How many articles can you search?",
        ),
        ("author", "Who wrote each article? / Who wrote both stories?"),
    ]:
        for question in asked.split(" / "):
            assert (intent(question), article_fact(question)) == ("about", fact), question


def test_a_question_is_not_swallowed():
    for said in [
        "What is the title of Geir Pedersen?",
        "What is the offensive about to do?",
        "Thanks to whom did the ceasefire hold?",
        "Who helped the rebels?",
        "What are the key points of the ceasefire?",
        "When was the ceasefire published?",
        "What is the source of the tension?",
        "Hi, how many civilians died?",
        "Where does the general come from?",
        "Who wrote the letter?",
        "How long is the bridge?",
        "How old is it?",
        "When was it changed?",
        "What is the date of the vote?",
        "Which newspaper did the mayor sue?",
        "Where was the treaty written?",
        "What is the address of the town hall?",
    ]:
        assert intent(said) == "question", said


def test_small_talk_is_told_by_kind():
    for said, kind in {
        "Thanks!": "thanks",
        "Hello": "greeting",
        "bye": "goodbye",
        "What can you do?": "abilities",
        "ok, great": "nod",
        "?": "unclear",
        "the": "unclear",
        "Who?": None,
        "Hi, how many civilians died?": None,
    }.items():
        assert small_talk(said) == kind
