"""What the report has for one figure of a claim: the rows of its value, those of others, and the figures that follow from them, best first."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from figures import marks
from figures.align import Book, Match, match
from figures.around import bare_left, piece_left, piece_of, upto
from figures.asked import asked, fits
from figures.compare import ABOVE, AGREE, DIFFERENT, HEDGED, OTHER, SLIP, comparable, relation
from figures.ledger import Figure
from figures.line import Line, bare
from figures.named import BEHIND
from figures.others import beyond
from figures.period import EARLY, LAST_YEAR, Period, period_of, year_before
from figures.said import Said, said
from figures.timing import NOW, timed
from figures.wording import OPPOSED
from quantities.parse import Quantity

_PASSED = re.compile("(?:(?<![不未])突破|[迈站跃登踏][上过]|跨[过越])了?$")
_REACHES = re.compile("突破|[升降增减提][至到]")  # right before a figure: says no more than that it is so much
_EVERY = {"天": "天|日", "日": "天|日"}
NO_RANK = 1000
_HEADS, _PEOPLE = frozenset("人名位户"), frozenset("居民 群众 市民 村民 人口 家庭 人员".split())  # 4.36万户居民: 户 says as much
LEAST = 0.5                        # below it the same value is a coincidence


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
    piece = piece_of(line, q)
    period = year_before(period_of(line, q), line, (), ())
    from_last = period is not None and q.role == "from" and bool(LAST_YEAR.match(period.text))
    if from_last:
        period = None  # 由上年的104万吨降至96万吨: of the year before the other end's, whichever that is
    begun = [f for f in line.figures if f.role == "from" and f.start < q.start and line.piece(f.start) < line.piece(q.start)]
    if begun and q.role == "from" and period is not None and period.text not in piece:
        period = period_of(line, begun[-1])  # 金额从2022年的3亿元降至2024年的2亿元,线索由38件减至27件
    if period is not None and NOW.search(piece_left(line, q)) and period.text not in piece:
        period = None  # 2022年11月签的约,现在用工1450人
    if period is not None and period.text not in piece and "累计" in piece:
        period = None  # 2024年完成投资12亿元,累计完成41亿元
    if period is not None and re.search(f"{re.escape(period.text)}[0-9一二三四五六七八九十]+岁", line.text):
        period = None  # 今年24岁: only how old somebody is
    same: list[tuple[Match, str]] = []
    other: list[tuple[Match, str]] = []
    reckoned: list[tuple[Match, bool]] = []
    for row in book.derived:
        ours = _for_each(q, line, row)
        if comparable(ours, row.quantity) and asked(ours, line, row, from_last or timed(period, row, book) == "same" or year_before_of(period, row, book)):
            how = fits(ours, row)
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


def bearing(line: Line, q: Quantity, book: Book) -> list[Said]:
    """What a claim says around a figure, without what another piece sets against a word of the figure's own: 农村 for 高于城镇的4.9%."""
    items = [i for i in said(line, q, book.rarity) if i.figure is not None or i.word.end != q.start or not _REACHES.fullmatch(i.word.text)]
    low, high = line.pieces[line.piece(q.start)]
    own = {w for item in items if item.figure is None and low <= item.word.start < high for w in OPPOSED.get(item.word.text, ())}
    items = [i for i in items if i.figure is not None or i.word.text not in own or low <= i.word.start < high]
    if (number := line.piece(q.start) + 1) < len(line.pieces) and (m := BEHIND.fullmatch(line.text[slice(*line.pieces[number])].rstrip("。"))):
        at = line.pieces[number][0] + m.start("b")
        items = [i for i in items if i.figure is not None or not at <= i.word.start < at + len(m["b"])]  # 乡村217亿元,增速快于城镇
    return [replace(i, head=False, weight=0.15 * i.weight) if q.measure in _HEADS and i.head and i.word.start >= q.end and i.word.text in _PEOPLE else i for i in items]


def _for_each(q: Quantity, line: Line, row: Figure) -> Quantity:
    """A claim's figure as for each person or month where a row is for each and the claim's piece says so: 每人每月上调了20元 of 每人每月165元提高到185元."""
    per = row.quantity.per
    return replace(q, per=per) if per and not q.per and re.search(f"每{re.escape(per)}|{re.escape(per)}均", piece_left(line, q)) else q


def _related(q: Quantity, row: Figure, line: Line) -> str:
    """How a claim's figure relates to a row's, which 突破 and 超过 may leave open though they are no part of it: 超过9亿元 of 突破9亿元; growth in % and in 倍 is one."""
    q = _for_each(q, line, row)
    if q.per and not row.quantity.per and re.search(f"(?:{_EVERY.get(q.per, q.per)})均|每(?:{_EVERY.get(q.per, q.per)})", bare_left(row.line, row.quantity) + row.text):
        q = replace(q, per="")  # 平均每天266户 of 日均新登记266户; 每吨下降93元 of 每吨846元,下降93元
    how = relation(q, row.quantity)
    if how == DIFFERENT and not q.hedge and _PASSED.search(line.text[:q.start]) and relation(replace(q, hedge="突破"), row.quantity) == HEDGED:
        return HEDGED  # 突破1000家 of 1046家
    open_alike = how == DIFFERENT and q.hedge in ABOVE and q.base == row.quantity.base and q.point == row.quantity.point and beyond(upto(row.line, row.quantity)) > 0
    if {q.base, row.quantity.base} == {"percent", "multiple"} and row.change == "change" == marks.change(line, q.start, q.end):
        one, other = ((f if f.base == "percent" else replace(f, low=100 * f.low, high=100 * f.high, written=replace(f.written, mantissa=100 * f.written.mantissa), unit="%", base="percent", kind="percent", measure="%")) for f in (q, row.quantity))
        return relation(one, other)  # 增长110% of 增长1.1倍
    return HEDGED if open_alike else how


def year_before_of(period: Period | None, row: Figure, book: Book) -> bool:
    """Whether a claim speaks of the year before that of a row's report, where nothing but the report's date tells which that is: 上年 is that year, and early in a year a report is of the last one."""
    if period is None or row.derivation is None or row.derivation.kind != "before" or row.period is None or row.period.text != "上年":
        return False
    if period.text.startswith("上"):
        return True
    date = book.documents[row.document].date
    return bool(row.period.low is None and period.low and date and date[1]) and period.low // 10000 == date[0] - (2 if date[1] <= EARLY else 1)
