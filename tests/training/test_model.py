from copy import deepcopy
from dataclasses import replace

import pytest
import torch

from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import OUTSIDE, WordPieceTokenizer
from qa.search.embedder import bundled_weights
from tests.eval.tiny import BAKERY, DAM, span
from training.model import POOL, VALUE, ReaderModel, batch_of, loss, padded, sentence_logits
from training.windows import Asked, Text, claim_example, example

NAMES = ["evidence", "span", "answerable", "supported"]


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
        "unmarked": replace(ask("Why?", dam, "because"), spans=(), marked=False),
        "born": ask("Where was Petra Voss born?", dam),
        "price": ask("What does the rye loaf cost?", bakery),
        "held": claim_example(tokenizer, "The dam held.", dam.tokens[:1], True),
        "broke": claim_example(tokenizer, "The dam broke on Sunday.", dam.tokens, False),
    }


def choose(examples, names):
    return [examples[name] for name in names.split()]


def read(model, batch):
    with torch.no_grad():
        return model(batch.ids, batch.types, batch.mask)


def test_a_batch_pads_its_examples(examples):
    few = choose(examples, "held both born broke")
    batch = batch_of(few)
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
    batch = batch_of(few)
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
    batch = batch_of([bare])
    assert batch.real.tolist() == [[0.0]]
    assert all(value.isfinite() for value in loss(*read(model, batch), batch).values())


def test_a_sentence_says_the_weighted_mean_of_its_pieces(examples):
    batch = batch_of(list(examples.values()))
    pieces = torch.randn(*batch.ids.shape, 4, generator=torch.Generator().manual_seed(1)) * 3
    found = sentence_logits(pieces, batch)
    assert found.shape == batch.real.shape
    for row, number in batch.real.nonzero().tolist():
        mine = pieces[row][batch.sentence[row] == number]
        expected = (mine[:, POOL].softmax(0) * mine[:, VALUE]).sum()
        assert found[row, number].item() == pytest.approx(expected.item(), abs=1e-4)


@pytest.mark.parametrize(
    ("names", "none"),
    [
        ("held broke", ["evidence", "span", "answerable"]),
        ("held", ["evidence", "span", "answerable"]),
        ("born price", ["supported"]),
        ("unmarked", ["span", "supported"]),
        ("gates both prize", ["supported"]),
        ("gates both unmarked born held broke", []),
    ],
)
def test_the_loss_is_of_what_a_batch_holds(examples, model, names, none):
    batch = batch_of(choose(examples, names))
    losses = loss(*read(model, batch), batch)
    assert list(losses) == NAMES
    assert all(value.isfinite() for value in losses.values())
    assert [name for name, value in losses.items() if value == 0] == none


def test_losses_are_means_of_the_examples_ones(examples, model):
    names = list(examples)
    alone = []
    for name in names:
        batch = batch_of([examples[name]])
        alone.append(loss(*read(model, batch), batch))
    batch = batch_of(list(examples.values()))
    for name, value in loss(*read(model, batch), batch).items():
        mean = sum(one[name].item() for one in alone) / len(alone)
        assert value.item() == pytest.approx(mean, abs=1e-3)


@pytest.mark.parametrize("name", ["gates", "both", "short", "born", "held", "broke"])
def test_the_right_outputs_have_no_loss_and_their_opposite_has(examples, name):
    one = examples[name]
    batch = batch_of([one])
    pieces = torch.full((*batch.ids.shape, 4), -30.0)
    pieces[..., POOL] = 0
    for first, last in one.spans or [(0, 0)]:
        pieces[0, first, 0] = pieces[0, last, 1] = 30
    for number in one.gold:
        pieces[0, batch.sentence[0] == number, VALUE] = 30
    whole = torch.tensor([[30.0 if one.answerable else -30.0, 30.0 if one.supported else -30.0]])
    right = loss(pieces, whole, batch)
    # Of two right spans either will do, so each may have half of the probability at both ends.
    assert sum(right.values()) < (1.0 if name == "both" else 1e-3)
    assert sum(loss(-pieces, -whole, batch).values()) > 20


def test_the_loss_falls_over_some_steps(examples, model):
    torch.manual_seed(0)
    learning = deepcopy(model).train()
    batch = batch_of(choose(examples, "prize born held broke"))
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
    pieces, whole = read(model, batch_of(few))
    for row, e in enumerate(few):
        alone, alone_whole = read(model, batch_of([e]))
        assert torch.allclose(pieces[row, : len(e.ids)], alone[0, : len(e.ids)], atol=1e-4)
        assert torch.allclose(whole[row], alone_whole[0], atol=1e-4)


def test_short_attention_is_attention(examples, model):
    batch = batch_of(list(examples.values()))
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
