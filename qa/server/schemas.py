"""What a call from outside the page may say, and the one sentence for a call that says it wrong."""

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

    question: str = Field(
        description=f"the question, a text of at most {MAX_CHARACTERS:,} characters"
    )
    history: list[Turn] | None = Field(
        None,
        description="a list of the earlier turns, oldest first, each an object with role (user or "
        "assistant), content (a text) and perhaps citations (those of an answer)",
    )
    articles: list[str] | None = Field(
        None,
        description="a list of the ids of the articles to ask, or left out for all that are listed",
    )


class Articles(Call):
    """Which articles there are; nothing else is to be said."""


class Add(Call):
    """An article: its address, or its text."""

    url: str | None = Field(None, description="the http(s) address of an article, as a text")
    title: str | None = Field(
        None,
        min_length=1,
        max_length=MAX_TITLE_CHARACTERS,
        description=f"the title that goes with text, of 1 to {MAX_TITLE_CHARACTERS} characters",
    )
    text: str | None = Field(None, description="the text of an article, instead of url")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.url is None) == (self.text is None):
            raise ValueError("Give either url, or text and perhaps its title")
        if self.url is not None and self.title is not None:
            raise ValueError("title goes with text; leave it out beside url")
        return self


class AddFeed(Call):
    """A feed, whose articles are added."""

    url: str = Field(description="the http(s) address of a feed or a sitemap, as a text")
    known: list[str] | None = Field(
        None, description="a list of the addresses of articles that are not to be added again"
    )


class Remove(Call):
    """An article that was added."""

    article: str = Field(description="the id of an added article, as a text")


CALLS: dict[str, type[Call]] = {
    "ask": Ask,
    "add": Add,
    "add_feed": AddFeed,
    "articles": Articles,
    "remove": Remove,
}
_CHANGING = ("add", "add_feed", "remove")
_C = TypeVar("_C", bound=Call)


def offered(*, add: bool) -> dict[str, type[Call]]:
    """The calls that there are, with or without those that change which articles there are."""
    return {name: call for name, call in CALLS.items() if add or name not in _CHANGING}


def checked(call: type[_C], fields: dict[str, Any]) -> _C:
    """The call of these fields. Raises `UsageError` that names the first wrong one."""
    try:
        return call.model_validate(fields)
    except ValidationError as error:
        raise UsageError(_sentence(call, error.errors()[0])) from None


def described(call: type[Call]) -> str:
    """What the fields of a call are, in sentences: `question: the question, a text of …`."""
    return " ".join(f"{n}: {f.description}." for n, f in call.model_fields.items())


def _sentence(call: type[Call], error: Any) -> str:
    if not error["loc"]:  # of several fields together, whose sentence names them
        return f"{error['ctx']['error']}."
    field, *within = error["loc"]
    known = list(call.model_fields)
    if field not in known:
        return f"{field} is no field of this call; it takes {', '.join(known) or 'none'}."
    where = field + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in within)
    wanted = f"{field if within else 'it'} must be {call.model_fields[field].description}"
    if error["type"] == "missing":
        return f"{where} is missing; {wanted}."
    return f"{where} is {reprlib.repr(error['input'])}; {wanted}."
