"""Rows are read with their columns' names, and lead back to the cell."""
from ingest.chunk import read_document
from ingest.tables import View, cells, columns, read_row

REPORT = "# 医院年报\n\n## 业务量\n\n| 院区 | 门诊量(万人次) | 床位（张） | 备注 |\n|---|---|---|---|\n| 东湖院区 | 136.7 | 1420 | 新建楼2021年启用 |\n| 合计 | 512.6 | 5016 |  |\n\n全年收入5亿元。\n"


def test_a_row_reads_with_its_columns_and_leads_back():
    document = read_document("年报.md", REPORT, None)
    number = next(i for i, s in enumerate(document.sentences) if "东湖院区" in s.text)
    view, row = document.view(number), document.sentences[number]
    assert view.text == "东湖院区：门诊量136.7万人次，床位1420张，备注新建楼2021年启用"
    at = view.text.index("136.7万人次")
    start, end = view.back(at, at + len("136.7万人次"))
    assert row.text[start:end] == "136.7"
    assert document.view(number + 1).text == "合计：门诊量512.6万人次，床位5016张，备注"


def test_what_is_no_row_under_named_columns_stays():
    document = read_document("年报.md", REPORT, None)
    for i, sentence in enumerate(document.sentences):
        if sentence.kind != "row" or "院区 |" in sentence.text and "门诊量" in sentence.text:
            assert document.view(i) == View.plain(sentence.text)


def test_rows_without_a_heading_row_or_of_another_width_have_no_columns():
    assert columns([("row", "| 2020年 | 1 | 2 |"), ("row", "| 2021年 | 3 | 4 |")]) == {}
    assert columns([("row", "| 名称 | 数量 |"), ("row", "| 甲 | 1 | 2 |")]) == {}
    assert columns([("row", "| 名称 | 数量 |"), ("paragraph", "中断"), ("row", "| 甲 | 1 |")]) == {}


def test_columns_set_by_spaces():
    assert [t[s:e] for t in ["小麦  300　　5%"] for s, e in cells(t)] == ["小麦", "300", "5%"]
    assert read_row(("品种", "产量（吨）", "增长"), "小麦  300　　5%").text == "小麦：产量300吨，增长5%"
    assert View("产量3吨", (-1, -1, 0, -1)).back(0, 2) is None
