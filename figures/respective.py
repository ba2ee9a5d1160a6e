"""分别: which item of a list each of several figures belongs to. 城镇、农村居民收入分别增长4.9%和7.0%; 收入A,利润B,分别增长8.2%和12.4%."""
from __future__ import annotations

import re

from figures.line import Line, Span
from quantities.parse import Quantity

_JOINT = re.compile("、|和|与|及|,|，")


def items(line: Line, q: Quantity) -> tuple[list[Span], int, int, int]:
    """The items before 分别 as spans, which of them a figure belongs to, where 分别 ends and where the first figure behind it begins; ([], -1, 0, 0) elsewhere."""
    start, end = line.clause(q.start)
    at = line.text.rfind("分别", start, q.start)
    if at < 0:
        return [], -1, 0, 0
    figures = [f for f in line.figures if at < f.start < end and f.dimension == q.dimension]
    if q not in figures or len(figures) < 2:
        return [], -1, 0, 0
    before = [(s, e) for s, e in line.pieces if start <= s < at and e <= at + 2]
    counted = [(s, next(f.start for f in line.figures if s <= f.start < e and f.kind not in ("date", "time"))) for s, e in before
               if any(s <= f.start < e and f.kind not in ("date", "time") for f in line.figures)]
    if len(counted) >= len(figures) and not re.search("[一-鿿]{2}", line.text[before[-1][1]:at]):
        found = counted[-len(figures):]
    else:
        low = max([start, *(e for s, e in line.pieces if e <= at and re.search("[一-鿿]", line.text[e:at]))])
        found, last = [], low
        for m in [*_JOINT.finditer(line.text, low, at), None]:
            stop = m.start() if m else at
            if line.text[last:stop].strip(" ,，、:："):
                found.append((last, stop))
            last = m.end() if m else at
    return (found, figures.index(q), at + 2, figures[0].start) if len(found) == len(figures) else ([], -1, 0, 0)


def respective(line: Line, q: Quantity) -> str:
    """The words that belong to one of several figures after 分别: its own item of the list before, without the heads of the others; "" elsewhere.

    >>> line = Line.read("城镇、农村居民人均可支配收入分别增长4.9%和7.0%")
    >>> [respective(line, q) for q in line.figures]
    ['城镇居民人均可支配收入增长', '农村居民人均可支配收入增长']
    >>> line = Line.read("营业收入64.3亿元,净利润7.15亿元,分别增长8.2%和12.4%")
    >>> [respective(line, q) for q in line.figures[2:]]
    ['营业收入增长', '净利润增长']
    """
    spans, number, low, high = items(line, q)
    if number < 0:
        return ""
    names = [line.text[s:e].strip(" ,，、:：") for s, e in spans]
    own, final = names[number], names[-1]
    counted = any(spans[-1][1] == f.start for f in line.figures)
    rest = "" if counted or number == len(names) - 1 or len(own) >= len(final) else final[len(own):]
    return own + rest + line.text[low:high]


def foreign_items(line: Line, q: Quantity) -> tuple[Span, ...]:
    """The items of a 分别 list that belong to other figures: their words say nothing of this one.

    >>> line = Line.read("收入、利润分别增长8%和12%")
    >>> [line.text[s:e] for s, e in foreign_items(line, line.figures[1])]
    ['收入']
    """
    spans, number, _, _ = items(line, q)
    if number < 0:
        return ()
    own = spans[number][1] - spans[number][0]
    out = []
    for i, (s, e) in enumerate(spans):
        if i != number:
            out.append((s, min(e, s + own) if i == len(spans) - 1 and e - s > own else e))
    return tuple(out)
