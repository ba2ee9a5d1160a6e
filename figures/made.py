"""Rows that follow from others by arithmetic: how one is made, and which rows of a sentence stand beside each other."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from figures.arithmetic import Range
from figures.ledger import Derivation, Figure
from quantities.parse import Quantity, parse
from quantities.quantity import EXACT, Written, plain

MEASURED = frozenset(("count", "money", "mass", "area", "length", "power", "energy", "volume", "rate", "percent", "duration", "temperature", "age"))
_ONE = Decimal(1)


def shown(value: Decimal, like: Quantity) -> Quantity:
    """A value as a figure in the unit of another and with its decimals.

    >>> shown(Decimal(360000), parse("348万标箱")[0]).text
    '36万标箱'
    """
    step = EXACT.multiply(like.written.scale, like.written.factor)
    digits = max(0, -int(like.written.mantissa.as_tuple().exponent))
    exact = EXACT.divide(value, step)
    mantissa = plain(exact.quantize(_ONE.scaleb(-digits if plain(exact) == plain(exact.quantize(_ONE.scaleb(-digits), context=EXACT)) else -digits - 1), context=EXACT))
    value = abs(value)
    return replace(like, text=f"{abs(mantissa)}{like.unit}", low=value, high=value, hedge="", role="", written=Written(abs(mantissa), like.written.scale, like.written.factor))


def percent(value: Decimal, unit: str = "%") -> Quantity:
    text = plain(abs(value).quantize(Decimal("0.1" if abs(value) >= 1 else "0.01"), context=EXACT))
    return parse(f"{text}{unit}")[0]


def made(row: Figure, q: Quantity, value: Decimal, kind: str, span: Range, working: str, years: int = 0, **changes: object) -> Figure:
    """A row that follows from another, of a value without sign. span: the values that it may have; years: as in `Derivation`."""
    if span.high < 0:
        span = Range(-span.high, -span.low)
    return replace(row, quantity=q, counterpart=None, derivation=Derivation(kind, abs(value), span, f"{working} ＝ {q.text}", years), **changes)


def exact_all(*rows: Figure, kinds: frozenset[str] = MEASURED) -> bool:
    return all(r.quantity.kind in kinds and not r.quantity.hedge and r.quantity.low == r.quantity.high for r in rows)


def following(rows: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of rows that stand in one piece after the other of a clause."""
    counted = counting(rows)
    return ((a, b) for a, b in zip(counted, counted[1:]) if pieces_apart(a, b) == 1)


def counting(rows: list[Figure]) -> list[Figure]:
    """The rows that say how many or how long, not when: 接电42天, but not 3年来."""
    return [r for r in rows if r.quantity.kind not in ("date", "time") and r.quantity.dimension != "months"]


def pieces_apart(a: Figure, b: Figure) -> int | None:
    """How many pieces a row stands behind another of its clause; None where it stands in another clause."""
    line = a.line
    return line.piece(b.quantity.start) - line.piece(a.quantity.start) if line is b.line and line.clause(a.quantity.start) == line.clause(b.quantity.start) else None
