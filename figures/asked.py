"""Whether a claim's figure is one that follows from the report's (derive.py), and whether the claim asks for such a one at all."""
from __future__ import annotations

import re

from figures import marks
from figures.arithmetic import written
from figures.around import led
from figures.ledger import Figure
from figures.line import Line
from figures.negation import negated
from figures.wording import coverage
from quantities.parse import Quantity

SAYS = 0.6  # of a word that a claim denies the part must say
_LEFT = re.compile("其余|其他|剩|还有|尚有|仍有|另有|另外|不足")
_EARLIER, _UNTIL = re.compile("此前|之前|以前|原[来先有]|从前|前[，,]"), re.compile("(?:以|之)前")


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
        return change == "change" and not q.role and marks.direction(line, q.start, q.end) == row.direction
    if kind == "before":
        return change != "change" and same_time
    if kind == "grown":
        return change != "change" and (same_time or bool(_EARLIER.search(line.text[led(line, q, ("date", "time")):q.start])))
    if kind == "earlier":
        return change != "change" and same_time and bool(_UNTIL.search(line.text[led(line, q, ("date", "time")):q.start]))
    if kind == "rest":
        return bool(_LEFT.search(piece)) or any(coverage(word, row.scope.near) >= SAYS for word in negated(piece))  # 未整改的问题中有14个待判决 denies nothing of the 9 that are
    if kind == "product":
        return bool(re.search("共|合计|总|累计", piece))
    if kind == "other":
        return (change == "change") == (row.change == "change") or row.quantity.kind == "percent"
    return change != "change"
