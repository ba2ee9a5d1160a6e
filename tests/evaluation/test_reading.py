"""Reading in general over two passages, and the plots' geometry."""
import json
import re

import pytest

from evaluation import plots
from evaluation.reading import main, score

PASSAGES = [
    {"id": "p0", "title": "石磨坪小学", "text": "石磨坪小学建于1958年，位于山腰。学校现有学生31人，由谭老师一人任教。", "split": "dev"},
    {"id": "p1", "title": "清渡大桥", "text": "清渡大桥全长1.86公里，由路桥集团承建。大桥计划于12月底通车。", "split": "dev"},
    {"id": "p2", "title": "训练", "text": "这一段属于训练集，不在索引里。", "split": "train"}]
QUESTIONS = [
    {"id": "q0", "question": "清渡大桥全长多少公里？", "answers": ["1.86公里"], "passage_id": "p1", "split": "dev"},
    {"id": "q1", "question": "石磨坪小学建于哪一年？", "answers": ["1958年"], "passage_id": "p0", "split": "dev"},
    {"id": "q2", "question": "训练？", "answers": ["x"], "passage_id": "p2", "split": "train"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("reading")
    for name, rows in (("passages", PASSAGES), ("questions", QUESTIONS)):
        (path / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_all_dev_passages_are_asked_in_one_index_that_is_kept(folder, capsys):
    index, out = folder / "index", folder / "out"
    assert main([str(folder), "--index", str(index), "--out", str(out)]) == 0
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert {name: m["value"] for name, m in report["measures"].items()} == {name: 1.0 for name in ("success@1", "success@5", "evidence@1", "answered", "answer_em", "answer_f1")}
    assert (report["questions"], report["settings"]["passages"], report["measures"]["answer_em"]["n"]) == (2, 2, 2)
    before = {p.name: p.stat().st_mtime_ns for p in index.iterdir()}
    assert main([str(folder), "--index", str(index), "--limit", "1"]) == 0
    assert {p.name: p.stat().st_mtime_ns for p in index.iterdir()} == before
    assert "2 段,1 问" in capsys.readouterr().out


def test_nothing_answered_scores_zero():
    row = {"passage_id": "p1", "answers": ["光荣"]}
    assert score({"error": "boom"}, row) == dict.fromkeys(("success@1", "success@5", "evidence@1", "answered", "answer_em", "answer_f1"), 0.0)


def test_a_right_sentence_of_another_passage_is_no_evidence():
    row = {"passage_id": "p1", "answers": ["光荣"]}
    assert score({"answer": "光荣", "citations": [{"document": "p0.md", "quote": "光荣"}], "passages": []}, row)["evidence@1"] == 0.0


@pytest.mark.parametrize("text", [None, "x\n", '{"id": 1}\n'])
def test_no_such_set(tmp_path, capsys, text):
    if text:
        (tmp_path / "passages.jsonl").write_text(text, "utf-8")
    assert main([str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "passages.jsonl" in err


def test_bars_are_as_long_as_their_values():
    width = plots.WIDE - plots.NAMES - 90
    svg = plots.bars("甲", [("<乙>", 0.25, 0.1, 0.5, "n=4"), ("丙", 1.0, 1.0, 1.0, "n=1")])
    assert re.findall(r'width="([0-9.]+)" height="16"', svg) == [f"{width / 4:.1f}", f"{width:.1f}"]
    assert "<乙>" not in svg and "&lt;乙&gt;" in svg


def test_curves_go_through_their_points():
    x, y = plots._place(0.5, 0.25)
    assert f"{x:.1f},{y:.1f}" in plots.risk_coverage_plot([{"coverage": 0.5, "risk": 0.25}])
    assert f'cx="{x:.1f}" cy="{y:.1f}" r="12.0"' in plots.reliability_plot([{"confidence": 0.5, "correct": 0.25, "n": 7}])


def test_latency_counts_every_question():
    svg = plots.latency_plot([0.1] * 9 + [5.0], bins=2)
    assert sum(map(int, re.findall(r"<rect[^>]*><title>([0-9]+)</title>", svg))) == 10
    assert plots.latency_plot([]) == ""
