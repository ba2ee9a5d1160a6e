"""The rows of a ledger: what each measures, whose, when; tables; CSV."""
import csv

import pytest

from figures.export import COLUMNS, cells, table, told, write_csv
from figures.ledger import ledger
from ingest.chunk import read_document

TEXT = """# 某县统计公报

## 一、2023年综合

东江公司建成厂房25座,累计投资2.7亿元。“共招工300人。”厂长王明说。力争明年产值达到5亿元。

表1 2023年主要产品产量

产品名称      单位        2023年     2022年    增长（%）
竹地板        万平方米    1284.0     1120.0     14.6
水泥          万吨          96.5      104.2     -7.4

单位：股

| 类别 | 变动前 | 比例 |
| --- | --- | --- |
| 限售股 | 45,360,000 | 14.00% |
"""


@pytest.fixture(scope="module")
def document():
    return read_document("公报.md", TEXT, (2024, 3))


@pytest.fixture(scope="module")
def rows(document):
    return {row.text: row for row in ledger(document)}


def test_offsets(document):
    for row in ledger(document):
        assert document.text[row.start:row.end] == row.text
        assert row.sentence.start <= row.start < row.end <= row.sentence.end


def test_prose(rows):
    row = rows["25座"]
    assert (row.measure, row.period.year, row.speaker) == ("东江公司建成厂房", 2023, "")
    assert rows["2.7亿元"].basis == "累计"
    assert rows["5亿元"].status == "planned"
    assert rows["300人"].speaker == "厂长王明"


def test_plain_text_table(rows):
    cement = rows["96.5"]
    assert (cement.measure, cement.quantity.dimension, int(cement.quantity.low), cement.period.year) == ("水泥", "mass", 965_000_000, 2023)
    assert (rows["104.2"].period.year, rows["-7.4"].direction, rows["-7.4"].change) == (2022, -1, "change")


def test_markdown_table_takes_its_unit(rows):
    assert (rows["45,360,000"].quantity.measure, rows["45,360,000"].measure) == ("股", "限售股变动前")


def test_counterpart():
    a, b = ledger(read_document("a.txt", "企业数从83家增至147家。"))
    assert (a.counterpart.text, b.counterpart.text, a.measure) == ("147家", "83家", "企业数")


def test_csv_opens_without_mojibake(tmp_path, document):
    path = tmp_path / "台账.csv"
    write_csv(path, ledger(document))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with open(path, encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert tuple(read[0]) == COLUMNS and len(read) == len(ledger(document)) + 1
    assert ["96.5", "水泥"] in [r[:2] for r in read]


def test_table_is_aligned(document):
    lines = table(told(ledger(document))).splitlines()
    assert lines[0].startswith("数字") and any("建成厂房" in line for line in lines)


def test_cells_follow_columns(rows):
    assert dict(zip(COLUMNS, cells(rows["5亿元"])))["状态"] == "计划"
