"""The rows of a ledger: what each measures, whose, when, who says it, planned or done (cases as data); tables; CSV; hostile input."""
import csv
import json
import time
from pathlib import Path

import pytest

from figures.audit import audit
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


CASES = json.loads((Path(__file__).parents[1] / "cases" / "ledger.json").read_text("utf-8"))
HOSTILE = {
    "digits": "9" * 100_000, "brackets": "（" * 50_000 + "）" * 50_000, "growth": "增长5%," * 4000, "of which": "其中3家," * 5000, "ranks": "在全市9个县中列第三位," * 2000, "open quotations": "“3家," * 4000,
    "investments": "总投资3亿元," * 3000, "from to": "从3家增至5家," * 2500, "shares": "占比5%," * 4000, "adjoining": "3家" * 6000, "table": "|产品|产量|\n|---|---|\n" + "|粮食|3|\n" * 2000,
}


def read(case: dict):
    return ledger(read_document("a.md" if "#" in case["text"] or "|" in case["text"] else "a.txt", case["text"], tuple(case["date"]) if "date" in case else None))


@pytest.mark.parametrize("case", CASES["rows"], ids=lambda c: c["label"])
def test_row(case):
    found: dict[str, dict] = {}
    for row in read(case):
        found.setdefault(row.shown, dict(zip(COLUMNS, cells(row))))
    assert {figure: {column: found[figure][column] for column in expected} for figure, expected in case["rows"].items()} == case["rows"]


@pytest.mark.parametrize("case", CASES["absent"], ids=lambda c: c["label"])
def test_what_only_names_or_dates_is_not_told(case):
    assert not {row.text for row in told(read(case))} & set(case["figures"])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_linear_time(name):
    """Four times the text may take eight times as long, not sixteen."""
    text = HOSTILE[name]
    times = []
    for part in (text[:len(text) // 4], text):
        start = time.process_time()
        audit(ledger(read_document("a.md", part)))
        times.append(time.process_time() - start)
    assert times[1] < 8 * times[0] + 0.5


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
    assert row.subject == "东江公司"
    assert (row.measure, row.period.year, row.speaker) == ("建成厂房", 2023, "")
    assert rows["2.7亿元"].basis == "累计"
    assert rows["5亿元"].status == "planned"
    assert rows["300人"].speaker == "厂长王明"


def test_plain_text_table(rows):
    cement = rows["96.5"]
    assert (cement.measure, cement.quantity.dimension, int(cement.quantity.low), cement.period.year) == ("水泥产量", "mass", 965_000_000, 2023)
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
    assert ["96.5万吨", "水泥产量"] in [r[:2] for r in read]


def test_table_is_aligned(document):
    lines = table(told(ledger(document))).splitlines()
    assert lines[0].startswith("数字") and any("建成厂房" in line for line in lines)


def test_cells_follow_columns(rows):
    assert dict(zip(COLUMNS, cells(rows["5亿元"])))["状态"] == "计划"
