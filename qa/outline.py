"""A broad question (这篇报道讲了什么, 某部门三年做了什么) → its outline: one sentence for each section that it asks about.

A question is broad by its form only where nothing is left of it but a heading of the report or a name for the whole report;
what asks for anything else stays with the reader.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from figures.align import abbreviates, coverage
from index.lexical import simplify
from ingest.document import Document
from qa.clauses import clauses
from qa.question import NOISE, Question, contents
from qa.signals import figures
from qa.why import LEANS

MOST = 8
FEWEST = 3
SHORTEST, LONGEST = 12, 220
FORMS = re.compile(
    r"(?:主要|大概|大致|大体|都|总的来说|究竟|到底)*(?:讲|说|写|谈|报道|介绍|涉及|反映|叙述|包含|包括)(?:述|到|及)?(?:了|的是|的|过)?(?:些)?(?:什么|啥|哪些)(?:内容|方面|事情?|东西|主题|情况)?$|"
    r"(?:主要|基本|核心|大致)?(?:内容|大意|梗概|概要|主旨|中心思想|要点|重点|提要|摘要)(?:是|有|包括)?(?:什么|啥|哪些|怎样的?)?$|"
    r"(?:主要|都|究竟|到底|共|一共|分别)*(?:做|干|办|抓|完成|开展|取得|推进|落实)(?:成)?(?:了|过)?(?:些)?(?:什么|啥|哪些|怎样的?)(?:主要|重点)?(?:样的)?(?:工作|事情?|实事|成绩|成效|成就|成果|进展|业绩)*$|"
    r"(?:主要|突出)?的?(?:工作|成绩|成效|成就|成果|进展|业绩|亮点|表现|总体情况|基本情况|情况)(?:是|有|包括|都有)?(?:什么|啥|哪些|如何|怎么样|怎样)$|"
    r"(?:有|取得)(?:了)?(?:哪些|什么)(?:主要|突出|重点)?(?:工作|成绩|成效|成就|成果|进展|业绩|亮点|内容|看点)$")
ORDERS = re.compile(r"^(?:请|帮我|麻烦)*(?:简要|简单|大致|总体)*(?:地)?(?:概括|总结|概述|归纳|介绍|讲讲|说说|谈谈|梳理)(?:一?下|介绍)?")
ENGLISH = re.compile(r"^(?:what (?:is|does) (?:this|the) (?:report|article|document|text)(?: is)? (?:about|say|cover)|summari[sz]e (?:this|the) (?:report|article|document|text)|give (?:me )?(?:a|an) (?:summary|outline|overview) of (?:this|the) (?:report|article|document|text))\s*[?.]*$")
WHOLE = re.compile(r"(?:这|那|本|该|此|全|整|上述)?(?:[篇份则个条些]|一[篇份]|[两二三几]篇)?(?:报道|报告|文章|文档|文件|稿子?|新闻|材料|公报|讲话|公告|通稿|特写|全文|本文|文)(?:里|中|的|呢)?")
PERIOD = re.compile(r"(?:近|过去|这|最近|改革)?(?:[一二三两四五几]|\d{1,2})(?:年多?|个月)(?:来|间|里|以来|时间)?|一年来|年来|这些年|近年来?|去年|今年|全年|期间|以来")
ADDS = re.compile("此外|另外|同时|其中|还|又|同年|当年|随后|同一")


@dataclass(frozen=True)
class Point:
    """One section's sentence: its number in `document.sentences`, and the section's heading ("" without one)."""

    document: Document
    number: int
    heading: str


def topic(question: Question) -> str | None:
    """What a broad question asks about: a name, "" for the whole report; None where the question is not broad.

    >>> [topic(Question.of(q)) for q in ("这篇报道讲了什么？", "审计办公室三年做了什么？", "介绍一下城东街道", "专项整治发现了哪些问题？")]
    ['', '审计办公室', '城东街道', None]
    """
    text = question.text.rstrip("?？。!！ ")
    if ENGLISH.match(question.text):
        return ""
    ordered = ORDERS.match(text)
    rest = text[ordered.end():] if ordered else text
    form = FORMS.search(rest)
    if not ordered and not form:
        return None
    rest = PERIOD.sub("", WHOLE.sub("", rest[:form.start()] if form else rest)).strip(" ,，、的在")
    return rest if NOISE.sub("", rest) else ""


def under(documents: Sequence[Document], name: str) -> list[tuple[Document, list[int]]]:
    """The sentences under the headings that a name names, by document: all of the name's words stand in the heading, or it is short for it."""
    found = []
    words = contents(name) or (name,)
    for document in documents:
        numbers = [i for i, s in enumerate(document.sentences) if any(names(simplify(h), words, name) for h in s.path if h != document.title)]
        if numbers:
            found.append((document, numbers))
    return found


