"""Is this claim supported by these sentences?"""

from collections.abc import Sequence

import numpy as np

from qa.fusion import probability
from qa.model import SUPPORTED, Model, bundled

ROOM = 320  # word pieces of sentences that are read with a claim at once


class Verifier:
    """The bundled model reading a claim with sentences: the probability that they support it."""

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or bundled()

    def supported(self, claim: str, sentences: Sequence[str]) -> float:
        """The probability, 0 to 1, that the sentences together support the claim.

        Sentences that do not fit together are read in turns, and the best counts. 0 without a
        sentence. Raises `WeightsError`.
        """
        encoding = self._model.encoding
        head = encoding.head(claim)
        rows: list[list[tuple[int, ...]]] = [[]]
        for tokens in encoding.tokens(sentences):
            for first in range(0, len(tokens.ids), ROOM):
                part = tokens.ids[first : first + ROOM]
                if sum(map(len, rows[-1])) + len(part) > ROOM:
                    rows.append([])
                rows[-1].append(part)
        windows = [encoding.window(head, row) for row in rows if row]
        if not windows:
            return 0.0
        logits = [float(said.whole[SUPPORTED]) for said in self._model.read(windows)]
        row = np.array([[1.0, max(logits)]])
        return float(probability(row, self._model.manifest["supported"])[0])
