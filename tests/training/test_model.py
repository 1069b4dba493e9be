import math
from copy import deepcopy
from dataclasses import replace

import pytest
import torch

from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import OUTSIDE, WordPieceTokenizer
from qa.search.embedder import bundled_weights
from tests.eval.tiny import BAKERY, DAM, span
from training.model import (
    MEMBER,
    POOL,
    SUPPORTED,
    UNCLEAR,
    VALUE,
    YES,
    ReaderModel,
    batch_of,
    loss,
    padded,
    sentence_logits,
)
from training.windows import Asked, Text, claim_example, example

NAMES = [
    "evidence",
    "span",
    "answerable",
    "supported",
    "pair",
    "member",
    "tempting",
    "verdict",
    "short",
]


RARE = ["tempting", "verdict", "short"]


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    return ReaderModel(bundled_weights()).eval()


@pytest.fixture(scope="module")
def examples():
    tokenizer = WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())
    dam, bakery = Text(DAM, tokenizer), Text(BAKERY, tokenizer)

    def ask(question, text, *parts, shown=range(3)):
        spans = tuple(tuple(span(text.text, part)) for part in parts)
        asked = Asked("id", question, text, range(3), bool(parts), text.holding(spans), spans)
        return example(tokenizer, question, asked, shown)

    return {
        "gates": ask("How many gates did engineers open?", dam, "4"),
        "both": ask("Who thanked the crews, and when did it hold?", dam, "Petra Voss", "Monday"),
        "prize": ask("What was won?", bakery, "national bread prize"),
        "short": ask("When did it hold?", dam, "Monday", shown=range(1)),
        "unmarked": replace(ask("Why?", dam, "because"), spans=(), marked=False, short=None),
        "blunt": replace(ask("How many gates?", dam, "4"), may=(0,), tempting=(2,), short=True),
        "open": replace(ask("Is it open?", dam, "4"), verdict=0, short=False),
        "born": ask("Where was Petra Voss born?", dam),
        "price": ask("What does the rye loaf cost?", bakery),
        "held": claim_example(tokenizer, "The dam held.", dam.tokens[:1], True),
        "broke": claim_example(tokenizer, "The dam broke on Sunday.", dam.tokens, False),
    }


def alone(examples):
    return [(e,) for e in examples]


def choose(examples, names):
    return [examples[name] for name in names.split()]


def read(model, batch):
    with torch.no_grad():
        return model(batch.ids, batch.types, batch.mask)


def test_a_batch_pads_its_examples(examples):
    few = choose(examples, "held both born broke")
    batch = batch_of(alone(few))
    length = padded(max(len(e.ids) for e in few))
    for name in ("ids", "types", "mask", "sentence"):
        assert getattr(batch, name).shape == (4, length)
    assert batch.gold.shape == batch.real.shape == (4, 3)
    assert batch.spans.shape == (4, 2, 2)
    for row, e in enumerate(few):
        end = len(e.ids)
        assert batch.ids[row, :end].tolist() == e.ids.tolist()
        assert batch.sentence[row, :end].tolist() == e.sentence.tolist()
        assert batch.types[row, : e.first].sum() == 0 and batch.types[row, e.first : end].all()
        assert batch.mask[row].tolist() == [1] * end + [0] * (length - end)
        assert not batch.ids[row, end:].any() and not batch.types[row, end:].any()
        assert (batch.sentence[row, end:] == OUTSIDE).all()


def test_a_batch_has_its_examples_labels(examples):
    few = choose(examples, "held both born broke unmarked")
    batch = batch_of(alone(few))
    assert batch.gold.tolist() == [[0, 0, 0], [1, 0, 1], [0, 0, 0], [0, 0, 0], [0, 1, 0]]
    assert batch.real.tolist() == [[1, 0, 0], *[[1, 1, 1]] * 4]
    assert batch.spans[1].tolist() == [list(place) for place in few[1].spans]
    assert (batch.spans[[0, 2, 3, 4]] == -1).all()
    assert batch.answerable.tolist() == [0, 1, 0, 0, 1]
    assert batch.marked.tolist() == [1, 1, 1, 1, 0]
    assert batch.supported.tolist() == [1, -1, -1, 0, -1]


