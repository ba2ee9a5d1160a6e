"""One figure of a claim → its verdict: the rows of the same value, what keeps each from supporting the claim, and the rows of other values that fit better.

Positive agreement in subject, measure and period is required for "supported"; a reason is always given, in Chinese.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from figures import marks
from figures.align import Book, Match, lacking, left_over, match, strange
from figures.asked import asked, fits
from figures.compare import AGREE, DIFFERENT, HEDGED, OTHER, ROUNDED, SAME, SLIP, comparable, relation
from figures.around import piece_of, upto
from figures.conflict import conflict
from figures.exchange import exchanged, settled
from figures.ledger import Figure
from figures.line import Line, bare
from figures.opens import singled
from figures.others import beyond
from figures.owner import bodies
from figures.period import EARLY, Period, period_of, year_before
from figures.ratios import reckon
from figures.respective import respective
from figures.said import Said, said
from figures.subjects import topic_of
from figures.timing import timed
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from figures.wording import OPPOSED, coverage
from quantities.parse import Quantity

FIT, NEAR_FIT = 0.62, 0.5          # a row of the same value must say this share of the claim's words, and of those in the figure's piece
HEAD_FIT, HEAD_CLOSE = 0.36, 0.55  # the noun next to the figure must stand by the row's, or most words of its piece in the row's piece
DISTINCT_FIT, DISTINCT_NEAR = 0.55, 0.45  # enough for a figure of three digits or more
RIVAL = 0.015                      # no row of another value may say so much more
CLOSER = 0.08                      # nor one of the same sentence so much more in its own piece
OTHER_MEASURE = 0.15               # nor one of another measure word so much more: 20台 for 36个
_EVERY = {"天": "天|日", "日": "天|日"}
HALF = 0.4                         # what a word of a row may at most be said by another that does not have it: 第二产业 by 第三产业
NAMED = 0.4                        # of two rows of one sentence one must say so much more of a body's name to be its
NEXT = 4                           # characters before a figure alike, of another two at most: it is the one spoken of
WRITTEN = 0.3                      # a row that is rounded must say so much more than one which has the value as written
OTHER_FIT, OTHER_NEAR = 0.7, 0.7   # a row of another value must say this much to contradict
LEAST = 0.5                        # below it the same value is a coincidence
NO_RANK = 1000
_HEADS, _PEOPLE = frozenset("人名位户"), frozenset("居民 群众 市民 村民 人口 家庭 人员".split())  # 4.36万户居民: 户 says as much
_NOW = re.compile("现在|目前|如今|眼下")
_YEAR_BEFORE = re.compile("上一?学?年|去年|前年")
LEAST_OF, MOST_OF = frozenset("以上 及以上 至少 不少于 不低于 超过 超 逾 突破 多于 高于".split()), frozenset("以下 及以下 以内 之内 不足 不到 不超过 低于 少于".split())


def swapped(q: Quantity, line: Line, own: Figure, rest: Sequence[Found]) -> Quantity | None:
    """The other figure of a claim with which this one has changed places in one sentence of the report."""
    for other in rest:
        if not comparable(q, other.q) or relation(other.q, own.quantity) in AGREE:
            continue
        kinds = marks.change(line, q.start, q.end), marks.change(line, other.q.start, other.q.end)
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


def accompanied(q: Quantity, line: Line, row: Figure, rest: Sequence[Found]) -> int:
    """Whether the piece beside a row has the value that the piece of the claim beside its figure has: 2 on the same side, 1 on the other, 0 for none. 判处187人 in
    审结143件,判处187人, and not 判处6127人 of another sentence."""
    number, place = line.piece(q.start), row.line.piece(row.quantity.start)
    sides = {(line.piece(other.q.start) - number, row.line.piece(m.row.quantity.start) - place) for other in rest if other.q.kind not in ("date", "time", "duration")
             for m, _ in other.same[:3] if m.score >= FIT and m.row.line is row.line and m.row.quantity in row.line.figures} if row.quantity in row.line.figures else set()
    if respective(row.line, row.quantity):
        return 0
    return 2 if {(1, 1), (-1, -1)} & sides else 1 if {(1, -1), (-1, 1)} & sides else 0


def fit(m: Match, text: str) -> float:
    """The score of a row, less for each noun of its own that the claim does not say: of two that fit, the plainer."""
    return m.score - 0.04 * min(3, len(lacking(m.row, text)) + bool(topic_of(m.row, text)))


def leaves_room(q: Quantity, source: Quantity) -> bool:
    """Whether a report's open figure says nothing against a claim's: 稳定在5亿斤以上 against 5.27亿斤."""
    return source.hedge in LEAST_OF and q.point >= source.point or source.hedge in MOST_OF and q.point <= source.point


def fits_words(m: Match) -> bool:
    """Whether a row says enough of what a claim says around its figure."""
    return m.score >= FIT and m.near >= NEAR_FIT and (m.head >= HEAD_FIT or m.close >= HEAD_CLOSE)


def distinct(q: Quantity, how: str) -> bool:
    """Whether a figure of the same value can hardly be there by chance: it is written with three digits or more."""
    return how == SAME and not q.hedge and len(q.written.mantissa.normalize().as_tuple().digits) >= 3


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
    return re.sub("[为是有共约达到了]*$", "", line.text[line.pieces[line.piece(q.start)][0]:q.start]) if q in line.figures else ""


def under(row: Figure) -> str:
    """The heading and the clause of a row."""
    return row.scope.heading + "\n" + row.line.text[slice(*row.line.clause(row.quantity.start))]


def reach(row: Figure) -> str:
    """What stands around a row in its clause, up to the pieces behind it."""
    return row.scope.near + row.scope.last + row.scope.left


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
        if its < own or its == 2 and not own:
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


def bearing(line: Line, q: Quantity, book: Book) -> list[Said]:
    """What a claim says around a figure, without what another piece sets against a word of the figure's own: 农村 for 高于城镇的4.9%."""
    items = said(line, q, book.rarity)
    low, high = line.pieces[line.piece(q.start)]
    own = {w for item in items if item.figure is None and low <= item.word.start < high for w in OPPOSED.get(item.word.text, ())}
    items = [i for i in items if i.figure is not None or i.word.text not in own or low <= i.word.start < high]
    return [replace(i, head=False, weight=0.15 * i.weight) if q.measure in _HEADS and i.head and i.word.start >= q.end and i.word.text in _PEOPLE else i for i in items]


