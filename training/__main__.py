"""Make the bundled reader: `python -m training --data DIR`; see training/README.md."""

import argparse
import math
import shutil
import time
from pathlib import Path
from random import Random

import torch

from qa.reading.onnx_model import WEIGHTS, WEIGHTS_OF
from qa.reading.tokenizer import WordPieceTokenizer
from qa.search.embedder import bundled_weights
from training.base import BaseModel
from training.calibrate import calibrate
from training.calibrate_second import calibrate_second
from training.claims import claim_units
from training.dev import Dev
from training.export import export, export_second
from training.loop import AGAIN, train
from training.mix import MIXES, Mix
from training.model import ReaderModel
from training.questions import question_examples
from training.restore import restore, restore_second
from training.windows import Unit

FROZEN = 2  # lowest layers that stay as they are where a training goes on from a reader
LORA = 2.5  # of the usual learning rates, for the second stage's adapters
BATCH = 2048  # word pieces of the second stage's batches
ASKED = 0.4  # share of the held-out questions that it is judged on


def main() -> None:
    """Read the sets, train, calibrate, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--out", type=Path, default=Path("build/training"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where they are put")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--begin", type=Path, help="a reader.onnx to go on from; else MiniLM")
    parser.add_argument("--minutes", type=float, default=math.inf, help="how long it may train")
    parser.add_argument("--mix", choices=MIXES, help="else small, or base with --mpnet")
    parser.add_argument("--mpnet", type=Path, help="all-mpnet-base-v2: train the second stage")
    args = parser.parse_args()
    for option, path, name in (
        ("--begin", args.begin, "a reader.onnx"),
        ("--mpnet", args.mpnet and args.mpnet / "model.safetensors", "all-mpnet-base-v2's folder"),
    ):
        if path and not path.is_file():
            parser.error(f"{option} {path} is no file; name {name}.")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())
    if args.mpnet:
        _second(args, tokenizer, device)
        return
    units = read(args.data, tokenizer, MIXES[args.mix or "small"], args.seed)
    model = ReaderModel(bundled_weights()).to(device)
    if args.begin:
        restore(model, args.begin)
        model.freeze(FROZEN)
    dev = Dev(args.data, tokenizer)
    rate = AGAIN if args.begin else 1.0
    limit = 60 * args.minutes
    train(
        model,
        units,
        args.out,
        args.seed,
        device,
        rate,
        seconds=limit,
        measure=lambda: dev.measure(model),
    )
    args.weights.mkdir(parents=True, exist_ok=True)
    if args.weights != WEIGHTS:
        shutil.copy(WEIGHTS / "tokenizer.json", args.weights)
    print("Exporting and calibrating; this takes some minutes.", flush=True)
    export(model, args.weights / "reader.onnx", args.out)
    calibrate(args.data, args.weights)


def _second(args: argparse.Namespace, tokenizer: WordPieceTokenizer, device: torch.device) -> None:
    """Train the second stage, export and calibrate it beside the first one."""
    units = read(args.data, tokenizer, MIXES[args.mix or "base"], args.seed)
    model = BaseModel(args.mpnet, WEIGHTS / "tokenizer.json").to(device)
    model.narrow()
    adapters = args.out / "adapters.safetensors"
    if adapters.exists():
        model.load(adapters)
    elif args.begin:
        restore_second(model, args.begin)
    rate = LORA * AGAIN if args.begin else LORA
    dev = Dev(args.data, tokenizer, ASKED)

    def measure() -> dict[str, float]:
        model.save(adapters)
        return dev.measure(model)

    train(model, units, args.out, args.seed, device, rate, BATCH, 60 * args.minutes, measure)
    print("Exporting and calibrating; this takes some minutes.", flush=True)
    whole = BaseModel(args.mpnet, WEIGHTS / "tokenizer.json")  # in 32 bits
    whole.load(adapters)
    export_second(whole, args.weights / WEIGHTS_OF["second"], args.out)
    calibrate_second(args.data, args.weights)


def read(data: Path, tokenizer: WordPieceTokenizer, mix: Mix, seed: int) -> list[Unit]:
    """Every example in the order of training; the same seed gives the same."""
    began = time.monotonic()
    print("Reading the sets; this takes a minute or two.", flush=True)
    rng = Random(seed)
    placed: list[tuple[float, Unit]] = [
        (place, (e,)) for place, e in question_examples(data, tokenizer, mix, rng)
    ]
    placed += claim_units(data, tokenizer, mix, rng)
    placed.sort(key=lambda pair: pair[0])
    units = [unit for _, unit in placed]
    examples = [e for unit in units for e in unit]
    pieces = sum(len(e.ids) for e in examples) / 1e6
    seconds = time.monotonic() - began
    print(f"{len(examples):,} examples, {pieces:.1f}M word pieces, read in {seconds:.0f} s")
    return units


if __name__ == "__main__":
    main()
