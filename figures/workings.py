"""The rows of a report from which a claim may reckon a figure, with what they give: 比2019年少24万, 合计拿出4.8亿元, 还有85项不能, 约七成来自秋粮, 户均约1300元.

`workings` yields them in the way that the claim's words ask for; `worked` (worked.py) judges whether they are what the claim speaks of.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from figures import negation
from figures.align import Book, coverage
from figures.arithmetic import HUNDRED
from figures.around import piece_left, piece_of
from figures.compare import AGREE, relation
from figures.ledger import Figure
from figures.line import Line, Word
from figures.made import MEASURED
from figures.named import LIGHT, MOST, of_each, told
from figures.period import agree, periods
from figures.reckons import LEFT, PLAN, Than, reckons
from figures.respective import given_out
from figures.subjects import PERSONS
from figures.timing import of_last_year
from figures.when import times
from quantities.parse import Quantity
from quantities.quantity import EXACT

APART, BESIDE = 2, 40          # sentences between the two rows, and rows, at most
RECKONED = MEASURED | {"rank"}
_TO = re.compile("[，,]?(?:(?!上年|上一?[月季期届])[升降跃增减提上下前后移][^，,。；;0-9]{0,3}|变)[至到为](?:[0-9]{2,4}年的)?")
_NET, _NEW, _GONE = re.compile("净(?:增|减)"), re.compile("新[增设开建办]|增[加设]|引进"), re.compile("撤|关[闭停]|减少|退出|注销|裁")
_BALANCE = {"顺差": "出口", "逆差": "进口"}
_SPENT = re.compile("[人户]均(?:花费|消费|开销)")  # what those who are counted spend is what the other side takes in
_LAST_TIME = re.compile("上一?[届轮批次]|前一年")
_OF_OLD = re.compile("(?:原来|原先|过去|以前|之前|当初|改革前|上年|[0-9]{4}年)的$")


@dataclass(frozen=True)
class Working:
    """Two rows and what they give, or those of a longer sum with the others in `more`. text: for a reader, without the result. one: the claim need only speak of the first, of which the other is the whole. each: or of either. balance: it asks for the two by one word, 顺差."""

    a: Figure
    b: Figure
    value: Decimal
    text: str
    one: bool = False
    each: bool = False
    balance: bool = False
    more: tuple[Figure, ...] = ()

    @property
    def rows(self) -> tuple[Figure, ...]:
        return (self.a, self.b, *self.more)


def words_of(q: Quantity, line: Line, working: Working) -> list[Word]:
    """What a claim says of a figure: the words of its piece, of the pieces before that have no figure of their own and of those that have one of the two, or of one row's sentence; but for words that only say how it is reckoned."""
    here = line.piece(q.start)
    whens = times(line)
    facts = [f for f in line.figures if f is not q and f.kind not in ("date", "time") and f not in whens]
    theirs = working.a.line.figures if working.a is working.b else [row.quantity for row in working.rows]
    given = [f for f in facts if any(relation(f, figure) in AGREE for figure in theirs)]
    kept = [(s, e) for n, (s, e) in enumerate(line.pieces) if n == here or n < here and not any(s <= f.start < e for f in facts) or any(s <= f.start < e for f in given)]
    than = reckons(line, q).than
    kept += [(than.low, line.pieces[here][0])] if than else []
    skipped = [(f.start, f.end) for f in line.figures if f.kind in ("date", "time", "duration") or f is q] + [m.span() for form in (LIGHT, _SPENT) for m in form.finditer(line.text)]
    skipped += than.light if than else ()  # 指导令比保护令多: cut as 令比, 令多
    words = [replace(w, text=w.text[:-1]) if len(w.text) > 1 and w.text[-1] == "约" and line.text[w.end:w.end + 1] == "占" else w for w in line.words]  # 脱贫户约占: cut as 户约, 占
    return [w for w in words if any(s <= w.start < e for s, e in kept) and w.weight >= 0.25 and not (w.noun and w.text[0] == "比") and not any(w.start < e and s < w.end for s, e in skipped)]


