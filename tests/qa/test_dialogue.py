"""Follow-ups are completed from what was asked before; a question that stands alone is left as it is."""
import pytest

from qa.dialogue import complete

FIRST = "网上可办的事项有多少项？"


@pytest.mark.parametrize("question, history, used", [
    ("不见面审批占比呢？", [FIRST], "网上可办的事项 不见面审批占比呢？"),
    ("那2021年呢？", ["3年累计融资多少？"], "3年累计融资 那2021年呢？"),
    ("它是哪年建成的？", ["小学项目由谁建设？"], "小学项目由 它是哪年建成的？"),
    ("那第二名呢？", ["谁是第一名？", "那增速呢？"], "谁是第一名 那第二名呢？")])
def test_follow_ups(question, history, used):
    assert complete(question, history) == used


@pytest.mark.parametrize("question, history", [
    (FIRST, []), ("城东街道收缴房款多少万元？", [FIRST]), ("What is the total investment?", [FIRST])])
def test_questions_that_stand_alone(question, history):
    assert complete(question, history) == question
