"""Hedges: the words around a number that make it an interval, and the one rule for each; and its sign.

With v the value and s the worth of its last digit that is not 0 (1000 for 3000, 10 for 3630), at most a tenth of v where marked:

    约 大约 左右 上下 来     v ± min(s/2, v/10)        约3630 → 3625..3635, 约100 → 90..110
    近 接近 不足 不到        v − min(s, v/10) .. v     近3000 → 2700..3000, 不到2.7 → 2.6..2.7 (of s alone for 不足, 不到)
    超 逾 余 多 有余         v .. v + s                3000多 → 3000..4000, 2700余 → 2700..2800
    以上 至少 不少于         v .. Infinity
    以下 以内 至多 不超过    0 .. v
"""
from __future__ import annotations

import re
from decimal import Decimal

from quantities.quantity import EXACT, INFINITY

ABOUT = frozenset("约 大约 大概 大致 约为 左右 上下 来 许 前后".split())
NEAR = frozenset("近 接近 将近 逼近".split())
SHORT = frozenset("不足 不到 不满 未满 未达".split())
MORE = frozenset("超 超过 逾 余 多 有余 开外 上 过 之多 多于 高于 几 > ＞".split())
AT_LEAST = frozenset("以上 及以上 至少 不少于 不低于 最少 起码 不小于 ≥ ≧".split())
AT_MOST = frozenset("以下 及以下 以内 之内 至多 最多 不超过 不多于 不高于 低于 少于 不大于 小于 未超过 ≤ ≦ <".split())

# word → characters before it that make it part of another word (签约, 附近, 中超); "" when none does
_BEFORE = {
    "约": "签节预合公条契制誓违履特毁失续简邀赴婚纽隐", "近": "附最邻靠临亲相远就新切凑", "超": "中英西德意法赶反", "逾": "", "上": "以向加线网路市海",
    "过": "超通经不来度", "大约": "", "大概": "", "大致": "", "约为": "签节预合公条契", "接近": "", "将近": "", "逼近": "", "不足": "", "不到": "",
    "不满": "装坐填住塞挤盛排", "未满": "", "未达": "", "超过": "不未", "多于": "不", "高于": "不", "至少": "", "不少于": "", "不低于": "", "最少": "", "起码": "",
    "不小于": "", "至多": "", "最多": "", "不超过": "", "未超过": "", "不多于": "", "不高于": "", "低于": "不", "少于": "不", "不大于": "", "小于": "不", "≥": "", "≧": "", "≤": "", "≦": "", ">": "", "<": "",
}
_BEFORE_RE = re.compile("(?:" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r")[ ]?$")
_CONTINUOUS = frozenset(("months", "seconds", "length", "area", "mass", "volume", "multiple", "money", "age", "temperature", "percent"))
_AFTER_RE = re.compile(
    r"[ ]?(?:(?P<plain>左右|及以上|及以下|以上|以下|以内|之内|有余|开外|之多|上下(?![一-鿿]))"
    r"|(?P<many>[多余](?![0-9元样种次方边功媒维层数少重位名家个项粮额党杯年地]))|(?P<xu>许(?![多可诺愿]))|(?P<ago>前后))")
_NOT_BELOW = re.compile(r"以下(?:几|各|简称|问题|方面|内容|统称|[一二三四五六七八九十两][个点])")

_NOT_MINUS = re.compile(r"[0-9A-Za-z%）)]|(?![为是于至到达约近率幅速差额降温值数在从由比超得])[一-鿿]")
_NEGATIVE = re.compile(r"(?:零下|负|-)$")
_LATIN = re.compile(r"[0-9A-Za-z%）)年月日]")


def before(text: str, start: int, floor: int) -> tuple[int, str]:
    """The hedge that ends at `start`, not reaching back over `floor`: (its offset, the word), or (start, "").

    >>> before("约3630万元", 1, 0), before("签约5家", 2, 0), before("不超过3人", 3, 0)
    ((0, '约'), (2, ''), (0, '不超过'))
    """
    left = max(floor, start - 4)
    m = _BEFORE_RE.search(text[left:start])
    if not m:
        return start, ""
    at, word = left + m.start(), m.group().rstrip()
    if at > floor and at > 0 and text[at - 1] in _BEFORE[word]:
        return start, ""
    if word in ("上", "过") and text[start:start + 1] not in ("百", "千", "万", "亿"):
        return start, ""
    return at, word


def after(text: str, end: int, base: str) -> tuple[int, str]:
    """The hedge that begins at `end`, behind the unit: (where it ends, the word), or (end, "").

    多 and 余 stay behind only where the unit is one of measure or time (3年多, not 3家多元化).

    >>> after("75%以上", 3, "percent"), after("3家多元化", 2, "count"), after("3年多来", 2, "months")
    ((5, '以上'), (2, ''), (3, '多'))
    """
    m = _AFTER_RE.match(text, end)
    if not m:
        return end, ""
    word = m.group().strip()
    if m.group("many") and base not in _CONTINUOUS:
        return end, ""
    if m.group("xu") and base != "clock" or m.group("ago") and base not in ("date", "clock"):
        return end, ""
    if word == "以下" and _NOT_BELOW.match(text, m.end() - 2):
        return end, ""
    return m.end(), word


def minus(text: str, start: int, floor: int, measured: bool) -> tuple[int, bool]:
    """Where the figure begins with its sign (-, 负, 零下), and whether it has one; 硫-34 and 3家-5家 have none.

    `measured`: a unit of measure follows, not a measure word.

    >>> minus("下降-3.2%", 3, 0, True), minus("硫-34", 2, 0, False), minus("零下5度", 2, 0, True)
    ((2, True), (2, False), (0, True))
    """
    m = _NEGATIVE.search(text, max(floor, start - 2), start)
    if not m:
        return start, False
    before = text[m.start() - 1:m.start()] if m.start() else ""
    if m.group() == "-" and before and (_LATIN.match(before) or not measured and _NOT_MINUS.match(before)):
        return start, False
    if m.group() == "负" and (before and before in "胜欠背担肩抱平" or not measured):
        return start, False
    return m.start(), True


def step(value: Decimal) -> Decimal:
    """The worth of the last digit that is not 0.

    >>> str(step(Decimal(3000))), str(step(Decimal("2.70"))), str(step(Decimal(0)))
    ('1E+3', '0.1', '1')
    """
    if not value.is_finite() or value == 0:
        return Decimal(1)
    return Decimal(1).scaleb(value.normalize(EXACT).as_tuple().exponent)


def interval(low: Decimal, high: Decimal, hedge: str) -> tuple[Decimal, Decimal]:
    """The interval that a hedge makes of a value (or of a range's two ends); the rules stand in the module's docstring.

    >>> [str(int(x)) for x in interval(Decimal(3630), Decimal(3630), "约")], [str(int(x)) for x in interval(Decimal(850), Decimal(850), "余")]
    (['3625', '3635'], ['850', '860'])
    """
    s = step(high)
    if hedge in ABOUT:
        below, above = (min(EXACT.divide(step(v), Decimal(2)), EXACT.divide(abs(v), Decimal(10))) for v in (low, high))
        return EXACT.subtract(low, below), EXACT.add(high, above)
    if hedge in NEAR:
        return EXACT.subtract(low, min(step(low), EXACT.divide(abs(low), Decimal(10)))), high
    if hedge in SHORT:
        return max(Decimal(0), EXACT.subtract(low, step(low))), high
    if hedge in MORE:
        return low, EXACT.add(high, s)
    if hedge in AT_LEAST:
        return low, INFINITY
    if hedge in AT_MOST:
        return min(Decimal(0), low), high
    return low, high
