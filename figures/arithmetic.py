"""What a report derives, recomputed: growth, share, total, average, each as an interval that its written figures allow.

A written figure stands for all values that round to it (a count written out for itself alone); a derived one holds where the
two intervals meet. Values are those of `Quantity` in base units; percentages in percent.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quantities.parse import Quantity
from quantities.quantity import EXACT, INFINITY

HUNDRED, TWO = Decimal(100), Decimal(2)
NEARLY = Decimal(2)  # percentage points that 三分之一 and the like may be off


@dataclass(frozen=True)
class Range:
    """A closed interval of values; `point` is what the figures give as written, where they do."""

    low: Decimal
    high: Decimal
    point: Decimal | None = None

    def meets(self, other: Range) -> bool:
        """Whether a value lies in both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def finite(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()

    def times(self, factor: Decimal | int) -> Range:
        """All values multiplied; a negative factor turns the interval about."""
        ends = sorted((EXACT.multiply(self.low, Decimal(factor)), EXACT.multiply(self.high, Decimal(factor))))
        return Range(ends[0], ends[1], None if self.point is None else EXACT.multiply(self.point, Decimal(factor)))

    def rounded(self, places: int = 1) -> str:
        """The value as written, else the middle, for a reader.

        >>> Range(Decimal("77.1084"), Decimal("77.1084")).rounded()
        '77.1'
        """
        middle = self.point if self.point is not None else EXACT.divide(EXACT.add(self.low, self.high), TWO)
        return f"{middle:.{places}f}".rstrip("0").rstrip(".") if places else f"{middle:.0f}"


def written(q: Quantity) -> Range:
    """All values that a written figure may stand for: half its last digit to each side, NEARLY for a fraction, none for a count written out.

    >>> from quantities.parse import parse
    >>> [(str(r.low), str(r.high)) for r in map(written, parse("147家,77.1%"))]
    [('147', '147'), ('77.05', '77.15')]
    >>> [(str(r.low), str(r.high)) for r in map(written, parse("四分之三,三成"))]
    [('73', '77'), ('25', '35')]
    """
    if q.hedge or q.low != q.high:
        return Range(q.low, q.high)
    if q.kind == "count" and q.written.scale == 1 and q.written.factor == 1 and q.point == q.point.to_integral_value():
        return Range(q.low, q.high)
    half = EXACT.divide(q.precision, TWO)
    half = min(half, NEARLY) if q.kind == "percent" and "分之" in q.text else half
    return Range(EXACT.subtract(q.low, half), EXACT.add(q.high, half))


def _points(*quantities: Quantity) -> bool:
    """Whether figures are written as one value each: no hedge, no range."""
    return all(q.exact and q.point.is_finite() and q.point == q.low for q in quantities)


def _positive(*ranges: Range) -> bool:
    return all(r.finite and r.low > 0 for r in ranges)


def growth(a: Quantity, b: Quantity) -> Range | None:
    """The growth from A to B in percent; None where A may be 0 or either is open.

    >>> from quantities.parse import parse
    >>> growth(*parse("83家,147家")).rounded()
    '77.1'
    >>> growth(*parse("0家,25家")) is None
    True
    """
    x, y = written(a), written(b)
    if not _positive(x) or not y.finite or y.low < 0:
        return None
    point = EXACT.multiply(EXACT.subtract(EXACT.divide(b.point, a.point), Decimal(1)), HUNDRED) if _points(a, b) else None
    return Range(EXACT.multiply(EXACT.subtract(EXACT.divide(y.low, x.high), Decimal(1)), HUNDRED), EXACT.multiply(EXACT.subtract(EXACT.divide(y.high, x.low), Decimal(1)), HUNDRED), point)


def ratio(part: Quantity, whole: Quantity, times: Decimal = Decimal(1)) -> Range | None:
    """How many times the second the first is; None where that is open."""
    x, y = written(part), written(whole)
    if not _positive(y) or not x.finite or x.low < 0:
        return None
    point = EXACT.multiply(EXACT.divide(part.point, whole.point), times) if _points(part, whole) else None
    return Range(EXACT.multiply(EXACT.divide(x.low, y.high), times), EXACT.multiply(EXACT.divide(x.high, y.low), times), point)


def share(part: Quantity, whole: Quantity) -> Range | None:
    """The share of a part in percent.

    >>> from quantities.parse import parse
    >>> share(*parse("9.93亿元,15.28亿元")).rounded(), share(*parse("3亿元,9亿元")).rounded()
    ('65', '33.3')
    """
    return ratio(part, whole, HUNDRED)


def average(total: Quantity, number: Quantity) -> Range | None:
    """The total for each of a number.

    >>> from quantities.parse import parse
    >>> average(*parse("120万元,8户")).rounded(0)
    '150000'
    """
    return ratio(total, number)


def total(parts: Sequence[Quantity]) -> Range | None:
    """The sum of parts; None where one is open.

    >>> from quantities.parse import parse
    >>> total(parse("103个,41个,24个")).rounded(0)
    '168'
    """
    ranges = [written(p) for p in parts]
    if not ranges or not all(r.finite for r in ranges):
        return None
    low = high = Decimal(0)
    for r in ranges:
        low, high = EXACT.add(low, r.low), EXACT.add(high, r.high)
    return Range(low, high)


def difference(a: Quantity, b: Quantity) -> Range | None:
    """The second less the first; None where one is open.

    >>> from quantities.parse import parse
    >>> difference(*parse("80家,120家")).rounded(0)
    '40'
    """
    x, y = written(a), written(b)
    if not (x.finite and y.finite):
        return None
    return Range(EXACT.subtract(y.low, x.high), EXACT.subtract(y.high, x.low))


def scaled(q: Quantity, percent: Quantity) -> Range | None:
    """So many percent of a figure.

    >>> from quantities.parse import parse
    >>> scaled(*parse("200家,34%")).rounded(0)
    '68'
    """
    x, p = written(q), written(percent)
    if not (x.finite and p.finite) or x.low < 0 or p.low < 0:
        return None
    return Range(EXACT.divide(EXACT.multiply(x.low, p.low), HUNDRED), EXACT.divide(EXACT.multiply(x.high, p.high), HUNDRED))


def holds(stated: Quantity, computed: Range) -> bool:
    """Whether a stated figure agrees with what was computed, by the digits it is written with.

    >>> from quantities.parse import parse
    >>> a, b, right, wrong = parse("83家,147家,77.1%,77.4%")
    >>> holds(right, growth(a, b)), holds(wrong, growth(a, b))
    (True, False)
    """
    stands = written(stated)
    return Range(stands.low, min(stands.high, INFINITY)).meets(computed)
