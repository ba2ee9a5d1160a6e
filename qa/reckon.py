"""Comparisons, differences and sums that the report does not state itself, from ledger figures, with the working shown.

Nothing is guessed: every term is one figure of the ledger that has all words of its part of the question, all terms are of one
measure, and where two figures with different values fit a term nothing is reckoned. A hedged term makes the result 约.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.align import coverage, credit
from figures.arithmetic import growth
from figures.compare import comparable
from figures.ledger import Figure
from figures.made import shown
from index.lexical import simplify
from qa.nouns import entity_end
from qa.question import Question
from qa.signals import LOOSE, figures
from qa.task import ASK, MEASURED, Task, Term, task
from quantities.parse import Quantity, equal, parse
from quantities.quantity import EXACT, plain

CHANGED = re.compile(rf"(?:增加|增长|新增|减少|下降|提高|上升|上涨|多|少|涨|降)了?{ASK}|(?:增加|增长|减少|下降)了?百分之{ASK}|(?:增|减|涨|降)幅")
SHARE = re.compile("百分之|%|增幅|降幅|增速|幅度")
UNDONE = {"planned", "due", "negated"}
NEEDED, TELLING = 0.35, 0.7
SURER = 0.1  # so much better than in any other sentence


@dataclass(frozen=True)
class Reckoned:
    """answer: the result; working: how, with {1}, {2} … where the rows are cited; rows: the figures, in the order of the terms."""

    answer: str
    working: str
    rows: tuple[Figure, ...]


def told(q: Quantity) -> str:
    """A figure with its unit, which a table may have in its head alone."""
    return q.text if q.text.endswith(q.unit) else q.text + q.unit


def fits(row: Figure, term: Term, what: Task) -> float:
    """How well a row is the figure of a term; 0 where a word of the term is not said of it or the unit is another's."""
    q = row.quantity
    if row.derivation or not what.asks(q):
        return 0.0
    own = [credit(word, row.scope)[0] for word in term.own]
    shared = [credit(word, row.scope)[0] for word in term.shared]
    if any(c < TELLING for c in own) or any(c < NEEDED for c in shared):
        return 0.0
    for date in term.dates:
        year = parse(date)[0].date.year if parse(date)[0].date else None
        if year is None or not (row.period and row.period.year == year or str(year) in row.scope.near):
            return 0.0
    near = [coverage(word, text) for word in (*term.own, *term.shared) for text in (row.scope.near, row.measure)]
    head = float(bool(term.shared) and term.shared[-1] in row.scope.near)  # 快递业务量 is no 业务收入 and no 快递网点
    level = 0.5 * (row.change == "level" and not what.kinds)  # of 业务量 and its growth in the next column, the one that is asked for
    return (0.5 if what.unit and q.unit.endswith(what.unit) else 0.01) + sum(own) + sum(shared) + sum(near) + level + head


def find(rows: Sequence[Figure], term: Term, what: Task) -> Figure | None:
    """The one figure of a term; None where there is none or several of about one fit differ."""
    scored = sorted(((fits(row, term, what), -i, row) for i, row in enumerate(rows)), key=lambda s: s[:2], reverse=True)
    scored = [s for s in scored if s[0] > 0]
    if not scored:
        return None
    best, _, row = scored[0]
    close = [other for score, _, other in scored[1:] if score > best - 0.3]
    return row if all(equal(row.quantity, other.quantity) for other in close) else None


def side_by_side(rows: Sequence[Figure], what: Task) -> list[Figure | None]:
    """The figures of a comparison that one sentence gives for its terms, alike and each another's: 其中风电17万千瓦、光伏31万千瓦; none where no sentence does, or two do as well."""
    sentences: dict[tuple[str, int], list[Figure]] = {}
    for row in rows if what.kind == "more" else ():
        sentences.setdefault((row.document, row.sentence.start), []).append(row)
    found = []
    for group in sentences.values():
        told = [find(group, term, what) for term in what.terms]
        if all(told) and len({row.start for row in told}) == len(told) and all(alike(told[0], row, what) for row in told):
            found.append((sum(fits(row, term, what) for row, term in zip(told, what.terms)), told))
    found.sort(key=lambda scored: -scored[0])
    return found[0][1] if found and (len(found) == 1 or found[1][0] < found[0][0] - SURER) else []


def stated(rows: Sequence[Figure], what: Task) -> bool:
    """Whether the report gives the result itself: one figure in whose own piece, or the one before, all terms are named."""
    names = [word for term in what.terms for word in term.own]
    return all(term.own for term in what.terms) and any(
        what.asks(row.quantity) and all(coverage(word, row.scope.near + row.scope.last * (row.counterpart is None)) > 0.66 for word in names)
        and sum(f.base == row.quantity.base for f in row.line.figures if row.line.piece(f.start) in (row.line.piece(row.quantity.start) - 1, row.line.piece(row.quantity.start))) == 1
        for row in rows)


def reckon(question: Question, rows: Sequence[Figure]) -> Reckoned | None:
    """The result of a comparison, difference or sum, None where the question asks for none, the report states it or a term is not sure."""
    what = task(question)
    if what is None or stated(rows, what):
        return None
    found = side_by_side(rows, what) or [find(rows, term, what) for term in what.terms]
    if any(row is None for row in found) or len({(row.document, row.start) for row in found}) < len(found):
        return None
    first = found[0]
    if any(not alike(first, row, what) or row.quantity.kind != first.quantity.kind or row.change != first.change or row.status != first.status and UNDONE & {row.status, first.status} for row in found[1:]):
        return None
    quantities = [row.quantity for row in found]
    if not all(q.low.is_finite() and q.high.is_finite() or q.hedge for q in quantities) or first.quantity.kind == "percent" and what.kind == "sum":
        return None
    return RESULT[what.kind](what, found)


