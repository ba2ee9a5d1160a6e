"""A ledger → the figures that follow from it by one step of arithmetic: 从80家增至120家 gives 增加40家, 增长50% and 1.5倍.

`derived(rows)` returns rows like those of the ledger, with a `Derivation` that says how they were reckoned; they stand in the sentence of
the figure they come from. Only pairs that one sentence or one table row ties together are reckoned with, and no hedged figure.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from figures.arithmetic import HUNDRED, Range, difference, growth, ratio, written
from figures.around import piece_left
from figures.ledger import Figure
from figures.line import bare
from figures.made import MEASURED, counting, exact_all, made, percent, pieces_apart, shown
from figures.parted import all_of, halves, part_of, rest_of, sectors, together, whole_of
from figures.period import Period
from figures.wording import coverage
from quantities.parse import parse
from quantities.quantity import EXACT, plain

_OTHER_BASE = re.compile("(?:(?<!同)比|[较超]|[高低快慢]于)(?!上一?学?年|去年|例|重|20[0-9][0-9]年|[0-9一二三四五六七八九十两]+年前)|环比|年均|连续|累计")
_MOVED = "(?:[多少高低快慢]|增加|减少|加快|放缓|回落|提[高升]|上升|下降|收窄|扩大)(?:出|了)?$"
_THAN = re.compile(f"(?<!同)[比较]((?!上一?学?年|去年|前年|同期|年初|计划|原|[0-9]{{4}}|[0-9一二三四五六七八九十两]+年)(?:[0-9—–至到-]{{1,6}}月份?|[^，,。；;0-9]{{2,10}}?)){_MOVED}")
_LAST_GROWTH = re.compile(f"(?<!同)[比较]((?:上年|去年)(?:全年|同期)?){_MOVED}")
_PLANNED = re.compile("[比较](?:年初|原定?|既定)?(?:计划|目标|预算)(?:数|任务)?(?:多|少|高|低|增加|减少|超)(?:出|了)?$")
_OF_YEAR, _ALL_TOLD = re.compile("全年|年内|[当本今去]年|[0-9]{4}年"), re.compile("累计|总|合计|共有?|[增达扩][到至大]|达到?")
_ABOVE = re.compile("(?:[高快多]|[低慢少])于([^，,。；;0-9]{2,14}?)$")
_BASE_YEAR, _AGO = re.compile("[比较](20[0-9][0-9])年"), re.compile("[比较]([0-9一二三四五六七八九十两]+年前)")


def derived(rows: Sequence[Figure]) -> tuple[Figure, ...]:
    """What follows from the rows of a ledger, in the order of their sentences."""
    out: list[Figure] = []
    for _, group in groupby(rows, key=lambda r: (r.document, r.sentence.start)):
        sentence = list(group)
        for finder in (_columns,) if sentence[0].sentence.kind == "row" else (_ends, _before, _grown, _other, together, part_of, whole_of, rest_of, halves, all_of, sectors):
            out += finder(sentence)
    return tuple(out)


def changes(a: Figure, b: Figure, row: Figure) -> Iterator[Figure]:
    """From A to B, told in `row`: the difference, the growth, and how many times A is B."""
    x, y = a.quantity, b.quantity
    if not exact_all(a, b) or x.base != y.base or x.low == y.low:
        return
    sign = 1 if y.low > x.low else -1
    years = b.period.year - a.period.year if a.period and b.period and a.period.year and b.period.year else 0
    gap = difference(x, y)
    less = f"{b.text} − {a.text}" if sign > 0 else f"{a.text} − {b.text}"
    if x.kind == "percent":
        yield made(row, percent(y.low - x.low, "个百分点"), y.low - x.low, "change", gap, less, years, direction=sign, change="change")
        return
    fine = x if x.precision < y.precision else y
    yield made(row, shown(y.low - x.low, fine), y.low - x.low, "change", gap, less, years, direction=sign, change="change")
    grown, times = growth(x, y), ratio(y, x)
    if grown is None or times is None or x.low <= 0 or x.kind == "age":
        return
    value = EXACT.divide(y.low, x.low)
    yield made(row, percent(EXACT.multiply(value - 1, HUNDRED)), EXACT.multiply(value - 1, HUNDRED), "change", grown, f"（{b.text} − {a.text}）÷ {a.text}", years, direction=sign, change="change")
    if value > 1:
        q = parse(f"{plain(value.quantize(Decimal('0.01'), context=EXACT))}倍")[0]
        yield made(row, q, value, "times", times, f"{b.text} ÷ {a.text}", direction=sign, change="level")
        more = parse(f"{plain((value - 1).quantize(Decimal('0.01'), context=EXACT))}倍")[0]
        yield made(row, more, value - 1, "change", Range(times.low - 1, times.high - 1), f"{b.text} ÷ {a.text} − 1", years, direction=sign, change="change")


def _ends(rows: list[Figure]) -> Iterator[Figure]:
    """从A增至B."""
    for b in rows:
        a = next((r for r in rows if r.quantity is b.counterpart), None) if b.quantity.role == "to" else None
        if a is not None:
            yield from changes(a, b, b)


def _columns(rows: list[Figure]) -> Iterator[Figure]:
    """A table row with the figures of two years."""
    dated = sorted(((r.period.year, r) for r in rows if r.period and r.period.year and r.period.level == 0 and r.change == "level" and r.quantity.start == 0), key=lambda p: p[0])
    if len(dated) == 2 and dated[0][0] < dated[1][0]:
        yield from changes(dated[0][1], dated[1][1], dated[1][1])


def _changed(rows: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Changes, each with the figure that changed: the one in the piece before, or before that one where only it is of the kind (312天,优良率85.5%,比上年增加9天)."""
    counted = counting(rows)
    for i, c in enumerate(counted):
        own = [b for b in reversed(counted[:i]) if pieces_apart(b, c) in (1, 2)]
        alike = [b for b in own if b.quantity.base == c.quantity.base or (b.quantity.kind, c.quantity.kind) == ("percent", "points") or b.quantity.kind == "rank" and c.quantity.measure in ("位", "名")]
        found = own if c.quantity.kind == "percent" else alike
        if found and (found[0] in alike or pieces_apart(found[0], c) == 1):
            yield found[0], c


