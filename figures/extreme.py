"""What a claim says is the most or the least of several, where the report only gives the figures of all: 第一季度的营业收入最高,为6.4亿元."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.align import Book
from figures.around import piece_left
from figures.beside import row_of
from figures.ledger import Figure
from figures.line import Line
from figures.respective import given_out
from figures.verdict import FigureVerdict

FEWEST = 3  # figures of one kind in a sentence, of which one can be the most
_EXTREME = re.compile("最[高多大快长好]|居首|首位|榜首|[居列排]第一|最(?P<least>[低少小慢短])")


def extreme(line: Line, figures: Sequence[FigureVerdict], book: Book) -> tuple[bool, Figure] | None:
    """Whether the figure of which a claim says that it is the most or the least is so, and which of the report's is; None where the claim says no such thing, the report
    says it itself, or gives fewer than FEWEST figures to compare.

    >>> from figures.check import check
    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "城东、城西、城北三个园区收入分别为6.4亿元、5.3亿元和5.8亿元。")])
    >>> [(found := extreme(Line.read(t), check(t, book).figures, book)) and (found[0], found[1].text) for t in ("城东园区收入最高,为6.4亿元", "城北园区收入最高,为5.8亿元", "城东园区收入为6.4亿元")]
    [(True, '6.4亿元'), (False, '6.4亿元'), None]
    """
    for m in _EXTREME.finditer(line.text):
        number = line.piece(m.start())
        for f in figures:
            row = row_of(f, book) if line.piece(f.start) in (number, number + 1) and f.start not in range(*m.span()) else None
            if row is None or _EXTREME.search(row.sentence.text):
                continue
            beside = alike(row, book)
            if len(beside) >= FEWEST:
                best = (min if m["least"] else max)(beside, key=lambda r: r.quantity.low)
                return best is row or best.quantity.low == row.quantity.low, best
    return None


def alike(row: Figure, book: Book) -> list[Figure]:
    """The rows that one 分别 gives out with a row, or else those of its sentence of which the same is said."""
    q = row.quantity
    same = [r for r in book.rows if r.document == row.document and r.sentence == row.sentence and r.quantity.base == q.base and r.quantity.measure == q.measure and r.change == row.change and not r.derivation]
    given = given_out(row.line, q)[1]
    if given:
        return [r for r in same if r.quantity in given]
    ends = _said(row)
    return [r for r in same if _said(r) == ends] if len(ends) > 1 else []


def _said(row: Figure) -> str:
    """The last two characters before a row's figure; of a share that it is one."""
    left = re.sub("[为是达到约]+$", "", piece_left(row.line, row.quantity))
    return "占比" if row.quantity.kind == "percent" and "占" in left else left[-2:]
