"""The suite `retrieval`: all articles of a set in one index, searched in three ways."""

from collections.abc import Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from eval.checkpoint import Checkpoint, digest, fingerprint
from eval.data import GoldQuestion, Place, QuestionSet, read_articles, read_public
from eval.metrics import Row, Table, bootstrap_mean, defined
from eval.report import SuiteResult
from eval.run import Options, track
from eval.scoring import CUTS, held, ranking
from eval.suites.suite import Suite
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
    "OneStopQA is left out because each of its articles is there at three reading levels and only "
    "one counts as gold; MT-RAG-UN because it marks no evidence.",
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
        finished = Checkpoint(
            options.finished,
            f"retrieval-{name}",
            fingerprint(settings, digest([a.revision for a in articles])),
        )
        values = _values(name, questions, articles, embedder, finished)
        tables[f"{name}: {len(articles)} articles"] = {
            search: _means([v[search] for v in values]) for search in RANKS
        }
        asked += len(questions.questions)
    return SUITE.result(options, asked, tables, NOTES)


def _values(
    name: str,
    questions: QuestionSet,
    articles: Sequence[Article],
    embedder: Embeddings,
    finished: Checkpoint,
) -> list[dict[str, Any]]:
    """By question and search, the value of each measure."""
    keys = {q.id: f"{q.id} {digest([q.question, q.history])}" for q in questions.questions}
    left = [q for q in questions.questions if keys[q.id] not in finished]
    if left:
        index = Index(MEMORY, embedder, "eval")
        for article in track(articles, f"retrieval, indexing {name}", len(articles)):
            index.add(article)
        retriever = Retriever(index, 2 * POOL)  # all that either search finds
        sentences = held(articles)
        for question in track(left, f"retrieval in {name}", len(left)):
            found = {
                search: ranking([sentences(place) for place in places], question)
                for search, places in _rankings(question, articles, retriever).items()
            }
            finished.add(keys[question.id], found)
    return [finished[key] for key in keys.values()]


def _rankings(
    question: GoldQuestion, articles: Sequence[Article], retriever: Retriever
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
    return defined({name: bootstrap_mean([v[name] for v in values]) for name in MEASURES})


SUITE = Suite("retrieval", ABOUT, retrieval, folders=SETS)
