"""Document → its ledger: every figure as a row that a stranger understands, with the sentence it stands in.

`ledger(document)` reads prose and tables (tables.py); offsets are those of `document.text`. A row keeps beside its fields
the words around the figure by nearness (`Scope`), in which a claim's words are looked up.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from figures import marks
from figures.arithmetic import Range
from figures.line import Line, Span, bare
from figures.measure import measured
from figures.owner import Names, heading_owner, opening_names, owner_of, whole_of
from figures.period import Period, period_of, year_before
from figures.phrase import readable, without
from figures.respective import foreign_items, respective
from figures.scope import ANAPHORA, Scope, scope_of
from figures.speaker import speaker_of
from figures.state import denied, state_of
from figures.topics import heading_at
from ingest.document import Document, Sentence
from quantities.parse import Quantity

_BASIS = re.compile(r"连续[^，。；,;]{1,4}?[年月次届]|同比|环比|比上年末?|比年初(?!计划|预期|目标)|较上年|较年初|(?<![占缩之同环对率])比(?![例重达])[^，。；,;\s]{1,8}(?=增|降|减|提|高|低|下|上)|累计|按[^，。；,;]{1,8}计算")
BEGUN = 4       # month up to which a report of the year cannot yet tell of it
LONGEST = 1000  # characters of a sentence that are read as one


@dataclass(frozen=True)
class Derivation:
    """How a row that the report does not write was reckoned (derive.py). kind: what it is of the figures it comes from. value: what they give as written. span: the values that their rounding allows. working: for a reader. years: how many lie between the two ends of a change, where that is known."""

    kind: str
    value: Decimal
    span: Range
    working: str
    years: int = 0


@dataclass(frozen=True)
class Figure:
    """One row. `document.text[start:end] == quantity.text` (but for full-width forms).

    measure: the noun phrase it counts. subject: whose it is. counterpart: the other end of "from A to B". speaker: a quoted person, "" for the report.
    status: planned (by its own words) | due (by its heading or its time) | done | negated | "". basis: 同比, 累计 … as written. direction: 1 rise, -1 fall, 0. change: as marks.change.
    """

    quantity: Quantity
    measure: str
    subject: str
    period: Period | None
    basis: str
    counterpart: Quantity | None
    speaker: str
    status: str
    direction: int
    sentence: Sentence
    start: int
    end: int
    document: str
    change: str
    line: Line = field(repr=False)
    scope: Scope = field(repr=False)
    derivation: Derivation | None = None

    @property
    def text(self) -> str:
        return self.quantity.text

    @property
    def shown(self) -> str:
        """The figure with its unit, which a table's column gives: 86.4万吨 for 86.4 in a column 产量(万吨)."""
        q = self.quantity
        return f"{q.text}{q.unit}" if q.unit and q.kind not in ("rank", "ordinal", "ratio") and q.unit not in q.text and q.text[-1:].isdigit() else q.text


def opening_of(document: Document) -> str:
    """The title and the short lines below it, before the first section, which name the whole document's subject."""
    parts = []
    for number, sentence in enumerate(document.sentences[:8]):
        if sentence.kind == "heading" or number and sentence.kind == "paragraph" and len(sentence.text) > 45:
            break
        parts.append(sentence.text)
    return "\n".join([document.title, *parts])


def parts(text: str, longest: int = LONGEST, marks: str = "；;，,、 ") -> Iterator[Span]:
    """A text as stretches of at most `longest` characters that end at one of `marks` where there is one, so that time stays linear; nearly always the whole of it.

    >>> list(parts("产值3亿元。")), len(list(parts("1," * 3000)))
    ([(0, 6)], 6)
    """
    at = 0
    while len(text) - at > longest:
        cut = max(text.rfind(c, at + 1, at + longest) for c in marks)
        end = cut + 1 if cut > 0 else at + longest
        yield at, end
        at = end
    yield at, len(text)


