"""A claim or a whole draft → `CheckResult`: each figure against the ledger, each statement against the report's sentences.

A figure is supported only where a row has the same value AND agrees in subject, measure and period, is neither denied nor
only planned, and no other row fits the claim's words better; all else is contradicted or not mentioned.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from figures.align import Book, cite, match
from figures.beside import beside, turned_behind, turned_row
from figures.compare import AGREE, relation
from figures.compared import compared, set_against
from figures.decide import decide
from figures.directed import directed
from figures.draft import facts_only, sentences
from figures.entail import Weigh, borne_out, remembered, said_so, weighed
from figures.extreme import extreme, ranked
from figures.gather import Found as Gathered, gather
from figures.ledger import Figure, speaker_at
from figures.line import Line, bare
from figures.period import agree, periods
from figures.persons import stranger
from figures.places import Place
from figures.quantified import added
from figures.said import said
from figures.speaker import another, person_in, quotations, speaker_of
from figures.statement import judge
from figures.timing import timed
from figures.together import another_has, how_many, other_end, own_change, own_growth, own_quotient, own_sum
from figures.turned import crossed, reversed_in, turned_piece
from figures.verbatim import verbatim
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, CheckResult, ClaimVerdict, FigureVerdict, worst
from figures.when import apart, based, governs, shared, times
from figures.witness import Hear, heard, stated, vouched
from figures.worked import worked
from ingest.document import Citation, Document, Sentence

MOST = 300            # figures and statements checked in one draft
KEPT = 2000           # claims of earlier drafts kept


class Found(Protocol):
    document: Document
    sentence: Sentence


Find = Callable[[str], Sequence[Found]]
_QUARTER = re.compile("[一二三四]季度|[上下]半年")


def check(draft: str, book: Book, find: Find | None = None, date: tuple[int, int | None] | None = None, hear: Hear | None = None,
          weigh: Weigh | None = None, known: MutableMapping[str, ClaimVerdict] | None = None) -> CheckResult:
    """Check every claim of a draft. `find` gives sentences for a question, best first, `hear` what the learned reader makes of them, `weigh` what the learned
    verifier makes of a claim and its evidence; without them the ledger alone decides.

    date: the month in which the claim speaks, for 去年; by default the documents' own. known: keeps what was found of each claim, so that of a draft of
    which some sentences were changed only these are checked again; for calls that differ in the draft alone.
    """
    if date is None:
        dates = {d.date for d in book.documents.values() if d.date}
        date = dates.pop() if len(dates) == 1 else None
    known = {} if known is None else known
    if len(known) > KEPT:
        known.clear()
    claims = []
    left = MOST
    for start, text in sentences(facts_only(draft)):
        found = None if left <= 0 else known.get(text) or _claim(text, book, find, date, hear, weigh)
        if found:
            known[text] = found
        claim = found.moved(start) if found else ClaimVerdict(start, start + len(text), NOT_MENTIONED, "未核查:超过一次核查的上限,请分次核查")
        left -= len(claim.figures) or 1
        claims.append(claim)
    return CheckResult(draft, tuple(claims))


def _claim(text: str, book: Book, find: Find | None, date: tuple[int, int | None] | None, hear: Hear | None, weigh: Weigh | None) -> ClaimVerdict:
    line = Line.read(text, date)
    if place := verbatim(line, book):
        return _verbatim(line, text, place, book)
    weigh = remembered(weigh) if weigh else None
    claim = _decided(line, text, book, find, hear, weigh)
    held = claim.verdict != CONTRADICTED and all(f.verdict == SUPPORTED for f in claim.figures)
    most = (extreme(line, claim.figures, book) or set_against(line, claim.figures, book)) if held else None
    if most and not most[0]:
        return replace(claim, verdict=CONTRADICTED, reason=f"与原文不符:原文的比较不是这样(原文另有{most[1].text})", citations=(cite(most[1], book),))
    told = (compared(line, book) or ranked(line, book)) if held and claim.figures else None
    if told and told[0] == CONTRADICTED:
        return replace(claim, verdict=CONTRADICTED, reason=told[1], citations=told[2])  # 产值3亿元,增速却快于南区
    if most and claim.verdict == NOT_MENTIONED and len(line.pieces) == 2:
        claim = replace(claim, verdict=SUPPORTED, reason=f"推算相符({most[1].text})")  # 11.29亿元,为各季度最高
    if claim.verdict == SUPPORTED and (turned := turned_behind(line, claim.figures, book)):
        return replace(claim, verdict=CONTRADICTED, reason=f"口径不符:原文的升降方向与“{turned[0]}”相反", citations=(cite(turned[1], book),))
    claim = weighed(claim, line, book, weigh) if weigh and not most else claim  # what the rules have compared no model is asked
    if claim.verdict == SUPPORTED and claim.figures and (why := _amiss(line, [f.citation for f in claim.figures if f.citation], book)):
        return replace(claim, verdict=CONTRADICTED, reason=why)
    if claim.verdict == SUPPORTED and (name := unquoted(line, book)):
        return replace(claim, verdict=CONTRADICTED, reason=f"与原文不符:原文没有“{name}”")
    return claim


def unquoted(line: Line, book: Book) -> str:
    """A name that a claim has in quotation marks and the report nowhere; else ""."""
    return next((w.text for w in line.words if w.quoted and re.search(f"[“《\"]{re.escape(w.text)}[”》\"]", line.text) and w.text not in book.whole), "")


def _decided(line: Line, text: str, book: Book, find: Find | None, hear: Hear | None, weigh: Weigh | None) -> ClaimVerdict:
    """A claim that does not stand in the report word for word, by its figures or, without any, by what it states."""
    found = cache(lambda: [(hit.document, hit.sentence) for hit in find(text)] if find else [])
    ranks = cache(lambda: {(document.name, sentence.start): i for i, (document, sentence) in reversed(list(enumerate(found())))})

    def statement() -> tuple[str, str, tuple[Citation, ...]]:
        decided = turned_row(line, book) or compared(line, book) or ranked(line, book) or directed(line, book) or judge(line, book)
        lifted = said_so(decided, line, found(), book, weigh) if weigh else decided
        decided = lifted if lifted is not decided or not hear else stated(decided, line, book, hear, found())
        why = _amiss(line, decided[2], book) if decided[0] == SUPPORTED else ""
        return (CONTRADICTED, why, decided[2]) if why else decided

    figures = figures_of(line, text, book, ranks, hear, weigh)
    if figures and len(times(line)) == len(figures):
        return _dated(line, text, figures, book, statement())
    if figures and all(f.verdict == SUPPORTED for f in figures) and (denied := beside(line, book)) and not (denied[0] == NOT_MENTIONED and hear and vouched(line, figures, book, hear)):
        return ClaimVerdict(0, len(text), denied[0], denied[1], tuple(figures), denied[2])
    if figures:
        verdict = worst(f.verdict for f in figures)
        return ClaimVerdict(0, len(text), verdict, next(f.reason for f in figures if f.verdict == verdict), tuple(figures))
    verdict, reason, citations = statement()
    return ClaimVerdict(0, len(text), verdict, reason, (), citations)


def _amiss(line: Line, citations: Sequence[Citation], book: Book) -> str:
    """What a statement as a whole has wrong that its pieces have not: a person's office, two bodies that changed places, a rise for a fall; else ""."""
    if why := stranger(line.text, " ".join(c.quote for c in citations), book.whole, book.offices):
        return why
    spoken = [line.text[s:e] for s, e in quotations(line.text)]
    who = speaker_of(line.text, line.text.index(spoken[0]) if spoken else len(line.text) - 1)
    told = [name for c in [c for c in citations if any(words in c.quote for words in spoken)] or citations if (place := book.place(c)) for at in (place[1].start + 1, place[1].end - 2) if (name := speaker_at(place[0], at))]
    if person_in(who) and told and all(another(who, name) for name in told):
        return f"主体不符:原文说这话的不是“{who}”"
    if word := added(line.text, " ".join(c.quote for c in citations)):
        return f"与原文不符:原文说的不是“{word}”"
    for theirs in (Line.read(c.quote) for c in citations):
        if name := crossed(line, theirs):
            return f"主体不符:原文说的不是“{name}”"
        if why := reversed_in(line.text, theirs.text):
            return why
        if piece := turned_piece(line, theirs):
            return f"口径不符:原文的升降方向与“{piece}”相反"
    return ""


