"""Who speaks in the articles: the people and bodies, each with what they are told to say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.answer import Answer
from qa.article import Article, Sentence
from qa.checking.verifier import Verifier
from qa.compose.aligned import Point, aligned
from qa.compose.base import Numbering, Parts, answered
from qa.compose.stages import Read
from qa.parsing.parser import Parse, bundled_parser
from qa.parsing.speakers import speakers
from qa.statement import Statement
from qa.text.dates import readable
from qa.text.words import stem, words

ARTICLES = 8  # whose speakers are told
SENTENCES = 60  # of each that are parsed
MOST = 10  # speakers
QUOTES = 3  # of each in an article
_PEOPLE = ("PERSON", "ORG", "NORP", "GPE")
_PRONOUNS = frozenset("he she they it".split())
_NOBODY = frozenset("i we you who this that these those some others many one".split())
_TITLE = re.compile(r"^(?:(?:the|an?|its|his|her|their) |(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.? )+", re.I)


@dataclass
class _Voice:
    """Somebody who speaks, by the fullest name, and where."""

    name: str
    said: list[tuple[Article, Sentence]] = field(default_factory=list)


def compose(read: Read, parts: Parts) -> Answer:
    """Quote each speaker, those who say most first; then who says otherwise than another."""
    articles = read.articles[:ARTICLES]
    voices = sorted(voices_of(articles), key=lambda v: -len(v.said))
    if not voices:
        return answered(read, "answer", [Statement("I found nobody who is quoted there.")])
    numbering = Numbering(read.understood.scope.copies)
    statements: list[Statement] = []
    left: list[tuple[Article, Sentence]] = []
    for voice in voices[:MOST]:
        for article in dict.fromkeys(article for article, _ in voice.said):
            here = [s for a, s in voice.said if a.id == article.id]
            statements.append(_label(voice.name, article))
            for sentence in here[:QUOTES]:
                cited = numbering.cite(article, sentence)
                statements.append(Statement(cited.quote, (cited,), "evidence"))
            left += [(article, s) for s in here[QUOTES:]]
    if len(articles) > 1:
        points = aligned(articles, parts.embedder, Verifier())
        statements += _disagreements(voices, points, numbering)
    further = tuple(numbering.cite(*one) for one in left)
    return answered(read, "answer", statements, further=further)


def voices_of(articles: Sequence[Article]) -> list[_Voice]:
    """Who speaks in the articles, in the order of the text; one name in several is one voice.

    A surname goes on with who had it before, `he` with who spoke last.
    """
    voices: dict[str, _Voice] = {}
    for article in articles:
        last = ""
        sentences = article.without_corrections.sentences[:SENTENCES]
        parses = bundled_parser().parse([article.text[s.start : s.end] for s in sentences])
        for sentence, parse in zip(sentences, parses, strict=True):
            for key, name in _speaking(parse, last):
                last = key
                voice = voices.setdefault(key, _Voice(name))
                voice.name = max(voice.name, name, key=len)
                if (article, sentence) not in voice.said:
                    voice.said.append((article, sentence))
    return list(voices.values())


def _speaking(parse: Parse, last: str) -> Iterator[tuple[str, str]]:
    """The key and the name of each speaker of a sentence; the last one's for a pronoun."""
    for start, end in speakers(parse):
        whole = parse.text[start:end]
        if whole.lower() in _PRONOUNS and last:
            yield last, ""
            continue
        if whole.lower() in _NOBODY | _PRONOUNS:
            continue
        inside = [n for n in parse.names if start <= n.start < end and n.label in _PEOPLE]
        people = [n for n in inside if n.label == "PERSON"]
        called = _TITLE.sub("", (people or inside)[-1].text) if inside else whole
        name = re.sub(r"['’]s$", "", called).strip(" ,")
        said = [w for w in words(_TITLE.sub("", name)) if w not in _NOBODY]
        if said:
            key = stem(said[-1]) if people else " ".join(map(stem, said))
            yield key, name


def _label(name: str, article: Article) -> Statement:
    name = name[:1].upper() + name[1:]
    day = readable(article.updated or article.published or "")
    paper = article.publisher or article.source or article.title
    known = ", ".join(filter(None, [paper, day]))
    return Statement(f"{name} ({known})", role="source", bold=((0, len(name)),))


def _disagreements(
    voices: Sequence[_Voice], points: Sequence[Point], numbering: Numbering
) -> Iterator[Statement]:
    """Who says otherwise than another, where both say so in a sentence of their own."""
    speaker = {(a.id, s.start): voice for voice in voices for a, s in voice.said}
    for point in points:
        told = [t for t in point.told if (t.article.id, t.sentence.start) in speaker]
        named = list(dict.fromkeys(speaker[t.article.id, t.sentence.start].name for t in told))
        if point.relation == "differs" and not point.fits and len(named) > 1:
            cited = tuple(numbering.cite(t.article, t.sentence) for t in told)
            both = " and ".join(named)
            told_so = f"{both[:1].upper()}{both[1:]} do not say the same."
            yield Statement(told_so, cited, "compared")
