"""What a text denies: the words behind 未, 没有, 不 and their like, and whether another states them."""
from __future__ import annotations

import re
from functools import lru_cache

from figures.tagger import LISTS, tagged

_LIGHT = frozenset(LISTS["light"])
_NEGATORS, _NOT = frozenset(LISTS["negators"]), frozenset(LISTS["not_negators"])
_SHORT = re.compile("(?:没有|没能|未能|未|没)(?:达到|完成|实现|达)|低于|不及|少于|不到|未完成")
_UNPAID = re.compile("(?:不用|无需|不需要?|不必|不再|无须|不)(?:自己|另外|再|额外)?(?:花|掏|交|缴|出|付|收)[^，,。；;]{0,4}?(?:钱|费用?|租金|押金)")
_FREE = re.compile("免(?:费|租|收|交|缴|征|除)|零(?:投资|成本|费用|收费|付费|租金)|无偿|全免")
_PAID = re.compile("(?:要|需|须|得)(?:自己)?(?:交|缴|付|花|出)[^，,。；;]{0,4}?(?:钱|费用?|租金|押金)|收取?(?:[^，,。；;的]{0,3}费|租金)")
_TIMES = re.compile("[年月日季][内底初末间中]$")
_MET = re.compile("(?:达到|完成|实现|超过|高于|超额完成)了?[^，,。；;]{0,10}目标")
_UNMET = re.compile(f"(?:{_SHORT.pattern})[^，,。；;]{{0,14}}目标|目标[^。；;]{{0,12}}(?:没有|没能?|未能?)(?:完成|达到|实现)|[比与距离][^，,；;]{{0,24}}目标[^，,。；;]{{0,4}}(?:低|少|相差|[还仍尚]?差|有差距)")
_LATE = re.compile("顺延|延期|推迟|延至|延迟|延后|延误|(?:未能?|没有?能?)(?:如期|按期|按时|按计划|赶上|赶在)")
_NONE = re.compile(r"零(?:事故|发生|死亡|伤亡|投诉|上访|违[规法]|案件|差错|感染|举报|新增|增长)|(?<!化整)为零|无休|无人|无一")
_AUXILIARY = frozenset("予 能 能够 曾 有 会 被 获 得 再".split())  # 未予通过 denies 通过
_DO = frozenset("作 做 作出 做出 进行 予以 给予 实行 采取 采用".split())  # verbs that say nothing without their object
NOBODY = frozenset(("无人", "没人", "无一"))
_SAME = tuple((re.compile(a), re.compile(b)) for a, b in (  # what one denies and the other says without a denial, or with another
    ("没有了|没了|不再有|不复", "取消|撤销|清零|归零|消除"), ("告别了?没有|不再没有", "结束了?[不没无]"), ("(?:享受|适用)不[到了]|不(?:能|再)?享受", "不(?:再)?适用|之列|除外"),
    ("(?:此前|以前|之前|从前)[^，,。；;]{0,10}(?:没有|从未|未曾|没)", "首[次个家例]|第一[次个家例]"), ("尚未[^，,。；;]{0,6}(?:好|完|完成|结束)", "尚在|仍在|还在|正在")))
_READ_AS = tuple((re.compile(form), instead) for form, instead in (  # so that the tagger parts what is denied from what denies it
    ("不复", "不再"), ("无一(?!例外)", "没有"), ("零(?=事故|死亡|伤亡|投诉|上访|违[规法]|案件|差错|感染|举报)", "没有"),
    ("增(?:收|产)不增(?:利|收)", " "),  # 增收不增利: of what rises and what falls
    ("无(?=[一-鿿]{2,6}率)", " "),  # 无滞留通过率 is the name of a rate
    ("(?<=[0-9][人户家个名件项日月])(?=[未没])", " ")))  # 1586人未消除: it takes 人未 for a word
_CAUSES = ("原因", "因素", "影响")  # 因准备不足等原因进展缓慢: what comes behind is not denied
_NUMERAL = re.compile("[0-9〇一二三四五六七八九十百千万亿两点]")
_CONTENT = re.compile(r"[一-鿿A-Za-z]{2,}")


