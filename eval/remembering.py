"""An embedder that remembers, for the configurations of a comparison embed the same sentences."""

from functools import lru_cache

from langchain_core.embeddings import Embeddings

_QUERIES, _BATCHES = 4_000, 4_000  # about 100 MB of vectors at 8 sentences a batch


class Remembering(Embeddings):
    """The embedder it is given, which embeds each query and each batch of texts once.

    Whole batches, for a text's vector may move in its last digits with its neighbours.
    """

    def __init__(self, embedder: Embeddings) -> None:
        self._query = lru_cache(_QUERIES)(embedder.embed_query)
        self._batch = lru_cache(_BATCHES)(lambda texts: embedder.embed_documents(list(texts)))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return self._batch(tuple(texts))

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self._query(text)
