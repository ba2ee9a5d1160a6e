"""What a figure in a text is: `Quantity`, its `Date`, how it was `Written`, and when two are `equal`.

Values are `Decimal`s in the base unit of the quantity's dimension (units.py), as a closed interval `low..high`;
an exact figure has `low == high`, an open one ("以上") has `Decimal("Infinity")` as its high end. Base units: 元, 米,
平方米, 千克, 升, 瓦, 焦耳, the month for 年/季度/个月, the second for 周/天/小时/分钟/秒, the working day for 工作日, one
percent for %/‰/成/折, one point for 百分点. A date's interval is its first and last day as the number YYYYMMDD (MMDD where
no year is known); a clock time without a day is in minutes since midnight.
"""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

EXACT = Context(prec=80)  # wide enough that no product of a written number and a factor is rounded
_ROUND = Context(prec=24)
INFINITY = Decimal("Infinity")

GENERIC = frozenset("个项次")  # measure words that stand for any other
FAMILIES = (  # measure words that count the same thing
    frozenset("人名位口"), frozenset(("台", "套", "台套", "部", "架")), frozenset("次回趟遍番"), frozenset("家所户间"),
    frozenset("件项条宗起例桩则"), frozenset("座栋幢"), frozenset("辆台部"), frozenset("份本册篇"), frozenset("家个所座"),
)
WEAK = frozenset("个种项批家条件些类位名份支片段张座场部套群股层道面队把块届所村年天日次期架根笔回")


