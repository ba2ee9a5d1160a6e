"""The short answer in an answering sentence, by general rules: ranges of the sentence's text, or a word of yes or no.

A figure is always a whole one with its unit and hedge; nothing cuts a number, a name in 《》 or a quotation.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from index.lexical import simplify
from ingest.chunk import uncuttable
from ingest.document import Span
from ingest.lines import WORDS
from qa.clauses import PAUSE, POINTED, clause, overlap
from qa.lists import enumeration
from qa.question import Question
from qa.signals import figures, people, wanted
from qa.spans import Window
from qa.why import reason
from qa.yesno import yes_or_no

EARLIER = re.compile("原来|原先|原有|此前|之前|起初|以前|从多少|由多少|最初|当初|改革前|一开始|初期")


@dataclass(frozen=True)
class Short:
    """answer: the words to show; ranges: where they stand in the sentence, for highlighting."""

    answer: str
    ranges: tuple[Span, ...]


def short(question: Question, sentence: str, window: Window | None = None) -> Short:
    """The short answer to a question in the sentence that answers it; window: the learned reader's view of it.

    >>> short(Question.of("“四上”企业有多少家？"), "市场主体3000多家;“四上”企业数从83家增至147家。").answer
    '147家'
    >>> short(Question.of("涉及哪些领域？"), "该园区企业达21家,涉及智能装备、新材料等领域。").answer
    '智能装备、新材料'
    """
    if question.kind == "yesno":
        word, part = yes_or_no(question, sentence, window)
        return Short(word, (part,))
    if question.kind == "reason" and (part := reason(question, sentence)):
        return Short(sentence[slice(*part)], (part,))
    if question.kind in ("figure", "date") and (found := figure(question, sentence, window)):
        return found
    if question.kind == "list" and (spans := enumeration(question, sentence, window)):
        return Short("、".join(sentence[s:e] for s, e in spans), tuple(spans))
    if window is not None:
        found = span(question, sentence, window)
        (start, end), = found.ranges
        if question.kind == "person" and (named := [(s, e) for s, e in people(sentence) if start <= s and e <= end]):
            start, end = max(named, key=lambda n: window.score(*n))
            return Short(sentence[start:end], ((start, end),))
        inside = [q for q in figures(found.answer) if q.kind != "date" or question.kind == "keyword"]
        counts = [q for q in inside if q.kind not in ("date", "time")]
        if question.kind == "keyword" and inside or len(counts) == 2 and counts[1].role == "to":
            return figure(question, sentence, window) or found
        return found
    if question.kind == "person" and (found := person(question, sentence)):
        return found
    start, end = clause(question, sentence)
    return Short(sentence[start:end], ((start, end),))


def span(question: Question, sentence: str, window: Window) -> Short:
    """The learned reader's span, widened to whole words, quantities and names."""
    start, end = window.best[1]
    for s, e in whole(sentence):
        if s < start < e:
            start = s
        if s < end < e:
            end = e
    text = sentence[start:end].strip("，,;；。:：、!！?？\n ")
    start = sentence.index(text, start) if text else start
    return Short(text, ((start, start + len(text)),)) if text else Short(sentence[slice(*clause(question, sentence))], (clause(question, sentence),))


def whole(sentence: str) -> list[Span]:
    """The ranges that an answer does not cut: words, quantities, names in 《》 and short quotations; brackets it may."""
    found, at = [(s, e) for s, e in uncuttable(sentence) if sentence[s] not in "(（【"], 0
    for word, _ in WORDS.tag(sentence):
        found.append((at, at + len(word)))
        at += len(word)
    return found


def figure(question: Question, sentence: str, window: Window | None = None) -> Short | None:
    """The wanted figure whose own words are the question's, of "from A to B" the second unless the first is asked for,
    and at which the learned reader points."""
    found = wanted(question, sentence)
    if not found:
        return None
    stops = sorted({0, len(sentence), *(m.end() for m in PAUSE.finditer(sentence))})
    every = figures(sentence)

    def fit(q) -> tuple[float, float]:
        before = max([e for e in stops if e <= q.start] + [o.end for o in every if o.end <= q.start and o.role != "from"])
        after = min([e for e in stops if e >= q.end] + [o.start for o in every if o.start >= q.end])
        wide = max(e for e in stops if e <= q.start), min(e for e in stops if e >= q.end)
        stated = simplify(q.text) in question.text  # what the question states is not what it asks
        own = overlap(question, sentence[before:after]) + 0.3 * overlap(question, sentence[wide[0]:wide[1]]) - 9 * stated
        return own + POINTED * window.score(q.start, q.end) if window else own, -q.start

    best = max(found, key=fit)
    pairs = [(a, b) for a, b in zip(every, every[1:]) if a.role == "from" and b.role == "to"]
    best = next(((a if EARLIER.search(question.text) else b) for a, b in pairs if best in (a, b)), best)
    return Short(best.text, ((best.start, best.end),))


def person(question: Question, sentence: str) -> Short | None:
    """The person's name nearest to the words of the question."""
    names = [(s, e) for s, e in people(sentence) if simplify(sentence[s:e]) not in question.text]
    if not names:
        return None
    start, end = max(names, key=lambda n: overlap(question, sentence[max(0, n[0] - 20):n[1] + 8]))
    return Short(sentence[start:end], ((start, end),))
