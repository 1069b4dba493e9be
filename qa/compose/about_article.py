"""An answer about the article itself: what is known about it, not what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.article import Article
from qa.compose.base import Parts, answered
from qa.compose.stages import Read
from qa.question.kind import article_fact
from qa.sources.byline import dateline
from qa.statement import Statement
from qa.text.dates import readable

_LABEL = "Details of the article, not quoted from its text:"
_LABEL_OF_SEVERAL = "Details of the articles, not quoted from their text:"
_SENTENCES = {  # with the value, and without one
    "title": ("The title is ", ""),
    "author": ("The author is ", "No author is given."),
    "publisher": ("It was published by ", "No publisher is given."),
    "source": ("It comes from ", "No source is given."),
    "place": ("It was written in ", "No place is given."),
    "published": ("It was published on ", "No date of publication is given."),
    "updated": ("It was updated on ", "No update is given."),
}
_INSTEAD = {"publisher": "source", "source": "publisher"}  # named where the other is not given
_ALWAYS = ("author", "source", "published")  # named even where not given
_ALSO = ("publisher", "place", "updated")


@dataclass(frozen=True)
class _Styled:
    """Text with ranges of it in bold."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: "_Styled | str") -> "_Styled":
        more = other if isinstance(other, _Styled) else _Styled(other)
        moved = tuple((start + len(self.text), end + len(self.text)) for start, end in more.bold)
        return _Styled(self.text + more.text, self.bold + moved)


def compose(read: Read, parts: Parts) -> Answer:
    """State the fact that is asked for, then all that is known about each article."""
    return answered(read, "about", about(read.articles, read.understood.question))


def about(articles: Sequence[Article], question: str) -> list[Statement]:
    """The fact that is asked for, then the details of each article.

    `Who wrote this?` -> `The author is **Ada Kay**.` and the details; what is not known is said.
    """
    fact = article_fact(question) or "articles"
    has_several = len(articles) > 1
    facts = [] if fact == "articles" else [_fact(a, fact, has_several) for a in articles]
    return [
        *(Statement(f.text, role="detail", bold=f.bold) for f in facts),
        Statement(_LABEL_OF_SEVERAL if has_several else _LABEL),
        *(Statement(d.text, role="detail", bold=d.bold) for d in map(_details, articles)),
    ]


def _fact(article: Article, fact: str, is_named: bool) -> _Styled:
    if fact == "length":
        words, sentences = len(article.text.split()), len(article.sentences)
        counted = f" in {sentences:,} sentence{'s' * (sentences != 1)}."
        stated = _Styled("It has ") + _bold(f"{words:,} words") + counted
    elif fact in ("published", "updated") and article.updated:
        stated = _joined([_sentence(article, "published"), _sentence(article, "updated")])
    elif fact == "updated":
        stated = _joined([_sentence(article, "updated"), _sentence(article, "published")])
    else:
        instead = _INSTEAD.get(fact, "")
        is_elsewhere = instead and not _value(article, fact) and _value(article, instead)
        facts = [fact, instead] if is_elsewhere else [fact]
        stated = _joined([_sentence(article, name) for name in facts])
        if fact == "published" and not article.published and (line := dateline(article.text)):
            stated = stated + f" Its dateline is “{_on_one_line(line)}”."
    return _title(article) + ": " + stated if is_named else stated


def _sentence(article: Article, fact: str) -> _Styled:
    value = _value(article, fact)
    given, missing = _SENTENCES[fact]
    return _Styled(given) + _bold(value) + "." if value else _Styled(missing)


def _details(article: Article) -> _Styled:
    known = [
        f"{name.capitalize()}: {_value(article, name) or 'not given'}."
        for name in (*_ALWAYS, *_ALSO)
        if name in _ALWAYS or _value(article, name)
    ]
    return _title(article) + f"\n{' '.join(known)}"


def _title(article: Article) -> _Styled:
    return _bold(_on_one_line(article.title))


def _value(article: Article, name: str) -> str:
    value = getattr(article, name) or ""
    return _on_one_line(readable(value) if name in ("published", "updated") else value)


def _bold(text: str) -> _Styled:
    return _Styled(text, ((0, len(text)),) if text else ())


def _joined(parts: Iterable[_Styled]) -> _Styled:
    first, *rest = parts
    for part in rest:
        first = first + " " + part
    return first


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
