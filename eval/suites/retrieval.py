"""The suite `retrieval`: all articles of a set in one index, searched in three ways."""

from collections.abc import Sequence
from operator import attrgetter

from langchain_core.embeddings import Embeddings

from eval.metrics import Table, table
from eval.report import SuiteResult
from eval.run import Options, track
from eval.scoring import held, ranking
from eval.suites import Suite
from qa.article import Article
from qa.question.follow_up import exchanges, senses
from qa.search.index import Index
from qa.search.retriever import POOL, Retriever
from qa.settings import MEMORY
from sets.questions import GoldQuestion, Place, QuestionSet, read_articles, read_public

SETS = {  # the kinds of question whose gold sentences are needed together
    "fictional-news": ("multi",),
    "squad2": (),
    "clapnq": ("answerable",),
}
RANKS = {"dense": "dense_rank", "lexical": "lexical_rank", "fused": ""}  # "": the order itself


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Recall and reciprocal rank of each search."""
    tables: dict[str, Table] = {}
    asked = 0
    for name, needs_all in SETS.items():
        folder = options.folder(name)
        found = read_public(folder, options.split, needs_all=needs_all)
        with_gold = tuple(q for q in found.questions if q.gold)
        questions = QuestionSet(with_gold, found.articles).sample(options.limit).questions
        articles = read_articles(folder)
        index = Index(MEMORY, embedder, "eval")
        for article in track(articles, f"retrieval, indexing {name}", len(articles)):
            index.add(article)
        retriever, sentences = Retriever(index, 2 * POOL), held(articles)  # all that either finds
        tables[f"{name}: {len(articles)} articles"] = table(
            (search, ranking([sentences(place) for place in places], question))
            for question in track(questions, f"retrieval in {name}", len(questions))
            for search, places in _rankings(question, articles, retriever).items()
        )
        asked += len(questions)
    return SuiteResult(questions=asked, tables=tables)


def _rankings(
    question: GoldQuestion, articles: Sequence[Article], retriever: Retriever
) -> dict[str, list[Place]]:
    """By search the passages that it finds, best first."""
    meant = senses(question.question, exchanges(question.history))[0]
    found = retriever.search(meant.query, articles)
    ranked = {
        search: sorted((c for c in found if getattr(c, rank)), key=attrgetter(rank))
        if rank
        else found
        for search, rank in RANKS.items()
    }
    return {
        search: [(c.article.id, c.passage.start, c.passage.end) for c in candidates]
        for search, candidates in ranked.items()
    }
