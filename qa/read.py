"""Question and hits → Reading: which sentence answers, with what words, and whether any does.

Scoring and deciding are separate: `rank` orders the hits by weighted signals, `answerable` gives the probability that
the best one answers, and the threshold decides. Weights and threshold are fitted by `evaluation.tune`; a span model,
where there is one, adds its own signals and the short answer.
"""
from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

from index.search import Hit
from ingest.document import Span
from qa.question import Question
from qa.short import short
from qa.signals import Signals, signals

WEIGHTS = Path(__file__).parent / "weights.json"


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


@dataclass(frozen=True)
class Weights:
    """Linear weights by signal: rank orders hits, answerable (with bias) is a log-odds, decided at threshold."""

    rank: dict[str, float]
    answerable: dict[str, float]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        return cls(**json.loads(path.read_text("utf-8")))

    def score(self, found: Signals) -> float:
        return sum(self.rank[f.name] * getattr(found, f.name) for f in fields(found))

    def probability(self, found: Signals) -> float:
        return 1 / (1 + math.exp(-self.bias - sum(self.answerable[f.name] * getattr(found, f.name) for f in fields(found))))


class SignalReader:
    """Reads by weighted signals and general rules."""

    def __init__(self, weights: Weights):
        self.weights = weights

    def read(self, question: Question, hits: list[Hit]) -> Reading:
        if not hits or question.commands:
            return Reading("", 1.0, ())
        found = [signals(question, hit, hits) for hit in hits]
        best = max(range(len(hits)), key=lambda i: self.weights.score(found[i]))
        probability = self.weights.probability(found[best])
        if probability < self.weights.threshold:
            return Reading("", 1 - probability, ())
        hit = hits[best]
        said = short(question, hit.sentence.text)
        return Reading(said.answer, probability, ((hit, tuple((hit.sentence.start + s, hit.sentence.start + e) for s, e in said.ranges)),))