def _verbatim(line: Line, text: str, place: Place, book: Book) -> ClaimVerdict:
    """A claim that stands in the report word for word: each figure with the row of its value in that sentence."""
    rows = [row for row in book.rows if row.document == place.document.name and row.sentence == place.sentence]
    figures = []
    for q in line.figures:
        row = next((r for r in rows if relation(q, r.quantity) in AGREE), None)
        figures.append(FigureVerdict(text[q.start:q.end], q.start, q.end, SUPPORTED, "相符", row and _source(row, book), row and cite(row, book)))
    return ClaimVerdict(0, len(text), SUPPORTED, "相符", tuple(figures), (place.document.cite_sentence(place.sentence),))


def _source(row: Figure, book: Book) -> str:
    """The report's own words for a row's figure; of a reckoned one, the figure that it is reckoned from."""
    return book.documents[row.document].text[row.start:row.end]


def _dated(line: Line, text: str, figures: list[FigureVerdict], book: Book, statement: tuple[str, str, tuple[Citation, ...]]) -> ClaimVerdict:
    """A claim whose only figures say when: the statement must hold, and of that time."""
    verdict, reason, citations = statement
    held = worst(f.verdict for f in figures)
    if verdict == SUPPORTED and held != SUPPORTED and agree_at(line, citations, book):
        figures = [f if f.verdict == SUPPORTED else replace(f, verdict=SUPPORTED, reason="相符", source=f.text, citation=citations[0]) for f in figures]
    elif verdict == SUPPORTED and not agree_at(line, citations, book) or verdict == NOT_MENTIONED:
        sure = firm(line, book)
        verdict, reason = (held, next(f.reason for f in figures if f.verdict == held)) if sure or held != SUPPORTED else (NOT_MENTIONED, "原文未提及")
        if verdict == SUPPORTED and (why := _amiss(line, [f.citation for f in figures if f.citation], book)):
            verdict, reason = CONTRADICTED, why
    return ClaimVerdict(0, len(text), verdict, reason, tuple(figures), citations)


