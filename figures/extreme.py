"""What a claim says is the most or the least of several, where the report only gives the figures of all: 第一季度的营业收入最高,为6.4亿元."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.align import Book, cite
from figures.around import piece_left
from figures.beside import row_of
from figures.compared import alone, amount, families, meant, of_kind, spoken_of
from figures.ledger import Figure
from figures.line import Line
from figures.respective import given_out
from figures.verdict import CONTRADICTED, SUPPORTED, FigureVerdict
from ingest.document import Citation

FEWEST = 3  # figures of one kind in a sentence, of which one can be the most
_MOST = re.compile("(?:数|以)?(?P<name>[^，,。；;]{2,}?)(?:最[高多大快长]|最为?(?:常见|普遍|突出)|居首|[居列排]第一|位居首位|最(?P<least>[低少小慢短]))|[^，,。；;]*?(?:最[高多大快]|首要|最主要|最(?P<fewest>[低少小慢]))的?[^，,。；;是]{0,6}(?:是|为|当属|要数)(?P<is>[^，,。；;]{2,})")
_NEXT = re.compile("其次(?:是|为)?([^，,。；;]{2,})|([^，,。；;]{2,}?)(?:次之|其次|居次|[居列排]第二|紧随其后)")
_EXTREME = re.compile("最[高多大快长好]|领先(?!于|[一-鿿])|领跑|居首|之首|首位|榜首|[居列排]第一|最(?P<least>[低少小慢短])")


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
            beside = (number - 1, number, number + 1) if line.text[line.pieces[number][0]] in "居位列排为是在" else (number, number + 1)
            row = row_of(f, book) if line.piece(f.start) in beside and f.start not in range(*m.span()) else None
            rows = alike(row, book) if row is not None else []
            if len(rows) >= FEWEST and not _said_so(rows):
                best = (min if m["least"] else max)(rows, key=lambda r: r.quantity.low)
                return best is row or best.quantity.low == row.quantity.low, best
    return None


def ranked(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """The verdict of a claim without figures that something is the most or the least of several, and what comes next, by the report's figures of all; None where it makes
    no such claim, the report says so itself or the figures are not certain.

    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "投诉中,售后问题占45%,质量问题占30%,价格问题占15%。")])
    >>> [(found := ranked(Line.read(t), book)) and found[0] for t in ("投诉中售后问题最多,质量问题次之", "投诉中售后问题最多,其次是价格问题", "投诉最多的是质量问题", "价格问题的投诉最少")]
    ['supported', 'contradicted', 'contradicted', 'supported']
    """
    for number, (start, end) in enumerate(line.pieces):
        m = _MOST.fullmatch(line.text[start:end].rstrip("。"))
        if not m or any(start <= f.start < end and f.kind not in ("date", "time") for f in line.figures):
            continue
        behind = line.text[slice(*line.pieces[number + 1])].rstrip("。") if number + 1 < len(line.pieces) else ""
        names = [m["name"] or m["is"], *((n[1] or n[2]) for n in [_NEXT.fullmatch(behind)] if n)]
        decided = {}
        for rows in families(book):
            if len(rows) < FEWEST or not of_kind(line.text, rows[0].change) or _EXTREME.search(rows[0].sentence.text):
                continue
            found = [meant(name, rows) for name in names]
            if None not in found and spoken_of(line, found[0], book):
                clause = [r for r in rows if r.line.clause(r.quantity.start) == found[0].line.clause(found[0].quantity.start)]
                rows = clause if len(clause) >= FEWEST else rows
                order = sorted((amount(r, line.text) for r in rows), reverse=not m["least"] and not m["fewest"])
                decided[[amount(r, line.text) for r in found] == order[:len(names)]] = found[0], next(r for r in rows if amount(r, line.text) == order[0])
        if len(decided) == 1:
            (holds, (one, first)), = decided.items()
            if not holds:
                return CONTRADICTED, f"与原文不符:原文的比较不是这样(原文为{first.text})", (cite(one, book),)
            if alone(line, start, line.pieces[number + len(names) - 1][1]):
                return SUPPORTED, f"推算相符({one.text})", (cite(one, book),)
    return None


def _said_so(rows: Sequence[Figure]) -> bool:
    """Whether the report itself says, between figures or right behind them, which is the most or the least."""
    line, spots = rows[0].line, [r.quantity.start for r in rows if r.line is rows[0].line]
    first, last = line.piece(min(spots)), line.piece(max(spots))
    return bool(_EXTREME.search(line.text[line.pieces[first][0]:line.pieces[min(last + 1, len(line.pieces) - 1)][1]]))


def alike(row: Figure, book: Book) -> list[Figure]:
    """The rows that one 分别 gives out with a row, or else those of its sentence of which the same is said; or, in a section with a sentence for each town, those with the row's very words."""
    q = row.quantity
    section = [r for r in book.rows if r.document == row.document and r.sentence.path == row.sentence.path and r.quantity.base == q.base and r.quantity.measure == q.measure and r.change == row.change and not r.derivation]
    same = [r for r in section if r.sentence == row.sentence]
    given = given_out(row.line, q)[1]
    if given:
        return [r for r in same if r.quantity in given]
    ends, left = _said(row), piece_left(row.line, q)
    found = [r for r in same if _said(r) == ends] if len(ends) > 1 else []
    return found if len(found) >= FEWEST or len(left) <= 2 else [r for r in section if piece_left(r.line, r.quantity) == left]


def _said(row: Figure) -> str:
    """The last two characters before a row's figure; of a share that it is one."""
    left = re.sub("[为是达到约]+$", "", piece_left(row.line, row.quantity))
    return "占比" if row.quantity.kind == "percent" and "占" in left else left[-2:]
