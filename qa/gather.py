"""Beyond the answering sentence: the rest of a list that goes on in others, and figures elsewhere that answer as well."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from figures.align import coverage
from figures.compare import comparable
from index.lexical import simplify
from index.search import Hit
from ingest.document import Document, Span
from qa.clauses import clauses
from qa.lists import count, enumeration
from qa.question import Question, contents
from qa.short import short
from qa.signals import figures, stated
from quantities.parse import Quantity, equal

MOST = 6
GOES_ON = re.compile(r"^[^，,。；;]{0,10}(?:还|此外|另外|又|另有|同时|其次|再次)|[，,](?:还|又|另|同时)")
NOUN = re.compile(r"哪(?:些|几|[一二两三四五六七八九十])([一-鿿]{1,4})")


@dataclass(frozen=True)
class Part:
    """Items of a list in one sentence: its number in `document.sentences`, ranges of its text."""

    number: int
    ranges: tuple[Span, ...]


def rest_of(question: Question, document: Document, number: int) -> list[Part]:
    """The parts of a list outside the sentence that answers, in the report's order: the other rows where rows of a table are asked
    for, else sentences of the section that go on with 还, 又 or their like and say all that the question says.

    Empty where the question says how many there are and the sentence has as many.
    """
    own = document.sentences[number]
    if own.kind == "row":
        return rows(question, document, number)
    due = count(question)
    if due and due <= len(enumeration(question, own.text)):
        return []
    asked = [word for word in contents(question.text) if coverage(word, simplify(own.text)) > 0.66 and not NOUN.search(word)]
    found: list[Part] = []
    for step in (-1, 1):
        at = number
        while 0 <= at + step < len(document.sentences) and len(found) < MOST:
            leaning = document.sentences[at if step < 0 else at + step].text
            at += step
            other = document.sentences[at]
            said = simplify(other.text)
            if other.path != own.path or other.kind != own.kind or not GOES_ON.search(leaning) or not asked or any(coverage(word, said) < 0.5 for word in asked):
                break
            if spans := enumeration(question, other.text):
                found.append(Part(at, tuple(spans)))
    return sorted(found, key=lambda part: part.number)


def rows(question: Question, document: Document, number: int) -> list[Part]:
    """The rows beside a table's row whose first cell names the same kind of thing that is asked for: 第六条, 第二十条 where 哪几条 is."""
    noun = NOUN.search(question.text)
    cells = {}
    for step in (-1, 0, 1):
        at = number if step == 0 else number + step
        while 0 <= at < len(document.sentences) and document.sentences[at].kind == "row":
            cells[at] = first_cell(document.sentences[at].text)
            if step == 0:
                break
            at += step
    text = {at: document.sentences[at].text[s:e] for at, (s, e) in cells.items()}
    same = [at for at in sorted(cells) if noun and text[at] and text[at][-1] == noun[1][0] and len(text[at]) > 1]
    return [Part(at, (cells[at],)) for at in same if at != number][:MOST] if number in same else []


def first_cell(row: str) -> Span:
    """Where a row's first cell stands.

    >>> row = "| 第六条 | 注册资本 |"
    >>> row[slice(*first_cell(row))]
    '第六条'
    """
    found = re.match(r"\s*\|?\s*([^|\t]*?)\s*(?:[|\t]|$)", row)
    return found.span(1) if found else (0, 0)


def rivals(question: Question, hits: Sequence[Hit], best: Hit, answer: str) -> list[tuple[Hit, Span]]:
    """Sentences of another section or document with a figure of another value that answers as well, best first; two at most.

    Both say every word of the question, the words that name what is asked in the figure's own clause, and the question's
    figures and dates; the figures count in one measure word.
    """
    if question.kind != "figure" or best.sentence.kind != "paragraph":
        return []
    ours = answering(question, best)
    if ours is None or ours.text != answer:
        return []
    found: list[tuple[Hit, Span]] = []
    for hit in hits:
        if (hit.document.name, hit.sentence.path) != (best.document.name, best.sentence.path) and hit.sentence.kind == "paragraph":
            theirs = answering(question, hit)
            if theirs is not None and comparable(ours, theirs) and ours.kind == theirs.kind and ours.measure == theirs.measure and not equal(ours, theirs) and not equal_values([r[0] for r in found], theirs):
                found.append((hit, (theirs.start, theirs.end)))
    return found[:2]


def answering(question: Question, hit: Hit) -> Quantity | None:
    """The figure of a sentence that says all that a question says; None where it lacks a word, a figure or a date of it."""
    text = hit.view.text
    said = short(question, text)
    figure = next((q for q in figures(text) if said.ranges and (q.start, q.end) == said.ranges[0]), None)
    if figure is None or stated(question, hit) < 1:
        return None
    own = simplify(next((text[s:e] for s, e in clauses(text) if s <= figure.start < e), text))
    around = simplify(" ".join([*hit.sentence.path[1:], text]))
    asked = contents(question.text)
    return figure if asked and all(word in around or word in simplify(hit.document.title) for word in asked) and all(word in own for word in question.focus) else None


def equal_values(hits: Sequence[Hit], figure: Quantity) -> bool:
    """Whether one of some sentences has a figure already."""
    return any(equal(q, figure) for hit in hits for q in figures(hit.view.text))
