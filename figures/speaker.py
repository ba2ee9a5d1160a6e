"""Who says what stands at a place of a text: a person whose words stand in quotation marks or after 某某说,; "" for the report itself."""
from __future__ import annotations

import re
from functools import lru_cache

from figures.line import Span
from figures.persons import OFFICE
from figures.tagger import tagged

SAYING = "说|表示|介绍|坦言|指出|告诉记者|透露|称|强调|要求|感慨|回忆|算账|算了一?笔账|解释|承诺|认为"
_SAID = re.compile(rf"([^，。；,;：:“”、\s！!？?]{{1,24}}?)(?:{SAYING})(?:道|着|了)?(?=[，,:：。]|$)")
_INDIRECT = re.compile(rf"[^“”]{{0,20}}?(?:^|[，,、。])([^，。；,;：:“”、\s]{{2,24}}?)(?:{SAYING})[，,:：]")
_NOBODY = re.compile("报道|记者|本报|俗话|老话|常言|数据|调查|结果|据|公告|文件|方案|规划|办法|通知|会议|[他她它我你]们?|大家|有人|人们|名称|简称|号称")
_HELD = re.compile("^.*(?:长|主任|书记|主席|经理|教授|总裁|总监|代表|主管|院士|委员|律师|师|员|人|家)")
_PRONOUN = re.compile("[他她]$")
_TIME = re.compile("^(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|今天|昨天|日前|近日|如今|当天|随后)")
_TAGGED = re.compile(f"[，,]?[^，,。；;“”\"]{{2,20}}(?:{SAYING})")
_HOW = re.compile("(?:这样|如此|如是|曾)$")
_SPOKEN = re.compile("[，,。！!？?；;]")


@lru_cache(maxsize=256)
def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a paragraph, without their marks; one that is not closed runs to the end.

    >>> quotations("“甲。”他说,“乙。”")
    ((1, 3), (8, 10))
    """
    found, at = [], None
    for m in re.finditer("[“”\"]", text):
        if m.group() in "“\"" and at is None:
            at = m.end()
        elif m.group() in "”\"" and at is not None:
            found.append((at, m.start()))
            at = None
    return (*found, *([(at, len(text))] if at is not None else []))


def person_in(speaker: str) -> bool:
    """Whether who is said to say something is a person with a name, and not an office or a body.

    >>> person_in("厂长王明"), person_in("党工委书记邵培元"), person_in("区财政局负责人"), person_in("家长委员会")
    (True, True, False, False)
    """
    name = _HELD.sub("", speaker)
    return bool(people(speaker)) or name != speaker and 2 <= len(name) <= 3 and tagged(name)[0][1][:2] == "nr"


@lru_cache(maxsize=2048)
def people(text: str) -> tuple[str, ...]:
    """The persons that a text names, each with the office right before the name."""
    found, before = [], ""
    for word, tag in tagged(text[:400]):
        if tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 4:
            found.append((before if OFFICE.search(before) else "") + word[:3])  # 夏知秋笑: the tagger takes in a verb
        before = word
    return tuple(found)


def _named(text: str, earlier: str) -> str:
    """Who is said to say something in a text; a pronoun is the person last named before."""
    for m in reversed(list(_SAID.finditer(text))):
        name = _HOW.sub("", _TIME.sub("", m.group(1)))
        if _PRONOUN.match(name):
            last = people(earlier[-400:])
            return last[-1] if last else ""
        if len(name) > 1 and not _NOBODY.match(name):
            return name
    return ""


def speaker_of(text: str, at: int) -> str:
    """Who says what stands at an offset of a paragraph; "" for the report.

    >>> speaker_of("“共25个项目。”厂长王明说", 2), speaker_of("局长李平介绍,已建成25个", 10), speaker_of("“四上”企业25家,局长李平说", 6)
    ('厂长王明', '局长李平', '')
    >>> text = "村民孟秋生走进车厢。“过去要1小时。”他说。"; speaker_of(text, text.index("1小时"))
    '孟秋生'
    >>> text = "局长李平表示:“稳。”经济师王明介绍,受两家企业停产影响"; speaker_of(text, text.index("两家")), speaker_of('"稳。"局长李平这样说', 1)
    ('经济师王明', '局长李平')
    >>> text = "王二嫂把孩子转了回来:“一个班五十多个人。”"; speaker_of(text, text.index("五十"))
    '王二嫂'
    """
    spans = quotations(text)
    for i, (s, e) in enumerate(spans):
        if s <= at < e:
            if not _SPOKEN.search(text[s:e]) and e - s < 12 and not _TAGGED.match(text, e + 1):
                break
            opens, closes = spans[i - 1][1] + 1 if i else 0, spans[i + 1][0] - 1 if i + 1 < len(spans) else len(text)
            before, after = text[opens:s - 1], text[e + 1:closes]
            led = re.split("[。！!？?\n]", before)[-1] if before.rstrip().endswith((":", "：", ",", "，")) else ""
            told = re.split("(?<=[。！!？?\n])", after)[0]
            if name := _named(led, text[:opens]) or _named(told, text[:s]):
                return name
            if head := led_by(led):
                return head
            ahead = [n for n in people(led)] or [n for n in people(told)] if re.search("[，,:：]$", told) or len(told) < 14 else people(led)
            return ahead[0] if ahead else ""
    start = max(text.rfind(c, 0, at) for c in "。！？!?\n") + 1
    start += text[start:start + 1] == "”"
    m = _INDIRECT.match(text[start:at])
    return _TIME.sub("", m.group(1)) if m and not _NOBODY.match(_TIME.sub("", m.group(1))) else ""


def another(ours: str, theirs: str) -> bool:
    """Whether two speakers are told apart by their names; an office alone may be anybody's.

    >>> another("董事长王明", "董事长李平"), another("王明", "董事长王明"), another("董事长", "董事长李平"), another("王明", "")
    (True, False, False, False)
    """
    ours, theirs = (_HELD.sub("", name) for name in (ours, theirs))
    return bool(ours and theirs) and ours not in theirs and theirs not in ours


def led_by(text: str) -> str:
    """The person at the head of what leads to a quotation with a colon, 王二嫂把孩子转了回来:; "" for none."""
    if not text.rstrip().endswith((":", "：")):
        return ""
    tags = tagged(text[:20])
    head = ""
    for word, tag in tags:
        if tag[:1] in ("v", "p", "d", "x", "t", "u", "c"):
            break
        head += word
    return head if 2 <= len(head) <= 6 and not _NOBODY.match(head) else ""
