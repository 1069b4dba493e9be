"""The retriever as LangChain's, for chains of one's own."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from qa.search.candidate import Candidate
from qa.search.index import Index
from qa.search.retriever import Retriever


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over an index: `qa.search.retriever.Retriever` as documents.

    A document holds a passage's text and, as metadata, `article_id`, `title`, `start`, `end`,
    `score`, `dense_rank` and `lexical_rank` (from 1; None if not found), and `similarity`, the
    cosine to the question (0 if not found). `articles` limits it to these ids; `owner` adds what
    that session added. Raises `UnknownArticleError` for an id that is not there.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 8
    articles: tuple[str, ...] | None = None
    owner: str | None = None
    _retriever: Retriever = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Build the retriever once, for it keeps what it makes of the articles."""
        self._retriever = Retriever(self.index, self.k)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        articles = (
            self.index.visible(self.owner)
            if self.articles is None
            else self.index.get(self.articles, self.owner)
        )
        return [_document(c) for c in self._retriever.search(query, articles, self.owner)]


def _document(found: Candidate) -> Document:
    return Document(
        page_content=found.passage.text,
        metadata={
            "article_id": found.article.id,
            "title": found.article.title,
            "start": found.passage.start,
            "end": found.passage.end,
            "score": found.score,
            "dense_rank": found.dense_rank,
            "lexical_rank": found.lexical_rank,
            "similarity": found.similarity,
        },
    )
