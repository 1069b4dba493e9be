"""The bundled models: windows of word pieces -> what they say of each piece and of the whole."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from qa.errors import WeightsError
from qa.reading.tokenizer import Window, WordPieceTokenizer

WEIGHTS = Path(__file__).parents[1] / "weights"
BATCH = 2048  # word pieces, padding included, that are read together at most: bounds the memory
PADDING = 0.2  # of a batch's word pieces at most
START, END, POOL, VALUE, MEMBER = range(5)  # what is said of each word piece
ANSWERABLE, SUPPORTED, YES, NO, UNCLEAR, SHORT = range(6)  # what is said of the whole
Floats = NDArray[np.float32]
Stage = Literal["first", "second"]  # the small model, and the larger one for what it leaves open
WEIGHTS_OF: dict[Stage, str] = {"first": "reader.onnx", "second": "second.onnx"}


class Logits(NamedTuple):
    """Logits of a window: `pieces` [T, 5] for each word piece, `whole` [6] for all together."""

    pieces: Floats
    whole: Floats


class Model:
    """The model of a folder for a stage, run by ONNX Runtime; the manifest holds files' SHA-256.

    Loads at the first use. Raises `WeightsError` for files that are missing or not the ones that
    the manifest names.
    """

    def __init__(self, folder: Path = WEIGHTS, stage: Stage = "first") -> None:
        self._folder = folder
        self._stage = stage
        self._loading = Lock()

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The files' hashes, and by stage the figures that calibrate what the model says."""
        try:
            found: dict[str, Any] = json.loads(self._read("manifest.json"))
            files = dict(found["sha256"])
        except (ValueError, TypeError, KeyError):
            raise WeightsError(self._spoilt("manifest.json")) from None
        return found | {"sha256": files}

    @property
    def fitted(self) -> dict[str, Any]:
        """The figures of this stage."""
        fitted: dict[str, Any] = self.manifest[self._stage]
        return fitted

    @cached_property
    def tokenizer(self) -> WordPieceTokenizer:
        """What turns texts into the model's input."""
        return WordPieceTokenizer(self._checked("tokenizer.json"))

    def read(self, windows: Sequence[Window]) -> list[Logits]:
        """What the model says of each window, in batches of these windows alone.

        A window's result moves a little with those beside it, as 8-bit models' do.
        """
        found: dict[int, Logits] = {}
        for rows in _batches([len(w.ids) for w in windows]):
            pieces, whole = self._run([windows[i] for i in rows])
            for row, i in enumerate(rows):
                found[i] = Logits(pieces[row, : len(windows[i].ids)], whole[row])
        return [found[i] for i in range(len(windows))]

    def _run(self, windows: Sequence[Window]) -> tuple[Floats, Floats]:
        shape = len(windows), max(len(w.ids) for w in windows)
        ids, types, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            types[row, : len(window.ids)] = window.types
            mask[row, : len(window.ids)] = 1
        with self._loading:
            session = self._session
        known = {"ids": ids, "types": types, "mask": mask}
        pieces, whole = session.run(None, {i.name: known[i.name] for i in session.get_inputs()})
        return pieces, whole

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        data = self._checked(WEIGHTS_OF[self._stage])
        options = onnxruntime.SessionOptions()
        # Threads that spin while they wait take half as much again of cores that others need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def _checked(self, name: str) -> bytes:
        data = self._read(name)
        if hashlib.sha256(data).hexdigest() != self.manifest["sha256"].get(name):
            raise WeightsError(self._spoilt(name))
        return data

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise WeightsError(
                f"The reader's file {self._folder / name} cannot be read ({error.strerror}); "
                "install the project again."
            ) from None

    def _spoilt(self, name: str) -> str:
        return (
            f"The reader's file {self._folder / name} is damaged or not the one that was "
            "installed; install the project again."
        )


def bundled(stage: Stage = "first") -> Model:
    """The model that comes with the project for a stage: one for the whole process."""
    return _bundled(stage)


@cache  # by the stage, whether or not it was named
def _bundled(stage: Stage) -> Model:
    return Model(stage=stage)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """The numbers of windows of like length that are read together."""
    batches: list[list[int]] = []
    size = 0  # word pieces in the last batch
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        padded = lengths[i] * (len(batches[-1]) + 1) if batches else 0
        if not batches or padded > BATCH or size + lengths[i] < (1 - PADDING) * padded:
            batches.append([])
            size = 0
        batches[-1].append(i)
        size += lengths[i]
    return batches
