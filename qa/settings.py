"""Every setting and environment variable, read here only."""

import logging
import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import UsageError

BUNDLED_EMBEDDER = "all-MiniLM-L6-v2"
MEMORY = ":memory:"
SPACE_STORAGE = Path("/data")  # where Hugging Face mounts what a Space keeps
PREFIX, ENV_FILE = "QA_", ".env"
_ADDRESS = re.compile(
    r"[^/]*://|[\w.-]{2,}:\d+$"
)  # also a host and port whose scheme was forgotten
_HERE = ("localhost", "127.0.0.1", "::1")  # this machine
_SERVED = ("openai", "ollama")  # providers that can stand at an address of one's own


def shipped_corpus() -> Path:
    """The folder of articles that comes with the project: in the wheel, or beside `qa/`."""
    here = Path(__file__).resolve().parent
    return here / "corpus" if (here / "corpus").is_dir() else here.parent / "corpus"


def index_folder() -> str:
    """Where the index is kept if nobody says where.

    A Hugging Face Space's persistent storage if it has one, else the user's cache folder, else,
    where that cannot be written, memory.
    """
    cache = user_cache_path("ask-the-article")
    kept = (
        [SPACE_STORAGE / cache.name] if "SPACE_ID" in os.environ and SPACE_STORAGE.exists() else []
    )
    for folder in (*kept, cache):
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if os.access(there, os.W_OK):
            return str(folder / "chroma")
    logging.getLogger("qa").warning(
        "The folder %s cannot be written, so the index, and what is added to it, is kept in memory "
        "only; set QA_CHROMA to another folder.",
        cache,
    )
    return MEMORY


