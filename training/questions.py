"""The questions that the reader learns from: which, how often, and beside which sentences."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from qa.reading.tokenizer import WordPieceTokenizer
from sets.claims import twisted
from training.mix import Mix
from training.noise import noisy
from training.sets import held_out, is_by_hand, read_lines, read_set
from training.windows import Asked, Example, example

NOISY = 0.2  # of questions: typed in a hurry
CHATTING = 0.15  # of questions: after another question of the same article, and its answer
FOLLOWING = 0.7  # of follow-ups: with the turn before; the others in their stand-alone form
TITLED = 0.9  # of questions: with the title of their article
CUT = 0.25  # of parts: one that does not hold the answer


def question_examples(
    data: Path, tokenizer: WordPieceTokenizer, mix: Mix, rng: Random
) -> Iterator[tuple[float, Example]]:
    """Every question example with its place in the order of training, 0 to 1.

    What people wrote to be unanswerable, and the news, come later than the rest on the whole.
    """
    for name, count in mix.sampled.items():
        asked = read_set(data, name, tokenizer)
        for one in rng.sample(asked, min(count, len(asked))):
            yield rng.random(), _answered(tokenizer, one, asked, rng)
        if name == "squad1-train" and mix.negatives + mix.twisted:
            for made in _unanswered(data, tokenizer, asked, mix, rng):
                yield rng.random(), made
    peoples = [a for a in read_set(data, "squad2", tokenizer) if not held_out("squad2", a.article)]
    for one in peoples:
        if rng.random() < mix.peoples:
            yield _late(rng), _people(tokenizer, one, peoples, rng.choice((0, 0, 1)), rng)
    for name, share in mix.news.items():
        news = [
            a
            for a in read_set(data, name, tokenizer)
            if not held_out(name, a.article) and (mix.by_hand or not is_by_hand(a.id))
        ]
        chosen = rng.sample(news, round(share * len(news)))
        known = {one.id for one in chosen}
        chosen += [
            a for a in news if (a.kind in mix.kinds or is_by_hand(a.id)) and a.id not in known
        ]
        for one in chosen:
            for made in _news(tokenizer, one, news, mix, name, rng):
                yield _late(rng), made


def _late(rng: Random) -> float:
    return float(rng.random() ** 0.6)


def _answered(
    tokenizer: WordPieceTokenizer, asked: Asked, others: Sequence[Asked], rng: Random
) -> Example:
    shown = asked.text.around(rng.choice(asked.gold), asked.scope, rng)
    return _example(tokenizer, _typed(asked, others, rng), asked, shown, rng)


def _example(
    tokenizer: WordPieceTokenizer,
    question: str,
    asked: Asked,
    shown: range,
    rng: Random,
    told: bool = True,
) -> Example:
    titled = rng.random() < TITLED
    return example(tokenizer, question, asked, shown, told=told, titled=titled)


def _unanswered(
    data: Path, tokenizer: WordPieceTokenizer, asked: Sequence[Asked], mix: Mix, rng: Random
) -> Iterator[Example]:
    by_id = {a.id: a for a in asked}
    pairs = list(read_lines(data / "squad1-train" / "negatives.jsonl.gz"))
    for pair in rng.sample(pairs, min(mix.negatives, len(pairs))):
        one = by_id.get(pair["id"])
        if one:
            scope = one.text.within(tuple(pair["scope"]))
            shown = one.text.likely(one.question, scope, (), rng.choice((0, 0, 1)))
            if shown:
                yield _example(tokenizer, _typed(one, asked, rng), one, shown, rng, told=False)
    made = 0
    for one in rng.sample(asked, len(asked)):
        source = " ".join(one.text.sentence(i) for i in one.scope)
        changed = twisted(one.question, source, rng)
        if changed and made < mix.twisted:
            made += 1
            shown = one.text.around(one.gold[0], one.scope, rng)
            yield _example(tokenizer, changed, one, shown, rng, told=False)


def _people(
    tokenizer: WordPieceTokenizer, asked: Asked, others: Sequence[Asked], turn: int, rng: Random
) -> Example:
    if asked.answerable:
        return _answered(tokenizer, asked, others, rng)
    shown = asked.text.likely(asked.question, asked.scope, (), turn)
    assert shown is not None  # a scope without sentences is not read
    return _example(tokenizer, _typed(asked, others, rng), asked, shown, rng)


def _news(
    tokenizer: WordPieceTokenizer,
    asked: Asked,
    others: Sequence[Asked],
    mix: Mix,
    name: str,
    rng: Random,
) -> Iterator[Example]:
    """A question of this set beside its whole article or beside a part of it."""
    if rng.random() < mix.whole[name]:
        whole = _whole(asked, asked.gold or (rng.choice(asked.scope),), mix, rng)
        yield _example(tokenizer, _typed(asked, others, rng), asked, whole, rng)
    elif asked.answerable and rng.random() >= CUT:
        yield _answered(tokenizer, asked, others, rng)
    else:
        clear = (*asked.gold, *asked.may)
        shown = asked.text.likely(_plain(asked), asked.scope, clear, 0)
        if shown:
            yield _example(tokenizer, _typed(asked, others, rng), asked, shown, rng, told=False)
    changed = twisted(_plain(asked), asked.text.text, rng) if asked.short else None
    if changed and rng.random() < CUT:
        shown = asked.text.around(rng.choice(asked.gold), asked.scope, rng)
        yield _example(tokenizer, changed, asked, shown, rng, told=False)
    if asked.kind == "offtopic":
        other = rng.choice(others)
        yield _example(
            tokenizer, asked.question, other, _whole(other, (0,), mix, rng), rng, told=False
        )


def _whole(asked: Asked, around: Sequence[int], mix: Mix, rng: Random) -> range:
    """As much of the article as one window takes, with one of these sentences."""
    return asked.text.reach(rng.choice(around), asked.scope, mix.longest, rng)


def _plain(asked: Asked) -> str:
    return asked.standalone or asked.question


def _typed(asked: Asked, others: Sequence[Asked], rng: Random) -> str:
    """The question as it may reach the reader: after other turns, or typed in a hurry."""
    if asked.history:
        if rng.random() < FOLLOWING:
            question = noisy(asked.question, rng) if rng.random() < NOISY else asked.question
            return "\n".join([*asked.history[-2:], question])
        question = _plain(asked)
    else:
        question = asked.question
    if rng.random() < NOISY:
        question = noisy(question, rng)
    if rng.random() < CHATTING:
        before = rng.choice(others)
        if (before.answers and before.text is asked.text) or (
            rng.random() < 0.3 and before.answers
        ):
            return "\n".join([before.question, before.answers[0], question])
    return question