@dataclass(frozen=True)
class Found:
    """What the report has for one figure of a claim, best first: the rows of its value, those of others, the reckoned ones with how they fit."""

    q: Quantity
    period: Period | None
    same: list[tuple[Match, str]]
    other: list[tuple[Match, str]]
    reckoned: list[tuple[Match, bool]]


def gather(q: Quantity, line: Line, book: Book, ranks: Callable[[], Mapping[tuple[str, int], int]] = dict) -> Found:
    """The rows that may decide on one figure of a claim.

    ranks: gives the place of a sentence, by document and start, in what the retriever found; of rows that fit alike its first is cited. Asked only where some do.
    """
    items = bearing(line, q, book)
    text = bare(line.text)
    period = year_before(period_of(line, q), line, (), ())
    if period is not None and q.role == "from" and _YEAR_BEFORE.match(period.text):
        period = None  # 由上年的104万吨降至96万吨: of the year before the other end's, whichever that is
    begun = [f for f in line.figures if f.role == "from" and f.start < q.start and line.piece(f.start) < line.piece(q.start)]
    if begun and q.role == "from" and period is not None and period.text not in piece_of(line, q):
        period = period_of(line, begun[-1])  # 金额从2022年的3亿元降至2024年的2亿元,线索由38件减至27件
    if period is not None and _NOW.search(line.text[line.pieces[line.piece(q.start)][0]:q.start]) and period.text not in piece_of(line, q):
        period = None  # 2022年11月签的约,现在用工1450人
    if period is not None and period.text not in piece_of(line, q) and "累计" in piece_of(line, q):
        period = None  # 2024年完成投资12亿元,累计完成41亿元
    if period is not None and re.search(f"{re.escape(period.text)}[0-9一二三四五六七八九十]+岁", line.text):
        period = None  # 今年24岁: only how old somebody is
    same: list[tuple[Match, str]] = []
    other: list[tuple[Match, str]] = []
    reckoned: list[tuple[Match, bool]] = []
    for row in book.derived:
        if comparable(q, row.quantity) and asked(q, line, row, timed(period, row, book) == "same" or _year_before(period, row, book)):
            how = fits(q, row)
            if how is not None:
                reckoned.append((match(items, row, book, text), how))
    reckoned.sort(key=lambda p: (-round(p[0].score, 2), not p[1]))
    for row in book.rows:
        how = _related(q, row, line)
        if how in AGREE:
            same.append((match(items, row, book, text), how))
        elif how != OTHER and (how == SLIP or comparable(q, row.quantity)) and (row.quantity.kind != "number" or q.kind == "number"):
            other.append((match(items, row, book, text), how))
    for found in (same, other):
        even = Counter(round(m.score, 2) for m, _ in found if m.score >= LEAST)
        places = ranks() if any(n > 1 for n in even.values()) else {}
        found.sort(key=lambda p: (-round(p[0].score, 2), p[0].row.quantity.role == "from" and q.role != "from", places.get((p[0].row.document, p[0].row.sentence.start), NO_RANK), -p[0].score))
    return Found(q, period, same, other, reckoned)