@pytest.mark.parametrize(
    ("length", "expected"), [(1, 16), (16, 16), (17, 32), (500, 512), (512, 512)]
)
def test_lengths_are_padded_to_few_different_ones(length, expected):
    assert padded(length) == expected


def test_a_claim_without_evidence_is_a_batch(examples, model):
    bare = replace(examples["held"], sentence=examples["held"].sentence * 0 + OUTSIDE)
    batch = batch_of(alone([bare]))
    assert batch.real.tolist() == [[0.0]]
    assert all(value.isfinite() for value in loss(*read(model, batch), batch).values())


def test_a_sentence_says_the_weighted_mean_of_its_pieces(examples):
    batch = batch_of(alone(examples.values()))
    pieces = torch.randn(*batch.ids.shape, 5, generator=torch.Generator().manual_seed(1)) * 3
    for found, column in zip(sentence_logits(pieces, batch), (VALUE, MEMBER), strict=True):
        assert found.shape == batch.real.shape
        for row, number in batch.real.nonzero().tolist():
            mine = pieces[row][batch.sentence[row] == number]
            expected = (mine[:, POOL].softmax(0) * mine[:, column]).sum()
            assert found[row, number].item() == pytest.approx(expected.item(), abs=1e-4)


@pytest.mark.parametrize(
    ("names", "none"),
    [
        ("held broke", ["evidence", "span", "answerable", "pair", "member", *RARE]),
        ("held", ["evidence", "span", "answerable", "pair", "member", *RARE]),
        ("born price", ["supported", "pair", *RARE]),
        ("unmarked", ["span", "supported", "pair", *RARE]),
        ("blunt", ["supported", "pair", "verdict"]),
        ("open", ["supported", "pair", "tempting"]),
    ],
)
def test_the_loss_is_of_what_a_batch_holds(examples, model, names, none):
    batch = batch_of(alone(choose(examples, names)))
    losses = loss(*read(model, batch), batch)
    assert list(losses) == NAMES
    assert all(value.isfinite() for value in losses.values())
    assert [name for name, value in losses.items() if value == 0] == none


def test_losses_are_means_of_the_examples_ones(examples, model):
    names = list(examples)
    each = []
    for name in names:
        batch = batch_of(alone([examples[name]]))
        each.append(loss(*read(model, batch), batch))
    batch = batch_of(alone(examples.values()))
    for name, value in loss(*read(model, batch), batch).items():
        mean = sum(one[name].item() for one in each) / len(each)
        assert value.item() == pytest.approx(mean, abs=1e-3)


@pytest.mark.parametrize("name", ["gates", "both", "short", "born", "held", "broke"])
def test_the_right_outputs_have_no_loss_and_their_opposite_has(examples, name):
    one = examples[name]
    batch = batch_of(alone([one]))
    pieces = torch.full((*batch.ids.shape, 5), -30.0)
    pieces[..., POOL] = 0
    for first, last in one.spans or [(0, 0)]:
        pieces[0, first, 0] = pieces[0, last, 1] = 30
    for number in one.gold:
        pieces[0, batch.sentence[0] == number, VALUE] = 30
        pieces[0, batch.sentence[0] == number, MEMBER] = 30
    whole = torch.tensor([[30.0 if sure else -30.0 for sure in (one.answerable, one.supported)]])
    whole = torch.cat([whole, torch.tensor([[0.0, 0.0, 0.0, 30.0]])], 1)
    right = loss(pieces, whole, batch)
    # Of two right spans either will do, so each may have half of the probability at both ends.
    assert sum(right.values()) < (1.0 if name == "both" else 1e-3)
    assert sum(loss(-pieces, -whole, batch).values()) > 20


def scored(batch, values):
    """Pieces and whole where each sentence has this logit as evidence and as a member."""
    pieces = torch.zeros(*batch.ids.shape, 5)
    for number, value in enumerate(values):
        pieces[:, :, VALUE][batch.sentence == number] = value
        pieces[:, :, MEMBER][batch.sentence == number] = value
    return pieces, torch.zeros(len(batch.ids), 6)


def test_a_tempting_sentence_costs_what_it_lacks_to_lie_below_the_right_one(examples):
    batch = batch_of(alone([examples["blunt"]]))
    for right, wrong in ((2.0, -1.0), (0.0, 0.0), (-1.0, 3.0)):
        cost = loss(*scored(batch, [0.0, right, wrong]), batch)["tempting"]
        assert cost.item() == pytest.approx(math.log1p(math.exp(wrong - right)), abs=1e-5)


