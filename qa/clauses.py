"""A sentence's clauses, and how much of a question's words a text has."""
from __future__ import annotations

import re

from figures.tagger import LISTS
from index.lexical import tokens
from ingest.document import Span
from qa.question import Question

POINTED = 10.0  # what a logit of the learned reader is worth in character pairs of the question
UP, DOWN = (re.compile("|".join(sorted((w for w in LISTS[name] if len(w) > 1), key=len, reverse=True))) for name in ("up", "down"))
PAUSE = re.compile(r"[,，;；。:：!！?？\n]")


def overlap(question: Question, text: str) -> float:
    """How many of the question's token pairs a text has, each by its length."""
    asked = set(tokens(question.about))
    return sum(len(t) for t in set(tokens(text)) & asked)


def clauses(sentence: str) -> list[Span]:
    """The parts of a sentence between pauses, each without its last mark; a comma inside a number is no pause.

    >>> [("全年12,400吨，增产。"[s:e]) for s, e in clauses("全年12,400吨，增产。")]
    ['全年12,400吨', '增产']
    """
    marks = [m for m in PAUSE.finditer(sentence) if not re.match(r"\d[,，:：]\d", sentence[max(0, m.start() - 1):m.end() + 1])]
    stops = [0, *(m.end() for m in marks), len(sentence)]
    parts = [(s + len(sentence[s:e]) - len(sentence[s:e].lstrip()), s + len(sentence[s:e].rstrip("，,;；。:：!！?？\n "))) for s, e in zip(stops, stops[1:])]
    return [(s, e) for s, e in parts if s < e]


def clause(question: Question, sentence: str) -> Span:
    """The clause that has most of the question's words; the whole sentence where it is nothing but marks."""
    return max(clauses(sentence), key=lambda p: overlap(question, sentence[p[0]:p[1]]), default=(0, len(sentence)))
