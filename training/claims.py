"""The claims that the reader learns to verify: public ones, and ones made from answers.

True and false ones of the same words or the same evidence stand in one unit, so that a batch holds
both: claims learnt one at a time teach that wording far from the evidence is true.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from qa.article import Article
from qa.reading.tokenizer import Tokens, WordPieceTokenizer
from sets.claims import statement, twisted
from training.mix import Mix
from training.sets import held_out, is_by_hand, lines_of, read_lines, read_set, texts_of
from training.swaps import swapped
from training.windows import Asked, Text, Unit, claim_example, example

SINGLE = {"fever_symmetric", "fm2", "wice", "factcheck_gpt"}  # read without a partner too
LARGEST = 6  # claims of a unit
_AUXILIARIES = set("is are was were has have had will would can could should may must did".split())
_LINKS = {"who", "which", "that", "whose", "where", "when", "if", "as"}
LONGEST = 200  # word pieces of evidence that are read
HELD_OUT = 0.1  # share of a train set's claims kept to choose and calibrate on
BESIDE = 0.35  # of pairs: with a neighbour of their evidence
ELSEWHERE = 0.15  # of pairs: the true claim beside another sentence of the article as well


def claim_units(
    data: Path, tokenizer: WordPieceTokenizer, mix: Mix, rng: Random
) -> Iterator[tuple[float, Unit]]:
    """Public train claims, the pairs of `news_twins`, and claims made from train answers.

    Each has its place in the order of training, 0 to 1: the public ones earlier on the whole.
    """
    for unit in _public(data, tokenizer, mix, rng):
        yield rng.random() ** 1.6, unit
    for unit in _ours(data, tokenizer, mix, rng):
        yield rng.random() ** 0.7, unit


def _ours(data: Path, tokenizer: WordPieceTokenizer, mix: Mix, rng: Random) -> Iterator[Unit]:
    pairs = [p for p in twin_pairs(data, tokenizer) if not held_out("open-news", p[0]["article"])]
    for true, false, text in pairs:
        times = mix.by_hand if is_by_hand(true["id"]) else mix.twins
        for _ in range(times):
            yield _pair(tokenizer, true, false, text, rng)
        if times and rng.random() < mix.asked:
            yield _verdicts(tokenizer, true, false, text, rng)
    yield from _swaps(tokenizer, [(true, text) for true, _, text in pairs], mix, rng)
    squad = read_set(data, "squad1-extra", tokenizer)
    news = [
        a
        for a in read_set(data, "fictional-news", tokenizer)
        if a.answerable and not held_out("fictional-news", a.article)
    ]
    made = 0
    for asked in [*news, *rng.sample(squad, len(squad))]:
        if made == mix.made:
            return
        unit = _made(tokenizer, asked, rng)
        if unit:
            made += 1
            yield unit


def twin_pairs(
    data: Path, tokenizer: WordPieceTokenizer
) -> Iterator[tuple[dict[str, Any], dict[str, Any], Text]]:
    """The train pairs of `news_twins` and those by hand: the true claim, the false, the article."""
    texts = texts_of(data, "open-news", tokenizer)
    waiting: dict[str, dict[str, Any]] = {}
    for line in lines_of(data, "open-news", "claims"):
        if line["split"] != "train" or not line.get("pair"):
            continue
        other = waiting.pop(line["pair"], None)
        if other is None:
            waiting[line["pair"]] = line
        else:
            true, false = (line, other) if line["supported"] else (other, line)
            yield true, false, texts[line["article"]]


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


def _public(data: Path, tokenizer: WordPieceTokenizer, mix: Mix, rng: Random) -> Iterator[Unit]:
    by_evidence: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in read_lines(data / "claims" / "claims.jsonl.gz"):
        name, evidence = line["set"], line["evidence"]
        if line["split"] == "train" and evidence.strip() and not kept(name, line["id"]):
            by_evidence.setdefault((name, evidence), []).append(line)
    for (name, evidence), lines in by_evidence.items():
        groups = [lines[:LARGEST]]
        if len({line["supported"] for line in lines[:LARGEST]}) < 2:
            groups = [[line] for line in lines] if name in SINGLE else []
        for group in groups:
            times = mix.claims[name]
            for _ in range(int(times) + (rng.random() < times % 1)):
                tokens = split(tokenizer, evidence)
                yield tuple(
                    claim_example(tokenizer, line["claim"], tokens, line["supported"])
                    for line in group
                )


def _pair(
    tokenizer: WordPieceTokenizer,
    true: dict[str, Any],
    false: dict[str, Any],
    text: Text,
    rng: Random,
) -> Unit:
    cited = text.holding(true["spans"])
    shown = set(cited)
    if rng.random() < BESIDE:
        near = rng.choice(cited) + rng.choice((-1, 1))
        shown |= {near} & set(range(len(text.sentences)))
    evidence = [text.tokens[i] for i in sorted(shown)]
    unit = [
        claim_example(tokenizer, true["claim"], evidence, True),
        claim_example(tokenizer, false["claim"], evidence, False),
    ]
    others = [i for i in range(len(text.sentences)) if i not in shown]
    if others and rng.random() < ELSEWHERE:
        other = [text.tokens[rng.choice(others)]]
        unit.append(claim_example(tokenizer, true["claim"], other, False))
    return tuple(unit)


def _verdicts(
    tokenizer: WordPieceTokenizer,
    true: dict[str, Any],
    false: dict[str, Any],
    text: Text,
    rng: Random,
) -> Unit:
    """Both claims of a pair as questions beside a part of their article."""
    cited, scope = text.holding(true["spans"]), range(len(text.sentences))
    shown = text.around(rng.choice(cited), scope, rng)
    found = []
    for line, verdict in ((true, "yes"), (false, "no")):
        question = asking(line["claim"])
        asked = Asked(line["id"], question, text, scope, True, cited, kind="yesno", verdict=verdict)
        found.append(example(tokenizer, question, asked, shown))
    return tuple(found)


def asking(claim: str) -> str:
    """A claim as a question: `The dam is open.` -> `Is The dam open?`."""
    words = claim.rstrip(".").split(" ")
    for number, word in enumerate(words[1:6], 1):
        if word in _LINKS:
            break
        if word in _AUXILIARIES:
            return " ".join([word.capitalize(), *words[:number], *words[number + 1 :]]) + "?"
    return f"Is it true that {' '.join(words)}?"


def _swaps(
    tokenizer: WordPieceTokenizer,
    claims: Sequence[tuple[dict[str, Any], Text]],
    mix: Mix,
    rng: Random,
) -> Iterator[Unit]:
    """True claims, and the sentences they cite, each against itself with an exchange in it."""
    for line, text in claims:
        cited = text.holding(line["spans"])
        for claim in (line["claim"], text.sentence(rng.choice(cited))):
            false = swapped(claim, rng) if rng.random() < mix.swaps else None
            if false:
                evidence = [text.tokens[i] for i in cited]
                yield (
                    claim_example(tokenizer, claim, evidence, True),
                    claim_example(tokenizer, false, evidence, False),
                )


def _made(tokenizer: WordPieceTokenizer, asked: Asked, rng: Random) -> Unit:
    """A true claim of a question's answer, and two to four that its evidence does not support."""
    if not asked.answers or len(asked.gold) != 1:
        return ()
    claim = statement(asked.standalone or asked.question, asked.answers[0])
    if claim is None:
        return ()
    number = asked.gold[0]
    source = " ".join(asked.text.sentence(i) for i in asked.scope)
    evidence = _with_neighbour(asked, number, rng)
    false = sorted({twisted(claim, source, rng), twisted(claim, source, rng)} - {None}, key=str)
    unit = [claim_example(tokenizer, claim, evidence, True)]
    unit += [claim_example(tokenizer, text or "", evidence, False) for text in false]
    others = [i for i in asked.scope if i != number]
    if others:
        other = [asked.text.tokens[rng.choice(others)]]
        unit.append(claim_example(tokenizer, claim, other, False))
    return tuple(unit)


def _with_neighbour(asked: Asked, number: int, rng: Random) -> Sequence[Tokens]:
    shown = [number]
    neighbour = number + rng.choice((-1, 1))
    if rng.random() < 0.4 and neighbour in asked.scope:
        shown = sorted([number, neighbour])
    return [asked.text.tokens[i] for i in shown]
