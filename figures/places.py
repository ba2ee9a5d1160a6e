"""The pieces of a report, each with what stands around it: where a statement without figures may be said."""
from __future__ import annotations

from dataclasses import dataclass

from figures.align import Book
from figures.ledger import opening_of
from figures.line import Line, bare
from figures.scope import Scope, scope_of
from figures.topics import heading_at
from ingest.document import Document, Sentence, Span


@dataclass(frozen=True)
class Place:
    """A piece of a sentence of the report, with what stands around it."""

    document: Document
    sentence: Sentence
    line: Line
    piece: Span
    scope: Scope
    around: str  # all that its scopes hold


def places(book: Book) -> tuple[Place, ...]:
    """Every piece of every sentence; made once for a book."""
    if book.places is None:
        found = []
        for document in book.documents.values():
            opening, before = opening_of(document), ""
            for number, sentence in enumerate(document.sentences):
                line = Line.read(sentence.text, document.date)
                heading = heading_at(document, number)
                around = bare("\n".join((sentence.text, heading, opening, before)))
                for s, e in line.pieces:
                    if len(line.pieces) > 1 and not any(s <= w.start < e for w in line.words):
                        continue  # 1月20日, says nothing by itself
                    found.append(Place(document, sentence, line, (s, e), scope_of(line, s, s, heading, before, opening), around))
                before = sentence.text
        book.places = tuple(found)
    return book.places


def opens_anew(place: Place) -> bool:
    """Whether a piece opens with a subject of its own."""
    at = place.piece[0]
    for w in place.line.words:
        if w.start == at and at < place.piece[1]:
            if w.nominal:
                return True
            if w.verb:
                return False
            at = w.end
    return False
