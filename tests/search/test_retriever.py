import pytest
from langchain_core.retrievers import BaseRetriever

from qa.article import Article
from qa.errors import UnknownArticleError
from qa.search.index import Index
from qa.search.langchain import HybridRetriever
from qa.search.retriever import RRF_K, LexicalIndex
from qa.settings import MEMORY


def made(id: str, text: str, title: str = "x") -> Article:
    return Article.from_text(text, title=title, id=id)


@pytest.fixture
def index(word_lengths):
    index = Index(MEMORY, word_lengths, "word lengths")
    for id, text in {
        "boats": "The boats sank slowly.",  # 3 5 4 6 letters and a full stop
        "trees": "The trees fall slowly.",  # of the same lengths
        "cars": "Automobiles accelerated.",  # Outlier
    }.items():
        index.add(made(id, text))
    return index


def found(retriever, question):
    return [d.metadata["article_id"] for d in retriever.invoke(question)]


def test_it_is_a_langchain_retriever(index):
    assert isinstance(HybridRetriever(index=index), BaseRetriever)


def test_ranks_of_both_searches_are_fused(index):
    documents = HybridRetriever(index=index).invoke("a boat sank?")
    first = documents[0].metadata
    assert (first["article_id"], first["lexical_rank"]) == ("boats", 1)
    assert first["score"] == 1 / (RRF_K + 1) + 1 / (RRF_K + first["dense_rank"])
    assert [d.metadata["lexical_rank"] for d in documents[1:]] == [None, None]
    assert documents[0].page_content == "The boats sank slowly."


def test_at_most_k_passages_come_back(index):
    assert len(found(HybridRetriever(index=index, k=2), "boats")) == 2


def test_it_can_be_limited_to_some_articles(index):
    assert found(HybridRetriever(index=index, articles=("cars",)), "boats sank") == ["cars"]
    assert found(HybridRetriever(index=index, articles=()), "boats sank") == []
    with pytest.raises(UnknownArticleError, match="'boat'; did you mean boats"):
        HybridRetriever(index=index, articles=("boat",)).invoke("boats")


def test_another_visitors_article_changes_nothing(index):
    mine = HybridRetriever(index=index, owner="ann").invoke("boats sank")
    index.add(made("more", "Boats sank and sank, the boats."), "bob")
    assert HybridRetriever(index=index, owner="ann").invoke("boats sank") == mine
    assert "more" in found(HybridRetriever(index=index, owner="bob"), "boats sank")


@pytest.mark.parametrize("question", ["", "the of", "?!", "zzz", "中文", "a" * 5000])
def test_odd_questions_find_something_or_nothing(index, question):
    assert len(found(HybridRetriever(index=index), question)) <= 3


def test_bm25_needs_a_shared_word():
    lexical = LexicalIndex([made("boats", "The boats sank."), made("odd", "?!")])
    assert [p.article_id for p in lexical.nearest("Which boat sinks?", 9)] == ["boats"]
    assert lexical.nearest("the", 9) == []
    assert LexicalIndex([made("odd", "?!", title="!")]).nearest("boats", 9) == []
    assert LexicalIndex([]).nearest("boats", 9) == []


def test_titles_are_searched_too():
    lexical = LexicalIndex([made("one", "It sank.", "Boats"), made("two", "It sank.", "Cars")])
    assert [p.article_id for p in lexical.nearest("boats", 9)] == ["one"]


def test_a_fact_of_the_article_is_found_first(assistant, article):
    retriever = HybridRetriever(index=assistant._loaded().index, k=1)
    (document,) = retriever.invoke("How many families were displaced?")
    assert "nearly 7,000 families" in document.page_content
    start, end = document.metadata["start"], document.metadata["end"]
    assert article.text[start:end] == document.page_content
