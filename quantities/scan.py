"""One pass over a text: what the readers (ranks, shares, measures, dates) share while they walk it."""
from __future__ import annotations

from decimal import Decimal

from quantities.numerals import normalise
from quantities.periods import Context
from quantities.quantity import Quantity, plain


class Scan:
    """The text as given and normalised (one character for one), how far it is read, and what completes a part date."""

    def __init__(self, text: str, document: tuple[int, int | None] | None) -> None:
        self.raw = text
        self.text = normalise(text)
        self.floor = 0  # where the last quantity ended; no hedge or sign reaches back over it
        self.context = Context(document)
        self.plan = (Decimal(0), -1)  # the shares that 派, 送, 转 go by, and where the last of them ended

    def make(self, start: int, end: int, kind: str, low: Decimal, high: Decimal, **more: object) -> Quantity:
        """A quantity at `start..end`; its surface is cut from the text as given."""
        return Quantity(self.raw[start:end], start, end, kind, plain(low), plain(high), **more)  # type: ignore[arg-type]
