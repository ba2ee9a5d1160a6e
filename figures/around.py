"""What stands around a figure in its line: its piece, its clause, what leads up to it."""
from __future__ import annotations

from collections.abc import Collection

from figures.line import Line
from quantities.parse import Quantity


def piece_of(line: Line, q: Quantity) -> str:
    """The piece that holds a figure."""
    s, e = line.pieces[line.piece(q.start)]
    return line.text[s:e]


def clause_of(line: Line, q: Quantity) -> str:
    """The clause that holds a figure."""
    return line.text[slice(*line.clause(q.start))]


def upto(line: Line, q: Quantity) -> str:
    """A figure's piece up to its end; "" for the reckoned figure of a table."""
    return line.text[line.pieces[line.piece(q.start)][0]:q.end] if q in line.figures else ""


def piece_left(line: Line, q: Quantity) -> str:
    """What stands before a figure in its piece."""
    return line.text[line.pieces[line.piece(q.start)][0]:q.start]


def bare_left(line: Line, q: Quantity) -> str:
    """What stands before a figure in its clause."""
    return line.text[line.clause(q.start)[0]:q.start]


def lead(line: Line, q: Quantity) -> str:
    """What stands before a figure in its clause, back to the figure before."""
    start = line.clause(q.start)[0]
    return line.text[max([start, *(f.end for f in line.figures if start <= f.start < q.start)]):q.start]


def around(line: Line, q: Quantity) -> str:
    """What stands in a figure's piece between the figures beside it.

    >>> line = Line.read("96个项目中有11个未能开工")
    >>> around(line, line.figures[0]), around(line, line.figures[1])
    ('96个项目中有', '项目中有11个未能开工')
    """
    low, high = line.pieces[line.piece(q.start)]
    others = [f for f in line.figures if low <= f.start < high and f is not q and f.kind not in ("date", "time")]
    return line.text[max([low, *(f.end for f in others if f.end <= q.start)]):min([high, *(f.start for f in others if f.start >= q.end)])]


def spoken(line: Line, q: Quantity) -> str:
    """A claim without its pieces that have figures of their own: what they deny is denied of those.

    >>> line = Line.read("不见面审批占九成,时限压缩75%,没有延期")
    >>> spoken(line, line.figures[1])
    '时限压缩75%没有延期'
    """
    facts = [f for f in line.figures if f.kind not in ("date", "time", "duration")]
    return "".join(line.text[s:e] for n, (s, e) in enumerate(line.pieces) if n == line.piece(q.start) or not any(s <= f.start < e for f in facts))


def led(line: Line, q: Quantity, over: Collection[str] = ()) -> int:
    """Where what leads to a figure begins: its piece and those right before it that have no figure, or none but of the kinds `over`.

    >>> line = Line.read("投资3亿元,去年以前,如果不算房地产,增幅为7%")
    >>> [line.text[led(line, line.figures[-1], over):] for over in ((), ("date",))]
    ['如果不算房地产,增幅为7%', '去年以前,如果不算房地产,增幅为7%']
    """
    first = line.piece(q.start)
    while first and not any(line.piece(f.start) == first - 1 for f in line.figures if f.kind not in over):
        first -= 1
    return line.pieces[first][0]
