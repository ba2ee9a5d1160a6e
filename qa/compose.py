"""From what was found to the reply: short answer, statement with its markers, confidence and citations.

Each way of answering gives a Reply or None where the question is not of its kind; `qa.assistant` tries them in turn.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from figures.ledger import Figure
from index.search import Hit, Searcher
from ingest.document import Citation, Document, Span
from prompts.render import render
from qa.extreme import WHICH, extreme
from qa.gather import Part, rest_of, rivals
from qa.outline import gist, outline
from qa.question import Question
from qa.read import Reading
from qa.reckon import change, reckon
from qa.task import lacking, task
from qa.why import beside
from qa.yesno import unsaid

BROAD = 0.7
RECKONED = 0.8


@dataclass(frozen=True)
class Reply:
    """A reply without the question: as in `qa.answer.Answer`."""

    answer: str
    statement: str
    confidence: float
    citations: tuple[Citation, ...] = ()


def cite(document: Document, number: int, marks: Sequence[Span] = ()) -> Citation:
    """A whole sentence as citation; marks: ranges of the sentence's text to highlight."""
    sentence = document.sentences[number]
    return document.cite_sentence(sentence, tuple((sentence.start + s, sentence.start + e) for s, e in marks))


def said(citation: Citation, label: int) -> str:
    """A quotation with its marker, on one line."""
    return render("statement", quote=" ".join(citation.quote.split()), label=label)


def vector(searcher: Searcher, place: int) -> np.ndarray:
    """The vector of a sentence, the mean of its clauses': (dimension,) of length 1. place: its row in `searcher.places`."""
    edges = [*searcher.first_clause[place:place + 2], searcher.snapshot.dense.index.ntotal]
    mean = searcher.snapshot.dense.rows(int(edges[0]), int(edges[1])).mean(0)
    return mean / (np.linalg.norm(mean) or 1.0)


def broad(question: Question, searcher: Searcher, documents: frozenset[str] | None) -> Reply | None:
    """The outline that a broad question asks for."""
    @cache
    def places() -> dict[tuple[str, int], int]:
        return {(document.name, number): place for place, (document, number) in enumerate(searcher.places)}

    def vectors(document: Document, numbers: Sequence[int]) -> np.ndarray:
        return np.stack([vector(searcher, places()[document.name, number]) for number in numbers])

    found = None if question.commands else outline(question, [d for d in searcher.snapshot.documents if not documents or d.name in documents], vectors)
    if found is None:
        return None
    points, total = found
    citations = tuple(cite(p.document, p.number) for p in points)
    headings = list(dict.fromkeys(p.heading for p in points if p.heading))
    if len(headings) == 1:
        lines = [said(c, i) for i, c in enumerate(citations, 1)]
        return Reply("；".join(gist(c.quote) for c in citations), render("outline_section", heading=headings[0], lines="\n".join(lines)), BROAD, citations)
    several = len({p.document.name for p in points}) > 1
    lines = [render("outline_line", heading=(f"{p.document.title} › " if several else "") + (p.heading or p.document.title), said=said(c, i))
             for i, (p, c) in enumerate(zip(points, citations), 1)]
    answer = "、".join(headings) if len(headings) == len(points) else "；".join(gist(c.quote) for c in citations)
    return Reply(answer, render("outline", count=total, shown=len(points), lines="\n".join(lines)), BROAD, citations)


def reckoned(question: Question, rows: Callable[[], Sequence[Figure]], documents: Sequence[Document]) -> Reply | None:
    """A comparison, difference or sum from the ledger, or the extreme of a table, which is built only where one is asked for."""
    if question.commands:
        return None
    found = reckon(question, rows()) if task(question) else extreme(question, rows(), documents) if WHICH.match(question.text) else None
    if found is None:
        return None
    named = {d.name: d for d in documents}
    marks: dict[tuple[str, int], list[Span]] = {}
    for row in found.rows:
        number = next(i for i, s in enumerate(named[row.document].sentences) if s.start == row.sentence.start)
        marks.setdefault((row.document, number), []).append((row.start - row.sentence.start, row.end - row.sentence.start))
    citations = tuple(cite(named[name], number, spans) for (name, number), spans in marks.items())
    label = {(name, named[name].sentences[number].start): i for i, (name, number) in enumerate(marks, 1)}
    labels = [label[row.document, row.sentence.start] for row in found.rows]
    working = re.sub(r"\{(\d)\}", lambda m: f"[{labels[int(m[1]) - 1]}]", found.working)
    return Reply(found.answer, render("reckoned", working=working), RECKONED, citations)


def read(question: Question, reading: Reading, hits: Sequence[Hit]) -> Reply:
    """What the reader found, with what belongs to it: the rest of a list, the sentences beside a reason, other figures that answer."""
    if not reading.evidence:
        return Reply("", render("not_found"), reading.confidence)
    (hit, marks), *_ = reading.evidence
    document, number = hit.document, hit.number
    text = hit.sentence.heading + hit.view.text
    if word := question.kind == "yesno" and unsaid(question, text, document.text, reading.confidence) or lacking(question, text):
        return Reply("", render("not_said", word=word), 1 - reading.confidence)
    start = hit.sentence.start
    citations = [cite(document, number, [(s - start, e - start) for s, e in marks])]
    if question.kind == "list" and (parts := rest_of(question, document, number)):
        return gathered(reading, document, number, citations[0], parts)
    if question.kind == "reason":
        citations += [cite(document, n) for n in beside(document, number)]
    lines = [said(c, i) for i, c in enumerate(citations, 1)]
    if question.kind == "figure" and (made := change(question, hit.sentence.text, reading.answer)):
        return Reply(made[0], lines[0] + render("reckoned", working=f"{made[1]}[1]"), reading.confidence, tuple(citations))
    others = rivals(question, hits, hit, reading.answer)
    for other, (s, e) in others:
        back = other.view.back(s, e)
        citations.append(cite(other.document, other.number, [back] if back else []))
        where = other.document.title if other.document.name != document.name else other.sentence.heading or other.document.title
        lines.append(render("rival", where=where, said=said(citations[-1], len(citations))))
    if others:
        lines.insert(0, render("rivals", where=document.title if any(o.document.name != document.name for o, _ in others) else hit.sentence.heading or document.title))
    return Reply(reading.answer, "".join(lines), reading.confidence, tuple(citations))


def gathered(reading: Reading, document: Document, number: int, first: Citation, parts: Sequence[Part]) -> Reply:
    """A list whose items stand in several sentences: once each, in the report's order; the answering sentence is cited first."""
    items = {number: reading.answer.split("、")} | {p.number: [document.sentences[p.number].text[s:e] for s, e in p.ranges] for p in parts}
    answer = "、".join(dict.fromkeys(item for n in sorted(items) for item in items[n]))
    citations = (first, *(cite(document, p.number, p.ranges) for p in parts))
    order = sorted(zip([number, *(p.number for p in parts)], range(1, len(citations) + 1)))
    return Reply(answer, "".join(said(citations[i - 1], i) for _, i in order), reading.confidence, citations)
