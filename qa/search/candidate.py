"""A passage that search found, with what it knows of it."""

from dataclasses import dataclass

from qa.article import Article, Passage, Sentence


@dataclass(frozen=True)
class Candidate:
    """A retrieved passage, its article, and what the search knows of it."""

    article: Article
    passage: Passage
    score: float = 0.0  # fused
    similarity: float = 0.0  # cosine to the question
    dense_rank: int | None = None
    lexical_rank: int | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The whole sentences of the passage."""
        return tuple(
            s
            for s in self.article.sentences
            if self.passage.start <= s.start and s.end <= self.passage.end
        )
