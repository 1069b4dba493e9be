"""The bundled reader as a PyTorch module: all-MiniLM-L6-v2 with heads for pieces and whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (PyTorch's own name for it)
from transformers import AttentionInterface, BertConfig, BertModel
from transformers.masking_utils import AttentionMaskInterface, eager_mask

from qa.reading.tokenizer import MAX_WINDOW
from training.windows import Unit

START, END, POOL, VALUE, MEMBER = range(5)  # what is said of each word piece
ANSWERABLE, SUPPORTED, YES, NO, UNCLEAR, SHORT = range(6)  # what is said of the whole
STEP = 16  # lengths are multiples of it: a CPU compiles its kernels for each shape anew
FAR = -1e4  # a logit that counts as minus infinity, in 16 bits too


@dataclass(frozen=True)
class Batch:
    """Examples side by side, padded with zeros; shapes [B, T], and [B, S] a sentence."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    sentence: Tensor  # [B, T], -1 outside
    gold: Tensor  # [B, S], 0 or 1
    real: Tensor  # [B, S], whether there is such a sentence
    spans: Tensor  # [B, N, 2], -1 where there is none
    answerable: Tensor  # [B]
    marked: Tensor  # [B]
    supported: Tensor  # [B], -1 for a question
    may: Tensor  # [B, S], sentences that may be shown besides
    tempting: Tensor  # [B, S], wrong ones that lie near
    verdict: Tensor  # [B], -1 where there is none
    short: Tensor  # [B], -1 where it is not known
    versus: Tensor  # [P, 2], rows of a true and a false claim of one unit
    weight: Tensor  # [P]: a unit's pairs weigh as much as its examples

    def to(self, device: torch.device) -> "Batch":
        """The same batch on a device."""
        return Batch(**{k: v.to(device, non_blocking=True) for k, v in vars(self).items()})


def short_attention(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float,
    **others: object,
) -> tuple[Tensor, None]:
    """Attention in the type of its inputs; shapes [batch, heads, length, size of a head].

    On a CPU with texts this short a quarter faster than PyTorch's own in autocast, which widens
    the softmax to 32 bits, and half as fast again as its fused one.
    """
    with torch.autocast(query.device.type, enabled=False):
        logits = (query * scaling) @ key.transpose(-1, -2)
        if attention_mask is not None:
            logits = logits + attention_mask.to(query.dtype)
        found = logits.softmax(-1) @ value
    return found.transpose(1, 2).contiguous(), None


AttentionInterface.register("short", short_attention)
AttentionMaskInterface.register("short", eager_mask)


class Heads(nn.Module):
    """What is said of each word piece and of the whole, from an encoder's last states.

    For a word piece: the logits of being the answer's first and last, the weight with which it
    speaks for its sentence, and what it says of that sentence as the evidence and as a part of the
    answer. For the whole, from `[CLS]`: the logits of answerable (question) and of supported
    (claim), of the verdicts yes, no and unclear, and of having a short answer.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.pieces = nn.Linear(size, 5)
        self.hidden = nn.Linear(size, size)
        self.whole = nn.Linear(size, 6)
        for layer in (self.pieces, self.hidden, self.whole):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def heads(self) -> list[nn.Parameter]:
        """The parameters that no encoder had before."""
        return [p for m in (self.pieces, self.hidden, self.whole) for p in m.parameters()]

    def trained(self) -> dict[str, Tensor]:
        """What training changes, by name."""
        return {k: v.detach() for k, v in self.named_parameters() if v.requires_grad}

    def said(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Logits [B, T, 5] of the word pieces and [B, 6] of the whole from states [B, T, size]."""
        return self.pieces(states), self.whole(torch.tanh(self.hidden(states[:, 0])))


