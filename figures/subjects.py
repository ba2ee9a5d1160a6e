"""Whose a figure is and what it counts, in a claim and in a row: heads of noun phrases, names that open a clause, age groups."""
from __future__ import annotations

import re

from figures.align import coverage, elsewhere_counted
from figures.compare import AGREE, relation
from figures.ledger import Figure
from figures.line import Line, Word, bare
from quantities.parse import Quantity

PERSONS = frozenset("人名位")
_PART = re.compile("其中[:：，,]?([一-鿿]{2,8}?)[有为达共]{0,2}")
SAID, HALF = 0.3, 0.31  # what the head of a counted noun earns of which one character of two is said, and no more than that


def topic_of(row: Figure, text: str) -> str:
    """The name that opens a row's clause, where a claim does not say it: 康宁院区自… for a claim on the whole group; else ""."""
    start, _ = row.line.clause(row.quantity.start)
    word = next((w for w in row.line.words if w.start >= start), None) if row.quantity in row.line.figures else None
    return word.text if word is not None and word.start == start and word.noun and word.end <= row.quantity.start and coverage(word.text, text) < 0.3 and coverage(word.text, row.scope.heading + row.scope.opening) < 0.3 else ""


def other_ages(q: Quantity, line: Line, row: Figure) -> str:
    """The age group of a claim's piece, where the row's sentence has groups and the row's piece another one or none: 70岁以上 for 65岁至69岁; else ""."""
    def ages(of: Line, figure: Quantity) -> list[Quantity]:
        s, e = of.pieces[of.piece(figure.start)]
        return [f for f in of.figures if f.kind == "age" and s <= f.start < e and f is not figure]
    ours, theirs = ages(line, q), ages(row.line, row.quantity) if row.quantity in row.line.figures else []
    grouped = any(f.kind == "age" for f in row.line.figures)
    return ours[0].text if ours and grouped and not row.derivation and row.quantity.kind != "age" and not any(relation(a, b) in AGREE for a in ours for b in theirs) else ""


def counted(line: Line, q: Quantity) -> str:
    """The noun that a figure counts: right behind it, or right before it but for 有, 达, 为; "" where none stands there.

    >>> line = Line.read("资助困难学生214名,有43名志愿者")
    >>> [counted(line, f) for f in line.figures]
    ['学生', '志愿者']
    """
    low, high = line.pieces[line.piece(q.start)]
    for w in line.words:
        if q.end <= w.start < high and w.weight == 1.0 and (not line.text[q.end:w.start].strip("的都是为")):
            return w.text
    before = [w for w in line.words if low <= w.start and w.end <= q.start and (w.nominal or w.weight == 1.0)]
    return before[-1].text if before and before[-1].weight == 1.0 and not line.text[before[-1].end:q.start].strip("有达为是共约已到仅只数") else ""


def miscounted(q: Quantity, line: Line, row: Figure) -> str:
    """What a row counts, where a claim counts something else: 困难学生214名 for 困难职工214名; else ""."""
    if q.kind not in ("count", "money", "mass", "area", "length") or row.quantity not in row.line.figures or row.derivation:
        return ""
    ours, theirs = counted(line, q), counted(row.line, row.quantity)
    if not ours or not theirs:
        return ""
    if max(coverage(ours, row.scope.near), coverage(theirs, bare(line.text))) >= 0.6:
        return ""
    a, b = (w if w.isascii() else w[-2:] for w in (ours, theirs))  # the head of a compound: 职工 of 困难职工
    least = HALF if q.measure in PERSONS else SAID  # 律师 of 法官, whose claim has 法 in another word; but 学堂 of 学校
    return theirs if coverage(a, row.scope.near) < least and coverage(b, bare(line.text)) < least else ""


def part_named(line: Line, q: Quantity, row: Figure) -> str:
    """What a claim counts, where the report gives a row as the whole and that as the part next to it: 企业3872户 for 经营主体3872户,其中企业1506户; else "".

    >>> from figures.ledger import ledger
    >>> from ingest.chunk import read_document
    >>> row = ledger(read_document("a.txt", "新登记经营主体3872户,增长21%,其中企业1506户。"))[0]
    >>> [part_named(line, line.figures[0], row) for line in map(Line.read, ("新登记企业3872户", "新登记经营主体3872户", "企业等经营主体3872户"))]
    ['企业', '', '']
    """
    if row.quantity not in row.line.figures:
        return ""
    for part in (f for f in row.line.figures if f.start > row.quantity.start and f.base == row.quantity.base and f.measure == row.quantity.measure):
        name = _PART.fullmatch(row.line.text[row.line.pieces[row.line.piece(part.start)][0]:part.start])
        if name and name[1] not in row.scope.near + row.scope.last and re.search(f"{re.escape(name[1])}[有为达共]{{0,2}}$", line.text[line.pieces[line.piece(q.start)][0]:q.start]):
            return name[1]
    return ""


def substituted(q: Quantity, line: Line, row: Figure, whole: str) -> str:
    """The word beside a claim's figure in whose place, next to the same word, the row's piece has another: 外语导览 for 手语导览; else "". whole: all that the report says.

    Two that share no character are taken for another way to say it, unless the report has the claim's word too.
    """
    if row.quantity not in row.line.figures:
        return ""
    (low, high), (start, end) = line.pieces[line.piece(q.start)], row.line.pieces[row.line.piece(row.quantity.start)]
    ours, theirs = [w for w in line.words if low <= w.start < high], [w for w in row.line.words if start <= w.start < end]
    said, around = bare(line.text), " ".join((row.line.text, row.scope.heading, row.scope.opening, row.scope.before))
    for i, a in enumerate(ours):
        if len(a.text) < 2 or a.weight < 0.5 or coverage(a.text, around) >= 0.5 and (coverage(a.text, row.scope.near + row.scope.heading) >= 0.5 or not elsewhere_counted(a.text, row)):
            continue
        for j, b in enumerate(theirs):
            shared = any(x == y for x, y in zip(a.text, b.text)) and a.noun and b.noun
            if len(a.text) == len(b.text) and b.weight >= 0.5 and coverage(b.text, said) < 0.5 and coverage(a.text, b.text) < 0.5 and (shared or a.text in whole and a.verb == b.verb) and _beside(ours, i) & _beside(theirs, j):
                return a.text
    return ""


def _beside(words: list[Word], i: int) -> set[tuple[int, str]]:
    """The words right before and behind one of a list."""
    found = {(-1, words[i - 1].text)} if i and words[i - 1].end == words[i].start else set()
    return found | ({(1, words[i + 1].text)} if i + 1 < len(words) and words[i + 1].start == words[i].end else set())
