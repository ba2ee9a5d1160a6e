"""The short answer in an answering sentence, by general rules: ranges of the sentence's text, or a word of yes or no.

A figure is always a whole one with its unit and hedge; nothing cuts a number, a name in 《》 or a quotation.
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from index.lexical import simplify, tokens
from ingest.chunk import uncuttable
from ingest.document import Span
from ingest.lines import WORDS
from qa.question import Question
from qa.signals import figures, people, wanted
from qa.spans import Window

POINTED = 3.0  # what a logit of the learned reader is worth in character pairs of the question
EARLIER = re.compile("原来|原先|原有|此前|之前|起初|以前|从多少|由多少|最初|当初|改革前|一开始|初期")
PAUSE = re.compile(r"[,，;；。:：!！?？\n]")
ITEM = r"(?:《[^》]*》|“[^”]*”|[^、,，;；。:：!！?？\n])"
ENUMERATION = re.compile(rf"{ITEM}+(?:(?:、|和|与|及|(?<=[”》」』])(?=[“《「『])){ITEM}+)+")
PARTED = re.compile("、|以及|和|与|及|(?<=[”》」』])(?=[“《「『])")
TAIL = re.compile(r"(?<=.)等.*$")
NEGATIVE = re.compile(r"未|没有|没能|不再|无(?!人机|障碍|线)|并非|尚未|零(?=事故)")


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
        return yes_or_no(question, sentence)
    if question.kind in ("figure", "date") and (found := figure(question, sentence, window)):
        return found
    if question.kind == "list" and (found := enumeration(question, sentence, window)):
        return found
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


def overlap(question: Question, text: str) -> float:
    """How many of the question's token pairs a text has, each by its length."""
    asked = set(tokens(question.about))
    return sum(len(t) for t in set(tokens(text)) & asked)


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


def enumeration(question: Question, sentence: str, window: Window | None = None) -> Short | None:
    """The items of the enumeration that has most of the question's words and at which the learned reader points, joined by 、.

    >>> enumeration(Question.of("克服了哪些困难？"), "当年建设、当年投用,其间克服了多雨、高温和疫情等困难。").answer
    '多雨、高温、疫情'
    """
    found = []
    for match in ENUMERATION.finditer(sentence):
        spans = items(sentence, match.start(), match.end())
        if len(spans) > 1:
            own = overlap(question, sentence[max(0, match.start() - 20):match.end() + 10])
            found.append((own + POINTED * window.score(*match.span()) if window else own, spans))
    if not found:
        return None
    _, spans = max(found)
    return Short("、".join(sentence[s:e] for s, e in spans), tuple(spans))


def items(sentence: str, start: int, end: int) -> list[Span]:
    """The items of an enumeration: parted by 、 and by 和 or its like outside quotations; without what leads to the first
    and what closes the last (等…, a count, a verb)."""
    kept = [(s, e) for s, e in uncuttable(sentence) if start < e and s < end]
    cuts = [m.span() for m in PARTED.finditer(sentence, start, end) if not any(s < m.start() < e for s, e in kept)]
    marks = [s for s, e in cuts if s == e or sentence[s] == "、"]
    cuts = [(s, e) for s, e in cuts if s in marks or not marks or s > marks[-1]]
    edges = [start, *(p for cut in cuts for p in cut), end]
    spans = [(s, e) for s, e in zip(edges[::2], edges[1::2]) if s < e]
    if len(spans) > 1:
        first, last = spans[0], spans[-1]
        spans[0] = first[0] + leading(sentence[first[0]:first[1]]), first[1]
        spans[-1] = last[0], last[0] + closing(sentence[last[0]:last[1]])
    return [(s, e) for s, e in spans if s < e]


def closing(item: str) -> int:
    """Where an enumeration's last item ends: before 等, a count of the items, or a verb after its noun.

    >>> closing("疫情等困难"), closing("英语三门课"), closing("苏宁物流已经入驻"), closing("现代服务业")
    (2, 2, 4, 5)
    """
    if tail := TAIL.search(item):
        return tail.start()
    if counts := [q for q in figures(item) if q.start > 1]:
        return counts[0].start
    at, noun = 0, False
    for word, tag in WORDS.tag(item):
        if noun and tag in ("d", "v", "p", "f") and at > 1:
            return at
        noun = noun or tag[0] == "n"
        at += len(word)
    return len(item)


def leading(item: str) -> int:
    """How much of an enumeration's first item is not yet the item: up to a quotation that ends it, else up to its last
    verb or preposition that is not its end.

    >>> leading("先后引进甲河物流"), leading("智能装备"), leading("率先推出“远程取号”"), leading("打通新材料集聚区")
    (4, 0, 4, 2)
    """
    if quoted := [s for s, e in uncuttable(item) if e == len(item) and item[s] in "“《「『"]:
        return quoted[-1]
    at = cut = 0
    for word, tag in WORDS.tag(item):
        at += len(word)
        if tag in ("v", "p", "uj", "ul", "c", "d") and at < len(item) - 1:
            cut = at
    return cut


def clause(question: Question, sentence: str) -> Span:
    """The part of the sentence between pauses that has most of the question's words, without its own last mark."""
    stops = [0, *(m.end() for m in PAUSE.finditer(sentence)), len(sentence)]
    parts = [(s, e) for s, e in zip(stops, stops[1:]) if sentence[s:e].strip()]
    start, end = max(parts, key=lambda p: overlap(question, sentence[p[0]:p[1]]))
    text = sentence[start:end].rstrip("，,;；。:：!！?？\n ")
    return start, start + max(1, len(text))


def yes_or_no(question: Question, sentence: str) -> Short:
    """是 or 否 (有 or 没有), by whether figures and negation of the sentence agree with those of the question.

    >>> short(Question.of("总共只有10家吗？"), "该园区已达21家。").answer[0]
    '否'
    """
    part = clause(question, sentence)
    asked, given = figures(question.text), figures(sentence)
    differs = any(not any(q.low <= g.high and g.low <= q.high for g in given if g.dimension == q.dimension) for q in asked if any(g.dimension == q.dimension for g in given))
    negated = bool(NEGATIVE.search(sentence[part[0]:part[1]])) != bool(re.search(r"未|没(?!有\s*[?？]?$)|不(?!是)|无(?!$)", re.sub(r"有没有|是不是|有无|没有\s*[?？]*$", "", question.text)))
    has = re.search(r"有没有|有无|(?<!没)(?<!只)有.*吗|没有\s*[?？]*$", question.text)
    no = differs or negated
    word = ("没有" if no else "有") if has else ("否" if no else "是")
    return Short(word, (part,))
