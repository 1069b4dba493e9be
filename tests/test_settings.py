import os
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
        Settings(top_k="many", threshold=2, chroma="ftp://localhost")
    assert str(caught.value) == (
        "QA_CHROMA is 'ftp://localhost', but must be a folder for the index, :memory:, or the "
        "http(s) address of a Chroma server; "
        "QA_TOP_K is 'many', but must be a whole number of passages to read, from 1 to 50; "
        "QA_THRESHOLD is 2, but must be the probability below which to abstain, from 0 to 1."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    {
        "http://localhost:8000": "http://localhost:8000",
        "https://api.trychroma.com/": "https://api.trychroma.com",
        "https://example.org/chroma/": "https://example.org/chroma",
        "http://[::1]:8000": "http://[::1]:8000",
        "relative/folder": str(Path("relative/folder")),
        ":memory:": ":memory:",
    }.items(),
)
def test_the_index_is_in_a_folder_in_memory_or_on_a_server(given, kept):
    assert Settings(chroma=given).chroma == kept


@pytest.mark.parametrize(
    "wrong",
    [
        *"ftp://a http:// http://:80 http://a:99999 http://a:b http://a:0 http://[::1".split(),
        *"localhost:8000 127.0.0.1:8000 https://ann:secret@a http://a/?q=1 http://a/#b".split(),
        *("", " "),
    ],
)
def test_an_address_that_is_none_of_a_server_is_named(wrong):
    with pytest.raises(UsageError, match=r"^QA_CHROMA is .*, or the http.s. address of a Chroma"):
        Settings(chroma=wrong)


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


def test_the_index_is_in_the_cache_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("QA_CHROMA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "none" / "yet"))
    assert Settings().chroma == str(tmp_path / "none" / "yet" / "ask-the-article" / "chroma")


def test_a_space_keeps_its_index_in_its_persistent_storage_if_it_has_one(monkeypatch, tmp_path):
    monkeypatch.delenv("QA_CHROMA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("qa.settings.SPACE_STORAGE", tmp_path / "data")
    monkeypatch.setenv("SPACE_ID", "ann/space")
    assert "cache" in Settings().chroma
    (tmp_path / "data").mkdir()
    assert Settings().chroma == str(tmp_path / "data" / "ask-the-article" / "chroma")


def test_where_nothing_can_be_written_the_index_is_in_memory_and_that_is_said(
    monkeypatch, tmp_path, caplog
):
    monkeypatch.delenv("QA_CHROMA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)  # as root one may write anywhere
    assert Settings().chroma == ":memory:"
    assert "cannot be written" in caplog.text and "QA_CHROMA" in caplog.text
