"""What the verdict of one figure of a claim says of another: one row for two of them, the other end of a change, a change between two ends."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from figures import marks
from figures.align import Book
from figures.arithmetic import HUNDRED, Range, written
from figures.around import piece_left
from figures.asked import asked, fits
from figures.compare import AGREE, comparable, relation
from figures.conflict import barred
from figures.derive import changes
from figures.gather import Found as Gathered
from figures.ledger import Derivation, Figure
from figures.line import Line
from figures.made import pieces_apart, shown
from figures.period import period_of
from figures.reckons import EACH, SUM
from figures.subjects import PERSONS
from figures.timing import NOW
from figures.verdict import CONTRADICTED, SUPPORTED
from quantities.parse import Quantity
from quantities.quantity import EXACT

_WAS = re.compile("[0-9一二三四五六七八九十两]+年前|(?:改革|改造|调整|试点|实施|整合)之?前|过去|原来|原先|原本|以前|之前|此前|从前|最初|起初")
_YEAR_BEFORE = re.compile("前一年|上一?学?年|去年|[由从][^，,。；;0-9]{0,6}$")
_SHARE = re.compile("占|比例|比重|份额|[里中]$")
_GROWN = re.compile("(?:同比|比上?去?年(?:同期)?)?(?:名义|实际)?(?:增长|上升|下降|减少|增加|上涨|下滑|增幅|降幅|增速)(?:了|为|达|约)?")
_AMONG = re.compile("[一-鿿]{0,10}(?:里|中|当中|之中)[，,]?(?:只|仅|就)?有?")


def another_has(q: Quantity, line: Line, found: Mapping[Quantity, Gathered], decided: Mapping[Quantity, tuple[str, str, Figure | None]]) -> tuple[str, str, Figure] | None:
    """The verdict of a figure whose row is the report's value for another figure of the claim: by words that fit it as well (3个中心和1个站 of 中心和3个站), or where
    the sentence has the other's value too (县七成、镇三成 of 镇七成、县三成); 13座中有7座 says what the other is part of."""
    verdict, _, row = decided[q]
    if verdict != SUPPORTED:
        return None
    ours = next((m.close for m, _ in found[q].same if m.row is row), 0.0)
    for other, (its, why, other_row) in decided.items():
        if other is not q and not _AMONG.fullmatch(line.text[q.end:max(q.end, other.start)]) and its == CONTRADICTED and why.startswith("数字不符(原文为") and other_row is row:
            if any(m.row is row and m.close >= ours for m, _ in found[other].other) or any(m.row.sentence is row.sentence for m, _ in found[other].same):
                return CONTRADICTED, "主体不符:原文这个数字说的是另一项", row
    return None


