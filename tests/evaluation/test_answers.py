"""Short answers against values worked out by hand."""
import pytest

from evaluation.answers import bare, exact, figure_match, items_found, overlap, right, segments, yes
from evaluation.pairs import Pair


def pair(*answers, items=()):
    return Pair("1", "问？", tuple(answers), (), tuple(items))


def test_exact_match_in_cmrc_convention():
    assert exact("“95家”。", ("61家", "95家")) == 1.0
    assert exact("95", ("95家",)) == 0.0
    assert exact("《战国无双 ３》", ("战国无双3",)) == 1.0


def test_a_point_within_a_number_is_no_punctuation():
    assert exact("3.5%", ("35%",)) == 0.0 and exact("1,200元。", ("1200元",)) == 1.0
    assert bare("共3.5亿,占5%.") == "共3.5亿占5%"


def test_f1_counts_characters_and_a_number_as_one():
    assert segments("增至95家GDP") == ["增", "至", "95", "家", "gdp"]
    assert overlap("增至95家", ("95家",)) == pytest.approx(2 * 2 / (4 + 2))
    assert overlap("区委宣传部门", ("宣传部", "区委宣传部")) == pytest.approx(2 * 5 / (6 + 5))
    assert overlap("天地玄黄", ("地天黄玄",)) == pytest.approx(2 * 1 / 8)  # a run, not a bag
    assert overlap("", ("95家",)) == 0.0 and overlap("95家", ()) == 0.0


@pytest.mark.parametrize("answer, due, value", [
    ("25000万元", "2.5亿元", 1.0), ("95", "95家", 1.0), ("95%", "95家", 0.0), ("从61家增至95家", "95家", 0.0), ("", "95家", 0.0), ("三次", "3次", 1.0)])
def test_figures_by_value_and_alone(answer, due, value):
    assert figure_match(answer, pair(due)) == value


def test_figures_do_not_apply_to_names_and_lists():
    assert figure_match("王明", pair("李明")) is None
    assert figure_match("甲", pair("3个、4个", items=("3个", "4个"))) is None
    assert figure_match("二期", pair("临河棚户区改造项目一期")) is None


def test_lists_by_items():
    assert items_found("甲项、乙项", pair("x", items=("甲项", "乙项"))) == 1.0
    assert items_found("甲项、丁项", pair("x", items=("甲项", "乙项", "丙项"))) == pytest.approx(2 * 1 / (2 * 1 + 1 + 2))
    assert items_found("丁项", pair("x", items=("甲项",))) == 0.0
    assert items_found("甲", pair("甲")) is None


@pytest.mark.parametrize("answer, side", [("是", True), ("有", True), ("没有，还在谋划", False), ("不是", False), ("否", False), ("有限公司", None), ("95家", None), ("", None), ("无锡市第一中学", None)])
def test_yes_and_no(answer, side):
    assert yes(answer) is side


@pytest.mark.parametrize("answer, due, items, value", [
    ("是", ("不是", "否"), (), False),      # shares half of the characters and says the contrary
    ("没有", ("否", "不是"), (), True), ("2500万元", ("2.5亿元",), (), False), ("25000万元", ("2.5亿元",), (), True),
    ("委宣传部", ("区委宣传部",), (), True), ("区", ("区委宣传部",), (), False),
    ("甲项、乙项、丙项、丁项", "x", ("甲项", "乙项", "丙项", "丁项", "戊项"), True), ("甲项", "x", ("甲项", "乙项", "丙项"), False)])
def test_right_as_one_yes_or_no(answer, due, items, value):
    assert right(answer, pair(*due, items=items)) is value
