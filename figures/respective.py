"""分别: which item of a list each of several figures belongs to. 城镇、农村居民收入分别增长4.9%和7.0%; 收入A,利润B,分别增长8.2%和12.4%."""
from __future__ import annotations

import re
from itertools import accumulate

from figures.compare import AGREE, relation
from figures.line import Line, Span
from figures.owner import name_of
from figures.tagger import tagged
from quantities.parse import Quantity

_JOINT = re.compile("、|和|与|及|,|，")
_THAN_BEFORE = re.compile("同比|环比|[比较](?:上年|去年)(?:同期|末|底)?")
PAIRED = {"城乡": ("城镇", "农村"), "进出口": ("进口", "出口"), "存贷款": ("存款", "贷款"), "门急诊": ("门诊", "急诊"), "男女": ("男", "女")}  # one word for two
_PAIR = re.compile("|".join(PAIRED))
_COUNTED = {re.compile("第?一(?:季度)?[至到—-]第?四季度|四个季度"): ("季度", 4), re.compile("三次产业"): ("产业", 3)}  # one phrase for a row of items
_ORDINAL = re.compile("第?([一二三四五六])(?![一二三四五六七八九十百])")
_ANEW = re.compile("[,，](?!以及|和|及)[^,，]*[一-鿿]{2}")  # between two figures: the second says by itself what it is


def given_out(line: Line, q: Quantity) -> tuple[int, list[Quantity]]:
    """Where the 分别 stands that gives a figure out, and all that it gives out; (-1, []) elsewhere."""
    start, end = line.clause(q.start)
    at = line.text.rfind("分别", start, q.start)
    figures = [f for f in line.figures if at < f.start < end and f.dimension == q.dimension] if at >= 0 else []
    figures = figures[:next((n for n, (a, b) in enumerate(zip(figures, figures[1:]), 1) if _ANEW.search(line.text[a.end:b.start])), None)]
    return (at, figures) if q in figures and len(figures) > 1 else (-1, [])


def both_given(line: Line, a: Quantity, b: Quantity) -> bool:
    """Whether one 分别 gives out two figures, so that the order of its items tells which is whose, and no model need be asked.

    >>> line = Line.read("收入、利润分别增长8%和12%,税收增长9%")
    >>> both_given(line, *line.figures[:2]), both_given(line, line.figures[0], line.figures[2])
    (True, False)
    """
    return a is not b and a in line.figures and b in given_out(line, a)[1]


def items(line: Line, q: Quantity) -> tuple[list[Span], int, int, int]:
    """The items before 分别 as spans, which of them a figure belongs to, where what is said of them begins and where the first figure behind 分别 does; ([], -1, 0, 0) elsewhere."""
    start = line.clause(q.start)[0]
    at, figures = given_out(line, q)
    if not figures:
        return [], -1, 0, 0
    before = [(s, e) for s, e in line.pieces if start <= s < at and e <= at + 2]
    inside = [[f for f in line.figures if s <= f.start < e and f.kind not in ("date", "time")] for s, e in before]
    counted = [found[0] for found in inside if found][-len(figures):]
    earlier = given_out(line, counted[-1])[1] if counted else []
    measure = re.search("[^，,、]*$", line.text[:at]).start()  # 票面利率分别为: what is said of them may begin before 分别
    if row := next((m for form, (_, many) in _COUNTED.items() if many == len(figures) for m in [*form.finditer(line.text, start, at)][-1:] if m.start() >= measure or not counted[1:] and not re.search("[、和]", line.text[m.end():at])), None):
        led = row.start() < measure  # 三次产业结构为6:40:54,贡献率分别为…
        found, said = [row.span()] * (len(figures) - 1) + [row.span() if led else (row.start(), at)], measure if led else at + 2  # 第一至第四季度收入分别为…
    elif len(earlier) == len(figures) and earlier[-1] is counted[-1]:
        found, said = items(line, earlier[0])[0], measure  # 甲、乙收入分别为8万、9万,毛利率分别为3%和5%
    else:
        found, said = _names(line, start, at), at + 2
        between = _THAN_BEFORE.sub("", line.text[before[-1][1]:at]).strip("，, ") if before else ""
        if len(counted) == len(figures) and (not re.search("[一-鿿]{2}", between) or len(found) != len(figures) and re.fullmatch("[一-鿿]{2,8}", between)):
            found, said = [(line.pieces[line.piece(f.start)][0], f.start) for f in counted], measure if between else said
    if len(found) == 1 and len(figures) == 2 and (m := _PAIR.search(line.text, *found[0])):
        found = [(m.start(), m.start() + 1), (m.start() + 1, found[0][1])]  # 城乡居民收入分别为…
    if any(said <= f.start < figures[0].start for f in line.figures):
        said = line.pieces[line.piece(figures[0].start)][0]  # 分别达到8元和9元,增长5%和7%
    return (found, figures.index(q), said, figures[0].start) if len(found) == len(figures) else ([], -1, 0, 0)


