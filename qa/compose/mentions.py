"""Which articles mention something, and how often: counted, with the first sentence of each."""

from qa.answer import Answer
from qa.article import Article, Sentence
from qa.collection.profile import Phrase, profile, sentence_mentions
from qa.compose.base import Numbering, Parts, answered, named
from qa.compose.stages import Read
from qa.question.over_all import mention
from qa.statement import Statement
from qa.text.words import stems

MOST = 12  # articles that are shown; the count is of all


def compose(read: Read, parts: Parts) -> Answer:
    """Say how many articles mention it, then each with its count and first such sentence."""
    articles = read.articles
    _, what = mention(read.understood.scope.question) or ("which", "")
    phrase = tuple(stems(what))
    counts = {a.id: profile(a).count(phrase) for a in articles}
    found = sorted((a for a in articles if counts[a.id]), key=lambda a: -counts[a.id])
    statements = [_counted(what, len(found), len(articles), sum(counts.values()))]
    numbering = Numbering(read.understood.scope.copies)
    for article in found[:MOST]:
        line = named(article)
        times = _times(counts[article.id])
        statements.append(Statement(f"{line.text}: {times}.", role="source", bold=line.bold))
        if sentence := _first(article, phrase):
            cited = numbering.cite(article, sentence)
            statements.append(Statement(cited.quote, (cited,), "evidence"))
    return answered(read, "answer", statements)


def _counted(what: str, found: int, of: int, times: int) -> Statement:
    if not found:
        text = f"None of the {of} articles mentions “{what}”."
        return Statement(text, role="detail")
    share = f"{found} of {of} articles" if of > 1 else "The article"
    verb = "mention" if found > 1 else "mentions"
    text = f"{share} {verb} “{what}”, {_times(times)} in all."
    return Statement(text, role="detail", bold=((0, len(share)),))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _first(article: Article, phrase: Phrase) -> Sentence | None:
    return next(
        (s for s in article.sentences if sentence_mentions(article.text[s.start : s.end], phrase)),
        None,
    )