def _year_before(period: Period | None, row: Figure, book: Book) -> bool:
    """Whether a claim speaks of the year before that of a row's report, where nothing but the report's date tells which that is: 上年 is that year, and early in a year a report is of the last one."""
    if period is None or row.derivation is None or row.derivation.kind != "before" or row.period is None or row.period.text != "上年":
        return False
    if period.text.startswith("上"):
        return True
    date = book.documents[row.document].date
    return bool(row.period.low is None and period.low and date and date[1]) and period.low // 10000 == date[0] - (2 if date[1] <= EARLY else 1)


def _own_time(row: Figure) -> bool:
    """Whether a row's piece says by itself of when its figure is."""
    return row.period is not None and row.period.level == 0 and row.sentence.kind != "row" and not row.period.months


def _related(q: Quantity, row: Figure, line: Line) -> str:
    """How a claim's figure relates to a row's, which 突破 and 超过 may leave open though they are no part of it: 超过9亿元 of 突破9亿元; growth in % and in 倍 is one."""
    if q.per and not row.quantity.per and re.search(f"(?:{_EVERY.get(q.per, q.per)})均|每(?:{_EVERY.get(q.per, q.per)})", upto(row.line, row.quantity)):
        q = replace(q, per="")  # 平均每天266户 of 日均新登记266户
    how = relation(q, row.quantity)
    open_alike = how == DIFFERENT and q.hedge in LEAST_OF and q.base == row.quantity.base and q.point == row.quantity.point and beyond(upto(row.line, row.quantity)) > 0
    if {q.base, row.quantity.base} == {"percent", "multiple"} and row.change == "change" == marks.change(line, q.start, q.end):
        one, other = ((f if f.base == "percent" else replace(f, low=100 * f.low, high=100 * f.high, written=replace(f.written, mantissa=100 * f.written.mantissa), unit="%", base="percent", kind="percent", measure="%")) for f in (q, row.quantity))
        return relation(one, other)  # 增长110% of 增长1.1倍
    return HEDGED if open_alike else how


