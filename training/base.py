"""The second stage: all-mpnet-base-v2 with the same heads, trained through low-rank adapters.

It reads the same word pieces as the small reader: both vocabularies are BERT's uncased one, so the
table of word embeddings is put in the small one's order. MPNet has no token types; the separators
tell the segments. Low-rank adapters: Hu et al. 2021, arXiv 2106.09685.
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

    def merged(self) -> nn.Linear:
        """One linear layer that does the same."""
        with torch.no_grad():
            self.linear.weight += (SCALE * self.up @ self.down).to(self.linear.weight.dtype)
        return self.linear


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
        table.weight.data = table.weight.data[order]
        table.padding_idx = None
        self.adapters: dict[str, Adapted] = {}
        for number, layer in enumerate(mpnet.encoder.layer):
            if number >= STILL:
                for path in ("attention.attn.q", "attention.attn.k", "attention.attn.v"):
                    self._adapt(number, layer, path)
                for path in ("attention.attn.o", "intermediate.dense", "output.dense"):
                    self._adapt(number, layer, path)
        self.narrow()

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

    def merge(self) -> None:
        """Put the adapters into the layers, in 32 bits, for the export."""
        self.float()
        for path, adapter in self.adapters.items():
            parent, _, name = path.rpartition(".")
            setattr(self.mpnet.encoder.get_submodule(parent), name, adapter.merged())
        self.adapters = {}

    def save(self, path: Path) -> None:
        """Write the adapters and the heads, in 16 bits."""
        save_file({k: v.to(torch.float16).contiguous() for k, v in self.trained().items()}, path)

    def load(self, path: Path) -> None:
        """Read what `save` wrote."""
        found = load_file(path)
        with torch.no_grad():
            for name, value in self.trained().items():
                value.copy_(found[name])

    def _adapt(self, number: int, layer: nn.Module, path: str) -> None:
        parent, _, name = path.rpartition(".")
        linear = layer.get_submodule(path)
        assert isinstance(linear, nn.Linear)
        adapter = Adapted(linear)
        setattr(layer.get_submodule(parent), name, adapter)
        self.adapters[f"layer.{number}.{path}"] = adapter


def _order(own: Path, vocabulary: Path) -> list[int]:
    """The row of MPNet's table for each word piece of the small reader's vocabulary."""
    rows = {piece: i for i, piece in enumerate(own.read_text(encoding="utf-8").splitlines())}
    pieces = Tokenizer.from_file(str(vocabulary)).get_vocab(with_added_tokens=True)
    by_id = sorted(pieces, key=lambda piece: pieces[piece])
    return [rows[SPECIAL.get(piece, piece)] for piece in by_id]
