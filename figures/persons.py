"""Persons of a claim against those of the report: a name that the report does not have, an office that is not that person's, an appointment of another."""
from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from figures.tagger import tagged

OFFICE = re.compile("(?:长|主任|书记|主席|经理|教授|总裁|总监|代表|主管|院士|委员|律师|记者|教师|医生|工程师|校友|会计|队员|员|(?:经济|会计|审计|统计|设计|规划)师|发言人)$")
_SAYS = re.compile(r"^[^，。,;；]{0,4}?(?:说|表示|介绍|透露|坦言|指出|告诉|认为|称|强调|担任|出任|是|当选|带领|任)")
_NAMED = re.compile("[一-鿿]{2,3}?(?=说|表示|介绍|透露|坦言|指出|告诉|认为)")
_LEAVES = "(?:退休|卸任|离任|辞去|辞职|离职|调离|不再担任)"
_FOLLOWS = "(?:接替|接任|接过|继任|接棒|升任|接手)"
_HOLDS = re.compile("(?:^|[，,；;])([一-鿿]{2,4}?)(?:是|为|担任|出任|任)(?:[^，,。；;]*的)?([一-鿿]{2,14})(?=[，,。；;！!]|$)")
_VERB = "(?:聘任|任命|选举|推选|增选|补选|提名|聘请)"
_APPOINTS = re.compile(rf"{_VERB}([一-鿿]{{2,3}}?)(?:同志|先生|女士)?(?:为|担任|任)")
_APPOINTED = re.compile(rf"([一-鿿]{{2,3}})(?:被|获)?(?:{_VERB}为|出任|担任|当选)")


def persons(text: str) -> tuple[tuple[str, str], ...]:
    """The persons of a text, each with the office that stands right before the name ("" where none does).

    >>> persons("工会主席罗启明介绍,副局长顾承志坦言")
    (('罗启明', '工会主席'), ('顾承志', '副局长'))
    """
    found, at, before = [], 0, ""
    for word, tag in tagged(text[:1000]):
        at += len(word)
        if before and OFFICE.search(before) and (m := _NAMED.match(text, at - len(word))):
            found.append((m.group(), before))
        elif tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 4:
            office = before if OFFICE.search(before) else ""
            if office or _SAYS.match(text[at:at + 10]):
                found.append((word, office))
        before = word
    return tuple(found)


def other_holder(claim: str, source: str) -> str:
    """Whom a claim puts in an office that a source, which names him too, gives to another; or "".

    >>> source = "由秦启明领衔的队伍获奖,指导教师为罗文柏"
    >>> other_holder("秦启明是队伍的指导教师", source), other_holder("罗文柏是队伍的指导教师", source), other_holder("赵小川是队伍的指导教师", source)
    ('秦启明', '', '')
    """
    for said in _HOLDS.finditer(claim):
        name, office = said.groups()
        given = next((m for i in range(len(office) - 1) if (m := re.search(f"{office[i:]}(?:由|为|是|[:：])([^，,。；;]+)", source))), None)
        if given and name in source and name not in given[1] and not re.search(f"{given[0].removesuffix(given[1])[:-1]}{name}", source):
            return name
    return ""


def succeeded(claim: str, source: str) -> str:
    """Who leaves an office in a claim where the report has him take it over, or the other way about; else "".

    >>> source = "原副校长顾承志接替退休的韩素琴出任校长"
    >>> succeeded("顾承志退休后,韩素琴接过了担子", source), succeeded("韩素琴退休后由顾承志接任", source)
    ('韩素琴', '')
    """
    def roles(text: str) -> tuple[set[str], set[str]]:
        names = {word for word, tag in tagged(text[:1000]) if tag.startswith("nr") and 2 <= len(word) <= 4}
        return ({n for n in names if re.search(f"{n}(?:因[^，,。；;]{{0,8}})?{_LEAVES}|{_LEAVES}[^，,。；;]{{0,12}}的(?:是)?{n}|接替[^，,。；;]{{0,8}}{n}", text)},
                {n for n in names if re.search(f"{n}{_FOLLOWS}|由{n}(?:接|出任|担任|继任)|{_FOLLOWS}[^，,。；;]{{0,12}}的是{n}", text)})
    (left, came), (leaves, comes) = roles(claim), roles(source)
    return next(iter(sorted((left & comes - leaves) | (came & leaves - comes))), "")


def stranger(claim: str, source: str, whole: str, offices: Mapping[str, Collection[str]] = {}) -> str:
    """Why the persons of a claim are not those of a source, or "". whole: all that the report says, for names; offices: those that it gives to a name anywhere.

    >>> stranger("局长顾承志说", "副局长顾承志坦言", "副局长顾承志坦言")
    '主体不符:原文“顾承志”是副局长'
    >>> stranger("局长顾承志说,债务清零", "债务实现清零", "副局长顾承志坦言", {"顾承志": {"副局长"}})
    '主体不符:原文“顾承志”是副局长'
    >>> stranger("主席秦启明介绍", "主席罗启明介绍", "主席罗启明介绍")
    '主体不符:原文没有提到“秦启明”'
    >>> stranger("韩文柏被聘任为院长", "同意韩文柏辞职,聘任沈清越为院长", "")
    '主体不符:原文说的是“沈清越”'
    """
    theirs = dict(persons(source))
    if (ours := _APPOINTED.search(claim)) and (due := _APPOINTS.findall(source)) and ours.group(1) not in due and ours.group(1) in source:
        return f"主体不符:原文说的是“{due[0]}”"
    for name, office in persons(claim):
        if name not in whole:
            return f"主体不符:原文没有提到“{name}”"
        given = theirs.get(name, "")
        if office and not given and (known := offices.get(name)) and all("副" in known_as for known_as in known) != ("副" in office):
            return f"主体不符:原文“{name}”是{min(known)}"
        if office and given and office not in given and given not in office or office and given and ("副" in office) != ("副" in given):
            return f"主体不符:原文“{name}”是{given}"
    return ""
