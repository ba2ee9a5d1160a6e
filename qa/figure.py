"""The figure or date that a question asks for, among those of the sentence that answers it.

What it measures, its period and the learned reader's pointing are weighed together; the answer is always a whole figure.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import simplify
from ingest.document import Span
from qa.clauses import PAUSE, POINTED, overlap
from qa.question import Question
from qa.signals import figures, wanted
from qa.spans import Window
from quantities.quantity import Quantity

PERIOD = 12.0  # what standing with the date that is asked for is worth, in character pairs of the question
STATED = 9.0
DECISIVE = 1000.0
MOVED = re.compile("(?:拖|改|推迟|延迟|延期|顺延|延|提前|调整)(?:到(?!位)|至)")
PRIOR = re.compile("上年同期|上期|去年同期|期初")
EARLIER = re.compile("原来|原先|原有|此前|之前|起初|以前|从多少|由多少|最初|当初|改革前|一开始|初期")
NOW = re.compile("目前|眼下|现在|如今|当前|现有")
NAMES_PRIOR = re.compile("去年|上年|同期|上期|期初|以前")
BEFORE = re.compile("(?:之|以)?前")
UNIT = re.compile(r"单位([^，,。；;：:]+)")


def figure(question: Question, sentence: str, window: Window | None = None) -> tuple[str, Span] | None:
    """The wanted figure, as the words to show and its range of the sentence: the one whose own words and period are the question's, of
    "from A to B" the second unless the first is asked for, and at which the learned reader points."""
    found = wanted(question, sentence)
    if not found:
        return None
    every = figures(sentence)
    stops = sorted({0, len(sentence), *(m.end() for m in PAUSE.finditer(sentence))})

    def fit(q: Quantity) -> tuple[float, float]:
        before = max([e for e in stops if e <= q.start] + [o.end for o in every if o.end <= q.start and o.role != "from"])
        after = min([e for e in stops if e >= q.end] + [o.start for o in every if o.start >= q.end])
        clause = max(e for e in stops if e <= q.start), min(e for e in stops if e >= q.end)
        own = overlap(question, sentence[before:after]) + 0.3 * overlap(question, sentence[slice(*clause)])
        own += PERIOD * dated(question, q, every, clause) - STATED * (simplify(q.text) in question.text)  # what it states it does not ask
        if question.kind == "date" and MOVED.search(question.text) and MOVED.search(sentence[max(0, q.start - 4):q.start]):
            own += DECISIVE  # what it was moved to
        if PRIOR.search(sentence[max([0, *(o.end for o in every if o.end <= q.start and o.kind != "date")]):q.start]) and not NAMES_PRIOR.search(question.text):
            own -= DECISIVE  # of two columns the present one
        return own + POINTED * window.score(q.start, q.end) if window else own, -q.start

    best = max(found, key=fit)
    ends = [q for q in every if q.role in ("from", "to") and q.dimension == best.dimension]
    pair = next(((a, b) for a, b in zip(ends, ends[1:]) if a.role == "from" and b.role == "to" and best in (a, b)), None)
    if pair:
        told = [q for q in pair if dated(question, q, every, (0, len(sentence)))]
        first = EARLIER.search(question.text) or NOW.search(question.text) and NOW.search(sentence[:pair[0].start][-6:])  # 由目前的146间增至230间
        best = told[0] if len(told) == 1 else best if told else pair[0] if first else pair[1]
    return shown(question, sentence, best)


def dated(question: Question, q: Quantity, every: Sequence[Quantity], clause: Span) -> bool:
    """Whether a question states the date that a figure stands with: the last one before it in its clause, else the first behind it.

    >>> s = "技工由2015年的118人增至2018年的304人"
    >>> [q.text for q in figures(s) if q.kind == "count" and dated(Question.of("2015年有多少技工？"), q, figures(s), (0, len(s)))]
    ['118人']
    """
    dates = [d for d in every if d.kind == "date" and clause[0] <= d.start and d.end <= clause[1]]
    near = [d for d in dates if d.end <= q.start][-1:] or [d for d in dates if d.start >= q.end][:1]
    return any(simplify(d.text).removesuffix("年") in question.text for d in near)


def shown(question: Question, sentence: str, q: Quantity) -> tuple[str, Span]:
    """A figure as an answer: with the unit that its table's row names, without the 每10股 that the question states, a date with its 前.

    >>> [shown(Question.of(q), s, figures(s)[i])[0] for q, s, i in (("发电量？", "发电量：单位亿千瓦时，2023年4.86", 1),
    ...     ("每10股派多少元？", "每10股派2元", 0), ("何时完成？", "6月底前完成", 0))]
    ['4.86亿千瓦时', '2元', '6月底前']
    """
    start, end = q.start, q.end
    number = q.text.rfind(str(q.written.mantissa))
    if q.per and number > 0 and q.text[:q.text.index(q.per) + 1] in question.text:
        start += number
    if q.kind == "date" and (behind := BEFORE.match(sentence, end)):
        end = behind.end()
    text = sentence[start:end]
    unit = UNIT.search(sentence)
    return (text + unit[1].strip() if unit and q.kind == "number" else text), (start, end)
