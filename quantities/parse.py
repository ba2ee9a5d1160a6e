"""The entry: `parse` reads the figures of a Chinese text, `names` what only looks like figures, `protected` what no splitter may cut.

Any `str` comes in, nothing is raised; time is linear in its length. Offsets are those of the given text. Quantities come in
order and do not overlap. One left-to-right scan: at each numeral, date word or sign of money the readers below are tried in order.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal

from quantities import dates, hedges
from quantities import names as _names
from quantities.measures import figure
from quantities.numerals import HAN, normalise, number
from quantities.periods import ERAS, bounds
from quantities.quantity import EXACT, Date, Quantity, Written, equal, plain
from quantities.ranks import rank
from quantities.scan import Scan
from quantities.shares import share

__all__ = ["Date", "Quantity", "Written", "equal", "names", "parse", "protected"]

_START = re.compile(rf"(?<=[0-9股])[派送转配](?=[增现发金红利]{{0,4}}[0-9])|[0-9{HAN}半几数$¥€£￥第前翻]|去年|今年|明年|前年|后年|同年|当年|本年|上年|上一年|上一?学年|大前年|次年|翌年|是年|本月|上月|下月|同月|当月|上个月|下个月|凌晨|清晨|早晨|早上|上午|中午|正午|下午|午后|傍晚"
                    rf"|晚上|晚间|深夜|午夜|夜间|公元|上个?世纪|[上下]半年|年[初底末中]|正月|腊月|初[一二三四五六七八九十]|倒数第|US\$|HK\$|NT\$|TOP|top|Top|{'|'.join(ERAS)}")
_BETWEEN = re.compile(r"(?:至|到|为|成)(?:[^。；;！？\n]{0,3})$")
_FROM = re.compile(r"(?:从|由|自(?!来|动|主|治|然|身|己|助|愿|营|有|费|行))[^。；;,，！？\n至到]{0,14}$")
_SENTENCE = re.compile(r"[。！？\n]")
_LONG = re.compile(f"[{HAN}]{{25,}}|[0-9]{{25,}}")  # no number: skipped at once, so that time stays linear


def _date(scan: Scan, at: int) -> Quantity | None:
    """A date or clock time, which then completes the part dates behind it in the sentence."""
    found = dates.find(scan.text, at, scan.context)
    if found is None:
        return None
    d, until = found.date, found.until
    start, word = hedges.before(scan.text, at, scan.floor)
    if word not in ("约", "大约", "近"):
        start, word = at, ""
    end, tail = hedges.after(scan.text, found.end, found.base)
    if tail not in ("左右", "许", "前后"):
        end, tail = found.end, ""
    last = until or d
    if not found.clock:
        scan.context = replace(scan.context, year=last.year if last.year is not None else scan.context.year, month=last.month,
                               last_year=last.year if last.year is not None else scan.context.last_year)
    low, high = bounds(d)[0], bounds(last)[1]
    return scan.make(start, end, "time" if found.clock else "date", low, high, hedge=word or tail, written=Written(low), date=d,
                     date_end=until, role="range" if until else "", base="time" if found.clock else "date")


def _run(scan: Scan) -> list[Quantity]:
    """The left-to-right scan: spans of names are passed over, a long run of numerals at once."""
    spans = _names.find(scan.text)
    starts = [s[0] for s in spans]
    out: list[Quantity] = []
    at = seen = 0
    while m := _START.search(scan.text, at):
        at = m.start()
        i = bisect_right(starts, at) - 1
        if i >= 0 and spans[i][1] > at:
            at = spans[i][1]
            continue
        if _SENTENCE.search(scan.text, seen, at):
            scan.context = replace(scan.context, year=None, month=None)
        seen = at
        q = _date(scan, at) or rank(scan, at) or share(scan, at) or figure(scan, at)
        if q is not None and q.end > at:
            out.append(q)
            at = scan.floor = q.end
        else:
            n = number(scan.text, at)
            long = _LONG.match(scan.text, at)
            at = max(at + 1, n.end if n else 0, long.end() if long else 0)
    return out


def _listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """上升0.9个和3.2个百分点: what a list counts its last member says."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i:i + 2]
        if b.kind == "points" and a.kind == "count" and a.unit == "个" and text[a.end:b.start] in ("、", "和", "与", "及"):
            out[i] = replace(a, kind=b.kind, base=b.base, unit=b.unit, measure=b.measure)
    return out


def _roles(text: str, found: list[Quantity]) -> list[Quantity]:
    """从A增至B, 由A提高到B: the two ends get their roles, and a bare A takes B's dimension."""
    out = list(found)
    for i in range(len(out) - 1):
        a = out[i]
        if a.role or a.kind in ("date", "time", "rank", "ordinal") or not _FROM.search(text, max(0, a.start - 16), a.start):
            continue
        for j in range(i + 1, min(i + 4, len(out))):
            b = out[j]
            between = text[a.end:b.start]
            if len(between) > 40 or re.search(r"[。；;！？\n]", between):
                break
            if b.kind in ("date", "time", "rank", "ordinal") or not _BETWEEN.search(between[-6:]) and not re.search(r"(?:至|到|为)[^,，。]{0,12}$", between):
                continue
            if a.base == b.base or a.kind == "number":
                if a.kind == "number" and b.kind != "number":
                    factor = b.written.factor
                    scale = b.written.scale if a.written.scale == 1 and a.low and b.written.scale > 1 and a.written.mantissa < b.written.mantissa and b.unit[:1] in "万亿" else Decimal(1)
                    f = EXACT.multiply(factor, scale)
                    a = replace(a, kind=b.kind, base=b.base, measure=b.measure, per=b.per, low=plain(EXACT.multiply(a.low, f)), high=plain(EXACT.multiply(a.high, f)), written=replace(a.written, factor=f))
                out[i], out[j] = replace(a, role="from"), replace(b, role="to")
                break
    return out


def parse(text: str, date: tuple[int, int | None] | None = None) -> tuple[Quantity, ...]:
    """All quantities of a text, in order, without overlap. `date` is the document's (year, month or None), for 去年 and 1月13日.

    >>> [(q.text, q.kind, int(q.low), q.role) for q in parse("企业数从83家增至147家")]
    [('83家', 'count', 83, 'from'), ('147家', 'count', 147, 'to')]
    >>> [(q.text, q.kind) for q in parse("排名第七,总投资约3630万元,打通五纵四横路网")]
    [('第七', 'rank'), ('约3630万元', 'money')]
    """
    scan = Scan(text, date)
    return tuple(_roles(scan.text, _listed(scan.text, _run(scan))))


def names(text: str) -> tuple[tuple[int, int, str], ...]:
    """Names that hold numerals but are no figures, in order: (start, end, the name as written). Ordinary words (进一步) are not among them.

    >>> [n[2] for n in names("认定“专精特新”企业,打通五纵四横路网,进一步推进三大改造")]
    ['五纵四横', '三大改造']
    """
    return tuple((s, e, text[s:e]) for s, e, sign in _names.find(normalise(text)) if sign != "word")


def protected(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges that a splitter must not cut, in order, merged where they touch by overlap: quantities, names, words that hold numerals.

    >>> protected("共80余次,五纵四横")
    ((1, 5), (6, 10))
    """
    spans = sorted([(q.start, q.end) for q in parse(text)] + [(s, e) for s, e, _ in _names.find(normalise(text))])
    out: list[tuple[int, int]] = []
    for s, e in spans:
        if out and s < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], e))
        else:
            out.append((s, e))
    return tuple(out)
