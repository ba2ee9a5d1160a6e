"""What a question asks for, and the short answer by rules: cases in tests/cases/questions.json."""
import json

import numpy as np
import pytest

from qa.question import Question
from qa.short import short
from qa.signals import stated, typed, wanted
from qa.spans import Window
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "questions.json").read_text("utf-8"))


def cases(name):
    return [pytest.param(case, id=case["label"]) for case in CASES[name]]


@pytest.mark.parametrize("case", cases("kind"))
def test_kind_and_unit(case):
    question = Question.of(case["question"])
    assert (question.kind, question.unit) == (case["kind"], case["unit"])


@pytest.mark.parametrize("case", cases("commands"))
def test_commands(case):
    assert Question.of(case["question"]).commands is case["commands"]


@pytest.mark.parametrize("case", cases("part"))
def test_part(case):
    assert Question.of(case["question"]).part == case["part"]


@pytest.mark.parametrize("case", cases("short"))
def test_short_answer(case):
    found = short(Question.of(case["question"]), case["sentence"])
    assert found.answer == case["answer"]
    if case["answer"] not in ("是", "否", "有", "没有"):
        assert "、".join(case["sentence"][start:end] for start, end in found.ranges) == case["answer"]


@pytest.mark.parametrize("case", cases("pointed"))
def test_short_answer_where_the_reader_points(case):
    start = case["sentence"].index(case["span"])
    first, last = np.full((2, len(case["sentence"])), -5.0, np.float32)
    first[start] = last[start + len(case["span"]) - 1] = 5.0
    assert short(Question.of(case["question"]), case["sentence"], Window(first, last, 0.0, 3.0)).answer == case["answer"]


def test_wanted_leaves_out_spans_of_time_unless_they_are_asked():
    text = "3年来建成6个食堂。"
    assert [q.text for q in wanted(Question.of("建成多少？"), text)] == ["6个"]
    assert [q.text for q in wanted(Question.of("用了几年？"), text)] == ["3年"]


def test_typed_tells_money_from_counts():
    assert typed(Question.of("投资多少亿元？"), "建成6个食堂。") == 0.0
    assert typed(Question.of("投资多少亿元？"), "投资3亿元。") == 1.0
    assert typed(Question.of("谁说的？"), "负责人李明远说。") == 1.0
    assert typed(Question.of("谁说的？"), "食堂建成。") == 0.0


def test_stated_is_the_share_of_the_questions_own_figures(assistant):
    hit = next(hit for hit in assistant.search("社区食堂") if "食堂" in hit.sentence.text)
    assert stated(Question.of("2021年建成几个食堂？"), hit) == 1.0
    assert stated(Question.of("2020年建成几个食堂？"), hit) == 0.0
