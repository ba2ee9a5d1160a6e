"""Two runs over the same pairs: which pairs changed sides, and whether the difference is more than chance.

Pairs are met by id and question. A side is `correct` of a pair, the right verdict of a claim. Tests are paired: McNemar's exact
test on the pairs that changed, the paired bootstrap on the difference of each mean.
"""
from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from evaluation.summary import drawn, interval
from ingest.document import UserError

SIDES = {"pair": "correct", "claim": "verdict_accuracy"}
RECORDS = "records.jsonl"


def mcnemar(gained: int, lost: int) -> float:
    """The two-sided exact probability of so uneven a split where gains and losses are equally likely; 1 where nothing changed.

    >>> mcnemar(0, 0), mcnemar(5, 0), mcnemar(8, 2)
    (1.0, 0.0625, 0.109375)
    """
    return float(binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0


def load_records(run: Path) -> list[dict]:
    """The records of a run, by its folder or its records.jsonl. Raises UserError where there are none."""
    file = run / RECORDS if run.is_dir() else run
    try:
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        for record in records:
            met(record), record["scores"][SIDES[record["kind"]]], record["key"], record["unit"]  # noqa: B018  what any record has
    except OSError as error:
        raise UserError(f"读不了评测记录“{file}”({error.strerror});请给出 eval --out 写的文件夹。") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"“{file}”不是评测记录;请给出 eval --out 写的文件夹。") from None
    return records


def compare(ours: Sequence[dict], theirs: Sequence[dict]) -> dict:
    """What changed from `theirs` to `ours`.

    {"common", "gained": [id], "lost": [id], "p_mcnemar", "measures": {name: {"before", "after", "difference", "low", "high", "p_bootstrap", "n"}}}
    """
    before = {met(r): r for r in theirs}
    both = [(r, before[met(r)]) for r in ours if met(r) in before]
    sides = [(a["id"], a["scores"][SIDES[a["kind"]]], b["scores"][SIDES[b["kind"]]]) for a, b in both]
    gained, lost = [i for i, after, was in sides if after > was], [i for i, after, was in sides if after < was]
    return {"common": len(both), "gained": gained, "lost": lost, "p_mcnemar": mcnemar(len(gained), len(lost)), "measures": differences(both)}


def met(record: dict) -> tuple[str, str, str]:
    """By what a record of one run meets its like in another."""
    return record["kind"], str(record["id"]), record["question"] if record["kind"] == "pair" else record["claim"]


def differences(both: Sequence[tuple[dict, dict]]) -> dict[str, dict]:
    """The paired bootstrap of each score that applies to both records of a pair.

    p_bootstrap: twice the share of draws on the other side of no difference (a draw at it counts half), 1 at most.
    """
    found = {}
    weights = drawn([a["unit"] for a, _ in both]) if both else None
    for name in dict.fromkeys(name for a, _ in both for name in a["scores"]):
        values = [(a["scores"].get(name), b["scores"].get(name)) for a, b in both]
        on = np.array([x is not None and y is not None for x, y in values])
        if name == "refused" or not on.any():
            continue
        after, was = (np.array([v[i] if keep else 0.0 for v, keep in zip(values, on)]) for i in (0, 1))
        under = weights @ on
        draws = (weights @ (after - was))[under > 0] / under[under > 0]
        low, high = interval(draws)
        tail = min((draws < 0).mean() + (draws == 0).mean() / 2, (draws > 0).mean() + (draws == 0).mean() / 2) if len(draws) else 0.5
        n = int(on.sum())
        found[name] = {"before": float(was.sum() / n), "after": float(after.sum() / n), "difference": float((after - was).sum() / n), "low": low, "high": high,
                       "p_bootstrap": float(min(1.0, 2 * tail)), "n": n}
    return found
