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

from figures.arithmetic import HUNDRED, Range, difference, growth, ratio, scaled, total, written
from figures.ledger import Derivation, Figure
from figures.line import bare
from figures.period import Period
from quantities.parse import Quantity, parse
from quantities.quantity import EXACT, Written, plain

MEASURED = frozenset(("count", "money", "mass", "area", "length", "power", "energy", "volume", "rate", "percent", "duration", "temperature", "age"))
_ONE = Decimal(1)
_OTHER_BASE = re.compile("(?:[比较超]|[高低快慢]于)(?!上一?学?年|去年|例|重|20[0-9][0-9]年)|环比|年均|连续|累计")
_THAN = re.compile("[比较]((?!上一?学?年|去年|前年|同期|年初|计划|原|[0-9])[^，,。；;0-9]{2,10}?)(?:多|少|高|低|增加|减少)(?:出|了)?$")
_ABOVE = re.compile("(?:[高快多]|[低慢少])于([^，,。；;0-9]{2,14}?)$")
_BASE_YEAR = re.compile("[比较](20[0-9][0-9])年")
_PART = re.compile("占(?:比|到|了)?(?:达到?|为|约)?$")
_OF = re.compile("占(?:了|到)?([^，,。；;0-9]{2,12}?)的?$")
_OWN = re.compile("其中|已|完成|办结|解决|整改|销号")
_RATIO, _SECTORS = re.compile(r"[0-9.]+(?:[:：∶][0-9.]+){2}"), re.compile("(?:三次|一二三次?)产业")
_REST = re.compile("^(?:其余|其他|剩余|余下|剩下)[^0-9]*$")
_EACH = re.compile("人均|户均|每[人户家个]$")


def derived(rows: Sequence[Figure]) -> tuple[Figure, ...]:
    """What follows from the rows of a ledger, in the order of their sentences."""
    out: list[Figure] = []
    for _, group in groupby(rows, key=lambda r: (r.document, r.sentence.start)):
        sentence = list(group)
        for finder in (_columns,) if sentence[0].sentence.kind == "row" else (_ends, _before, _other, _sums, _parts, _whole, _rest, _each, _sectors):
            out += finder(sentence)
    return tuple(out)


def shown(value: Decimal, like: Quantity) -> Quantity:
    """A value as a figure in the unit of another and with its decimals.

    >>> shown(Decimal(360000), parse("348万标箱")[0]).text
    '36万标箱'
    """
    step = EXACT.multiply(like.written.scale, like.written.factor)
    digits = max(0, -int(like.written.mantissa.as_tuple().exponent))
    exact = EXACT.divide(value, step)
    mantissa = plain(exact.quantize(_ONE.scaleb(-digits if plain(exact) == plain(exact.quantize(_ONE.scaleb(-digits), context=EXACT)) else -digits - 1), context=EXACT))
    value = abs(value)
    return replace(like, text=f"{abs(mantissa)}{like.unit}", low=value, high=value, hedge="", role="", written=Written(abs(mantissa), like.written.scale, like.written.factor))


def _percent(value: Decimal, unit: str = "%") -> Quantity:
    text = plain(abs(value).quantize(Decimal("0.1" if abs(value) >= 1 else "0.01"), context=EXACT))
    return parse(f"{text}{unit}")[0]


def _made(row: Figure, q: Quantity, value: Decimal, kind: str, span: Range, working: str, years: int = 0, **changes: object) -> Figure:
    """A row that follows from another, of a value without sign. span: the values that it may have; years: as in `Derivation`."""
    if span.high < 0:
        span = Range(-span.high, -span.low)
    return replace(row, quantity=q, counterpart=None, derivation=Derivation(kind, abs(value), span, f"{working} ＝ {q.text}", years), **changes)


def _plain(*rows: Figure, kinds: frozenset[str] = MEASURED) -> bool:
    return all(r.quantity.kind in kinds and not r.quantity.hedge and r.quantity.low == r.quantity.high for r in rows)


