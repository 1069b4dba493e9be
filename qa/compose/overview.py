"""An overview: what is asked for by name, each with its sentence; else all that belongs to it."""

from itertools import compress

from qa.answer import Answer
from qa.compose import account
from qa.compose.base import Numbering, Parts, answered, named, quoted
from qa.compose.choice import choose, in_order
from qa.compose.direct import further_notice
from qa.compose.labels import Labels
from qa.compose.stages import Read
from qa.parsing.parser import bundled_parser
from qa.question.listing import listed
from qa.statement import Statement

LEAST = 2  # labelled sentences that make a list
SURE = 0.5  # the probability of belonging to the answer that one without a label has in a list


def compose(read: Read, parts: Parts) -> Answer:
    """A line for the names or numbers of each sentence that has new ones, and the sentence.

    What is not asked for by name, as reasons and demands, is an account.
    """
    question = read.understood.scope.question
    shown, left = choose(read, "overview")
    labels = Labels(listed(question))
    parses = bundled_parser().parse([e.text for e in shown])
    lines = [labels.of(parse) for parse in parses]
    if sum(map(bool, lines)) < LEAST:
        return account.quoting(read, shown, left)
    best = read.reading.evidence[0]
    kept = [line or e == best or e.member >= SURE for e, line in zip(shown, lines, strict=True)]
    left = in_order([*left, *compress(shown, [not k for k in kept])], best)
    numbering = Numbering(read.understood.scope.copies)
    statements: list[Statement] = []
    article = ""
    for e, line in compress(zip(shown, lines, strict=True), kept):
        if len(read.articles) > 1 and e.article.id != article:
            statements.append(named(e.article))
        article = e.article.id
        if line:
            statements.append(Statement(line, (numbering.cite(e.article, e.sentence),), "direct"))
        statements += quoted([e], numbering=numbering)
    return answered(
        read,
        "answer",
        [*statements, *further_notice(left)],
        further=tuple(numbering.cite(e.article, e.sentence) for e in left),
        confidence=read.reading.answerable,
    )
