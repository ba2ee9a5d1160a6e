"""One figure of a claim → its verdict: the rows of the same value, what keeps each from supporting the claim, and the rows of other values that fit better.

Positive agreement in subject, measure and period is required for "supported"; a reason is always given, in Chinese.
"""
from __future__ import annotations

from collections.abc import Sequence

from figures import marks
from figures.align import Book, Match, left_over
from figures.around import piece_of
from figures.compare import AGREE, HEDGED, ROUNDED, SAME, SLIP, relation
from figures.conflict import conflict
from figures.gather import LEAST, Found, year_before_of
from figures.ledger import Figure
from figures.line import Line, bare
from figures.period import Period
from figures.ratios import reckon
from figures.rivals import CLOSER, FIT, NEAR_FIT, RIVAL, accompanied, better, elsewhere, fit, given, near_enough, own_time, swapped
from figures.strange import strange
from figures.subjects import topic_of
from figures.timing import timed
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, TURNED
from quantities.parse import Quantity

HEAD_FIT, HEAD_CLOSE = 0.36, 0.55  # the noun next to the figure must stand by the row's, or most words of its piece in the row's piece
DISTINCT_FIT, DISTINCT_NEAR = 0.55, 0.45  # enough for a figure of three digits or more
MOSTLY = 0.8                       # of a claim's words, where the noun next to such a figure stands elsewhere
WRITTEN = 0.3                      # a row that is rounded must say so much more than one which has the value as written
OTHER_FIT, OTHER_NEAR = 0.7, 0.7   # a row of another value must say this much to contradict
SAYS_ALL, SAYS_ALL_CLOSE = 0.85, 0.7  # or this much, whatever noun stands next to it


def fits_words(m: Match) -> bool:
    """Whether a row says enough of what a claim says around its figure."""
    return m.score >= FIT and m.near >= NEAR_FIT and (m.head >= HEAD_FIT or m.close >= HEAD_CLOSE)


def digits(q: Quantity) -> int:
    """With how many digits a figure is written."""
    return len(q.written.mantissa.normalize().as_tuple().digits)


def distinct(q: Quantity, how: str) -> bool:
    """Whether a figure of the same value can hardly be there by chance: it is written with three digits or more."""
    return how == SAME and not q.hedge and digits(q) >= 3


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
            if not reasons and accompanied(q, line, m.row, rest) and (why := conflict(q, line, m, period, book)).startswith(TURNED):
                reasons.append((why, m))  # 下降8.9%,降幅收窄3.7个百分点 of 下降8.9%,降幅扩大3.7个百分点
            continue
        swap = swapped(q, line, m.row, rest)
        rival = max((r for r, _ in rivals[:5] if not given(q, line, m.row, r.row, rest) and r.row.quantity is not m.row.counterpart and not (r.row.status == "planned" != m.row.status and marks.status(line, q.start) == "done") and not (timed(period, m.row, book) == "same" != timed(period, r.row, book)) and not (period is None and own_time(r.row) and not own_time(m.row)) and near_enough(line, q, r, m) and elsewhere(conflict(q, line, r, period, book))), key=lambda r: fit(r, text), default=None)
        if why := conflict(q, line, m, period, book) or (f"数字不符(与“{swap.text}”颠倒)" if swap else ""):
            reasons.append((why, m))
        elif not (fits_words(m) or left_over(line, q, m.row) or distinct(q, how) and m.score >= DISTINCT_FIT and m.near >= DISTINCT_NEAR and (m.head >= HEAD_FIT or m.head >= 0.3 and m.close >= 0.35 or m.score >= MOSTLY)):
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
    written = told is not None and told[2].derivation is not None and any(how == SAME and m.row.sentence is told[2].sentence and (told[2].derivation.kind == "whole" or told[0] == SUPPORTED and reasons and "rest" not in told[2].derivation.kind and m.score >= LEAST and (m.row.change == "change") == (told[2].change == "change")) for m, how in same[:3])
    if told and (told[0] == SUPPORTED or not reasons) and not written:  # a whole that the sentence has itself is not the part's
        return told
    if reasons and not (rivals and period is not None and timed(period, rivals[0][0].row, book) == "same") and (not rivals or reasons[0][1].score > rivals[0][0].score - 0.05):
        return CONTRADICTED, reasons[0][0], reasons[0][1].row
    for m, how in rivals[:1]:
        slip = how == SLIP
        if marks.contrast(bare(piece_of(line, q).replace(q.text, "")), m.row.scope.near) or strange(line, q, m.row, book):
            break
        if reasons and conflict(q, line, m, period, book).startswith(("口径不符:原文是总量", "口径不符:原文是新增")):
            break  # 比上年增加1953户 of 28746户,比上年减少1953户
        if period is not None and period.year and m.row.period is not None and m.row.period.low is None or topic_of(m.row, text) and m.score < 0.9:
            break
        if m.row.status == "planned" and marks.status(line, q.start) != "planned" and reasons == [] and same and same[0][0].score > m.score - (0.4 if marks.status(line, q.start) == "done" else 0.1):
            break
        if m.score >= (FIT if slip else OTHER_FIT) and m.near >= (NEAR_FIT if slip else OTHER_NEAR) and (m.head >= (0.45 if slip else 0.6) or m.score >= SAYS_ALL and m.close >= SAYS_ALL_CLOSE) and not any(w.text in book.whole or w.name for w in m.foreign):
            return CONTRADICTED, f"单位或数量级不符(原文为{m.row.text})" if slip else f"数字不符(原文为{m.row.text})", m.row
    if reasons:
        return CONTRADICTED, reasons[0][0], reasons[0][1].row
    return NOT_MENTIONED, "原文未提及", None


def _reckoned(q: Quantity, line: Line, found: list[tuple[Match, bool]], rivals: list[tuple[Match, str]], period: Period | None, book: Book) -> tuple[str, str, Figure] | None:
    """The verdict of a figure that the report does not write but that follows from it; None where nothing fits well enough."""
    best = next(((m, how) for m, how in found if not (why := conflict(q, line, m, None if year_before_of(period, m.row, book) else period, book)) or m.row.derivation.kind == "rest" and why.startswith("与原文的肯定")), None)
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
