"""Summaries, intervals and calibration against values worked out by hand, and degenerate inputs."""
import numpy as np
import pytest

from evaluation.calibration import aurc, bins_of, ece, reliability, risk_coverage
from evaluation.report import latency
from evaluation.summary import drawn, groups, seconds, summary
from tests.evaluation.fakes import record

ONE = np.ones((1, 4))


def test_means_leave_out_what_does_not_apply():
    measures = summary([record("1", 1.0, rr=1.0, figure_match=None), record("2", 0.0, rr=0.5, figure_match=1.0)])
    assert (measures["rr"]["value"], measures["rr"]["n"]) == (0.75, 2)
    assert (measures["figure_match"]["value"], measures["figure_match"]["n"]) == (1.0, 1)


def test_refusals():
    rows = [("answered", True), ("not_found", True), ("not_found", False), ("not_found", False), ("answered", False)]
    measures = summary([record(str(i), 0.0, status=status, answerable=answerable) for i, (status, answerable) in enumerate(rows)])
    assert (measures["refusal_precision"]["value"], measures["refusal_precision"]["n"]) == (pytest.approx(2 / 3), 3)
    assert (measures["refusal_recall"]["value"], measures["refusal_recall"]["n"]) == (pytest.approx(2 / 3), 3)
    assert measures["refusal_f1"]["value"] == pytest.approx(2 / 3)


def test_no_refusal_where_some_were_due_is_zero_and_none_due_no_measure():
    never = summary([record("1", 0.0, answerable=False), record("2", 1.0)])
    assert [never[n]["value"] for n in ("refusal_precision", "refusal_recall", "refusal_f1")] == [0.0, 0.0, 0.0]
    assert "refusal_recall" not in summary([record("1", 1.0)])


def test_nothing_and_one_row():
    assert summary([]) == {}
    one = summary([record("1", 1.0, rr=0.5)])["rr"]
    assert one == {"value": 0.5, "low": 0.5, "high": 0.5, "n": 1}


def test_only_unanswerable_pairs():
    measures = summary([record("1", 1.0, answerable=False, status="not_found")])
    assert measures["refusal_f1"]["value"] == 1.0 and "rr" not in measures


def test_intervals_are_repeatable_and_hold_the_value():
    rows = [record(str(i), float(i % 4 > 0), rr=float(i % 4 > 0)) for i in range(80)]
    m = summary(rows)["rr"]
    assert m == summary(rows)["rr"] and m["value"] == 0.75
    # the normal approximation: .75 ± 1.96·√(.75·.25/80) = .655–.845
    assert m["low"] == pytest.approx(0.655, abs=0.02) and m["high"] == pytest.approx(0.845, abs=0.02)


def test_a_dialogue_is_drawn_whole():
    weights = drawn(["d", "d", "e", "f"])
    assert (weights[:, 0] == weights[:, 1]).all() and (weights[:, 0] != weights[:, 2]).any()
    apart = summary([record(str(i), 0.0, rr=float(i < 20)) for i in range(40)])["rr"]
    whole = summary([record(str(i), 0.0, rr=float(i < 20), unit=str(i // 10)) for i in range(40)])["rr"]
    assert whole["high"] - whole["low"] > apart["high"] - apart["low"]  # 4 independent things tell less than 40


def test_groups_by_tag_largest_first():
    found = groups([record("1", 1.0, tags=["a"], rr=1.0), record("2", 0.0, tags=["a", "b"], rr=0.0)], lambda r: r["tags"])
    assert [(name, m["rr"]["value"]) for name, m in found.items()] == [("a", 0.5), ("b", 0.0)]


def test_ece():
    confidence, correct = np.array([0.95, 0.95, 0.25, 0.25]), np.array([1.0, 0.0, 0.0, 0.0])
    assert ece(confidence, correct, ONE)[0] == pytest.approx((2 * 0.45 + 2 * 0.25) / 4)
    assert ece(np.array([1.0]), np.array([1.0]), np.ones((1, 1)))[0] == 0.0
    assert bins_of(np.array([0.0, 0.3, 0.300001, 1.0])).tolist() == [0, 2, 3, 9]


def test_reliability():
    assert reliability(np.array([0.9, 0.86, 0.1]), np.array([1.0, 0.0, 0.0])) == [
        {"low": 0.0, "high": 0.1, "confidence": pytest.approx(0.1), "correct": 0.0, "n": 1}, {"low": 0.8, "high": 0.9, "confidence": pytest.approx(0.88), "correct": 0.5, "n": 2}]


def test_risk_and_coverage_with_ties():
    confidence, correct = np.array([0.9, 0.5, 0.5, 0.1]), np.array([1.0, 0.0, 1.0, 0.0])
    assert [(p["coverage"], p["risk"]) for p in risk_coverage(confidence, correct)] == [(0.25, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    assert aurc(confidence, correct, ONE)[0] == pytest.approx((0 + 1 / 3 + 1 / 3 + 0.5) / 4)
    assert aurc(confidence[::-1], correct[::-1], ONE)[0] == aurc(confidence, correct, ONE)[0]  # the order of equals tells nothing


def test_a_failed_reply_has_no_confidence_and_is_no_part_of_calibration():
    measures = summary([record("1", 1.0, confidence=1.0), record("2", 0.0, confidence=None, status="error")])
    assert (measures["ece"]["value"], measures["ece"]["n"], measures["correct"]["value"]) == (0.0, 1, 0.5)


def test_seconds():
    rows = [record(str(i), 1.0) for i in range(1, 22)]
    for i, r in enumerate(rows, 1):
        r["answer"]["seconds"] = {"total": i / 10}
    assert seconds(rows) == {"total": {"p50": pytest.approx(1.1), "p95": pytest.approx(2.0), "n": 21}}
    assert latency(rows)["seconds_p95"]["value"] == pytest.approx(2.0)
    assert 0.5 < latency(rows)["seconds_p50"]["low"] < 1.1 < latency(rows)["seconds_p50"]["high"] < 1.7
    assert latency([record("1", 1.0)]) == {} and seconds([]) == {}
