"""The second stage: all-mpnet-base-v2 with the same heads, trained through low-rank adapters.

It reads the same word pieces as the small reader: both vocabularies are BERT's uncased one, so the
table of word embeddings is put in the small one's order. MPNet has no token types; the separators
tell the segments. The matrices are rounded to the 4 bits that they are shipped with before the
training begins, so the adapters learn to make up for what that loses; they are shipped beside them,
not merged (QLoRA: Dettmers et al. 2023, arXiv 2305.14314).
"""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (PyTorch's own name for it)
from transformers import MPNetModel

from training.model import Heads

RANK = 32
SCALE = 2.0  # of what an adapter adds
STILL = 3  # lowest layers without adapters: they need no backward pass
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
FIRST = 2  # the place of the first word piece: MPNet counts from there
BLOCK = 64  # weights that share a scale
LEVELS = 15  # of a weight of 4 bits, above its lowest


class Adapted(nn.Module):
    """A linear layer that stays as it is, plus the product of two narrow matrices."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """The layer's output, [..., out]."""
        low = F.linear(states, self.down.to(states.dtype))
        found: Tensor = self.linear(states)
        return found + F.linear(low, (SCALE * self.up).to(states.dtype))


class BaseModel(Heads):
    """The second stage; its encoder in bfloat16, adapters and heads in 32 bits."""

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        mpnet = MPNetModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            dtype=torch.float32,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        super().__init__(mpnet.config.hidden_size)
        self.mpnet = mpnet.requires_grad_(False)
        table = mpnet.embeddings.word_embeddings
        order = _order(folder / "vocab.txt", vocabulary)
        table.weight.data = in_4_bits(table.weight.data[order])
        table.padding_idx = None
        for number, layer in enumerate(mpnet.encoder.layer):
            for module in layer.modules():
                if isinstance(module, nn.Linear):
                    module.weight.data = in_4_bits(module.weight.data)
            if number >= STILL:
                for path in ("attention.attn.q", "attention.attn.k", "attention.attn.v"):
                    _adapt(layer, path)
                for path in ("attention.attn.o", "intermediate.dense", "output.dense"):
                    _adapt(layer, path)

    def narrow(self) -> None:
        """Put what stays as it is in bfloat16."""
        for parameter in self.mpnet.parameters():
            if not parameter.requires_grad:
                parameter.data = parameter.data.to(torch.bfloat16)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits [B, T, 5] of the word pieces and [B, 6] of the whole; inputs are [B, T].

        `types` is not read.
        """
        places = torch.arange(FIRST, FIRST + ids.shape[1], device=ids.device)[None]
        with torch.autocast(ids.device.type, enabled=False):
            found = self.mpnet(input_ids=ids, attention_mask=mask, position_ids=places)
            return self.said(found.last_hidden_state.to(self.pieces.weight.dtype))

    def save(self, path: Path) -> None:
        """Write the adapters and the heads, in 16 bits."""
        save_file({k: v.to(torch.float16).contiguous() for k, v in self.trained().items()}, path)

    def load(self, path: Path) -> None:
        """Read what `save` wrote."""
        found = load_file(path)
        with torch.no_grad():
            for name, value in self.trained().items():
                value.copy_(found[name])


def _adapt(layer: nn.Module, path: str) -> None:
    parent, _, name = path.rpartition(".")
    linear = layer.get_submodule(path)
    assert isinstance(linear, nn.Linear)
    setattr(layer.get_submodule(parent), name, Adapted(linear))


def in_4_bits(weights: Tensor) -> Tensor:
    """Weights [rows, columns] rounded to what 4 bits hold: 16 even steps from the lowest to the
    highest of each block, 0 among them, as ONNX Runtime's asymmetric `MatMulNBits`.
    """
    blocks = weights.reshape(-1, BLOCK)
    lowest = blocks.amin(1, keepdim=True).clamp(max=0)
    step = (blocks.amax(1, keepdim=True).clamp(min=0) - lowest) / LEVELS
    step[step == 0] = 1
    zero = (-lowest / step).round().clamp(0, LEVELS)
    return (((blocks / step + zero).round().clamp(0, LEVELS) - zero) * step).reshape(weights.shape)


def _order(own: Path, vocabulary: Path) -> list[int]:
    """The row of MPNet's table for each word piece of the small reader's vocabulary."""
    rows = {piece: i for i, piece in enumerate(own.read_text(encoding="utf-8").splitlines())}
    pieces = Tokenizer.from_file(str(vocabulary)).get_vocab(with_added_tokens=True)
    by_id = sorted(pieces, key=lambda piece: pieces[piece])
    return [rows[SPECIAL.get(piece, piece)] for piece in by_id]
