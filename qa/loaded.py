"""What an assistant works with, loaded once: the index, the readers and the models."""

from dataclasses import dataclass

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from qa.checking.verifier import Verifier
from qa.compose.base import Parts
from qa.reading.reader import BundledReader, Reader
from qa.reading.two_stages import TwoStageReader
from qa.search.embedder import Embedder, identity
from qa.search.index import Index
from qa.search.retriever import Retriever
from qa.settings import Settings
from qa.sources import read_corpus
from qa.store import Access
from qa.writing.chat_model import chat_model
from qa.writing.judge import Judge
from qa.writing.writer import Writer


@dataclass(frozen=True)
class Loaded:
    """The parts of an assistant; `glance` is the small bundled reader, for suggestions."""

    index: Index
    retriever: Retriever
    reader: Reader
    glance: Reader
    parts: Parts


def load(
    settings: Settings, embedder: Embeddings | None, reader: Reader | None, writer: Writer | None
) -> Loaded:
    """Load these, or the bundled ones in place of None, and bring the index up to date.

    Raises `SourceError` for a corpus file and `StoreError` for an index that cannot be used.
    """
    corpus = read_corpus(settings.corpus) if settings.corpus else ()
    embedder = embedder or Embedder(settings.embedder)
    folder = str(settings.corpus.resolve()) if settings.corpus else ""
    access = Access(
        settings.chroma_token.get_secret_value(),
        settings.chroma_tenant,
        settings.chroma_database,
    )
    index = Index(settings.chroma, embedder, identity(embedder), folder, access)
    index.sync(corpus)
    first = BundledReader()
    both = TwoStageReader(first) if settings.second_stage else first
    return Loaded(
        index,
        Retriever(index, settings.top_k),
        reader or both,
        first,
        Parts(embedder, writer),
    )


def writer_of(
    settings: Settings, given: BaseChatModel | None, name: str, verifier: Verifier | None = None
) -> Writer:
    """What writes with the model that is given, or else with the one that the settings name.

    Raises `UsageError` for a model that is not installed or has no key.
    """
    model = given or chat_model(settings)
    # Where a model is handed over, nobody knows whether it is remote.
    judges = bool(settings.judge) if given else settings.judges
    return Writer(
        model,
        name,
        verifier or Verifier(),
        settings.model_timeout,
        settings.model_context,
        Judge(model, name) if judges else None,
    )
