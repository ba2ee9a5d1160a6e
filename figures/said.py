"""What a claim says around one of its figures: its words and other figures, each with what it weighs for that figure."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from figures import marks
from figures.line import Line, Word, bare
from figures.respective import foreign_items
from quantities.parse import Quantity

MOST_WORDS = 60
MOST_FIGURES = 6  # others of a claim that are looked up beside one
_WHEN = re.compile("来|间|前|以来")  # 3年间: it only says when
_MOVED = re.compile("[升降增减提缩涨跌扩][^，,；;]{0,3}[到至为]$")
_CONDITION = re.compile(r"(?:的|时|者|后|以内|以上|以下)$")


@dataclass(frozen=True)
class Said:
    """A word of a claim, or another figure of it, with what it weighs for the figure at hand; `own`: it stands in the figure's piece; `subject`: it opens the claim; `head`: it is the noun next to the figure; `counted`: another figure of the piece counts it."""

    word: Word
    weight: float
    own: bool
    figure: Quantity | None = None
    subject: bool = False
    head: bool = False
    counted: bool = False


def said(line: Line, q: Quantity, rarity: Callable[[str], float]) -> tuple[Said, ...]:
    """What a claim says around one of its figures, each word with its weight."""
    number = line.piece(q.start)
    clause = line.clause(q.start)
    others = [f for f in line.figures if f is not q]
    out = []
    low, high = line.pieces[number]
    setting = bool(re.search("[中里]$", line.text[q.end:high])) and q.kind == "count"  # 四个院区中,…: it says nothing of what follows
    words = [w for w in line.words if low <= w.start < high]
    only_moved = bool(_MOVED.search(line.text[low:q.start])) and not any(w.noun and w.weight >= 0.25 for w in words)  # 去年降到42天
    poor = (sum(w.weight for w in words) < 0.45 or only_moved) and not setting
    after = poor and q.kind == "date" and number + 1 < len(line.pieces)  # 2018年8月,某人调到某地

    def nearness(at: int) -> float:
        piece = line.piece(at)
        low, high = line.pieces[piece]
        inside = [f for f in line.figures if low <= f.start < high and (f.kind not in ("date", "time") or q.kind in ("date", "time") and f.date != q.date and f.date and f.date.month)]
        if piece == number:
            between = any(at < f.start < q.start or q.start < f.start < at for f in others if f.kind not in ("date", "time"))
            return 0.6 if between and not (f_role(q) and at < q.start) else 1.0
        if setting:
            return 0.0
        if piece < number:
            same = low >= clause[0]
            if not inside:
                return 0.7 if same else 0.5
            before_figure = at < inside[0].start
            if same and piece == number - 1 and _CONDITION.search(line.text[low:high]):
                return 0.7
            if poor and piece == number - 1:
                return 0.8 if before_figure else 0.3
            return 0.2 if before_figure and piece in (0, number - 1) else 0.1
        if after and piece == number + 1:
            return 1.0
        return 0.4 if low < clause[1] and not inside else 0.1

    opening, parallel = _opening(line), frozenset()
    if any(w.start == low and w.noun for w in line.words) and number and not _within(opening, low, high) and any(f.start < low and f.kind not in ("date", "time") for f in line.figures):
        here = {w.text for w in line.words if low <= w.start < q.start}
        parallel = opening if any(w.text in here for w in opening) else frozenset()  # 甲院区为7.4天,乙院区为6.8天
        opening = frozenset()  # the figure's piece names a subject of its own
    head = _head(line, q)
    others_items = foreign_items(line, q)
    more = marks.MORE.search(line.text, low, q.start)
    for w in nearest(line.words, q):
        if more and w.text[0] in "多少" and w.start == more.start(more.lastindex):
            continue  # 比上年多开38列: by how much, of whatever verb
        if w.start >= q.start and w.end <= q.end or w in parallel or any(s <= w.start < e for s, e in others_items):
            continue
        out.append(Said(w, w.weight * rarity(w.text) * nearness(w.start), line.piece(w.start) == number or poor and line.piece(w.start) == number + (1 if after else -1), None, w in opening, w is head, any(low <= f.start and f.end <= w.start <= f.end + 6 and w.start < high for f in others if f.kind == "count")))
    for f in sorted(others, key=lambda f: abs(f.start - q.start))[:MOST_FIGURES]:
        if f.kind in ("date", "time") or f.kind == "duration" and _WHEN.match(line.text[f.end:f.end + 2]) or f.role == "from" and q.role == "to" or f.role == "to" and q.role == "from":
            continue
        near = nearness(f.start)
        if near >= 0.55:
            out.append(Said(Word(bare(f.text), f.start, f.end, 0.6), 0.5 * near, line.piece(f.start) == number, f))
    return tuple(_balanced(out))


def nearest(words: tuple[Word, ...], q: Quantity) -> tuple[Word, ...]:
    """The words of a claim that are looked up beside one figure: all, or in a very long claim the MOST_WORDS about it, in order."""
    if len(words) <= MOST_WORDS:
        return words
    at = bisect_left(words, q.start, key=lambda w: w.start)
    low = max(0, min(at - MOST_WORDS // 2, len(words) - MOST_WORDS))
    return words[low:low + MOST_WORDS]


def _within(words: frozenset[Word], low: int, high: int) -> bool:
    return any(low <= w.start < high for w in words)


def _balanced(items: list[Said]) -> list[Said]:
    """What stands in other pieces weighs together at most half of what stands in the figure's own."""
    own = sum(i.weight for i in items if i.own)
    rest = sum(i.weight for i in items if not i.own)
    scale = min(1.0, 0.5 * own / rest) if rest and own else 1.0
    return [i if i.own else replace(i, weight=i.weight * scale) for i in items]


def _opening(line: Line) -> frozenset[Word]:
    """The nouns that open a claim, before its first verb or figure."""
    found = []
    stop = next((f.start for f in line.figures if f.kind not in ("date", "time") or f.start > 2), len(line.text))
    for w in line.words:
        if w.start >= stop or not w.noun and (found or w.weight >= 0.25):
            break
        if w.noun:
            found.append(w)
    if len(found) > 2 and 0 <= stop - found[-1].end <= 2:
        found = found[:-2]  # what stands next to the figure is what it measures, not whose it is
    return frozenset(found[:8])


def _head(line: Line, q: Quantity) -> Word | None:
    """The noun that a figure counts: the last before it in its piece, or what stands right behind it."""
    if q.kind in ("duration", "rank", "ordinal", "percent", "points"):
        return None
    low, high = line.pieces[line.piece(q.start)]
    after = next((w for w in line.words if q.end <= w.start <= q.end + 1 and w.start < high), None)
    if after is not None and after.noun and after.weight == 1.0 and q.kind not in ("date", "time", "money"):
        return after
    if after is None and q.kind == "count" and any(w.verb and w.end == q.start for w in line.words) and any(q.end <= w.start < high for w in line.words):
        return None  # 开往36个没有书房的村: what it counts stands behind it
    opening = _opening(line)
    if q.kind in ("date", "time"):
        return next((w for w in reversed(line.words) if low <= w.start and w.end <= q.start and w.noun and w.text[-1] in "日期间"), None)
    found = next((w for w in reversed(line.words) if low <= w.start and w.end <= q.start and w.noun and w.weight == 1.0), None)
    return None if found in opening and found is not None and q.start - found.end > 1 else found


def f_role(q: Quantity) -> bool:
    return q.role in ("from", "to")