def other_end(q: Quantity, line: Line, rows: Sequence[Figure], book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a figure of which a claim says only that it was before (过去要97天), or is now, by the other end of the change that another figure of it has, or by
    what the report says that this has changed by (62分钟,比上年缩短7分钟)."""
    left = piece_left(line, q)
    end = "from" if _WAS.search(left) else "to" if NOW.search(left) else ""
    for row in rows:
        if row is not None and ((end or q.role) == "from" or _YEAR_BEFORE.search(left)) and (was := next((r for r in book.derived if r.derivation.kind == "before" and (r.document, r.start) == (row.document, row.start) and comparable(q, r.quantity) and fits(q, r)), None)):
            return SUPPORTED, f"推算相符({was.derivation.working})", was
        if end and row is not None and row.counterpart is not None and row.counterpart.role == end and comparable(q, row.counterpart):
            other = next((r for r in book.rows if r.quantity is row.counterpart), row)
            return (SUPPORTED, "相符", other) if relation(q, row.counterpart) in AGREE else (CONTRADICTED, f"数字不符(原文为{other.text})", other)
    return None


def own_growth(q: Quantity, line: Line, decided: Mapping[Quantity, tuple[str, str, Figure | None]], book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a growth that a claim has right behind a figure which the report has, by what stands right behind that there: 出口9亿元,增长7% of 进出口30亿元,增长7%,其中出口9亿元,增长5%."""
    number, period = line.piece(q.start), period_of(line, q)
    before = [f for f in decided if line.piece(f.start) == number - 1 and f.kind not in ("date", "time", "duration")]
    row = decided[before[-1]][2] if before and before[-1].dimension != q.dimension and decided[before[-1]][0] == SUPPORTED else None
    if row is None or row.derivation or row.change == "change" or q.kind != "percent" or marks.change(line, q.start, q.end) != "change" or not _GROWN.fullmatch(piece_left(line, q)):
        return None
    theirs = [r for r in book.rows if r.line is row.line and pieces_apart(row, r) == 1 and r.change == "change"]
    if len(theirs) != 1 or theirs[0].quantity.kind != "percent" or not _GROWN.fullmatch(piece_left(row.line, theirs[0].quantity)) or barred(q, line, theirs[0], period, book):
        return None
    return (SUPPORTED, "相符", theirs[0]) if relation(q, theirs[0].quantity) in AGREE else (CONTRADICTED, f"数字不符(原文为{theirs[0].text})", theirs[0])


def own_change(q: Quantity, line: Line, decided: Mapping[Quantity, tuple[str, str, Figure | None]]) -> tuple[str, str, Figure] | None:
    """The verdict of a change that a claim reckons from two ends which it names, both as the report has them: 由18%降到7%,降低了11个百分点."""
    ends = [f for f in line.figures if f.role in ("from", "to") and f.end <= q.start and decided.get(f, ("",))[0] == SUPPORTED][-2:]
    if len(ends) < 2 or (ends[0].role, ends[1].role) != ("from", "to") or q.role:
        return None
    a, b = (decided[f][2] for f in ends)
    if not a or not b or a.derivation or b.derivation or a.quantity.kind == "date":
        return None
    made = next((row for row in changes(a, b, b) if comparable(q, row.quantity) and asked(q, line, row, True)), None)
    how = fits(q, made) if made else None
    return None if how is None else (SUPPORTED, f"推算相符({made.derivation.working})", made) if how else (CONTRADICTED, f"数字不符(按原文推算为{made.text}:{made.derivation.working})", made)


def own_sum(q: Quantity, line: Line, decided: Mapping[Quantity, tuple[str, str, Figure | None]]) -> tuple[str, str, Figure] | None:
    """The verdict of a sum that a claim makes of the figures before it, all as the report has them: 省级7个、市级23个、区级36个,合计66个."""
    parts = [f for f in line.figures if f.end <= q.start and f.kind == q.kind and f.base == q.base and f.measure[-1:] == q.measure[-1:]]
    if len(parts) < 2 or q.hedge or any(f.hedge or f.low != f.high or decided.get(f, ("",))[0] != SUPPORTED for f in parts) or not SUM.search(piece_left(line, q)):
        return None
    value, row = sum((f.low for f in parts), Decimal(0)), decided[parts[0]][2]
    told = shown(value, parts[0]).text
    working = f"{' + '.join(f.text for f in parts)} ＝ {told}"
    row = replace(row, derivation=Derivation("worked", value, Range(value, value), working))
    return (SUPPORTED, f"推算相符({working})", row) if written(q).low <= value <= written(q).high else (CONTRADICTED, f"数字不符(按原文推算为{told}:{working})", row)


def how_many(q: Quantity, decided: Mapping[Quantity, tuple[str, str, Figure | None]], line: Line) -> tuple[str, str, Figure] | None:
    """The verdict of a figure that only says of how many a sum in its piece is, and of so many it is: 前三名的份额相加为53%."""
    for other, (verdict, why, row) in decided.items():
        if other is not q and verdict == SUPPORTED and why.startswith("推算相符") and line.piece(other.start) == line.piece(q.start) and q.end <= other.start and q.kind in ("count", "number", "rank") and why.count(" + ") + 1 == q.high:
            return SUPPORTED, "相符", row
    return None


def own_quotient(q: Quantity, line: Line, decided: Mapping[Quantity, tuple[str, str, Figure | None]]) -> tuple[str, str, Figure] | None:
    """The verdict of a share, or of so much for each, that a claim reckons of two figures which it names, both as the report has them: 判处7853人,其中五年以上612人,占比不到8%."""
    rows = [d[2] for f, d in decided.items() if f is not q and d[0] == SUPPORTED and d[2] is not None and not d[2].derivation and not d[2].quantity.hedge and d[2].quantity.low == d[2].quantity.high > 0]
    left, ours, each = piece_left(line, q), written(q), EACH.search(piece_left(line, q))
    share = q.kind == "percent" and marks.change(line, q.start, q.end) != "change" and _SHARE.search(left)
    for a, b in permutations(rows, 2):
        x, y = a.quantity, b.quantity
        if share and x.base == y.base and x.kind in ("count", "money", "area", "mass") and x.low < y.low:
            value = EXACT.multiply(EXACT.divide(x.low, y.low), HUNDRED)
        elif each and x.base == q.base and y.kind == "count" != x.kind and y.measure in (*each.group(), *PERSONS, "户", "家", "人次"):
            value = EXACT.divide(x.low, y.low)
        else:
            continue
        if ours.low <= value <= ours.high and abs(value - q.point) * 5 <= q.point:
            working = f"{a.text} ÷ {b.text} ＝ {q.text}"
            return SUPPORTED, f"推算相符({working})", replace(a, derivation=Derivation("worked", value, Range(value, value), working))
    return None
