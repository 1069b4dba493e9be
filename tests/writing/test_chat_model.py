import builtins

import pytest

from qa.errors import UsageError
from qa.settings import Settings
from qa.writing.chat_model import chat_model


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("given", "provider", "name"),
    [
        ({"model": "anthropic:claude-haiku-4-5"}, "anthropic", "claude-haiku-4-5"),
        ({"model": "ollama:llama3.2:3b"}, "ollama", "llama3.2:3b"),
        ({"model": "openai:m", "model_url": "http://127.0.0.1:1/v1"}, "openai", "m"),
        ({"model": "org/m:fast", "model_url": "https://x.test/v1"}, "openai", "org/m:fast"),
    ],
)
def test_one_setting_names_provider_and_model(given, provider, name):
    settings = Settings(**given)
    assert (settings.model_provider, settings.model_name) == (provider, name)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"model": "gpt"}, "QA_MODEL is 'gpt', but must be provider:model, such as openai:"),
        ({"model": "openai:"}, "QA_MODEL is 'openai:', but must be provider:model"),
        ({"model_url": "http://x.test"}, "QA_MODEL_URL is set, but QA_MODEL does not name"),
        ({"model_url": "x.test"}, "QA_MODEL_URL is 'x.test', but must be the http"),
        ({"model_timeout": 0}, "QA_MODEL_TIMEOUT is 0, but must be seconds"),
    ],
)
def test_a_wrong_setting_is_told_at_once(given, sentence):
    with pytest.raises(UsageError) as caught:
        Settings(**given)
    assert str(caught.value).startswith(sentence) and str(caught.value).count(".") < 4


@pytest.mark.parametrize(
    ("model", "key"), [("openai:m", "OPENAI_API_KEY"), ("anthropic:m", "ANTHROPIC_API_KEY")]
)
def test_a_missing_key_is_told_by_its_name(model, key):
    with pytest.raises(UsageError, match=f"^QA_MODEL is '{model}', which needs a key; set {key}."):
        chat_model(Settings(model=model))


def test_a_missing_extra_is_told_by_its_name(monkeypatch):
    real = builtins.__import__

    def without_ollama(name, *args, **kwargs):
        if name.startswith("langchain_ollama"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_ollama)
    with pytest.raises(UsageError) as caught:
        chat_model(Settings(model="ollama:m"))
    assert str(caught.value) == (
        "QA_MODEL is 'ollama:m', which needs the extra ollama; "
        "pip install 'ask-the-article[ollama]'."
    )


def test_a_provider_that_nobody_knows_is_told():
    with pytest.raises(UsageError, match=r"^QA_MODEL is 'nobody:m', which cannot be used: .*\.$"):
        chat_model(Settings(model="nobody:m"))


def test_a_server_of_ones_own_needs_no_key():
    model = chat_model(Settings(model="m", model_url="http://127.0.0.1:1/v1", model_timeout=7))
    assert (model.model_name, model.openai_api_base) == ("m", "http://127.0.0.1:1/v1")
    assert (model.request_timeout, model.max_retries, model.temperature) == (7, 2, 0)


def test_a_key_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    model = chat_model(Settings(model="openai:m"))
    assert model.openai_api_key.get_secret_value() == "secret" and "secret" not in repr(model)
