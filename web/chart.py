"""Ledger rows → a small bar chart in SVG, where their figures compare: of one unit, or from one end to the other.

Bars are drawn to scale from nought by the written number, whatever its hedge. Widths are percentages, so that the words keep their size
at every width. What a bar says stands beside it, and all of it once more in the chart's description.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.export import clip
from figures.ledger import Figure
from web.escape import text

MOST = 20
LABEL = 44        # columns of a label: 22 wide characters
BAR = 70          # per cent of the width that the longest bar takes, the rest is its figure's
PAIRS = "从…到…"
NOT_DRAWN = frozenset(("date", "time", "rank", "ordinal", "grade", "duration", "age"))
DIMENSIONS = {"money": "金额（元）", "percent": "百分比", "points": "百分点", "multiple": "倍数", "length": "长度", "area": "面积", "mass": "重量", "volume": "体积", "power": "功率", "energy": "能量"}


@dataclass(frozen=True)
class Bar:
    """label: what it is. shown: the figure as written. size: its magnitude in the base unit. falls: a fall or a negative number. second: of a pair, the end."""

    label: str
    shown: str
    size: Decimal
    falls: bool = False
    second: bool = False


def unit_of(row: Figure) -> str:
    """The name under which a row's figure compares with others: 家, 金额（元）, 面积 …; "" for what is not drawn."""
    q = row.quantity
    if q.kind in NOT_DRAWN or not q.point.is_finite():
        return ""
    return q.measure if q.dimension == "count" else DIMENSIONS.get(q.dimension, q.unit)


def units(rows: Iterable[Figure]) -> list[tuple[str, int]]:
    """Under which names two figures or more compare, and how many; the most first, and before them the pairs where there are any."""
    rows = list(rows)
    found = [(unit, n) for unit, n in Counter(filter(None, map(unit_of, rows))).most_common() if n > 1]
    pairs = len(pairs_of(rows))
    return [*([(PAIRS, pairs)] if pairs else []), *found]


def pairs_of(rows: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """The pairs "from A to B" of which both ends are rows."""
    rows = list(rows)
    ends = {(r.document, r.sentence.start, r.quantity.start): r for r in rows if r.quantity.role == "from"}
    found = [(ends.get((r.document, r.sentence.start, r.counterpart.start)), r) for r in rows if r.quantity.role == "to" and r.counterpart is not None and unit_of(r)]
    return [(a, b) for a, b in found if a is not None]


def label_of(row: Figure) -> str:
    """What a row counts, and whose it is where that says more."""
    return " · ".join(filter(None, [row.measure, row.subject if row.subject not in row.measure else ""]))


def bar(row: Figure, second: bool = False) -> Bar:
    return Bar(label_of(row), row.shown, abs(row.quantity.point), row.direction < 0 or row.quantity.point < 0, second)


def share(size: Decimal, most: Decimal) -> str:
    """The width of a bar in per cent; what is not nought can be seen.

    >>> share(Decimal(61), Decimal(75)), share(Decimal(1), Decimal(9000)), share(Decimal(0), Decimal(0))
    ('56.9', '0.3', '0.0')
    """
    return f"{max(float(size / most) * BAR, 0.3) if size else 0:.1f}"


def drawn(groups: Sequence[Sequence[Bar]], title: str, note: str) -> str:
    """Groups of bars, each under one label, as a figure. A group is drawn on the scale of all where it has one bar, else on its own."""
    most = max((b.size for group in groups for b in group), default=Decimal(0))
    parts, told, y = [], [], 0
    for group in groups:
        scale = most if len(group) == 1 else max(b.size for b in group)
        parts.append(f'<text class="label" x="0" y="{y + 14}">{text(clip(group[0].label, LABEL).strip())}</text>')
        y += 20
        for b in group:
            kind = " ".join(filter(None, ["bar", "falls" if b.falls else "", "second" if b.second else ""]))
            width = share(b.size, scale)
            parts.append(f'<rect class="{kind}" x="0" y="{y}" width="{width}%" height="14" rx="2"/><text class="shown" x="{width}%" dx="6" y="{y + 12}">{"↓" if b.falls else ""}{text(b.shown)}</text>')
            y += 18
        told.append(f"{group[0].label}：{'到'.join(b.shown for b in group)}")
        y += 8
    described = f"{title}。" + "；".join(told)
    return (f'<figure class="chart"><svg role="img" aria-label="{text(described)}" width="100%" height="{y}">{"".join(parts)}</svg>'
            f"<figcaption>{text(note)}</figcaption></figure>")


def chart(rows: Iterable[Figure], unit: str) -> str:
    """The chart of one of `units`; "" where fewer than two figures, or no pair, are to be drawn."""
    rows = list(rows)
    if unit == PAIRS:
        pairs = pairs_of(rows)
        note = f"共 {len(pairs)} 组，每组按自己的较大值画，先起点后终点。" + (f"只画前 {MOST} 组。" if len(pairs) > MOST else "")
        return drawn([(bar(a), bar(b, True)) for a, b in pairs[:MOST]], "从多少到多少", note) if pairs else ""
    bars = sorted((bar(row) for row in rows if unit_of(row) == unit), key=lambda b: -b.size)
    note = f"共 {len(bars)} 个数字，从大到小。" + (f"只画前 {MOST} 个。" if len(bars) > MOST else "")
    return drawn([(b,) for b in bars[:MOST]], unit, note) if len(bars) > 1 else ""
