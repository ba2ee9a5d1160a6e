"""The cases of tests/cases/quantities.json: every figure of each text, with values worked out by hand."""
from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from quantities.parse import parse

DATA = json.loads((Path(__file__).parents[1] / "cases" / "quantities.json").read_text(encoding="utf-8"))


def read(case: dict) -> list[tuple]:
    date = tuple(case["date"]) if "date" in case else None
    return [(q.text, q.kind, q.low, q.high, q.unit, q.role) for q in parse(case["text"], date)]


def expected(case: dict) -> list[tuple]:
    return [(e["text"], e["kind"], Decimal(e["low"]), Decimal(e["high"]), e["unit"], e.get("role", "")) for e in case["expect"]]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda c: c["label"])
def test_figures(case):
    assert read(case) == expected(case)


@pytest.mark.parametrize("case", DATA["negatives"], ids=lambda c: c["label"])
def test_no_figure(case):
    assert read(case) == []


@pytest.mark.parametrize("case", DATA["known_failures"], ids=lambda c: c["label"])
def test_known_failure_still_fails(case):
    """One that passes has to move among the cases."""
    assert case["reason"]
    assert read(case) != expected(case)


def test_there_are_enough_cases_and_no_label_twice():
    assert len(DATA["cases"]) >= 300
    assert len(DATA["negatives"]) >= 80
    texts = [c["text"] for group in DATA.values() for c in group]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("case", DATA["cases"] + DATA["negatives"] + DATA["known_failures"], ids=lambda c: c["label"])
def test_offsets_are_those_of_the_given_text(case):
    text = "前文，" + case["text"] + "。\n后文"
    end = 0
    for q in parse(text):
        assert text[q.start:q.end] == q.text
        assert q.start >= end
        end = q.end
