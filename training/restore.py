"""An exported ONNX file back as a module, so that a training can go on from committed weights."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.base import SCALE, BaseModel
from training.model import MEMBER, VALUE, ReaderModel

MIDDLE = 128  # the 8-bit value that stands for 0
PLAIN = (onnx.TensorProto.FLOAT, onnx.TensorProto.UINT8)  # not 4 bits
ADAPTERS = {"MatMul_Q8": ("down", 1.0), "MatMul_1_Q8": ("up", SCALE)}  # by name of the product


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


def restore_second(model: BaseModel, path: Path) -> None:
    """Give the second stage the adapters and heads of a file, as its 8 bits have them.

    What they stand beside is the same in any such file: all-mpnet-base-v2 in 4 bits.
    """
    graph = onnx.load(path).graph
    found = {i.name: numpy_helper.to_array(i) for i in graph.initializer if i.data_type in PLAIN}
    for node in graph.node:
        name, _, step = node.name.strip("/").replace("/", ".").rpartition(".")
        if node.op_type == "MatMulNBits" and step in ADAPTERS:
            part, scale = ("weight", 1.0) if name == "pieces" else ADAPTERS[step]
            found[f"{name}.{part}"] = _matrix(found[node.input[1]], found[node.input[2]]) / scale
    with torch.no_grad():
        for name, value in model.trained().items():
            value.copy_(_tensor(found[name]))


def _matrix(blocks: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Blocks [N, K / size, size] with a scale each -> [N, K]."""
    wide = (blocks.astype(np.float32) - MIDDLE) * scales.reshape(*blocks.shape[:2], 1)
    return wide.reshape(len(blocks), -1)


def _tensor(value: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(value.copy())  # what onnx gives is read-only