def _names(line: Line, start: int, at: int) -> list[Span]:
    """The parts of a list that stands right before an offset."""
    last = max([start, *(e for s, e in line.pieces if e <= at and re.search("[一-鿿]", line.text[e:at]))])
    found = []
    for m in [*_JOINT.finditer(line.text, last, at), None]:
        stop = m.start() if m else at
        if line.text[last:stop].strip(" ,，、:："):
            found.append((last, stop))
        last = m.end() if m else at
    return found


def respective(line: Line, q: Quantity) -> str:
    """The words that belong to one of several figures after 分别: its own item of the list before, without the heads of the others; "" elsewhere.

    >>> line = Line.read("城镇、农村居民人均可支配收入分别增长4.9%和7.0%")
    >>> [respective(line, q) for q in line.figures]
    ['城镇居民人均可支配收入增长', '农村居民人均可支配收入增长']
    >>> line = Line.read("营业收入64.3亿元,净利润7.15亿元,分别增长8.2%和12.4%")
    >>> [respective(line, q) for q in line.figures[2:]]
    ['营业收入增长', '净利润增长']
    >>> line = Line.read("青河公司产值5180万元、净利润612万元,分别增长18.5%和9.3%")
    >>> [respective(line, q) for q in line.figures[2:]]
    ['青河公司产值增长', '青河公司净利润增长']
    >>> line = Line.read("监管货物87.6万吨、验放报关单19.3万票,同比分别增长16.2%和21.4%")
    >>> [respective(line, q) for q in line.figures[2:]]
    ['监管货物增长', '验放报关单增长']
    >>> line = Line.read("甲、乙两县入学率分别达到81%和79%,辍学率下降2%")
    >>> [respective(line, q) for q in line.figures[-3:]]
    ['甲两县入学率达到', '乙两县入学率达到', '']
    >>> line = Line.read("甲产品、乙产品分别实现收入8亿元和9亿元,同比分别增长3%和5%,毛利率分别为31%和27%")
    >>> [respective(line, q) for q in line.figures]
    ['甲产品实现收入', '乙产品实现收入', '甲产品增长', '乙产品增长', '甲产品毛利率为', '乙产品毛利率为']
    >>> line = Line.read("发行专项债30亿元、绿色债20亿元,票面利率分别为2.3%和2.2%")
    >>> [respective(line, q) for q in line.figures[2:]]
    ['发行专项债票面利率为', '绿色债票面利率为']
    >>> line = Line.read("第一至第四季度营业收入分别为8.15亿元、9.72亿元、9.48亿元和11.29亿元")
    >>> [respective(line, q) for q in line.figures[-4:]][::3]
    ['第一季度营业收入为', '第四季度营业收入为']
    >>> line = Line.read("第一、二、三产业增加值分别为16亿元、74亿元和43亿元,三次产业贡献率分别为14%、47%和39%")
    >>> [respective(line, q) for q in line.figures[-6:]][1::2]
    ['第二产业增加值为', '第一产业贡献率为', '第三产业贡献率为']
    >>> line = Line.read("城乡居民人均可支配收入分别达到41386元和22754元,增长5.2%和7.1%")
    >>> [respective(line, q) for q in line.figures]
    ['城镇居民人均可支配收入达到', '农村居民人均可支配收入达到', '城镇居民人均可支配收入增长', '农村居民人均可支配收入增长']
    """
    spans, number, low, high = items(line, q)
    if number < 0:
        return ""
    names = [line.text[s:e].strip(" ,，、:：") for s, e in spans]
    own, final = names[number], names[-1]
    body = name_of(names[0]) if all(any(e <= f.start <= e + 1 for f in line.figures) for _, e in spans) else ""
    own = own if not number or own.startswith(body) or name_of(own) else body + own  # 某公司产值5180万元、净利润612万元,分别…
    pair = _PAIR.match(line.text, spans[0][0]) if spans[0][1] == spans[-1][0] else None
    counted = any(spans[-1][1] == f.start for f in line.figures)
    measure, _, told = _THAN_BEFORE.sub("", line.text[low:high]).rpartition("分别")
    for form, (unit, _) in _COUNTED.items():
        if m := form.match(line.text, spans[0][0]):
            return f"第{'一二三四'[number]}{unit}" + line.text[m.end():spans[-1][1]] + measure + told
    if _ORDINAL.fullmatch(names[0]) and (last := _ORDINAL.match(final)):  # 第一、二、三产业
        return f"第{_ORDINAL.match(own)[1]}{final[last.end():]}{measure}{told}" if _ORDINAL.match(own) else own + measure + told
    if pair:
        return PAIRED[pair.group()][number] + line.text[pair.end():spans[-1][1]] + measure + told
    rest = "" if measure or counted or number == len(names) - 1 else final[_head(own, final):]
    return own + rest + measure + told


