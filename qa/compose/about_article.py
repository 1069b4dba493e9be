"""An answer about the article itself: what is known about it, not what it says."""

from collections.abc import Sequence
from datetime import datetime

from qa.answer import escape_markdown
from qa.article import Article
from qa.question.kind import article_fact
from qa.sources.byline import dateline

_LABEL = "Details of the article, not quoted from its text:"
_LABEL_OF_SEVERAL = "Details of the articles, not quoted from their text:"
_SENTENCES = {  # with the value, and without one
    "title": ("The title is {}.", ""),
    "author": ("The author is {}.", "No author is given."),
    "publisher": ("It was published by {}.", "No publisher is given."),
    "source": ("It comes from {}.", "No source is given."),
    "place": ("It was written in {}.", "No place is given."),
    "published": ("It was published on {}.", "No date of publication is given."),
    "updated": ("It was updated on {}.", "No update is given."),
}
_INSTEAD = {"publisher": "source", "source": "publisher"}  # told where the other is not given
_ALWAYS = ("author", "source", "published")  # named as not given, too
_ALSO = ("publisher", "place", "updated")


def about(articles: Sequence[Article], question: str) -> str:
    """The fact that is asked for, then all that is known about each article, as Markdown.

    `Who wrote this?` -> `The author is **Ada Kay**.` and the details; what is not known is said.
    """
    if not articles:
        return "There is no article yet; add one."
    fact = article_fact(question) or "articles"
    label = _LABEL if len(articles) == 1 else _LABEL_OF_SEVERAL
    told = [] if fact == "articles" else [_told(a, fact, len(articles) > 1) for a in articles]
    return "\n\n".join([*told, label, *map(_details, articles)])


def readable(date: str) -> str:
    """A date as it is said: `2025-03-14` -> `14 March 2025`; anything else as it is."""
    try:
        at = datetime.fromisoformat(date)
    except ValueError:
        return date
    day = f"{at.day} {at:%B %Y}"
    return day if len(date) <= len("2025-03-14") else f"{day}, {at:%H:%M} {at:%Z}".rstrip()


def _told(article: Article, fact: str, is_named: bool) -> str:
    if fact == "length":
        words, sentences = len(article.text.split()), len(article.sentences)
        told = f"It has **{words:,} words** in {sentences:,} sentence{'s' * (sentences != 1)}."
    else:
        told = _sentence(article, fact)
        if fact == "published" and not article.published and (line := dateline(article.text)):
            told += f" Its dateline is “{escape_markdown(line)}”."
        instead = _INSTEAD.get(fact)
        if instead and not _value(article, fact) and _value(article, instead):
            told += f" {_sentence(article, instead)}"
        if fact in ("published", "updated") and article.updated:
            told = f"{_sentence(article, 'published')} {_sentence(article, 'updated')}"
        elif fact == "updated":
            told += f" {_sentence(article, 'published')}"
    return f"{_title(article)}: {told}" if is_named else told


def _sentence(article: Article, fact: str) -> str:
    value = _value(article, fact)
    given, missing = _SENTENCES[fact]
    return given.format(f"**{value}**") if value else missing


def _details(article: Article) -> str:
    told = [
        f"{name.capitalize()}: {_value(article, name) or 'not given'}."
        for name in (*_ALWAYS, *_ALSO)
        if name in _ALWAYS or _value(article, name)
    ]
    return f"{_title(article)}  \n{' '.join(told)}"


def _title(article: Article) -> str:
    return f"**{escape_markdown(article.title)}**"


def _value(article: Article, name: str) -> str:
    value = getattr(article, name) or ""
    return escape_markdown(readable(value) if name in ("published", "updated") else value)