def alike(a: Figure, b: Figure, what: Task) -> bool:
    """Whether two figures may be reckoned with each other; which is more may be told of 场 and 次 too."""
    return comparable(a.quantity, b.quantity) or what.kind == "more" and a.quantity.kind == b.quantity.kind == "count" and bool(LOOSE & {a.quantity.measure, b.quantity.measure})


def about(quantities: Sequence[Quantity]) -> str:
    """约 where a figure is hedged."""
    return "约" if any(not q.exact for q in quantities) else ""


def finest(quantities: Sequence[Quantity]) -> Quantity:
    """The figure written to the smallest step, like which a result is written."""
    return min(quantities, key=lambda q: q.precision)


def written(value: Decimal, quantities: Sequence[Quantity]) -> str:
    """A result in the unit of its terms; a difference of percentages in 个百分点.

    >>> written(Decimal(34), parse("61家,95家"))
    '34家'
    """
    if quantities[0].kind == "percent":
        return f"{about(quantities)}{plain(abs(value))}个百分点"
    return about(quantities) + shown(value, finest(quantities)).text


def named(what: Task, rows: Sequence[Figure]) -> list[str]:
    """Each term with its figure and its marker."""
    return [f"{term.name}{told(row.quantity)}{{{i}}}" for i, (term, row) in enumerate(zip(what.terms, rows), 1)]


def total(what: Task, rows: Sequence[Figure]) -> Reckoned:
    quantities = [row.quantity for row in rows]
    value = sum((q.point for q in quantities), Decimal(0))
    answer = written(value, quantities)
    return Reckoned(answer, f"{' + '.join(named(what, rows))} = {answer}", tuple(rows))


def gap(what: Task, rows: Sequence[Figure]) -> Reckoned:
    a, b = (row.quantity for row in rows)
    value = EXACT.subtract(a.point, b.point)
    answer = written(abs(value), (a, b))
    first, second = named(what, rows)
    high, low = (first, second) if value >= 0 else (second, first)
    sense = "" if what.less == (value < 0) or value == 0 else ("少" if value < 0 else "多")
    return Reckoned(sense + answer, f"{high} − {low} = {answer}", tuple(rows))


def more(what: Task, rows: Sequence[Figure]) -> Reckoned | None:
    order = sorted(range(len(rows)), key=lambda i: rows[i].quantity.point, reverse=not what.less)
    best, names = rows[order[0]].quantity, named(what, rows)
    if any(not best.exact and not q.exact and best.low < q.high and q.low < best.high for q in (rows[i].quantity for i in order[1:])):
        return None
    if best.point == rows[order[1]].quantity.point:
        return Reckoned("一样", " = ".join(names), tuple(rows)) if len(rows) == 2 else None
    told_in = range(2) if len(rows) == 2 else order
    points = [rows[i].quantity.point for i in told_in]
    signs = [" > " if a > b else " < " if a < b else " = " for a, b in zip(points, points[1:])]
    return Reckoned(without_place(order[0], what), "".join(f"{names[i]}{sign}" for i, sign in zip(told_in, [*signs, ""])), tuple(rows))


def without_place(best: int, what: Task) -> str:
    """The name of a term without the place that only the first names and that holds of all: 高血压 of 柏川县高血压和糖尿病."""
    ends = [entity_end(term.name) for term in what.terms]
    name = what.terms[best].name
    return name[ends[best]:] if best == 0 and not any(ends[1:]) and 0 < ends[0] < len(name) - 1 else name


RESULT = {"sum": total, "gap": gap, "more": more}


def change(question: Question, sentence: str, answer: str) -> tuple[str, str] | None:
    """(answer, working) where a question asks by how much something changed and its sentence only says from what to what.

    >>> change(Question.of("企业增加了多少家？"), "企业数从61家增至95家。", "95家")
    ('34家', '95家 − 61家 = 34家')
    >>> change(Question.of("企业增长了百分之多少？"), "企业数从61家增至95家。", "95家")
    ('55.7%', '（95家 − 61家）÷ 61家 = 55.7%')
    >>> change(Question.of("企业增加到多少家？"), "企业数从61家增至95家。", "95家") is None
    True
    """
    every = figures(sentence)
    pair = next(((a, b) for a, b in zip(every, every[1:]) if a.role == "from" and b.role == "to" and answer in (a.text, b.text)), None)
    if pair is None or not CHANGED.search(simplify(question.text)) or not all(q.exact and q.kind in MEASURED for q in pair) or not comparable(*pair):
        return None
    a, b = pair
    if SHARE.search(question.text) and a.kind != "percent":
        grown = growth(a, b)
        if grown is None or a.low <= 0:
            return None
        value = plain(EXACT.multiply(EXACT.subtract(EXACT.divide(b.low, a.low), 1), 100).quantize(Decimal("0.1")))
        return f"{abs(value)}%", f"（{b.text} − {a.text}）÷ {a.text} = {value}%"
    high, low = (b, a) if b.low >= a.low else (a, b)
    result = written(high.low - low.low, pair)
    return result, f"{high.text} − {low.text} = {result}"
