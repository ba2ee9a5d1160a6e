"""Whether a claim's figure is one that follows from the report's (derive.py), and whether the claim asks for such a one at all."""
from __future__ import annotations

import re

from figures import marks
from figures.arithmetic import written
from figures.ledger import Figure
from figures.line import Line
from quantities.parse import Quantity


def fits(q: Quantity, row: Figure) -> bool | None:
    """Whether a claim's figure is the derived one: what follows exactly rounds to it. None where only the rounding of the report's figures leaves room for it."""
    ours = written(q)
    if ours.low <= row.derivation.value <= ours.high:
        return True
    return None if ours.meets(row.derivation.span) else False


def asked(q: Quantity, line: Line, row: Figure, same_time: bool) -> bool:
    """Whether a claim asks for what a derived row gives: a change as a change, what was before as of then, a rest as a rest."""
    kind, change = row.derivation.kind, marks.change(line, q.start, q.end)
    low, high = line.pieces[line.piece(q.start)]
    piece = line.text[low:high]
    if kind == "change":
        return change == "change" and marks.direction(line, q.start, q.end) == row.direction
    if kind == "before":
        return change != "change" and same_time
    if kind == "rest":
        return bool(re.search("其余|其他|剩|还有|尚有|仍有|另有|另外|还剩|不足|未|没|不", piece))
    if kind == "product":
        return bool(re.search("共|合计|总|累计", piece))
    if kind == "other":
        return (change == "change") == (row.change == "change") or row.quantity.kind == "percent"
    return change != "change"
