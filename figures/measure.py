"""What a figure measures, as a reader would name it: a noun phrase of its sentence, with what a bare 增长 or 占比 is of."""
from __future__ import annotations

import re
from bisect import bisect_left

from figures.line import Line
from figures.owner import STANDS, kind_of, name_of
from figures.phrase import LIGHT, LONGEST, TAIL, nominal, noun_head, share_of, trim
from figures.respective import respective
from figures.speaker import people
from figures.tagger import tagged
from quantities.parse import Quantity

_CHANGES = ("增长 同比增长 环比增长 下降 同比下降 提高 上升 减少 增加 上涨 增产 减产 下调 上调 回落 回升 缩小 扩大 缩短 提升 降低 净增 净减 增速 增幅 降幅 同比减少 同比增加 同比提高 同比上升 多 少 高 低 涨 降 升 "
            "高出 低于 高于 多于 少于 压缩 放宽 提速 延长 顺延 约增 翻").split()
_CHANGE = re.compile("(?:按[^，,]{1,8}计算|(?:比|较|与|同)[^，,]{1,14}?(?:相比)?|平均|仅|只|又|再|累计|年均|同比|环比|了|大幅|进一步|增速|增幅|降幅)*(?:" + "|".join(sorted(_CHANGES, key=len, reverse=True)) + ")?(?:全[国省市区县])?(?:平均水平|平均)?(?:了|到|至|出|约)?")
_WHOLES = ("投资", "总数", "总量", "总额", "总产量", "总产值", "满意率", "满意度", "办结率", "工期", "总里程")
_GENERAL = frozenset("总数 总量 总额 总投资 合同总投资 投资 计划投资 年度计划投资 概算投资 概算总投资 增速 增幅 降幅 占比 比重 比例 规模 面积 数量 总面积 总产量 总产值 产量 产值 工期 满意率 办结率 满意度 总里程 造价 总价 单价 均价 价格 年产 年产量 占 其中 落地 金额 人数 死亡 概算 预算 合同金额 名次 排名 产能 "
                     "建筑面积 占地面积 任期".split())
_PLACES = re.compile("全[国省市区县镇乡校球]|[一二三四五六七八九十]区|同类[一-鿿]{1,4}|世界|行业")
_RANKING = re.compile("(?:，|,)?(?:在|于|位列|名列|列|位居|居|排名|排在|排到|排|跃居|升至|降至|获|全[国省市区县镇乡校球]|我们|年年|考进|进入|跻身|是)")
_WHEN_AFTER = re.compile("[以之]?[内里间来后前]|以来|期间")
_AFTER_KINDS = frozenset(("count", "mass", "area", "length", "money", "power", "number", "ordinal", "grade", "energy", "volume", "age", "percent"))
_PLACE_UNITS = frozenset("县 市 区 省 国 镇 乡 村 校 州".split())
_GAINED = re.compile("^(?:共|净增|净减|新增|新建|新认定|新开|新改建|安排|引进|实施|推进|建成|打造|设立|新登记)+(?=[“一-鿿0-9]{2})")
_OF_PART = re.compile("(?:播种|种植|占地|建筑)?面积$|全长$|(?:总?投资|总产量|总产值|产量|产值|总数|总量|总额|(?:办结|满意|完成|覆盖)率|满意度|工期|人数|总里程)$")
_PLAN = re.compile("[0-9]+股?(?:派|送|转|配)")
DEPTH = 6  # pieces that a bare 增长 may be traced back over


def _when(line: Line, f: Quantity) -> bool:
    """Whether a figure only says when others hold, so that the words around it belong to those: a date, 10天内, 连续两年."""
    if re.match("计划|预期|目标|确定", line.text[f.end:f.end + 2]):
        return False
    return f.kind in ("date", "time") or f.kind == "duration" and bool(_WHEN_AFTER.match(line.text[f.end:f.end + 2]) or re.search("连续$", line.text[max(0, f.start - 2):f.start]))


def _attribute(line: Line, f: Quantity, until: int) -> bool:
    """Whether a figure only describes what a later one counts: 亿元以上项目23个, 4A级景区3家, 35岁以下青年占63%."""
    if line.text[f.end:f.end + 1] == "的" and f.kind in ("money", "area", "length", "mass", "duration") and f.hedge:
        return True
    return (f.kind in ("grade", "age") or f.kind in ("money", "area", "length", "power", "mass") and f.hedge in ("以上", "以下", "以内")) and nominal(TAIL.sub("", re.sub("占比?$", "", line.text[f.end:until])))