def decide(found: Found, line: Line, book: Book, rest: Sequence[Found] = ()) -> tuple[str, str, Figure | None]:
    """The verdict of one figure of a claim, the reason, and the row that decides. rest: what is found of the claim's other figures."""
    q, period, same, other, reckoned = found.q, found.period, found.same, found.other, found.reckoned
    text = bare(line.text)
    if q.kind == "age":  # two groups of one claim are no rivals of each other
        other = [(m, how) for m, how in other if not any(f is not q and relation(f, m.row.quantity) in AGREE for f in line.figures)]
    rivals = [(m, how) for m, how in other if q.kind == "date" and (q.date is None or q.date.month is None or m.row.quantity.date and m.row.quantity.date.month) or q.kind != "date" and timed(period, m.row, book) != "differs"]
    reasons = []
    for m, how in same[:6]:
        if m.score < LEAST and not left_over(line, q, m.row) or reasons and m.score < reasons[0][1].score - 0.1:
            continue
        swap = swapped(q, line, m.row, rest)
        rival = max((r for r, _ in rivals[:5] if not given(q, line, m.row, r.row, rest) and r.row.quantity is not m.row.counterpart and not (timed(period, m.row, book) == "same" != timed(period, r.row, book)) and not (period is None and _own_time(r.row) and not _own_time(m.row)) and near_enough(line, q, r, m) and elsewhere(conflict(q, line, r, period, book))), key=lambda r: fit(r, text), default=None)
        if why := conflict(q, line, m, period, book) or (f"数字不符(与“{swap.text}”颠倒)" if swap else ""):
            reasons.append((why, m))
        elif not (fits_words(m) or left_over(line, q, m.row) or distinct(q, how) and m.score >= DISTINCT_FIT and m.near >= DISTINCT_NEAR and (m.head >= HEAD_FIT or m.head >= 0.3 and m.close >= 0.35)):
            continue
        elif reckoned and not reckoned[0][1] and reckoned[0][0].row.sentence == m.row.sentence and reckoned[0][0].score > m.score + CLOSER and not conflict(q, line, reckoned[0][0], period, book):
            break  # the report says by what is left over that another figure is meant
        elif rival and better(rival, m, line, q, rest):
            reasons.append((f"数字不符(原文为{rival.row.text})", rival))
        elif how == ROUNDED and (exact := next((e for e, as_written in same if as_written == SAME and e.score >= m.score - WRITTEN), None)):
            reasons.append((conflict(q, line, exact, period, book) or f"数字不符(原文为{m.row.text})", exact))  # the goal of another year
        else:
            return SUPPORTED, {ROUNDED: "四舍五入后相符", HEDGED: "相符"}.get(how, "相符"), m.row
    told = reckon(q, line, book) or _reckoned(q, line, reckoned, rivals, period, book)
    written = told is not None and told[2].derivation is not None and told[2].derivation.kind == "whole" and any(how == SAME and m.row.sentence is told[2].sentence for m, how in same[:3])
    if told and (told[0] == SUPPORTED or not reasons) and not written:  # a whole that the sentence has itself is not the part's
        return told
    if reasons and not (rivals and period is not None and timed(period, rivals[0][0].row, book) == "same") and (not rivals or reasons[0][1].score > rivals[0][0].score - 0.05):
        return CONTRADICTED, reasons[0][0], reasons[0][1].row
    for m, how in rivals[:1]:
        slip = how == SLIP
        if marks.contrast(bare(piece_of(line, q).replace(q.text, "")), m.row.scope.near) or strange(line, q, m.row, book):
            break
        if period is not None and period.year and m.row.period is not None and m.row.period.low is None or topic_of(m.row, text) and m.score < 0.9:
            break
        if m.row.status == "planned" and marks.status(line, q.start) != "planned" and reasons == [] and same and same[0][0].score > m.score - 0.1:
            break
        if m.score >= (FIT if slip else OTHER_FIT) and m.near >= (NEAR_FIT if slip else OTHER_NEAR) and m.head >= (0.45 if slip else 0.6) and not any(w.text in book.whole or w.name for w in m.foreign):
            return CONTRADICTED, f"单位或数量级不符(原文为{m.row.text})" if slip else f"数字不符(原文为{m.row.text})", m.row
    if reasons:
        return CONTRADICTED, reasons[0][0], reasons[0][1].row
    return NOT_MENTIONED, "原文未提及", None


def _reckoned(q: Quantity, line: Line, found: list[tuple[Match, bool]], rivals: list[tuple[Match, str]], period: Period | None, book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a figure that the report does not write but that follows from it; None where nothing fits well enough."""
    best = next(((m, how) for m, how in found if not (why := conflict(q, line, m, None if _year_before(period, m.row, book) else period, book)) or m.row.derivation.kind == "rest" and why.startswith("与原文的肯定")), None)
    if best is None:
        return None
    m, how = best
    if not fits_words(m):
        return None
    working = m.row.derivation.working
    if how:
        exact = m.row.derivation.value == q.point
        return SUPPORTED, f"{'推算相符' if exact else '推算并四舍五入后相符'}({working})", m.row
    if any(r.score > m.score + RIVAL and not conflict(q, line, r, period, book) and r.row.change == "change" for r, _ in rivals[:3]) or m.foreign or m.score < OTHER_FIT or m.close < HEAD_CLOSE:
        return None
    return CONTRADICTED, f"数字不符(按原文推算为{m.row.text}:{working})", m.row
