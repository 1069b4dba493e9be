"""One article with an index of its own, searched as the product does."""

from langchain_core.embeddings import Embeddings

from qa.article import Article
from qa.search.candidate import Candidate
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import MEMORY, Settings


class ArticleSearch:
    """Finds the passages of one article that the reader is given for a question."""

    def __init__(self, article: Article, embedder: Embeddings) -> None:
        self.article = article
        index = Index(MEMORY, embedder, "one-article")
        index.add(article)
        self._retriever = Retriever(index, Settings.model_fields["top_k"].default)

    def candidates(self, question: str) -> list[Candidate]:
        """The passages that are found for a question that stands alone, best first."""
        return self._retriever.search(question, [self.article])