def changes(a: Figure, b: Figure, row: Figure) -> Iterator[Figure]:
    """From A to B, told in `row`: the difference, the growth, and how many times A is B."""
    x, y = a.quantity, b.quantity
    if not _plain(a, b) or x.base != y.base or x.low == y.low:
        return
    sign = 1 if y.low > x.low else -1
    years = b.period.year - a.period.year if a.period and b.period and a.period.year and b.period.year else 0
    gap = difference(x, y)
    less = f"{b.text} − {a.text}" if sign > 0 else f"{a.text} − {b.text}"
    if x.kind == "percent":
        yield _made(row, _percent(y.low - x.low, "个百分点"), y.low - x.low, "change", gap, less, years, direction=sign, change="change")
        return
    fine = x if x.precision < y.precision else y
    yield _made(row, shown(y.low - x.low, fine), y.low - x.low, "change", gap, less, years, direction=sign, change="change")
    grown, times = growth(x, y), ratio(y, x)
    if grown is None or times is None or x.low <= 0 or x.kind == "age":
        return
    value = EXACT.divide(y.low, x.low)
    yield _made(row, _percent(EXACT.multiply(value - 1, HUNDRED)), EXACT.multiply(value - 1, HUNDRED), "change", grown, f"（{b.text} − {a.text}）÷ {a.text}", years, direction=sign, change="change")
    if value > 1:
        q = parse(f"{plain(value.quantize(Decimal('0.01'), context=EXACT))}倍")[0]
        yield _made(row, q, value, "times", times, f"{b.text} ÷ {a.text}", direction=sign, change="level")
        more = parse(f"{plain((value - 1).quantize(Decimal('0.01'), context=EXACT))}倍")[0]
        yield _made(row, more, value - 1, "change", Range(times.low - 1, times.high - 1), f"{b.text} ÷ {a.text} − 1", years, direction=sign, change="change")


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


