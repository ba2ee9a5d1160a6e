"""What a claim says beside its figures, and what it says of a rise or fall without one: checked where the figures themselves hold."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures import marks
from figures.align import Book, cite, coverage, match
from figures.directed import sign_of
from figures.ledger import Figure
from figures.line import Line, bare
from figures.negation import NOBODY
from figures.places import places
from figures.said import Said
from figures.statement import piece_verdict
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, FigureVerdict
from ingest.document import Citation

_YEARLY = re.compile("同比|比上年|较上年|比去年|较去年|比上一年")
_OVER_TIME = re.compile("同比|[比较][^，,]{0,4}(?:上年|去年|上一年|年初|[0-9]{4}年)|[高低多少]于(?:上年|去年|上一年|年初|[0-9]{4}年)|有所|[与和同高低]于?(?:上一?学?|去)年")
_FLAT = re.compile("持平|相当|不变")
_ALL = re.compile("全部|悉数|无一例外|均已|都已")


def beside(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """What the report has against a piece of a claim that has no figure, where the figures beside it hold: 全部实现转化 of what only partly was; None where nothing is."""
    for number, (start, end) in enumerate(line.pieces):
        if any(start <= f.start < end and f.kind not in ("date", "time") for f in line.figures) or not number and not marks.has(line.text[start:end], "strong_planned"):
            continue
        words = [(w, w.weight * book.rarity(w.text)) for w in line.words if start <= w.start < end and w.weight >= 0.15]
        told = [w for w, _ in words if w.weight >= 0.5 and w.text not in NOBODY]
        if not told:
            continue
        text = line.text[start:end]
        if _ALL.search(text):
            for place in places(book):
                theirs = place.line.text[place.piece[0]:place.piece[1]]
                if "其中" in theirs and not _ALL.search(theirs) and all(coverage(w.text, bare(theirs)) >= 0.62 for w in told):
                    return CONTRADICTED, "与原文不符:原文不是“全部”", (place.document.cite_sentence(place.sentence),)
        if any(not book.has(w.text) for w in told):
            return NOT_MENTIONED, "原文未提及", ()
        verdict, reason, cited = piece_verdict(words, line, (start, end), book)
        if verdict == CONTRADICTED and reason.startswith(("与原文的肯定", "口径不符")):
            return verdict, reason, (cited,) if cited else ()
    return None


def row_of(figure: FigureVerdict, book: Book) -> Figure | None:
    """The report's figure that a supported one rests on; None for times and what is reckoned."""
    if figure.verdict != SUPPORTED or figure.citation is None or not (place := book.place(figure.citation)):
        return None
    return next((r for r in book.rows if r.sentence == place[1] and r.document == figure.citation.document and r.quantity.kind not in ("date", "time", "duration", "rank", "ordinal") and book.documents[r.document].cite_sentence(r.sentence, ((r.start, r.end),)) == figure.citation), None)


def turned_behind(line: Line, figures: Sequence[FigureVerdict], book: Book) -> tuple[str, Figure] | None:
    """The piece behind a claim's figure that says without one how it changed, where the report's piece behind that figure has it change the other way: 1.32亿美元,比上年有所增长
    of 1.32亿美元,下降9.7%; and the report's figure. None where nothing is."""
    told = {n for n, (s, e) in enumerate(line.pieces) if any(s <= q.start < e and q.kind not in ("date", "time") for q in line.figures)}
    for f in figures:
        number = line.piece(f.start) + 1
        text = line.text[slice(*line.pieces[number])] if number < len(line.pieces) and number not in told else ""
        sign, flat = sign_of(text), bool(_FLAT.search(text))
        if not sign and not flat or not _OVER_TIME.search(text) or not (row := row_of(f, book)):
            continue
        s, e = next(((s, e) for s, e in row.line.pieces if s >= row.quantity.end), (0, 0))
        if e and row.line.clause(s) == row.line.clause(row.quantity.start) and _turned(sign, flat, row.line.text[s:e]) and all(
                coverage(w.text, text) >= 0.6 for w in row.line.words if w.noun and s <= w.start < e):
            return text, row
    return None


def _turned(sign: int, flat: bool, theirs: str) -> bool:
    """Whether a piece of the report has the change go another way than a claim does, which may have none: 持平."""
    way, still = marks.way(theirs), bool(_FLAT.search(theirs))
    return way == -sign != 0 or bool(sign) and still or flat and way != 0 and not still


def turned_row(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """A claim that something rose or fell on the year, against the ledger's growth of it; None where the ledger has none."""
    sign = marks.way(line.text)
    if not sign or not _YEARLY.search(line.text) or any(f.kind not in ("date", "time") for f in line.figures):
        return None
    items = [Said(w, w.weight * book.rarity(w.text), True) for w in line.words if w.weight >= 0.25 and not any(s <= w.start < e for s, e in [m.span() for m in _YEARLY.finditer(line.text)])]
    if not any(i.word.noun for i in items):
        return None
    found = [m for row in (*book.rows, *book.derived) if row.change == "change" and row.direction and (m := match(items, row, book, line.bare)).score >= 0.75 and not m.foreign and m.close >= 0.5]
    if not found:
        return None
    best = max(found, key=lambda m: m.score)
    row = best.row
    cited = cite(row, book)
    return (SUPPORTED, "相符", (cited,)) if row.direction == sign else (CONTRADICTED, f"口径不符:原文的升降方向相反({row.text})", (cited,))