def negated(text: str) -> frozenset[str]:
    """All words that a text denies.

    >>> sorted(negated("该股份不参与分派,3年来未发生事故")), sorted(negated("不少于3家")), sorted(negated("实现人员零死亡")), sorted(negated("一千零八十六亿元"))
    (['事故', '分派', '参与', '发生'], [], ['死亡'], [])
    >>> sorted(negated("仍有21户86人未消除风险")), sorted(negated("截至8月31日未落实去向的539人"))
    (['消除', '风险'], ['去向', '落实'])
    """
    return frozenset().union(*denials(text))


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[tuple[str, ...], ...]:
    """The words that each negator denies, in order: those after it in its piece, five at most, up to 的."""
    groups: list[list[str]] = [[]]
    left = 0
    at = 0
    text = text[:1000]
    for form, instead in _READ_AS:
        text = form.sub(instead, text)
    for word, tag in tagged(text):
        start, at = at, at + len(word)
        if any(text.startswith(n, start) for n in _NOT):
            left = 0
        elif word in _NEGATORS or word in NOBODY or word == "零" and text[max(0, start - 1):start] != "从" and not _NUMERAL.search(text[max(0, start - 1):start] + text[at:at + 1]):
            left = 5
            groups.append([])
        elif word[0] in "不未没" and len(word) in (2, 3) and word not in _NOT:
            left = 5
            groups.append([] if word[1:] in _AUXILIARY else [word[1:]])
        elif word in _CAUSES or tag == "uj" or tag == "x" and word in ",，。;；:：!！?？、()（）":
            left = 0
        elif left and _CONTENT.fullmatch(word):
            groups[-1].append(word)
            left -= 1
    return tuple(tuple(g) for g in groups if g)


def freed(claim: str, source: str) -> bool:
    """Whether one says that nothing has to be paid and the other that it is free: no denial of each other.

    >>> freed("住房不用交租金", "可免租居住3年"), freed("住房不用交租金", "住房月租金300元")
    (True, False)
    """
    return bool(_UNPAID.search(claim) and _FREE.search(source) or _UNPAID.search(source) and _FREE.search(claim))


def missed(claim: str, source: str) -> bool:
    """Whether a claim has a goal reached that a source says was not.

    >>> missed("增速达到了预期目标", "增长5.7%,略低于6%左右的预期目标"), missed("增速达到目标", "增速比预期目标低0.4个百分点"), missed("增速没有达到预期目标", "低于预期目标"), missed("增速达到目标", "增速高于目标")
    (True, True, False, False)
    """
    return bool(_MET.search(claim)) and not _SHORT.search(claim) and not negated(claim) and bool(_UNMET.search(source))


def charged(claim: str, source: str) -> str:
    """What one says has to be paid where the other says that it is free; else "".

    >>> charged("住房要交租金", "可免租居住3年"), charged("住房不用交租金", "可免租居住3年"), charged("先收费,后免费", "免费开放")
    ('要交租金', '', '')
    """
    for text, other in ((claim, source), (source, claim)):
        if (paid := _PAID.search(text)) and not _FREE.search(text) and not _UNPAID.search(text) and (_FREE.search(other) or _UNPAID.search(other)):
            return paid.group()
    return ""


def shortfall(claim: str, source: str) -> bool:
    """Whether both say in their own words that a goal was missed or a date slipped.

    >>> shortfall("没有达到10%的目标", "低于10%的目标"), shortfall("达到10%的目标", "低于10%的目标")
    (True, False)
    """
    if _SHORT.search(claim) and _SHORT.search(source) and "目标" in claim and "目标" in source:
        return True
    ours, theirs = _LATE.search(claim), _LATE.search(source)
    return bool(ours and theirs and (ours.group()[0] in "未没") != (theirs.group()[0] in "未没"))


def denial(claim: str, source: str) -> str:
    """The word that one text states and the other denies, or "".

    >>> denial("没有达到10%的目标", "低于10%的目标"), denial("未能按期完工", "原计划完工,工期顺延")
    ('', '')
    >>> denial("订单不足的问题已不复存在", "订单不足的问题依然存在"), denial("已不复存在", "已经没有了")
    ('存在', '')
    >>> denial("该股份参与分派", "该股份不参与分派"), denial("没有发生事故", "未发生事故"), denial("今年不开工", "今年开工"), denial("没出过安全生产事故", "安全生产零事故")
    ('参与', '', '开工', '')
    """
    if shortfall(claim, source):
        return ""
    if charge := charged(claim, source):
        return charge
    if freed(claim, source):
        claim, source = (_FREE.sub("", _UNPAID.sub("", text)) for text in (claim, source))
    if any(a.search(claim) and b.search(source) or a.search(source) and b.search(claim) for a, b in _SAME):
        return ""
    ours, theirs = negated(claim), negated(source)
    for text, other, denied in ((source, claim, ours), (claim, source, theirs)):
        firsts = {group[0] for group in denials(other)}
        for group in denials(text):
            if group[0] in _DO and len(group) > 1 and group[1] not in other:
                continue  # 未作资本化处理 says nothing of 作费用化处理
            if group[0] in firsts or any(w in denied for w in group if w not in _LIGHT or _LIGHT.issuperset(group)):
                continue  # both deny the same
            for word in sorted(set(group), key=lambda w: (text.find(w), w)):
                if word in other and text.count(word) == 1 and not _TIMES.search(word) and not any(word in n or n in word for n in denied):
                    return word
    return ""


def denies(text: str) -> bool:
    """Whether a text denies anything.

    >>> denies("未发生事故"), denies("安全生产零事故"), denies("不少于3家"), denies("把刊物化整为零"), denies("从零起步")
    (True, True, False, False, False)
    """
    return bool(negated(text)) or bool(_NONE.search(text))
