"""Thresholds on measures: "name=value" texts or a JSON file of {name: value} → which do not hold.

A measure that should be high fails below its threshold, one of LESS above it. A name that is no measure is an error, never passed over.
"""
from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.tables import LABELS
from ingest.document import UserError

LESS = frozenset(("ece", "aurc", "wrong_supported", "seconds_p50", "seconds_p95", "bad_rows"))
NAMES = (*LABELS, "bad_rows")


def thresholds_of(texts: Sequence[str], file: Path | None = None) -> dict[str, float]:
    """The thresholds of a file, over them those given as texts. Raises UserError.

    >>> thresholds_of(["evidence@1=0.9"])
    {'evidence@1': 0.9}
    """
    wanted = read(file) if file else {}
    for text in texts:
        name, _, value = text.partition("=")
        wanted[known(name.strip())] = finite(value, f"阈值“{text}”看不懂;请写成 名称=数值,如 evidence@1=0.9。")
    return wanted


def read(file: Path) -> dict[str, float]:
    """The thresholds of a JSON file. Raises UserError for what is none."""
    try:
        rows = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise UserError(f"读不了阈值文件“{file}”({error.strerror});请检查路径和权限。") from None
    except (ValueError, RecursionError):
        raise UserError(f"阈值文件“{file}”不是合法的 JSON;应是 {{\"evidence@1\": 0.9, …}}。") from None
    if not isinstance(rows, dict):
        raise UserError(f"阈值文件“{file}”应是一个 JSON 对象:{{\"evidence@1\": 0.9, …}}。")
    return {known(name): finite(value, f"阈值文件“{file}”里 {name} 的值不是数。") for name, value in rows.items()}


def known(name: str) -> str:
    if name not in NAMES:
        raise UserError(f"没有名为“{name}”的指标;可用的有:{'、'.join(NAMES)}。")
    return name


def finite(value: object, otherwise: str) -> float:
    """A number that can be compared with. Raises UserError with the message `otherwise`."""
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise UserError(otherwise)
    return number


def judged(wanted: Mapping[str, float], measures: Mapping[str, dict]) -> dict[str, dict]:
    """{name: {"limit", "value", "holds"}}. A measure that this run cannot have (no claims given, no refusal due) does not hold: value None.

    >>> judged({"ece": 0.1, "rr": 0.5}, {"ece": {"value": 0.2}})
    {'ece': {'limit': 0.1, 'value': 0.2, 'holds': False}, 'rr': {'limit': 0.5, 'value': None, 'holds': False}}
    """
    found = {}
    for name, limit in wanted.items():
        value = measures[name]["value"] if name in measures else None
        found[name] = {"limit": limit, "value": value, "holds": value is not None and (value <= limit if name in LESS else value >= limit)}
    return found


def failures(verdicts: Mapping[str, dict]) -> list[str]:
    """One Chinese line for each threshold that does not hold."""
    lines = []
    for name, v in verdicts.items():
        if v["value"] is None:
            lines.append(f"未达到阈值:{name} 本次没有测到")
        elif not v["holds"]:
            lines.append(f"未达到阈值:{name} = {v['value']:.3f},{'高于' if name in LESS else '低于'} {v['limit']:g}")
    return lines
