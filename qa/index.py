"""Articles and their passages in Chroma: add, remove, visible, get, nearest passages."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from qa.article import PASSAGE_RULES, Article
from qa.errors import StoreError, UnknownArticleError, UsageError
from qa.store import NO_VECTOR, Store

_TRIES = 3  # another process may replace an article between its row and its passages being read
_BATCH = 1000  # rows an upsert; Chroma takes 5,461 at most


@dataclass(frozen=True)
class _Row:
    """What the articles table holds of an article; `key` marks its passages."""

    owner: str  # "" for the shipped corpus and what the installation's owner adds
    key: str
    article_id: str
    revision: str
    title: str
    source: str
    published: str | None
    pages: tuple[int, ...]
    origin: str


class Index:
    """Articles in a Chroma folder, each visible whole or not at all.

    An article's passages are written first and its row last; passages without a row are invisible.
    Before a write, a pending row notes what it leaves behind if it is killed, and the next write
    sweeps it. `owner` is None for what everybody sees, else a visitor's session. `corpus` names the
    folder whose articles are seen besides the added ones; another folder's stay out of sight.
    """

    def __init__(
        self, location: str, embedder: Embeddings, embedder_name: str, corpus: str = ""
    ) -> None:
        digest = hashlib.sha256(embedder_name.encode()).hexdigest()[:8]
        self._store = Store.open(location, f"r{PASSAGE_RULES}-{digest}")
        self._embedder = embedder
        self._corpus = corpus
        self._rows: dict[str, _Row] = {}  # of the generation below
        self._pending: set[str] = set()  # keys whose passages a killed write may have left
        self._generation: str | None = None
        self._articles: dict[str, Article] = {}  # by key, so never out of date

    def add(self, article: Article, owner: str | None = None) -> bool:
        """Add an article, or replace another revision of it; whether anything changed."""
        return self._add(article, _row(article, owner, origin=""))

    def _add(self, article: Article, row: _Row) -> bool:
        with self._store.reading() as generation:
            self._read_rows(generation)
            if self._rows.get(_row_id(row.owner, article.id)) == row:
                return False
        texts = [f"{article.title}\n\n{p.text}" for p in article.passages]
        vectors = self._embedder.embed_documents(texts)
        with self._store.writing() as generation:
            self._read_rows(None)
            old = self._rows.get(_row_id(row.owner, article.id))
            self._mark([row.key] if old is None else [row.key, old.key])
            for start in range(0, len(vectors), _BATCH):
                batch = article.passages[start : start + _BATCH]
                self._store.passages.upsert(
                    ids=[f"{row.key}:{p.start}" for p in batch],
                    embeddings=list(vectors[start : start + _BATCH]),  # type: ignore[arg-type]
                    documents=[p.text for p in batch],
                    metadatas=[
                        {"key": row.key, "article_id": p.article_id, "start": p.start}
                        for p in batch
                    ],
                )
            self._store.commit(generation, _row_id(row.owner, article.id), _dump(row))
            self._read_rows(None)
            self._sweep()
        return True

    def remove(self, article_id: str, owner: str | None = None) -> None:
        """Remove an owner's article.

        Raises `UnknownArticleError`, and `UsageError` for an article of the corpus folder.
        """
        with self._store.reading() as generation:
            self._read_rows(generation)
            row = self._rows.get(_row_id(_owner(owner), article_id))
        if row is not None and row.origin:
            raise UsageError(
                f"The article {article_id!r} is a file of the corpus folder {row.origin}; "
                "delete the file instead."
            )
        self._remove(article_id, owner)

    def _remove(self, article_id: str, owner: str | None) -> None:
        row_id = _row_id(_owner(owner), article_id)
        with self._store.writing() as generation:
            self._read_rows(None)
            row = self._rows.get(row_id)
            if row is None:
                raise self._unknown(article_id, owner)
            self._mark([row.key])
            # An empty row in its place, then nothing: removal is one transaction too.
            self._store.commit(generation, row_id, "")
            self._read_rows(None)
            self._sweep()
            self._store.articles.delete(ids=[row_id])

    def sync(self, articles: Sequence[Article]) -> None:
        """Make the articles of the corpus folder be these, no more, no less."""
        for article in articles:
            self._add(article, _row(article, None, self._corpus))
        kept = {article.id for article in articles}
        with self._store.reading() as generation:
            self._read_rows(generation)
            mine = [r.article_id for r in self._rows.values() if r.origin == self._corpus != ""]
        for article_id in set(mine) - kept:
            self._remove(article_id, None)

    def visible(self, owner: str | None = None) -> list[Article]:
        """What an owner may see, everybody's and their own, in the order of the ids."""
        for _ in range(_TRIES):
            with self._store.reading() as generation:
                self._read_rows(generation)
                rows = self._visible_rows(owner)
                articles = [self._load(rows[article_id]) for article_id in sorted(rows)]
                damaged = [a.id for a in articles if a.revision != rows[a.id].revision]
                if not damaged:
                    self._articles |= {rows[a.id].key: a for a in articles}
                    return articles
        raise StoreError(
            f"The index holds only part of {damaged[0]!r}; remove that article and add it again."
        )

    def get(self, article_ids: Sequence[str], owner: str | None = None) -> list[Article]:
        """These articles, in the order of their ids. Raises `UnknownArticleError`."""
        visible = {article.id: article for article in self.visible(owner)}
        for article_id in article_ids:
            if article_id not in visible:
                raise self._unknown(article_id, owner)
        return [visible[article_id] for article_id in sorted(set(article_ids))]

    def owned(self) -> dict[str | None, tuple[str, ...]]:
        """The ids of what each owner has added, in order; a corpus folder's articles are no one's.

        `{None: ("3234fb6c45a4e7a1",), "visitor": ("8d6c7a95e20b1f34",)}`
        """
        with self._store.reading() as generation:
            self._read_rows(generation)
            added = sorted((r.owner, r.article_id) for r in self._rows.values() if not r.origin)
        return {
            owner or None: tuple(article_id for _, article_id in rows)
            for owner, rows in groupby(added, key=lambda row: row[0])
        }

    def nearest(
        self, question: str, articles: Sequence[Article], owner: str | None, k: int
    ) -> dict[tuple[str, int], float]:
        """The k passages of these articles nearest to a question, nearest first.

        Gives the cosine by (article id, passage start).
        """
        if not articles:
            return {}
        vector = self._embedder.embed_query(question)
        with self._store.reading() as generation:
            self._read_rows(generation)
            rows = self._visible_rows(owner)
            keys = [rows[article.id].key for article in articles if article.id in rows]
            if not keys:
                return {}
            vectors = Chroma(
                client=self._store.client,
                collection_name=self._store.passages.name,
                create_collection_if_not_exists=False,
            )
            found = vectors.similarity_search_by_vector_with_relevance_scores(
                vector,
                k,
                filter={"key": {"$in": keys}},  # type: ignore[dict-item]
            )
        return {  # Chroma returns distances
            (str(d.metadata["article_id"]), int(d.metadata["start"])): 1 - distance
            for d, distance in found
        }

    def _visible_rows(self, owner: str | None) -> dict[str, _Row]:
        rows = sorted(self._rows.values(), key=lambda row: row.owner)
        return {  # one's own before everybody's
            row.article_id: row
            for row in rows
            if row.owner in ("", _owner(owner)) and row.origin in ("", self._corpus)
        }

    def _read_rows(self, generation: str | None) -> None:
        if generation is not None and generation == self._generation:
            return
        found = self._store.articles.get(include=["documents"])
        documents = dict(zip(found["ids"], found["documents"] or [], strict=True))
        self._rows = {i: _parse(d) for i, d in documents.items() if i.startswith("[") and d}
        self._pending = {d for i, d in documents.items() if i.startswith("pending:")}
        self._generation = generation
        keys = {row.key for row in self._rows.values()}
        self._articles = {key: a for key, a in self._articles.items() if key in keys}

    def _load(self, row: _Row) -> Article:
        article = self._articles.get(row.key)
        if article is None:
            found = self._store.passages.get(
                where={"key": row.key}, include=["documents", "metadatas"]
            )
            parts = zip(found["metadatas"] or [], found["documents"] or [], strict=True)
            text = "".join(d for _, d in sorted(parts, key=lambda part: int(part[0]["start"])))  # type: ignore[arg-type]
            article = Article(row.article_id, row.title, text, row.source, row.published, row.pages)
        return article

    def _mark(self, keys: Sequence[str]) -> None:
        self._store.articles.upsert(
            ids=[f"pending:{key}" for key in keys],
            embeddings=[NO_VECTOR] * len(keys),
            documents=list(keys),
        )

    def _sweep(self) -> None:
        visible = {row.key for row in self._rows.values()}
        for key in self._pending:
            if key not in visible:
                self._store.passages.delete(where={"key": key})
        if self._pending:
            self._store.articles.delete(ids=[f"pending:{key}" for key in self._pending])

    def _unknown(self, article_id: str, owner: str | None) -> UnknownArticleError:
        known = sorted(self._visible_rows(owner))
        near = get_close_matches(article_id, known, n=3, cutoff=0.3) or known[:3]
        hint = f"did you mean {' or '.join(near)}?" if near else "there is none yet; add one."
        return UnknownArticleError(f"There is no article {article_id!r}; {hint}")


def _owner(owner: str | None) -> str:
    if owner == "":
        raise UsageError("The owner is '', but must be None or a session's name.")
    return owner or ""


def _row(article: Article, owner: str | None, origin: str) -> _Row:
    return _Row(
        _owner(owner),
        f"{_owner(owner)}/{article.revision}",
        article.id,
        article.revision,
        article.title,
        article.source,
        article.published,
        article.pages,
        origin,
    )


def _row_id(owner: str, article_id: str) -> str:
    return json.dumps([owner, article_id])


def _dump(row: _Row) -> str:
    return json.dumps(row.__dict__)


def _parse(document: str) -> _Row:
    fields = json.loads(document)
    return _Row(**fields | {"pages": tuple(fields["pages"])})