def names(heading: str, words: Sequence[str], name: str) -> bool:
    """Whether a heading is what a name means, before its colon where it has one.

    >>> names("城东街道:把好事办实", ("城东", "街道"), "城东街道"), names("经济运行", ("运行", "体系"), "运行体系")
    (True, False)
    """
    return all(coverage(word, heading) > 0.66 for word in words) or abbreviates(name, re.split("[:：]", heading)[0])


def sections(document: Document, numbers: Sequence[int], most: int) -> list[tuple[str, list[int]]]:
    """Sentences of running text by section: the headings at the least depth that tells FEWEST apart, else paragraphs put together.

    The longest `most` are kept, in the report's order; no more sentences than `most` are each a section of their own.
    """
    prose = [i for i in numbers if document.sentences[i].kind == "paragraph"]
    for depth in range(4):
        groups: dict[tuple[str, ...], list[int]] = {}
        for i in prose:
            groups.setdefault(document.sentences[i].path[:depth + 1], []).append(i)
        if len(groups) >= FEWEST:
            named = [(path[-1] if path else "", group) for path, group in groups.items()]
            kept = sorted(named, key=lambda g: -sum(len(document.sentences[i].text) for i in g[1]))[:most]
            return [g for g in named if g in kept]
    if len(prose) <= most:
        return [(document.sentences[i].path[-1] if document.sentences[i].path else "", [i]) for i in prose]
    heads = [i for n, i in enumerate(prose) if n == 0 or "\n" in document.text[document.sentences[prose[n - 1]].end - 1:document.sentences[i].start]]
    heads = heads if len(heads) >= FEWEST else prose
    share = max(1, -(-len(heads) // min(most, 6)))
    edges = [*heads[::share], len(document.sentences)]
    return [(document.sentences[a].path[-1] if document.sentences[a].path else "", [i for i in prose if a <= i < b]) for a, b in zip(edges, edges[1:])]


def central(document: Document, numbers: Sequence[int], vectors: np.ndarray) -> int | None:
    """The sentence nearest to the mean of a section, of those that stand by themselves and are of a length to quote; figures help.

    vectors: (n, dimension), a row a sentence of `numbers`.
    """
    if not len(numbers):
        return None
    mean = vectors.mean(0)
    mean /= np.linalg.norm(mean) or 1.0

    def worth(k: int) -> float:
        text = document.sentences[numbers[k]].text.strip()
        counted = any(q.kind not in ("date", "time") for q in figures(text))
        return float(vectors[k] @ mean) + 0.01 * counted + 0.01 * (k == 0) - 0.05 * bool(LEANS.match(text) or ADDS.match(text)) - 0.1 * (len(text) < SHORTEST)

    able = [k for k, i in enumerate(numbers) if len(document.sentences[i].text.strip()) <= LONGEST]
    return numbers[max(able, key=worth)] if able else None


def outline(question: Question, documents: Sequence[Document], vectors: Callable[[Document, Sequence[int]], np.ndarray]) -> tuple[list[Point], int] | None:
    """The points of a broad question's outline, in the report's order, and how many sections there are; None where it is not one.

    vectors: (document, sentence numbers) → (n, dimension) of length 1.
    """
    name = topic(question)
    if name is None:
        return None
    whole = [(d, list(range(len(d.sentences)))) for d in documents if not name or simplify(name) in simplify(d.title + d.name)]
    chosen = (under(documents, name) if name else []) or whole
    if not chosen:
        return None
    most, total, points = max(2, MOST // len(chosen)), 0, []
    for document, numbers in chosen[:MOST // 2]:
        groups = sections(document, numbers, len(numbers))
        total += len(groups)
        for heading, group in sections(document, numbers, most):
            if (number := central(document, group, vectors(document, group))) is not None:
                points.append(Point(document, number, heading))
    return (points[:MOST], total) if len(points) > (not name) else None


def gist(text: str) -> str:
    """The clause that stands for a sentence: the first with a figure that counts, else the longest.

    >>> gist("3年来,街道建成食堂6个,群众满意。")
    '街道建成食堂6个'
    """
    parts = [text[s:e] for s, e in clauses(text)]
    counted = [p for p in parts if any(q.kind not in ("date", "time", "duration") for q in figures(p))]
    return counted[0] if counted else max(parts, key=len, default=text)