def _pairs(book: Book, planned: bool) -> Iterator[tuple[Figure, Figure]]:
    """Rows that stand in one sentence or APART sentences from each other, and no more than BESIDE rows, in the order of the text."""
    rows = [r for r in book.rows if r.quantity.kind in RECKONED and not r.quantity.hedge and r.quantity.low == r.quantity.high and r.quantity.low.is_finite() and (planned or r.status != "planned")]
    order = {(d.name, s.start): n for n, (d, s) in enumerate(book.sentences)}
    for i, a in enumerate(rows):
        at = order[a.document, a.sentence.start]
        for b in islice(rows, i + 1, i + 1 + BESIDE):
            if b.document != a.document or order[b.document, b.sentence.start] - at > APART:
                break
            yield a, b


def workings(q: Quantity, line: Line, book: Book) -> Iterator[Working]:
    """The rows with what they give in the way that a claim asks for."""
    low, high = line.pieces[line.piece(q.start)]
    ask = reckons(line, q)
    left, right, than, sign, changed, planned = ask.left, ask.right, ask.than, ask.sign, ask.changed, bool(PLAN.search(line.text))
    if q.kind == "multiple" and not changed:
        for row in book.rows:
            if row.quantity.kind in ("percent", "multiple") and not row.quantity.hedge and row.change == "change" and row.direction > 0:
                yield Working(row, row, 1 + EXACT.divide(row.quantity.low, HUNDRED if row.quantity.kind == "percent" else Decimal(1)), f"1 + {row.text}")
    if q.kind in MEASURED and (len(ask.names) > 2 or ask.many or ask.names and not ask.summed):
        for rows in _together(book, q, planned):
            for picked in ([of_each(ask.names, rows)] if len(ask.names) > 1 else _runs(rows, ask.many)):
                if len(picked) > 1:
                    yield Working(picked[0], picked[1], sum((r.quantity.low for r in picked), Decimal(0)), " + ".join(r.text for r in picked), more=picked[2:])
    for row in book.rows if "月" in ask.each and q.kind == "count" else ():
        if row.quantity.base == q.base and row.quantity.measure == q.measure and not row.quantity.hedge and "全年" in row.scope.near:
            yield Working(row, row, EXACT.divide(row.quantity.low, Decimal(12)), f"{row.text} ÷ 12个月")
    for a, b in _pairs(book, planned):
        x, y = a.quantity, b.quantity
        more, less = (a, b) if x.low >= y.low else (b, a)
        gap = f"{more.text} − {less.text}"
        if x.base == y.base and x.kind == "percent" and not (q.kind in ("points", "multiple") or ask.summed and q.kind == "percent"):
            continue
        if q.kind == "percent" and x.base == y.base and x.kind != "percent":
            if changed and sign:
                for was, now in _order(a, b):
                    if was.quantity.low > 0 and (now.quantity.low - was.quantity.low) * sign > 0:
                        yield Working(now, was, EXACT.multiply(EXACT.divide(abs(x.low - y.low), was.quantity.low), HUNDRED), f"（{now.text} − {was.text}）÷ {was.text}")
            elif not changed and _OF_OLD.search(left):
                for was, now in _order(a, b):
                    if was.quantity.low > 0:
                        yield Working(now, was, EXACT.multiply(EXACT.divide(now.quantity.low, was.quantity.low), HUNDRED), f"{now.text} ÷ {was.text}")
            elif not changed and less.quantity.low > 0:
                working = Working(less, more, EXACT.multiply(EXACT.divide(less.quantity.low, more.quantity.low), HUNDRED), f"{less.text} ÷ {more.text}", one=_year_of(line, less, more, book))
                if working.one or _distinct(words_of(q, line, working), less, more):
                    yield working
        elif q.kind == "multiple" and x.base == y.base and less.quantity.low > 0:
            yield Working(more, less, EXACT.divide(more.quantity.low, less.quantity.low), f"{more.text} ÷ {less.text}")
        elif ask.each and q.kind in ("money", "count", "mass", "area") and x.base != y.base and "count" in (x.kind, y.kind):
            many, number = (a, b) if x.base == q.base else (b, a)
            if many.quantity.base == q.base and number.quantity.low > 1 and number.quantity.measure in (*ask.each, *"人户名家", "人次"):
                yield Working(many, number, EXACT.divide(many.quantity.low, number.quantity.low), f"{many.text} ÷ {number.text}", each=True)
        elif "percent" in (x.kind, y.kind) and x.kind != y.kind and q.base == (x.base if y.kind == "percent" else y.base) and not changed and not ask.summed:
            whole, part = (a, b) if y.kind == "percent" else (b, a)
            if a is whole and part.change != "change" and part.quantity.low < HUNDRED and q.kind in ("count", "money", "mass", "area"):
                working = Working(part, whole, EXACT.divide(EXACT.multiply(whole.quantity.low, part.quantity.low), HUNDRED), f"{whole.text} × {part.text}", one=True)
                if _own(words_of(q, line, working), part, whole):
                    yield working
        elif x.base == y.base and (x.measure[-1:] == y.measure[-1:] or {x.measure, y.measure} <= PERSONS) and (x.base == q.base or q.kind == "points" and x.kind == "percent" or {q.kind, x.kind} <= {"count", "rank"} and (q.measure in "位名" or line.text.startswith(("位次", "名次"), q.end))):
            if _NET.search(left) and a.sentence is b.sentence and _NEW.search(a.scope.near) and _GONE.search(b.scope.near) and (x.low - y.low) * sign > 0:
                yield Working(a, b, abs(x.low - y.low), gap)
            elif ask.summed:
                if x.kind not in ("rank", "temperature") and len(ask.names) == 2 and of_each(ask.names, (a, b)):
                    yield Working(a, b, EXACT.add(x.low, y.low), f"{a.text} + {b.text}")
            elif than and not than.timed:
                for one, other in ((a, b), (b, a)):
                    if (one.quantity.low - other.quantity.low) * sign > 0 and _compared(than, one, other):
                        yield Working(one, other, abs(x.low - y.low), gap, one=than.planned or than.average)
            elif changed and sign:
                for was, now in _order(a, b):
                    if (now.quantity.low - was.quantity.low) * sign * (-1 if x.kind == "rank" else 1) > 0:
                        yield Working(now, was, abs(x.low - y.low), gap)
            elif ask.rest and (LEFT.search(left + right) or any(coverage(w, b.scope.near) >= MOST for w in negation.negated(left + right))) and a.sentence is b.sentence and x.kind not in ("rank", "percent") and x.low > y.low and not y.role and all(word not in left or of in a.scope.near for word, of in _BALANCE.items()) and not _affirmed(line, (low, q.end, high), b, a):
                yield Working(b, a, x.low - y.low, gap, one=True, balance=any(word in left for word in _BALANCE))


