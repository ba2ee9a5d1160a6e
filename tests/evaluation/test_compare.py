"""Thresholds, comparison of two runs, journal: what decides and what is kept."""
import json

import pytest

from evaluation.compare import compare, load_records, mcnemar
from evaluation.journal import Journal, mend
from evaluation.thresholds import failures, judged, thresholds_of
from ingest.document import UserError
from tests.evaluation.fakes import record


def test_thresholds_from_a_file_and_over_it_from_texts(tmp_path):
    file = tmp_path / "阈值.json"
    file.write_text('{"rr": 0.5, "ece": 0.1}', "utf-8")
    assert thresholds_of(["rr=0.7"], file) == {"rr": 0.7, "ece": 0.1}


@pytest.mark.parametrize("texts", [["nosuch=1"], ["answered"], ["answered=x"], ["answered=nan"], ["=1"]])
def test_thresholds_that_make_no_sense(texts):
    with pytest.raises(UserError):
        thresholds_of(texts)


@pytest.mark.parametrize("text", ["{", "[]", '{"rr": "x"}', '{"rr": true}', '{"nosuch": 1}'])
def test_threshold_files_that_make_no_sense(tmp_path, text):
    (tmp_path / "t.json").write_text(text, "utf-8")
    with pytest.raises(UserError):
        thresholds_of([], tmp_path / "t.json")
    with pytest.raises(UserError, match="没有.json"):
        thresholds_of([], tmp_path / "没有.json")


def test_low_is_good_for_errors_and_high_for_the_rest():
    verdicts = judged({"rr": 0.5, "ece": 0.1, "wrong_supported": 0.0, "verbatim": 1.0}, {"rr": {"value": 0.4}, "ece": {"value": 0.2}, "wrong_supported": {"value": 0.0}})
    assert [v["holds"] for v in verdicts.values()] == [False, False, True, False]
    assert failures(verdicts) == ["未达到阈值:rr = 0.400,低于 0.5", "未达到阈值:ece = 0.200,高于 0.1", "未达到阈值:verbatim 本次没有测到"]


def test_mcnemar_exact():
    assert mcnemar(0, 0) == 1.0 and mcnemar(3, 3) == 1.0
    assert mcnemar(1, 7) == pytest.approx(2 * (1 + 8) / 2 ** 8)


def test_pairs_that_changed_sides():
    before = [record("a", 1.0, rr=1.0), record("b", 0.0, rr=0.0), record("c", 1.0, rr=0.5), record("gone", 1.0)]
    after = [record("a", 0.0, rr=0.5), record("b", 1.0, rr=1.0), record("c", 1.0, rr=0.5), record("new", 1.0)]
    found = compare(after, before)
    assert (found["common"], found["gained"], found["lost"], found["p_mcnemar"]) == (3, ["b"], ["a"], 1.0)
    assert (found["measures"]["rr"]["before"], found["measures"]["rr"]["after"], found["measures"]["rr"]["n"]) == (0.5, pytest.approx(2 / 3), 3)


def test_paired_bootstrap():
    before = [record(str(i), 0.0, rr=0.0) for i in range(20)]
    same = compare(before, before)["measures"]["rr"]
    assert (same["difference"], same["low"], same["high"], same["p_bootstrap"]) == (0.0, 0.0, 0.0, 1.0)
    better = compare([record(str(i), 1.0, rr=0.5 + i / 40) for i in range(20)], before)
    assert better["measures"]["rr"]["p_bootstrap"] == 0.0 and better["measures"]["rr"]["low"] > 0.5
    assert better["p_mcnemar"] == pytest.approx(2 / 2 ** 20) and len(better["gained"]) == 20


def test_nothing_in_common_is_no_comparison():
    assert compare([record("a", 1.0)], [record("b", 1.0)]) == {"common": 0, "gained": [], "lost": [], "p_mcnemar": 1.0, "measures": {}}


@pytest.mark.parametrize("text", ["{}", "[1]", "x", '{"kind": "pair", "id": 1}'])
def test_records_of_another_kind_are_refused(tmp_path, text):
    (tmp_path / "records.jsonl").write_text(text, "utf-8")
    with pytest.raises(UserError, match="不是评测记录"):
        load_records(tmp_path)
    with pytest.raises(UserError, match="没有"):
        load_records(tmp_path / "没有")


SETTINGS = {"model": "m", "index": {"dense": "1"}}


def test_a_killed_run_is_taken_up_without_its_failures(tmp_path):
    out = tmp_path / "out"
    journal = Journal(out)
    assert journal.begin(SETTINGS, resume=True) == {}
    failed = record("b", 0.0) | {"answer": {"error": "boom"}}
    assert [r["id"] for r in journal.kept([record("a", 1.0), failed], ())] == ["a", "b"]
    with open(out / "records.jsonl", "a", encoding="utf-8") as file:
        file.write('{"kind": "pair", "id": "c", "sco')  # killed while writing
    assert json.loads((out / "report.json").read_text("utf-8"))["partial"] is True
    assert list(Journal(out).begin(SETTINGS, resume=True)) == ["a"]
    assert list(Journal(out).begin(SETTINGS, resume=False)) == [] and (out / "records.jsonl").read_text("utf-8") == ""


def test_another_index_is_not_resumed(tmp_path):
    journal = Journal(tmp_path / "out")
    journal.begin(SETTINGS, resume=False)
    with pytest.raises(UserError, match="另一个索引"):
        journal.begin(SETTINGS | {"index": {"dense": "2"}}, resume=True)
    with pytest.raises(UserError, match="--out"):
        Journal(None).begin(SETTINGS, resume=True)


def test_an_unwritable_folder_is_named(tmp_path):
    (tmp_path / "文件").write_text("", "utf-8")
    with pytest.raises(UserError, match="文件"):
        Journal(tmp_path / "文件").begin(SETTINGS, resume=False)


def test_mend_cuts_only_what_was_not_finished(tmp_path):
    file = tmp_path / "r"
    for data, kept in ((b"a\nb\n", b"a\nb\n"), (b"a\nb", b"a\n"), (b"b", b""), (b"", b"")):
        file.write_bytes(data)
        mend(file)
        assert file.read_bytes() == kept
