"""Sums and parts: what two items make together, how many a share is, the whole of a part, what is left of a whole, all of a count with so much each."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from figures.arithmetic import HUNDRED, Range, difference, scaled, total, written
from figures.around import piece_left
from figures.ledger import Figure
from figures.line import bare
from figures.made import counting, exact_all, following, made, shown
from figures.respective import PAIRED
from quantities.parse import parse
from quantities.quantity import EXACT, plain

_PART = re.compile("占(?:比|到|了)?(?:达到?|为|约)?$")
_OF = re.compile("占(?:了|到)?([^，,。；;0-9]{2,12}?)的?$")
_OWN = re.compile("其中|已|完成|办结|解决|整改|销号")
_RATIO, _SECTORS = re.compile(r"[0-9.]+(?:[:：∶][0-9.]+){2}"), re.compile("(?:三次|一二三次?)产业")
_REST = re.compile("^(?:其余|其他|剩余|余下|剩下)[^0-9]*$")
_EACH = re.compile("人均|户均|每[人户家个]$")


def together(rows: list[Figure]) -> Iterator[Figure]:
    """补贴公交6.9亿元、轨道交通11.3亿元: both together."""
    for a, b in zip(rows, rows[1:]):
        x, y = a.quantity, b.quantity
        joint = a.line.text[x.end:y.start]
        if not exact_all(a, b) or a.line is not b.line or x.base != y.base or x.measure != y.measure or x.kind in ("percent", "duration", "temperature", "age") or x.role or y.role or a.change != b.change or a.change == "change":
            continue
        if joint[:1] not in ("、", "和", "与", ",", "，") or "其中" in joint or any(r.quantity.base == x.base and r not in (a, b) and r.line is a.line for r in rows):
            continue
        scope = replace(b.scope, near=a.scope.near + b.scope.near, apart=False)
        yield made(b, shown(x.low + y.low, x), x.low + y.low, "product", total([x, y]), f"{a.text} + {b.text}", scope=scope, direction=0, change="total")


def part_of(rows: list[Figure]) -> Iterator[Figure]:
    """读者21.6万人,其中60岁以上的占34%: how many those are."""
    for i, p in enumerate(rows):
        whole = next((r for r in reversed(rows[:i]) if r.quantity.kind != "age"), None)
        left = piece_left(p.line, p.quantity)
        if whole is None or p.quantity.kind != "percent" or not _PART.search(left) or len(left) < 4 or not exact_all(whole, p) or whole.quantity.kind == "percent":
            continue
        number = p.line.piece(p.quantity.start) - p.line.piece(whole.quantity.start)
        if number != 1 or whole.line is not p.line or whole.line.clause(whole.quantity.start) != p.line.clause(p.quantity.start) or not re.search("[一-鿿]{2}", re.sub("其中|占比?", "", left)):
            continue
        value = EXACT.divide(EXACT.multiply(whole.quantity.low, p.quantity.low), HUNDRED)
        scope = replace(p.scope, near=p.scope.near + bare(whole.measure))
        yield made(p, shown(value, whole.quantity), value, "part", scaled(whole.quantity, p.quantity), f"{whole.text} × {p.text}", change="level", direction=0, scope=scope)


def whole_of(rows: list[Figure]) -> Iterator[Figure]:
    """投资2.4亿元,占总投资的六成: the whole."""
    for v, p in following(rows):
        m = _OF.search(piece_left(p.line, p.quantity))
        if not m or p.quantity.kind != "percent" or not exact_all(v, p) or v.quantity.kind == "percent" or not p.quantity.low:
            continue
        span, share = written(v.quantity), written(p.quantity)
        value = EXACT.divide(EXACT.multiply(v.quantity.low, HUNDRED), p.quantity.low)
        scope = replace(v.scope, near=bare(m.group(1)), last=v.scope.near, apart=False)
        yield made(v, shown(value, v.quantity), value, "whole", Range(EXACT.divide(span.low * HUNDRED, share.high), EXACT.divide(span.high * HUNDRED, share.low)), f"{v.text} ÷ {p.text}", change="level", direction=0, scope=scope)


def sectors(rows: list[Figure]) -> Iterator[Figure]:
    """三次产业结构为8.1:43.5:48.4: the share of each of the three."""
    for row in rows:
        parts = [Decimal(p) for p in re.split("[:：∶]", row.quantity.text)] if row.quantity.kind == "ratio" and _RATIO.fullmatch(row.quantity.text) else []
        if len(parts) != 3 or abs(sum(parts) - HUNDRED) > 1 or not _SECTORS.search(row.scope.near + row.scope.last + row.measure):
            continue
        for name, short, share in zip(("第一产业", "第二产业", "第三产业"), ("一产农业", "二产", "三产服务业"), parts):
            scope = replace(row.scope, near=f"{name}{short}增加值占比占地区生产总值比重", last="", left="", right="", apart=False)
            yield made(row, replace(parse(f"{share}%")[0], role=row.quantity.role), share, "share", Range(share, share), f"三次产业结构{row.text}", scope=scope, change="level", direction=0, measure=f"{name}占比")


def rest_of(rows: list[Figure]) -> Iterator[Figure]:
    """86个泊位中已有69个; 180万元,其中街道出资60万元,其余由财政承担: what is left."""
    counted = counting(rows)
    for whole, part in zip(counted, counted[1:]):
        line, x, y = whole.line, whole.quantity, part.quantity
        if not exact_all(whole, part) or line is not part.line or x.base != y.base or x.measure != y.measure or x.kind == "percent" or x.low <= y.low or x.role or y.role or part.change == "change":
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
        yield made(part, shown(x.low - y.low, x), x.low - y.low, "named rest" if named else "rest", difference(y, x), f"{whole.text} − {part.text}", scope=scope, change="level", direction=0, status="")


def halves(rows: list[Figure]) -> Iterator[Figure]:
    """进出口总额187.5亿元,增长13%,其中出口141.3亿元: the imports; the same of every word that stands for two."""
    counted = [r for r in counting(rows) if r.quantity.kind not in ("percent", "points")]
    for whole, part in zip(counted, counted[1:]):
        x, y, own = whole.quantity, part.quantity, piece_left(part.line, part.quantity)
        both = next((pair for word, pair in PAIRED.items() if word in piece_left(whole.line, x) and word not in own), ())
        told = [half for half in both if half in own]
        if len(told) != 1 or not exact_all(whole, part) or x.base != y.base or x.low <= y.low or whole.line is not part.line:
            continue
        other = both[1 - both.index(told[0])]
        if not any(f.base == x.base and f.start > y.start and other in piece_left(whole.line, f) for f in whole.line.figures):
            scope = replace(part.scope, near=f"{other}{other}额{other}总额", last="", left="", apart=False)
            yield made(part, shown(x.low - y.low, x), x.low - y.low, "half", difference(y, x), f"{whole.text} − {part.text}", scope=scope, change="level", direction=0)


def all_of(rows: list[Figure]) -> Iterator[Figure]:
    """学生214名,人均2500元: the sum of all."""
    for n, v in following(rows):
        if not _EACH.search(piece_left(v.line, v.quantity)) and not v.quantity.text.startswith(("人均", "户均")) or not exact_all(n, v) or n.quantity.measure not in "人名位户" or n.quantity.kind != "count" or v.quantity.kind not in ("money", "count", "mass", "area"):
            continue
        value = EXACT.multiply(n.quantity.low, v.quantity.low)
        times = EXACT.divide(value, Decimal(10000))
        q = parse(f"{plain(times)}万{v.quantity.measure}")[0] if v.quantity.kind == "money" and times >= 1 else shown(value, v.quantity)
        x, y = written(n.quantity), written(v.quantity)
        yield made(n, replace(q, per=""), value, "product", Range(EXACT.multiply(x.low, y.low), EXACT.multiply(x.high, y.high)), f"{n.text} × {v.text}", change="total", direction=0)
