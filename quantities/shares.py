"""Shares, ratios and multiples that no unit follows: 翻两番, 三分之一, 百分之五, 1/3, 一半, 3比2, 10派5元."""
from __future__ import annotations

import re
from decimal import Decimal
from math import gcd

from quantities import hedges
from quantities.numerals import HAN, number
from quantities.quantity import EXACT, Quantity, Written
from quantities.scan import Scan

_C = f"[{HAN}]"
_FRACTION = re.compile(r"(百|千|万|[一二三四五六七八九十]{1,3}|[0-9]{1,4})分之")
_CONN = re.compile(r"[ ]?(?:至|到|—{1,2}|–|-|~|―|─)[ ]?(?:近|约|超)?")
_DOUBLE = re.compile(rf"翻(?:了)?(?P<hedge>近|将近|接近|约|超过?|逾)?([0-9]{{1,2}}|{_C}{{1,2}})?[ ]?番(?P<more>以上|有余|多)?")
_LESS = Decimal("0.85")
_PLAN = re.compile(r"(?:([0-9]{1,3})股?)?(派|送|转增?|配)(?:发|现|现金|发现金|发现金红利|现金红利|股)?([0-9]{1,9}(?:\.[0-9]{1,9})?)(元|股)?")
_RATIO = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)[ ]?[:：∶比][ ]?([0-9]{1,4}(?:\.[0-9]{1,3})?)(?:[ ]?[:：∶][ ]?([0-9]{1,4}(?:\.[0-9]{1,3})?))?(?![0-9:：∶%]|[万亿.])")
_CLOCK = re.compile("[0-2]?[0-9][:：][0-5][0-9][:：][0-5][0-9](?![0-9.])")
_SCORE = re.compile(r"([0-9]{1,3})[-—–]([0-9]{1,3})(?=击败|战胜|不敌|负于|逆转|大胜|力克|险胜|横扫|胜|负|落后|领先|淘汰|战平)")
_SLASH = re.compile(r"([1-9])/([2-9]|10)(?![0-9/.\-])")
_RATIO_CN = re.compile(rf"([零一二三四五六七八九十]{{1,3}})比([零一二三四五六七八九十]{{1,3}})(?!较|例|赛|重|[{HAN}])")


