"""The fields of each API call, and the one-sentence error for a call with wrong fields."""

import reprlib
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qa.errors import UsageError
from qa.question.follow_up import MAX_CHARACTERS
from qa.sources.limits import MAX_TITLE_CHARACTERS


class Call(BaseModel):
    """The fields of a call; each description completes the sentence “it must be …”."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Turn(Call):
    """An earlier turn of a conversation; an assistant's may carry the citations of its answer."""

    role: Literal["user", "assistant"]
    content: str
    citations: list[dict[str, Any]] = []


class Ask(Call):
    """A question."""

    question: str = Field(description=f"a question of at most {MAX_CHARACTERS:,} characters")
    history: list[Turn] | None = Field(
        None,
        description="a list of the earlier turns, oldest first, each an object with role (user or "
        "assistant), content (a text) and optionally citations (those of an answer)",
    )
    articles: list[str] | None = Field(
        None,
        description="a list of the ids of the articles to ask, or omitted for all listed articles",
    )
    publisher: str | None = Field(
        None, description="the name of a paper, or a part of it, to ask only its articles"
    )
    author: str | None = Field(
        None, description="the name of an author, or a part of it, to ask only their articles"
    )
    since: str | None = Field(
        None, description="the first day, as 2024-02-03, on which an article to ask was published"
    )
    until: str | None = Field(
        None, description="the last day, as 2024-02-03, on which an article to ask was published"
    )


class Articles(Call):
    """A request for the list of articles; it has no fields."""


class Add(Call):
    """An article: its address, or its text."""

    url: str | None = Field(None, description="the http(s) address of an article")
    title: str | None = Field(
        None,
        min_length=1,
        max_length=MAX_TITLE_CHARACTERS,
        description=f"the title of text, of 1 to {MAX_TITLE_CHARACTERS} characters",
    )
    text: str | None = Field(None, description="the text of an article, instead of url")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.url is None) == (self.text is None):
            raise ValueError("Give either url or text; a title is optional beside text")
        if self.url is not None and self.title is not None:
            raise ValueError("title goes with text; omit it beside url")
        return self


class AddFeed(Call):
    """A feed, whose articles are added."""

    url: str = Field(description="the http(s) address of a feed or a sitemap, as a text")
    known: list[str] | None = Field(
        None, description="a list of the addresses of articles that are not to be added again"
    )


class Remove(Call):
    """An article that was added."""

    article: str = Field(description="the id of an added article")


CALLS: dict[str, type[Call]] = {
    "ask": Ask,
    "add": Add,
    "add_feed": AddFeed,
    "articles": Articles,
    "remove": Remove,
}
_CHANGING = ("add", "add_feed", "remove")
_C = TypeVar("_C", bound=Call)


def available_calls(*, add: bool) -> dict[str, type[Call]]:
    """The calls on offer, with or without those that add and remove articles."""
    return {name: call for name, call in CALLS.items() if add or name not in _CHANGING}


def validate(call: type[_C], fields: dict[str, Any]) -> _C:
    """The call with these fields. Raises `UsageError`, which names the first wrong field."""
    try:
        return call.model_validate(fields)
    except ValidationError as error:
        raise UsageError(_sentence(call, error.errors()[0])) from None


def describe(call: type[Call]) -> str:
    """The fields of a call in sentences: `question: a question of at most …`."""
    return " ".join(f"{n}: {f.description}." for n, f in call.model_fields.items())


def _sentence(call: type[Call], error: Any) -> str:
    if not error["loc"]:  # several fields together; the sentence names them
        return f"{error['ctx']['error']}."
    field, *path = error["loc"]
    known = list(call.model_fields)
    if field not in known:
        return f"{field} is not a field of this call; its fields: {', '.join(known) or 'none'}."
    where = field + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    expected = f"{field if path else 'it'} must be {call.model_fields[field].description}"
    if error["type"] == "missing":
        return f"{where} is missing; {expected}."
    return f"{where} is {reprlib.repr(error['input'])}; {expected}."
