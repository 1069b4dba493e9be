"""Is this claim supported by these sentences?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.answer import Checked
from qa.checking.grounding import ungrounded
from qa.checking.meaning import changed_meaning
from qa.reading.calibration import probability
from qa.reading.onnx_model import SUPPORTED, Model, bundled

ROOM = 320  # word pieces of sentences that are read with a claim at once


@dataclass(frozen=True)
class Objection:
    """Why a claim must not be shown, and which part of the check says so."""

    reason: str
    by: Checked = "rules"


class Verifier:
    """The larger model reading a claim with sentences: the probability that they support it."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or bundled("second")

    @property
    def threshold(self) -> float:
        """The probability of support from which a claim may be shown, fitted on train claims."""
        return float(self._model.fitted["verified"])

    def objection(
        self, claim: str, sentences: Sequence[str], titles: Sequence[str] = ()
    ) -> Objection | None:
        """Why the claim must not be shown beside these sentences of articles with these titles.

        None where they hold its numbers, names and quoted words and the model finds it supported,
        or where it is one of them to the letter. Raises `WeightsError`.
        """
        reason = ungrounded(claim, sentences, titles)
        if reason:
            return Objection(reason)
        if claim in sentences:
            return None
        if changed := changed_meaning(claim, sentences):
            return Objection(changed)
        if self.supported(claim, sentences) < self.threshold:
            return Objection("the cited sentences do not support it", "verifier")
        return None

    def supported(self, claim: str, sentences: Sequence[str]) -> float:
        """The probability, 0 to 1, that the sentences together support the claim.

        0 without a sentence. Raises `WeightsError`.
        """
        row = np.array([[1.0, self.logit(claim, sentences)]])
        return float(probability(row, self._model.fitted["supported"])[0])

    def logit(self, claim: str, sentences: Sequence[str]) -> float:
        """What the model says before calibration; minus infinity without a sentence.

        Sentences that do not fit together are read in turns, and the best counts.
        """
        tokenizer = self._model.tokenizer
        head = tokenizer.head(claim)
        rows: list[list[tuple[int, ...]]] = [[]]
        for tokens in tokenizer.tokens(sentences):
            for first in range(0, len(tokens.ids), ROOM):
                part = tokens.ids[first : first + ROOM]
                if sum(map(len, rows[-1])) + len(part) > ROOM:
                    rows.append([])
                rows[-1].append(part)
        windows = [tokenizer.window(head, row) for row in rows if row]
        said = self._model.read(windows)
        return max((float(one.whole[SUPPORTED]) for one in said), default=-math.inf)
