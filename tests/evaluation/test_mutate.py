"""Claims and questions that a report makes of itself: that their verdicts are what they say, and that they come out again."""
import random

import pytest

from evaluation import rewrite
from evaluation.cut import cut_of, places, question
from evaluation.mutate import FALSE, TRUE, claims_of, false_of_all
from evaluation.selfmade import evaluate_selfmade
from evaluation.run import Plan
from figures.ledger import ledger
from ingest.chunk import read_document
from ingest.document import UserError
from qa.settings import Settings
from quantities.parse import equal, parse

TEXT = ("# 2023年工作\n\n全市引进亿元以上项目37个。清理拖欠企业账款3.7亿元。新登记经营主体2.14万户，增长5.8%。\n\n办理代表建议183件、政协提案207件。"
        "栖宁高速公路于2022年9月28日建成通车。园区3年来未发生安全事故。计划新增高新技术企业26家。\n\n其中，民生支出占比78.6%。\n")
DOCUMENT = read_document("工作.md", TEXT, (2024, 1))
ROWS = ledger(DOCUMENT)


def made(seed=7, limit=50):
    found: dict[str, list[str]] = {}
    for claim in claims_of(DOCUMENT, ROWS, seed, limit):
        found.setdefault(claim.tags[1], []).append(claim.claim)
    return found


def test_each_kind_is_made():
    found = made()
    assert set(found) == {*TRUE, *FALSE}
    assert "清理拖欠企业账款37000万元。" in found["unit"] and "全市引进亿元以上项目三十七个。" in found["numeral"]
    assert found["wan_yi"] == ["清理拖欠企业账款3.7万元。", "新登记经营主体2.14亿户，增长5.8%。"]
    assert found["percent_point"] == ["新登记经营主体2.14万户，增长5.8个百分点。"]
    assert found["subject"] == ["办理代表建议207件、政协提案183件。"]
    assert found["negation"] == ["园区3年来发生安全事故。"]
    assert found["planned_done"] == ["栖宁高速公路于2022年9月28日计划建成通车。", "已新增高新技术企业26家。"]
    assert all(text.startswith("栖宁高速公路于") and "2022年9月28日" not in text for text in found["year"])
    assert not any("民生支出" in text for texts in found.values() for text in texts)  # 其中 leans on what it is a part of


def test_true_claims_keep_their_values_and_false_ones_do_not():
    claims = claims_of(DOCUMENT, ROWS, 7, 50)
    reworded = [c for c in claims if c.tags[1] in ("unit", "numeral")]
    assert len(reworded) >= 8 and {c.verdict for c in reworded} == {"supported"}
    for claim in reworded:
        assert any(equal(parse(claim.figures[0][0], (2024, 1))[0], row.quantity) for row in ROWS), claim
    altered = [c for c in claims if c.tags[1] in ("digits", "wan_yi", "percent_point", "year")]
    assert len(altered) >= 8 and {c.verdict for c in altered} == {"contradicted"}
    for claim in altered:
        assert not any(equal(parse(claim.figures[0][0], (2024, 1))[0], row.quantity) for row in ROWS), claim
        assert claim.figures[0][0] in claim.claim and claim.claim not in TEXT


def test_a_seed_makes_it_repeatable_and_another_another():
    assert claims_of(DOCUMENT, ROWS, 7) == claims_of(DOCUMENT, ROWS, 7) and cut_of(DOCUMENT, ROWS, 7).asked == cut_of(DOCUMENT, ROWS, 7).asked
    assert made(1, 2) != made(2, 2)
    assert all(len(texts) <= 2 for texts in made(1, 2).values())


def test_what_another_figure_of_the_report_says_is_not_false():
    assert not false_of_all("183件", ROWS, DOCUMENT) and not false_of_all("约184件", ROWS, DOCUMENT) and false_of_all("184件", ROWS, DOCUMENT)
    assert not false_of_all("三年又三个月零5天和7个", ROWS, DOCUMENT)  # not one figure: who knows


def test_a_plan_that_came_true_elsewhere_is_not_told_as_done():
    document = read_document("甲.md", "# 甲\n\n计划新增床位26张。\n\n## 乙\n\n年内已新增床位26张。\n", (2024, 1))
    assert [c.claim for c in claims_of(document, ledger(document), 7) if c.tags[1] == "planned_done"] == []


@pytest.mark.parametrize("figure", ["37家", "约1.20万户", "5.8%", "160,800,000.00元", "3100余万元"])
def test_changed_digits_are_another_number_as_long(figure):
    for seed in range(20):
        for other in rewrite.digits(figure, random.Random(seed)):
            assert len(other) == len(figure) and other != figure and parse(other)[0].point != parse(figure)[0].point


def test_questions_ask_for_the_figure_of_their_piece():
    asked = {row.text: question(row) for row in ROWS}
    assert asked["3.7亿元"] == "清理拖欠企业账款多少亿元？" and asked["183件"] == "办理代表建议多少件？"
    assert asked["5.8%"] == ""  # 增长: of what stands in the piece before


def test_what_another_place_answers_is_cut_along_or_left_out():
    def found(second):
        document = read_document("甲.md", f"# 甲\n\n清理拖欠企业账款3.7亿元。\n\n## 乙\n\n{second}\n", (2024, 1))
        rows = ledger(document)
        cut = places(rows[0], rows)
        return cut and [s.text.strip() for s in cut]
    assert found("全年共清理拖欠企业账款37000万元。") == ["清理拖欠企业账款3.7亿元。", "全年共清理拖欠企业账款37000万元。"]
    assert found("上年清理拖欠企业账款2.9亿元。") is None
    assert found("发放贷款3.7亿元。") == ["清理拖欠企业账款3.7亿元。"]


def test_the_copy_holds_no_answer_and_all_else():
    cut = cut_of(DOCUMENT, ROWS, 7)
    assert 1 <= len(cut.asked) == len(cut.gone) <= 3 and not any(p.answerable for p in cut.gone)
    gone = [snippet for pair in cut.asked for snippet in pair.evidence]
    assert not any(snippet in cut.copy.raw for snippet in gone)
    assert len(cut.copy.raw) == len(TEXT) - sum(map(len, set(gone)))


def test_over_an_index(index, tmp_path, capsys):
    assert evaluate_selfmade(Settings(index=index), Plan(out=tmp_path / "a", limit=3), "新区 报道.md", 7) == 0
    assert evaluate_selfmade(Settings(index=index), Plan(out=tmp_path / "b", limit=3), "新区 报道.md", 7) == 0
    for name in ("made_claims.jsonl", "made_asked.jsonl", "made_cut.jsonl", "made_copy.txt"):
        assert (tmp_path / "a" / name).read_text("utf-8") == (tmp_path / "b" / name).read_text("utf-8") != ""
    out = capsys.readouterr().out
    assert "核查：按标签" in out and "cut" in out


def test_a_document_without_figures(tmp_path):
    from qa.assistant import ingest
    path = tmp_path / "诗.txt"
    path.write_text("白日依山尽，黄河入海流。", "utf-8")
    ingest(Settings(index=tmp_path / "i"), [path])
    with pytest.raises(UserError, match="诗.txt"):
        evaluate_selfmade(Settings(index=tmp_path / "i"), Plan(), "诗.txt", 7)