def share(scan: Scan, at: int) -> Quantity | None:
    """翻两番, 翻近一番 (0.85 of it and more), 三分之一, 百分之五, 10派5元, 3比2, 一半; None where none of them begins at `at`.

    >>> q = share(Scan("10派5元", None), 0); q.text, str(q.low), q.per
    ('10派5元', '0.5', '股')
    """
    text = scan.text
    m = _DOUBLE.match(text, at)
    if m:
        n = number(text, m.start(2)) if m.group(2) else None
        times = int(n.low) if n and n.low == n.high else 1
        if times <= 20:
            v, word = Decimal(2) ** times, m["hedge"] or m["more"] or ""
            low = EXACT.multiply(v, _LESS) if word in ("近", "将近", "接近", "约") else v
            high = EXACT.multiply(v, Decimal(2)) if word in ("超", "超过", "逾", "以上", "有余", "多") else v
            return scan.make(at, m.end(), "multiple", low, high, hedge=word, unit="番", written=Written(v), measure="番", base="multiple")
    m = _FRACTION.match(text, at)
    if m:
        return _fraction(scan, at, m)
    m = _PLAN.match(text, at)
    if m and (m.group(4) or m.group(2) != "派") and (m.group(1) or scan.plan[1] == at):
        per, paid = Decimal(m.group(1) or scan.plan[0]), Decimal(m.group(3))
        if per:
            scan.plan = (per, m.end())
            v = EXACT.divide(paid, per)
            return scan.make(at, m.end(), "rate", v, v, unit=scan.raw[m.start(4):m.end(4)] if m.group(4) else "", written=Written(paid, 1 / per),
                             measure=m.group(4) or "股", base="money" if m.group(4) == "元" else "count", per="股")
    m = _RATIO.match(text, at) or _SCORE.match(text, at) or _RATIO_CN.match(text, at)
    if m and not (m.re is _RATIO and m[3] and _CLOCK.match(text, at)):
        pair = [number(text, m.start(g)) for g in (1, 2)]
        if all(p and p.end == m.end(g) for p, g in zip(pair, (1, 2))):
            a, b = pair[0].low, pair[1].low
            v = EXACT.divide(a, b) if b else a
            return scan.make(at, m.end(), "ratio", v, v, unit="比", written=Written(a, b), measure=f"比{m[3] or ''}" if m.re is _RATIO else "比", base="ratio")
    m = _SLASH.match(text, at)
    if m and (at == 0 or text[at - 1] not in "0123456789/.-") and int(m.group(1)) < int(m.group(2)) and gcd(int(m.group(1)), int(m.group(2))) == 1:
        start, word = hedges.before(text, at, scan.floor)
        end, tail = hedges.after(text, m.end(), "percent")
        v = EXACT.divide(Decimal(m.group(1)) * 100, Decimal(m.group(2)))
        low, high = hedges.interval(v, v, word or tail) if (word or tail) in hedges.AT_LEAST | hedges.AT_MOST else (v, v)
        return scan.make(start, end, "percent", low, high, unit=scan.raw[m.start(2) - 1:m.end()], hedge=word or tail, written=Written(Decimal(m.group(1)), Decimal(1), EXACT.divide(Decimal(100), Decimal(m.group(2)))),
                         measure="%", base="percent")
    if text.startswith("半价", at):
        return scan.make(at, at + 2, "percent", Decimal(50), Decimal(50), unit="半价", written=Written(Decimal(5), Decimal(10)), measure="半价", base="percent")
    if text.startswith("一半", at) and not re.match(r"[天路夜]", text[at + 2:at + 3]):
        start, word = hedges.before(text, at, scan.floor)
        end, tail = hedges.after(text, at + 2, "percent")
        low, high = hedges.interval(Decimal(50), Decimal(50), word or tail)
        return scan.make(start, end, "percent", low, high, unit="半", hedge=word or tail, written=Written(Decimal(5), Decimal(10)), measure="半", base="percent")
    return None


def _fraction(scan: Scan, at: int, m: re.Match[str]) -> Quantity | None:
    """百分之七十七点一, 千分之三, 三分之二, in percent."""
    text = scan.text
    n = number(text, m.end())
    whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(m.group(1))
    if n is None or n.scale_text and whole is not None:
        return None
    if whole is None:
        base = number(text, at)
        if base is None or not base.low:
            return None
        whole = base.low
    factor = EXACT.divide(Decimal(100), whole)
    end, n_low, n_high = n.end, n.low, n.high
    conn = _CONN.match(text, end)
    role = ""
    if conn:
        again = _FRACTION.match(text, conn.end())
        second = number(text, again.end() if again and again.group(1) == m.group(1) else conn.end())
        if second and text[second.end:second.end + 1] != "半" and (again or second.chinese == n.chinese) and second.high >= n.low:
            end, n_high, role = second.end, second.high, "range"
    if n.bare_scale and text[n.start] == "百":
        n_low = n_high = Decimal(100)
    points = re.match(r"个?百分点", text[end:end + 4])
    if points:
        return None
    start, word = hedges.before(text, at, scan.floor)
    end, tail = hedges.after(text, end, "percent")
    hedge = word or tail or n.hedge
    low, high = hedges.interval(n_low, n_high, hedge)
    return scan.make(start, end, "percent", EXACT.multiply(low, factor), EXACT.multiply(high, factor), unit=scan.raw[m.start():m.end()], hedge=hedge,
                     written=Written(n.mantissa, n.scale, factor), role=role, measure="%", base="percent")
