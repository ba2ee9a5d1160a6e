"""One figure of a claim → its verdict: the rows of the same value, what keeps each from supporting the claim, and the rows of other values that fit better.

Positive agreement in subject, measure and period is required for "supported"; a reason is always given, in Chinese.
"""
from __future__ import annotations

import re
from collections.abc import Mapping

from figures import marks
from figures.align import Book, Match, coverage, lacking, match, strange
from figures.asked import asked, fits
from figures.compare import AGREE, HEDGED, OTHER, ROUNDED, SLIP, comparable, relation
from figures.ledger import Figure
from figures.line import Line, bare
from figures.period import Period, agree, period_of
from figures.persons import stranger
from figures.ratios import reckon
from figures.said import said
from figures.subjects import miscounted, other_ages, topic_of
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from quantities.parse import Quantity

FIT, NEAR_FIT = 0.62, 0.5          # a row of the same value must say this share of the claim's words, and of those in the figure's piece
HEAD_FIT, HEAD_CLOSE = 0.36, 0.55  # the noun next to the figure must stand by the row's, or most words of its piece in the row's piece
RIVAL = 0.015                      # no row of another value may say so much more
CLOSER = 0.08                      # nor one of the same sentence so much more in its own piece
OTHER_MEASURE = 0.15               # nor one of another measure word so much more: 20台 for 36个
OTHER_FIT, OTHER_NEAR = 0.7, 0.7   # a row of another value must say this much to contradict
LEAST = 0.5                        # below it the same value is a coincidence
NO_RANK = 1000
LEAST_OF, MOST_OF = frozenset("以上 及以上 至少 不少于 不低于 超过 超 逾 突破 多于 高于".split()), frozenset("以下 及以下 以内 之内 不足 不到 不超过 低于 少于".split())


def conflict(q: Quantity, line: Line, m: Match, period: Period | None, book: Book) -> str:
    """What keeps a row of the same value from supporting a claim: the reason in Chinese, or ""."""
    row = m.row
    if q.kind not in ("date", "time") and agree(period, row.period, book.years) == "differs":
        return f"时间不符:原文是{row.period.text}的" if row.period else "时间不符:原文没有这个时间的数字"
    if word := marks.denial(line.text, row.line.text):
        return f"与原文的肯定或否定相反(“{word}”)"
    if marks.denies(piece_of(line, q)) and not marks.denies(row.line.text) and not marks.shortfall(line.text, row.line.text):
        return "与原文的肯定或否定相反"
    ours = marks.status(line, q.start)
    if marks.has(piece_of(line, q), "ongoing") and row.status != "planned" and not marks.has(row.line.text, "ongoing"):
        return "口径不符:原文没有说还在进行"
    if row.status == "planned" and ours != "planned" and marks.has(row.line.text, "strong_planned"):
        return "口径不符:原文是计划或目标,不是已完成"
    if ours == "planned" and row.status == "done":
        return "口径不符:原文已经完成,不是计划"
    kind = marks.change(line, q.start, q.end)
    if {kind, row.change} in ({"change", "level"}, {"change", "total"}, {"new", "total"}) and q.kind not in ("date", "time", "rank", "ordinal", "duration", "ratio"):
        return "口径不符:原文是新增或增减的量" if row.change in ("change", "new") else "口径不符:原文是总量,不是新增或增减的量"
    sign = marks.direction(line, q.start, q.end)
    if sign * row.direction < 0:
        return "口径不符:原文的升降方向相反"
    if q.role and row.quantity.role and q.role != row.quantity.role:
        return "数字不符:起点与终点颠倒"
    if row.quantity.role == "from" and not q.role and row.counterpart and not _then(period, row, book) and not re.search("原|此前|之前|以前|从前|曾|由|从|最初|起初|当时|调整前|修订前", line.text[:q.start]):
        return f"数字不符(原文为从{row.text}到{row.counterpart.text})"
    if m.foreign and (known := [w for w in m.foreign if w.text in book.whole or w.name]):
        return f"主体不符:原文这个数字说的不是“{known[0].text}”"
    if name := strange(line, q, row.scope, book):
        return f"主体不符:原文这个数字说的不是“{name}”"
    if "全部" in piece_of(line, q) and not re.search("全部|均|都|悉数|100%", row.line.text):
        return "与原文不符:原文没有说“全部”"
    if verb := unsaid(q, line, row):
        return f"与原文不符:原文没有这样说“{verb}”"
    if word := marks.contrast(bare(piece_of(line, q).replace(q.text, "")), row.scope.near):
        return f"主体不符:原文不是“{word}”"
    if why := stranger(line.text, row.line.text, book.whole):
        return why
    if group := other_ages(q, line, row):
        return f"主体不符:原文这个数字说的不是“{group}”"
    if word := miscounted(q, line, row):
        return f"主体不符:原文这个数字说的是“{word}”"
    if m.displaced:
        return f"主体不符:原文这个数字说的不是“{m.displaced[0]}”"
    if m.borrowed and m.lacking:
        return f"主体不符:原文这个数字说的是“{m.lacking[0]}”"
    return ""


