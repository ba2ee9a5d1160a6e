"""What speaks for a sentence as the answer to a question: plain numbers of about 0 to 1, for `qa.read` to weigh."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from figures.tagger import SURNAMES
from index.lexical import simplify, tokens
from index.search import Hit
from ingest.document import Span
from ingest.lines import WORDS
from qa.question import PARTS, Question
from qa.spans import Window
from quantities.parse import parse
from quantities.quantity import Quantity

TITLED = re.compile(rf"(?:人|长|任|员|理|记|者|民|师|授|士|生|干|户|匠|总|兵|工|主席|院士|代表|书记)[ ]?([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=[说讲表介告认指坦感激就在从把牵主领带、,，。()（）\s]|和(?![说讲表介告认指坦牵主领带]))")
STRANGE = 0.2     # coverage
FAMILIAR, FOREIGN = 0.885, 0.845  # cosine: what off-topic questions hardly reach, and where hardly any answerable one is
OFFICES = ("办", "局", "委", "厅")  # of what the model of names takes for a person: 文明办
SAYS = ("任", "说", "称")       # of a name and the verb behind it, taken for one: 林若兰任主任
LOOSE = frozenset(("个", "项", "次", "种", ""))
APART = ("title", "heading", "caption", "byline", "note")


@dataclass(frozen=True)
class Signals:
    """score: fused score ahead of the best other hit; coverage, dense: as in Hit; typed: holds what kind of thing is asked;

    part: is the part of the text that is asked for; apart: stands outside the running text without being asked for;
    brief: hardly a sentence; stated: share of the figures and dates of the question that sentence or heading state;
    focus: how far the words that name what is asked for stand there; lacking: how far not, where a figure or yes or no is asked;
    strange: how little any of the hits has to do with a Chinese question, in words and in sense; 0 from STRANGE or FAMILIAR on;
    span, answers: the learned reader's margin over "no answer" and its logit that the sentence answers, 0 without it.
    """

    score: float
    coverage: float
    dense: float
    typed: float
    part: float
    apart: float
    brief: float
    stated: float
    focus: float
    lacking: float
    strange: float
    span: float = 0.0
    answers: float = 0.0


@lru_cache(4096)
def figures(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text that count something: 一个 in "一个缩影" does not."""
    return tuple(q for q in parse(text) if not q.weak)


def wanted(question: Question, text: str) -> list[Quantity]:
    """The quantities of a text that could be what a question of kind figure or date asks for, the likeliest kind only.

    >>> [q.text for q in wanted(Question.of("总投资多少？"), "3年来实施项目56个,总投资526亿元。")]
    ['526亿元']
    """
    found = figures(text)
    if question.kind == "date":
        return [q for q in found if q.kind in ("date", "time")]
    if question.unit and (fitting := [q for q in found if measures(q, question.unit)]):
        return [q for q in fitting if q.unit.endswith(question.unit)] or fitting
    counted = [q for q in found if q.kind not in ("date", "time")]
    pointed = [q for q in counted if q.kind in question.measures]
    return pointed or [q for q in counted if q.kind not in ("duration", "rank", "ordinal", "grade")] or counted


def measures(figure: Quantity, unit: str) -> bool:
    """Whether a figure is of the measure that is asked for; 个 and 项 and the like ask for any count.

    >>> [measures(q, "亿元") for q in parse("投资2.7亿元,建成83家")], measures(parse("83家")[0], "个")
    ([True, False], True)
    """
    asked = parse(f"3{unit}")[0]
    return figure.dimension == asked.dimension and (figure.kind != "count" or figure.measure == asked.measure or asked.measure in LOOSE or figure.measure in LOOSE)