def test_a_sentence_that_may_be_shown_is_a_member_but_neither_right_nor_wrong_evidence(examples):
    batch = batch_of(alone([examples["blunt"]]))
    low, high = (loss(*scored(batch, [value, 5.0, -5.0]), batch) for value in (-5.0, 5.0))
    assert low["evidence"] == high["evidence"]
    assert low["member"] > high["member"] + 2


def test_the_claims_of_a_unit_are_paired_and_weigh_as_much_as_they_are_many(examples):
    held, broke = examples["held"], examples["broke"]
    batch = batch_of([(held,), (broke, held, broke), (held, broke)])
    assert batch.versus.tolist() == [[2, 1], [2, 3], [4, 5]]
    assert batch.weight.tolist() == [1.5, 1.5, 2.0]
    whole = torch.zeros(6, 6)
    whole[:, SUPPORTED] = torch.tensor([9.0, 1.0, 3.0, 0.0, 2.0, 4.0])
    losses = loss(torch.zeros(*batch.ids.shape, 5), whole, batch)
    softplus = lambda x: math.log1p(math.exp(x))  # noqa: E731
    pairs = 1.5 * softplus(1 - 3) + 1.5 * softplus(0 - 3) + 2 * softplus(4 - 2)
    assert losses["pair"].item() == pytest.approx(pairs / 6, abs=1e-5)
    own, *paired = map(softplus, (-9, 1, -3, 0, -2, 4))
    assert losses["supported"].item() == pytest.approx((own + sum(paired) / 2) / 6, abs=1e-5)


def test_a_verdict_costs_its_cross_entropy(examples):
    batch = batch_of(alone([examples["open"]]))
    whole = torch.zeros(1, 6)
    whole[0, YES : UNCLEAR + 1] = torch.tensor([2.0, 0.0, 1.0])
    cost = loss(torch.zeros(*batch.ids.shape, 5), whole, batch)["verdict"].item()
    assert cost == pytest.approx(math.log(math.exp(2) + 1 + math.e) - 2, abs=1e-5)


def test_the_loss_falls_over_some_steps(examples, model):
    torch.manual_seed(0)
    learning = deepcopy(model).train()
    batch = batch_of(alone(choose(examples, "prize born held broke")))
    optimizer = torch.optim.AdamW([p for p in learning.parameters() if p.requires_grad], lr=2e-4)
    sums = []
    for _ in range(15):
        losses = loss(*learning(batch.ids, batch.types, batch.mask), batch)
        total = torch.stack(list(losses.values())).sum()
        total.backward()
        optimizer.step()
        optimizer.zero_grad()
        sums.append(total.item())
    assert sums[-1] < 0.6 * sums[0]


def test_padding_does_not_change_an_example_s_output(examples, model):
    few = choose(examples, "held both born gates")
    pieces, whole = read(model, batch_of(alone(few)))
    for row, e in enumerate(few):
        own, own_whole = read(model, batch_of(alone([e])))
        assert torch.allclose(pieces[row, : len(e.ids)], own[0, : len(e.ids)], atol=1e-4)
        assert torch.allclose(whole[row], own_whole[0], atol=1e-4)


def test_short_attention_is_attention(examples, model):
    batch = batch_of(alone(examples.values()))
    pieces, whole = read(model, batch)
    real = batch.mask.bool()
    other = deepcopy(model)
    assert other.bert.config._attn_implementation == "short"
    other.bert.set_attn_implementation("eager")
    eager, eager_whole = read(other, batch)
    assert torch.allclose(pieces[real], eager[real], atol=1e-4)
    assert torch.allclose(whole, eager_whole, atol=1e-4)


def test_freezing_keeps_the_lowest_layers_and_no_more(model):
    frozen = deepcopy(model)
    frozen.freeze(2)
    still = {name for name, p in frozen.named_parameters() if not p.requires_grad}
    low = ("bert.embeddings.", "bert.encoder.layer.0.", "bert.encoder.layer.1.")
    assert still == {name for name, _ in frozen.named_parameters() if name.startswith(low)}
    assert [name for name, p in model.named_parameters() if not p.requires_grad] == [
        "bert.embeddings.word_embeddings.weight"
    ]