def _number(line: Line, at: int) -> int:
    """The number of the first figure of a line that starts at an offset or behind it."""
    return bisect_left(line.figures, at, key=lambda f: f.start)


def _left(line: Line, q: Quantity) -> str:
    """The words of a figure's piece before it, from the last figure that takes words for itself; without dates and 连续两年."""
    low, _ = line.pieces[line.piece(q.start)]
    first = q
    before = line.figures[_number(line, low):_number(line, q.start)]
    if q.role == "to" and (pair := next((f for f in reversed(before) if f.role == "from"), None)):
        first = pair
        before = [f for f in before if f.end <= first.start]
    floor, spans = low, []
    for f in reversed(before):
        if _when(line, f):
            tail = _WHEN_AFTER.match(line.text[f.end:f.end + 2])
            spans.append((f.start, tail.end() + f.end if tail else f.end))
        elif f.kind not in ("ordinal", "date", "time") and not _attribute(line, f, first.start) and q.kind != "rank":
            floor = f.end
            break
    out, at = "", floor
    for s, e in [*reversed(spans), (first.start, first.start)]:
        part = line.text[at:s]
        out += re.sub("(?:从|由|自|于|在|至|到|截至|连续|比|较|与|同)$", "", part) if s < first.start else part
        at = max(at, e)
    return out


def _right(line: Line, q: Quantity) -> str:
    """The words behind a figure up to the next one or the next comma."""
    following = next((f.start for f in line.figures[_number(line, q.end):] if f.kind != "date"), len(line.text))
    return re.split("[，,；;。！？!?：:\n|…]", line.text[q.end:following], maxsplit=1)[0]


def _bare_change(text: str) -> str:
    """A text where it says only that something changes (同比增长, 比上年末减少); else ""."""
    return text if text and _CHANGE.fullmatch(text) else ""


def topic_of(line: Line, number: int, depth: int = DEPTH) -> str:
    """What a piece is about: the noun phrase of its first figure without its change, or of the piece where it has none; "" beyond the figure's clause.

    >>> line = Line.read("地区生产总值286亿元,按不变价格计算,同比增长6%,增速比全市高0.8个百分点")
    >>> topic_of(line, 0), topic_of(line, 2)
    ('地区生产总值', '地区生产总值')
    """
    if number < 0 or depth <= 0:
        return ""
    s, e = line.pieces[number]
    figures = [f for f in line.figures if s <= f.start < e and not _when(line, f)]
    if not figures:
        text = trim(line.text[s:e])
        name = text if 1 < len(text) <= 16 and noun_head(text) == text or (m := re.search("的([^的]{2,16})$", text)) and noun_head(m.group(1)) == m.group(1) else head if "的" in (head := noun_head(text)) else name_of(line.text[s:e] + " 的")
        return name or (topic_of(line, number - 1, depth - 1) if number and line.pieces[number - 1][0] >= line.clause(s)[0] else "")
    first = figures[0]
    if first.kind == "rate" and _PLAN.match(first.text):
        return ""
    if first.kind in ("length", "area", "age") and len(figures) == 1 and re.search("的[一-鿿]{2,12}$", line.text[first.end:e]):
        return trim(line.text[s:e])[-LONGEST:]  # 地铁站50米范围内的公交接驳率
    text = measured(line, first, depth - 1)
    tail = re.search("(?:" + "|".join(sorted((c for c in _CHANGES if len(c) > 1), key=len, reverse=True)) + ")$", text)
    text = text[:tail.start()] if tail and not text.endswith(("增速", "增幅", "降幅")) else text
    return TAIL.sub("", re.sub("(?:比|较|高于|低于|高出|优于)[^，,]{1,12}$|（[^）]*）$", "", text)) if nominal(text) else ""


def _whole(line: Line, q: Quantity, depth: int) -> str:
    """What a 总投资, 总数 or 满意率 is of: the piece before, or that before 其中, without what is gained of it (新增) and its own measure (面积)."""
    number, clause = line.piece(q.start), line.clause(q.start)[0]
    part = line.text.rfind("其中", clause, line.pieces[number][0])
    number = line.piece(part) if part >= 0 else number
    text = topic_of(line, number - 1, depth - 1) if number and line.pieces[number - 1][0] >= clause else ""
    return _GAINED.sub("", _OF_PART.sub("", LIGHT.sub("", text)))


