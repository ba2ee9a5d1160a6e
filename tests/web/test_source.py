"""The source pane without a browser: tables, long texts in parts, names that HTML and addresses must survive."""
from __future__ import annotations

import html
import re
from urllib.parse import parse_qs

import pytest

from ingest.chunk import read_document
from ingest.document import Block, Document
from web.source import PART, article, cite, link, pane
from web.table import cells, number, read

TABLE = """# 统计

| 指标 | 2021年 | 备注 |
|:--|--:|---|
| 产值 | 5.2亿元 | a\\|b |
| 税收 | 1,200 | |

村名  户数
东村  120
西村  98

甲\t乙
丙\t丁
"""
NAMES = ["a&b#c%d+e?.md", "\"双\" '单'.txt", "تقرير ٢٠٢٢.txt", "a\u202etxt.exe", "<b>x</b>;=,.md", "换\r\n行.txt", "空 格　.md", "😀.md"]


def shown(markup: str) -> list[tuple[int, str]]:
    """The runs: where each says it stands in `raw`, and what it shows."""
    return [(int(at), html.unescape(inner)) for at, inner in re.findall(r'data-at="(\d+)">([^<]*)</span>', markup)]


def test_a_table_is_exact():
    markup = article(read_document("t.md", TABLE))
    assert markup.count("<table>") == 3
    first = re.sub(r"<span[^>]*>|</span>", "", markup.split("<table>")[1].split("</table>")[0])
    assert first == ('<thead><tr><th scope="col">| 指标 |</th><th scope="col" class="number"> 2021年 |</th><th scope="col"> 备注 |</th></tr></thead>'
                     '<tbody><tr><th scope="row">| 产值 |</th><td class="number"> 5.2亿元 |</td><td> a\\|b |</td></tr>'
                     '<tr><th scope="row">| 税收 |</th><td class="number"> 1,200 |</td><td> |</td></tr></tbody>')
    plain = re.sub(r"<span[^>]*>|</span>", "", markup.split("<table>")[2].split("</table>")[0])
    assert plain == ('<thead><tr><th scope="col">村名  </th><th scope="col" class="number">户数</th></tr></thead>'
                     '<tbody><tr><th scope="row">东村  </th><td class="number">120</td></tr><tr><th scope="row">西村  </th><td class="number">98</td></tr></tbody>')
    words = markup.split("<table>")[3]
    assert "<thead>" not in words and words.count('<th scope="row">') == 2


def test_every_character_of_a_table_stays_at_its_place():
    report = read_document("t.md", TABLE)
    found = shown(article(report))
    assert all(TABLE[at:at + len(run)] == run for at, run in found)
    rows = [report.text[b.start:b.end] for b in report.blocks if b.kind == "row"]
    assert len(rows) == 8 and sum(len(run) for _, run in found) == len("统计") + sum(map(len, rows))
    bars = re.findall(r'class="run bar" data-at="\d+">([^<]*)<', article(report))
    assert bars.count("|") == 12 and bars.count("  ") == 3 and bars.count("\t") == 2


@pytest.mark.parametrize(("row", "said"), [("| a | b |", ["a", "b"]), ("|a||b|", ["a", "", "b"]), ("| | b |", ["", "b"]), ("a | b", ["a", "b"]), ("甲　　乙\t丙", ["甲", "乙", "丙"]),
                                          ("单格", ["单格"]), ("|", [""])])
def test_cells_tile_their_row(row, said):
    assert read(row) == said
    assert "".join(row[s:e] for cell in cells(row) for s, e in cell) == row


def test_numbers_are_told_from_names():
    assert [number(cell) for cell in ("−3.5％", "±2", "12人", "1,200.5万元", "约12人", "2022", "3200", "第3季度", "3月")] == [True, True, True, True, False, False, True, False, False]


def test_a_mended_row_shows_where_it_stands():
    raw = "甲|[乙](x)|丙"
    report = Document("t.md", raw, ((0, 2), (3, 4), (8, 10)), (Block("row", 0, 5),))
    assert report.text == "甲|乙|丙" and shown(article(report)) == [(0, "甲"), (1, "|"), (3, "乙"), (8, "|"), (9, "丙")]


def test_a_long_text_comes_in_parts_and_loses_nothing():
    raw = "".join(f"第{i}段有{i}户。\n\n" for i in range(PART + 5))
    report = read_document("l.txt", raw)
    markup = article(report)
    parts = markup.split('<div class="part" style="contain-intrinsic-block-size:auto ')[1:]
    assert [part.count("<p class=") for part in parts] == [PART, 5] and 'data-number="105"' in parts[1]
    assert "".join(run for _, run in shown(markup)) == raw.replace("\n", "")
    assert parts[1].startswith("13rem")  # 5 paragraphs of one line, and 55 characters of 34 to a line: 6.6 lines of two rem
    assert "part" not in article(read_document("s.txt", "共5家。\n"))


@pytest.mark.parametrize("name", NAMES)
def test_names_survive_addresses_and_attributes(name):
    address = link(name, [(3, 9)])
    assert parse_qs(address[1:], keep_blank_values=True) == {"doc": [name], "span": ["3-9"]} and address.isascii()
    for markup in (cite({"document": name, "spans": [[3, 9]]}, "1", "cite"), article(Document(name, "甲", ((0, 1),), (Block("paragraph", 0, 1),)))):
        assert html.unescape(re.search(r'data-document="([^"]*)"', markup)[1]) == name


def test_a_document_that_is_gone_is_told_beside_another():
    one = Document("甲.md", "共5家。", ((0, 4),), (Block("paragraph", 0, 4),))
    there = pane([one], "<乙>.md")
    assert '<p class="gone" role="alert">没有名为“<bdi>&lt;乙&gt;.md</bdi>”的文档' in there and 'data-document="甲.md"' in there
    assert "gone" not in pane([one], "甲.md") + pane([one])
