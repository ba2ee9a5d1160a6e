"""Who opens a piece or a clause, and how far that goes: 工学最高,达35%; 农业局选派120人;建成冷库38座."""
from __future__ import annotations

import re

from figures.compare import AGREE, relation
from figures.ledger import Figure
from figures.line import Line, bare
from figures.owner import name_of
from figures.wording import coverage
from quantities.parse import Quantity


_LEADS = ("平均", "全年", "年末", "人均", "累计")
_MEASURE = re.compile("(?:余额|存款|贷款|成本|费用|资产|负债|收入|支出|利润|产值|投资|人数|户数|总额|[率量额值])(?:为|达到?|约)?$")


def opener(row: Figure, least: float = 1.0) -> str:
    """The noun that opens a row's piece, ahead of its figure, if it weighs so much; "" where none does. It is whose the figure is: 民间投资下降2.2%."""
    low, _ = row.line.pieces[row.line.piece(row.quantity.start)]
    if row.quantity not in row.line.figures or row.line.text[low - 1:low] == "、" and not any(f.end == low - 1 for f in row.line.figures):
        return ""  # 建成影像、心电、检验三个中心: an item of a list
    word = next((w for w in row.line.words if w.start >= low and w.text not in "县市省区镇乡村州"), None)
    opens = word is not None and (word.start == low or row.line.text[low:word.start] in ("其中", "另外", "此外", *"县市省区镇乡村州"))
    return word.text if opens and word.nominal and word.weight >= least and word.text[-1] != "均" and word.end <= row.quantity.start else ""


def opens_with(row: Figure, text: str) -> str:
    """The noun that opens a row's piece, where a text does not say it; else ""."""
    word = opener(row)
    return word if coverage(word, text) < 0.31 else ""


def singled(row: Figure, other: Figure, text: str) -> bool:
    """Whether a text speaks of what opens a row's piece, and another row is not of it and, but where the first is 其中, has no such word of its own: 工学最高,达35% beside 平均30%."""
    word, theirs = opener(row), opener(other, 0.0)
    part = row.line.text.startswith("其中", row.line.pieces[row.line.piece(row.quantity.start)][0])
    return bool(word) and word in text and coverage(word, other.scope.near + other.scope.last) < 0.31 and (part or not (theirs and theirs in text))


def carried(row: Figure) -> str:
    """The clauses before a row's from the one whose subject goes on to it, where its own opens with a verb: 农业局选派120人;建成冷库38座. "" where it has its own subject."""
    text, start = row.line.text, row.line.clause(row.quantity.start)[0]
    if row.quantity not in row.line.figures:
        return ""
    for low, _ in reversed([(0, 0), *(c for c in row.line.clauses if c[0] <= start)]):
        dated = next((f.end for f in row.line.figures if f.start == low and f.kind == "date"), low)
        word = next((w for w in row.line.words if w.start >= dated), None)
        if not (word is not None and word.start == dated and word.verb or low and _measured(row.line, low)):
            return bare(text[low:start])
    return ""


def _measured(line: Line, low: int) -> bool:
    """Whether a clause opens with what is measured and names nobody: 货邮吞吐量4120吨."""
    end = next((f.start for f in line.figures if f.start >= low), low)
    return bool(_MEASURE.search(line.text[low:end])) and len(line.text[low:end]) <= 12 and not re.search("[，,]", line.text[low:end]) and not name_of(line.text[low:])


def head_of(line: Line, at: int) -> str:
    """The noun that opens the clause which holds an offset, where that is not the first of its line; else "".

    >>> line = Line.read("存款2亿元;贷款5亿元;增长3%")
    >>> head_of(line, 2), head_of(line, 8), head_of(line, 14)
    ('', '贷款', '')
    """
    start, _ = line.clause(at)
    start = next((s for s, _ in line.pieces if s >= start), start)
    return _opens_at(line, start) if start > line.pieces[0][0] else ""


def _opens_at(line: Line, start: int) -> str:
    """The noun at an offset, ahead of which 平均 and the like may stand; else ""."""
    word = next((w for w in line.words if w.start >= start and w.text not in _LEADS), None)
    return word.text if word is not None and word.nominal and not re.search("[一-鿿]", re.sub("|".join(_LEADS), "", line.text[start:word.start])) else ""


def _from_own(line: Line, q: Quantity, head: str) -> int:
    """Where in a claim that is one clause the pieces begin that open with the head of a row's clause, behind the first; -1 where none does up to the figure."""
    return max((s for s, _ in line.pieces[1:line.piece(q.start) + 1] if _opens_at(line, s) == head), default=-1)


def mirrored(line: Line, q: Quantity, row: Figure) -> bool:
    """Whether a claim has two clauses, or runs of pieces, in the order of the report's: its own opens as the row's does, and a figure before it stands before the row too.
    What opens the claim says nothing of it then."""
    head = head_of(row.line, row.quantity.start) if row.quantity in row.line.figures else ""
    (start, end), begin = line.clause(q.start), row.line.clause(row.quantity.start)[0]
    start = start if head_of(line, q.start) else _from_own(line, q, head) if head else -1
    return start >= 0 and head != "" and head in line.text[start:end] and any(relation(f, r) in AGREE for f in line.figures if f.start < start and f.kind not in ("date", "time") for r in row.line.figures if r.start < begin)
