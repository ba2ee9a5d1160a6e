"""Many scored records → measures with bootstrapped intervals: {name: {"value", "low", "high", "n"}}.

Every measure is a ratio of two sums over the records, so that a draw of the bootstrap is a weight a record: 95% between the
percentiles of DRAWS draws with a fixed seed. A dialogue is drawn whole: its turns are not independent.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evaluation.calibration import aurc, ece

DRAWS = 1000
SEED = 7
STAGES = ("embed", "search", "read", "total")


def drawn(units: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """How often each record is in each draw, (draws, records), units drawn whole; the same for the same units.

    >>> drawn(["d", "d", "e"], 4).shape, bool((drawn(["d", "d", "e"])[:, 0] == drawn(["d", "d", "e"])[:, 1]).all())
    ((4, 3), True)
    """
    _, of = np.unique(np.array(units), return_inverse=True)
    n = int(of.max()) + 1
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)[:, of].astype(float)


def interval(values: np.ndarray) -> tuple[float, float]:
    """The 95% between the percentiles of what the draws gave; draws in which the measure has no value are left out."""
    values = values[np.isfinite(values)]
    return (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))) if len(values) else (0.0, 0.0)


def measure(of: Callable[[np.ndarray], np.ndarray], weights: np.ndarray, n: int) -> dict:
    """A measure with its interval: `of` takes weights (draws, records) to values (draws,); all ones give the value itself."""
    value = float(of(np.ones((1, weights.shape[1])))[0])
    low, high = interval(of(weights))
    return {"value": value, "low": low, "high": high, "n": n}


def ratio(above: np.ndarray, below: np.ndarray, nothing: float = np.nan) -> Callable[[np.ndarray], np.ndarray]:
    """Weights → Σ above / Σ below, `nothing` where below is 0."""
    def of(weights: np.ndarray) -> np.ndarray:
        under = weights @ below
        return np.where(under > 0, weights @ above / np.maximum(under, 1e-12), nothing)
    return of


def summary(records: Sequence[dict]) -> dict[str, dict]:
    """The measures of scored records of pairs; those that apply to none of them are left out. No records: no measures."""
    if not records:
        return {}
    weights = drawn([r["unit"] for r in records])
    measures = means(records, weights)
    refused = np.array([r["answer"].get("status") == "not_found" for r in records], float)
    due = np.array([not r["answerable"] for r in records], float)
    if due.any():
        both = refused * due
        measures["refusal_precision"] = measure(ratio(both, refused, 0.0), weights, int(refused.sum()))
        measures["refusal_recall"] = measure(ratio(both, due), weights, int(due.sum()))
        measures["refusal_f1"] = measure(ratio(2 * both, refused + due), weights, int(((refused + due) > 0).sum()))
    sure = [i for i, r in enumerate(records) if r["answer"].get("confidence") is not None]
    if sure:
        confidence = np.array([records[i]["answer"]["confidence"] for i in sure], float)
        correct = np.array([records[i]["scores"]["correct"] for i in sure], float)
        for name, of in (("ece", ece), ("aurc", aurc)):
            measures[name] = measure(lambda w, of=of: of(confidence, correct, w), weights[:, sure] if len(sure) < len(records) else weights, len(sure))
    return measures


def means(records: Sequence[dict], weights: np.ndarray) -> dict[str, dict]:
    """The mean of each score over the records to which it applies."""
    measures = {}
    for name in dict.fromkeys(name for record in records for name in record["scores"]):
        values = [record["scores"].get(name) for record in records]
        applies = np.array([value is not None for value in values], float)
        if name != "refused" and applies.any():
            measures[name] = measure(ratio(np.array([value or 0.0 for value in values]), applies), weights, int(applies.sum()))
    return measures


def groups(records: Sequence[dict], key: Callable[[dict], Sequence[str]], of: Callable[[Sequence[dict]], dict[str, dict]] = summary) -> dict[str, dict[str, dict]]:
    """The measures of the records under each of their keys, the keys with most records first."""
    names = [name for record in records for name in key(record) if name]
    return {name: of([r for r in records if name in key(r)]) for name in sorted(set(names), key=lambda n: (-names.count(n), n))}


def seconds(records: Sequence[dict]) -> dict[str, dict]:
    """Seconds per stage over the replies that tell them: {stage: {"p50", "p95", "n"}}."""
    found = {}
    for stage in STAGES:
        times = [r["answer"]["seconds"][stage] for r in records if stage in r["answer"].get("seconds", {})]
        if times:
            found[stage] = {"p50": float(np.quantile(times, 0.5)), "p95": float(np.quantile(times, 0.95)), "n": len(times)}
    return found
