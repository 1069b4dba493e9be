"""How a training does: quick measures on held-out train articles, some seconds at each checkpoint.

Each question stands beside the whole article (SQuAD: its paragraph), without search and before
calibration, so the figures are for comparing checkpoints, not for reporting.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from qa.reading.tokenizer import WordPieceTokenizer
from training.claims import twin_pairs
from training.loop import batches_of
from training.model import (
    ANSWERABLE,
    END,
    SHORT,
    START,
    SUPPORTED,
    UNCLEAR,
    YES,
    Heads,
    batch_of,
    sentence_logits,
)
from training.sets import held_out, read_set
from training.windows import LONGEST, Example, Unit, claim_example, example

SIZES = {"open-news": 80, "fictional-news": 40, "squad2": 60}  # questions of each set
PAIRS = 120
TOKENS = 4096  # of a batch
Row = dict[str, np.ndarray]


class Dev:
    """Held-out examples of each set, made once; of the questions a share is enough."""

    def __init__(self, data: Path, tokenizer: WordPieceTokenizer, share: float = 1.0) -> None:
        rng = Random(1)
        self._sets: dict[str, list[Example]] = {}
        for name, size in SIZES.items():
            asked = [a for a in read_set(data, name, tokenizer) if held_out(name, a.article)]
            self._sets[name] = []
            for one in rng.sample(asked, min(round(share * size), len(asked))):
                around = rng.choice(one.gold or tuple(one.scope))
                shown = one.text.reach(around, one.scope, LONGEST, Random(0))
                question = "\n".join([*one.history[-2:], one.question])
                self._sets[name].append(example(tokenizer, question, one, shown))
        pairs = [p for p in twin_pairs(data, tokenizer) if held_out("open-news", p[0]["article"])]
        self._claims = [
            claim_example(tokenizer, line["claim"], [text.tokens[i] for i in cited], true)
            for good, bad, text in rng.sample(pairs, min(PAIRS, len(pairs)))
            for cited in [text.holding(good["spans"])]
            for line, true in ((good, True), (bad, False))
        ]

    def measure(self, model: Heads) -> dict[str, float]:
        """The measures by name."""
        device = next(model.parameters()).device
        found: dict[str, float] = {}
        logits = np.array([row["whole"][SUPPORTED] for row in said(model, self._claims, device)])
        labels = np.array([bool(e.supported) for e in self._claims])
        found["pairs"] = float(np.mean(logits[::2] > logits[1::2]))
        found["claims auroc"] = float(roc_auc_score(labels, logits))
        for name, examples in self._sets.items():
            rows = said(model, examples, device)
            labels = np.array([e.answerable for e in examples])
            sure = [row["whole"][ANSWERABLE] for row in rows]
            found[f"{name} auroc"] = float(roc_auc_score(labels, sure))
            told = [(e, r) for e, r in zip(examples, rows, strict=True) if e.answerable]
            top = [int(r["evidence"].argmax()) in (*e.gold, *e.may) for e, r in told]
            found[f"{name} top-1"] = float(np.mean(top))
            if name == "open-news":
                found |= _open(told)
        return found


def _open(told: Sequence[tuple[Example, Row]]) -> dict[str, float]:
    """Of open questions: F1 of the sentences shown, recall, verdicts and marks."""
    shown = [
        set(np.flatnonzero(r["member"] > 0).tolist()) or {int(r["member"].argmax())}
        for _, r in told
    ]
    good = [{*e.gold, *e.may} for e, _ in told]
    precision = np.mean([len(s & g) / len(s) for s, g in zip(shown, good, strict=True)])
    recall = np.mean(
        [len(s & {*e.gold}) / len(e.gold) for s, (e, _) in zip(shown, told, strict=True)]
    )
    verdicts = [
        int(r["whole"][YES : UNCLEAR + 1].argmax()) == e.verdict
        for e, r in told
        if e.verdict is not None
    ]
    marks = [
        any(first <= r["mark"][1] and r["mark"][0] <= last for first, last in e.spans)
        for e, r in told
        if e.spans
    ]
    short = [(bool(e.short), r["whole"][SHORT]) for e, r in told if e.short is not None]
    return {
        "open precision": float(precision),
        "open recall": float(recall),
        "open f1": float(2 * precision * recall / (precision + recall)),
        "verdict": float(np.mean(verdicts)),
        "mark": float(np.mean(marks)),
        "short auroc": float(roc_auc_score(*zip(*short, strict=True))),
    }


def said(model: Heads, examples: Sequence[Example], device: torch.device) -> list[Row]:
    """Of each example the sentences' logits, those of the whole, and the best span's places."""
    found: dict[int, Row] = {}
    for rows, one in _read(model, examples, device):
        found[rows] = one
    return [found[i] for i in range(len(examples))]


def _read(
    model: Heads, examples: Sequence[Example], device: torch.device
) -> Iterator[tuple[int, Row]]:
    units: list[Unit] = [(e,) for e in examples]
    training = model.training
    model.eval()
    with torch.no_grad():
        for numbers in batches_of(units, Random(0), TOKENS):
            batch = batch_of([units[i] for i in numbers]).to(device)
            with torch.autocast(device.type, torch.bfloat16):
                pieces, whole = model(batch.ids, batch.types, batch.mask)
            evidence, member = sentence_logits(pieces.float(), batch)
            for row, number in enumerate(numbers):
                one = examples[number]
                inside = slice(one.first, len(one.ids) - 1)
                first = one.first + int(pieces[row, inside, START].argmax())
                last = first + int(pieces[row, first : first + 24, END].argmax())
                sentences = int(one.sentence.max()) + 1
                yield (
                    number,
                    {
                        "evidence": evidence[row, :sentences].float().numpy(),
                        "member": member[row, :sentences].float().numpy(),
                        "whole": whole[row].float().numpy(),
                        "mark": np.array([first, min(last, len(one.ids) - 2)]),
                    },
                )
    model.train(training)
