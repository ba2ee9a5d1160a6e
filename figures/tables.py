"""Table rows of a document → ledger rows: Markdown tables and plain-text tables whose columns stand under one another.

Each figure of a cell is measured by its column's heading and its row's first cell; a unit in the heading (产量（吨）), in the
column 单位, or in a line "单位：股" above is given to bare numbers.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from figures import marks
from figures.ledger import Figure
from figures.line import Line, bare
from figures.measure import measured
from figures.owner import kind_of
from figures.period import Period, periods
from figures.phrase import readable, without
from figures.scope import Scope, near_text
from ingest.document import Document, Sentence, Span
from ingest.tables import cells
from quantities.parse import Quantity, parse

SHORT = 16  # characters of a cell that is a figure with a word or two
_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]")
_NUMBER = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?%?$")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_RULE = re.compile(r"^[|\s:\-—]+$")
_GROWTH = re.compile("增长|增速|增幅|增减")
_YEARLY = re.compile("同比|环比|比上年")
_CHANGE = re.compile("增长|增速|增幅|增减|变动|±")
_TERM = re.compile("上年同期|上年|上期|去年同期|去年|期初|本报告期|报告期|本期|本年|期末")
_HEAD = "(?:产量|数量|销量|总额|金额|收入|面积|产值|人数|比重|比例|指数|价格|人口|投资)"
_UNIT_LINE = re.compile(r"单位[:：为是]\s*([^\s，。,;；）)|]{1,6})")


def _given(text: str, unit: str) -> Quantity | None:
    """A bare number of a cell with the unit of its column."""
    if not _NUMBER.fullmatch(text):
        return None
    negative = text[0] in "-−"
    found = parse(text.lstrip("-−+") + ("" if text.endswith("%") else unit))
    if len(found) != 1:
        return None
    q = found[0]
    if negative:
        q = replace(q, low=-q.high, high=-q.low, written=replace(q.written, mantissa=-q.written.mantissa))
    return replace(q, text=text, start=0, end=len(text))


def _column(name: str, period: Period | None) -> Period | None:
    """The period of a column that is called 本期 or 上年同期, counted from that of the headings or the title; None for another name.

    >>> year = Period("2024年", 20240101, 20241231, None, 4)
    >>> [(p := _column(name, year)) and p.low for name in ("上年同期", "本报告期", "收入")]
    [20230101, 20240101, None]
    """
    if period is None or period.low is None or period.high is None or not (m := _TERM.match(name.strip())):
        return None
    back = 10000 * (m[0][0] in "上去期" and m[0] not in ("期末",))
    return Period(name.strip(), period.low - back, period.high - back)


def _named(head: Sequence[str]) -> list[str]:
    """Column headings of which each says by itself what it is: one that comes twice is told apart by the column before it.

    >>> _named(["类别", "变动前", "比例", "变动后", "比例"])
    ['类别', '变动前', '变动前比例', '变动后', '变动后比例']
    """
    return [f"{head[i - 1]}{name}" if i > 1 and head.count(name) > 1 and head.count(head[i - 1]) == 1 else name for i, name in enumerate(head)]


def _shown(label: str, name: str, caption: str) -> str:
    """What a cell measures: the row's label and the column's heading; a column of a year says what the caption says.

    >>> _shown("水泥", "2023年", "表2 2023年主要产品产量"), _shown("发电量", "2023年", "表2 2023年主要产品产量"), _shown("合计", "开放床位", ""), _shown("其中:医疗收入", "2023年", "")
    ('水泥产量', '发电量', '开放床位合计', '医疗收入')
    """
    label = re.sub("^其中[:：]?", "", _UNIT.sub("", label).strip())
    name = re.sub("^(?:[0-9]{4}年度?)+(?=.)", "", _UNIT.sub("", name).strip())
    if re.fullmatch("合计|总计|小计", label):
        return f"{name}{label}"
    head = re.search(f"{_HEAD}$", caption.strip())
    of = head.group() if head and not re.search(f"{_HEAD}$|[量额率值]$", label) and re.fullmatch("[0-9]{4}年度?|增长|增速|增幅|完成|计划", name) else ""
    return f"{label}{of}{'' if re.fullmatch('[0-9年度]+|完成|计划|实际', name) else name}"


def table_rows(rows: Sequence[Sentence], caption: str, document: Document, opening: str, owner: str = "") -> list[Figure]:
    """The figures of a table given as its rows, the headings first. owner: whose the figures are where a row's label is no body or place."""
    rows = [r for r in rows if not _RULE.match(r.text.strip())]
    if len(rows) < 2:
        return []
    head_text = rows[0].text
    head = _named([head_text[s:e] for s, e in cells(head_text)])
    above = document.text[max(0, rows[0].start - 60):rows[0].start]
    common = _UNIT_LINE.search(above)
    unit_column = next((i for i, name in enumerate(head) if name.strip() == "单位"), None)
    heading = " ".join([*rows[0].path[1:], caption])
    found: list[Figure] = []
    for row in rows[1:]:
        text = row.text
        spans = cells(text)
        if len(spans) != len(head):
            continue
        values = [text[s:e] for s, e in spans]
        label = values[0]
        row_unit = values[unit_column] if unit_column is not None else ""
        for i, (s, e) in enumerate(spans):
            if i == 0 or i == unit_column or s == e:
                continue
            own = _UNIT.findall(head[i])
            label_unit = _UNIT.findall(label)
            unit = own[-1] if own else row_unit or (label_unit[-1] if label_unit else "") or (common.group(1) if common else "")
            name = _UNIT.sub("", head[i])
            if _GROWTH.search(name) and i > 1:
                level = next((_UNIT.sub("", head[k]) for k in range(i - 1, 0, -1) if k != unit_column and not _GROWTH.search(head[k]) and not re.fullmatch("[0-9年度]+", head[k].strip())), "")
                name = f"{level}{name}"  # the growth of what the column before it measures
            found += _cell(row, text, (s, e), unit, name, label, heading, caption, document, opening, owner)
    return found


