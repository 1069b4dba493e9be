"""Articles and their passages in Chroma: add, remove, visible, get, nearest passages."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from qa.article import PASSAGE_RULES, Article, Passage, Style
from qa.errors import StoreError, UnknownArticleError, UsageError
from qa.store import Access, Store

_TRIES = 3  # another process may replace an article between its row and its passages being read
_BATCH = 100  # passages a call: a question waits for one of them at most
_KEYS = 100  # articles whose texts one request asks for
_NAMED = 1000  # articles up to which a search names them to Chroma, which is slow for many
_MOST = 300  # results of a search; Chroma's cloud gives no more
_Item = TypeVar("_Item")


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
    author: str | None = None  # a row of an earlier version has this and what follows not
    publisher: str | None = None
    place: str | None = None
    updated: str | None = None
    url: str | None = None
    styles: tuple[Style, ...] = ()

    @property
    def id(self) -> str:
        return _row_id(self.owner, self.article_id)

    def says(self, other: "_Row | None") -> bool:
        """Whether the other is the same but for where its passages are."""
        return other is not None and self == replace(other, key=self.key)


class Index:
    """Articles in Chroma, each visible whole or not at all.

    An article's passages are written first and its row last; passages without a row are invisible.
    What a write leaves behind if it is killed is swept by a later one. `owner` is None for what
    everybody sees, else a visitor's session. `corpus` names the folder whose articles are seen
    besides the added ones; another folder's stay out of sight. `access` is for a Chroma server.
    """

    def __init__(
        self,
        location: str,
        embedder: Embeddings,
        embedder_name: str,
        corpus: str = "",
        access: Access | None = None,
    ) -> None:
        digest = hashlib.sha256(embedder_name.encode()).hexdigest()[:8]
        self._store = Store.open(location, f"r{PASSAGE_RULES}-{digest}", access)
        self._embedder = embedder
        self._corpus = corpus
        self._synced: tuple[str, Sequence[Article]] = (self._store.identity, ())
        self._syncing = Lock()
        self._table: tuple[str | None, Mapping[str, _Row]] = (None, {})  # the rows of a generation
        self._articles: dict[str, Article] = {}  # by key, so never out of date

    def add(self, article: Article, owner: str | None = None) -> bool:
        """Add an article, or replace another revision of it; whether anything changed."""
        row = _row(article, owner, origin="")
        with self._store.reading():
            document = self._store.document(row.id)
        if document and row.says(_parse(document)):
            return False
        self._put(article, row)
        return True

    def _put(self, article: Article, row: _Row) -> None:
        texts = [f"{article.title}\n\n{p.text}" for p in article.passages]
        vectors = self._embedder.embed_documents(texts)
        with self._store.writing(row.id, row.key) as write:
            for passages, some in zip(
                _batches(article.passages, _BATCH), _batches(vectors, _BATCH), strict=True
            ):
                write.add(passages, some)
            write.commit(_dump(row))

    def remove(self, article_id: str, owner: str | None = None) -> None:
        """Remove an owner's article.

        Raises `UnknownArticleError`, and `UsageError` for an article of the corpus folder.
        """
        with self._store.reading():
            document = self._store.document(_row_id(_owner(owner), article_id))
        if not document:
            raise self._unknown(article_id, owner)
        if origin := _parse(document).origin:
            raise UsageError(
                f"The article {article_id!r} is a file of the corpus folder {origin}; "
                "delete the file instead."
            )
        self._remove(article_id, owner)

    def _remove(self, article_id: str, owner: str | None) -> None:
        with self._store.writing(_row_id(_owner(owner), article_id), None) as write:
            if write.before is None:
                raise self._unknown(article_id, owner)
            write.commit("")

    def sync(self, articles: Sequence[Article]) -> None:
        """Make the articles of the corpus folder be these, no more, no less.

        They are added again when a server has come back without what it held, or a folder is new.
        """
        with self._store.reading() as generation:
            identity = self._store.identity
            rows = self._rows(generation)
        for article in articles:
            row = _row(article, None, self._corpus)
            if not row.says(rows.get(row.id)):
                self._put(article, row)
        mine = {r.article_id for r in rows.values() if r.origin == self._corpus != ""}
        for article_id in mine - {article.id for article in articles}:
            self._remove(article_id, None)
        self._synced = (identity, articles)

    def visible(self, owner: str | None = None) -> list[Article]:
        """What an owner may see, everybody's and their own, in the order of the ids."""
        damaged: list[str] = []
        for _ in range(_TRIES):
            with self._store.reading() as generation:
                is_synced = self._is_synced()
                if is_synced:
                    rows = self._visible_rows(generation, owner)
                    articles = self._load([rows[article_id] for article_id in sorted(rows)])
                    damaged = [a.id for a in articles if a.revision != rows[a.id].revision]
                    if not damaged:
                        return articles
            if not is_synced:
                with self._syncing:
                    if not self._is_synced():
                        self.sync(self._synced[1])
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
            rows = self._rows(generation).values()
        added = sorted((r.owner, r.article_id) for r in rows if not r.origin)
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
            rows = self._visible_rows(generation, owner)
            keys = {rows[article.id].key for article in articles if article.id in rows}
            if not keys:
                return {}
            found: list[tuple[Any, float]] = []
            if len(keys) > _NAMED:  # most of what there is, as likely as not: search it all
                found = [hit for hit in self._search(vector, _MOST) if hit[0]["key"] in keys]
            if len(found) < k:
                found = [
                    hit
                    for named in _batches(sorted(keys), _NAMED)
                    for hit in self._search(vector, k, {"key": {"$in": named}})
                ]
        best = sorted(found, key=lambda hit: hit[1])[:k]
        return {  # Chroma returns distances of 32 bits, which a server writes as shorter decimals
            (str(at["article_id"]), int(at["start"])): 1 - float(np.float32(distance))
            for at, distance in best
        }

    def _search(
        self, vector: list[float], k: int, where: dict[str, Any] | None = None
    ) -> Iterator[tuple[dict[str, Any], float]]:
        """The metadata of the k nearest passages, each with its distance."""
        vectors = Chroma(
            client=self._store.client,
            collection_name=self._store.passages.name,
            create_collection_if_not_exists=False,
        )
        for document, distance in vectors.similarity_search_by_vector_with_relevance_scores(
            vector, k, filter=where
        ):
            yield document.metadata, distance

    def _visible_rows(self, generation: str | None, owner: str | None) -> dict[str, _Row]:
        rows = sorted(self._rows(generation).values(), key=lambda row: row.owner)
        return {  # one's own before everybody's
            row.article_id: row
            for row in rows
            if row.owner in ("", _owner(owner)) and row.origin in ("", self._corpus)
        }

    def _rows(self, generation: str | None) -> Mapping[str, _Row]:
        """The rows of a generation; those of a later one where another process has just written."""
        for _ in range(_TRIES):
            known, rows = self._table
            if known == generation:
                break
            found = self._store.rows()
            rows = {i: _parse(d) for i, d in found.items() if i.startswith("[")}
            now = self._store.generation()
            if now == generation:  # else a page may be of before a write, and the next of after it
                self._table = (generation, rows)
                keys = {row.key for row in rows.values()}
                self._articles = {key: a for key, a in self._articles.items() if key in keys}
            generation = now
        return rows

    def _load(self, rows: Sequence[_Row]) -> list[Article]:
        known = self._articles
        missing = [row for row in rows if row.key not in known]
        read: dict[str, Article] = {}
        for some in _batches(missing, _KEYS):
            parts: dict[str, dict[int, str]] = {row.key: {} for row in some}
            for page in self._store.pages(
                self._store.passages, {"key": {"$in": list(parts)}}, ["documents", "metadatas"]
            ):
                for at, text in zip(page["metadatas"], page["documents"], strict=True):
                    parts[at["key"]][int(at["start"])] = text
            for row in some:
                passages = [
                    Passage(row.article_id, start, start + len(part), part)
                    for start, part in sorted(parts[row.key].items())
                ]
                text = "".join(p.text for p in passages)
                read[row.key] = Article(
                    row.article_id,
                    row.title,
                    text,
                    row.source,
                    row.published,
                    row.pages,
                    row.author,
                    row.publisher,
                    row.place,
                    row.updated,
                    row.url,
                    row.styles,
                ).divided_as(passages)
        whole = {r.key: read[r.key] for r in missing if read[r.key].revision == r.revision}
        self._articles = known | whole
        return [known.get(row.key) or read[row.key] for row in rows]

    def _is_synced(self) -> bool:
        return self._synced[0] == self._store.identity

    def _unknown(self, article_id: str, owner: str | None) -> UnknownArticleError:
        with self._store.reading() as generation:
            known = sorted(self._visible_rows(generation, owner))
        near = get_close_matches(article_id, known, n=3, cutoff=0.3) or known[:3]
        hint = f"did you mean {' or '.join(near)}?" if near else "there is none yet; add one."
        return UnknownArticleError(f"There is no article {article_id!r}; {hint}")


def _batches(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _owner(owner: str | None) -> str:
    if owner == "":
        raise UsageError("The owner is '', but must be None or a session's name.")
    return owner or ""


def _row(article: Article, owner: str | None, origin: str) -> _Row:
    return _Row(
        _owner(owner),
        uuid.uuid4().hex,  # two processes that write one article at once never mix its passages
        article.id,
        article.revision,
        article.title,
        article.source,
        article.published,
        article.pages,
        origin,
        article.author,
        article.publisher,
        article.place,
        article.updated,
        article.url,
        article.styles,
    )


def _row_id(owner: str, article_id: str) -> str:
    return json.dumps([owner, article_id])


def _dump(row: _Row) -> str:
    return json.dumps(row.__dict__)


def _parse(document: str) -> _Row:
    fields = json.loads(document)
    styles = tuple(Style(*style) for style in fields.get("styles", ()))
    return _Row(**fields | {"pages": tuple(fields["pages"]), "styles": styles})
