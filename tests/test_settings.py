from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.settings import Settings


def test_the_environment_and_arguments_set_the_same_fields(monkeypatch, tmp_path, pytestconfig):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("QA_TOP_K=3\nOTHER=1\n")
    monkeypatch.setenv("QA_CHROMA", "~/index")
    settings = Settings(threshold=0.25)
    assert settings.top_k == 3
    assert settings.chroma == str(Path.home() / "index")
    assert settings.threshold == 0.25
    assert settings.corpus == pytestconfig.rootpath / "corpus"


def test_an_empty_corpus_is_none(monkeypatch):
    monkeypatch.setenv("QA_CORPUS", "")
    assert Settings().corpus is None


def test_every_wrong_value_is_named_at_once():
    with pytest.raises(UsageError) as caught:
        Settings(top_k="many", threshold=2, chroma="http://localhost:8000")
    assert str(caught.value) == (
        "QA_CHROMA is 'http://localhost:8000', but must be a folder for the index, or :memory:; "
        "QA_TOP_K is 'many', but must be a whole number of passages to read, from 1 to 50; "
        "QA_THRESHOLD is 2, but must be the probability below which to abstain, from 0 to 1."
    )


def test_a_variable_that_is_no_setting_gets_a_warning_with_the_nearest_name(
    monkeypatch, tmp_path, caplog
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("QA_TOPK=3\n")
    monkeypatch.setenv("QA_SOMETHING_ELSE", "1")
    monkeypatch.setenv("QA_TOP_K", "3")
    Settings()
    assert caplog.messages == [
        "QA_SOMETHING_ELSE is no setting and changes nothing.",
        "QA_TOPK is no setting and changes nothing; QA_TOP_K is.",
    ]
