"""Is this claim supported by these sentences?"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Checked
from qa.checking.grounding import ungrounded
from qa.checking.meaning import bound_turned, planned_told_as_done
from qa.checking.signs import SIGNS, signs
from qa.reading.calibration import MOST
from qa.reading.onnx_model import SUPPORTED, Model, bundled
from qa.text.words import stems

ROOM = 320  # word pieces of sentences that are read with a claim at once
MOST_CITED = 3  # sentences that make a difference to the score by their number
Guard = Callable[[str, Sequence[str], Sequence[str]], str | None]
# Each says why a claim must not be shown, whatever the model makes of it. Others that were tried
# dropped nearly as many true claims as false ones; these are signs, which weigh in the score.
GUARDS: Mapping[str, Guard] = {
    "numbers, names and quoted words": ungrounded,
    "bounds": lambda claim, sentences, _: bound_turned(claim, sentences),
    "plans": lambda claim, sentences, _: planned_told_as_done(claim, sentences),
}


@dataclass(frozen=True)
class Objection:
    """Why a claim must not be shown, and which part of the check says so."""

    reason: str
    by: Checked = "rules"


class Verifier:
    """Whether sentences support a claim: guards, then a score of the larger model and of signs.

    The score's weights and the probability from which a claim is shown are in the manifest, fitted
    by `training.calibrate_claims`.
    """

    def __init__(
        self,
        model: Model | None = None,
        guards: Mapping[str, Guard] = GUARDS,
    ) -> None:
        self._model = model or bundled("second")
        self._guards = guards

    @property
    def threshold(self) -> float:
        """The probability of support from which a claim may be shown."""
        return float(self._model.fitted["claims"]["shown"])

    def objection(
        self, claim: str, sentences: Sequence[str], known: Sequence[str] = ()
    ) -> Objection | None:
        """Why the claim must not be shown beside these sentences.

        `known` is what its writer was shown besides: titles, the rest of the articles. None where
        no guard objects and the score is high enough, or where the claim is one of the sentences
        to the letter. Raises `WeightsError`.
        """
        if claim in sentences:
            reason = ungrounded(claim, sentences, known)
            return Objection(reason) if reason else None
        for guard in self._guards.values():
            if reason := guard(claim, sentences, known):
                return Objection(reason)
        parts = self._parts(claim, sentences)
        score = sum(parts.values())
        least = math.log(self.threshold / (1 - self.threshold))
        if score >= least:
            return None
        worst = min(SIGNS, key=lambda name: parts.get(name, 0.0))
        if score - parts.get(worst, 0.0) >= least:  # without it, it would be shown
            return Objection(SIGNS[worst].reason)
        return Objection("the cited sentences do not support it", "verifier")

    def supported(self, claim: str, sentences: Sequence[str]) -> float:
        """The probability, 0 to 1, that the sentences together support the claim.

        0 without a sentence. Raises `WeightsError`.
        """
        score = sum(self._parts(claim, sentences).values())
        return 0.0 if math.isinf(score) else 1 / (1 + math.exp(-score))

    def features(self, claim: str, sentences: Sequence[str]) -> dict[str, float]:
        """What the score is made of, by name; the model says minus infinity of no sentence."""
        logit = self.logit(claim, sentences)
        own, told = set(stems(claim)), set(stems(" ".join(sentences)))
        return {
            "constant": 1.0,
            "model": logit if math.isinf(logit) else max(-MOST, min(MOST, logit)),
            "new words": len(own - told) / len(own) if own else 0.0,
            "sentences": float(min(len(sentences), MOST_CITED)),
            **signs(claim, sentences),
        }

    def _parts(self, claim: str, sentences: Sequence[str]) -> dict[str, float]:
        """What each feature adds to the score's logit."""
        weights: Mapping[str, float] = self._model.fitted["claims"]["weights"]
        found = self.features(claim, sentences)
        if math.isinf(found["model"]):
            return {"model": -math.inf}
        return {name: weight * found[name] for name, weight in weights.items()}

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
