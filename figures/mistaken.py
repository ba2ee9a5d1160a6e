"""Whether a model may take one of two figures of a sentence for the other: what a claim says that tells them apart, its words or bodies, time, form or other figures."""
from __future__ import annotations

import re

from figures import marks
from figures.align import Book, Match
from figures.compare import AGREE, relation
from figures.compared import behind
from figures.gather import Found
from figures.ledger import Figure
from figures.line import Line, bare
from figures.named import told
from figures.opens import singled
from figures.owner import bodies
from figures.period import Period
from figures.strange import OF_WHICH
from figures.timing import timed
from quantities.parse import Quantity

APART = 0.6                  # so much nearer do a claim's words stand to one of two figures that the reader does not swap them
_BOTH = re.compile(f"{OF_WHICH.pattern}|^[^，,。；;]*[和与及、][^，,。；;]*$|^[^，,。；;]*[，,]?[^，,。；;]{{0,8}}(?:[多少高低快慢]于|超过)[^，,。；;]*的[^，,。；;]*$")  # 92家里有64家, 2所幼儿园和1所小学, 9人,多于乙的8人: the claim says of both


def mistaken(found: Found, row: Figure, other: Match, line: Line, book: Book) -> bool:
    """Whether a claim's figure may be another of a row's sentence: nothing in the claim tells the two apart, not its words or bodies, time, form or other figures."""
    q, its = found.q, other.row
    told_apart = (singled(row, its, bare(line.text)) or its.quantity is row.counterpart or dated_apart(found.period, row, its, book) or worded_apart(found, row, other)
                  or named_apart(line, row, its) or beside_ours(line, q, row, its) or compared_with(line, q, row, its) or its.change != row.change == marks.change(line, q.start, q.end))
    return not told_apart and not any(f is not q and relation(f, its.quantity) in AGREE and _BOTH.search(line.text[slice(*sorted((q.end, f.start)))]) for f in line.figures)


def worded_apart(found: Found, row: Figure, other: Match) -> bool:
    """Whether a claim's words are those beside one row and not those beside another: 丢失短少占24.8% of 投递问题占46.1%,丢失短少问题占24.8%."""
    return any(m.row is row and m.close > other.close + APART and m.score > other.score + 0.1 for m, _ in found.same)


def compared_with(line: Line, q: Quantity, row: Figure, other: Figure) -> bool:
    """Whether a claim compares its figure with what another row counts: 增长18.2%,增速快于货物吞吐量.

    >>> from ingest.chunk import read_document
    >>> rows = {r.text: r for r in Book.of([read_document("a.txt", "港口货物吞吐量1842万吨,增长6.4%,其中集装箱吞吐量16万标箱,增长18.2%。")]).rows}
    >>> [compared_with(line, line.figures[0], rows["18.2%"], rows["6.4%"]) for line in map(Line.read, ("集装箱吞吐量增长18.2%,增速快于货物吞吐量", "集装箱吞吐量增长18.2%,居各港之首"))]
    [True, False]
    """
    m = behind(line, q.start)
    return m is not None and told(m["b"], other, row)


def named_apart(line: Line, row: Figure, other: Figure) -> bool:
    """Whether of two rows of a sentence the one stands behind a body that a claim names, and the other behind a body of its own: 甲公司效率28.6,乙公司26.9."""
    ours, theirs = bodies(line), [(row.line.text.index(name), name) for name in bodies(row.line)]
    own, its = (max((place for place in theirs if place[0] < figure.quantity.start), default=(0, ""))[1] for figure in (row, other))
    return own in ours and its not in ours


def beside_ours(line: Line, q: Quantity, row: Figure, other: Figure) -> bool:
    """Whether another figure of a claim stands in the clause of one row and not in that of another: 浓度32微克,下降8.6% of …32微克,下降8.6%;…56微克,下降5.1%."""
    def figures(of: Figure) -> list[Quantity]:
        low, high = of.line.clause(of.quantity.start)
        return [f for f in of.line.figures if low <= f.start < high and f is not of.quantity and f.kind not in ("date", "time")]
    ours = [f for f in line.figures if f is not q and f.kind not in ("date", "time") and line.clause(f.start) == line.clause(q.start)]
    return row.line.clause(row.quantity.start) != other.line.clause(other.quantity.start) and any(any(relation(f, t) in AGREE for t in figures(row)) and not any(relation(f, t) in AGREE for t in figures(other)) for f in ours)


def dated_apart(period: Period | None, row: Figure, other: Figure, book: Book) -> bool:
    """Whether a claim says the time of a row, and another row is of another time: 2021年9万元 of 由2021年的9万元增至2024年的63万元."""
    return period is not None and timed(period, row, book) == "same" and timed(period, other, book) == "differs"