class Settings(BaseSettings):
    """What can be set, from arguments, the environment (prefix `QA_`) or a `.env`, in this order.

    Raises `UsageError` that names each wrong variable, its value and what is allowed. A variable
    with our prefix that is no setting gets a warning.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True
    )

    chroma: str = Field(
        default_factory=index_folder,
        description="a folder for the index, :memory:, or the http(s) address of a Chroma server",
    )
    chroma_token: SecretStr = Field(
        SecretStr(""), description="the token that a Chroma server asks for, or empty"
    )
    chroma_tenant: str = Field(
        "default_tenant", min_length=1, description="a tenant of the Chroma server"
    )
    chroma_database: str = Field(
        "default_database", min_length=1, description="a database of the tenant"
    )
    corpus: Path | None = Field(
        default_factory=shipped_corpus,
        description="a folder of articles, or empty for none",
    )
    embedder: str = Field(
        BUNDLED_EMBEDDER,
        description="a sentence-transformers model: a folder, or a name on the Hub",
    )
    top_k: int = Field(
        8, ge=1, le=50, description="a whole number of passages to read, from 1 to 50"
    )
    second_stage: bool = Field(
        True,
        description="whether the larger reader reads what the small one leaves open, true or false",
    )
    threshold: float = Field(  # the default is what training.calibrate chooses
        0.4, ge=0, le=1, description="the probability below which to abstain, from 0 to 1"
    )
    model: str = Field(
        "", description="provider:model, such as openai:gpt-5-mini, or empty for quotes alone"
    )
    model_url: str = Field(
        "", description="the http(s) address of an OpenAI-compatible server, or empty"
    )
    model_timeout: float = Field(
        30.0, gt=0, le=600, description="seconds that a written answer may take, up to 600"
    )
    model_context: int = Field(
        8000,
        ge=500,
        le=200_000,
        description="a whole number of tokens of articles that the language model is shown, from "
        "500 to 200000",
    )
    judge: bool | None = Field(
        None,
        description="whether the language model judges what it wrote, true or false, or empty for "
        "a remote one alone",
    )
    add: bool = Field(
        True, description="whether who uses the page or its API may add articles, true or false"
    )
    shared: bool | None = Field(
        None,
        description="whether articles added on the page are everybody's, true or false, or empty "
        "for each visitor's own, and this machine's own of who uses the page on it",
    )
    rate: int = Field(
        30,
        ge=0,
        description="a whole number of questions and added articles a minute and visitor, or 0 for "
        "no limit",
    )
    auth: SecretStr = Field(
        SecretStr(""), description="name:password, several with commas between them, or empty"
    )
    log_text: bool = Field(
        False, description="whether questions and answers stand in the log, true or false"
    )
    feedback: Path | None = Field(
        None, description="a file that gets a line for each thumb up or down, or empty for none"
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise UsageError("; ".join(_sentence(e) for e in error.errors()) + ".") from None
        for name in sorted(_given() - {_variable(field) for field in type(self).model_fields}):
            logging.getLogger("qa").warning(_unknown(name))

    @field_validator("corpus", "feedback", "judge", "shared", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("chroma")
    @classmethod
    def _folder_memory_or_server(cls, value: str) -> str:
        if _ADDRESS.match(value):
            parts = urlsplit(value)  # raises ValueError, as `port` does
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
                raise ValueError("takes an address")
            if parts.query or parts.fragment or parts.username is not None:
                raise ValueError("takes an address alone")
            return value.rstrip("/")
        if not value.strip():
            raise ValueError("takes a place")
        return value if value == MEMORY else str(Path(value).expanduser())

    @field_validator("model_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("takes an address")
        return value

    @field_validator("auth")
    @classmethod
    def _names_and_passwords(cls, value: SecretStr) -> SecretStr:
        if not all(name and word for name, word in _logins(value)):
            raise ValueError("takes name:password")
        return value

    @model_validator(mode="after")
    def _names_a_model(self) -> Self:
        if self.model_url and not self.model:
            raise ValueError("QA_MODEL_URL is set, but QA_MODEL does not name the model there")
        if self.model and not (self.model_provider and self.model_name):
            raise ValueError(f"QA_MODEL is {self.model!r}, but must be {_allowed('model')}")
        return self

    @property
    def model_provider(self) -> str:
        """LangChain's name of who serves the model; at an address of one's own that is `openai`.

        `anthropic:claude-haiku-4-5` -> `"anthropic"`
        """
        known, colon, _ = self.model.partition(":")
        if self.model_url and known not in _SERVED:
            return "openai"
        return known if colon else ""

    @property
    def judges(self) -> bool:
        """Whether the model of `QA_MODEL` is asked once more, to judge what it wrote."""
        return bool(self.model) and (self._is_remote if self.judge is None else self.judge)

    @property
    def _is_remote(self) -> bool:
        host = urlsplit(self.model_url).hostname or ""
        if self.model_provider == "ollama" and not host:
            return False
        return host not in _HERE

    @property
    def logins(self) -> dict[str, str]:
        """The password of each name that may log in; none where everybody may come in."""
        return dict(_logins(self.auth))

    @property
    def model_name(self) -> str:
        """The model as its provider calls it."""
        return self.model.removeprefix(f"{self.model_provider}:")


def _logins(auth: SecretStr) -> list[tuple[str, str]]:
    pairs = [pair.strip().partition(":") for pair in auth.get_secret_value().split(",")]
    return [(name, word) for name, _, word in pairs] if auth else []


def _given() -> set[str]:
    """The variables with our prefix, of the environment and of `.env`."""
    names = {*os.environ, *dotenv_values(ENV_FILE)}
    return {name.upper() for name in names if name.upper().startswith(PREFIX)}


def _unknown(name: str) -> str:
    known = [_variable(field) for field in Settings.model_fields]
    near = get_close_matches(name, known, 1)
    return f"{name} is no setting and changes nothing" + (f"; {near[0]} is." if near else ".")


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _allowed(field: str) -> str:
    return str(Settings.model_fields[field].description)


def _sentence(error: Any) -> str:
    if not error["loc"]:  # of several settings together, whose sentence names them
        return str(error["ctx"]["error"])
    field = str(error["loc"][0])
    allowed = _allowed(field) if field in Settings.model_fields else "left out"
    value = "set" if field == "auth" else repr(error["input"])  # a password is shown to nobody
    return f"{_variable(field)} is {value}, but must be {allowed}"