def firm(line: Line, book: Book) -> bool:
    """Whether the piece in which the report has a claim's date says itself most of what the claim says."""
    return all(max((match(said(line, q, book.rarity), row, book, bare(line.text)).close for row in book.rows if relation(q, row.quantity) in AGREE), default=0.0) >= 0.6 for q in line.figures)


def agree_at(line: Line, citations: Sequence[Citation], book: Book) -> bool:
    """Whether the sentence that says a statement is of the year that the statement names, as far as anything says."""
    ours, quarters = [p for _, _, p in periods(line)], set(_QUARTER.findall(line.text))
    for c in citations:
        if quarters and (told := set(_QUARTER.findall(c.quote))) and not quarters & told:
            return False
        cited = Line.read(c.quote, book.documents[c.document].date)
        theirs = [p for _, _, p in periods(cited)]
        days = [q for q in cited.figures if q.kind == "date" and q.date and q.date.month and q.low >= 10000000]
        if days and any(p.low is not None and all(not p.low <= q.high or not q.low <= p.high for q in days) for p in ours):
            return False
        if any(agree(a, b, book.years) == "differs" for a in ours for b in theirs) or not theirs and any(agree(a, None, book.years) == "differs" for a in ours):
            return False
    return bool(citations)


def figures_of(line: Line, text: str, book: Book, ranks: Callable[[], Mapping[tuple[str, int], int]], hear: Hear | None,
               weigh: Weigh | None = None) -> list[FigureVerdict]:
    """The verdicts of a claim's figures. A date or span that only says when the other figures hold shares what was found of them."""
    every = list(line.figures)
    whens = times(line)
    facts = [q for q in every if q not in whens]
    if not facts:
        facts, whens = whens, []
    found = {q: gather(q, line, book, ranks) for q in facts}
    decided = {q: decide(found[q], line, book, [f for f in found.values() if f.q is not q]) for q in facts}
    for q in facts:
        lifted = borne_out(found[q], decided[q], line, book, weigh) if weigh else decided[q]
        decided[q] = lifted if lifted is not decided[q] or not hear else heard(found[q], decided[q], line, book, hear, ranks)
    for q in facts:
        if decided[q][0] != SUPPORTED:
            decided[q] = other_end(q, line, [d[2] for d in decided.values() if d[0] == SUPPORTED], book) or decided[q]
        if decided[q][0] != SUPPORTED:
            decided[q] = own_change(q, line, decided) or own_sum(q, line, decided) or own_quotient(q, line, decided) or decided[q]
        if decided[q][0] == NOT_MENTIONED or decided[q][1].startswith(("数字不符", "口径不符:原文是新增或增减的量", "口径不符:原文是总量", "主体不符:原文这个数字说的不是")) and "颠倒" not in decided[q][1]:
            decided[q] = worked(q, line, book) or decided[q]
    for q in facts:
        if decided[q][0] == NOT_MENTIONED:
            decided[q] = how_many(q, decided, line) or decided[q]
        decided[q] = own_growth(q, line, decided, book) or another_has(q, line, found, decided) or decided[q]
    for when in whens:
        governed = [(q, decided[q]) for q in facts if governs(when, q, line) and not _of_other_time(found[q], decided[q], book)]
        away = None if governed else apart(when, line, [d[2] for d in decided.values() if d[0] == SUPPORTED], book)
        if away and away[0] == CONTRADICTED and based(when, line):
            decided |= {q: away for q in facts if decided[q][0] == SUPPORTED and 0 <= q.start - when.end and line.piece(q.start) == line.piece(when.start)}  # 比2019年增长64%, which is since 2022
        decided[when] = away or shared(governed or [(q, decided[q]) for q in facts])
    out = []
    for q in every:
        verdict, reason, row = decided[q]
        source = (row.period.text if row.period else None) if row and q in whens else _source(row, book) if row else None
        out.append(FigureVerdict(text[q.start:q.end], q.start, q.end, verdict, reason, source if verdict != NOT_MENTIONED else None, cite(row, book) if row and verdict != NOT_MENTIONED else None))
    return out


def _of_other_time(found: Gathered, decided: tuple[str, str, Figure | None], book: Book) -> bool:
    """Whether a figure is supported though its row is of another time than the claim names, so that it proves nothing of that time: 全长18公里的公路…年通车."""
    verdict, _, row = decided
    return verdict == SUPPORTED and row is not None and found.period is not None and timed(found.period, row, book) == "differs"


