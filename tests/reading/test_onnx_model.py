import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import WeightsError
from qa.reading.onnx_model import BATCH, PADDING, WEIGHTS, WEIGHTS_OF, Model, _batches
from qa.settings import Settings

FILES = ("reader.onnx", "second.onnx", "tokenizer.json", "manifest.json")


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(WEIGHTS / name, tmp_path)
    return tmp_path


def use(folder):
    for stage in WEIGHTS_OF:
        model = Model(folder, stage)
        tokenizer = model.tokenizer
        said = model.read([tokenizer.window(tokenizer.head("Who came?"), [[1000, 1001]])])
    return said


def test_the_weights_are_small_and_the_manifest_s():
    assert (WEIGHTS / "reader.onnx").stat().st_size <= 25 * 1024 * 1024
    assert len(use(WEIGHTS)) == 1


def test_the_default_threshold_is_the_calibrated_one():
    assert Settings.model_fields["threshold"].default == Model().manifest["threshold"]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(WeightsError) as caught:
        use(folder)
    assert str(folder / name) in str(caught.value)
    assert str(caught.value).endswith("install the project again.")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", [lambda d: d[: len(d) // 2], lambda d: d[:-9] + b"!" + d[-8:]])
def test_a_truncated_or_changed_file_is_named(folder, name, spoil):
    (folder / name).write_bytes(spoil((folder / name).read_bytes()))
    with pytest.raises(WeightsError, match=r"damaged or not the one that was installed"):
        use(folder)


def test_a_manifest_that_vouches_for_nothing_is_no_manifest(folder):
    (folder / "manifest.json").write_text(json.dumps({"sha256": {}}))
    with pytest.raises(WeightsError):
        use(folder)


def test_windows_come_back_in_order_and_the_same_each_time():
    model = Model()
    tokenizer = model.tokenizer
    head = tokenizer.head("Who came?")
    windows = [tokenizer.window(head, [list(range(1000, 1001 + n))]) for n in (30, 3, 90, 7)] * 9
    assert sum(len(w.ids) for w in windows) > BATCH / 2  # some are read apart
    found = model.read(windows)
    assert [len(said.pieces) for said in found] == [len(w.ids) for w in windows]
    again = model.read(windows)
    assert all(np.array_equal(a.pieces, b.pieces) for a, b in zip(found, again, strict=True))


@given(st.lists(st.integers(3, 512), max_size=40))
def test_batches_are_small_and_padded_little(lengths):
    batches = _batches(lengths)
    assert sorted(i for rows in batches for i in rows) == list(range(len(lengths)))
    for rows in batches:
        padded = len(rows) * max(lengths[i] for i in rows)
        assert padded <= BATCH
        assert sum(lengths[i] for i in rows) >= (1 - PADDING) * padded


def test_nothing_is_read_as_nothing():
    assert Model().read([]) == []


def test_reading_imports_no_torch():
    code = (
        "import sys\n"
        "from qa.article import Article\n"
        "from qa.reading.reader import BundledReader, Candidate\n"
        "article = Article.from_text('One came. Two left.', title='T')\n"
        "reading = BundledReader().read('Who came?', [Candidate(article, article.passages[0])])\n"
        "assert len(reading.evidence) == 2\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