def measured(line: Line, q: Quantity, depth: int = DEPTH) -> str:
    """The noun phrase that a figure counts or measures; for a date, what happened then.

    >>> line = Line.read("“四上”企业数从83家增至147家,完成126亩土地征迁,税收10亿元,增长5%,占比65%;新增企业3家,总数达到9家")
    >>> [measured(line, q) for q in line.figures]
    ['“四上”企业数', '“四上”企业数', '土地征迁', '税收', '税收增长', '税收占比', '新增企业', '企业总数']
    """
    number = line.piece(q.start)
    clause = line.clause(q.start)[0]
    earlier = lambda: topic_of(line, number - 1, depth - 1) if number and line.pieces[number - 1][0] >= clause else ""
    if q.kind in ("date", "time"):
        return _happened(line, q)
    if own := respective(line, q):
        return trim(re.sub("(?:分别)?(?:达到|达|为|是)?[0-9].*[,，]", "", own))[-LONGEST:]
    full = trim(_left(line, q))
    before = LIGHT.sub("", full)
    right = _right(line, q)
    if q.kind == "rate" and _PLAN.match(q.text):
        return f"每{re.sub('[0-9.]+[元股]?$', '', q.text)}"
    if q.kind == "rank":
        return _ranked(line, q)
    if STANDS.fullmatch(before):
        before = ""
    if q.kind in ("percent", "points", "multiple") and (share := share_of(full, _left(line, q), earlier)):
        return share
    adjoining = _neighbour(line, q)
    if adjoining is not None and depth > 1 and (adjoining.start > q.start and (not nominal(before) or before.endswith("等")) or adjoining.start < q.start and not before and not noun_head(right)):
        return measured(line, adjoining, depth - 1)
    if q.kind == "duration" and not nominal(before):
        lasted = trim(re.sub("[，,。].*", "", line.text[q.end:line.pieces[number][1]]))
        if nominal(lasted) and not line.text[:q.start].endswith("连续"):
            return lasted[:LONGEST]
    if q.kind == "duration" and line.text[:q.start].endswith("连续"):
        lasted = TAIL.sub("", before + right)
        return (lasted if nominal(lasted) else earlier() + lasted)[:LONGEST]
    if q.role != "from" and q.kind in _AFTER_KINDS and (after := _after(line, q, before, right)):
        return after
    if re.fullmatch("[一-鿿]?(?:无|没有?)", before) and right:
        return trim(right)[:LONGEST]
    if before.endswith(_WHOLES) and len(before) < 7:
        return (_whole(line, q, depth) + before)[-LONGEST:]
    if not before or _bare_change(before) or before in _GENERAL or not nominal(before) or re.match("比|较(?![一-鿿]{0,2}$)", before):
        alike = next((f for f in reversed(line.figures) if clause <= f.start < q.start and f.measure == q.measure and f.kind == q.kind), None) if re.match("比|较", before) and q.kind == "count" else None
        whose = LIGHT.sub("", topic_of(line, line.piece(alike.start), depth - 1) if alike else earlier())
        if not before and whose and re.match("[一-鿿]{2,15}$", right) and q.kind == "count":
            return f"{whose}（{right}）"
        if before and (len(before) < 2 and not _bare_change(before) or not _bare_change(before) and line.text[:line.pieces[number][0]].rstrip().endswith("、")):
            return before if len(before) > 2 else ""
        if re.search("建成|投放|售出|完成$", before):
            whose = _GAINED.sub("", whose)
        before = whose + before if whose and not before.startswith(whose) else before
    return before[-LONGEST:].lstrip("、，的")