def item_of(line: Line, q: Quantity) -> Quantity | None:
    """The figure of the item that a figure behind 分别 belongs to: 612万元 of 9.3% in 产值5180万元、净利润612万元,分别增长18.5%和9.3%; None where the items have none.

    >>> line = Line.read("成交1127宗,金额3.84亿元,同比分别增长35%和28%")
    >>> item_of(line, line.figures[-1]).text, item_of(line, line.figures[0])
    ('3.84亿元', None)
    """
    spans, number, _, _ = items(line, q)
    return next((f for f in line.figures if number >= 0 and 0 <= f.start - spans[number][1] <= 1), None)


def other_item(line: Line, q: Quantity, theirs: Line, told: Quantity) -> str:
    """The figure ahead of a claim's, where the report's 分别 gives the claim's to the item of another figure: 金额3.84亿元,增长35% of 成交1127宗,金额3.84亿元,分别增长35%和28%; else "".

    >>> theirs = Line.read("成交1127宗,金额3.84亿元,同比分别增长35%和28%")
    >>> [other_item(line := Line.read(t), line.figures[1], theirs, theirs.figures[2]) for t in ("金额3.84亿元,增长35%", "成交1127宗,增长35%")]
    ['3.84亿元', '']
    >>> theirs = Line.read("住院满意度为96.4%,门诊满意度为92.7%,分别提高0.8个和1.5个百分点")
    >>> other_item(line := Line.read("门诊满意度为96.4%,提高1.5个百分点"), line.figures[1], theirs, theirs.figures[3])
    ''
    """
    item = item_of(theirs, told) if told in theirs.figures and not given_out(line, q)[1] else None
    ahead = [f for f in line.figures if line.piece(f.start) == line.piece(q.start) - 1 and f.kind not in ("date", "time")] if item else []
    if len(ahead) != 1 or relation(ahead[0], item) in AGREE:
        return ""
    spans, number, _, _ = items(theirs, told)
    own = theirs.text[slice(*spans[number])]
    for other, (s, e) in zip(given_out(theirs, told)[1], spans):
        names = [w.text for w in theirs.words if s <= w.start < e and w.weight >= 0.5 and w.text not in own]
        if (its := item_of(theirs, other)) and relation(ahead[0], its) in AGREE and all(name in line.text for name in names):
            return ahead[0].text
    return ""


def _head(own: str, final: str) -> int:
    """How long the beginning of a list's last item is that stands for what another item is; the rest is said of both.

    >>> _head("城镇", "农村居民收入"), _head("甲县高血压", "糖尿病患者管理率"), _head("规上工业", "服务业增加值")
    (2, 3, 3)
    """
    last = tagged(own)[-1][0] if own else ""
    if last == own:
        return len(own)
    edges = list(accumulate(len(word) for word, _ in tagged(final)))
    return next((edge for edge in edges if edge >= len(last)), len(final))


def foreign_items(line: Line, q: Quantity) -> tuple[Span, ...]:
    """The items of a 分别 list that belong to other figures: their words say nothing of this one.

    >>> line = Line.read("收入、利润分别增长8%和12%")
    >>> [line.text[s:e] for s, e in foreign_items(line, line.figures[1])]
    ['收入']
    """
    spans, number, _, _ = items(line, q)
    if number < 0:
        return ()
    own = line.text[slice(*spans[number])]
    return tuple((s, s + _head(own, line.text[s:e]) if i == len(spans) - 1 else e) for i, (s, e) in enumerate(spans) if i != number)
