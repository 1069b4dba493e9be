"""The language model that a setting names, through LangChain's `init_chat_model`."""

import logging
import os
from typing import TYPE_CHECKING, Any

from qa.errors import UsageError
from qa.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

RETRIES = 2  # the provider's client makes them, with backoff, where they can help
MAX_REPLY = 1000  # tokens
KEYS = {  # of the providers that are an extra in pyproject.toml
    "anthropic": "ANTHROPIC_API_KEY",
    "openai": "OPENAI_API_KEY",
    "ollama": None,
}


def chat_model(settings: Settings) -> "BaseChatModel":
    """The model of `QA_MODEL`, at `QA_MODEL_URL` if that is set.

    Raises `UsageError` that says what to set or to install.
    """
    from langchain.chat_models import init_chat_model  # late: only who has a model pays for it

    provider, name = settings.model_provider, settings.model_name
    key = KEYS.get(provider)
    given: dict[str, Any] = {"temperature": 0}
    if provider == "ollama":  # takes none of LangChain's standard parameters below
        given |= {
            "num_predict": MAX_REPLY,
            "client_kwargs": {"timeout": settings.model_timeout},
            "base_url": settings.model_url or None,
        }
    else:
        given |= {
            "max_tokens": MAX_REPLY,
            "timeout": settings.model_timeout,
            "max_retries": RETRIES,
        }
        if settings.model_url:  # a server of one's own may want no key, its client does
            given |= {
                "base_url": settings.model_url,
                "api_key": os.environ.get(key or "", "") or "none",
            }
        elif key and not os.environ.get(key):
            raise UsageError(f"QA_MODEL is {settings.model!r}, which needs a key; set {key}.")
    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **given)
        return model
    except ImportError as error:
        if provider in KEYS:
            needs = f"the extra {provider}; pip install 'ask-the-article[{provider}]'"
        else:
            needs = f"a package that is not installed ({error})"
        raise UsageError(f"QA_MODEL is {settings.model!r}, which needs {needs}.") from None
    except Exception as error:  # whatever its maker refuses is a setting's fault
        logging.getLogger("qa").debug("No chat model.", exc_info=error)
        reason = str(error).splitlines()[0].rstrip(".")
        raise UsageError(
            f"QA_MODEL is {settings.model!r}, which cannot be used: {reason}."
        ) from None


def name_of(model: "BaseChatModel") -> str:
    """A chat model's provider and name, as `QA_MODEL` would have them, as far as it tells them.

    `ChatOpenAI(model="gpt-5-mini")` -> `"openai:gpt-5-mini"`
    """
    known = model._get_ls_params()  # what LangChain's own traces call it
    names = [known.get("ls_provider"), known.get("ls_model_name")]
    return ":".join(filter(None, names)) or type(model).__name__


def failure_reason(error: Exception) -> str:
    """What a failed call is about, as the end of a sentence that begins with the model.

    `openai.AuthenticationError` -> `"refuses the key (401)"`
    """
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    kind = " ".join(cls.__name__ for cls in type(error).__mro__)
    if status in (401, 403):
        return f"refuses the key ({status})"
    if status == 404:
        return "is not known there (404)"
    if status == 429:
        return "is asked too often, or its quota is used up (429)"
    if isinstance(status, int):
        return f"failed ({status})"
    if "Timeout" in kind:
        return "did not answer in time"
    if "Connect" in kind:
        return "cannot be reached"
    return "sent what cannot be read"
