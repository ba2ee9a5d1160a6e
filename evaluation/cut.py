"""Questions that a report answers, and a copy of it from which every answer to them is cut, so that the right reply is "not found".

A question is a piece of a sentence with its figure asked for: 清理拖欠企业账款3.7亿元 → 清理拖欠企业账款多少亿元？ What another place
of the report may answer too is left out or cut along.
"""
from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.mutate import LIMIT, statements
from evaluation.pairs import Pair
from figures.compare import AGREE, relation
from figures.ledger import Figure
from ingest.chunk import read_document
from ingest.document import Document, Sentence, Span

MOST = 0.25     # of a report's sentences may be cut, so that it stays the report it was
LEAST = 4       # Chinese characters before the figure: fewer do not say what is asked
LIKE = 0.6      # of a piece's pairs of characters: a place that has as many may be about the same
_HAN = re.compile("[一-鿿]+")
_LEANS = re.compile(r"^(?:力争|惠及|合计|真正|像|该|这|要|一共|带动|上个?月|结束|其中|比|较|同比|增长|下降|上升|提高|减少|增加|占|达|分别|约|共|当年|今年|去年|全年|累计)|分别|[由从这]$")
_KINDS = ("count", "money", "area", "length", "mass", "percent", "points")


@dataclass(frozen=True)
class Cut:
    """asked: questions with their answers, to the report as it is; gone: the same without an answer, to `copy`."""

    asked: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    copy: Document | None


def grams(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text.

    >>> sorted(grams("新增5家企业"))
    ['企业', '家企', '新增']
    """
    return {run[i:i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}


def question(row: Figure) -> str:
    """A row's piece of its sentence as a question; "" where the piece does not say by itself what is asked.

    The piece holds one figure only, LEAST characters before it, and no rise or fall of something named elsewhere.
    """
    line, q = row.line, row.quantity
    start, end = line.pieces[line.piece(q.start)]
    before, after = line.text[start:q.start].strip(" ，,、"), line.text[q.end:end].strip(" 。；;，,")
    alone = sum(start <= f.start < end and f.kind not in ("date", "time") for f in line.figures) == 1
    if q.kind not in _KINDS or not alone or q.role or len("".join(_HAN.findall(before))) < LEAST or _LEANS.search(before) or re.search("[“”（）()《》]", before + after):
        return ""
    asked = "百分之几" if q.text.endswith(("%", "成")) else "千分之几" if q.text.endswith("‰") else f"多少{q.unit}"
    return f"{before}{asked}{after if len(after) <= 12 else ''}？"


def places(row: Figure, rows: Sequence[Figure]) -> list[Sentence] | None:
    """The sentences that answer a row's question, its own first; None where one gives it another answer or it is said too often."""
    piece = grams(re.sub("多少.*|[百千]分之几.*", "", question(row)))
    found = [row.sentence]
    for other in rows:
        if other is row or not piece or other.quantity.dimension != row.quantity.dimension:
            continue
        if len(piece & grams(f"{other.sentence.text} {other.measure} {other.subject}")) >= LIKE * len(piece):
            if relation(row.quantity, other.quantity) in AGREE or relation(other.quantity, row.quantity) in AGREE:
                found.append(other.sentence)
            elif other.sentence != row.sentence or len(piece & grams(other.measure + other.scope.near)) >= LIKE * len(piece):
                return None
    found = list(dict.fromkeys(found))
    return found if len(found) <= 3 else None


def cut_of(document: Document, rows: Sequence[Figure], seed: int, limit: int = LIMIT) -> Cut:
    """Up to `limit` questions, the same for the same document and seed. rows: the document's ledger."""
    standing = {row for statement in statements(document, rows) for row in statement.rows}
    candidates = [(row, found) for row in rows if row in standing and question(row) and (found := places(row, rows))]
    random.Random(f"{seed} cut").shuffle(candidates)
    taken: list[tuple[Figure, list[Sentence]]] = []
    away: set[Sentence] = set()
    for row, found in candidates:
        if len(taken) < limit and row.sentence not in away and len(away | set(found)) <= MOST * len(document.sentences):
            taken.append((row, found))
            away |= set(found)
    asked, gone = [], []
    for number, (row, found) in enumerate(taken, 1):
        answers = tuple(dict.fromkeys((row.text, row.text.lstrip("约近超过逾"))))
        asked.append(Pair(f"asked-{number}", question(row), answers, tuple(s.text.strip() for s in found), (), ("asked",), unit=f"asked-{number}"))
        gone.append(Pair(f"cut-{number}", question(row), (), (), (), ("cut",), unit=f"cut-{number}"))
    return Cut(tuple(asked), tuple(gone), without(document, [(s.start, s.end) for s in away]) if away else None)


def without(document: Document, ranges: Sequence[Span]) -> Document:
    """The document read anew from its file without some ranges of its reading text."""
    gone = sorted(span for start, end in ranges for span in document.spans(start, end))
    kept, at = [], 0
    for start, end in gone:
        kept.append(document.raw[at:start])
        at = end
    return read_document(document.name, "".join(kept) + document.raw[at:], document.date)
