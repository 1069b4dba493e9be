"""The trained modules as ONNX files with weights of 8 or 4 bits."""

import logging
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from training.base import BLOCK as SECOND_BLOCK
from training.base import RANK, BaseModel
from training.model import Heads, ReaderModel

INPUTS = ("ids", "types", "mask")
OUTPUTS = ("pieces", "whole")
BLOCK = 128  # weights that share a scale
INT8_INPUTS = 4  # ONNX Runtime's accuracy level: inputs in 8 bits too, a scale for each block


def export(model: ReaderModel, path: Path, folder: Path) -> None:
    """Write the model to `path`, by way of its 32-bit form in `folder`.

    Matrices and embedding tables take 8 bits. A block of each row has a scale of its own, so what
    stands beside a window does not move it; one scale for the whole input, as in the usual dynamic
    quantisation, is faster and moves the logits three to four times as much.
    """
    model = model.to("cpu").float().eval()
    model.bert.set_attn_implementation("eager")  # what the optimiser knows how to fuse
    whole = folder / "float.onnx"
    _in_32_bits(model, whole)
    size, fusion = model.bert.config, FusionOptions("bert")
    fusion.use_multi_head_attention = True  # keeps the attention's matrices apart, to be quantised
    fused = optimize_model(
        str(whole),
        "bert",
        num_heads=size.num_attention_heads,
        hidden_size=size.hidden_size,
        optimization_options=fusion,
    )
    fused.save_model_to_file(str(whole))
    matrices = MatMulNBitsQuantizer(
        onnx.load(whole), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=INT8_INPUTS
    )
    matrices.process()
    onnx.save(matrices.model.model, path)
    _embeddings_in_8_bits(path, "EmbedLayerNormalization")


def export_second(model: BaseModel, path: Path, folder: Path) -> None:
    """Write the second stage to `path`, by way of its 32-bit form in `folder`.

    What the adapters stand beside has 4 bits, as while they were trained; they and the heads 8.
    """
    model.to("cpu").float().eval()
    whole = folder / "float.onnx"
    _in_32_bits(model, whole)
    graph = onnx.load(whole)
    narrow = {w.name for w in graph.graph.initializer if min(w.dims, default=0) <= RANK}
    ours = [n.name for n in graph.graph.node if narrow & set(n.input)]
    for bits, block, skipped, kinds in (
        (4, SECOND_BLOCK, ours, ("MatMul", "Gather")),
        (8, RANK, [], ("MatMul",)),
    ):
        matrices = MatMulNBitsQuantizer(
            graph,
            bits=bits,
            block_size=block,
            is_symmetric=bits == 8,
            accuracy_level=INT8_INPUTS,
            nodes_to_exclude=skipped,
            op_types_to_quantize=kinds,
            quant_axes=(("MatMul", 0), ("Gather", 1)),
        )
        matrices.process()
        graph = matrices.model.model
    onnx.save(graph, path)


def _in_32_bits(model: Heads, path: Path) -> None:
    logging.getLogger("onnxruntime.quantization").setLevel(logging.WARNING)
    example = tuple(torch.ones(2, 24, dtype=torch.long) for _ in INPUTS)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            example,
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={
                **{name: {0: "batch", 1: "length"} for name in (*INPUTS, "pieces")},
                "whole": {0: "batch"},
            },
            opset_version=17,
            dynamo=False,
        )


def _embeddings_in_8_bits(path: Path, operator: str) -> None:
    quantize_dynamic(
        str(path),
        str(path),
        op_types_to_quantize=[operator],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # fused nodes hide theirs
    )
