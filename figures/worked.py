"""A figure that a claim reckons from two or more of the report's (workings.py): its verdict.

`worked` looks for rows near each other whose difference, sum, quotient or share is the claim's figure, and that together say what
the claim says; the value alone proves nothing. What is not found stays as it was decided: nothing is contradicted here.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from figures import marks
from figures.align import Book, coverage
from figures.arithmetic import Range, written
from figures.compare import SAME, relation
from figures.ledger import Derivation, Figure
from figures.line import Line, Word, bare
from figures.period import agree, periods
from figures.verdict import SUPPORTED
from figures.wording import abbreviates
from figures.workings import RECKONED, Working, words_of, workings
from quantities.parse import Quantity

FAR, HALF_FAR = Decimal("0.2"), Decimal("0.35")           # of a hedged figure's own value (超过七成; 一半以上) what is reckoned may lie from it
ENOUGH, EACH = 0.6, 0.5  # of the claim's words both rows together and of any word one of them must say
_SELF = re.compile("年度|公司|集团|学校|医院|企业|报告|全[国省市县区校院州]|当地|[一-鿿]{0,2}开发区|[高新]?新区|经开区|园区")


def worked(q: Quantity, line: Line, book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a claim's figure that follows from two of the report's, or None.

    The sign must be the claim's, the years that it names those of the rows, and its words theirs.
    """
    if q.kind not in RECKONED and q.kind not in ("points", "multiple") or q.role == "from":
        return None
    ours, best, most = written(q), None, ENOUGH
    for working in workings(q, line, book):
        if ours.low <= working.value <= ours.high and not _written(q, line, working, book) and (not q.hedge or abs(working.value - q.point) <= (HALF_FAR if q.unit == "半" else FAR) * q.point) and (said := _says(words_of(q, line, working), working, book)) >= most and _dated(line, working, book):
            best, most = working, said + 0.001
    if best is None:
        return None
    working = f"{best.text} ＝ {q.text}"
    return SUPPORTED, f"推算相符({working})", replace(best.a, derivation=Derivation("worked", best.value, Range(best.value, best.value), working))


def _written(q: Quantity, line: Line, working: Working, book: Book) -> bool:
    """Whether a sentence of the rows has the figure itself, as a change or not as the claim has it, so that it is not theirs to give; of what is left it may say more."""
    if working.one and "−" in working.text:
        return False
    changed = marks.change(line, q.start, q.end) == "change"
    return any(r.sentence is row.sentence and (r.change == "change") == changed and relation(q, r.quantity) == SAME for row in working.rows for r in book.rows)


def _says(words: Sequence[Word], working: Working, book: Book) -> float:
    """How much of a claim's words the rows say together; 0 where one of those that a claim must speak of has none of them, or a noun that the report has stands near none."""
    if working.balance and not words:
        return 1.0
    rows = working.rows
    scopes = [(1.0, row.scope.near + bare(row.measure)) for row in rows] + [(0.9, t) for row in rows for t in (row.scope.last, row.scope.left, row.scope.topic, row.scope.heading)]
    scopes += [(0.9, "".join(row.scope.near for row in rows))] if all(row.line is rows[0].line for row in rows) else []  # 宣告12名甲和7名乙无罪
    scopes += [(0.6, t) for row in rows for t in (row.scope.before, row.scope.opening, book.led(row), book.documents[row.document].title)]
    total = got = 0.0
    for w in words:
        weight = w.weight * book.rarity(w.text)
        earned = max((worth * coverage(w.text, t) for worth, t in scopes if t), default=0.0)
        earned = max(earned, 0.9) if any(abbreviates(w.text, t) for row in rows for t in (row.scope.heading, row.scope.near)) else earned  # 亩产 of 亩均产量
        if w.noun and w.weight == 1.0 and earned < 0.4 and not _SELF.fullmatch(w.text) and (w.name or w.text in book.whole):
            return 0.0
        total, got = total + weight, got + weight * earned
    near = [max((coverage(w.text, row.scope.near + row.scope.last + row.scope.heading + bare(row.measure)) for w in words), default=0.0) for row in rows]
    spoken = working.balance or (max(near) if working.each else near[0] if working.one else min(near)) >= EACH
    return got / total if total and spoken else 0.0


def _dated(line: Line, working: Working, book: Book) -> bool:
    """Whether the years that a claim names are those of the two rows, as far as they have any."""
    theirs = [row.period for row in working.rows]
    ours = [p for _, _, p in periods(line)] + [p for _, _, p in periods(Line.read(re.sub("[比较]", "", line.text)))]
    years = [t.year for t in theirs if t is not None and t.year]
    if len(years) == 2 and abs(years[0] - years[1]) > 1 and re.search("同比|[比较](?:上年|去年)", line.text):
        return False
    return all(any(agree(p, t, book.years) != "differs" for t in theirs) for p in ours if p.low is not None and p.text not in ("当年", "同年"))
