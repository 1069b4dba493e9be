from collections import OrderedDict

from qa.article import Article
from qa.compose.base import Parts
from qa.compose.summary import central, compose, summarise
from qa.question.digest import LENGTH
from tests.compose.test_composers import read

TEXT = (
    "The harbour of the old town opened again on Monday after the storm. "
    "On Monday the old town’s harbour was opened again, after the storm had gone. "
    "Ships from the north were the first to enter the harbour of the town. "
    "My aunt bakes bread with rye, salt and honey every second Sunday. "  # Outlier
    "The storm had closed the harbour and kept the ships out for a week."
)


def quotes(article, sentences):
    return [article.text[s.start : s.end] for s in sentences]


def test_central_sentences_are_of_the_topic_unlike_each_other_and_in_order(embedder):
    article = Article.from_text(TEXT, title="Harbour")
    found = quotes(article, central(article, embedder, 2))
    assert len(found) == 2
    assert not any("aunt" in quote for quote in found)
    assert sum("opened again" in quote for quote in found) <= 1
    assert [article.text.index(q) for q in found] == sorted(map(article.text.index, found))


def test_a_headline_above_the_text_is_no_lead(embedder):
    article = Article.from_text(
        "The harbour of the old town opens again\n\n" + TEXT, title="Harbour"
    )
    [lead] = central(article, embedder, 1)
    assert quotes(article, [lead]) == [TEXT.split(". ")[0] + "."]


def test_more_articles_than_are_summarised_are_counted(embedder):
    articles = tuple(Article.from_text(f"It rained on day {n}.", title=str(n)) for n in range(14))
    answer = compose(read("summary", articles=articles, said="Sum up all"), Parts(embedder))
    assert answer.statements[-1].text.startswith("2 more articles are not summarised here")
    assert len(answer.citations) == 12


def test_points_are_a_list(embedder):
    article = Article.from_text(TEXT, title="Harbour")
    asked = read("summary", articles=(article,), said="Two bullets, please")
    assert [s.role for s in compose(asked, Parts(embedder)).statements] == ["point", "point"]


def test_a_short_article_is_its_own_summary(embedder):
    article = Article.from_text("One. Two.", title="T")
    assert quotes(article, central(article, embedder, LENGTH)) == ["One.", "Two."]


def test_several_articles_give_one_sentence_each(embedder):
    articles = [Article.from_text(TEXT + f" {n}.", title=f"T{n}") for n in range(3)]
    assert [len(sentences) for _, sentences in summarise(articles, embedder)] == [1, 1, 1]


def test_a_summary_opens_with_the_lead_and_a_shorter_one_is_part_of_it(embedder):
    article = Article.from_text(TEXT, title="Harbour")
    for length in (1, 2, 3):
        found = central(article, embedder, length)
        assert len(found) == length and found[0] == article.sentences[0]
        assert set(found) <= set(central(article, embedder, length + 1))


def test_what_was_ranked_is_kept(embedder):
    class Counting:
        calls = 0

        def embed_documents(self, texts):
            self.calls += 1
            return embedder.embed_documents(texts)

    counting, kept = Counting(), OrderedDict()
    article = Article.from_text(TEXT, title="Harbour")
    first = central(article, counting, 2, kept)
    assert central(article, counting, 2, kept) == first
    central(article, counting, 3, kept)
    assert counting.calls == 1
