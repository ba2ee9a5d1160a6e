"""A claim beside the sentences cited for it, as the learned verifier reads them (evidence.py): whether they bear out what is said, whatever its words.

Values are compared by the rules; the verifier is shown, by brackets around both, which of the report's figures have a claim's value,
and judges what is said of them: subject, role, time, cause, condition.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from figures import marks
from figures.align import Book
from figures.compare import HEDGED, SAME
from figures.conflict import barred
from figures.decide import digits
from figures.evidence import narrowed, paired
from figures.gather import LEAST, Found
from figures.ledger import Figure
from figures.line import Line, bare
from figures.negation import denial, denies
from figures.respective import both_given
from figures.timing import timed
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, TURNED, ClaimVerdict, FigureVerdict
from figures.witness import WORDED, named_elsewhere, of_another
from ingest.document import Citation, Document, Sentence
from quantities.hedges import ABOUT

BORNE, STATED = 2.0, 2.5  # logits: a figure, or a statement without figures, is taken for borne out though the words differ
SURE = 2.7              # logit: a figure is taken for borne out though the rules have its time, or another value, against it
DENIED = -1.0           # logit: what the words support is taken for not borne out
AGAINST = 0.0           # logit: what is not borne out is contradicted rather than not mentioned
PLANNED = ("planned", "due")
FAINT = 0.3             # of a claim's words a row that a surer verifier takes for it must say
TRIED = 3               # sentences that have a figure's value
OF_BEFORE = re.compile("该|这|它|他|她|其(?![中他余实])")


@dataclass(frozen=True)
class Weighed:
    """What the verifier makes of a claim and its evidence. supported: logit against all else; contradicted: logit against not mentioned."""

    supported: float
    contradicted: float


Weigh = Callable[[Sequence[tuple[str, str]]], Sequence[Weighed]]


def remembered(weigh: Weigh) -> Weigh:
    """A verifier that weighs no pair twice: the figures of one claim put it to the same sentences."""
    seen: dict[tuple[str, str], Weighed] = {}

    def once(pairs: Sequence[tuple[str, str]]) -> Sequence[Weighed]:
        new = [pair for pair in dict.fromkeys(pairs) if pair not in seen]
        seen.update(zip(new, weigh(new) if new else ()))
        return [seen[pair] for pair in pairs]
    return once


def borne_out(found: Found, decided: tuple[str, str, Figure | None], line: Line, book: Book, weigh: Weigh) -> tuple[str, str, Figure | None]:
    """The verdict of one figure of a claim that the rules do not support, after the verifier weighed the sentences that have its value; else as decided. Where
    the rules have more against a row than words, the verifier must be the surer; a plan it never makes a deed."""
    if decided[0] == SUPPORTED:
        return decided
    q, period = found.q, found.period
    worded = decided[0] != CONTRADICTED or decided[1].startswith(WORDED)
    rows: dict[tuple[str, int], tuple[Figure, float]] = {}
    for m, how in found.same:
        if len(rows) == TRIED:
            break
        bar, when = barred(q, line, m.row, period, book), timed(period, m.row, book) if period and m.row.period else "same"
        free = worded and not bar and when == "same"
        if bar == TURNED and m.row.quantity.low < 0 or how == HEDGED and not free and q.hedge not in ABOUT and q.point != m.row.quantity.point:
            continue  # -9.6 of a table's column 比上年增长; 突破600亿元 of any 608亿元
        proved = when in ("same", "open") and not bar.startswith("时间不符") or when == "differs" and period.text in {f.text for f in line.figures}  # a date is judged by itself; 今年 is none
        if decided[2] is not None and decided[2].status in PLANNED and m.row.status not in PLANNED and marks.status(line, q.start) == "planned":
            continue  # 预期目标5.4万人 of a goal of 5万人, and 5.4万人 reached the year before
        if decided[2] is not None and (both_given(m.row.line, m.row.quantity, decided[2].quantity) or q.kind == "date" and decided[2] is not m.row and decided[2].sentence is m.row.sentence):
            continue  # the sentence has it for the next deed: 同年 of 2020年…,同年…;2021年…
        if (free or proved and m.score >= (FAINT if when != "differs" and (how == SAME or q.hedge in ABOUT and digits(q) >= 3) else LEAST) and "计划" not in bar and (m.row.status not in PLANNED or marks.status(line, q.start) == "planned")) and not of_another(q, line, m, book):
            place = m.row.document, m.row.sentence.start
            if place not in rows or free:
                rows[place] = m.row, BORNE if free and not named_elsewhere(q, line, m, book) else SURE
    for row, least in sorted(rows.values(), key=lambda r: r[1]):
        place = [(book.documents[row.document], row.sentence)]
        if all(weigh([paired(line, asked, place)])[0].supported > least for asked in (None, q)):
            return SUPPORTED, "相符", row
    return decided


def said_so(decided: tuple[str, str, tuple[Citation, ...]], line: Line, found: Sequence[tuple[Document, Sentence]], book: Book, weigh: Weigh) -> tuple[str, str, tuple[Citation, ...]]:
    """The verdict of a statement that the words do not support, after the verifier weighed the sentences cited, and those that the retriever `found`; else as decided."""
    verdict, reason, citations = decided
    asked = list(dict.fromkeys([*(place for c in citations if (place := book.place(c))), *found]))[:TRIED]
    if verdict == SUPPORTED or not asked or verdict == CONTRADICTED and not reason.startswith(WORDED):
        return decided
    best, (document, sentence) = max(zip((w.supported for w in weigh([paired(line, None, [place]) for place in asked])), asked), key=lambda pair: pair[0])
    return (SUPPORTED, "相符", (document.cite_sentence(sentence),)) if best > STATED and denies(line.text) == denies(sentence.text) and not denial(line.text, sentence.text) and not marks.contrast(bare(line.text), bare(sentence.text)) and not marks.uneven(line.text, sentence.text) and all(w.text in bare(sentence.text) for w in line.words if w.quoted) else decided


def weighed(claim: ClaimVerdict, line: Line, book: Book, weigh: Weigh) -> ClaimVerdict:
    """A claim that the rules support, after the verifier weighed it beside all that is cited for it, then each of its figures, then it beside the clauses with
    its figures alone: where none bears it out, the figures that the verifier doubts are given up, or the claim alone where it doubts none by itself."""
    cited = [place for c in (*(f.citation for f in claim.figures), *claim.citations) if (place := book.place(c))]
    if claim.verdict != SUPPORTED or not cited or OF_BEFORE.match(line.text):
        return claim  # 该办公室还召开…: of whom, the sentence before says
    reckoned = [f.start for f in claim.figures if f.reason.startswith("推算")]
    if claim.reason.startswith("推算") and not reckoned:
        return claim  # 乡村增速快于城镇: the rules compared the report's figures
    pair = paired(line, None, cited, reckoned)
    whole, = weigh([pair])
    if whole.supported >= DENIED:
        return claim
    of = {q.start: q for q in line.figures}
    asked = [f for f in claim.figures if f.start in of and f.start not in reckoned and book.place(f.citation)] if len(claim.figures) > 1 else []
    each = weigh([paired(line, of[f.start], [book.place(f.citation)]) for f in asked])
    borne = (whole.supported + min((w.supported for w in each), default=whole.supported)) / 2
    if borne >= DENIED or (short := narrowed(pair[1])) and weigh([(pair[0], short)])[0].supported >= DENIED:
        return claim
    found = dict(zip(asked, each)) if asked else dict.fromkeys(claim.figures, whole)
    verdict, reason = against(whole)
    return replace(claim, verdict=verdict, reason=reason, citations=claim.citations if verdict == CONTRADICTED else (),
                   figures=tuple(given_up(f, found[f]) if f in found and found[f].supported < DENIED else f for f in claim.figures))


def against(found: Weighed) -> tuple[str, str]:
    """The verdict, and why, of what the evidence does not bear out."""
    return (CONTRADICTED, "与原文不符:原文的说法不同") if found.contradicted > AGAINST else (NOT_MENTIONED, "原文未提及")


def given_up(figure: FigureVerdict, found: Weighed) -> FigureVerdict:
    verdict, reason = against(found)
    return replace(figure, verdict=verdict, reason=reason) if verdict == CONTRADICTED else replace(figure, verdict=verdict, reason=reason, source=None, citation=None)
