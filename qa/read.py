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
from index.store import under_heading
from ingest.document import Span
from qa.question import Question
from qa.short import short
from qa.signals import Signals, signals
from qa.spans import OnnxSpans, SpanModel, Window

LOOKED = 8
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
    """Linear weights by signal: rank orders hits; answerable, with a bias by the question's kind, is a log-odds, decided at threshold."""

    rank: dict[str, float]
    answerable: dict[str, float]
    bias: dict[str, float]
    threshold: float

    @classmethod
    def load(cls, name: str, path: Path = WEIGHTS) -> Weights:
        """The weights for reading with the learned reader ("spans") or without it ("rules")."""
        return cls(**json.loads(path.read_text("utf-8"))[name])

    def score(self, found: Signals) -> float:
        return sum(self.rank[f.name] * getattr(found, f.name) for f in fields(found))

    def probability(self, found: Signals, kind: str) -> float:
        """That a hit with these signals answers a question of this kind."""
        return 1 / (1 + math.exp(-self.bias[kind] - sum(self.answerable[f.name] * getattr(found, f.name) for f in fields(found))))


def look(spans: SpanModel | None, question: Question, hits: list[Hit]) -> list[Window | None]:
    """What the learned reader makes of each hit: of the sentence, read under its heading. None where there is no such reader."""
    if spans is None:
        return [None] * len(hits)
    texts = [under_heading(hit.sentence, hit.sentence.text) for hit in hits]
    return [window.part(len(text) - len(hit.sentence.text)) for window, text, hit in zip(spans.read(question.text, texts), texts, hits)]


class SignalReader:
    """Reads by weighted signals; the learned reader, where there is one, looks at the first LOOKED hits."""

    def __init__(self, weights: Weights, spans: SpanModel | None = None):
        self.weights = weights
        self.spans = spans

    @classmethod
    def load(cls) -> SignalReader:
        spans = OnnxSpans.load()
        return cls(Weights.load("spans" if spans else "rules"), spans)

    def read(self, question: Question, hits: list[Hit]) -> Reading:
        hits = hits[:LOOKED]
        if not hits or question.commands:
            return Reading("", 1.0, ())
        windows = look(self.spans, question, hits)
        found = [signals(question, hit, hits, window) for hit, window in zip(hits, windows)]
        best = max(range(len(hits)), key=lambda i: self.weights.score(found[i]))
        probability = self.weights.probability(found[best], question.kind)
        if probability < self.weights.threshold:
            return Reading("", 1 - probability, ())
        sentence = hits[best].sentence
        said = short(question, sentence.text, windows[best])
        return Reading(said.answer, probability, ((hits[best], tuple((sentence.start + s, sentence.start + e) for s, e in said.ranges)),))