def _named(row: Figure, other: Figure) -> bool:
    """Whether the piece of a change names by itself what changed, and that is not what another row counts: 企业增至51家,工业增加值增长10.4%."""
    low, _ = row.line.pieces[row.line.piece(row.quantity.start)]
    return any(w.noun and w.weight == 1.0 and low <= w.start < row.quantity.start and coverage(w.text, other.scope.near) < 0.6 for w in row.line.words)


def _before(rows: list[Figure]) -> Iterator[Figure]:
    """达B,比上年多C or 同比增长p%: what it was before, and the change in the other form."""
    for b, c in _changed(rows):
        left = piece_left(c.line, c.quantity)
        if b.quantity.role == "from" or c.change != "change" or not c.direction or _OTHER_BASE.search(left) or not exact_all(b, kinds=MEASURED | {"rank"}) or not exact_all(c, kinds=MEASURED | {"points"}) or b.change == "change" or _named(c, b):
            continue
        named, ago, year = _BASE_YEAR.search(left), _AGO.search(left), b.period.year if b.period else None
        base = int(named[1]) if named else year - 1 if year and not ago else None
        text = f"{base}年" if named else ago[1] if ago else "上年"
        then = Period(text, base * 10000 + 101, base * 10000 + 1231) if base else Period(text)
        x, y = b.quantity, c.quantity
        if x.kind == "rank":
            value = x.low + y.low * c.direction
            if y.kind == "count" and value >= 1:
                working = f"{b.text}，{'上升' if c.direction > 0 else '下降'}{c.text}"
                yield made(b, replace(x, text=f"第{plain(value)}{y.measure}", low=value, high=value, written=replace(x.written, mantissa=value)), value, "before", Range(value, value), working, period=then)
            continue
        if y.kind == "percent" and x.kind != "percent":
            rate = EXACT.divide(EXACT.multiply(y.low, Decimal(c.direction)), HUNDRED)
            if rate <= -1:
                continue
            span, p = written(x), written(y)
            ends = sorted(EXACT.divide(v, 1 + EXACT.divide(EXACT.multiply(w, Decimal(c.direction)), HUNDRED)) for v in (span.low, span.high) for w in (p.low, p.high))
            value, working = EXACT.divide(x.low, 1 + rate), f"{b.text} ÷ （1 {'+' if rate > 0 else '−'} {c.text}）"
            was = Range(ends[0], ends[-1])
            yield made(b, shown(x.low - value, x), x.low - value, "change", Range(span.low - was.high, span.high - was.low), f"{b.text} − {working}", direction=c.direction, change="change", period=c.period)
        elif (x.kind, y.kind) == ("percent", "points") or x.base == y.base and x.kind != "percent":
            value = x.low - y.low * c.direction
            was = difference(y, x) if c.direction > 0 else Range(written(x).low + written(y).low, written(x).high + written(y).high)
            working = f"{b.text} {'−' if c.direction > 0 else '+'} {c.text}"
            if was is not None and was.low > 0 and x.kind != "percent":
                p = EXACT.multiply(EXACT.divide(y.low, value), HUNDRED)
                ends = sorted(EXACT.multiply(EXACT.divide(v, w), HUNDRED) for v in (written(y).low, written(y).high) for w in (was.low, was.high))
                yield made(b, percent(p), p, "change", Range(ends[0], ends[-1]), f"{c.text} ÷ （{working}）", direction=c.direction, change="change", period=c.period)
        else:
            continue
        if was is not None:
            yield made(b, shown(value, x), value, "before", was, working, period=then, direction=0, change="level")


