"""How sure an answer is that was found among many articles.

The more passages there are to choose from, the likelier one looks like an answer by chance; the one
that is right stands out from the others. Fitted by `training.calibrate_many`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from qa.reading.calibration import Floats, as_logit, probability
from qa.reading.onnx_model import bundled
from qa.reading.reader import DECIMALS, Reading
from qa.search.candidate import Candidate

MANY = ("constant", "answerable", "articles", "similarity", "ahead", "evidence")


def crowd_row(reading: Reading, candidates: Sequence[Candidate], articles: int) -> Floats:
    """One row, columns as in `MANY`, of a reading of what was found among so many articles.

    `similarity` is the highest cosine of a passage of the best sentence's article, and `ahead` how
    far it is above the highest of another's; `articles` is a logarithm.
    """
    best = reading.evidence[0]
    own = [c.similarity for c in candidates if c.article.id == best.article.id]
    others = [c.similarity for c in candidates if c.article.id != best.article.id]
    highest = max(own, default=0.0)
    ahead = highest - max(others, default=0.0) if others else 0.0
    sure = float(as_logit(reading.answerable))
    return np.array([[1.0, sure, math.log(articles), highest, ahead, float(as_logit(best.score))]])


def among(
    reading: Reading,
    candidates: Sequence[Candidate],
    articles: int,
    fitted: Mapping[str, float] | None = None,
) -> Reading:
    """The reading with the probability of an answer that it has among so many articles.

    `fitted` are the coefficients by feature; None: those of the bundled models, if they have any.
    """
    known = bundled().manifest.get("many") if fitted is None else fitted
    if articles < 2 or not reading.evidence or not known:
        return reading
    sure = probability(crowd_row(reading, candidates, articles), known)
    return replace(reading, answerable=round(float(sure[0]), DECIMALS))
