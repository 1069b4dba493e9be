"""The claims that the reader learns to verify: public ones, and ones made from answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from eval.perturb import statement, twisted
from qa.article import Article
from qa.reading.tokenizer import Tokens, WordPieceTokenizer
from training.sets import held_out, read_lines, read_set
from training.windows import Asked, Example, claim_example

TIMES = {
    "fever_symmetric": 3.0,
    "fm2": 3.0,
    "wice": 5.0,
    "snli_devtest": 0.25,
    "cad_nli": 0.5,
    "breaking_nli": 0.3,
    "taxinli_mnli": 0.7,
}  # how often a set's claims are read; others once
MADE = 7_000  # answers of squad1-train that become claims, each with its false twins
LONGEST = 200  # word pieces of evidence that are read
HELD_OUT = 0.1  # share of a train set's claims kept to choose and calibrate on


def claim_examples(data: Path, tokenizer: WordPieceTokenizer, rng: Random) -> Iterator[Example]:
    """Public train claims and, from the train answers, true claims and their false twins."""
    for line in read_lines(data / "claims" / "claims.jsonl.gz"):
        if line["split"] != "train" or not line["evidence"].strip():
            continue
        if kept(line["set"], line["id"]):
            continue
        times = TIMES.get(line["set"], 1.0)
        for _ in range(int(times) + (rng.random() < times % 1)):
            evidence = split(tokenizer, line["evidence"])
            yield claim_example(tokenizer, line["claim"], evidence, line["supported"])
    squad = read_set(data, "squad1-train", tokenizer)
    news = [
        a
        for a in read_set(data, "fictional-news", tokenizer)
        if a.answerable and not held_out("fictional-news", a.article)
    ]
    made = 0
    for asked in [*news, *news, *rng.sample(squad, len(squad))]:
        if made == MADE:
            return
        twins = list(_made(tokenizer, asked, rng))
        made += bool(twins)
        yield from twins


def kept(name: str, claim: str) -> bool:
    """Whether a train claim of the sets nearest to our use is kept from training."""
    return name in ("fm2", "wice", "fever_symmetric") and Random(claim).random() < HELD_OUT


def split(tokenizer: WordPieceTokenizer, evidence: str) -> list[Tokens]:
    """Evidence divided into sentences, as word pieces, cut off at `LONGEST`."""
    sentences = Article.from_text(evidence, title="-").sentences
    found, total = [], 0
    for tokens in tokenizer.tokens([evidence[s.start : s.end] for s in sentences]):
        found.append(tokens)
        total += len(tokens.ids)
        if total > LONGEST:
            break
    return found


def _made(tokenizer: WordPieceTokenizer, asked: Asked, rng: Random) -> Iterator[Example]:
    """A true claim of a question's answer, and two to four that its evidence does not support."""
    if not asked.answers or len(asked.gold) != 1:
        return
    claim = statement(asked.standalone or asked.question, asked.answers[0])
    if claim is None:
        return
    number = asked.gold[0]
    source = " ".join(asked.text.sentence(i) for i in asked.scope)
    evidence = _with_neighbour(asked, number, rng)
    yield claim_example(tokenizer, claim, evidence, True)
    sentence = asked.text.sentence(number)
    if rng.random() < 0.5:  # the sentence itself is the plainest claim that it supports
        yield claim_example(tokenizer, sentence, evidence, True)
        false = twisted(sentence, source, rng)
        if false:
            yield claim_example(tokenizer, false, evidence, False)
    for text in {twisted(claim, source, rng), twisted(claim, source, rng)} - {None}:
        yield claim_example(tokenizer, text or "", evidence, False)
    others = [i for i in asked.scope if i != number]
    if others:
        yield claim_example(tokenizer, claim, [asked.text.tokens[rng.choice(others)]], False)


def _with_neighbour(asked: Asked, number: int, rng: Random) -> Sequence[Tokens]:
    shown = [number]
    neighbour = number + rng.choice((-1, 1))
    if rng.random() < 0.4 and neighbour in asked.scope:
        shown = sorted([number, neighbour])
    return [asked.text.tokens[i] for i in shown]
