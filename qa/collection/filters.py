"""Words of a question that choose articles: a paper, an author, a day, a subject, a version."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qa.article import Article
from qa.collection.profile import profile
from qa.text.dates import DAY, day_of, spoken_day
from qa.text.words import stems

_ARTICLE = r"(?:articles?|stor(?:y|ies)|reports?|pieces?|accounts?|coverage|columns?|versions?)"
_IN = r"(?:according to|as reported (?:by|in)|reported (?:by|in)|in|by|from|per)"
_TEXT = r"(?:articles?|stor(?:y|ies)|versions?)"  # a report may be one that the articles tell of
_SAYS = (
    r"(?:say|says|said|report|reports|reported|write|writes|wrote|tell|tells|told|claim|claims"
    r"|claimed|put|puts|give|gives|gave|mention|mentions|mentioned|quote|quotes|quoted)"
)
_STOP = (  # where the subject of "the article about …" ends
    rf"(?=$|[?,.;!]| (?:{_SAYS}|published|written|was|is|were|are|did|does|who|what|when|where"
    r"|how|why|which|that)\b)"
)
_SUBJECT = re.compile(
    rf"(?P<in>,? ?\b{_IN} )?\bthe (?:other )?{_ARTICLE} (?:about|on|concerning|that mentions"
    rf"|mentioning) (?!{DAY})(?P<subject>.+?){_STOP}",
    re.I,
)
_DATED = re.compile(
    rf"(?P<in>,? ?\b{_IN} )?\b(?:(?:the )?{_ARTICLE} (?:of|from|dated|published on|on)"
    rf" (?P<day>{DAY})|(?P<of>{DAY})['’]s {_ARTICLE})",
    re.I,
)
_GOES_ON = re.compile(rf" (?:of|from|dated|on) {DAY}", re.I)
_SINCE = re.compile(  # what was written before that day cannot tell it
    rf"\b(?P<when>since) (?P<day>{DAY})", re.I
)
_BETWEEN = re.compile(
    rf"\b(?:published|reported|printed|written|{_ARTICLE}) (?P<when>after|before|until|since)"
    rf" (?P<day>{DAY})",
    re.I,
)
_OLD, _NEW = (
    r"(?:earlier|earliest|oldest|first|older|original|previous|old)",
    r"(?:latest|newest|most recent|last|new|current|corrected)",
)
_AGE = re.compile(
    rf"(?P<in>,? ?\b{_IN} )?\b(?:the|an?) (?:(?P<old>{_OLD})|(?P<new>{_NEW})) {_TEXT}"
    rf"(?: of (?:the|this) {_TEXT})?\b",
    re.I,
)
Age = str  # "old", "new" or nothing


@dataclass(frozen=True)
class Filtered:
    """What the words of a question leave: the question without them, and the articles.

    `is_chosen` tells whether any words chose; `age` whether an `old` or the `new` version is meant.
    """

    question: str
    articles: tuple[Article, ...]
    is_chosen: bool = False
    age: Age = ""


def filtered(question: str, articles: Sequence[Article]) -> Filtered:
    """The articles that a question asks for by paper, author, day, subject or age.

    `How many died, according to the Gazette?` -> `How many died?` of the Gazette's. Words that no
    article fits choose nothing.
    """
    found = Filtered(question, tuple(articles))
    if len(articles) < 2:
        return found
    for step in (_by_age, _by_paper, _by_author, _by_day, _by_subject):
        found = step(found)
    return found


def _by_paper(found: Filtered) -> Filtered:
    return _by_name(found, lambda a: a.publisher or a.source)


def _by_author(found: Filtered) -> Filtered:
    return _by_name(found, lambda a: a.author or "")


def _by_name(found: Filtered, name_of: Callable[[Article], str]) -> Filtered:
    """By a name in a place where it says who tells: `in the Gazette`, `what does the Gazette say`.

    A paper's last word, with a capital, stands for its name: `the Gazette`.
    """
    names = sorted({name_of(a) for a in found.articles} - {""}, key=lambda n: (-len(n), n))
    for is_whole, name in [*((True, n) for n in names), *((False, n) for n in names)]:
        spelled = _spelled(name, is_whole=is_whole)
        match = spelled and re.search(
            rf"(?P<in>,? ?\b(?i:{_IN}) )?{spelled}"
            rf"(?:(?P<says>(?= {_SAYS}\b))|(?P<of>['’]s? {_ARTICLE}| {_ARTICLE}\b)|\b(?!['’]))",
            found.question,
        )
        if match and (match["in"] or match["of"] or match["says"] is not None):
            last = name.split()[-1:]
            return _chosen(
                found,
                match,
                [
                    a
                    for a in found.articles
                    if name_of(a) == name or (not is_whole and name_of(a).split()[-1:] == last)
                ],
            )
    return found


def _spelled(name: str, *, is_whole: bool) -> str:
    """A pattern for a name in any case, or for its last word with its capital, if it has more."""
    bare = re.sub(r"^the ", "", name, flags=re.I)
    last = bare.split()[-1]
    if is_whole:
        return rf"(?i:(?:\bthe )?{re.escape(bare)})"
    if last == bare or not last[0].isupper():
        return ""
    return rf"\b[Tt]he {re.escape(last)}(?! [A-Z])"  # a town, as in Post of Holm, has no article


def _by_day(found: Filtered) -> Filtered:
    days = {a.id: day_of(a.published) for a in found.articles}
    known = [day for day in days.values() if day]
    if not known:
        return found
    latest = max(known)
    if match := _DATED.search(found.question):
        day = spoken_day(match["day"] or match["of"], latest)
        return _chosen(found, match, [a for a in found.articles if day and days[a.id] == day])
    match = _BETWEEN.search(found.question) or _SINCE.search(found.question)
    limit = match and spoken_day(match["day"], latest)
    if match is None or limit is None:
        return found
    kept = [a for a in found.articles if _is_within(days[a.id], match["when"], limit)]
    return _chosen(found, match, kept, keeps=True)


def _is_within(day: date | None, when: str, limit: date) -> bool:
    if day is None:
        return False
    return {"since": day >= limit, "after": day > limit, "until": day <= limit}.get(
        when.lower(), day < limit
    )


def _by_subject(found: Filtered) -> Filtered:
    match = _SUBJECT.search(found.question)
    if match is None:
        return found
    wanted = set(stems(match["subject"]))
    scores = {a.id: _fit(a, wanted) for a in found.articles}
    best = max(scores.values())
    return _chosen(found, match, [a for a in found.articles if scores[a.id] == best > (0,)])


def _fit(article: Article, wanted: set[str]) -> tuple[int, ...]:
    """How many of these words the article has, its title, its lead."""
    known = profile(article)
    places = (known.stems, set(known.title.split()), set(known.lead.split()))
    return tuple(len(wanted & place) for place in places)


def _by_age(found: Filtered) -> Filtered:
    match = _AGE.search(found.question)
    if match is None:
        return found
    return Filtered(
        _without(found.question, match), found.articles, True, "old" if match["old"] else "new"
    )


def _chosen(
    found: Filtered, match: re.Match[str], kept: Iterable[Article], *, keeps: bool = False
) -> Filtered:
    """What a match leaves; a question whose words are part of what is asked `keeps` them."""
    left = tuple(kept)
    if not left:
        return found
    question = found.question if keeps else _without(found.question, match)
    return Filtered(question, left, True, found.age)


def _without(question: str, match: re.Match[str]) -> str:
    """The question without the words that choose, or with `the article` in their place."""
    instead = "" if match["in"] else "the article"
    if _GOES_ON.match(question, match.end()):  # a day follows, which has yet to choose
        instead = f"{match['in'] or ''}the article"
    rest = question[: match.start()] + instead + question[match.end() :]
    rest = re.sub(r"\s+([?,.;!])", r"\1", " ".join(rest.split())).lstrip(" ,;")
    return rest[:1].upper() + rest[1:] if rest.strip("?!. ") else question
