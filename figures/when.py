"""The figures of a claim that only say when the others hold, or how many were named: their verdicts, by the figures that they govern."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.align import Book
from figures.ledger import Figure
from figures.line import Line
from figures.period import period_of, periods
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from quantities.parse import Quantity


def times(line: Line) -> list[Quantity]:
    """The figures of a claim that only say when: years, and spans like 3年来, 3年前的."""
    spans = {(s, e) for s, e, _ in periods(line)}
    return [q for q in line.figures if apposed(q, line) or q.kind == "date" and (q.date is None or q.date.month is None) or q.kind == "duration" and ((q.start, q.end) in spans or line.text[q.end:q.end + 2] == "前的")]


def apposed(q: Quantity, line: Line) -> bool:
    """Whether a count only says how many were named right before it: 江西、湖南两省.

    >>> line = Line.read("江西、湖南两省合计5家")
    >>> [apposed(q, line) for q in line.figures]
    [True, False]
    """
    named = re.search("(?:[一-鿿]{2,6}、)*[一-鿿]{2,6}[、和与及][一-鿿]{2,6}$", line.text[:q.start])
    return bool(named) and q.kind in ("count", "number") and not q.text[0].isdigit() and q.low == len(re.split("[、和与及]", named.group()))


def governs(when: Quantity, q: Quantity, line: Line) -> bool:
    period = period_of(line, q)
    return period is not None and period.text == when.text or when.kind == "count" and line.piece(q.start) == line.piece(when.start)


def based(when: Quantity, line: Line) -> bool:
    """Whether a date is what a change is counted from: 比2019年."""
    return when.kind == "date" and when.low >= 10000000 and bool(re.search("(?<![占同环])比$|[较与同]$", line.text[:when.start])) and not re.match("(?:上|去|前(?!年)|本|今|年)", when.text)


def apart(when: Quantity, line: Line, rows: Sequence[Figure], book: Book) -> tuple[str, str, Figure | None] | None:
    """The verdict of a year that governs no figure (比2019年增加, 力争2025年前), by the sentences of the rows that hold: their own dates, else the year before the rows'; None where they say nothing of it."""
    since, year = based(when, line), int(when.low // 10000)
    rows = [row for row in rows if row.quantity.kind not in ("date", "time")]
    if not rows or when.low < 10000000 or not (since or re.match("(?:19|20)..年|[一二]...年|大?前年", when.text)):
        return None
    dates = [(f, row) for row in rows for f in row.line.figures if f.kind == "date" and f.low >= 10000000 and (not since or based(f, row.line))]
    if held := next((row for f, row in dates if f.low // 10000 <= year <= f.high // 10000), None):
        return SUPPORTED, "相符", held
    if since and (held := next((row for row in rows if row.derivation or row.period and row.period.year == year + 1 or not row.period and year + 1 in book.years), None)) and not dates:
        return SUPPORTED, "相符", held
    if not since and any(row.period and row.period.low and row.period.low // 10000 <= year <= row.period.high // 10000 for row in rows):
        return None
    if dates or since:
        return CONTRADICTED, f"时间不符:原文是{dates[0][0].text}" if dates else "时间不符:原文没有与这个时间相比", rows[0]
    return None


def shared(governed: list) -> tuple[str, str, Figure | None]:
    """The verdict of a date that governs figures: wrong where a figure stands in the report for another time."""
    late = next((d for _, d in governed if d[0] == CONTRADICTED and d[1].startswith("时间不符")), None)
    if late:
        return late
    held = next((d for _, d in governed if d[0] == SUPPORTED), None) or next((d for _, d in governed if d[0] == CONTRADICTED), None)
    return (SUPPORTED, "相符", held[2]) if held else (NOT_MENTIONED, "原文未提及", None)
