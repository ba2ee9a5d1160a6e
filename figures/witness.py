"""A claim put to the learned reader: with its figure left out as a question, or as it stands, to single sentences of the report.

A free retelling has few of the report's words; whether a sentence says what a claim asks for is then for a model to tell,
and what the value is, whether it is denied, planned or of another year stays with the rules of `figures.conflict`.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from figures.align import Book
from figures.conflict import barred
from figures.decide import NO_RANK, Found
from figures.ledger import Figure
from figures.line import Line
from figures.statement import opposed, places
from figures.verdict import NOT_MENTIONED, SUPPORTED
from ingest.document import Citation, Document, Sentence, Span
from quantities.parse import Quantity

SURE, DOUBTED = 2.0, -3.0    # logits: a figure is taken for the one that a claim has, or not although the words agree
STATED, DENIED = 2.0, -3.0   # the same for a statement without figures
HEARD, RIVALS = 4, 2         # sentences put to the reader: that have the claim's value, and that have others


@dataclass(frozen=True)
class Testimony:
    """What the reader makes of one sentence. answers: logit that the sentence answers; span: the likeliest answer, in the document's text."""

    answers: float
    span: Span


Hear = Callable[[str, Sequence[tuple[Document, Sentence]]], Sequence[Testimony]]


def asking(text: str, q: Quantity) -> str:
    """A claim as the question for one of its figures.

    >>> from quantities.parse import parse
    >>> text = "2021年,企业增至逾140家,增长近八成,居全省第二。"
    >>> [asking(text, q) for q in parse(text)][1:3]
    ['2021年,企业增至多少家,增长近八成,居全省第二？', '2021年,企业增至逾140家,增长百分之多少,居全省第二？']
    """
    if q.kind == "date":
        left = "什么时候" if q.date and q.date.month else "哪一年"
    elif q.kind == "time":
        left = "几点"
    elif q.kind in ("rank", "ordinal"):
        left = "第几"
    else:
        left = "百分之多少" if q.kind == "percent" else f"多少{q.measure}"
    return text[:q.start] + left + text[q.end:].rstrip("。！？!?.;；") + "？"


def heard(found: Found, decided: tuple[str, str, Figure | None], line: Line, book: Book, hear: Hear, ranks: Mapping[tuple[str, int], int]) -> tuple[str, str, Figure | None]:
    """The verdict of one figure of a claim after the reader was asked for it: supported where it finds that very figure in a sentence which nothing
    bars, not mentioned where it is sure that the sentence decided on says nothing of it; else as decided.

    ranks: places of sentences in what the retriever found for the claim, by document and start.
    """
    q, text = found.q, line.text
    if decided[0] == SUPPORTED and decided[2] is not None and decided[2].derivation:
        return decided
    same = _by_sentence((m.row for m, _ in found.same), ranks, HEARD, decided[2] if decided[0] == SUPPORTED else None)
    other = [rows for rows in _by_sentence((m.row for m, _ in found.other), ranks, RIVALS) if rows[0].sentence not in {r[0].sentence for r in same}]
    if not same:
        return decided
    told = hear(asking(text, q), [(book.documents[rows[0].document], rows[0].sentence) for rows in same + other])
    if decided[0] == SUPPORTED:
        sure = max((t.answers for rows, t in zip(same, told) if decided[2] is None or rows[0].sentence == decided[2].sentence), default=0.0)
        return decided if sure > DOUBTED else (NOT_MENTIONED, "原文未提及", None)
    rival = max((t.answers for t in told[len(same):]), default=DOUBTED)
    for answers, n in sorted(((t.answers, n) for n, t in enumerate(told[:len(same)])), reverse=True):
        row = next((row for row in same[n] if told[n].span[0] < row.end and row.start < told[n].span[1]), None)
        if answers < max(SURE, rival):
            break
        if row is not None and not barred(q, line, row, found.period, book):
            return SUPPORTED, "相符", row
    return decided


def _by_sentence(rows: Iterable[Figure], ranks: Mapping[tuple[str, int], int], most: int, first: Figure | None = None) -> list[list[Figure]]:
    """Rows gathered by sentence, at most so many sentences: that of `first`, then half of them in the order given, half in the retriever's."""
    found: dict[tuple[str, int], list[Figure]] = {}
    for row in ([first] if first else []) + list(rows):
        found.setdefault((row.document, row.sentence.start), []).append(row)
    keys = list(found)
    chosen = keys[:most // 2]
    chosen += sorted((k for k in keys[most // 2:]), key=lambda k: ranks.get(k, NO_RANK))[:most - len(chosen)]
    return [found[k] for k in chosen]


def stated(decided: tuple[str, str, tuple[Citation, ...]], line: Line, book: Book, hear: Hear, found: Sequence[tuple[Document, Sentence]]) -> tuple[str, str, tuple[Citation, ...]]:
    """The verdict of a statement without figures after the reader was asked whether the sentences cited, and those that the retriever `found`, say it."""
    verdict, _, citations = decided
    cited = [(d, s) for d, s in book.sentences if any(c.document == d.name and s.start <= c.spans[0][0] < s.end for c in citations)]
    asked = list(dict.fromkeys([*cited, *(f for f in found if f not in cited)]))[:HEARD]
    if not asked:
        return decided
    told = sorted(zip(hear(line.text.rstrip("。"), asked), asked), key=lambda pair: -pair[0].answers)
    best, (document, sentence) = told[0]
    if verdict == SUPPORTED:
        return decided if max(t.answers for t, place in told if place in cited) > DENIED else (NOT_MENTIONED, "原文未提及", ())
    said = [p for p in places(book) if p.sentence is sentence and best.span[0] < sentence.start + p.piece[1] and sentence.start + p.piece[0] < best.span[1]]
    if best.answers > STATED and said and not any(opposed(line.text, p.line.text[slice(*p.piece)], p) for p in said):
        return SUPPORTED, "相符", (document.cite_sentence(sentence, (best.span,)),)
    return decided
