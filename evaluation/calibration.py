"""How far stated probabilities agree with what came true, and how the risk falls as the unsure replies are withheld.

Confidences and outcomes (0 or 1) are arrays of (n,); weights, (draws, n), say how often each counts in a draw of the bootstrap.
"""
from __future__ import annotations

import numpy as np

BINS = 10


def bins_of(confidence: np.ndarray) -> np.ndarray:
    """The number of the bin of each confidence: BINS of equal width, a bound in the bin below it, 0 in the first.

    >>> bins_of(np.array([0.0, 0.1, 0.11, 1.0])).tolist()
    [0, 0, 1, 9]
    """
    return np.clip(np.ceil(np.round(confidence * BINS, 9)).astype(int) - 1, 0, BINS - 1)


def ece(confidence: np.ndarray, correct: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Expected calibration error of each draw, (draws,): the gap between mean confidence and share correct of a bin, averaged by the bin's size.

    >>> ece(np.array([0.9, 0.9, 0.2]), np.array([1.0, 0.0, 0.0]), np.ones((1, 3))).round(4).tolist()
    [0.3333]
    """
    gaps = np.zeros((len(confidence), BINS))
    gaps[np.arange(len(confidence)), bins_of(confidence)] = confidence - correct
    return np.abs(weights @ gaps).sum(1) / np.maximum(weights.sum(1), 1e-12)


def reliability(confidence: np.ndarray, correct: np.ndarray) -> list[dict]:
    """The bins that hold any reply: {"low", "high", "confidence", "correct", "n"}, the middle two as means."""
    number = bins_of(confidence)
    inside = {b: number == b for b in range(BINS) if (number == b).any()}
    return [{"low": b / BINS, "high": (b + 1) / BINS, "confidence": float(confidence[own].mean()), "correct": float(correct[own].mean()), "n": int(own.sum())}
            for b, own in inside.items()]


def risk_coverage(confidence: np.ndarray, correct: np.ndarray) -> list[dict]:
    """The share of wrong replies among those at least so sure: {"confidence", "coverage", "risk"}, the surest first; equals go together.

    >>> risk_coverage(np.array([0.9, 0.5, 0.5, 0.1]), np.array([1.0, 1.0, 0.0, 0.0]))[1]
    {'confidence': 0.5, 'coverage': 0.75, 'risk': 0.3333333333333333}
    """
    points = []
    for level in sorted(set(confidence.tolist()), reverse=True):
        kept = confidence >= level
        points.append({"confidence": level, "coverage": float(kept.mean()), "risk": float((1 - correct[kept]).mean())})
    return points


def aurc(confidence: np.ndarray, correct: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The area under the risk–coverage curve of each draw, (draws,): the mean risk over all coverages; lower is better.

    >>> aurc(np.array([0.9, 0.5, 0.1]), np.array([1.0, 0.0, 1.0]), np.ones((1, 3))).round(4).tolist()
    [0.2778]
    """
    levels, of = np.unique(-confidence, return_inverse=True)
    member = np.zeros((len(confidence), len(levels)))
    member[np.arange(len(confidence)), of] = 1.0
    size = weights @ member
    kept = np.cumsum(size, 1)
    missed = np.cumsum(weights @ (member * (1 - correct)[:, None]), 1)
    return (size * missed / np.maximum(kept, 1e-12)).sum(1) / np.maximum(weights.sum(1), 1e-12)