class ReaderModel(Heads):
    """The small reader: all-MiniLM-L6-v2 with heads."""

    def __init__(self, folder: Path) -> None:
        config = BertConfig.from_pretrained(str(folder))
        super().__init__(config.hidden_size)
        self.bert = BertModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            attn_implementation="short",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers as they are: the rest trains faster."""
        for module in (self.bert.embeddings, *self.bert.encoder.layer[:layers]):
            module.requires_grad_(False)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits [B, T, 5] of the word pieces and [B, 6] of the whole; inputs are [B, T]."""
        found = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask)
        return self.said(found.last_hidden_state)


def padded(length: int) -> int:
    """The length that word pieces are padded to: a multiple of `STEP`, at most the model's."""
    return min(-(-length // STEP) * STEP, MAX_WINDOW)


def batch_of(units: Sequence[Unit]) -> Batch:
    """Examples as tensors, one row each."""
    examples = [e for unit in units for e in unit]
    size, length = len(examples), padded(max(len(e.ids) for e in examples))
    sentences = max(int(e.sentence.max()) + 1 for e in examples) or 1
    answers = max(len(e.spans) for e in examples) or 1
    ids, types, mask = (torch.zeros(size, length, dtype=torch.long) for _ in range(3))
    sentence = torch.full((size, length), -1)
    gold, real, may, tempting = (torch.zeros(size, sentences) for _ in range(4))
    spans = torch.full((size, answers, 2), -1)
    for row, e in enumerate(examples):
        end = len(e.ids)
        ids[row, :end] = torch.from_numpy(e.ids.astype("int64"))
        types[row, e.first : end] = 1
        mask[row, :end] = 1
        sentence[row, :end] = torch.from_numpy(e.sentence.astype("int64"))
        real[row, torch.unique(sentence[row][sentence[row] >= 0])] = 1
        for marks, numbers in ((gold, e.gold), (may, e.may), (tempting, e.tempting)):
            marks[row, list(numbers)] = 1
        if e.spans:
            spans[row, : len(e.spans)] = torch.tensor(e.spans)
    answerable = torch.tensor([float(e.answerable) for e in examples])
    marked = torch.tensor([float(e.marked) for e in examples])
    supported = torch.tensor(
        [-1.0 if e.supported is None else float(e.supported) for e in examples]
    )
    pairs = _versus(units)
    return Batch(
        ids,
        types,
        mask,
        sentence,
        gold * real,
        real,
        spans,
        answerable,
        marked,
        supported,
        may * real,
        tempting * real,
        torch.tensor([-1 if e.verdict is None else e.verdict for e in examples]),
        torch.tensor([-1.0 if e.short is None else float(e.short) for e in examples]),
        torch.tensor([[true, false] for true, false, _ in pairs], dtype=torch.long).reshape(-1, 2),
        torch.tensor([weight for _, _, weight in pairs], dtype=torch.float),
    )


def _versus(units: Sequence[Unit]) -> list[tuple[int, int, float]]:
    """Each true claim's row, a false one's of its unit, and the pair's weight."""
    found: list[tuple[int, int, float]] = []
    first = 0
    for unit in units:
        true = [first + i for i, e in enumerate(unit) if e.supported is True]
        false = [first + i for i, e in enumerate(unit) if e.supported is False]
        if true and false:
            weight = len(unit) / (len(true) * len(false))
            found += [(one, other, weight) for one in true for other in false]
        first += len(unit)
    return found


def sentence_logits(pieces: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Of each sentence, [B, S], the logits of being the evidence and a part of the answer.

    Each is a mean of its pieces' values, weighted by what they say in `POOL`.
    """
    belongs = F.one_hot(batch.sentence + 1, batch.real.shape[1] + 1)[..., 1:].bool()
    weight = pieces[..., POOL, None].expand(-1, -1, batch.real.shape[1])
    weight = weight.masked_fill(~belongs, FAR).softmax(1)
    found = torch.einsum("bts,btn->nbs", weight, pieces[..., [VALUE, MEMBER]])
    return found[0], found[1]


def loss(pieces: Tensor, whole: Tensor, batch: Batch) -> dict[str, Tensor]:
    """The losses by name, each averaged over the whole batch."""
    pieces, whole = pieces.float(), whole.float()
    asked = (batch.supported < 0).float()
    logits, members = sentence_logits(pieces, batch)
    judged = batch.real * (1 - batch.may)  # a sentence that may be shown is neither right nor wrong
    each = F.binary_cross_entropy_with_logits(logits, batch.gold, reduction="none") * judged
    belongs = F.binary_cross_entropy_with_logits(members, batch.gold + batch.may, reduction="none")
    null = torch.zeros_like(logits[:, :1])
    among = torch.cat([null, logits.masked_fill(judged == 0, FAR)], 1).log_softmax(1)
    right = torch.cat([1 - batch.answerable[:, None], batch.gold], 1)
    chosen = -among.masked_fill(right == 0, FAR).logsumexp(1)
    found = F.binary_cross_entropy_with_logits(
        whole[:, ANSWERABLE], batch.answerable, reduction="none"
    )
    checked = F.binary_cross_entropy_with_logits(
        whole[:, SUPPORTED], batch.supported.clamp(min=0), reduction="none"
    )
    return {
        "evidence": (asked * (0.5 * each.sum(1) + 0.5 * chosen)).mean(),
        "span": (asked * batch.marked * _span_loss(pieces, batch)).mean(),
        "answerable": (asked * found).mean(),
        "supported": ((1 - asked) * (1 - 0.5 * _paired(batch)) * checked).mean(),
        "pair": _pair_loss(whole[:, SUPPORTED], batch),
        "member": (asked * 0.5 * (belongs * batch.real).sum(1)).mean(),
        "tempting": 0.5 * (_rank_loss(logits, batch) + _rank_loss(members, batch)),
        "verdict": F.cross_entropy(
            whole[:, YES : UNCLEAR + 1], batch.verdict, ignore_index=-1, reduction="sum"
        )
        / len(asked),
        "short": (
            (batch.short >= 0).float()
            * F.binary_cross_entropy_with_logits(
                whole[:, SHORT], batch.short.clamp(min=0), reduction="none"
            )
        ).mean(),
    }


def _paired(batch: Batch) -> Tensor:
    """1 for each row that has a partner, [B]."""
    found = torch.zeros_like(batch.supported)
    found[batch.versus.flatten()] = 1
    return found


def _pair_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Minus the log likelihood that the true claim of a pair has the higher logit, [B] of all."""
    true, false = logits[batch.versus[:, 0]], logits[batch.versus[:, 1]]
    return (batch.weight * F.softplus(false - true)).sum() / len(logits)


def _rank_loss(logits: Tensor, batch: Batch) -> Tensor:
    """The same of a gold sentence [B, S] and a tempting one of its window."""
    pairs = batch.gold[:, :, None] * batch.tempting[:, None, :]
    each = F.softplus(logits[:, None, :] - logits[:, :, None]) * pairs
    return (each.sum((1, 2)) / pairs.sum((1, 2)).clamp(min=1)).mean()


def _span_loss(pieces: Tensor, batch: Batch) -> Tensor:
    """Minus the log likelihood of any of the gold spans, or of [CLS] where there is no answer."""
    allowed = batch.sentence >= 0
    allowed[:, 0] = True
    places = batch.spans.clone()
    places[:, 0][batch.spans[:, 0, 0] < 0] = 0  # no answer: the span from [CLS] to [CLS]
    total = torch.zeros_like(places[..., 0], dtype=torch.float)
    for column, head in enumerate((START, END)):
        logs = pieces[..., head].masked_fill(~allowed, FAR).log_softmax(1)
        total = total + logs.gather(1, places[..., column].clamp(min=0))
    return -total.masked_fill(places[..., 0] < 0, FAR).logsumexp(1)
