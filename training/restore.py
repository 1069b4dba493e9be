"""A reader's ONNX file back as a module, so that a training can go on from committed weights."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.model import MEMBER, VALUE, ReaderModel

MIDDLE = 128  # the 8-bit value that stands for 0


def restore(model: ReaderModel, path: Path) -> None:
    """Give the module the weights of a file that `training.export` wrote, as its 8 bits have them.

    The word embeddings stay as they are: no training changes them.
    """
    graph = onnx.load(path).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {name: value for name, value in values.items() if value.dtype == np.float32}
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            blocks, scales = values[node.input[1]], values[node.input[2]]
            name = node.name.strip("/").removesuffix("/MatMul_Q8").replace("/", ".")
            found[f"{name}.weight"] = _matrix(blocks, scales)
        if node.op_type == "MultiHeadAttention":
            layer = node.name.removeprefix("Attention_")
            parts = np.split(values[node.input[3]], 3)
            for part, value in zip(("query", "key", "value"), parts, strict=True):
                found[f"bert.encoder.layer.{layer}.attention.self.{part}.bias"] = value
    for name in ("hidden", "whole"):
        found[f"{name}.weight"] = values[f"{name}.weight_Transposed"].T
    for name, value in values.items():
        if name.endswith("_quantized") and "word_embeddings" not in name:
            plain = name.removesuffix("_quantized")
            zero = values[f"{plain}_zero_point"].astype(np.float32)
            found[plain] = (value.astype(np.float32) - zero) * values[f"{plain}_scale"]
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name != "bert.embeddings.word_embeddings.weight":
                known = _tensor(found[name])
                parameter[: len(known)] = known  # outputs that the file lacks stay as they are
        for name in ("weight", "bias"):
            if len(found[f"pieces.{name}"]) <= MEMBER:
                table = getattr(model.pieces, name)
                table[MEMBER] = table[VALUE]


def _matrix(blocks: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Blocks [N, K / size, size] with a scale each -> [N, K]."""
    wide = (blocks.astype(np.float32) - MIDDLE) * scales.reshape(*blocks.shape[:2], 1)
    return wide.reshape(len(blocks), -1)


def _tensor(value: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(value.copy())  # what onnx gives is read-only
