"""Words of a question with their classes, and what noun phrases are by them: organisation, place, person, measure, period.

Nothing is known here about any one report: the classes come from the tagger, from endings and from words of every report. Text comes in simplified.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.lines import WORDS
from quantities.parse import parse

QUOTED = re.compile("(“[^“”]+”|《[^《》]+》)|[^“《]+|[“《]")
ENTITY = re.compile(
    r"(?:公司|集团|中心|街道|园区|产业园|学校|小学|中学|大学|学院|医院|银行|社区|协会|部门|办公室|委员会|工作部|工委|企业局|支队|大队|机关|单位|新区|管委会|(?<=..)[省市县区镇乡村州局委办厅部处科室院所署社队厂站旗])$")
PLACE = re.compile("(?:街道|社区|园区|[省市县区镇乡村州])$")
SCOPE = re.compile(r"(?:全|本|我|各)[国省市县区镇乡村校院厂年]$")
DURATION = re.compile(r"(?:过去|近|这|前|最近)?[0-9一二两三四五六七八九十]+(?:多|余)?年(?:多?来|间|以来|内)?")
RELATIVE = re.compile(r"去年|今年|明年|前年|上半年|下半年|[今去当本]年|上个?月|本月")
NOUNS = "nlijbszg"
RELATIONAL = re.compile(
    r"(?:占比|占|比重|比例|份额|同比|环比|增速|增幅|涨幅|降幅|增长率|增长|涨|降|下降|上升|排名|名次|位次|总数|总量|总额|数量|金额|总金额|总投资|投资额?|总面积|面积|规模|长度|全长|价格|单价|成本|造价|预算|产量|产能|产值|人数|户数|总长|工期|"
    r"平均|人均|最大|最高|最多|最低|最少|负责人|联系人|作者|时间|日期|地点|地址|位置|原因|结果|效果|目的|目标|名称|名字|内容|措施|性质|用途|主办方|得主|级别|等级|职务|年龄|年纪|单位|合计|余下的?|剩下的?|其余的?)")
MEASURED = re.compile(r"(?:额|率|数|量|值|收入|利润|投资|支出|面积|里程|资金|存款|贷款|税收|产值|增速|增幅|涨幅|降幅|占比|比重|比例|同比|环比|规模|价格|金额|长度|工期|资产|余额|增加值|浓度|预算|时限|期限|总量|学位|床位|人口|成本|造价|全长)$")


@dataclass(frozen=True)
class Word:
    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def nominal(self) -> bool:
        """Whether it may stand in a name or noun phrase."""
        return self.tag[0] in NOUNS or self.tag in ("vn", "eng", "an") or self.text in "“”《》‘’「」·()（）"


@lru_cache(4096)
def words(text: str) -> tuple[Word, ...]:
    """The tagged words of a text with their places; a quoted name is one word, and 是 and 为 are no part of a noun.

    >>> [(w.text, w.start) for w in words("“驿站”工作法是")]
    [('“驿站”', 0), ('工作', 4), ('法', 6), ('是', 7)]
    """
    found = []
    for piece in QUOTED.finditer(text):
        at = piece.start()
        if piece[1]:
            found.append(Word(piece[1], "nz", at))
            continue
        for word, tag in WORDS.tag(piece[0]):
            if len(word) == 2 and (word[1] == "是" and word[0] not in "不还就都也只要可但总正" or word[1] == "为" and word[0] in "区县市镇乡村局站厂院"):
                found += Word(word[0], "n", at), Word(word[1], tag, at + 1)
            else:
                found.append(Word(word, tag, at))
            at += len(word)
    return tuple(found)


def periods(text: str) -> list[tuple[int, int]]:
    """The spans of dates in a text, else of spans of years; in order.

    >>> [("城建公司2021年融资多少"[s:e]) for s, e in periods("城建公司2021年融资多少")], periods("企业多少家")
    (['2021年'], [])
    """
    dates = [(q.start, q.end) for q in parse(text) if q.kind == "date"]
    return dates or [m.span() for m in RELATIVE.finditer(text)] or [m.span() for m in DURATION.finditer(text) if not text[m.end():m.end() + 1] == "级"]


def entity_end(text: str) -> int:
    """How far the organisation or place reaches that a noun phrase begins with; 0 where there is none.

    >>> "城建公司施工产值"[:entity_end("城建公司施工产值")], entity_end("总产值")
    ('城建公司', 0)
    """
    end, tagged = 0, words(text)
    for number, word in enumerate(tagged):
        if not word.nominal and word.text not in ("、", "和", "与") and not (word.tag[0] == "v" and number + 1 < len(tagged) and tagged[number + 1].tag[0] in NOUNS):
            break
        if len(word.text) > 1 and ENTITY.search(text[:word.end]) or ENTITY.search(text[:word.end]) and word.end > 2:
            end = word.end
        elif SCOPE.fullmatch(text[:word.end]) or word.tag in ("nr", "ns", "nt") and word.end == len(word.text) > 2:
            end = word.end
    return end


def kind(text: str) -> str:
    """The class of a name or noun phrase: "name" (quoted), "entity", "scope" (全县), "person", "measure" or "".

    >>> kind("城西街道"), kind("施工产值"), kind("《每周要情》"), kind("公厕")
    ('entity', 'measure', 'name', '')
    """
    if re.fullmatch(r"[“《].*[”》]", text):
        return "name"
    if MEASURED.search(text) or RELATIONAL.fullmatch(text):
        return "measure"
    tagged = words(text) or [Word("", "x", 0)]
    if SCOPE.fullmatch(text):
        return "scope"
    if ENTITY.search(text) and (len(text) > 2 or text == "园区") and tagged[-1].tag != "v":
        return "entity"
    if tagged[-1].tag == "nr" and len(tagged) == 1 and len(text) in (2, 3):
        return "person"
    return "entity" if tagged[-1].tag in ("ns", "nt") else ""


def runs(text: str, avoid: tuple[int, int]) -> list[tuple[int, int]]:
    """The noun phrases in a text that one word or more make up, outside `avoid`."""
    tagged = words(text)
    found: list[tuple[int, int]] = []
    for last, word in enumerate(tagged):
        if not word.nominal:
            continue
        for first in range(last, -1, -1):
            before = tagged[first]
            joined = before.text in "、和与的" or before.tag[0] in "vmad"
            if not before.nominal and not joined or before.start < avoid[1] and before.end > avoid[0]:
                break
            if before.nominal or before.tag[0] in "vmad":
                found.append((before.start, word.end))
    return found
