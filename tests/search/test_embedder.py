import hashlib

import pytest

from qa.errors import UsageError
from qa.search.embedder import Embedder, bundled_weights
from qa.settings import BUNDLED_EMBEDDER

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_the_weights_are_the_official_ones():
    data = (bundled_weights() / "model.safetensors").read_bytes()
    assert hashlib.sha256(data).hexdigest() == OFFICIAL_SHA256


def test_the_embedder_gives_384_numbers_of_length_1(embedder):
    vector = embedder.embed_query("How many civilians died?")
    assert len(vector) == 384
    assert sum(x * x for x in vector) == pytest.approx(1)


def test_an_embedder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError) as caught:
        Embedder(str(tmp_path)).embed_query("x")
    assert str(caught.value).startswith(f"QA_EMBEDDER is {str(tmp_path)!r}, which cannot be loaded")
    assert str(caught.value).endswith(f"or leave it out for {BUNDLED_EMBEDDER}.")
