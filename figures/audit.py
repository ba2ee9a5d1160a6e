"""A document's own arithmetic: what it derives from figures that it states, recomputed; and wording that a desk would query.

`audit(rows)` takes a ledger and returns findings in order: "holds", "fails", "open" (cannot be recomputed from the text) or "query".
Only patterns that leave no doubt which figures belong together are judged: precision over count.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, islice

from figures.arithmetic import HUNDRED, Range, average, difference, growth, holds, ratio, share, total, written
from figures.compare import comparable
from figures.ledger import Figure
from ingest.document import Citation, Document, Sentence

HOLDS, FAILS, OPEN, QUERY = "holds", "fails", "open", "query"
LABELS = {HOLDS: "成立", FAILS: "不成立", OPEN: "无法重算", QUERY: "建议核对"}
_GROWTH = re.compile(r"(?:增长|增加|提高|提升|上升|下降|减少|降低|增幅|降幅)[^0-9，,。；;]{0,8}$")
_SHARE = re.compile(r"(?:占比|占|比重|比例)[^0-9，,。；;]{0,12}$")
_PARTS = re.compile(r"其中|包括|分别(?:为|是)|分为")
_REST = re.compile(r"其余|剩下|剩余|其他|余下")
_AVERAGE = re.compile("(?:平均)?每([户人家个亩项名台辆所村])(?:平均)?(?:约|达|为)?$|(?:^|[，,])([户人家亩])均(?:[一-鿿]{0,4})$")
MOST_PARTS = 40  # of a total that are looked for behind it, and figures before a derived one
_NEARLY = Decimal("0.9")  # of a total: parts behind 其中 that come so near are meant to be all
_UNSUMMED = re.compile("平均|人均|户均|均价|单价|价格|[比占]?率$|满意度|指数|增速|增幅|次均|密度|浓度|年龄")
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
    q, sign = stated.quantity, 1
    if q.low < 0:
        q, computed, sign = replace(q, low=-q.high, high=-q.low, written=replace(q.written, mantissa=-q.written.mantissa)), computed.times(-1), -1
    good = holds(q, computed)
    result = computed.times(sign / step)
    return Finding(HOLDS if good else FAILS, f"{sum_} ＝ {result.rounded(2 if abs(result.high) < 10 else 1)}{unit}，{'与' if good else '不是'}{stated.shown}{'相符' if good else ''}", (*rows, stated))


def audit(rows: Sequence[Figure]) -> tuple[Finding, ...]:
    """The findings of a ledger (or of a draft's own ledger), in order of their place."""
    found: list[Finding] = []
    for _, group in groupby(rows, key=lambda r: (r.sentence.start, r.sentence.kind)):
        sentence = list(group)
        if sentence[0].sentence.kind == "row":
            found += _row_growth(sentence)
        else:
            for finder in (_from_to, _shares, _parts, _multiples, _averages, _wording):
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
        a = next((r for r in reversed(rows[max(0, i - MOST_PARTS):i]) if r.quantity is b.counterpart), None)
        p = next((r for r in rows[i + 1:i + 3] if r.quantity.kind in ("percent", "multiple") or r.quantity.kind == "points" and b.quantity.kind == "percent" or r.quantity.base == b.quantity.base), None)
        if a is None or p is None or b.line.clause(b.quantity.start) != p.line.clause(p.quantity.start) or b.line.piece(p.quantity.start) - b.line.piece(b.quantity.start) != 1:
            continue
        if p.quantity.kind == "percent" and b.quantity.kind == "percent":
            continue  # 比例由20%升至25%,提高25%: of the share or of its points, that is open
        if p.quantity.kind == "multiple" or p.quantity.kind != "percent" and _GROWTH.search(_left(p)):
            if finding := _stepped(a, b, p):
                yield finding
            continue
        if p.quantity.kind != "percent" or not _GROWTH.search(_left(p)):
            continue
        computed = growth(a.quantity, b.quantity)
        if computed is not None and p.direction < 0:
            computed = computed.times(-1)
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
    return _judge(p, Range(times.low - 1, times.high - 1, None if times.point is None else times.point - 1), f"{b.text} ÷ {a.text} − 1", "倍", (a, b)) if _GROWTH.search(_left(p)) else None


def _shares(rows: list[Figure]) -> Iterator[Finding]:
    """一般公共预算收入A,其中税收收入B,占比p%: the share of the second in the first. 电动车A辆,占总数的p%,其余B辆: that of A in both."""
    for i, p in enumerate(rows):
        if p.quantity.kind != "percent" or i < 1 or not _SHARE.search(_left(p, 16)):
            continue
        part = rows[i - 1]
        between = p.line.text[part.quantity.end:p.quantity.start]
        lead = p.line.text[:part.quantity.start]
        if re.fullmatch(r"[，,]\s*占[^，,。；;]{0,8}总[^，,。；;]{0,4}的", between) and i + 1 < len(rows) and (rest := rows[i + 1]) and comparable(part.quantity, rest.quantity) and re.fullmatch("[，,](?:其余|剩余|余下)的?", p.line.text[p.quantity.end:rest.quantity.start]):
            summed = total([part.quantity, rest.quantity])
            ours = written(part.quantity)
            if summed is not None and ours.finite and summed.low > 0 and (finding := _judge(p, Range(HUNDRED * ours.low / summed.high, HUNDRED * ours.high / summed.low), f"{part.text} ÷ （{part.text} ＋ {rest.text}）", "%", (part, rest))):
                yield finding
            continue
        if "其中" not in lead or not re.fullmatch(r"[，,]\s*所?占(?:比(?:重|例)?|比例|比重)?(?:为|达|约)?", between):
            continue
        at = lead.rindex("其中")
        whole = next((r for r in reversed(rows[max(0, i - MOST_PARTS):i - 1]) if r.quantity.end <= at and r.quantity.kind != "date"), None)
        if whole is not None and whole.change == "change":  # 收入A,增长5%,其中…
            whole = next((r for r in reversed(rows[max(0, i - MOST_PARTS):i - 1]) if r.quantity.end <= at and r.change != "change" and comparable(part.quantity, r.quantity)), None)
        if whole is not None and comparable(part.quantity, whole.quantity) and p.line.clause(whole.quantity.start) == p.line.clause(p.quantity.start) and (finding := _judge(p, share(part.quantity, whole.quantity), f"{part.text} ÷ {whole.text}", "%", (whole, part))):
            yield finding


def _multiples(rows: list[Figure]) -> Iterator[Finding]:
    """2021年A家,2023年B家,是2021年的N倍: the multiple of the figure that the words before 的 name."""
    for i, p in enumerate(rows):
        m = re.search("(?:是|为|相当于)([^，,。；;]{1,12}?)的(?:约|近)?$", p.line.text[p.line.pieces[p.line.piece(p.quantity.start)][0]:p.quantity.start]) if p.quantity.kind == "multiple" and p.quantity.unit == "倍" else None
        earlier = [r for r in rows[max(0, i - MOST_PARTS):i] if r.quantity.kind not in ("date", "time", "duration")] if m else []
        if len(earlier) < 2 or earlier[-1].quantity.role:
            continue
        b = earlier[-1]
        named = [r for r in earlier[:-1] if comparable(r.quantity, b.quantity) and m.group(1) in r.line.text[r.line.pieces[r.line.piece(r.quantity.start)][0]:r.quantity.start]]
        if len(named) == 1 and p.line.piece(p.quantity.start) - p.line.piece(b.quantity.start) == 1 and (finding := _judge(p, ratio(b.quantity, named[0].quantity), f"{b.text} ÷ {named[0].text}", "倍", (named[0], b))):
            yield finding


def _averages(rows: list[Figure]) -> Iterator[Finding]:
    """为N户发放A万元,户均p万元: the whole for each."""
    for i, p in enumerate(rows):
        m = _AVERAGE.search(_left(p, 10)) or _AVERAGE.match(p.text)
        if m is None or i < 2 or p.quantity.kind not in ("money", "count", "mass") or p.quantity.hedge in ("以上", "以下"):
            continue
        a, b = rows[i - 2], rows[i - 1]
        each = m.group(1) or m.group(2)
        people = "人名位口"
        counts = [r for r in (a, b) if r.quantity.kind == "count" and (r.quantity.measure == each or each in people and r.quantity.measure in people)]
        sums = [r for r in (a, b) if r not in counts and r.quantity.kind == p.quantity.kind and (r.quantity.base == p.quantity.base) and not r.quantity.per]
        if len(counts) != 1 or len(sums) != 1 or p.line.clause(a.quantity.start) != p.line.clause(p.quantity.start) or p.line.piece(p.quantity.start) - p.line.piece(b.quantity.start) != 1:
            continue
        if finding := _judge(p, average(sums[0].quantity, counts[0].quantity), f"{sums[0].text} ÷ {counts[0].text}", p.quantity.unit, (a, b), p.quantity.written.scale * p.quantity.written.factor):
            yield finding


def _parts(rows: list[Figure]) -> Iterator[Finding]:
    """N个,其中甲a个、乙b个、丙c个: the parts against the stated total; 其余 makes them complete. 其中 promises no completeness: what falls far short is no finding."""
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
        for r in islice(rows, i + 1, i + 1 + MOST_PARTS):
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
        elif m.group() != "其中" or summed.high >= stated.low * _NEARLY:
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
        if finding := _judge(change[0], growth(a.quantity, b.quantity), f"从{a.shown}到{b.shown}", "%", (a, b)):
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
        if len(lines) < 3 or not re.search("合计|总计|总数|小计", lines[-1][0].sentence.text.strip("| ").split("|")[0]) or len({len(line) for line in lines}) != 1:
            continue
        for column in zip(*lines):
            parts, whole = column[:-1], column[-1]
            if whole.change == "change" or _UNSUMMED.search(re.sub("合计|总计|总数|小计", "", whole.measure)) or not all(comparable(whole.quantity, p.quantity) for p in parts):
                continue
            summed = total([p.quantity for p in parts])
            if summed is not None and (finding := _judge(whole, summed, " ＋ ".join(p.shown for p in parts), whole.quantity.unit, parts, whole.quantity.written.scale * whole.quantity.written.factor)):
                yield finding