def _then(period: Period | None, row: Figure, book: Book) -> bool:
    """Whether a claim speaks of the time at which a change starts: 2022年 of 由上年的312万增至348万."""
    return period is not None and row.period is not None and agree(period, row.period, book.years) == "same" and bool(
        re.search(f"[由从自]{re.escape(row.period.text)}末?的?$", row.line.text[:row.quantity.start]))


def fit(m: Match, text: str) -> float:
    """The score of a row, less for each noun of its own that the claim does not say: of two that fit, the plainer."""
    return m.score - 0.04 * min(3, len(lacking(m.row, text)) + bool(topic_of(m.row, text)))


def leaves_room(q: Quantity, source: Quantity) -> bool:
    """Whether a report's open figure says nothing against a claim's: 稳定在5亿斤以上 against 5.27亿斤."""
    return source.hedge in LEAST_OF and q.point >= source.point or source.hedge in MOST_OF and q.point <= source.point


def unsaid(q: Quantity, line: Line, row: Figure) -> str:
    """The verb behind a claim's figure in its piece that the row's sentence has nothing of, or ""."""
    high = line.pieces[line.piece(q.start)][1]
    if any(q.end <= f.start < high for f in line.figures):
        return ""
    return next((w.text for w in line.words if q.end <= w.start < high and w.verb and w.weight >= 0.5 and not (len(w.text) == 2 and w.text[1] in "过了着")
                 and coverage(w.text, row.scope.sentence) < 0.3), "")


def piece_of(line: Line, q: Quantity) -> str:
    s, e = line.pieces[line.piece(q.start)]
    return line.text[s:e]


def elsewhere(why: str) -> bool:
    """Whether a row of another value may still be the one that a claim speaks of, what conflicts being only its direction."""
    return not why or why.startswith("口径不符:原文的升降")


def better(a: Match, b: Match, text: str, q: Quantity) -> bool:
    """Whether a row fits a claim's words so much better than another that the other's figure is not the one spoken of."""
    if leaves_room(q, a.row.quantity) and b.near >= NEAR_FIT:
        return False
    if b.row.quantity.kind == "count" and q.measure == b.row.quantity.measure != a.row.quantity.measure and b.near >= NEAR_FIT:
        return fit(a, text) > fit(b, text) + OTHER_MEASURE
    if a.row.sentence == b.row.sentence:
        return a.score > b.score + RIVAL or a.close > b.close + CLOSER or a.close >= b.close and a.score > b.score - RIVAL and fit(a, text) > fit(b, text) + RIVAL
    return fit(a, text) > fit(b, text) + RIVAL


