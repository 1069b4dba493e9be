"""The suite `retrieval`: all articles of a set in one index, both searches and their fusion."""

from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import Place, Question, QuestionSet, read_articles, read_public
from eval.metrics import Interval, bootstrap_mean
from eval.progress import progress
from eval.result import SuiteResult
from eval.scores import CUTS, Row, Table, held, ranking
from eval.suites import Options
from qa.article import Article
from qa.question.follow_up import exchanges, senses
from qa.search.index import Index
from qa.search.retriever import POOL, Retriever
from qa.settings import MEMORY, Settings

SETS = ("fictional-news", "squad2", "clapnq")
RANKS = {"dense": "dense_rank", "lexical": "lexical_rank", "fused": ""}  # "": the order itself
MEASURES = (*(f"recall@{k}" for k in CUTS), "mrr@10")
ABOUT = (
    "All articles of a set in one index, the questions that they answer asked of all of them; gold "
    "are the evidence sentences, found when a passage holds them."
)
NOTES = (
    "Dense is the embedder over Chroma, lexical BM25, fused their reciprocal rank fusion, which is "
    "what the product reads from. A follow-up is searched for as the product does, with the "
    "question before it.",
    "OneStopQA is left out, for each of its articles is there at three reading levels and only one "
    "counts as gold; MT-RAG-UN, for it marks no evidence.",
)


def retrieval(options: Options, embedder: Embeddings) -> SuiteResult:
    """Recall and reciprocal rank of each search. Raises `DataError` for bad data."""
    split = options.split or "test"
    tables: dict[str, Table] = {}
    asked = 0
    for name in SETS:
        folder = options.folder(name)
        needs_all = {"fictional-news": ("multi",), "clapnq": ("answerable",)}.get(name, ())
        found = read_public(folder, split, needs_all=needs_all)
        with_gold = tuple(q for q in found.questions if q.gold)
        questions = QuestionSet(with_gold, found.articles).sample(options.limit)
        articles = read_articles(folder)
        settings = Settings(chroma=MEMORY, corpus=None)
        ledger = Checkpoint(
            options.out / "finished",
            f"retrieval-{name}",
            fingerprint(settings, digest([a.revision for a in articles])),
        )
        values = _values(name, questions, articles, embedder, ledger)
        tables[f"{name}: {len(articles)} articles"] = {
            search: _means([v[search] for v in values]) for search in RANKS
        }
        asked += len(questions.questions)
    return SuiteResult("retrieval", ABOUT, split, asked, tables, NOTES)


def _values(
    name: str,
    questions: QuestionSet,
    articles: Sequence[Article],
    embedder: Embeddings,
    ledger: Checkpoint,
) -> list[dict[str, Any]]:
    """By question and search, the value of each measure."""
    keys = {q.id: f"{q.id} {digest([q.question, q.history])}" for q in questions.questions}
    left = [q for q in questions.questions if keys[q.id] not in ledger]
    if left:
        index = Index(MEMORY, embedder, "eval")
        with progress(f"retrieval, indexing {name}", len(articles)) as advance:
            for article in articles:
                index.add(article)
                advance(1)
        retriever = Retriever(index, 2 * POOL)  # all that either search finds
        sentences = held(articles)
        with progress(f"retrieval in {name}", len(left)) as advance:
            for question in left:
                found = _rankings(question, articles, retriever)
                ledger.add(
                    keys[question.id],
                    {
                        search: ranking([sentences(place) for place in places], question)
                        for search, places in found.items()
                    },
                )
                advance(1)
    return [ledger[key] for key in keys.values()]


def _rankings(
    question: Question, articles: Sequence[Article], retriever: Retriever
) -> dict[str, list[Place]]:
    meant = senses(question.question, exchanges(question.history))[0]
    found = retriever.search(meant.query, articles)
    rankings = {}
    for search, rank in RANKS.items():
        ranked = [c for c in found if getattr(c, rank)] if rank else found
        if rank:
            ranked.sort(key=lambda c, rank=rank: getattr(c, rank))  # type: ignore[misc]
        rankings[search] = [(c.article.id, c.passage.start, c.passage.end) for c in ranked]
    return rankings


def _means(values: Sequence[dict[str, float | None]]) -> Row:
    found: dict[str, Interval | None] = {
        name: bootstrap_mean([v[name] for v in values]) for name in MEASURES
    }
    return {name: interval for name, interval in found.items() if interval is not None}
