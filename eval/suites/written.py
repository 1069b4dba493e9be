"""The suite `written`: a language model's answers beside quotes alone, and which sentences pass."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from eval.baselines import CONFIGURATIONS, PRODUCT, WRITTEN, Configuration
from eval.data import read_lines
from eval.metrics import Row, Table, bootstrap_mean, defined
from eval.report import SuiteResult
from eval.run import Options, ask
from eval.scoring import EVIDENCE, REFUSAL, Judged, as_asked, judge, misses, row, seconds
from eval.suites import article
from eval.suites.suite import Suite
from qa.settings import Settings

JUDGEMENTS = Path(__file__).parents[1] / "judgements"  # by hand, a file for each model
MEASURES = (*EVIDENCE[1:], "answer_hit", *REFUSAL[:3])
ABOUT = (
    "The article's questions, answered by quotes alone and in a language model's words; and, where "
    "its sentences were judged by hand, how many false ones were shown and true ones dropped."
)
NOTES = (
    "A sentence is judged true where the article says all of it, whatever it cites; judged are "
    "sentences to the letter, so another reply has sentences that nobody judged.",
    "OUT/sentences.jsonl holds every sentence of the model with what became of it, to be judged.",
)


@dataclass(frozen=True)
class ModelSentence:
    """A sentence of the model: was it shown, beside which quotes, or why not?"""

    question: str  # its id
    sentence: str
    shown: bool
    quotes: tuple[str, ...] = ()
    reason: str | None = None


class Judgement(BaseModel):
    """A line of a file of judgements: does the article say this?"""

    question: str
    sentence: str
    true: bool


def written(options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the article's questions with and without the model of the options."""
    questions = article.read(options, options.split or SUITE.split).sample(options.limit)
    quoting = CONFIGURATIONS[PRODUCT]
    url = Settings(model=options.model).model_url
    writing = Configuration(
        WRITTEN, options.model, quoting.reader, model=options.model, model_url=url
    )
    compared = [quoting, writing]
    outcomes = ask(questions, compared, embedder, options.finished, WRITTEN)
    asked = {c.name: as_asked(judge(questions, outcomes[c.name])) for c in compared}
    sentences = [s for judged in asked[WRITTEN] for s in _sentences(judged)]
    lines = (json.dumps(asdict(s), ensure_ascii=False) for s in sentences)
    (options.out / "sentences.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    tables: dict[str, Table] = {
        "Measures": {name: row(judged, MEASURES) for name, judged in asked.items()},
        "Sentences of the model": {options.model: _fates(asked[WRITTEN], sentences)},
    }
    known = _judgements(options.model)
    found = [
        (s, known[s.question, s.sentence]) for s in sentences if (s.question, s.sentence) in known
    ]
    if found:
        tables["Sentences of the model, judged by hand"] = {options.model: _judged(found)}
    return replace(
        SUITE.result(options, len(questions.questions), tables, NOTES),
        misses=misses(questions, asked[WRITTEN]),
        missed_by=WRITTEN,
        seconds={name: seconds(judged) for name, judged in asked.items()},
    )


def _sentences(judged: Judged) -> list[ModelSentence]:
    asked, outcome = judged.question.id, judged.outcome
    shown = [ModelSentence(asked, text, True, quotes) for text, quotes in outcome.written]
    dropped = [ModelSentence(asked, text, False, reason=why) for text, why in outcome.dropped]
    return [*shown, *dropped]


def _fates(asked: Sequence[Judged], sentences: Sequence[ModelSentence]) -> Row:
    """The share of the sentences that is shown, and of the questions that the model answers."""
    replied = [j.outcome for j in asked if j.outcome.mode == WRITTEN or j.outcome.note]
    shares = {
        "sentences shown": [s.shown for s in sentences],
        "answers in its words": [o.mode == WRITTEN and not o.abstained for o in replied],
        "answers that quote instead": [o.note is not None for o in replied],
        "refusals by the model": [o.mode == WRITTEN and o.abstained for o in replied],
    }
    return defined({name: bootstrap_mean(flags) for name, flags in shares.items()})


def _judged(found: Sequence[tuple[ModelSentence, bool]]) -> Row:
    """Shares of the sentences that were judged."""
    shares = {
        "false, of all": [not true for _, true in found],
        "false, of those shown": [not true for s, true in found if s.shown],
        "shown, of the false": [s.shown for s, true in found if not true],
        "dropped, of the true": [not s.shown for s, true in found if true],
    }
    return defined({name: bootstrap_mean(flags) for name, flags in shares.items()})


def _judgements(model: str) -> dict[tuple[str, str], bool]:
    path = JUDGEMENTS / f"{re.sub(r'[^a-z0-9]+', '-', model.lower()).strip('-')}.jsonl"
    if not path.exists():
        return {}
    return {(j.question, j.sentence): j.true for j in read_lines(path, Judgement)}


SUITE = Suite(WRITTEN, ABOUT, written)
