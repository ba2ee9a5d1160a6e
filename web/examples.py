"""A Document → questions to begin with, made from its own sentences by general rules."""
from __future__ import annotations

import re

from ingest.document import Document

HAN = r"[\u4e00-\u9fff“”·]"
UNIT = r"[多余]?(?P<unit>[万亿]*(?:平方公里|平方米|公里|公顷|元|吨|亩|户|人|名|家|项|件|个|座|所|条|次|%))"
CLAUSE = r"(?:^|[，。；！？,;])"
END = r"(?=[，。；,;]|$)"
STATES = re.compile(rf"{CLAUSE}(?P<subject>{HAN}(?:{HAN}|\d年|[A-Z]){{4,20}}?)(?P<verb>共有|达到|增至|增加到|共|有|为|是|达)(?:约|近|超过)?\d[\d,.]*{UNIT}{END}")
DOES = re.compile(
    rf"(?P<subject>(?P<verb>新增|实施|建成|完成|认定|打造|培育|引进|签约|办理|解决|开展|举办|投入|改造|处理)(?!了|的){HAN}{{3,12}}?)(?:约|近|超过)?\d[\d,.]*{UNIT}{END}")
LOOKED_AT = 2000  # sentences; of longer texts every second, third … one
UNFIT = re.compile(r"^[它他她这那该其此同当在从由把被又还也并且但而因共每另]|^[\u4e00-\u9fff]{1,2}的|[的了和与及在只仅还约近]$|[它他她]|这些|还有|其中|分别|同比|年$")


def figure_question(sentence: str) -> str | None:
    """The question that the first plain figure of a sentence answers: "X有36家", "新增X130个".

    Leaves alone figures whose subject does not stand by itself (它, 其中, 缴纳的…).

    >>> figure_question("到这时，青河园区的规模以上企业总数达到36家，分布很广。"), figure_question("全区新增停车泊位130个。")
    ('青河园区的规模以上企业总数达到多少家？', '新增停车泊位多少个？')
    >>> figure_question("其中党员有21人。") is None
    True
    """
    found = sorted([*STATES.finditer(sentence), *DOES.finditer(sentence)], key=lambda m: m.start("subject"))
    for match in found:
        if not UNFIT.search(match["subject"]):
            verb = match["verb"] if match.re is STATES else ""
            return f"{match['subject']}{verb}多少{match['unit']}？".replace("多少%", "百分之多少")
    return None


def questions(document: Document, limit: int = 4) -> tuple[str, ...]:
    """At most `limit` questions: figures from sections spread over the whole text; then who wrote it, where that is
    said, and what it is called."""
    by_section: dict[tuple[str, ...], str] = {}
    for sentence in document.sentences[::1 + len(document.sentences) // LOOKED_AT]:
        if sentence.kind == "paragraph" and sentence.path not in by_section and (question := figure_question(sentence.text.strip())):
            by_section[sentence.path] = question
    found = list(by_section.values())
    signed = any(b.kind == "byline" for b in document.blocks)
    room = limit - signed
    spread = [found[i * len(found) // room] for i in range(room)] if len(found) > room else found
    return (*spread, *["这篇报道的记者是谁？"][:signed], "这篇报道的标题是什么？")[:limit]
