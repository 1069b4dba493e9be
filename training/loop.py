"""The training loop: batches of like length, AdamW, checkpoints to go on from."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import torch

from training.model import Heads, batch_of, loss, padded
from training.windows import Unit

RATE, HEADS_RATE = 1.5e-4, 6e-4
AGAIN = 0.7  # of these rates, where the training goes on from a reader
WARM_UP = 50  # steps
SORTED = 4096  # neighbours in the order of training that are sorted by length
CHECKPOINT_SECONDS = 600
REPORT = 25  # steps


def train(
    model: Heads,
    units: Sequence[Unit],
    folder: Path,
    seed: int,
    device: torch.device,
    rate: float = 1.0,
    tokens: int = 4096,
    seconds: float = math.inf,
    measure: Callable[[], dict[str, float]] = dict,
) -> None:
    """Train on the units once, in their order; goes on from a checkpoint in `folder`.

    `rate` is the share of the usual learning rates, `tokens` the word pieces of a batch,
    `seconds` the time that it may take in all; the rates fall to 0 by the last step or by then.
    What `measure` finds is printed at each checkpoint.
    """
    batches = batches_of(units, Random(seed), tokens)
    heads = model.heads()
    ours = {id(p) for p in heads}
    body = [p for p in model.parameters() if p.requires_grad and id(p) not in ours]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate * RATE}, {"params": heads, "lr": rate * HEADS_RATE}],
        weight_decay=0.01,
        fused=True,
    )
    full = [group["lr"] for group in optimizer.param_groups]
    checkpoint = folder / "checkpoint.pt"
    mark = rate, seed, len(units), sum(len(e.ids) for unit in units for e in unit)
    first, spent = 0, 0.0
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=device)
        if kept["examples"] != mark:
            raise SystemExit(f"{checkpoint} is of another training; remove it to begin anew.")
        first, spent = kept["step"], kept["seconds"]
        model.load_state_dict(kept["model"], strict=False)
        optimizer.load_state_dict(kept["optimizer"])
        print(f"Going on from step {first} of {len(batches)}.", flush=True)
    model.train()
    _tell(measure())
    began = saved = time.monotonic()
    sums: dict[str, float] = {}
    count = 0
    for step in range(first, len(batches)):
        elapsed = spent + time.monotonic() - began
        left = max(0.0, 1 - max(step / len(batches), elapsed / seconds))
        for group, highest in zip(optimizer.param_groups, full, strict=True):
            group["lr"] = highest * min((step + 1) / WARM_UP, left)
        batch = batch_of([units[i] for i in batches[step]]).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            pieces, whole = model(batch.ids, batch.types, batch.mask)
        losses = loss(pieces, whole, batch)
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        torch.nn.utils.clip_grad_norm_([p for p in [*body, *heads] if p.grad is not None], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        count += 1
        for name, value in losses.items():
            sums[name] = sums.get(name, 0.0) + float(value.detach())
        done = step + 1 == len(batches) or left == 0
        if (step + 1) % REPORT == 0 or done:
            pace = (time.monotonic() - began) / (step + 1 - first)
            ahead = min(pace * (len(batches) - step - 1), left * seconds)
            shown = ", ".join(f"{name} {value / count:.3f}" for name, value in sums.items())
            print(
                f"step {step + 1} of {len(batches)}, {ahead / 60:.0f} min left: {shown}", flush=True
            )
            sums, count = {}, 0
        if time.monotonic() - saved > CHECKPOINT_SECONDS or done:
            saved = time.monotonic()
            state = {
                "step": step + 1,
                "examples": mark,
                "model": model.trained(),
                "optimizer": optimizer.state_dict(),
                "seconds": spent + time.monotonic() - began,
            }
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
            _tell(measure())
        if done:
            return


def _tell(measures: dict[str, float]) -> None:
    print("held out:", ", ".join(f"{k} {v:.3f}" for k, v in measures.items()), flush=True)


def batches_of(units: Sequence[Unit], rng: Random, tokens: int) -> list[list[int]]:
    """The units' numbers in batches of about `tokens` with padding, of like lengths."""
    longest = [max(len(e.ids) for e in unit) for unit in units]
    batches: list[list[int]] = []
    for start in range(0, len(units), SORTED):
        near = sorted(range(start, min(start + SORTED, len(units))), key=lambda i: (longest[i], i))
        made: list[list[int]] = [[]]
        rows = 0
        for number in near:
            if made[-1] and (rows + len(units[number])) * padded(longest[number]) > tokens:
                made.append([])
                rows = 0
            made[-1].append(number)
            rows += len(units[number])
        rng.shuffle(made)
        batches += made
    return batches
