"""The stretch of a sentence that gives a reason, and the sentences beside it that it leans on."""
from __future__ import annotations

import re

from ingest.document import Document, Span
from qa.clauses import clauses, overlap
from qa.question import Question

CAUSE = re.compile(r"因为|由于|鉴于|(?<![此原起基主])因(?![此而素子特地应果数式缘])|受(?=[^，,。；;]{2,40}影响)|得益于|源于|缘于|归功于|原因(?:是|在于|有)")
LEAD = re.compile(r"(?:主要|[其这])*(?:是|系)?(?:因为|由于|得益于|源于|缘于|归功于|因(?![此而素子特地应果数式缘]))|(?:主要)?(?:原因|理由|办法|做法|途径)(?:主要)?(?:是|在于|有)|主要是")
CAUSES = re.compile("因素|理由|(?:什么|啥|何种)(?:方式|办法|手段|措施|途径)|[靠凭](?:什么|啥|的是)|图(?:什么|啥|个)")
MEANS = re.compile("(?:通过|采取|采用|运用)?([^,，。；;]{2,40}?)(?:(?<!平)等|的)(?:方式|办法|措施|手段|途径|做法|形式)[^,，。；;、]*")
CASE = re.compile("[^,，。；;:：]{2,24}的[,，]((?:(?![,，](?:形成|实现|确保|从而))[^。；;])+)")
MOVED = re.compile(r"(?:主要)?(?:是)?受([^，,。；;]{2,40})(?:影响|带动|拖累)")
HENCE = re.compile(r"因此|所以|从而|因而|由此|得以|这才|于是")
OPENING = re.compile(r"^(?:[^，,。]{0,6}(?:年来|以来|期间)|这样一来|与此同时|近年来)[，,]")
LEANS = re.compile(r"^[“”\"\s]*(?:这|那|为此|因此|所以|于是|由此|正因|如此)")
ASKED = 4.0  # characters of a question's words that tell which case it puts
EXPLAINS = re.compile(r"^[“”\"\s]*(?:原来|因为|由于|究其|原因|一是|一方面|首先)")


def reason(question: Question, sentence: str) -> Span | None:
    """The cause that a sentence states, as a range: from 因 or its like to the pause, or what stands before 因此 or its like.

    >>> s = "至于东段,因为线路要重选,今年不开工。"
    >>> s[slice(*reason(Question.of("东段为什么不开工？"), s))]
    '因为线路要重选'
    >>> s = "5年来，全县技改项目42个，能耗因此下降。"
    >>> s[slice(*reason(Question.of("能耗为什么下降？"), s))]
    '全县技改项目42个'
    >>> reason(Question.of("为什么下降？"), "能耗下降。") is None
    True
    """
    parts = clauses(sentence)
    causes = [(m.start(), e) for s, e in parts for m in [CAUSE.search(sentence, s, e)] if m]
    if causes:
        start, end = max(causes, key=lambda span: (overlap(question, sentence[span[1]:span[1] + 60]), -span[0]))
        tail = sentence.find("影响", start, end)
        return start, (tail + 2 if sentence[start] == "受" and tail > 0 else end)
    if hence := HENCE.search(sentence):
        opened = OPENING.match(sentence)
        before = [(s, e) for s, e in parts if e <= hence.start() and s >= (opened.end() if opened else 0)]
        if before:
            return before[max(0, len(before) - 3)][0], before[-1][1]
    return None


def bare(sentence: str, start: int, end: int) -> Span:
    """A range without the words that only say that a reason or a way follows, unless nothing else is in it.

    >>> s = "因为线路要重选,今年不开工,办法是改线。"
    >>> [s[slice(*bare(s, *span))] for span in ((0, 7), (14, 19), (8, 13))]
    ['线路要重选', '改线', '今年不开工']
    >>> bare("主要受钢材价格上涨影响", 0, 11)
    (3, 9)
    """
    if moved := MOVED.fullmatch(sentence, start, end) or MEANS.fullmatch(sentence, start, end):
        return moved.span(1)
    lead = LEAD.match(sentence, start, end)
    return (lead.end(), end) if lead and lead.end() < end else (start, end)


def dealt(question: Question, sentence: str) -> Span | None:
    """What is done in the case that a question puts, where a sentence goes through several: 能协调的,就地解决;需会商的,专题研究.

    >>> s = "难题分类办理:部门能解决的,抓紧解决;需多部门协同的,园区牵头,部门参与;特别复杂的,联席会议研究。"
    >>> [(span := dealt(Question.of(q), s)) and s[slice(*span)] for q in ("需要多部门协同时怎么办？", "特别复杂的难题怎样处理？", "难题怎么处理？")]
    ['园区牵头,部门参与', '联席会议研究', None]
    """
    cases = sorted(((overlap(question, sentence[m.start():m.start(1)]), m.span(1)) for m in CASE.finditer(sentence)), reverse=True)
    return cases[0][1] if question.kind == "manner" and len(cases) > 1 and cases[0][0] > cases[1][0] and cases[0][0] >= ASKED else None


def beside(document: Document, number: int) -> list[int]:
    """The sentences of the same section that a reason needs: the one before where it takes that up, the one after where that explains.

    Numbers of `document.sentences`, at most two.
    """
    sentences = document.sentences
    own = sentences[number]
    found = []
    if number and LEANS.match(own.text) and sentences[number - 1].path == own.path and sentences[number - 1].kind == "paragraph":
        found.append(number - 1)
    if number + 1 < len(sentences) and EXPLAINS.match(sentences[number + 1].text) and sentences[number + 1].path == own.path:
        found.append(number + 1)
    return found
