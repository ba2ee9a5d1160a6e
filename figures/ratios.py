"""A share, a multiple, an average or a sum of two things that a claim names itself: 女职工约占在册职工的19%, 平均每家藏书7500册.

`reckon` finds the figure of each in the ledger and recomputes; None where a claim has no such form or the figures are not certain.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from figures.align import Book, match
from figures.arithmetic import HUNDRED, Range, average, ratio
from figures.arithmetic import total as summed
from figures.arithmetic import written
from figures.ledger import Figure
from figures.line import Line, bare
from figures.period import agree, period_of
from figures.said import Said
from figures.verdict import CONTRADICTED, SUPPORTED
from quantities.parse import Quantity
from quantities.quantity import EXACT, plain

SURE, APART = 0.8, 0.03  # how much of a name a row must say, and how much more than a row of another value
_SHARE = re.compile(r"^(?P<a>.{2,30}?)(?:约|大约|只|仅|已)?占(?:到|了|据)?(?P<b>.{2,20}?)的?(?:比重|比例)?(?:为|达|约|近)?$")
_TIMES = re.compile(r"^(?P<a>.{2,30}?)(?:约)?(?:是|为|相当于)(?P<b>.{2,20}?)的?(?:约)?$")
_EACH = re.compile(r"平均每(?P<b>[一-鿿])(?P<a>.{2,24}?)(?:有|为|达|约|是)*$")
_SUM = re.compile(r"^(?P<a>.{2,20}?)(?:和|与|、|加上)(?P<b>.{2,20}?)(?:两者|两项|二者|加起来)?(?:一共|总共|共有|共|合计|总计)(?:有|为|达|约)?$")


def _best(text: str, book: Book, period, like: Quantity | None = None) -> Figure | None:
    """The row that a name means: it says nearly all of it, none of another value says as much."""
    line = Line.read(text)
    items = [Said(w, w.weight * book.rarity(w.text), True) for w in line.words]
    if not any(i.word.weight >= 0.5 for i in items):
        return None
    found = []
    for row in book.rows:
        q = row.quantity
        if q.kind in ("date", "time", "duration", "percent", "points", "multiple", "rank", "ordinal", "ratio", "grade", "age") or q.hedge or q.low != q.high or q.role == "from" or row.change == "change":
            continue
        if like is not None and (q.base != like.base or q.per != like.per or q.kind == "count" and q.measure != like.measure) or agree(period, row.period, book.years) == "differs":
            continue
        m = match(items, row, book, bare(text))
        if m.score >= SURE and m.close >= 0.6 and not m.foreign:
            found.append(m)
    found.sort(key=lambda m: (-m.score, len(m.row.scope.near)))
    if not found or any(m.score > found[0].score - APART and m.row.quantity.low != found[0].row.quantity.low and len(m.row.scope.near) <= len(found[0].row.scope.near) + 1 for m in found[1:]):
        return None
    return found[0].row


def _verdict(q: Quantity, value, span: Range | None, working: str, text: str, row: Figure) -> tuple[str, str, Figure] | None:
    ours = written(q)
    if span is None:
        return None
    if ours.low <= value <= ours.high:
        return SUPPORTED, f"推算相符({working} ＝ {text})", row
    return None if ours.meets(span) else (CONTRADICTED, f"数字不符(按原文推算为{text}:{working} ＝ {text})", row)


def reckon(q: Quantity, line: Line, book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a claim's figure that compares two things which the report counts."""
    low, _ = line.pieces[line.piece(q.start)]
    left = line.text[low:q.start]
    period = period_of(line, q)
    forms: Sequence[tuple[re.Pattern[str], bool]] = ((_SHARE, q.kind == "percent"), (_TIMES, q.kind == "multiple"), (_EACH, q.kind in ("count", "money", "area", "mass")), (_SUM, q.kind in ("count", "money", "area", "mass")))
    for form, applies in forms:
        m = form.search(left) if applies else None
        if not m:
            continue
        if form is _EACH:
            return _average(q, m["a"], m["b"], line, book, period)
        a = _best(m["a"], book, period, q if form is _SUM else None)
        b = _best(m["b"], book, period, a.quantity) if a else None
        if not a or not b or a is b:
            return None
        if form is _SUM:
            value = EXACT.add(a.quantity.low, b.quantity.low)
            span = summed([a.quantity, b.quantity])
            text = f"{plain(EXACT.divide(value, EXACT.multiply(a.quantity.written.scale, a.quantity.written.factor)))}{a.quantity.unit}"
            return _verdict(q, value, span, f"{a.text} + {b.text}", text, a)
        times = HUNDRED if form is _SHARE else Decimal(1)
        value = EXACT.multiply(EXACT.divide(a.quantity.low, b.quantity.low), times) if b.quantity.low else None
        if value is None or form is _SHARE and value > HUNDRED:
            return None
        return _verdict(q, value, ratio(a.quantity, b.quantity, times), f"{a.text} ÷ {b.text}", f"{value:.1f}%" if form is _SHARE else f"{value:.2f}倍", a)
    return None


def _average(q: Quantity, name: str, measure: str, line: Line, book: Book, period) -> tuple[str, str, Figure] | None:
    """平均每家藏书7500册: a sum and a count in 家 that one sentence ties together."""
    words = [Said(w, w.weight * book.rarity(w.text), True) for w in Line.read(name).words if w.weight >= 0.5]
    for row in book.rows:
        if not words or row.quantity.base != q.base or q.kind == "count" and row.quantity.measure != q.measure or row.quantity.hedge or row.change == "change" or row.quantity.role == "from" or agree(period, row.period, book.years) == "differs":
            continue
        m = match(words, row, book, bare(line.text))
        if m.score < SURE or m.foreign:
            continue
        counts = [r for r in book.rows if r.sentence == row.sentence and r.quantity.measure == measure and r.quantity.kind == "count" and not r.quantity.hedge and r.quantity.low > 0 and r.quantity.role != "from"]
        if len(counts) != 1:
            continue
        value = EXACT.divide(row.quantity.low, counts[0].quantity.low)
        step = EXACT.divide(value, EXACT.multiply(q.written.scale, q.written.factor))
        shown = plain(step if step == step.to_integral_value() else step.quantize(Decimal("0.01"), context=EXACT))
        return _verdict(q, value, average(row.quantity, counts[0].quantity), f"{row.text} ÷ {counts[0].text}", f"{shown}{q.unit}", row)
    return None
