"""Claims made from answers: a true one, and its false twins."""

from collections.abc import Iterator
from random import Random

from pydantic import BaseModel

from eval.data import Question, QuestionSet
from eval.perturb import statement, twisted
from qa.article import Article


class Claim(BaseModel):
    """A line of the claims file."""

    id: str
    set: str
    split: str
    claim: str
    evidence: str
    supported: bool


def twins(questions: QuestionSet, name: str) -> list[Claim]:
    """The claims that a set's answers make, always the same ones."""
    return [claim for q in questions.questions for claim in _of(q, questions, name)]


def _of(question: Question, questions: QuestionSet, name: str) -> Iterator[Claim]:
    if len(question.gold) != 1 or not question.answers:
        return
    true = statement(question.standalone or question.question, question.answers[0])
    if true is None:
        return
    ((article_id, start, end),) = question.gold
    article, rng = questions.articles[article_id], Random(question.id)
    gold = article.text[start:end]
    false = twisted(true, article.text, rng)
    others = [text for text in _sentences(article) if text != gold]
    made = [(true, gold, True)]
    if false:
        made.append((false, gold, False))
    if others:
        made.append((true, rng.choice(others), False))
    for number, (claim, evidence, supported) in enumerate(made):
        yield Claim(
            id=f"{question.id}-{number}",
            set=name,
            split=question.split,
            claim=claim,
            evidence=evidence,
            supported=supported,
        )


def _sentences(article: Article) -> list[str]:
    return [article.text[s.start : s.end] for s in article.sentences]
