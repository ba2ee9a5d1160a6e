"""The ledger tab over a small report of our own: what is sought, the table, the chart, the audit and the CSV."""
from __future__ import annotations

import re
from html import unescape

import pytest

from figures.audit import audit
from figures.export import write_csv
from figures.ledger import ledger
from ingest.chunk import read_document
from ingest.document import UserError
from web import rows as table
from web.chart import PAIRS, chart, pairs_of, share, unit_of, units
from web.ledger import attempted, ledger_rows, listed_html
from web.rows import Sought, audit_html, finding_html, found, kind_of, row_html, table_html, tools_html
from web.sheet import csv_text

HOSTILE = "<img src=x onerror=alert(1)>"
TEXT = """# 青山区年报

青山区规模以上企业由50家增至75家，增长50%。完成投资9.6亿元，其中技改投资2.4亿元。

青山区新建公园12家，服务站6家，下降3%。区长王明说：“计划建成学校4所。”

2023年3月5日，开工面积300亩，绿化面积2平方公里。
"""


@pytest.fixture(scope="module")
def report():
    return read_document("青山.md", TEXT, (2024, 1))


@pytest.fixture(scope="module")
def rows(report):
    return ledger(report)


def texts(found_rows) -> list[str]:
    return [row.text for row in found_rows]


def test_words_and_kinds_narrow(rows):
    assert texts(found(rows, Sought("投资"))) == ["9.6亿元", "2.4亿元"]
    assert texts(found(rows, Sought("  公园 服务站 "))) == ["12家", "6家", "3%"] and texts(found(rows, Sought("公园 投资"))) == []
    assert texts(found(rows, Sought(kind="金额"))) == ["9.6亿元", "2.4亿元"]
    assert texts(found(rows, Sought(kind="比例和倍数"))) == ["50%", "3%"]
    assert texts(found(rows, Sought(kind="面积、重量等"))) == ["300亩", "2平方公里"]
    assert found(rows, Sought("没有这个词")) == [] and found(rows, Sought()) == list(rows)
    assert {kind_of(row) for row in rows} <= set(table.KINDS)


def test_units_that_compare(rows):
    assert dict(units(rows)) == {PAIRS: 1, "家": 4, "金额（元）": 2, "百分比": 2, "面积": 2}
    assert [unit_of(row) for row in rows if row.quantity.kind == "date"] == [""]


def test_a_chart_is_drawn_to_scale_and_said_in_words(rows):
    html = chart(rows, "金额（元）")
    assert re.findall(r'<rect class="bar" x="0" y="\d+" width="([\d.]+)%"', html) == ["70.0", "17.5"]  # 9.6 : 2.4 = 4 : 1
    said = unescape(re.search('aria-label="([^"]*)"', html)[1])
    assert said.startswith("金额（元）。") and said.index("9.6亿元") < said.index("2.4亿元") and 'role="img"' in html
    assert re.findall(r'width="([\d.]+)%" height="14"', chart(rows, "面积")) == ["70.0", "7.0"]  # 2平方公里 is 3000亩
    assert chart(rows, "吨") == "" and chart([], PAIRS) == ""
    assert '<rect class="bar falls"' in chart(rows, "百分比") and "↓3%" in chart(rows, "百分比")


def test_pairs_are_drawn_each_on_its_own_scale(rows):
    assert [(a.text, b.text) for a, b in pairs_of(rows)] == [("50家", "75家")]
    html = chart(rows, PAIRS)
    assert re.findall(r'class="(bar[^"]*)" x="0" y="\d+" width="([\d.]+)%"', html) == [("bar", share(2, 3)), ("bar second", "70.0")] and share(2, 3) == "46.7"
    assert "50家到75家" in html


def test_a_row_opens_its_sentence_and_says_all_of_it(rows, report):
    row = next(row for row in rows if row.text == "75家")
    html = row_html(row, {report.name: report})
    start = report.raw.index("青山区规模")
    end = report.raw.index("。", start) + 1
    at = report.raw.index("75家")
    assert f'data-document="青山.md" data-spans="{start}-{end}" data-highlight="{at}-{at + 3}"' in html
    assert "从 50家" in html and "由50家增至<b>75家</b>，增长50%。" in html
    assert "到 75家" in row_html(next(row for row in rows if row.text == "50家"), {})
    planned = row_html(next(row for row in rows if row.text == "4所"), {report.name: report})
    assert "王明说" in planned and "计划" in planned


