"""Which articles a question is about, by the names in it."""

from collections.abc import Mapping, Sequence

from qa.article import Article, Sentence
from qa.collection.profile import Phrase, described, named_phrases, profile, sentence_mentions


def named(question: str, articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles that a question's names allow, in their order.

    A name that some of the articles mention and others do not leaves those that do. Of an article
    that only mentions it, and is about something that the articles about it do not mention, no
    more is left than the sentences with the name. Names that all or none mention choose nothing;
    then what describes them does, as in `the conductor Anna Berg`.
    """
    if len(articles) < 2:
        return tuple(articles)
    profiles = {a.id: profile(a) for a in articles}
    common = frozenset[str]().union(*(p.common for p in profiles.values()))
    known = frozenset[str]().union(*(p.names for p in profiles.values())) - common
    kept = list(articles)
    for phrase in named_phrases(question, known):
        mentioning = _mentioning(phrase, kept)
        if mentioning and len(mentioning) < len(kept):
            kept = mentioning
        kept = _narrowed(phrase, kept)
    for word in described(question):
        having = [a for a in kept if word in profile(a).stems]
        kept = having or kept
    return tuple(kept)


def is_related(one: Article, other: Article) -> bool:
    """Whether two articles are on one subject: the title or lead of each names the same."""
    return one.id == other.id or bool(profile(one).headline & profile(other).headline)


def leaves(question: str, articles: Sequence[Article], others: Sequence[Article]) -> bool:
    """Whether a question names what the others mention and these do not."""
    common = frozenset[str]().union(*(profile(a).common for a in [*articles, *others]))
    known = frozenset[str]().union(*(profile(a).names for a in [*articles, *others])) - common
    return any(
        _mentioning(phrase, others) and not _mentioning(phrase, articles)
        for phrase in named_phrases(question, known)
    )


def _mentioning(phrase: Phrase, articles: Sequence[Article]) -> list[Article]:
    """Those that mention a name: whole, else all of its words, else the last one, a surname."""
    for test in (
        lambda p: p.mentions(phrase),
        lambda p: set(phrase) <= p.stems,
        lambda p: phrase[-1] in p.names,
    ):
        if found := [a for a in articles if test(profile(a))]:
            return found
    return []


def _narrowed(phrase: Phrase, articles: Sequence[Article]) -> list[Article]:
    about = [a for a in articles if profile(a).is_about(phrase)]
    if not about or len(about) == len(articles):
        return list(articles)
    theirs = frozenset[str]().union(*(profile(a).stems for a in about))
    ids = {a.id for a in about}
    kept = []
    for article in articles:
        if article.id in ids or profile(article).headline <= theirs:
            kept.append(article)
        elif sentences := _with(phrase, article):
            kept.append(article.reduced_to(sentences))
    return kept


def _with(phrase: Phrase, article: Article) -> tuple[Sentence, ...]:
    text: Mapping[Sentence, str] = {s: article.text[s.start : s.end] for s in article.sentences}
    return tuple(s for s, words in text.items() if sentence_mentions(words, phrase))
