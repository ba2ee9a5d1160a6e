"""Question and hits → Reading: which sentence answers, with what words, and whether any does.

Scoring and deciding are separate: `rank` orders the hits by weighted signals, `answerable` gives the probability that
the best one answers, and the threshold decides. Weights and threshold are fitted by `evaluation.tune`; a span model,
where there is one, adds its own signals and the short answer.
"""
from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

from figures.entail import Weigh
from figures.witness import Hear, Told
from index.search import Hit
from ingest.document import Document, Sentence, Span
from qa.context import in_context, stretches
from qa.question import PARTS, Question
from qa.short import short
from qa.signals import Signals, signals
from qa.spans import OnnxSpans, SpanModel, Window
from qa.strays import strays
from qa.verifier import OnnxVerifier

HITS = 12
LOOKED = 12
PARTS_LOOKED = 2
FIRST = 3  # of the ranked hits, those of which one may answer
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

    @property
    def hear(self) -> Hear | None: ...

    @property
    def weigh(self) -> Weigh | None: ...


@dataclass(frozen=True)
class Weights:
    """Linear weights by signal: rank orders hits; answerable, with a bias by the question's kind, is a log-odds, decided at threshold.

    confidence: slope and offset that turn those log-odds into the ones of "right" (the sentence answers) and of
    "answerable" (the report says it), as they occurred in the tuning pairs.
    """

    rank: dict[str, float]
    answerable: dict[str, float]
    bias: dict[str, float]
    threshold: float
    confidence: dict[str, tuple[float, float]]

    @classmethod
    def load(cls, name: str, path: Path = WEIGHTS) -> Weights:
        """The weights for reading with the learned reader ("spans") or without it ("rules")."""
        return cls(**json.loads(path.read_text("utf-8"))[name])

    def score(self, found: Signals) -> float:
        return sum(self.rank[f.name] * getattr(found, f.name) for f in fields(found))

    def odds(self, found: Signals, kind: str) -> float:
        """Log-odds that a hit with these signals answers a question of this kind."""
        return self.bias[kind] + sum(self.answerable[f.name] * getattr(found, f.name) for f in fields(found))

    def sure(self, what: str, odds: float) -> float:
        """The probability of "right" or "answerable" at these log-odds."""
        slope, offset = self.confidence[what]
        return logistic(slope * odds + offset)


def logistic(odds: float) -> float:
    """Log-odds → probability.

    >>> logistic(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-odds))


def candidates(question: Question, search: Callable[..., list[Hit]]) -> list[Hit]:
    """The hits that a reader gets: the first LOOKED, and before them the best of the kind where a part of the text is asked for.

    search: (limit, kinds) → hits, best first.
    """
    hits = search(HITS, None)
    if not question.part:
        return hits
    parts = [hit for kind in PARTS[question.part] for hit in search(PARTS_LOOKED, (kind,))]
    return [*parts, *(hit for hit in hits if hit not in parts)]


def look(spans: SpanModel | None, question: Question, hits: list[Hit]) -> list[Window | None]:
    """What the learned reader makes of each hit. None where there is no such reader."""
    return [None] * len(hits) if spans is None else windows(spans, question.text, [(hit.document, hit.sentence, hit.view.text) for hit in hits])


def windows(spans: SpanModel, question: str, places: Sequence[tuple[Document, Sentence, str]], led: bool = False) -> list[Window]:
    """What the learned reader makes of sentences, each given with its text: read in its context (led: as `in_context` says), a long one in stretches too."""
    texts, stands = [], []
    for n, (document, sentence, text) in enumerate(places):
        for opening, (start, end) in [("", (0, len(text))), *stretches(text)]:
            texts.append(in_context(question, document, sentence, opening + text[start:end], led))
            stands.append((n, start, end - start))
    found: list[list[tuple[int, Window]]] = [[] for _ in places]
    for window, text, (n, start, size) in zip(spans.read(question, texts), texts, stands):
        found[n].append((start, window.part(len(text) - size)))
    return [whole.with_parts(parts) if parts else whole for (_, whole), *parts in found]


class SignalReader:
    """Reads by weighted signals; the learned reader, where there is one, looks at the first LOOKED hits. verifier: weighs claims, where there is one."""

    def __init__(self, weights: Weights, spans: SpanModel | None = None, verifier: OnnxVerifier | None = None):
        self.weights = weights
        self.spans = spans
        self.verifier = verifier

    @classmethod
    def load(cls) -> SignalReader:
        spans = OnnxSpans.load()
        return cls(Weights.load("spans" if spans else "rules"), spans, OnnxVerifier.load())

    @property
    def hear(self) -> Hear | None:
        """What `figures.check` asks of the learned reader; None where there is none."""
        return self._hear if self.spans else None

    @property
    def weigh(self) -> Weigh | None:
        """What `figures.check` has the learned verifier make of claims and their evidence; None where there is none."""
        return self.verifier.weigh if self.verifier else None

    def _hear(self, question: str, places: Sequence[tuple[Document, Sentence]]) -> list[Told]:
        views = [document.view(document.sentences.index(sentence)) for document, sentence in places]
        told, asks = [], question.endswith("？")  # a statement must be said by the sentence itself
        for window, view, (_, sentence) in zip(windows(self.spans, question, [(d, s, view.text) for view, (d, s) in zip(views, places)], asks), views, places):
            start, end = view.back(*window.best[1]) or (0, 0)
            told.append(Told(window.answers, (sentence.start + start, sentence.start + end)))
        return told

    def read(self, question: Question, hits: list[Hit]) -> Reading:
        hits = hits[:LOOKED]
        if not hits or question.commands:
            return Reading("", 1.0, ())
        windows = look(self.spans, question, hits)
        found = [signals(question, hit, hits, window) for hit, window in zip(hits, windows)]
        order = sorted(range(len(hits)), key=lambda i: -self.weights.score(found[i]))
        answers = ((i, short(question, hits[i].view.text, windows[i])) for i in order[:FIRST])
        best, said = next(((i, said) for i, said in answers if not strays(question, hits[i], said.ranges[0])), (order[0], None))
        odds = self.weights.odds(found[best], question.kind)
        if said is None or logistic(odds) < self.weights.threshold:
            return Reading("", 1 - self.weights.sure("answerable", odds), ())
        hit = hits[best]
        ranges = [found for start, end in said.ranges if (found := hit.view.back(start, end))]
        marks = tuple((hit.sentence.start + s, hit.sentence.start + e) for s, e in ranges)
        return Reading(said.answer, self.weights.sure("right", odds), ((hit, marks),))