def _after(line: Line, q: Quantity, before: str, right: str) -> str:
    """What stands behind a figure and is counted by it, with what is said of it where the figure opens its piece; "" where the words before it tell better."""
    text = right
    if text[:1] in "、和与及" and text:
        return ""
    onward = text[-1:] not in "、" and any(f.start == q.end + len(text) for f in line.figures)  # what stands last belongs to the next figure
    if re.match("是.*的$", text):
        return f"{before}（{text}）" if before and not onward else ""
    if q.measure in _PLACE_UNITS and q.kind == "count" and not before.endswith("的"):
        says = TAIL.sub("", text)
        return f"{q.measure}（{says}）" if 1 < len(says) <= 20 else q.measure
    if m := re.match("的(?=[一-鿿“])", text):
        head = trim(noun_head(text[m.end():]))
        if head and q.kind == "age":
            named = people(text[m.end():m.end() + 12])
            tags = tagged(head)
            return f"{named[0] if named else head[:-len(tags[-1][0])] if tags[-1][1] == 'v' and len(tags) > 1 else head}年龄"
        if head and before and q.kind in ("money", "mass", "area", "length", "power"):
            return f"{head}{before}" if before in _GENERAL else "" if q.kind == "money" and nominal(before) else head
    verbal = bool(before) and (tagged(before)[-1][1][:1] == "v" or not nominal(before))
    head = trim(noun_head(re.sub("^(?:的|[是为](?=[一-鿿]{2}))", "", text)))
    if head and onward and (tags := tagged(head))[-1][1] == "v" and len(tags) > 1:
        head = head[:-len(tags[-1][0])]
    if not head:
        owned = re.match(r"[^，,]{1,8}?的(“[^”]{2,14}”|[一-鿿]{2,12})", text) if q.kind == "money" and (verbal or not before) else None
        return noun_head(owned.group(1)) if owned else ""
    if q.kind == "money" and before and not verbal or q.kind == "percent" and before and text[:1] != "的":
        return ""
    if q.kind in ("mass", "power", "area", "length", "energy", "volume") and before and not verbal and not kind_of(before):
        yearly = re.search("(?:年|日|月)(?:产|处理)(?:量|能力)?$|总?投资$", before)
        return f"{head}{yearly.group()}" if yearly else ""
    says = text[text.find(head) + len(head):] if head in text else ""
    head = re.sub(r"(?<=[)）])(?:之?中|[里内])(?:位?[列居排].*)?$|(?<=..)(?:内|(?<![集初高])中)$", "", head) or head
    if not before and not onward and 1 < len(says) <= 20 and not re.match("里头|之?[中里内]", says) and not says.startswith("的") and re.search("[一-鿿]{2}", says):
        says = TAIL.sub("", says)
        return f"{head}（{says}）" if says and not re.fullmatch("[中里]", says) else head
    return head


def _neighbour(line: Line, q: Quantity) -> Quantity | None:
    """The figure that stands right before or behind one with nothing, 、 or 和 between, and shares its noun: 50类、900多项工作任务, 38期50余万字."""
    i = _number(line, q.start)
    if i + 1 < len(line.figures) and line.text[q.end:line.figures[i + 1].start] in ("", "、") and q.kind == "count" and line.figures[i + 1].kind in ("count", "age") and noun_head(_right(line, line.figures[i + 1])):
        return line.figures[i + 1]
    if i and line.text[line.figures[i - 1].end:q.start] in ("", "、", "和", "与") and not _when(line, line.figures[i - 1]) and line.figures[i - 1].role != "from":
        return line.figures[i - 1]
    return None


def _ranked(line: Line, q: Quantity) -> str:
    """What is ranked, where it is said, and among whom: 企业开办成绩全省排名."""
    left = _left(line, q)
    m = _RANKING.search(left)
    own = trim(left[:m.start()] if m else left)
    places = _PLACES.findall(left)
    what = own if len(own) > 1 and nominal(own) else ""
    number = line.piece(q.start)
    while not what and number and line.pieces[number - 1][0] >= line.clause(q.start)[0] and line.piece(q.start) - number < DEPTH:
        number -= 1
        aside = line.text[line.pieces[number][0]:].startswith("在")
        places = places or _PLACES.findall(line.text[slice(*line.pieces[number])]) if aside else places
        what = "" if aside else topic_of(line, number)
    what = LIGHT.sub("", re.sub("排名$|名$", "", what))
    return f"{what[-LONGEST:]}{places[0] if places else ''}排名"


def _happened(line: Line, q: Quantity) -> str:
    """What happened on a date: the words behind it in its piece, else in the next; before them who did it, where that stands before the date; the label of 发布日期:."""
    number = line.piece(q.start)
    low, high = line.pieces[number]
    right = trim(line.text[q.end:high])
    right = right if len(right) > 1 else line.text[q.end:high].strip(" ，,。")
    before = trim(re.sub("(?:于|在|从|自|截至|到|至|是|比|较|由)$", "", line.text[low:q.start]))
    begun = re.match("起|后|前|上午|下午|晚", line.text[q.end:high])
    if len(right) < 2 or re.match("在|于|从", line.text[q.end:high]) and not re.search("[了着]|建成|开[园工通业]", line.text[q.end:high]) or begun and high - q.end < 3:
        ahead = [line.text[s:e] for s, e in line.pieces[number + 1:number + 4]] if not re.search("[:：]$", line.text[:low].rstrip()) or not before else []
        label = line.text[slice(*line.pieces[number - 1])] if number and re.search("[:：]$", line.text[:low].rstrip()) else ""
        right = trim(label) or trim(next((a for a in ahead if not re.match("在(?![职校建])|于|从|随着|因", a)), ahead[0] if ahead else "")) or right
    return f"{before}{right}"[:LONGEST] if before and before not in right else right[:LONGEST]
