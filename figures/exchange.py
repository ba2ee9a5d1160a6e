"""Two figures of a claim that stand in one sentence of the report: has the claim given each its own, or one the other's?

跑了14个部门、盖了5个章 of a report's 跑了5个部门、盖了14个章 holds both values; only both together tell that they changed places.
"""
from __future__ import annotations

import re
from functools import lru_cache

from figures.ledger import Figure
from figures.line import Line, bare
from figures.respective import respective
from quantities.parse import Quantity

_PLACE, _OWN = "□", "■"  # a figure; the figure at hand
EVEN = 0.02  # so much better must the other's place fit to be believed


def _signs(text: str) -> frozenset[str]:
    text = bare(text)
    return frozenset([c for c in text if c not in (_PLACE, _OWN)] + [text[i:i + 2] for i in range(len(text) - 1)])


def blank(line: Line, low: int, high: int, own: Quantity | None = None) -> str:
    """A stretch of a line with a mark for each of its figures, another for `own`.

    >>> line = Line.read("跑了5个部门,盖了14个章")
    >>> blank(line, 0, 14, line.figures[0])
    '跑了■部门,盖了□章'
    """
    text, at = "", low
    for f in line.figures:
        if at <= f.start and f.end <= high:
            text, at = text + line.text[at:f.start] + (_OWN if f is own else _PLACE), f.end
    return text + line.text[at:high]


@lru_cache(maxsize=4096)
def setting(line: Line, q: Quantity) -> tuple[frozenset[str], frozenset[str]]:
    """What stands around a figure in its piece, and in the piece of its clause before that, as characters and pairs of them with a mark for each figure.

    >>> line = Line.read("跑了5个部门,盖了14个章")
    >>> sorted(setting(line, line.figures[1])[0]) == sorted(["盖", "了", "章", "盖了", "了■", "■章"])
    True
    """
    number = line.piece(q.start)
    low, high = line.pieces[number]
    before = line.pieces[number - 1] if number and line.pieces[number - 1][0] >= line.clause(q.start)[0] else (low, low)
    if before[0] < low and len(re.sub("[^一-鿿]", "", line.text[low:high].replace(q.text, ""))) < 2:
        low, before = before[0], (before[0], before[0])  # 最多的是投递,占46%
    return _signs(respective(line, q) or blank(line, low, high, q)), _signs(blank(line, *before))


def _common(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def alike(line: Line, q: Quantity, row: Figure) -> float:
    """How much of what stands around a claim's figure and around a row's is common to both: 0 to 1 for its piece, half as much for the piece before."""
    if row.quantity not in row.line.figures:
        return 0.0
    (ours, before), (theirs, earlier) = setting(line, q), setting(row.line, row.quantity)
    return _common(ours, theirs) + 0.5 * _common(before, earlier)


def head(line: Line, q: Quantity) -> str:
    """The last noun before a figure in its piece; "" for none.

    >>> line = Line.read("按办法由镇里得70%、县里得30%")
    >>> [head(line, q) for q in line.figures]
    ['镇里', '县里']
    """
    low = line.pieces[line.piece(q.start)][0]
    return next((w.text for w in reversed(line.words) if w.nominal and low <= w.start and w.end <= q.start), "")


def exchanged(line: Line, q: Quantity, own: Figure, f: Quantity, other: Figure) -> bool:
    """Whether two figures of a claim have changed places: the nouns before them stand before each other's in the report, or each fits better where the report has the
    other. own, other: the rows of one sentence that have their values."""
    ours, theirs = (head(line, q), head(line, f)), (head(own.line, own.quantity), head(other.line, other.quantity))
    if all(ours) and ours[0] != ours[1] and sorted(ours) == sorted(theirs):
        return ours != theirs
    return alike(line, q, other) > alike(line, q, own) + EVEN and alike(line, f, own) > alike(line, f, other) + EVEN


def settled(line: Line, f: Quantity, other: Figure, own: Figure) -> bool:
    """Whether a figure of a claim stands better with its own row, `other`, than with that of a second figure, `own`."""
    return alike(line, f, other) > alike(line, f, own)
