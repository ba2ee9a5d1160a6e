"""Several scores of the same rows → one: each standardised over the rows, then added.

Zero mean and unit variance before summing (ZMUV: Montague and Croft, CIKM 2001) keeps how far ahead a row is, which
reciprocal ranks throw away; `index.search` gives the measured difference.
"""
from __future__ import annotations

import numpy as np


def standardised(scores: np.ndarray) -> np.ndarray:
    """Scores of all rows, (n,) → mean 0, standard deviation 1; all 0 where they do not differ.

    >>> standardised(np.array([1.0, 3.0])).tolist(), standardised(np.array([2.0, 2.0])).tolist()
    ([-1.0, 1.0], [0.0, 0.0])
    """
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def standardised_sum(rankings: list[np.ndarray]) -> np.ndarray:
    """The sum of standardised scores, (n,) each.

    >>> standardised_sum([np.array([1.0, 3.0]), np.array([0.0, 4.0])]).tolist()
    [-2.0, 2.0]
    """
    return np.sum([standardised(np.asarray(scores, np.float64)) for scores in rankings], axis=0)
