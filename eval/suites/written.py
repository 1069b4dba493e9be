"""The suite `written`: a language model's answers beside quotes alone, and which sentences pass."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from langchain_core.embeddings import Embeddings
from pydantic import BaseModel

from eval.baselines import CONFIGURATIONS, PRODUCT, WRITTEN, Configuration
from eval.metrics import Row, means
from eval.report import SuiteResult
from eval.run import Options, ask
from eval.scoring import EVIDENCE, REFUSAL, Judged, as_asked, details, judge, row
from eval.suites import Suite
from eval.suites.questions import read_article
from eval.suites.written_twins import twins_end_to_end
from qa.settings import Settings
from sets.questions import read_lines

JUDGEMENTS = Path(__file__).parents[1] / "judgements"  # by hand, a file for each model
MEASURES = (*EVIDENCE[1:], "answer_hit", *REFUSAL[:3])


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


def measure(suite: Suite, options: Options, embedder: Embeddings) -> SuiteResult:
    """Ask the article's questions with and without the model of the options.

    Where they name none, scripted replies are made of `news_twins`.
    """
    model = options.model
    if not model:
        return twins_end_to_end(options, embedder)
    questions = read_article(options).sample(options.limit)
    quoting = CONFIGURATIONS[PRODUCT]
    url = Settings(model=model).model_url
    writing = Configuration(WRITTEN, quoting.reader, model=model, model_url=url)
    every = ask(questions, [quoting, writing], embedder, options.finished, WRITTEN)
    asked = {name: as_asked(judge(questions, found)) for name, found in every.items()}
    sentences = [s for judged in asked[WRITTEN] for s in _sentences(judged)]
    lines = (json.dumps(asdict(s), ensure_ascii=False) for s in sentences)
    (options.out / "sentences.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    known = _judgements(model)
    by_hand = [
        (s, known[s.question, s.sentence]) for s in sentences if (s.question, s.sentence) in known
    ]
    tables = {
        "Measures": {name: row(judged, MEASURES) for name, judged in asked.items()},
        "Sentences of the model": {model: _fates(asked[WRITTEN], sentences)},
    }
    if by_hand:
        tables["Sentences of the model, judged by hand"] = {model: _judged(by_hand)}
    more = details(questions, asked, WRITTEN) | {"confidences": {}}
    return SuiteResult(questions=len(questions.questions), tables=tables, **more)


def _sentences(judged: Judged) -> Iterator[ModelSentence]:
    asked, answer = judged.question.id, judged.outcome.answer
    for s in answer.statements:
        if s.role == "direct" and answer.mode == WRITTEN:
            yield ModelSentence(asked, s.text, True, tuple(c.quote for c in s.citations))
    for d in answer.trace.dropped:
        yield ModelSentence(asked, d.text, False, reason=d.reason)


def _fates(asked: Sequence[Judged], sentences: Sequence[ModelSentence]) -> Row:
    """The share of the sentences that is shown, and of the questions that the model answers."""
    answers = [j.outcome.answer for j in asked]
    replied = [a for a in answers if a.mode == WRITTEN or a.note]
    shares: dict[str, list[float]] = {
        "sentences shown": [s.shown for s in sentences],
        "answers in its words": [a.mode == WRITTEN and not a.abstained for a in replied],
        "answers that quote instead": [a.note is not None for a in replied],
        "refusals by the model": [a.mode == WRITTEN and a.abstained for a in replied],
    }
    return means(shares)


def _judged(found: Sequence[tuple[ModelSentence, bool]]) -> Row:
    """Shares of the sentences that were judged."""
    shares: dict[str, list[float]] = {
        "false, of all": [not true for _, true in found],
        "false, of those shown": [not true for s, true in found if s.shown],
        "shown, of the false": [s.shown for s, true in found if not true],
        "dropped, of the true": [not s.shown for s, true in found if true],
    }
    return means(shares)


def _judgements(model: str) -> dict[tuple[str, str], bool]:
    path = JUDGEMENTS / f"{re.sub(r'[^a-z0-9]+', '-', model.lower()).strip('-')}.jsonl"
    if not path.exists():
        return {}
    return {(j.question, j.sentence): j.true for j in read_lines(path, Judgement)}