def test_a_long_table_is_cut_and_says_so(rows, report, monkeypatch):
    monkeypatch.setattr(table, "SHOWN", 2)
    html = table_html(rows, {report.name: report})
    assert html.count("<tr>") == 3 and f"{len(rows)} 个数字，先列前 2 个" in html
    monkeypatch.setattr(table, "SHOWN", len(rows))
    assert "先列" not in table_html(rows, {}) and "没有符合条件的数字" in table_html([], {})


def test_the_tools_offer_what_there_is(rows):
    html = tools_html(rows, Sought('"><b>', "金额", "家"))
    assert 'value="&quot;&gt;&lt;b&gt;"' in html and '<option value="金额" selected>金额（2）</option>' in html
    assert '<option value="家" selected>画图：家（4）</option>' in html and "画图：从…到…（1组）" in html and "时长、年龄" not in html


def test_the_audit_tells_what_fails_first_and_opens(report):
    wrong = read_document("乙.md", TEXT.replace("增长50%", "增长40%") + "\n\n全区企业由10家增至20家，增长100%。\n")
    findings = audit(ledger(wrong))
    assert [f.verdict for f in findings] == ["fails", "holds"]
    html = audit_html(findings, {"乙.md": wrong})
    assert html.startswith('<details class="audit" open><summary><b>自查</b> 不成立 1 · 成立 1</summary>')
    assert html.index('class="chip fails"') < html.index('class="chip holds"') and html.count('class="where"') == 2
    good = audit_html(audit(ledger(report)), {report.name: report})
    assert good.startswith('<details class="audit"><summary><b>自查</b> 成立 1</summary>') and "从50家到75家" in good
    assert "没有可重算的数字" in audit_html([], {})
    assert 'class="where"' not in finding_html(findings[0], {})


def test_the_csv_is_that_of_the_command_line(rows, tmp_path):
    write_csv(tmp_path / "a.csv", rows)
    assert csv_text(rows).encode("utf-8") == (tmp_path / "a.csv").read_bytes() and csv_text(rows).startswith("\ufeff数字,指标,")


def test_hostile_reports_show_as_text():
    name = f"{HOSTILE}.md"
    hostile = read_document(name, f"# {HOSTILE}年报\n\n{HOSTILE}企业由50家增至75家，增长50%。{HOSTILE}公司有9家。\n")
    found_rows = ledger(hostile)
    assert {"50家", "75家", "9家"} <= set(texts(found_rows))
    documents = {name: hostile, "乙": hostile}
    for html in (listed_html(found_rows, Sought(HOSTILE, "", HOSTILE), documents), listed_html(found_rows, Sought("", "", "家"), {}), audit_html(audit(found_rows), documents),
                 tools_html(found_rows, Sought(HOSTILE, HOSTILE, HOSTILE)), chart(found_rows, PAIRS)):
        assert "<img" not in html
    assert "画不成图" in listed_html(found_rows, Sought("", "", HOSTILE), {})


def test_what_goes_wrong_is_told_in_the_last_part(capsys):
    def damaged():
        raise UserError("索引坏了<b>")

    def broken():
        raise RuntimeError("内部细节")

    assert attempted(damaged, 3) == ("", "", '<p class="failed" role="alert">索引坏了&lt;b&gt;</p>')
    assert "内部细节" not in attempted(broken, 1)[0] and "RuntimeError" in capsys.readouterr().err
    assert attempted(lambda: ("一", "二"), 2) == ("一", "二")


def test_the_scope_is_handed_on_and_no_document_is_no_row():
    class Fake:
        def __init__(self, documents):
            self.documents = documents

        def figures(self, documents=None):
            return (documents,)

    assert ledger_rows(Fake(("甲",)), []) == (None,) and ledger_rows(Fake(("甲",)), ["甲"]) == (frozenset({"甲"}),) and ledger_rows(Fake(()), []) == ()
