"""A document's own arithmetic: what it derives from figures that it states, recomputed; and wording that a desk would query.

`audit(rows)` takes a ledger and returns findings in order: "holds", "fails", "open" (cannot be recomputed from the text) or "query".
Only patterns that leave no doubt which figures belong together are judged: precision over count.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from figures.arithmetic import Range, difference, growth, holds, ratio, share, total
from figures.compare import comparable
from figures.ledger import Figure
from ingest.document import Citation, Document, Sentence

HOLDS, FAILS, OPEN, QUERY = "holds", "fails", "open", "query"
LABELS = {HOLDS: "成立", FAILS: "不成立", OPEN: "无法重算", QUERY: "建议核对"}
_GROWTH = re.compile(r"(?:增长|增加|提高|提升|上升|下降|减少|降低|增幅|降幅)[^0-9，,。；;]{0,8}$")
_SHARE = re.compile(r"(?:占比|占|比重|比例)[^0-9，,。；;]{0,12}$")
_PARTS = re.compile(r"其中|包括|分别(?:为|是)|分为")
_REST = re.compile(r"其余|剩下|剩余|其他|余下")
_YEARLY = re.compile(r"同比|比上年|较上年|比去年|较去年")


@dataclass(frozen=True)
class Finding:
    """verdict: one of HOLDS, FAILS, OPEN, QUERY. reason: in Chinese, with the sum. rows: the figures concerned, the derived one last."""

    verdict: str
    reason: str
    rows: tuple[Figure, ...]

    @property
    def label(self) -> str:
        return LABELS[self.verdict]

    @property
    def sentence(self) -> Sentence:
        return self.rows[-1].sentence

    def cite(self, document: Document) -> Citation:
        """The sentence of the derived figure, with the figures of it marked."""
        s = self.sentence
        marks = tuple((r.start, r.end) for r in self.rows if r.sentence == s)
        return document.cite_sentence(s, marks)


def _judge(stated: Figure, computed: Range | None, sum_: str, unit: str, rows: Sequence[Figure], step: Decimal = Decimal(1)) -> Finding | None:
    """The finding on one derived figure. step: what the result is shown in, in base units."""
    if computed is None or not computed.finite:
        return None
    q = stated.quantity
    if q.low < 0:
        q = replace(q, low=-q.high, high=-q.low, written=replace(q.written, mantissa=-q.written.mantissa))
        q, computed = q, Range(-computed.high, -computed.low)
    good = holds(q, computed)
    return Finding(HOLDS if good else FAILS, f"{sum_} ＝ {Range(computed.low / step, computed.high / step).rounded(2 if abs(computed.high / step) < 10 else 1)}{unit}，{'与' if good else '不是'}{stated.text}{'相符' if good else ''}", (*rows, stated))


def audit(rows: Sequence[Figure]) -> tuple[Finding, ...]:
    """The findings of a ledger (or of a draft's own ledger), in order of their place."""
    found: list[Finding] = []
    for _, group in groupby(rows, key=lambda r: (r.sentence.start, r.sentence.kind)):
        sentence = list(group)
        if sentence[0].sentence.kind == "row":
            found += _row_growth(sentence)
        else:
            for finder in (_from_to, _shares, _parts, _wording):
                found += finder(sentence)
    found += _table_totals(rows)
    return tuple(sorted(found, key=lambda f: f.rows[-1].start))


def _left(row: Figure, width: int = 24) -> str:
    return row.line.text[max(0, row.quantity.start - width):row.quantity.start]


def _from_to(rows: list[Figure]) -> Iterator[Finding]:
    """从A增至B, then what the next piece of the clause says of it: 增长p%, 增加N家, 翻了近一番, 是原来的N倍."""
    for i, b in enumerate(rows):
        if b.quantity.role != "to" or b.counterpart is None:
            continue
        a = next((r for r in rows[:i] if r.quantity is b.counterpart), None)
        p = next((r for r in rows[i + 1:i + 3] if r.quantity.kind in ("percent", "multiple") or r.quantity.base == b.quantity.base), None)
        if a is None or p is None or b.line.clause(b.quantity.start) != p.line.clause(p.quantity.start) or b.line.piece(p.quantity.start) - b.line.piece(b.quantity.start) != 1:
            continue
        if p.quantity.kind == "multiple" or p.quantity.kind != "percent" and _GROWTH.search(_left(p)):
            if finding := _stepped(a, b, p):
                yield finding
            continue
        if p.quantity.kind != "percent" or not _GROWTH.search(_left(p)):
            continue
        computed = growth(a.quantity, b.quantity)
        if computed is not None and p.direction < 0:
            computed = Range(-computed.high, -computed.low)
        if computed is None:
            yield Finding(OPEN, f"起点{a.text}为零，增幅无法计算", (a, b, p))
        elif finding := _judge(p, computed, f"从{a.text}到{b.text}", "%", (a, b)):
            yield finding


def _stepped(a: Figure, b: Figure, p: Figure) -> Finding | None:
    """The difference or the multiple that is stated after 从A增至B; None where the words leave open which is meant."""
    if p.quantity.kind != "multiple":
        low, high = (a, b) if p.direction >= 0 else (b, a)
        return _judge(p, difference(low.quantity, high.quantity), f"{high.text} − {low.text}", p.quantity.unit, (a, b), p.quantity.written.scale * p.quantity.written.factor)
    times = ratio(b.quantity, a.quantity)
    if times is None:
        return None
    if p.quantity.unit == "番" or re.search("(?:是|为|相当于)[^，,]{1,12}的$", _left(p, 16)):
        return _judge(p, times, f"{b.text} ÷ {a.text}", "倍", (a, b))
    return _judge(p, Range(times.low - 1, times.high - 1), f"{b.text} ÷ {a.text} − 1", "倍", (a, b)) if _GROWTH.search(_left(p)) else None


def _shares(rows: list[Figure]) -> Iterator[Finding]:
    """一般公共预算收入A,其中税收收入B,占比p%: the share of the second in the first."""
    for i, p in enumerate(rows):
        if p.quantity.kind != "percent" or i < 2 or not _SHARE.search(_left(p, 16)):
            continue
        part = rows[i - 1]
        between = p.line.text[part.quantity.end:p.quantity.start]
        lead = p.line.text[:part.quantity.start]
        if "其中" not in lead or not re.fullmatch(r"[，,]\s*(?:占比(?:为|达)?|所?占比(?:重|例)(?:为|达)?)", between):
            continue
        at = lead.rindex("其中")
        whole = next((r for r in rows[:i - 1] if r.quantity.end <= at and comparable(part.quantity, r.quantity)), None)
        if whole is not None and p.line.clause(whole.quantity.start) == p.line.clause(p.quantity.start) and (finding := _judge(p, share(part.quantity, whole.quantity), f"{part.text} ÷ {whole.text}", "%", (whole, part))):
            yield finding


def _parts(rows: list[Figure]) -> Iterator[Finding]:
    """N个,其中甲a个、乙b个、丙c个: the parts against the stated total; 其余 makes them complete."""
    for i, whole in enumerate(rows):
        q = whole.quantity
        if q.kind not in ("count", "money", "mass", "area", "length") or q.hedge or q.role:
            continue
        line = whole.line
        _, end = line.clause(q.start)
        m = _PARTS.search(line.text, q.end, min(end, q.end + 12))
        if not m or re.search(r"[0-9]", line.text[q.end:m.start()]):
            continue
        parts = []
        for r in rows[i + 1:]:
            if r.quantity.start >= end or r.quantity.kind == "percent" or not comparable(q, r.quantity) or r.quantity.measure != q.measure or r.quantity.hedge:
                break
            parts.append(r)
        rest = bool(parts) and bool(_REST.search(line.text, m.start(), parts[-1].quantity.start))
        listed = all("、" in line.text[a.quantity.end:b.quantity.start] for a, b in zip(parts, parts[1:]))
        if len(parts) < 2 or not (rest or listed):
            continue
        summed = total([p.quantity for p in parts])
        stated = total([q])
        if summed is None or stated is None:
            continue
        sum_ = " ＋ ".join(p.text for p in parts)
        if stated.meets(summed):
            yield Finding(HOLDS, f"{sum_}，合计与{whole.text}相符", (*parts, whole))
        elif summed.low > stated.high or rest:
            yield Finding(FAILS, f"{sum_}，合计{'超过' if summed.low > stated.high else '不足'}{whole.text}", (*parts, whole))
        else:
            yield Finding(QUERY, f"{sum_}，分项合计少于{whole.text}；请确认是否还有未列出的部分", (*parts, whole))


def _wording(rows: list[Figure]) -> Iterator[Finding]:
    """同比 of a change over several years; a growth on a base that the text does not give."""
    for row in rows:
        q = row.quantity
        if q.kind not in ("percent", "points", "multiple"):
            continue
        piece = row.line.text[row.line.pieces[row.line.piece(q.start)][0]:q.start]
        if _YEARLY.search(piece) and row.period and (row.period.months or 0) >= 24:
            yield Finding(QUERY, f"“{_YEARLY.search(piece).group()}”指与上年同期相比，而这里说的是{row.period.text}间的变化；请核对用词", (row,))
        elif (m := re.search(r"[比较](?!上年|去年|上月|同期|年初|例|重)([^，,。；;0-9]{2,12}?)(?:相比)?(?:提升|提高|增长|增加|下降|减少)了?$", piece)) and q.kind == "percent" and not re.search("平均|全市|全省|全国", m.group(1)):
            yield Finding(OPEN, f"文中没有给出{m.group(1)}的数值，{row.text}无法重算", (row,))


def _row_growth(rows: list[Figure]) -> Iterator[Finding]:
    """A table row with two years and a growth: recomputed."""
    years = [(int(m.group(1)), r) for r in rows if (m := re.search(r"((?:19|20)[0-9]{2})年", f"{r.period.text if r.period else ''}")) and r.period.level <= 2 and r.change == "level"]
    change = [r for r in rows if r.change == "change" and r.quantity.kind == "percent"]
    if len(years) == 2 and len(change) == 1 and years[0][0] != years[1][0] and abs(years[0][0] - years[1][0]) == 1:
        (_, a), (_, b) = sorted(years, key=lambda y: y[0])
        if finding := _judge(change[0], growth(a.quantity, b.quantity), f"从{a.text}到{b.text}", "%", (a, b)):
            yield finding


def _table_totals(rows: Sequence[Figure]) -> Iterator[Finding]:
    """The last row of a table that is a total (合计, 总数) against the rows above it, column by column."""
    tables: dict[int, list[Figure]] = {}
    number = last = -1
    for row in rows:
        if row.sentence.kind != "row":
            continue
        if last < 0 or row.sentence.start - last > len(row.sentence.text) + 400 or row.scope.heading != tables[number][-1].scope.heading:
            number += 1
            tables[number] = []
        tables[number].append(row)
        last = row.sentence.end
    for table in tables.values():
        lines = [list(g) for _, g in groupby(table, key=lambda r: r.sentence.start)]
        if len(lines) < 3 or not re.search("合计|总计|总数|小计", lines[-1][0].subject) or len({len(line) for line in lines}) != 1:
            continue
        for column in zip(*lines):
            parts, whole = column[:-1], column[-1]
            if whole.change == "change" or not all(comparable(whole.quantity, p.quantity) for p in parts):
                continue
            summed = total([p.quantity for p in parts])
            if summed is not None and (finding := _judge(whole, summed, " ＋ ".join(p.text for p in parts), "", parts)):
                yield finding