def people(text: str) -> list[Span]:
    """Where persons are named: what the dictionary or its model of names knows, or a surname with one or two
    characters between a title and what a person does.

    >>> text = "负责人李明远说,居民赵小兰就搬了家。"
    >>> [text[s:e] for s, e in people(text)]
    ['李明远', '赵小兰']
    """
    found, at = [], 0
    for word, tag in WORDS.tag(text):
        if tag == "nr" and 1 < len(word) < 5 and not word.endswith(OFFICES):
            found.append((at, at + len(word) - (len(word) == 4 and word.endswith(SAYS))))
        at += len(word)
    found += [m.span(1) for m in TITLED.finditer(text)]
    return sorted({span for span in found if not any(s <= span[0] and span[1] <= e and (s, e) != span for s, e in found)})


def typed(question: Question, sentence: str) -> float:
    """Whether a sentence holds the kind of thing that is asked: 1, or 0; 0.5 where the kind cannot be told.

    >>> typed(Question.of("有多少家？"), "共83家。"), typed(Question.of("有多少亿元？"), "共83家。"), typed(Question.of("排第几？"), "共83家。"), typed(Question.of("怎样？"), "好。")
    (1.0, 0.0, 0.0, 0.5)
    """
    if question.kind in ("figure", "date"):
        found = wanted(question, sentence)
        if question.unit:
            return float(any(measures(q, question.unit) for q in found))
        return float(any(q.kind in question.measures for q in found) if question.kind == "figure" and question.measures else bool(found))
    if question.kind == "person":
        return float(bool(people(sentence)))
    if question.kind == "list":
        return float("、" in sentence or "和" in sentence)
    return 0.5


def stated(question: Question, hit: Hit) -> float:
    """The share of a question's own figures and dates that the sentence or its heading states; 1 where it has none.

    >>> from types import SimpleNamespace as N
    >>> hit = N(sentence=N(heading=""), view=N(text="2021年融资1亿元。"))
    >>> stated(Question.of("2021年融资多少？"), hit), stated(Question.of("2020年呢"), hit)
    (1.0, 0.0)
    """
    asked = figures(question.text)
    if not asked:
        return 1.0
    text = simplify(hit.sentence.heading + hit.view.text)
    return sum(simplify(q.text) in text for q in asked) / len(asked)


def focus(question: Question, hit: Hit) -> float:
    """How much of the words that name what is asked for stands in the sentence or its heading, by character pairs; 1 without such words."""
    found = set(tokens(f"{hit.sentence.heading} {hit.view.text}"))
    shares = [sum(pair in found for pair in pairs) / len(pairs) for word in question.focus if (pairs := [t for t in tokens(word) if len(t) > 1])]
    return sum(shares) / len(shares) if shares else 1.0


def part_asked(question: Question, hit: Hit) -> float:
    """How far a hit is the part of the text that is asked for: of titles the first is the report's, then come the others and the headings."""
    sentence = hit.sentence
    if sentence.kind not in PARTS.get(question.part, ()):
        return 0.0
    if question.part != "title" or sentence.text.strip() == hit.document.title.strip():
        return 1.0
    return 0.7 if sentence.kind == "title" else 0.4


def signals(question: Question, hit: Hit, hits: list[Hit], window: Window | None = None) -> Signals:
    """The signals of one of some hits, with what the learned reader made of it."""
    sentence = hit.sentence
    best = max((other.score for other in hits if other is not hit), default=hit.score)
    part, focused = part_asked(question, hit), focus(question, hit)
    unlike = min(1.0, max(0.0, (FAMILIAR - max(other.dense for other in hits)) / (FAMILIAR - FOREIGN)))
    strange = unlike * max(0.0, 1 - max(other.coverage for other in hits) / STRANGE) if question.chinese else 0.0
    read = (max(-2.5, min(2.5, window.margin / 10)), max(-2.0, min(2.0, window.answers / 5))) if window else ()
    return Signals((hit.score - best) / 4, hit.coverage, hit.dense * 10 - 8, typed(question, hit.view.text), part,
                   float(sentence.kind in APART and not part), float(len(sentence.text) < 12), stated(question, hit),
                   focused, (1 - focused) * (question.kind in ("figure", "yesno")), strange, *read)
