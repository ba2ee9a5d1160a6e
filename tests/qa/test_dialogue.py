"""Follow-ups are completed from the turns before; a question that stands alone is left as it is: cases in tests/cases/dialogues.json."""
import json

import pytest

from qa.dialogue import complete
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "dialogues.json").read_text("utf-8"))["complete"]
KEPT = [case for case in CASES if case["used"] == case["question"]]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_complete(case):
    assert complete(case["question"], case["history"], case.get("answers", [])) == case["used"]


def test_cases_are_enough_on_both_sides():
    assert len(CASES) - len(KEPT) >= 40
    assert len(KEPT) >= 20
    assert len({case["label"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("question", ["呢", "？", "那呢？", "其中", "它", "为什么", "还有", "前者", "那", "不是，", "What about?", "它的", "“", "《呢", "这个", "2020", "第二", "谁", "那" * 300, "的" * 300])
@pytest.mark.parametrize("history", [["呢"], ["？"], ["它"], ["有"], ["“多少"], ["城东街道有多少家企业？", "为什么"], ["What?"], ["……", "其中"]])
def test_any_text_is_completed_to_some_question(question, history):
    assert complete(question, history).strip()


def test_a_long_dialogue_is_completed_turn_by_turn():
    history = ["城东街道获得多少个省级奖项？", *["市级的呢？", "省级的呢？"] * 40]
    assert complete("那区级呢？", history) == "城东街道获得多少个区级奖项？"


def test_what_the_answer_names_is_used_only_where_it_is_known():
    assert complete("他是哪里人？", ["谁是局长？"], [""]) == "局长是哪里人？"
    assert complete("他是哪里人？", ["谁是局长？"]) == "局长是哪里人？"
