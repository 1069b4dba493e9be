"""What a report shows beside figures: curves of refusal, calibration, and every miss."""

from collections.abc import Callable, Mapping, Sequence

from eval import metrics
from eval.data import Place, QuestionSet
from eval.result import Curve, Miss, Plot, Point
from eval.scores import Judged

Why = Callable[[Judged], str | None]
CURVE_POINTS = 200  # a plot shows no more


def refusal_curves(runs: Mapping[str, Sequence[Judged]], thresholds: Mapping[str, float]) -> Plot:
    """Precision against recall of refusing at every threshold; marked: the threshold in use."""
    curves = []
    for name, judged in runs.items():
        points = _refusal_points(judged)
        if points:
            at = thresholds[name]
            mark = _refusal_point(judged, at)
            curves.append(Curve(f"{name} (marked: threshold {at:g})", points, mark))
    return Plot("Refusal", "recall of refusal", "precision of refusal", tuple(curves))


def calibration(runs: Mapping[str, Sequence[Judged]]) -> Plot:
    """How often the questions of a confidence can be answered, in ten bins."""
    curves = []
    for name, judged in runs.items():
        answerable = [j.question.answerable for j in judged]
        if len(set(answerable)) == 2:
            bins = metrics.calibration_bins([j.outcome.confidence for j in judged], answerable)
            curves.append(Curve(name, tuple((b.confidence, b.accuracy) for b in bins)))
    return Plot("Calibration", "mean confidence", "share answerable", tuple(curves), diagonal=True)


def misses(
    questions: QuestionSet, judged: Sequence[Judged], why_wrong: Why | None = None
) -> tuple[Miss, ...]:
    """Every question that was wrongly refused, wrongly answered, or proved by other sentences.

    `why_wrong` says what is wrong with an outcome, if anything; by default `why_missed`.
    """
    why_wrong = why_wrong or why_missed
    return tuple(
        Miss(
            j.question.id,
            j.question.kind,
            why,
            j.question.question,
            tuple(f"{t['role']}: {t['content']}" for t in j.question.history),
            tuple(_text(questions, place) for place in sorted(j.question.gold)),
            j.question.answers,
            j.outcome.said,
            j.outcome.quotes,
            j.outcome.confidence,
        )
        for j in judged
        if (why := why_wrong(j))
    )


def why_missed(judged: Judged) -> str | None:
    """What is wrong with an outcome, or None."""
    question = judged.question
    if not question.answerable:
        return None if judged.outcome.abstained else "answered, though the article does not say"
    if judged.outcome.abstained:
        return "refused, though the article says"
    recall = judged.values["citation_recall"]
    if recall is not None and recall < 1:
        return "cites a part of the evidence" if recall else "cites none of the evidence"
    return None


def _text(questions: QuestionSet, place: Place) -> str:
    name, start, end = place
    return questions.articles[name].text[start:end]


def _refusal_points(judged: Sequence[Judged]) -> tuple[Point, ...]:
    cuts = sorted({j.outcome.confidence for j in judged})
    cuts = cuts[:: len(cuts) // CURVE_POINTS + 1]
    # Refusing below the lowest confidence refuses nothing, so a cut above the highest ends it.
    points = [_refusal_point(judged, cut) for cut in [*cuts[1:], 1.1]]
    return tuple(p for p in points if p is not None)


def _refusal_point(judged: Sequence[Judged], threshold: float) -> Point | None:
    refused = [j.outcome.confidence < threshold for j in judged]
    answerable = [j.question.answerable for j in judged]
    recall = metrics.refusal_recall(refused, answerable)
    precision = metrics.refusal_precision(refused, answerable)
    return None if recall is None or precision is None else (recall, precision)
