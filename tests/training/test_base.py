import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer, models
from transformers import MPNetConfig, MPNetModel

from training import base
from training.base import Adapted, BaseModel, in_4_bits
from training.export import export_second
from training.restore import restore_second

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "dam", "lund"]  # the small reader's
OWN = ["<s>", "<pad>", "</s>", "<unk>", "[PAD]", "[UNK]", "lund", "dam", "<mask>"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A thin MPNet of four layers, its vocabulary, and the small reader's."""
    folder = tmp_path_factory.mktemp("mpnet")
    torch.manual_seed(0)
    config = MPNetConfig(
        vocab_size=len(OWN),
        hidden_size=64,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=128,
        max_position_embeddings=40,
    )
    MPNetModel(config, add_pooling_layer=False).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(OWN) + "\n")
    words = Tokenizer(models.WordPiece({p: i for i, p in enumerate(PIECES)}, unk_token="[UNK]"))
    words.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def model(folder):
    torch.manual_seed(1)
    return BaseModel(folder, folder / "tokenizer.json").eval()


def ids(*pieces):
    return torch.tensor([[PIECES.index(p) for p in pieces]])


def say(model, asked):
    with torch.no_grad():
        return model(asked, asked * 0, torch.ones_like(asked))


def moved(model):
    torch.manual_seed(2)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, Adapted):
                module.up.normal_(std=0.05)
    return model


def test_an_adapter_adds_nothing_at_first():
    linear, states = torch.nn.Linear(6, 4), torch.randn(3, 6)
    right = linear(states)
    adapter = Adapted(linear)
    assert torch.equal(adapter(states), right)
    torch.nn.init.normal_(adapter.up)
    assert not torch.allclose(adapter(states), right)


def test_it_reads_the_small_reader_s_word_pieces_as_mpnet_reads_its_own(folder, model):
    mpnet = MPNetModel.from_pretrained(folder, add_pooling_layer=False).eval()
    with torch.no_grad():
        matrices = [m for m in mpnet.encoder.modules() if isinstance(m, torch.nn.Linear)]
        for module in (mpnet.embeddings.word_embeddings, *matrices):
            module.weight.copy_(in_4_bits(module.weight))
    own = torch.tensor([[OWN.index(p) for p in ("<s>", "dam", "lund", "[UNK]", "</s>")]])
    with torch.no_grad():
        right = model.said(mpnet(own).last_hidden_state)
    for found, expected in zip(
        say(model, ids("[CLS]", "dam", "lund", "[UNK]", "[SEP]")), right, strict=True
    ):
        assert torch.allclose(found, expected, atol=1e-5)


def test_adapters_and_heads_alone_are_trained_and_the_lowest_layers_have_none(model):
    names = set(model.trained())
    assert {n.split(".")[0] for n in names} == {"mpnet", "pieces", "hidden", "whole"}
    adapted = {n for n in names if n.startswith("mpnet")}
    assert all(n.endswith((".up", ".down")) and f"layer.{base.STILL}." in n for n in adapted)
    assert len(adapted) == 2 * 6


def test_what_is_saved_is_loaded(folder, model, tmp_path):
    moved(model).save(tmp_path / "adapters.safetensors")
    other = BaseModel(folder, folder / "tokenizer.json").eval()
    other.load(tmp_path / "adapters.safetensors")
    asked = ids("[CLS]", "dam", "[SEP]", "lund", "[SEP]")
    for found, right in zip(say(other, asked), say(model, asked), strict=True):
        assert torch.allclose(found, right, atol=0.01)


def test_weights_have_sixteen_steps_a_block_and_rounding_them_again_changes_nothing():
    torch.manual_seed(0)
    weights = torch.randn(6, 4 * base.BLOCK)
    weights[0] = 0
    weights[1] = weights[1].abs() + 3
    found = in_4_bits(weights)
    blocks = found.reshape(-1, base.BLOCK)
    assert all(len(torch.unique(block)) <= 16 for block in blocks)
    step = weights.reshape(-1, base.BLOCK)
    step = (step.amax(1).clamp(min=0) - step.amin(1).clamp(max=0)) / 15
    assert ((found - weights).reshape(-1, base.BLOCK).abs().amax(1) <= step / 2 + step / 2).all()
    assert torch.allclose(in_4_bits(found), found, atol=1e-5)


def test_the_exported_file_says_what_the_module_says(folder, model, tmp_path):
    export_second(moved(model), tmp_path / "second.onnx", tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / "second.onnx")
    other = BaseModel(folder, folder / "tokenizer.json").eval()
    restore_second(other, tmp_path / "second.onnx")  # so that a training can go on from it
    asked = torch.cat([ids("[CLS]", "dam", "[SEP]", "lund", "[SEP]")] * 2)
    known = {"ids": asked.numpy(), "mask": torch.ones_like(asked).numpy()}
    for found, again, right in zip(
        session.run(None, known), say(other, asked), say(model, asked), strict=True
    ):
        for said in (torch.from_numpy(found), again):
            assert (said - right).square().mean().sqrt() < 0.1 * right.std()
