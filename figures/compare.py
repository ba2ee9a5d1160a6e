"""Two figures → how they relate: the same, rounded, a unit slip, different, or not of one kind.

Judged by the intervals and the written precision of `quantities.Quantity`; whose figures they are is not judged here.
"""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from quantities.parse import Quantity, equal
from quantities.quantity import EXACT

SAME, ROUNDED, HEDGED, SLIP, DIFFERENT, OTHER = "same", "rounded", "hedged", "slip", "different", "other"
AGREE = frozenset((SAME, ROUNDED, HEDGED))
_ABOUT = frozenset("约 大约 大概 大致 约为 左右 上下 来 许 前后 近 接近 将近 逼近".split())
_OPEN = frozenset("超 超过 逾 余 多 有余 开外 上 过 之多 多于 高于 几 > ＞ 以上 及以上 至少 不少于 不低于 最少 起码 突破".split())
BELOW = frozenset("不足 不到 不满 未满 未达 以下 及以下 以内 之内 至多 最多 不超过 不多于 不高于 低于 少于 不大于 小于 未超过".split())
_LEAST = frozenset("以上 及以上 至少 不少于 不低于 最少 起码".split())
_LIMITS = frozenset("以上 及以上 以下 及以下 以内 之内 不少于 不低于 不超过 不高于 不多于".split())
_ABOVE = frozenset("超 超过 逾 过 多于 高于 > ＞ 突破".split())
ABOVE = _LEAST | _ABOVE  # that a figure or more is meant
_DIGITS = frozenset("余 多 有余 几".split())  # 180多 is 180 to 190, not 200多
LATE = 28  # the first day that is the end of a month
_TOLD = (("前年",), ("去年", "上年"), ("今年", "本年"), ("明年",))
_SLIPS = (frozenset(("percent", "points")), frozenset(("length", "area")), frozenset(("percent", "multiple")))


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two figures measure in one dimension, and count in measure words that may stand for each other.

    >>> from quantities.parse import parse
    >>> one = lambda s: parse(s)[0]
    >>> comparable(one("3家"), one("8个")), comparable(one("3家"), one("8元")), comparable(one("3台"), one("8套"))
    (True, False, True)
    """
    if "date" in (a.kind, b.kind):
        return a.kind == b.kind
    if a.kind == b.kind == "ratio":
        return True
    if a.per and a.per != b.per:
        return False
    return equal(replace(a, low=b.low, high=b.high, written=b.written, hedge=b.hedge), b)


def _signless(q: Quantity) -> Quantity:
    return replace(q, low=abs(q.high), high=abs(q.low), written=replace(q.written, mantissa=abs(q.written.mantissa))) if q.low < 0 and q.high <= 0 else q


def relation(claim: Quantity, source: Quantity) -> str:
    """How a claim's figure relates to the report's.

    >>> from quantities.parse import parse
    >>> one = lambda s: parse(s)[0]
    >>> [relation(one(a), one(b)) for a, b in (("2.5亿元", "25000万元"), ("17.5亿元", "17.46亿元"), ("超过140家", "147家"), ("9.2万元", "9.2亿元"), ("5家", "6家"), ("5家", "6元"), ("第二", "倒数第二"), ("13.2亿元", "13.2亿美元"), ("13亿元", "2亿美元"))]
    ['same', 'rounded', 'hedged', 'slip', 'different', 'other', 'different', 'slip', 'other']
    """
    if claim.kind == source.kind == "date":
        return _dates(claim, source)
    ours, theirs = claim.base or claim.kind, source.base or source.kind
    if ours != theirs and "number" not in (claim.kind, source.kind) and not _taken_for(ours, theirs) and "date" not in (claim.kind, source.kind):
        return OTHER
    if ours != theirs and "date" in (claim.kind, source.kind) and "number" not in (claim.kind, source.kind):
        return OTHER
    claim, source = _signless(claim), _signless(source)
    if claim.kind == "rank" and ("倒数" in claim.text) != ("倒数" in source.text):
        return DIFFERENT
    if equal(claim, source) and (not claim.per or claim.per == source.per):
        return SAME
    if not comparable(claim, source):
        return SLIP if _other_unit(claim, source) else OTHER
    if claim.kind in ("ratio", "rank", "ordinal", "grade"):
        return DIFFERENT
    if claim.hedge and source.hedge and claim.point == source.point and (claim.hedge == source.hedge or any(claim.hedge in same and source.hedge in same for same in (BELOW, _LEAST))):
        return HEDGED  # 不到一半 of 低于50%, 至少15万 of 不低于15万, 两倍多 of 翻了一番多
    if claim.hedge in _LIMITS and source.hedge in _LIMITS and claim.point != source.point:
        return SLIP if _scaled(claim, source) else DIFFERENT  # two limits are the same only where they are equal
    if claim.hedge:
        return HEDGED if _within(claim, source) else SLIP if _scaled(claim, source) else DIFFERENT
    if source.hedge:
        if source.hedge in _ABOUT and source.low <= claim.low <= source.high and abs(claim.point - source.point) <= _half(claim):
            return ROUNDED if claim.point != source.point else HEDGED
        return SLIP if _scaled(claim, source) else DIFFERENT
    if claim.precision > source.precision and abs(claim.point - source.point) <= _half(claim) and abs(claim.point - source.point) * 40 <= abs(source.point):
        return ROUNDED if not _whole(claim) else DIFFERENT
    return SLIP if _scaled(claim, source) else DIFFERENT


def _half(q: Quantity) -> Decimal:
    return EXACT.divide(q.precision, Decimal(2))


def _whole(q: Quantity) -> bool:
    """A count written out to its last one is not a rounded one: 150 for 147 is another figure, 1.5万 for 14,720 the same."""
    return q.written.scale == 1 and q.written.factor == 1 and q.written.mantissa == q.written.mantissa.to_integral_value() and q.kind == "count"


def _within(claim: Quantity, source: Quantity) -> bool:
    """Whether a hedged claim is true of the source: of all it may be, and not far beside it."""
    low, high = source.low, source.high
    word = claim.hedge
    point = claim.point
    if claim.low <= low and high <= claim.high:
        return word not in _ABOVE | _DIGITS or low > point or bool(source.hedge)
    if word in _DIGITS:
        return False
    if word in _OPEN:
        # 超过140家 of 147家: above, and by less than a fifth; 几十 is not said of hundreds
        return point <= low and not (source.hedge in BELOW or source.hedge in _ABOUT and point > low) and low <= EXACT.multiply(point, Decimal("1.2")) and (low > point or bool(source.hedge in _OPEN))
    if word in BELOW:
        return high <= point and low >= EXACT.multiply(point, Decimal("0.8")) and source.hedge not in _OPEN
    if word in _ABOUT:
        off = abs(point - source.point)
        near = word in ("近", "接近", "将近", "逼近")
        if near and source.point > point:
            return False
        return off <= max(_half(claim), EXACT.multiply(abs(source.point), Decimal("0.05" if not near else "0.1"))) and not (source.hedge in _OPEN and near) and off * 10 <= abs(source.point)
    return False


def _scaled(claim: Quantity, source: Quantity) -> bool:
    """The same digits at another scale: 9.2万 for 9.2亿."""
    a, b = claim.written, source.written
    if not a.mantissa or not b.mantissa or a.mantissa.normalize() == b.mantissa.normalize() and a.scale == b.scale and a.factor == b.factor:
        return False
    ratio = EXACT.divide(max(claim.point, source.point), min(claim.point, source.point)) if claim.point > 0 and source.point > 0 else Decimal(0)
    return a.mantissa.normalize() == b.mantissa.normalize() and ratio > 1 or ratio in (Decimal(1000), Decimal(10000), Decimal(100000000), Decimal(10) ** 12)


def _other_unit(claim: Quantity, source: Quantity) -> bool:
    """The same digits in another unit of a kind that is mistaken for it: % for 个百分点."""
    if claim.kind == source.kind == "count" and claim.low == source.low and claim.high == source.high and claim.low >= 20:
        return True  # 1400余户 for 1400余套
    return claim.written.mantissa == source.written.mantissa and _taken_for(claim.base, source.base)


def _taken_for(ours: str, theirs: str) -> bool:
    """Whether what is measured in two units is mistaken one for the other: % and 个百分点, 元 and 美元."""
    return any(ours in pair and theirs in pair for pair in _SLIPS) or ours.startswith("money") and theirs.startswith("money")


def _dates(claim: Quantity, source: Quantity) -> str:
    """A date is the same where each part that both write is; a coarser claim holds where the source lies inside it."""
    a, b = claim.date, source.date
    years = a is not None and b is not None and all(d.year is not None and (not d.inferred or q.text[0] in "去今前上本明") for d, q in ((a, claim), (b, source)))
    told = [next((n for n, words in enumerate(_TOLD) if q.text.startswith(words)), None) for q in (claim, source)]
    if a is not None and b is not None and a.year is not None and not a.inferred and b.year is None and None in (a.day, b.day) and source.text[0].isdigit():
        return DIFFERENT  # 2018年1月 for a 1月9日 of no year
    if equal(claim, source) and (years or None in told or told[0] == told[1]):
        return SAME
    if a is None or b is None or claim.date_end or source.date_end:
        days = (b.day, source.date_end.day) if b and source.date_end and (b.year, b.month) == (source.date_end.year, source.date_end.month) else (0, 0)
        tens = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}.get(a.part, (0, -1)) if a else (0, -1)
        return SAME if a and b and a.month == b.month and tens[0] <= (days[0] or 0) <= (days[1] or 0) <= tens[1] and (not years or a.year == b.year) else DIFFERENT  # 7月14日至16日 is 7月中旬
    if years and a.year != b.year:
        return DIFFERENT
    if not years and None not in told and told[0] != told[1]:
        return DIFFERENT  # 今年七月 for 去年七月, whichever year that is
    for ours, theirs in ((a.month, b.month), (a.day, b.day), (a.hour, b.hour)):
        if ours is None:
            break
        if ours != theirs:
            return DIFFERENT
    else:
        return SAME if _in_part(a.part, b.part, b.day) else DIFFERENT
    if not years and a.month is None:
        return SAME if claim.text[:2] == source.text[:2] else DIFFERENT
    return SAME if _in_part(a.part, b.part, b.day) else DIFFERENT


def _in_part(ours: str, theirs: str, day: int | None) -> bool:
    """Whether a claim's part of a period is none, the report's, or has its day: 8月末 is 8月底, and 8月31日."""
    return not ours or ours.replace("末", "底") == theirs.replace("末", "底") or day is not None and day >= LATE and ours in ("末", "底")