def _grown(rows: list[Figure]) -> Iterator[Figure]:
    """新增3000台,总产能达到8500台: how many there were before; 累计放款28亿元,其中今年9亿元: how much before this year."""
    counted = counting(rows)
    for a, b in zip(counted, counted[1:]):
        x, y = a.quantity, b.quantity
        if not exact_all(a, b) or x.base != y.base or x.measure != y.measure or x.kind == "percent" or x.role or y.role or pieces_apart(a, b) != 1:
            continue
        ahead, left = piece_left(a.line, x), piece_left(b.line, y)
        if y.low > x.low and (a.change == "new" or _OF_YEAR.search(ahead)) and _ALL_TOLD.search(left) and not left.startswith("其中"):
            year = a.period.year if a.period else None
            then = Period("上年", (year - 1) * 10000 + 101, (year - 1) * 10000 + 1231) if year else Period("上年")
            scope = replace(b.scope, near=a.scope.near + b.scope.near, apart=False)
            yield made(b, shown(y.low - x.low, y), y.low - x.low, "grown", difference(x, y), f"{b.text} − {a.text}", period=then, scope=scope, direction=0, change="level")
        elif x.low > y.low and left.startswith("其中") and _OF_YEAR.search(left) and _ALL_TOLD.search(ahead):
            yield made(a, shown(x.low - y.low, x), x.low - y.low, "earlier", difference(y, x), f"{a.text} − {b.text}", period=b.period, direction=0, change="level")


def _other(rows: list[Figure]) -> Iterator[Figure]:
    """设床位800张,比老院区多320张; 增长10.4%,高于全市2.7个百分点: what the other one has."""
    for b, c in _changed(rows):
        x, y, left = b.quantity, c.quantity, piece_left(c.line, c.quantity)
        m = _THAN.search(left) or b.change == "change" and _LAST_GROWTH.search(left) or _ABOVE.search(left) or _PLANNED.search(left)
        way = c.direction or (1 if m and m.group()[0] in "高快多" else -1)
        falls = b.change == "change" and b.direction < 0
        if not m or falls or not exact_all(b) or not exact_all(c, kinds=MEASURED | {"points"}) or not (x.base == y.base and x.kind != "percent" or (x.kind, y.kind) == ("percent", "points")):
            continue
        value, ours, more = x.low - y.low * way, written(x), written(y)
        span = Range(ours.low - more.high, ours.high - more.low) if way > 0 else Range(ours.low + more.low, ours.high + more.high)
        planned = {"status": "planned"} if m.re is _PLANNED else {}
        then = _base(m.group(1), b, c) if m.re in (_THAN, _LAST_GROWTH) else None
        scope = b.scope if planned or then else replace(b.scope, near=bare(m.group(1)) + bare(b.measure), last=b.scope.near if x.kind == "percent" else "", left="", topic="", apart=False)
        if value > 0:
            yield made(b, shown(value, x), value, "other", span, f"{b.text} {'−' if way > 0 else '+'} {c.text}", scope=scope, **planned, **({"period": then} if then else {}), **({} if b.change == "change" else {"direction": 0, "change": "level"}))  # as the figure itself: a growth is a growth


def _base(name: str, row: Figure, change: Figure) -> Period | None:
    """The time with which a change compares, None where it is something else: 上年全年, 一季度, 1—2月."""
    if name[:1] in "上去" and name[1:2] == "年":
        year = row.period.year - 1 if row.period and row.period.year else 0
        return Period(f"{year}年", year * 10000 + 101, year * 10000 + 1231) if year else Period("上年")
    date = next((f for f in change.line.figures if f.kind == "date" and f.text == name and f.end < change.quantity.start), None)
    return None if date is None else Period(name, int(date.low), int(date.high)) if date.low >= 10000000 else Period(name)
