"""Of two rows of the report, which is the one that a claim speaks of: by names, by words that one alone has, by what stands beside them, by what two figures have exchanged."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures import marks
from figures.align import Match, lacking
from figures.around import clause_of, piece_left
from figures.compare import ABOVE, AGREE, BELOW, comparable, relation
from figures.exchange import exchanged, settled
from figures.gather import Found
from figures.ledger import Figure
from figures.line import Line, bare
from figures.opens import singled
from figures.owner import bodies
from figures.respective import respective
from figures.subjects import topic_of
from figures.wording import coverage
from quantities.parse import Quantity

FIT, NEAR_FIT = 0.62, 0.5          # a row of the same value must say this share of the claim's words, and of those in the figure's piece
RIVAL = 0.015                      # no row of another value may say so much more
CLOSER = 0.08                      # nor one of the same sentence so much more in its own piece
OTHER_MEASURE = 0.15               # nor one of another measure word so much more: 20台 for 36个
HALF = 0.4                         # what a word of a row may at most be said by another that does not have it: 第二产业 by 第三产业
NAMED = 0.4                        # of two rows of one sentence one must say so much more of a body's name to be its
ASIDE = 0.5                        # what stands beside a row settles nothing where another says so much more of the figure's own piece
NEXT = 4                           # characters before a figure alike, of another two at most: it is the one spoken of


def better(a: Match, b: Match, line: Line, q: Quantity, rest: Sequence[Found]) -> bool:
    """Whether a row fits a claim's words so much better than another that the other's figure is not the one spoken of."""
    text = bare(line.text)
    if q.kind not in ("date", "time") and a.row.sentence is b.row.sentence:
        for name in bodies(line):
            own, its = (coverage(name, reach(m.row)) for m in (b, a))
            if abs(own - its) > NAMED:
                return its > own  # 桐汀市中级法院 of 其中市中级法院受理9件, and not of 全市法院受理20件
        own, its = alone(line, q, b.row, a.row, line.text), alone(line, q, a.row, b.row, line.text[:q.start])
        if own != its:
            return its
    if q.kind not in ("date", "time") and (a.row.sentence is b.row.sentence or a.close == b.close):
        its, own = (accompanied(q, line, m.row, rest) for m in (a, b))
        if its < own and a.close <= b.close + ASIDE or its == 2 and not own:
            return its > own
    own, its = (shared_end(before(line, q), before(m.row.line, m.row.quantity)) for m in (b, a))
    if own >= NEXT and its < 2:
        return False  # 存货跌价准备3.57亿元 of 其中存货跌价准备3.57亿元,前期计提跌价准备的存货转销1.83亿元
    first = next((w.text for w in line.words if w.noun and w.weight == 1.0), "")
    if any(name in under(b.row) and coverage(name, bare(under(a.row))) < 0.5 for name in (first, *bodies(line)) if name):
        return False  # 甲公司净利润4亿元 of 甲公司收入9亿元、净利润4亿元, and not 乙公司's of the sentence behind
    if leaves_room(q, a.row.quantity) and b.near >= NEAR_FIT:
        return False
    if b.row.quantity.kind == "count" and q.measure == b.row.quantity.measure != a.row.quantity.measure and b.near >= NEAR_FIT:
        return fit(a, text) > fit(b, text) + OTHER_MEASURE
    if a.row.sentence == b.row.sentence:
        if singled(b.row, a.row, text):
            return False
        return a.score > b.score + RIVAL or a.close > b.close + CLOSER or a.close >= b.close and a.score > b.score - RIVAL and fit(a, text) > fit(b, text) + RIVAL
    return fit(a, text) > fit(b, text) + RIVAL


def alone(line: Line, q: Quantity, row: Figure, other: Figure, within: str) -> bool:
    """Whether a row has a word of the piece of a claim's figure, or, where that has none, a noun of the one before, which another row of its sentence has neither in its piece
    nor before: 夜间 of 区域噪声昼间达标率为97%,夜间达标率为86%. within: how far the claim is read."""
    number = line.piece(q.start)
    pieces = [[w for w in line.words if w.weight >= 0.5 and s <= w.start < e and w.end <= len(within)] for s, e in line.pieces[max(0, number - 1):number + 1]]
    return any(coverage(w.text, row.scope.near) >= 0.6 and coverage(w.text, reach(other)) < HALF for w in pieces[-1] or [w for w in pieces[0] if w.nominal])


def near_enough(line: Line, q: Quantity, rival: Match, m: Match) -> bool:
    """Whether a row says about as much of a claim as another, or less but alone a word that the claim says of its figure."""
    return rival.score > m.score - 0.05 or rival.row.line is m.row.line and rival.score > m.score - 0.2 and q.kind not in ("date", "time") and (
        alone(line, q, rival.row, m.row, line.text[:q.start]) and not alone(line, q, m.row, rival.row, line.text))


def accompanied(q: Quantity, line: Line, row: Figure, rest: Sequence[Found]) -> int:
    """Whether the piece beside a row has the value that the piece of the claim beside its figure has: 2 on the same side, 1 on the other, 0 for none. 判处187人 in
    审结143件,判处187人, and not 判处6127人 of another sentence."""
    number, place = line.piece(q.start), row.line.piece(row.quantity.start)
    sides = {(line.piece(other.q.start) - number, row.line.piece(m.row.quantity.start) - place) for other in rest if other.q.kind not in ("date", "time", "duration")
             for m, _ in other.same[:3] if m.score >= FIT and m.row.line is row.line and m.row.quantity in row.line.figures} if row.quantity in row.line.figures else set()
    if respective(row.line, row.quantity):
        return 0
    return 2 if {(1, 1), (-1, -1)} & sides else 1 if {(1, -1), (-1, 1)} & sides else 0


def swapped(q: Quantity, line: Line, own: Figure, rest: Sequence[Found]) -> Quantity | None:
    """The other figure of a claim with which this one has changed places in one sentence of the report."""
    for other in rest:
        if not comparable(q, other.q) or relation(other.q, own.quantity) in AGREE:
            continue
        kinds = tuple("change" if kind == "new" else kind for kind in (marks.change(line, q.start, q.end), marks.change(line, other.q.start, other.q.end)))  # 净增52家
        for m, _ in other.same[:4]:
            if kinds[0] != kinds[1] and kinds == (own.change, m.row.change):
                continue  # 增加27家,达到418家 of 418家,比上年增加27家
            if m.row.sentence == own.sentence and m.row is not own and relation(q, m.row.quantity) not in AGREE and (backward(q, own, other.q, m.row) or exchanged(line, q, own, other.q, m.row)):
                return other.q
    return None


def backward(q: Quantity, own: Figure, end: Quantity, other: Figure) -> bool:
    """Whether a claim has a change start where the report's ends: of two years the later, of two cells of one time the right one."""
    if {q.role, end.role} != {"from", "to"}:
        return False
    a, b = (own.period and own.period.low or 0, other.period and other.period.low or 0)
    if a != b and a and b:
        return (a > b) == (q.role == "from")
    return own.sentence.kind == "row" and (own.start > other.start) == (q.role == "from")