def _next(rows: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of rows that stand in one piece after the other of a clause."""
    counted = _counted(rows)
    return ((a, b) for a, b in zip(counted, counted[1:]) if _apart(a, b) == 1)


def _counted(rows: list[Figure]) -> list[Figure]:
    """The rows that say how many or how long, not when: 接电42天, but not 3年来."""
    return [r for r in rows if r.quantity.kind not in ("date", "time") and r.quantity.dimension != "months"]


def _apart(a: Figure, b: Figure) -> int | None:
    """How many pieces a row stands behind another of its clause; None where it stands in another clause."""
    line = a.line
    return line.piece(b.quantity.start) - line.piece(a.quantity.start) if line is b.line and line.clause(a.quantity.start) == line.clause(b.quantity.start) else None


def _changed(rows: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Changes, each with the figure that changed: the one in the piece before, or before that one where only it is of the kind (312天,优良率85.5%,比上年增加9天)."""
    counted = _counted(rows)
    for i, c in enumerate(counted):
        own = [b for b in reversed(counted[:i]) if _apart(b, c) in (1, 2)]
        alike = [b for b in own if b.quantity.base == c.quantity.base or (b.quantity.kind, c.quantity.kind) == ("percent", "points") or b.quantity.kind == "rank" and c.quantity.measure in ("位", "名")]
        found = own if c.quantity.kind == "percent" else alike
        if found and (found[0] in alike or _apart(found[0], c) == 1):
            yield found[0], c


def piece_left(row: Figure) -> str:
    """What stands before a row's figure in its piece."""
    return row.line.text[row.line.pieces[row.line.piece(row.quantity.start)][0]:row.quantity.start]


def _named(row: Figure) -> bool:
    """Whether the piece of a change names by itself what changed: 企业增至51家,工业增加值增长10.4%."""
    low, _ = row.line.pieces[row.line.piece(row.quantity.start)]
    return any(w.noun and w.weight == 1.0 and low <= w.start < row.quantity.start for w in row.line.words)


def _before(rows: list[Figure]) -> Iterator[Figure]:
    """达B,比上年多C or 同比增长p%: what it was before, and the change in the other form."""
    for b, c in _changed(rows):
        left = piece_left(c)
        if b.quantity.role == "from" or c.change != "change" or not c.direction or _OTHER_BASE.search(left) or not _plain(b, kinds=MEASURED | {"rank"}) or not _plain(c, kinds=MEASURED | {"points"}) or b.change == "change" or _named(c):
            continue
        named, year = _BASE_YEAR.search(left), b.period.year if b.period else None
        base = int(named.group(1)) if named else year - 1 if year else None
        text = f"{base}年" if named else "上年"
        then = Period(text, base * 10000 + 101, base * 10000 + 1231) if base else Period(text)
        x, y = b.quantity, c.quantity
        if x.kind == "rank":
            value = x.low + y.low * c.direction
            if y.kind == "count" and value >= 1:
                working = f"{b.text}，{'上升' if c.direction > 0 else '下降'}{c.text}"
                yield _made(b, replace(x, text=f"第{plain(value)}{y.measure}", low=value, high=value, written=replace(x.written, mantissa=value)), value, "before", Range(value, value), working, period=then)
            continue
        if y.kind == "percent" and x.kind != "percent":
            rate = EXACT.divide(EXACT.multiply(y.low, Decimal(c.direction)), HUNDRED)
            if rate <= -1:
                continue
            span, p = written(x), written(y)
            ends = sorted(EXACT.divide(v, 1 + EXACT.divide(EXACT.multiply(w, Decimal(c.direction)), HUNDRED)) for v in (span.low, span.high) for w in (p.low, p.high))
            value, working = EXACT.divide(x.low, 1 + rate), f"{b.text} ÷ （1 {'+' if rate > 0 else '−'} {c.text}）"
            was = Range(ends[0], ends[-1])
            yield _made(b, shown(x.low - value, x), x.low - value, "change", Range(span.low - was.high, span.high - was.low), f"{b.text} − {working}", direction=c.direction, change="change", period=c.period)
        elif (x.kind, y.kind) == ("percent", "points") or x.base == y.base and x.kind != "percent":
            value = x.low - y.low * c.direction
            was = difference(y, x) if c.direction > 0 else Range(written(x).low + written(y).low, written(x).high + written(y).high)
            working = f"{b.text} {'−' if c.direction > 0 else '+'} {c.text}"
            if was is not None and was.low > 0 and x.kind != "percent":
                p = EXACT.multiply(EXACT.divide(y.low, value), HUNDRED)
                ends = sorted(EXACT.multiply(EXACT.divide(v, w), HUNDRED) for v in (written(y).low, written(y).high) for w in (was.low, was.high))
                yield _made(b, _percent(p), p, "change", Range(ends[0], ends[-1]), f"{c.text} ÷ （{working}）", direction=c.direction, change="change", period=c.period)
        else:
            continue
        if was is not None:
            yield _made(b, shown(value, x), value, "before", was, working, period=then, direction=0, change="level")


def _other(rows: list[Figure]) -> Iterator[Figure]:
    """设床位800张,比老院区多320张; 增长10.4%,高于全市2.7个百分点: what the other one has."""
    for b, c in _changed(rows):
        x, y, left = b.quantity, c.quantity, piece_left(c)
        m = _THAN.search(left) or _ABOVE.search(left)
        way = c.direction or (1 if m and m.group()[0] in "高快多" else -1)
        falls = b.change == "change" and b.direction < 0
        if not m or falls or not _plain(b) or not _plain(c, kinds=MEASURED | {"points"}) or not (x.base == y.base and x.kind != "percent" or (x.kind, y.kind) == ("percent", "points")):
            continue
        value, ours, more = x.low - y.low * way, written(x), written(y)
        span = Range(ours.low - more.high, ours.high - more.low) if way > 0 else Range(ours.low + more.low, ours.high + more.high)
        scope = replace(b.scope, near=bare(m.group(1)) + bare(b.measure), last=b.scope.near if x.kind == "percent" else "", left="", topic="", apart=False)
        if value > 0:
            yield _made(b, shown(value, x), value, "other", span, f"{b.text} {'−' if way > 0 else '+'} {c.text}", scope=scope, **({} if b.change == "change" else {"direction": 0, "change": "level"}))  # as the figure itself: a growth is a growth


def _sums(rows: list[Figure]) -> Iterator[Figure]:
    """补贴公交6.9亿元、轨道交通11.3亿元: both together."""
    for a, b in zip(rows, rows[1:]):
        x, y = a.quantity, b.quantity
        joint = a.line.text[x.end:y.start]
        if not _plain(a, b) or a.line is not b.line or x.base != y.base or x.measure != y.measure or x.kind in ("percent", "duration", "temperature", "age") or x.role or y.role or a.change != b.change or a.change == "change":
            continue
        if joint[:1] not in ("、", "和", "与", ",", "，") or "其中" in joint or any(r.quantity.base == x.base and r not in (a, b) and r.line is a.line for r in rows):
            continue
        scope = replace(b.scope, near=a.scope.near + b.scope.near, apart=False)
        yield _made(b, shown(x.low + y.low, x), x.low + y.low, "product", total([x, y]), f"{a.text} + {b.text}", scope=scope, direction=0, change="total")


def _parts(rows: list[Figure]) -> Iterator[Figure]:
    """读者21.6万人,其中60岁以上的占34%: how many those are."""
    for i, p in enumerate(rows):
        whole = next((r for r in reversed(rows[:i]) if r.quantity.kind != "age"), None)
        left = piece_left(p)
        if whole is None or p.quantity.kind != "percent" or not _PART.search(left) or len(left) < 4 or not _plain(whole, p) or whole.quantity.kind == "percent":
            continue
        number = p.line.piece(p.quantity.start) - p.line.piece(whole.quantity.start)
        if number != 1 or whole.line is not p.line or whole.line.clause(whole.quantity.start) != p.line.clause(p.quantity.start) or not re.search("[一-鿿]{2}", re.sub("其中|占比?", "", left)):
            continue
        value = EXACT.divide(EXACT.multiply(whole.quantity.low, p.quantity.low), HUNDRED)
        scope = replace(p.scope, near=p.scope.near + bare(whole.measure))
        yield _made(p, shown(value, whole.quantity), value, "part", scaled(whole.quantity, p.quantity), f"{whole.text} × {p.text}", change="level", direction=0, scope=scope)


def _whole(rows: list[Figure]) -> Iterator[Figure]:
    """投资2.4亿元,占总投资的六成: the whole."""
    for v, p in _next(rows):
        m = _OF.search(piece_left(p))
        if not m or p.quantity.kind != "percent" or not _plain(v, p) or v.quantity.kind == "percent" or not p.quantity.low:
            continue
        span, share = written(v.quantity), written(p.quantity)
        value = EXACT.divide(EXACT.multiply(v.quantity.low, HUNDRED), p.quantity.low)
        scope = replace(v.scope, near=bare(m.group(1)), last=v.scope.near, apart=False)
        yield _made(v, shown(value, v.quantity), value, "whole", Range(EXACT.divide(span.low * HUNDRED, share.high), EXACT.divide(span.high * HUNDRED, share.low)), f"{v.text} ÷ {p.text}", change="level", direction=0, scope=scope)


def _sectors(rows: list[Figure]) -> Iterator[Figure]:
    """三次产业结构为8.1:43.5:48.4: the share of each of the three."""
    for row in rows:
        parts = [Decimal(p) for p in re.split("[:：∶]", row.quantity.text)] if row.quantity.kind == "ratio" and _RATIO.fullmatch(row.quantity.text) else []
        if len(parts) != 3 or abs(sum(parts) - HUNDRED) > 1 or not _SECTORS.search(row.scope.near + row.scope.last + row.measure):
            continue
        for name, short, share in zip(("第一产业", "第二产业", "第三产业"), ("一产", "二产", "三产"), parts):
            scope = replace(row.scope, near=f"{name}{short}增加值占比占地区生产总值比重", last="", left="", right="", apart=False)
            yield _made(row, replace(parse(f"{share}%")[0], role=row.quantity.role), share, "share", Range(share, share), f"三次产业结构{row.text}", scope=scope, change="level", direction=0, measure=f"{name}占比")


def _rest(rows: list[Figure]) -> Iterator[Figure]:
    """86个泊位中已有69个; 180万元,其中街道出资60万元,其余由财政承担: what is left."""
    counted = _counted(rows)
    for whole, part in zip(counted, counted[1:]):
        line, x, y = whole.line, whole.quantity, part.quantity
        if not _plain(whole, part) or line is not part.line or x.base != y.base or x.measure != y.measure or x.kind == "percent" or x.low <= y.low or x.role or y.role or part.change == "change":
            continue
        between = line.text[x.end:y.start]
        if not _OWN.search(between) and "中" not in between or len(between) > 30 or line.clause(x.start) != line.clause(y.start):
            continue
        number = line.piece(y.start) + 1
        s, e = line.pieces[number] if number < len(line.pieces) else (0, 0)
        named = _REST.match(line.text[s:e])
        others = any(f.base == x.base and f.start > y.start and f.start < line.clause(y.start)[1] for f in line.figures)
        if others:
            continue
        scope = replace(part.scope, near=bare(line.text[s:e]) + bare(whole.measure), last=part.scope.left, apart=False) if named else part.scope
        yield _made(part, shown(x.low - y.low, x), x.low - y.low, "named rest" if named else "rest", difference(y, x), f"{whole.text} − {part.text}", scope=scope, change="level", direction=0, status="")


def _each(rows: list[Figure]) -> Iterator[Figure]:
    """学生214名,人均2500元: the sum of all."""
    for n, v in _next(rows):
        if not _EACH.search(piece_left(v)) and not v.quantity.text.startswith(("人均", "户均")) or not _plain(n, v) or n.quantity.measure not in "人名位户" or n.quantity.kind != "count" or v.quantity.kind not in ("money", "count", "mass", "area"):
            continue
        value = EXACT.multiply(n.quantity.low, v.quantity.low)
        times = EXACT.divide(value, Decimal(10000))
        q = parse(f"{plain(times)}万{v.quantity.measure}")[0] if v.quantity.kind == "money" and times >= 1 else shown(value, v.quantity)
        x, y = written(n.quantity), written(v.quantity)
        yield _made(n, replace(q, per=""), value, "product", Range(EXACT.multiply(x.low, y.low), EXACT.multiply(x.high, y.high)), f"{n.text} × {v.text}", change="total", direction=0)
