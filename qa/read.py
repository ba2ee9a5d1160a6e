"""Question and hits → Reading."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from index.search import Hit
from ingest.document import Span
from qa.question import Question


@dataclass(frozen=True)
class Reading:
    """What a reader made of the hits.

    evidence: the answering sentences, each with the ranges of its document's text to highlight; empty: not found.
    confidence: probability that this is right.
    """

    answer: str
    confidence: float
    evidence: tuple[tuple[Hit, tuple[Span, ...]], ...]


class Reader(Protocol):
    """Chooses among hits, or says that none answers."""

    def read(self, question: Question, hits: list[Hit]) -> Reading: ...


class RuleReader:
    """Reads by general signs."""

    def read(self, question: Question, hits: list[Hit]) -> Reading:
        if not hits:
            return Reading("", 1.0, ())
        return Reading("", 0.5, ((hits[0], ()),))