def decide(q: Quantity, line: Line, book: Book, ranks: Mapping[tuple[str, int], int] = {}) -> tuple[str, str, Figure | None]:
    """The verdict of one figure of a claim, the reason, and the row that decides.

    ranks: the place of a sentence, by document and start, in what the retriever found; of rows that fit alike its first is cited.
    """
    items = said(line, q, book.rarity)
    text = bare(line.text)
    period = period_of(line, q)
    same: list[tuple[Match, str]] = []
    other: list[tuple[Match, str]] = []
    reckoned: list[tuple[Match, bool]] = []
    for row in book.derived:
        if comparable(q, row.quantity) and asked(q, line, row, agree(period, row.period, book.years) == "same"):
            how = fits(q, row)
            if how is not None:
                reckoned.append((match(items, row, book, text), how))
    reckoned.sort(key=lambda p: (-round(p[0].score, 2), not p[1]))
    for row in book.rows:
        how = relation(q, row.quantity)
        if how in AGREE:
            same.append((match(items, row, book, text), how))
        elif how != OTHER and (how == SLIP or comparable(q, row.quantity)) and (row.quantity.kind != "number" or q.kind == "number"):
            other.append((match(items, row, book, text), how))
    for found in (same, other):
        found.sort(key=lambda p: (-round(p[0].score, 2), p[0].row.quantity.role == "from" and q.role != "from", ranks.get((p[0].row.document, p[0].row.sentence.start), NO_RANK), -p[0].score))
    if q.kind == "age":  # two groups of one claim are no rivals of each other
        other = [(m, how) for m, how in other if not any(f is not q and relation(f, m.row.quantity) in AGREE for f in line.figures)]
    rivals = [(m, how) for m, how in other if q.kind == "date" and (q.date is None or q.date.month is None or m.row.quantity.date and m.row.quantity.date.month) or q.kind != "date" and agree(period, m.row.period, book.years) != "differs"]
    reasons = []
    for m, how in same[:6]:
        if m.score < LEAST or reasons and m.score < reasons[0][1].score - 0.1:
            continue
        rival = max((r for r, _ in rivals[:5] if r.row.quantity is not m.row.counterpart and r.score > m.score - 0.05 and elsewhere(conflict(q, line, r, period, book))), key=lambda r: fit(r, text), default=None)
        if why := conflict(q, line, m, period, book):
            reasons.append((why, m))
        elif m.score < FIT or m.near < NEAR_FIT or m.head < HEAD_FIT and m.close < HEAD_CLOSE:
            continue
        elif reckoned and not reckoned[0][1] and reckoned[0][0].row.sentence == m.row.sentence and reckoned[0][0].score > m.score + CLOSER and not conflict(q, line, reckoned[0][0], period, book):
            break  # the report says by what is left over that another figure is meant
        elif rival and better(rival, m, text, q):
            reasons.append((f"数字不符(原文为{rival.row.text})", rival))
        else:
            return SUPPORTED, {ROUNDED: "四舍五入后相符", HEDGED: "相符"}.get(how, "相符"), m.row
    told = reckon(q, line, book) or _reckoned(q, line, reckoned, rivals, period, book)
    if told and (told[0] == SUPPORTED or not reasons):
        return told
    if reasons and not (rivals and period is not None and agree(period, rivals[0][0].row.period, book.years) == "same") and (not rivals or reasons[0][1].score > rivals[0][0].score - 0.05):
        return CONTRADICTED, reasons[0][0], reasons[0][1].row
    for m, how in rivals[:1]:
        slip = how == SLIP
        if marks.contrast(bare(piece_of(line, q).replace(q.text, "")), m.row.scope.near) or strange(line, q, m.row.scope, book):
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
    best = next(((m, how) for m, how in found if not (why := conflict(q, line, m, period, book)) or m.row.derivation.kind == "rest" and why.startswith("与原文的肯定")), None)
    if best is None:
        return None
    m, how = best
    if m.score < FIT or m.near < NEAR_FIT or m.head < HEAD_FIT and m.close < HEAD_CLOSE:
        return None
    working = m.row.derivation.working
    if how:
        exact = m.row.derivation.value == q.point
        return SUPPORTED, f"{'推算相符' if exact else '推算并四舍五入后相符'}({working})", m.row
    if any(r.score > m.score + RIVAL and not conflict(q, line, r, period, book) and r.row.change == "change" for r, _ in rivals[:3]) or m.foreign or m.score < OTHER_FIT or m.close < HEAD_CLOSE:
        return None
    return CONTRADICTED, f"数字不符(按原文推算为{m.row.text}:{working})", m.row