def given(q: Quantity, line: Line, own: Figure, rival: Figure, rest: Sequence[Found]) -> bool:
    """Whether a row of another value is the one that another figure of the claim has, and rightly."""
    return any({q.role, other.q.role} == {"from", "to"} and relation(other.q, rival.quantity) in AGREE
               or any(m.row is rival for m, _ in other.same) and settled(line, other.q, rival, own) for other in rest)


def fit(m: Match, text: str) -> float:
    """The score of a row, less for each noun of its own that the claim does not say: of two that fit, the plainer."""
    return m.score - 0.04 * min(3, len(lacking(m.row, text)) + bool(topic_of(m.row, text)))


def leaves_room(q: Quantity, source: Quantity) -> bool:
    """Whether a report's open figure says nothing against a claim's: 稳定在5亿斤以上 against 5.27亿斤."""
    return q.hedge != source.hedge and (source.hedge in ABOVE and q.point >= source.point or source.hedge in BELOW and q.point <= source.point)


def elsewhere(why: str) -> bool:
    """Whether a row of another value may still be the one that a claim speaks of, what conflicts being only its direction."""
    return not why or why.startswith("口径不符:原文的升降")


def shared_end(a: str, b: str) -> int:
    """How many characters two texts end with alike.

    >>> shared_end("全年计提跌价准备", "其中存货跌价准备"), shared_end("准备", "转销")
    (4, 0)
    """
    return next((n for n, (x, y) in enumerate(zip(reversed(a), reversed(b))) if x != y), min(len(a), len(b)))


def before(line: Line, q: Quantity) -> str:
    """What stands before a figure in its piece, without 为, 达 and the like; "" for the reckoned figure of a table."""
    return re.sub("[为是有共约达到了]*$", "", piece_left(line, q)) if q in line.figures else ""


def under(row: Figure) -> str:
    """The heading and the clause of a row."""
    return row.scope.heading + "\n" + clause_of(row.line, row.quantity)


def reach(row: Figure) -> str:
    """What stands around a row in its clause, up to the pieces behind it."""
    return row.scope.near + row.scope.last + row.scope.left


def own_time(row: Figure) -> bool:
    """Whether a row's piece says by itself of when its figure is."""
    return row.period is not None and row.period.level == 0 and row.sentence.kind != "row" and not row.period.months
