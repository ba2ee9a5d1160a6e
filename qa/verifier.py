"""A claim and what is cited for it → whether the one bears the other out: the learned verifier.

One pass of a small transformer (int8 ONNX, onnxruntime, no torch) over pairs of texts in which `figures.evidence` has put
brackets around the figures that agree. `data/models/README.md` says what it was trained on.
"""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from figures.entail import Weighed
from qa.pieces import Pieces, batch
from qa.spans import FOLDER, opened

LONGEST = 288  # tokens of a claim and its evidence


class OnnxVerifier:
    """The model of a folder: verifier.onnx, with the reader's pieces in reader.json."""

    def __init__(self, session: onnxruntime.InferenceSession, pieces: Pieces):
        self.session = session
        self.pieces = pieces

    @classmethod
    def load(cls, folder: Path = FOLDER) -> OnnxVerifier | None:
        """The model, or None where the folder has none. Raises UserError for files that are not one."""
        found = opened(folder, "verifier.onnx")
        return found and cls(*found)

    def weigh(self, pairs: Sequence[tuple[str, str]]) -> list[Weighed]:
        """What it makes of pairs of claim and evidence, in order; each by itself, for in a shared pass one's activations would scale the others'."""
        found = []
        for claim, evidence in pairs:
            ids, kinds = batch([self.pieces.pair(claim, evidence, LONGEST)])
            supported, contradicted, unsaid = self.session.run(["answerable"], {"ids": ids, "kinds": kinds})[0].reshape(3)
            found.append(Weighed(float(supported - np.logaddexp(contradicted, unsaid)), float(contradicted - unsaid)))
        return found