@dataclass(frozen=True)
class Date:
    """A full or part date; what is not known is None. `inferred` when the text leaves the year (or more) to the context.

    `part` is the named part of the period ("上半年", "一季度", "底", "上旬"), `minute` belongs to `hour`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    inferred: bool = False
    minute: int | None = None
    part: str = ""


@dataclass(frozen=True)
class Written:
    """The number as the text writes it: mantissa × scale ("1.2万" is 1.2 × 10000), and the factor of its unit."""

    mantissa: Decimal
    scale: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Quantity:
    """One figure. `text[start:end]` of the parsed text is `.text`: the number with its hedge and its unit, no more."""

    text: str
    start: int
    end: int
    kind: str
    low: Decimal
    high: Decimal
    unit: str = ""
    hedge: str = ""
    written: Written = Written(Decimal(0))
    date: Date | None = None
    date_end: Date | None = None
    role: str = ""
    measure: str = ""  # the unit without 万/亿, simplified: "家" for "万家", "元" for "億元"
    base: str = ""     # the dimension as the unit table names it; see `dimension`
    per: str = ""      # what a rate is per: "股" for 每股, "人" for 人均

    @property
    def dimension(self) -> str:
        """What the value is measured in; only equal dimensions compare ("money", "money:USD", "money/股", "count", "months" …)."""
        return f"{self.base or self.kind}/{self.per}" if self.per else self.base or self.kind

    @property
    def value(self) -> Decimal | None:
        """The value, exact or the middle of its interval; None where one end is open.

        >>> from quantities.parse import parse
        >>> parse("2.5亿元")[0].value == 250000000, parse("75%以上")[0].value
        (True, None)
        """
        if self.low == self.high:
            return self.low
        if not (self.low.is_finite() and self.high.is_finite()):
            return None
        return EXACT.divide(EXACT.add(self.low, self.high), Decimal(2))

    @property
    def exact(self) -> bool:
        """Neither hedged nor a range."""
        return self.low == self.high and not self.hedge

    @property
    def point(self) -> Decimal:
        """The written number in the base unit, whatever the hedge: 36300000 for "约3630万元"."""
        return EXACT.multiply(EXACT.multiply(self.written.mantissa, self.written.scale), self.written.factor)

    @property
    def precision(self) -> Decimal:
        """The worth of the last written digit in the base unit: 1000 for 1.2万, 1 for 3000, 1000 for 三千.

        >>> from quantities.parse import parse
        >>> int(parse("1.2万")[0].precision), int(parse("2.7亿元")[0].precision)
        (1000, 10000000)
        """
        exponent = self.written.mantissa.as_tuple().exponent
        digit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
        return EXACT.multiply(EXACT.multiply(digit, self.written.scale), self.written.factor)

    @property
    def weak(self) -> bool:
        """一 with a generic measure word, which mostly counts nothing (一个缩影, 一批); callers may ignore it."""
        return self.kind in ("count", "duration") and self.text[:1] == "一" and self.text[1:] == self.unit and self.measure in WEAK


def plain(value: Decimal) -> Decimal:
    """A value without trailing zeros or an exponent: 608000000, not 608000000.00; what 亩 leaves behind 24 digits goes.

    >>> str(plain(Decimal("608000000.00"))), str(plain(Decimal("1E+3"))), str(plain(Decimal("77.10")))
    ('608000000', '1000', '77.1')
    """
    if not value.is_finite():
        return value
    if value.as_tuple().exponent < -20:
        value = _ROUND.plus(value)
    whole = value.to_integral_value(context=EXACT)
    return whole.quantize(Decimal(1), context=EXACT) if whole == value else value.normalize(EXACT)


def _same(a: Decimal, b: Decimal) -> bool:
    """Equal but for the last digits of a factor that no decimal writes exactly (亩).

    >>> _same(Decimal("10000"), Decimal("10000.0000000000000001")), _same(Decimal(83), Decimal(84))
    (True, False)
    """
    if a == b:
        return True
    if not (a.is_finite() and b.is_finite()):
        return False
    return abs(EXACT.subtract(a, b)) <= EXACT.multiply(max(abs(a), abs(b)), Decimal("1e-15"))


def _same_measure(a: str, b: str) -> bool:
    """Whether two measure words may count the same thing; a missing one does."""
    return not a or not b or a == b or a in GENERIC or b in GENERIC or any(a in f and b in f for f in FAMILIES)


def _same_date(a: Date | None, b: Date | None) -> bool:
    """The same day, month or year; a year that one of them leaves open matches, a month or a day does not."""
    if a is None or b is None:
        return a is b
    if (a.month, a.day, a.hour, a.minute or 0, a.part) != (b.month, b.day, b.hour, b.minute or 0, b.part):
        return False
    if a.year == b.year:
        return True
    return (a.year is None or b.year is None) and (a.month or a.day or a.hour) is not None


def equal(a: Quantity, b: Quantity) -> bool:
    """Whether two figures are the same: one dimension, one value (or interval) after conversion.

    A bare number matches any plain count or measure, not a percentage, a date, a rank or a multiple. Different measure words match where they
    count the same thing (台/套) or one is generic (个).

    >>> from quantities.parse import parse
    >>> one = lambda s: parse(s)[0]
    >>> equal(one("2.5亿元"), one("25000万元")), equal(one("147家"), one("147")), equal(one("147家"), one("147%"))
    (True, True, False)
    >>> equal(one("八成"), one("80%")), equal(one("三次"), one("3次"))
    (True, True)
    """
    year = next((q.date for q in (a, b) if q.kind == "date" and q.date and q.date == Date(q.date.year, inferred=q.date.inferred)), None)
    if year is not None and "number" in (a.kind, b.kind):
        return year.year is not None and (b if b.kind == "number" else a).value == year.year  # 2018 for 2018年
    if "date" in (a.kind, b.kind) or "time" in (a.kind, b.kind):
        return a.kind == b.kind and _same_date(a.date, b.date) and _same_date(a.date_end, b.date_end)
    if a.kind == "ratio" and b.kind == "ratio":
        return a.written == b.written and a.measure == b.measure  # the measure keeps the third part of 14.5:41.2:44.3
    value = _same(a.low, b.low) and _same(a.high, b.high)
    if (a.base or a.kind) == (b.base or b.kind) and (a.per == b.per or not a.per or not b.per):
        return value and (a.base != "count" or _same_measure(a.measure, b.measure))
    bare, other = (a, b) if a.kind == "number" else (b, a)
    if bare.kind != "number" or other.kind in ("rank", "ordinal", "ratio", "grade"):
        return False
    if other.kind == "count":
        return value
    # 147 for "147%" is another figure; 2.7 or 2.7亿 for "2.7亿元" is the same one with its unit left out
    return other.kind not in ("percent", "points", "multiple", "rate") and bare.hedge == other.hedge and (
        _same(bare.point, EXACT.multiply(other.written.mantissa, other.written.scale)))