def _compared(than: Than, one: Figure, other: Figure) -> bool:
    """Whether two rows are what a claim compares: by name, a deed with its goal, or a part that is behind 其中 with all."""
    if than.planned:
        return one.sentence is other.sentence and _goal(other) and not _goal(one)
    if than.average and one.sentence is other.sentence and one.scope.near.startswith("其中") and not other.scope.near.startswith("其中"):
        return _own(Line.read(than.subject).words, one, other)
    return told(than.subject, one, other) and told(than.other, other, one)


def _goal(row: Figure) -> bool:
    return row.status == "planned" or bool(PLAN.search(piece_of(row.line, row.quantity)))


def _order(a: Figure, b: Figure) -> Iterator[tuple[Figure, Figure]]:
    """Which of two rows that count the same was first in time, where their roles or years tell."""
    if a.quantity.role == "from" and a.counterpart is b.quantity or a.line is b.line and _TO.fullmatch(a.line.text[a.quantity.end:b.quantity.start]):
        yield a, b
    elif a.line is b.line and _LAST_TIME.search(piece_left(b.line, b.quantity)) and not _LAST_TIME.search(piece_left(a.line, a.quantity)) and _alike(a, b):
        yield b, a
    elif of_last_year(a) != of_last_year(b) and a.sentence is b.sentence and _alike(a, b) and not (a.period and b.period and a.period.year == b.period.year):
        yield (a, b) if of_last_year(a) else (b, a)
    elif (ours := a.period and a.period.low) and (theirs := b.period and b.period.low) and ours != theirs and _alike(a, b):
        yield (a, b) if ours < theirs else (b, a)