def rows_of(line: Line, sentence: Sentence, offset: int, document: Document, before: list[Line], opening: str, heading: str, previous: str = "", names: Names = Names(), taken_up: str = "") -> list[Figure]:
    """The figures of one line of prose; `offset` is the line's place in `document.text`. names: those that the document has used before. taken_up: the owner of the sentence before."""
    rows = []
    previous = before[-1].text if before else previous if ANAPHORA.match(line.text) else ""
    for i, q in enumerate(line.figures):
        partner = None
        if q.role == "from":
            partner = next((p for p in line.figures[i + 1:i + 4] if p.role == "to"), None)
        elif q.role == "to":
            partner = next((p for p in reversed(line.figures[max(0, i - 3):i]) if p.role == "from"), None)
        piece = line.text[line.pieces[line.piece(q.start)][0]:line.pieces[line.piece(q.start)][1]]
        basis = "、".join(dict.fromkeys(m.group() for m in _BASIS.finditer(piece)))
        headings = (title_of(document), *sentence.path[1:])
        period = period_of(line, q, before, headings) if q.kind not in ("date", "time") else None
        period = year_before(period, line, before, headings, document.date)
        ends = next((r for r in reversed(rows) if r.quantity.role == q.role and r.counterpart), None) if q.role and period is not None and period.level else None
        if ends and not any(f.kind == "date" and max(ends.quantity.end, ends.counterpart.end) < f.start < q.start for f in line.figures):
            period = ends.period  # 甲从2021年的3家增至2023年的5家,乙从4家增至9家
        state = state_of(line, q, sentence.path, document.date, period.low if period else None, period.high if period else None)
        scope = scope_of(line, q.start, q.end, heading, previous, opening)
        if share := respective(line, q):
            others = [bare(line.text[s:e]) for s, e in foreign_items(line, q)]
            whole = scope.sentence
            for name in others:
                whole = whole.replace(name, "")
            scope = replace(scope, near=bare(share), last="", left="", right="", topic="", sentence=whole)
        if q.kind == "date" and q.start < 2 and sum(f.kind == "date" for f in line.figures) == 1 and line.piece(line.clause(0)[1] - 1) > 0 and not any(w.weight >= 0.5 for w in line.words if w.start < line.pieces[0][1]):
            scope = replace(scope, near=scope.sentence)  # 1月13日,…,项目投产: the only date is of all that follows
        owner, (s, e) = owner_of(line, q, sentence.path, names, taken_up)
        measure = readable(without(measured(line, q), line.text[s:e], owner), line, q)
        rows.append(Figure(q, measure, owner, period, basis, partner, speaker_at(document, offset + q.start),
                           "negated" if denied(piece, q.start - line.pieces[line.piece(q.start)][0]) and state not in ("planned", "due") else state, marks.direction(line, q.start, q.end), sentence, offset + q.start, offset + q.end,
                           document.name, marks.change(line, q.start, q.end), line, scope))
    return rows


def title_of(document: Document) -> str:
    """A document's title; without the year of one that speaks when that has just begun: 2025年政府工作报告 of January 2025 is of the year before, and of plans.

    >>> from ingest.chunk import read_document
    >>> document = read_document("a.md", "# 某县2025年政府工作报告", (2025, 1))
    >>> title_of(document), title_of(replace(document, date=(2025, 12)))
    ('某县政府工作报告', '某县2025年政府工作报告')
    """
    year, month = document.date or (0, None)
    return document.title.replace(f"{year}年", "") if month is not None and month <= BEGUN else document.title


def speaker_at(document: Document, at: int) -> str:
    """Who says what stands at an offset of a document, by its paragraph."""
    low = document.text.rfind("\n", max(0, at - LONGEST), at) + 1 or max(0, at - LONGEST)
    high = document.text.find("\n", at, at + LONGEST)
    return speaker_of(document.text[low:high if high >= 0 else at + LONGEST], at - low)


def ledger(document: Document) -> tuple[Figure, ...]:
    """Every figure of a document in order of its place; weak ones (一个缩影) and names that hold numerals are not among them."""
    from figures.tables import table_rows

    opening = opening_of(document)
    names = Names(whole_of([*opening.split("\n"), *(s.text for s in document.sentences[:8] if s.kind == "heading")]))
    owner = ""
    rows: list[Figure] = []
    before: list[Line] = []
    block = None
    i = 0
    sentences = document.sentences
    while i < len(sentences):
        sentence = sentences[i]
        if sentence.kind == "row":
            j = i
            while j < len(sentences) and sentences[j].kind == "row":
                j += 1
            caption = next((s.text for s in reversed(sentences[max(0, i - 3):i]) if s.kind in ("caption", "paragraph", "heading") and s.path == sentence.path or s.kind == "heading"), "")
            rows += table_rows(sentences[i:j], caption, document, opening, heading_owner(sentence.path) or names.whole)
            i, before = j, []
            continue
        stretches = list(parts(sentence.text))
        line = Line.read(sentence.text[slice(*stretches[0])], document.date)
        if sentence.kind != "paragraph" or block is not None and "\n" in document.text[block.end - 1:sentence.start + 1].strip(" "):
            before = []
        above = sentences[i - 1].text if i and sentences[i - 1].kind == "paragraph" else ""
        names.add([heading_owner(sentence.path)] if heading_owner(sentence.path) != (names.seen or [""])[-1] else [])
        opens, heading = opening_names(line), heading_at(document, i)
        names.add(opens)
        rows += rows_of(line, sentence, sentence.start, document, before, opening, heading, above, names, owner)
        for s, e in stretches[1:]:
            rows += rows_of(Line.read(sentence.text[s:e], document.date), sentence, sentence.start + s, document, before, opening, heading, above, names, owner)
        owner = names.meant(next(filter(None, opens), "")) or (owner if re.match("其中|其|它", line.text) else "")
        before = [*before[-4:], line]
        block = sentence
        i += 1
    return tuple(rows)
