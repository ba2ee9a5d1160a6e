"""What speaks for a sentence as the answer to a question: plain numbers between 0 and 1, for `qa.read` to weigh."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.lexical import simplify, tokens
from index.search import Hit
from ingest.lines import WORDS
from qa.question import Question
from quantities.parse import parse
from quantities.quantity import Quantity

LOOSE = frozenset("个项次种") | {""}
APART = ("title", "heading", "caption", "byline", "note")


@dataclass(frozen=True)
class Signals:
    """score: fused score ahead of the best other hit; coverage, dense: as in Hit; typed: holds what kind of thing is asked;

    part: is the part of the text that is asked for; apart: stands outside the running text without being asked for;
    brief: hardly a sentence; stated: share of the figures and dates of the question that sentence or heading state.
    """

    score: float
    coverage: float
    dense: float
    typed: float
    part: float
    apart: float
    brief: float
    stated: float


@lru_cache(4096)
def figures(text: str, date: tuple[int, int | None] | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text that count something: 一个 in "一个缩影" does not."""
    return tuple(q for q in parse(text, date) if not q.weak)


def wanted(question: Question, text: str) -> list[Quantity]:
    """The quantities of a text that could be what a question of kind figure or date asks for."""
    found = figures(text)
    if question.kind == "date":
        return [q for q in found if q.kind in ("date", "time")]
    counted = [q for q in found if q.kind not in ("date", "time", "ordinal")]
    return [q for q in counted if measures(q, question.unit)] if question.unit else counted


def measures(figure: Quantity, unit: str) -> bool:
    """Whether a figure is of the measure that is asked for; 个 and 项 and the like ask for any count.

    >>> [measures(q, "亿元") for q in parse("投资2.7亿元,建成83家")], measures(parse("83家")[0], "个")
    ([True, False], True)
    """
    asked = parse(f"3{unit}")
    if not asked or asked[0].unit == "":
        return figure.unit.endswith(unit)
    return figure.dimension == asked[0].dimension and (figure.kind != "count" or figure.measure == asked[0].measure or asked[0].measure in LOOSE or figure.measure in LOOSE)


def typed(question: Question, sentence: str) -> float:
    """Whether a sentence holds the kind of thing that is asked: 1, or 0; 0.5 where the kind cannot be told.

    >>> typed(Question.of("有多少家？"), "共83家。"), typed(Question.of("有多少亿元？"), "共83家。"), typed(Question.of("怎样？"), "好。")
    (1.0, 0.0, 0.5)
    """
    if question.kind in ("figure", "date"):
        return float(bool(wanted(question, sentence)))
    if question.kind == "person":
        return float(any(tag == "nr" and len(word) > 1 for word, tag in WORDS.tag(sentence)))
    if question.kind == "list":
        return float("、" in sentence or "和" in sentence)
    return 0.5


def stated(question: Question, hit: Hit) -> float:
    """The share of a question's own figures and dates that the sentence or its heading states; 1 where it has none.

    >>> from types import SimpleNamespace as N
    >>> stated(Question.of("2021年融资多少？"), N(sentence=N(heading="", text="2021年融资1亿元。"))), stated(Question.of("2020年呢"), N(sentence=N(heading="", text="2021年。")))
    (1.0, 0.0)
    """
    asked = figures(question.text)
    if not asked:
        return 1.0
    text = simplify(hit.sentence.heading + hit.sentence.text)
    return sum(simplify(q.text) in text for q in asked) / len(asked)


def signals(question: Question, hit: Hit, hits: list[Hit]) -> Signals:
    """The signals of one of some hits."""
    sentence = hit.sentence
    best = max((other.score for other in hits if other is not hit), default=hit.score)
    part = float(question.part == sentence.kind)
    return Signals((hit.score - best) / 4, hit.coverage, hit.dense * 10 - 8, typed(question, sentence.text), part,
                   float(sentence.kind in APART and not part), float(len(sentence.text) < 12), stated(question, hit))
