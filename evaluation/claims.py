"""Claims files → claims with known verdicts; the verdicts of a check against them.

A line: {"id", "claim", "verdict", "figures": [{"text", "verdict"}], "tags", "document"}; figures, tags and document may be left out.
"""
from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.pairs import texts
from evaluation.rows import loaded
from evaluation.summary import drawn, means
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from ingest.document import UserError

VERDICTS = (SUPPORTED, CONTRADICTED, NOT_MENTIONED)


@dataclass(frozen=True)
class Claim:
    """A claim and its right verdict. figures: (text, verdict) of those of its figures that are named."""

    id: str
    claim: str
    verdict: str
    figures: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    split: str = ""
    document: str = ""

    @property
    def key(self) -> str:
        """Tells this claim from any other, and from itself before it was edited."""
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def false(self) -> bool:
        """Whether any part of it is not what the report says."""
        return self.verdict != SUPPORTED or any(verdict != SUPPORTED for _, verdict in self.figures)

    def to_dict(self) -> dict:
        """As a line of a claims file."""
        return asdict(self) | {"figures": [{"text": text, "verdict": verdict} for text, verdict in self.figures]}


def claim_of(row: object, identity: str) -> Claim:
    """One line as a Claim. Raises UserError for one that is none."""
    if not isinstance(row, dict):
        raise UserError("不是 JSON 对象")
    if not isinstance(row.get("claim"), str) or not row["claim"].strip():
        raise UserError("缺少 claim")
    if row.get("verdict") not in VERDICTS:
        raise UserError(f"verdict 应是 {'、'.join(VERDICTS)} 之一")
    figures = row.get("figures") or []
    if not isinstance(figures, list) or not all(isinstance(f, dict) and isinstance(f.get("text"), str) and f.get("verdict") in VERDICTS for f in figures):
        raise UserError("figures 应是 {\"text\", \"verdict\"} 的列表")
    return Claim(identity, row["claim"], row["verdict"], tuple((f["text"], f["verdict"]) for f in figures), texts(row.get("tags"), "tags"),
                 str(row.get("split", "")), str(row.get("document", "")))


def load_claims(path: Path) -> tuple[list[Claim], list[str]]:
    """The claims of a file, and one Chinese line for each row that is none. Raises UserError where none can be read."""
    return loaded(path, ("tags",), "待核查的话", '{"claim", "verdict"}', lambda row, unit: [claim_of(row, unit)])


def given(result: dict, claim: Claim) -> list[str | None]:
    """The verdict that a check (its JSON form) gave to each named figure of a claim; None where it saw no figure there.

    >>> given({"figures": [{"start": 2, "end": 4, "verdict": "supported"}]}, Claim("", "共有5家和6个", "supported", (("5家", "supported"), ("6个", "supported"))))
    ['supported', None]
    """
    found, at = [], 0
    for text, _ in claim.figures:
        start = claim.claim.find(text, at)
        at = max(at, start)
        found.append(next((f["verdict"] for f in result.get("figures", []) if start >= 0 and f["start"] < start + len(text) and start < f["end"]), None))
        at += len(text) if start >= 0 else 0
    return found


def score_claim(result: dict, claim: Claim, verbatim: Sequence[bool]) -> dict[str, float | None]:
    """The measures of one check ({"error"} for one that failed).

    wrong_supported: that a claim, or a figure of it, which the report does not say was called supported; of claims with such a part only.
    """
    figures = list(zip(given(result, claim), (verdict for _, verdict in claim.figures)))
    wrongly = result.get("verdict") == SUPPORTED != claim.verdict or any(got == SUPPORTED != due for got, due in figures)
    return {"verdict_accuracy": float(result.get("verdict") == claim.verdict), "wrong_supported": float(wrongly) if claim.false else None,
            "figure_verdicts": sum(got == due for got, due in figures) / len(figures) if figures else None,
            "claim_verbatim": sum(verbatim) / len(verbatim) if verbatim else None}


def claim_summary(records: Sequence[dict]) -> dict[str, dict]:
    """The measures of scored records of claims, as `summary.summary`'s. No records: no measures."""
    return means(records, drawn([r["unit"] for r in records])) if records else {}


def confusion(records: Sequence[dict]) -> dict[str, dict[str, int]]:
    """{right verdict: {verdict given: how many}}; what failed is given as "error"."""
    counted = Counter((r["expected"], r["result"].get("verdict", "error")) for r in records)
    return {due: {got: counted[due, got] for got in (*VERDICTS, "error")} for due in VERDICTS}
