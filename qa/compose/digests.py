"""Key facts, a timeline, people and places: a label in a line, and the sentence that proves it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.article import Article, Sentence
from qa.compose.base import Numbering, Parts, answered, named
from qa.compose.labels import Labels
from qa.compose.stages import Read
from qa.parsing.dates import dated
from qa.parsing.parser import Parse, bundled_parser
from qa.question.digest import MOST, digest
from qa.question.listing import Listed, listed
from qa.statement import Statement

_SENTENCES = 400  # of an article that are parsed


@dataclass(frozen=True)
class _Item:
    label: str
    article: Article
    sentence: Sentence


_Found = Callable[[Article, Sequence[Sentence], Sequence[Parse]], Iterator[_Item]]


def key_facts(read: Read, parts: Parts) -> Answer:
    """The numbers with what they count, in the order of the text."""
    return _composed(read, _facts, "I found no numbers in")


def timeline(read: Read, parts: Parts) -> Answer:
    """What is dated, in order of time."""
    return _composed(read, _dated, "I found no dates in")


def people(read: Read, parts: Parts) -> Answer:
    """The people, places and organisations, or those of them that are asked for."""
    kinds = [k for k in listed(read.understood.scope.question) if k != "numbers"]
    found = _named(kinds or ["people", "places", "organisations"])
    return _composed(read, found, "I found no names in")


def _composed(read: Read, found: _Found, missing: str) -> Answer:
    wish = digest(read.understood.scope.question)
    numbering = Numbering(read.understood.scope.copies)
    statements: list[Statement] = []
    items = [item for a in read.articles for item in found(a, *_parsed(a))]
    length = wish.length if wish else MOST
    article = None
    for item in items[:length]:
        if len(read.articles) > 1 and item.article.id != article:
            statements.append(named(item.article))
        article = item.article.id
        cited = (numbering.cite(item.article, item.sentence),)
        statements.append(Statement(item.label, cited, "direct"))
        quote = item.article.text[item.sentence.start : item.sentence.end]
        statements.append(Statement(quote, cited, "evidence"))
    left = {(i.article.id, i.sentence): i for i in items[length:]}
    if not items:
        titles = ", ".join(f"“{a.title}”" for a in read.articles[:3])
        statements = [Statement(f"{missing} {titles}.")]
    return answered(
        read,
        "answer",
        statements,
        further=tuple(numbering.cite(i.article, i.sentence) for i in left.values()),
    )


def _parsed(article: Article) -> tuple[Sequence[Sentence], Sequence[Parse]]:
    sentences = article.without_corrections.sentences[:_SENTENCES]
    texts = [article.text[s.start : s.end] for s in sentences]
    return sentences, bundled_parser().parse(texts)


def _facts(
    article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
) -> Iterator[_Item]:
    yield from _labelled(Labels(["numbers"]), article, sentences, parses)


def _named(kinds: Sequence[Listed]) -> _Found:
    def found(
        article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
    ) -> Iterator[_Item]:
        yield from _labelled(Labels(kinds), article, sentences, parses)

    return found


def _labelled(
    labels: Labels, article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
) -> Iterator[_Item]:
    for sentence, parse in zip(sentences, parses, strict=True):
        if label := labels.of(parse):
            yield _Item(label, article, sentence)


def _dated(
    article: Article, sentences: Sequence[Sentence], parses: Sequence[Parse]
) -> Iterator[_Item]:
    found = [
        (when, n, label, sentence)
        for n, (sentence, parse) in enumerate(zip(sentences, parses, strict=True))
        for when, label in dated(parse, article.published)[:1]
    ]
    for _, _, label, sentence in sorted(found, key=lambda f: f[:2]):
        yield _Item(label, article, sentence)
