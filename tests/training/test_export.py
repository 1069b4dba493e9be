import hashlib
import json
import shutil

import numpy as np
import pytest
import torch

from qa.errors import WeightsError
from qa.reading.onnx_model import WEIGHTS, Model
from qa.search.embedder import bundled_weights
from tests.eval.tiny import BAKERY, DAM
from training.export import export
from training.model import ReaderModel
from training.restore import restore

LARGEST = 25 * 1024 * 1024
FILES = ("reader.onnx", "tokenizer.json")


@pytest.fixture(scope="module")
def untrained():
    torch.manual_seed(0)
    return ReaderModel(bundled_weights())


@pytest.fixture(scope="module")
def exported(untrained, tmp_path_factory):
    """The folder of the 8-bit form, and of the 32-bit form on its way there."""
    whole, small = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("small")
    export(untrained, small / "reader.onnx", whole)
    (whole / "float.onnx").rename(whole / "reader.onnx")
    for folder in (whole, small):
        shutil.copy(WEIGHTS / "tokenizer.json", folder)
        hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
        (folder / "manifest.json").write_text(json.dumps({"sha256": hashes}))
    return small, whole


@pytest.fixture
def folder(exported):
    return exported[0]


def windows(tokenizer):
    """Of different lengths, so that some are padded."""
    asked = tokenizer.head("How many gates did engineers open at noon?")
    texts = [DAM, BAKERY, "It held.", f"{DAM} {BAKERY}", f"{BAKERY} {DAM} " * 3]
    return [tokenizer.window(asked, [tokens.ids]) for tokens in tokenizer.tokens(texts)]


def both_say(folder, module):
    """Pieces [N, 4] and whole [M, 2]: what the file in the folder says, and what the module."""
    model = Model(folder)
    asked = windows(model.tokenizer)
    found = model.read(asked)
    expected = []
    with torch.no_grad():
        for window in asked:
            ids, types = (torch.from_numpy(row)[None] for row in (window.ids, window.types))
            expected.append([part[0].numpy() for part in module(ids, types, torch.ones_like(ids))])
    return [
        (np.concatenate([said[0] for said in all_said]), np.stack([said[1] for said in all_said]))
        for all_said in (found, expected)
    ]


def test_the_file_is_small(folder):
    assert 5 * 1024 * 1024 < (folder / "reader.onnx").stat().st_size <= LARGEST


def test_in_32_bits_it_says_what_the_module_says(exported, untrained):
    (pieces, whole), (right_pieces, right_whole) = both_say(exported[1], untrained)
    assert np.allclose(pieces, right_pieces, atol=1e-4)
    assert np.allclose(whole, right_whole, atol=1e-4)


def test_in_8_bits_it_says_nearly_what_the_module_says(folder, untrained):
    (pieces, whole), (right_pieces, right_whole) = both_say(folder, untrained)
    # Untrained heads say little, so that what 8 bits lose weighs most: 0.986 to 0.992 was found.
    for head in range(5):
        assert np.corrcoef(pieces[:, head], right_pieces[:, head])[0, 1] > 0.97
    assert np.abs(pieces - right_pieces).max() < 2 * right_pieces.std()
    assert np.abs(whole - right_whole).max() < 0.05


def test_a_file_gives_the_module_back(folder, untrained):
    torch.manual_seed(1)
    other = ReaderModel(bundled_weights())
    restore(other, folder / "reader.onnx")
    for (name, found), (_, right) in zip(
        other.named_parameters(), untrained.named_parameters(), strict=True
    ):
        rounding = right.detach().abs().max() / 100  # a scale is a 127th of a block's largest value
        assert torch.allclose(found, right, atol=float(rounding)), name


@pytest.mark.parametrize("place", [0, 1_000_000, -1])
def test_a_changed_byte_is_noticed_and_the_file_named(folder, tmp_path, place):
    spoilt = shutil.copytree(folder, tmp_path / "spoilt")
    data = bytearray((spoilt / "reader.onnx").read_bytes())
    data[place] ^= 1
    (spoilt / "reader.onnx").write_bytes(data)
    model = Model(spoilt)
    with pytest.raises(WeightsError) as caught:
        model.read(windows(model.tokenizer)[:1])
    assert str(spoilt / "reader.onnx") in str(caught.value)