def _affirmed(line: Line, places: tuple[int, int, int], part: Figure, whole: Figure) -> bool:
    """Whether a piece of a claim says of what is left, and does not deny, what the report says of the part: 其余9个待法院判决 does not make the others so.
    places: where the piece begins, where its figure ends, and where the piece ends."""
    low, at, high = places
    denied = negation.negated(line.text[low:high])
    if any(coverage(w, part.scope.near) >= MOST for w in negation.negated(line.text[at:high])):
        return False  # 募集资金还有5亿元没有使用 of 募集资金已使用9亿元
    return any(w.verb and w.weight >= 0.5 and low <= w.start < high and w.text not in denied and coverage(w.text, part.scope.near) >= MOST and coverage(w.text, whole.scope.near) < 0.34 for w in line.words)


def _alike(a: Figure, b: Figure) -> bool:
    """Whether one of two rows names what the other counts, or names nothing by itself."""
    def nouns(row: Figure) -> list[str]:
        return [w.text for w in Line.read(row.scope.near + "," + row.scope.last).words if w.noun and w.weight == 1.0]
    return not nouns(b) or not nouns(a) or any(coverage(n, a.scope.near + a.scope.last) >= MOST for n in nouns(b))


def _distinct(words: Sequence[Word], part: Figure, whole: Figure) -> bool:
    """Whether a claim has a word for the part that the whole does not have, and one for the whole that the part does not."""
    x, y = whole.quantity, part.quantity
    if part.line is whole.line and x.end <= y.start and part.line.piece(x.start) == part.line.piece(y.start):
        low, high = part.line.pieces[part.line.piece(x.start)]
        return _any(words, part.line.text[y.end:high]) and _any(words, part.line.text[low:y.start])  # 127名采伐工中有93人转岗
    return _own(words, part, whole) and (_own(words, whole, part) or part.scope.near.startswith("其中") and _ahead(part, whole))


def _ahead(part: Figure, whole: Figure) -> bool:
    """Whether a figure is the nearest of its kind ahead of the 其中 that opens another's piece: what that is part of."""
    q = part.quantity
    before = [f for f in part.line.figures if f.base == q.base and f.measure == q.measure and part.line.piece(f.start) < part.line.piece(q.start)]
    return whole.line is part.line and bool(before) and before[-1] is whole.quantity


def _year_of(line: Line, part: Figure, whole: Figure, book: Book) -> bool:
    """Whether a claim tells a part from its whole by the year that the report gives it: 2021年的约占17% of 3年累计6亿元,其中2021年1亿元."""
    return part.scope.near.startswith("其中") and part.sentence is whole.sentence and any(agree(p, part.period, book.years) == "same" != agree(p, whole.period, book.years) for _, _, p in periods(line) if p.low)


def _any(words: Sequence[Word], text: str) -> bool:
    return any(w.weight >= 0.5 and coverage(w.text, text) >= MOST for w in words)


def _own(words: Sequence[Word], row: Figure, other: Figure) -> bool:
    """Whether a claim has a word for one row that another does not have."""
    def lacks(word: str) -> bool:
        longer = [w.text for w in words if word in w.text and word != w.text]
        if longer or any(w.text in word and word != w.text for w in words):  # 出口 and 进出口
            return word not in re.sub("|".join(map(re.escape, longer)) or "$", "", other.scope.near)
        return coverage(word, other.scope.near) < 0.34
    return any(w.weight >= 0.5 and coverage(w.text, row.scope.near) >= MOST and lacks(w.text) for w in words)


def _together(book: Book, q: Quantity, planned: bool) -> Iterator[tuple[Figure, ...]]:
    """The rows of one sentence that are of a figure's kind, two or more."""
    by: dict[tuple[str, int], list[Figure]] = {}
    for row in book.rows:
        if row.quantity.base == q.base and row.quantity.measure[-1:] == q.measure[-1:] and row.quantity.low == row.quantity.high and not row.quantity.hedge and (planned or row.status != "planned"):
            by.setdefault((row.document, row.sentence.start), []).append(row)
    return (tuple(rows[:BESIDE]) for rows in by.values() if len(rows) > 1)


def _runs(rows: Sequence[Figure], many: int) -> Iterator[tuple[Figure, ...]]:
    """Of the rows of a sentence those that are as many as a claim counts things, all that are of one change or that one 分别 gives out."""
    given = {tuple(f.start for f in found): found for r in rows if (found := given_out(r.line, r.quantity)[1])}
    for found in [tuple(r for r in rows if r.change == change) for change in dict.fromkeys(r.change for r in rows)] + [tuple(r for r in rows if r.quantity in f) for f in given.values()]:
        if len(found) == many:
            yield found
