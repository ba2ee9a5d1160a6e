"""Cases as data: claims against a small report, relations of two figures, audits."""
import json
from pathlib import Path

import pytest

from figures.align import Book
from figures.audit import audit
from figures.check import check
from figures.compare import relation
from figures.ledger import ledger
from figures.line import Line
from ingest.chunk import read_document

CASES = json.loads((Path(__file__).parent.parent / "cases" / "figures.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def book():
    return Book.of([read_document("report.md", CASES["text"], tuple(CASES["date"]))])


@pytest.mark.parametrize("case", CASES["claims"], ids=lambda c: c["label"])
def test_claim(book, case):
    result = check(case["claim"], book)
    assert result.verdict == case["verdict"], [(f.text, f.verdict, f.reason) for f in result.figures]
    if "reason" in case:
        assert any(f.reason.startswith(case["reason"]) for f in result.figures), [f.reason for f in result.figures]
    assert len(result.figures) == case["figures"] if "figures" in case else result.figures


@pytest.mark.parametrize("claim,source,expected", CASES["relations"])
def test_relation(claim, source, expected):
    a, b = (Line.read(t).figures[0] for t in (claim, source))
    assert relation(a, b) == expected


@pytest.mark.parametrize("case", CASES["audits"], ids=lambda c: c["label"])
def test_audit(case):
    assert [f.verdict for f in audit(ledger(read_document("a.txt", case["text"])))] == case["verdicts"]
