from random import Random

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from qa.reading.tokenizer import OUTSIDE
from training import loop
from training.loop import SORTED, batches_of, train
from training.model import ReaderModel
from training.windows import Example

CPU = torch.device("cpu")
TOKENS = 4096
ONE = 23  # word pieces of a batch that holds no two of UNITS


def made(length, **labels):
    """An example of so many word pieces, half of them of one sentence."""
    ids = np.random.default_rng(length).integers(1000, 2000, length).astype(np.uint16)
    first = length // 2
    sentence = np.array([OUTSIDE] * first + [0] * (length - first - 1) + [OUTSIDE], dtype=np.int16)
    return Example(ids, sentence, first, **labels)


def answered(length):
    return made(length, answerable=True, gold=(0,), spans=((length // 2, length // 2 + 1),))


UNITS = [
    (made(12),),
    (answered(14),),
    (made(16, supported=True),),
    (answered(18),),
    (made(20, supported=False),),
    (answered(22),),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with an encoder of three thin layers."""
    folder = tmp_path_factory.mktemp("small")
    torch.manual_seed(0)
    thin = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 32}
    config = BertConfig(vocab_size=2000, num_hidden_layers=3, **thin)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture
def steps(monkeypatch):
    """A checkpoint after each step, and a rate that moves the weights."""
    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", -1)
    monkeypatch.setattr(loop, "WARM_UP", 1)
    monkeypatch.setattr(loop, "RATE", 1e-2)


def fresh(small, seed):
    torch.manual_seed(seed)
    return ReaderModel(small)


def weights(model):
    return {name: value.clone() for name, value in model.state_dict().items()}


def same(one, other):
    return all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def interrupt(monkeypatch, after):
    """Ctrl-C while the batch after so many is made."""
    batch_of, left = loop.batch_of, iter(range(after))

    def stopped(units):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return batch_of(units)

    monkeypatch.setattr(loop, "batch_of", stopped)


@pytest.mark.parametrize("lengths", [[], [5], [384] * 30, range(5, 385), [40] * SORTED + [50] * 99])
def test_every_example_is_in_one_batch_and_none_is_too_large(lengths):
    units = [(made(length),) for length in lengths]
    batches = batches_of(units, Random(0), TOKENS)
    assert sorted(i for batch in batches for i in batch) == list(range(len(units)))
    for batch in batches:
        if units:
            assert len(batch) * max(len(units[i][0].ids) for i in batch) <= TOKENS


def test_a_unit_is_in_one_batch_and_counts_as_its_examples():
    units = [(made(30), made(50), made(40))] * 90
    batches = batches_of(units, Random(0), TOKENS)
    assert sorted(i for batch in batches for i in batch) == list(range(90))
    assert max(len(batch) for batch in batches) == TOKENS // (64 * 3)


def test_a_batch_is_of_like_lengths_and_as_full_as_can_be():
    units = [(made(length),) for length in [20, 300] * 200]
    batches = batches_of(units, Random(0), TOKENS)
    assert len([b for b in batches if len({len(units[i][0].ids) for i in b}) > 1]) <= 1
    assert len(batches) <= 200 * 300 / TOKENS * 1.2 + 200 * 20 / TOKENS + 1


def test_batches_are_shuffled_alike_for_the_same_seed():
    units = [(made(length),) for length in range(5, 385)]
    first, again, other = (batches_of(units, Random(seed), TOKENS) for seed in (1, 1, 2))
    assert first == again != other


def test_the_order_of_training_is_kept_beyond_neighbours():
    units = [(made(5),)] * (SORTED + 50)
    late = [any(i >= SORTED for i in batch) for batch in batches_of(units, Random(0), TOKENS)]
    assert late == sorted(late)


@pytest.mark.parametrize("after", [1, 4])
def test_training_goes_on_as_if_it_had_not_been_interrupted(
    small, steps, monkeypatch, tmp_path, capsys, after
):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    straight = fresh(small, 1)
    before = weights(straight)
    train(straight, UNITS, whole, 0, CPU, tokens=ONE)
    assert not same(before, weights(straight))

    stopped = fresh(small, 1)
    with monkeypatch.context() as patch:
        interrupt(patch, after)
        with pytest.raises(KeyboardInterrupt):
            train(stopped, UNITS, broken, 0, CPU, tokens=ONE)
    assert not same(weights(stopped), weights(straight))

    resumed = fresh(small, 2)  # its own weights count for nothing
    train(resumed, UNITS, broken, 0, CPU, tokens=ONE)
    assert f"Going on from step {after} of {len(UNITS)}." in capsys.readouterr().out
    assert same(weights(resumed), weights(straight))


def test_a_training_that_is_done_is_only_loaded(small, steps, tmp_path):
    done = fresh(small, 1)
    train(done, UNITS, tmp_path, 0, CPU, tokens=ONE)
    again = fresh(small, 2)
    train(again, UNITS, tmp_path, 0, CPU, tokens=ONE)
    assert same(weights(again), weights(done))
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_a_checkpoint_of_another_training_is_named_and_left(small, steps, tmp_path):
    train(fresh(small, 1), UNITS, tmp_path, 0, CPU, tokens=ONE)
    kept = (tmp_path / "checkpoint.pt").read_bytes()
    for units, rate in ((UNITS[:4], 1.0), (UNITS, 0.5)):
        with pytest.raises(SystemExit, match=r"checkpoint\.pt is of another training; remove it"):
            train(fresh(small, 1), units, tmp_path, 0, CPU, rate, ONE)
    assert (tmp_path / "checkpoint.pt").read_bytes() == kept


def test_an_interrupted_first_step_leaves_no_checkpoint(small, steps, monkeypatch, tmp_path):
    interrupt(monkeypatch, 0)
    with pytest.raises(KeyboardInterrupt):
        train(fresh(small, 1), UNITS, tmp_path, 0, CPU, tokens=ONE)
    assert not list(tmp_path.iterdir())


def test_frozen_layers_stay_as_they_are(small, steps, tmp_path):
    model = fresh(small, 1)
    model.freeze(2)
    before = weights(model)
    train(model, UNITS, tmp_path, 0, CPU, tokens=ONE)
    after = weights(model)
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    low = ("bert.embeddings.", "bert.encoder.layer.0.", "bert.encoder.layer.1.")
    assert moved and not {name for name in moved if name.startswith(low)}
    assert any(name.startswith("bert.encoder.layer.2.") for name in moved)


def test_what_is_measured_is_printed_at_the_start_and_at_each_checkpoint(
    small, steps, tmp_path, capsys
):
    values = iter(range(9))
    measure = lambda: {"pairs": next(values) / 10}  # noqa: E731
    train(fresh(small, 1), UNITS, tmp_path, 0, CPU, tokens=ONE, measure=measure)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("held out")]
    assert told == [f"held out: pairs 0.{n}00" for n in range(len(UNITS) + 1)]
