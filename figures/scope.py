"""What stands around a figure of the report, by how near it is: its piece, the piece before, the clause, the sentence, headings, the opening."""
from __future__ import annotations

import re
from dataclasses import dataclass

from figures.line import Line, bare

ANAPHORA = re.compile(r"^[“”\"\s]*(?:她|他|它|其|这|该|此|那|同年|当年|当时|同时|至此|目前|截至|全年|年末|其中|此外|另外|特别是|到|今年|去年|现在)")

_OF_EVERY = re.compile("(?:以?上述?)?[均都皆](?=[一-鿿]{3})")  # 事故2起,造成3人受伤,均发生在港区: of every figure ahead


@dataclass(frozen=True)
class Scope:
    """The words around a figure by nearness: its own piece, the piece before, the clause to its left and right, the sentence, headings, the sentence before, the opening of the document."""

    near: str
    last: str
    left: str
    right: str   # the pieces after it up to the next one with a figure of its own
    sentence: str
    heading: str
    before: str
    opening: str
    topic: str = ""        # the pieces of the clause before the first with a figure
    follows: bool = False  # the sentence takes up the one before: 她, 该园区, or has no subject
    apart: bool = False    # the piece says by itself what its figure is; what stands before belongs to other figures
    own: bool = False      # the piece opens with a noun, its own subject


def near_text(line: Line, start: int, end: int) -> tuple[str, str, str, str]:
    """What stands around a place of a line: (its piece between the figures beside it, the piece before, clause left of the piece, the pieces after it that have no figure)."""
    number = line.piece(start)
    low, high = line.pieces[number]
    s, e = line.clause(start)
    last = line.pieces[number - 1] if number else (0, 0)
    back = number - 1
    while back > 0 and line.pieces[back - 1][0] >= s and not any(line.pieces[back][0] <= q.start < line.pieces[back][1] for q in line.figures):
        back -= 1  # what only says how (按不变价格计算) does not part a figure from what it belongs to
    last = (line.pieces[back][0], last[1]) if number and back < number - 1 and any(line.pieces[back][0] <= q.start < line.pieces[back][1] for q in line.figures) else last
    last_text = line.text[last[0]:last[1]] if last[0] >= s and number else ""
    if not re.search("[一-鿿]{3}", line.text[low:start] + line.text[end:high]) and number + 1 < len(line.pieces) and any(q.start == start and q.kind == "date" for q in line.figures):
        high = line.pieces[number + 1][1]  # 1月9日上午,大会召开
    free = high
    for a, b in line.pieces:
        if high <= a < e:
            if any(a <= q.start < b and q.kind not in ("date", "time") for q in line.figures):
                break
            free = b
    every = "".join(line.text[a - 1:b] for a, b in line.pieces if free < a < e and _OF_EVERY.match(line.text[a:b]))
    if re.match("[、和及与]", line.text[end:]) and number + 1 < len(line.pieces) and (behind := [f for f in line.figures if line.piece(f.start) == number + 1]) and line.text[behind[-1].end:behind[-1].end + 1] == "的":
        return line.text[low:start], last_text, line.text[s:low], line.text[behind[-1].end + 1:line.pieces[number + 1][1]]  # 投资2亿元、面积3万平方米的某中心
    return line.text[low:start] + line.text[end:high], last_text, line.text[s:low], line.text[high:free] + every


def follows(line: Line) -> bool:
    """Whether a sentence takes up the one before: it opens with 其, 该, 目前, or has no subject of its own.

    >>> [follows(Line.read(t)) for t in ("该园区投资2亿元。", "截至9月末,放款3亿元。", "食品公司投产2条线。")]
    [True, True, False]
    """
    first = line.words[0] if line.words else None
    return bool(ANAPHORA.match(line.text)) or first is None or not (first.noun and first.start < 8)


def header_of(line: Line, start: int) -> str:
    """The piece with the whole that a list behind 其中 parts, for the figure at an offset of any but the first of the parts; "" elsewhere.

    >>> line = Line.read("开放床位60张,增长2%,其中东院区30张、西院区20张,北院区医生10人"); [header_of(line, f.start) for f in line.figures]
    ['', '', '', '开放床位60张', '']
    """
    number, low = line.piece(start), line.clause(start)[0]
    first = next((n for n in range(number - 1, 0, -1) if line.pieces[n][0] > low and line.text.startswith("其中", line.pieces[n][0])), 0)
    counted = [[f for f in line.figures if s <= f.start < e and f.kind not in ("date", "time")] for s, e in line.pieces[:number + 1]]
    kinds = {(f.base, f.measure) for figures in counted[first:] for f in figures}
    if not first or len(kinds) != 1 or any(len(figures) != 1 for figures in counted[first:]):
        return ""
    whole = next((n for n in range(first - 1, max(-1, first - 3), -1) if line.pieces[n][0] >= low and counted[n] and {(f.base, f.measure) for f in counted[n][-1:]} == kinds), None)
    return line.text[slice(*line.pieces[whole])] if whole is not None else ""


def scope_of(line: Line, start: int, end: int, heading: str, before: str, opening: str) -> Scope:
    """The scope of a place of a line."""
    near, last, left, right = map(bare, near_text(line, start, end))
    number = line.piece(start)
    low, high = line.pieces[number]
    clause, behind = line.clause(start)
    forward = low == start == clause and high < behind and not any(low <= w.start < high for w in line.words)  # 2021年,某局…: what stands behind the comma
    own = sum(w.weight for w in line.words if low <= w.start < (line.pieces[number + 1][1] if forward else high))
    if not last and clause and clause == low and not any(w.noun and w.weight >= 0.5 and low <= w.start < start for w in line.words):
        last = left = bare(line.text[slice(*line.clause(clause - 1))])  # 2021年吞吐量突破1亿吨;2024年达到1.5亿吨
    a, b = line.pieces[number - 1] if number else (0, 0)
    taken = number > 0 and any(a <= q.start < b and q.kind not in ("date", "time") for q in line.figures)
    if own < 0.45 and number:
        near, taken = near + last, False  # 50类、900多项; 企业412家,增长29.5%: of what the piece before is of
    elif whole := bare(header_of(line, start)):
        last, taken = last + whole, False
    word = next((w for w in line.words if w.start >= low), None)
    opens = word is not None and word.nominal and word.weight == 1.0 and word.start == low
    s, e = line.clause(start)
    first_figure = next((q.start for q in line.figures if s <= q.start < e and q.kind not in ("date", "time", "duration")), e)
    topic = bare(line.text[s:line.pieces[line.piece(first_figure)][0]] if first_figure < e else line.text[s:e])
    return Scope(near, last, left, right, line.bare, bare(heading), bare(before), bare(opening), topic, follows(line), taken and own >= 1, opens)