def _cell(row: Sentence, text: str, span: Span, unit: str, name: str, label: str, heading: str, caption: str, document: Document, opening: str, owner: str) -> list[Figure]:
    """The figures of one cell: a number with its column's unit, or those of its prose."""
    label = f"{label.strip()}年" if _YEAR.fullmatch(label.strip()) else label
    named = label if kind_of(label.strip()) else ""
    s, e = span
    cell = text[s:e]
    dated = ((name, 0), (label, 0), (heading, 3), (document.title, 4))
    period = next((p for said, level in dated for _, _, p in periods(Line.read(said, document.date), level)), None)
    period = _column(name, period) or period
    if (given := _given(cell, unit)) is not None:
        line = Line.read(cell, document.date)
        shown = _shown(label, name, caption)
        basis = re.search("同比|环比|比上?[^（(]{1,6}?(?=增|减|降|提|下|上)|较[^（(]{1,6}?(?=增|减|降|提|下|上)", name)
        scope = Scope(bare(f"{label} {name}"), "", bare(heading), "", bare(text + name), bare(heading), "", bare(opening))
        changed = bool(_CHANGE.search(name)) or given.kind == "percent" and bool(_YEARLY.search(name))
        sign = -1 if given.low < 0 else 1 if changed or "升" in name else 0
        state = "planned" if marks.has(name, "strong_planned") or re.search("计划|目标|预算|预计", name) else "done" if re.search("完成|实际|实绩", name) else ""
        return [Figure(given, without(shown, label, label) if named else shown, named or owner, period, basis.group() if basis else "", None, "", state, sign, row, row.start + s, row.start + e, document.name, "change" if changed else "level", line, scope)]
    line = Line.read(cell, document.date)
    out = []
    for q in line.figures:
        near, last, left, right = map(bare, near_text(line, q.start, q.end))
        near = bare(f"{label} {name} ") + near if len(line.figures) == 1 and len(cell) <= SHORT else near  # 提高1.2个百分点
        scope = Scope(near, last, bare(f"{name} {left}"), right, bare(f"{name} {label} {cell}"), bare(heading), "", bare(opening))
        out.append(Figure(q, readable(without(measured(line, q), owner, "公司"), line, q), named or owner, period if q.kind != "date" else None, name, None, "", marks.status(line, q.start), marks.direction(line, q.start, q.end),
                          row, row.start + s + q.start, row.start + s + q.end, document.name, marks.change(line, q.start, q.end), line, scope))
    return out
