"""What a figure measures and whose it is, as a reader would name them: noun phrases of its sentence."""
from __future__ import annotations

import re

from figures.line import Line, _tag
from quantities.parse import Quantity

_LEAD = re.compile(r"^(?:来(?=[一-鿿]{2})|则|其中|包括|此外|另外|同时|同年|当年|全年|年末|目前|至此|日前|截至|现在|以及|及|和|与|并|先后|共|总共|累计|的|地|于|对|从|由|以|为|在|至|到|[0-9]年来|等|特别是|[ ,，、:：])+")
_TAIL = re.compile(r"(?:达到|达|为|是|有|共有|共|约|已|仅|只有|只|超过|突破|近|从|由|自|增至|增加到|增加至|发展到|减至|降至|升至|提高到|提升至|提高至|调整为|实现|累计|总计|合计|分别|至|到|比|在|拿出|连续|全部|平均|均|都|则|也|还|就|只用|仅用|的|了|[ ,，、:：])+$")
_AFTER_KINDS = frozenset(("count", "mass", "area", "length", "money", "power", "duration", "number", "ordinal"))
_NO_NAMES = frozenset("全力 全面 重点 部分 全市 全省 全县 全区 年末 一方面 另一方面".split())
_LONGEST = 30


def _trim(text: str) -> str:
    """A noun phrase without what only leads to it or to its figure.

    >>> _trim("其中合同总投资达"), _trim("“四上”企业数从")
    ('合同总投资', '“四上”企业数')
    """
    last = None
    while text != last:
        last = text
        text = _TAIL.sub("", _LEAD.sub("", text))
    for opening, closing in ("“”", "()", "（）", "《》"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def _noun_head(text: str) -> str:
    """The noun phrase that a text begins with, for what stands right of a figure: up to its first other word.

    >>> _noun_head("工作任务、165亩"), _noun_head("完成审批"), _noun_head("行政审批部门")
    ('工作任务', '', '行政审批部门')
    """
    out, noun = "", False
    tags = _tag(text[:40])
    for i, (word, tag) in enumerate(tags):
        if tag == "x" and word not in "“”\"()（）《》-—" or tag[:1] in ("p", "c", "d", "r", "y", "m"):
            break
        after = tags[i + 1][1] if i + 1 < len(tags) else ""
        if tag == "v" and not (noun or after[:1] in "nvj") or tag == "v" and not out.strip("的“”"):
            break
        if word in ("的", "以上", "以下") and not out:
            continue
        out += word
        noun = noun or tag[:1] in "njlise" or tag == "vn"
    return out.strip() if noun else ""


def measured(line: Line, q: Quantity) -> str:
    """The noun phrase that a figure counts or measures; for a date, what happened then.

    >>> line = Line.read("“四上”企业数从83家增至147家,完成138亩土地征迁,增长5%")
    >>> [measured(line, q) for q in line.figures]
    ['“四上”企业数', '“四上”企业数', '土地征迁', '完成增长']
    """
    number = line.piece(q.start)
    low, high = line.pieces[number]
    beside = [f for f in line.figures if low <= f.start and f.end <= high and f is not q]
    floor = max([f.end for f in beside if f.end <= q.start and f.role != "from"], default=low)
    pair = [f for f in beside if f.role == "from" and f.end <= q.start] if q.role == "to" else []
    left = line.text[max([f.end for f in beside if f.end <= pair[-1].start], default=low):pair[-1].start] if pair else line.text[floor:q.start]
    right = line.text[q.end:min([f.start for f in beside if f.start >= q.end], default=high)]
    before = _trim(left)
    if q.kind in ("date", "time"):
        return (_trim(right) or before or (line.text[slice(*line.pieces[number + 1])] if number + 1 < len(line.pieces) else ""))[:_LONGEST]
    after = _trim(_noun_head(right)) if q.kind in _AFTER_KINDS and q.role != "from" else ""
    if after and not (q.kind == "money" and before):
        return after
    if (not before or before in _CHANGES) and number and line.pieces[number - 1][0] >= line.clause(q.start)[0]:
        s, e = line.pieces[number - 1]
        taken = [f for f in line.figures if s <= f.start < e and f.kind not in ("date", "time")]
        whose = _trim(line.text[s:taken[0].start] if taken and _trim(line.text[s:taken[0].start]) else line.text[s:e])
        before = f"{whose}{before}"
    return before[-_LONGEST:]


def readable(measure: str, line: Line, q: Quantity) -> str:
    """A measure that a stranger understands: as it is where it holds a noun, else the figure's piece with ＿ for the figure.

    >>> line = Line.read("前前后后花了47天")
    >>> readable("花", line, line.figures[0]), readable("产量", line, line.figures[0])
    ('前前后后花了＿', '产量')
    """
    if any(tag[:1] in "njlisb" or tag in ("vn", "an", "eng") for _, tag in _tag(measure[:60])):
        return measure
    if q.kind in ("date", "time"):
        return measure
    low, high = line.pieces[line.piece(q.start)]
    start, end = max(low, q.start - _LONGEST // 2), min(high, q.end + _LONGEST // 2)
    shown = f"{line.text[start:q.start]}＿{line.text[q.end:end]}".strip(" “”\"、")
    return shown if len(shown) > 3 else measure


_CHANGES = frozenset("增长 同比增长 下降 同比下降 提高 上升 减少 增加 上涨 增产 增速 增幅 比上年增长 比上年下降 比上年减少 比上年提高 比上年增加 比上年上涨 比上年末增加 比上年末减少 比上年末提高".split())


def subject_of(line: Line, q: Quantity, path: tuple[str, ...], measure: str = "") -> str:
    """Whose figure it is: the noun phrase that opens its clause or else its sentence, else the innermost heading up to its colon.

    >>> line = Line.read("南建公司建成25个项目")
    >>> subject_of(line, line.figures[0], ()), subject_of(Line.read("建成25个"), line.figures[0], ("题", "区中心:新跨越"))
    ('南建公司', '区中心')
    """
    start, _ = line.clause(q.start)
    first = line.clauses[0][0]
    for opens in dict.fromkeys((start, first)):
        for s, e in line.pieces:
            if opens <= s <= q.start and (opens == start or e <= line.clauses[0][1]):
                name = _opening(line.text[s:min(e, q.start) if s < q.start else e])
                if name and name not in measure and (not measure or measure not in name):
                    return name
                if name:
                    break
    heading, colon, _ = path[-1].replace("：", ":").partition(":") if len(path) > 1 else ("", "", "")
    return heading if colon or not re.search("[,，!！?？“”]", heading) else ""


def _opening(text: str) -> str:
    """The noun phrase that opens a text and has a verb behind it.

    >>> _opening("南建公司建成"), _opening("完成投资")
    ('南建公司', '')
    """
    text = _LEAD.sub("", text)
    head, noun = "", False
    for word, tag in _tag(text[:40]):
        if word in _NO_NAMES:
            return ""
        if tag[:1] in ("n", "j", "s", "b", "l") or tag in ("eng", "vn") or word in "“”、" and head:
            head += word
            noun = noun or tag[:1] in "njs"
        elif tag[:1] in ("t", "m", "q") and not head:
            continue
        else:
            return head.strip("、“”") if noun and len(head) > 1 and tag[:1] in "vdpcu" else ""
    return ""
