"""Whether a figure is planned, done or denied, by its sentence, its heading and its date."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures import marks, negation
from figures.line import Line
from figures.tagger import tagged
from quantities.parse import Quantity

_GOAL = re.compile("目标(?:任务)?(?:是|为|如下|:|：)")
_TASKS = re.compile("(?:目标|计划|打算|展望|工作安排|重点工作|工作重点|下一步|任务)(?:和[一-鿿]{2,8})?$")
_AND = re.compile("[一-鿿]{2,}[与及暨和](?=[一-鿿]{0,4}(?:计划|打算|展望)$)")  # 重要事项与下年计划: not all under it is to come
_BY = re.compile("[日月年底末初]前|推进|加快|实现|完成|建成")
_PAST = re.compile("回顾|总结|完成情况|执行情况|成绩")
_WILL = re.compile("(?<![不需主只首重摘])要(?![求素点闻务件是的地塞领职害])|必须|确保|拟")
_SHARE = re.compile("[，,](?:占|为|是|完成|相当于)[^，,。；;0-9]{0,8}(?:计划|目标|任务)")  # 年度计划投资9亿元,已完成3亿元,占计划的33%
OF_PLAN = re.compile("(?:比|占|较|完成)[^，,]{0,6}(?:计划|预期|目标)")  # 占年度计划的104%, 比年初计划多3个: reached, not planned
_ATTRIBUTE = re.compile("[（(][^（）()]*[)）]|[不未][一-鿿]{1,7}?的(?=[一-鿿“])")


def _future(line: Line, date: tuple[int, int | None] | None) -> bool:
    """Whether a sentence names a time that is not over at the document's date."""
    now = date[0] * 10000 + (date[1] or 12) * 100 if date else None
    return now is not None and any(q.kind == "date" and q.date is not None and q.high >= max(now, 10000000) for q in line.figures)


def state_of(line: Line, q: Quantity, path: Sequence[str], date: tuple[int, int | None] | None, low: int | None, high: int | None = None) -> str:
    """"planned" by the figure's own words, "due" by what stands around it (a goal, 要, its heading, a time to come), "done" or "". path: the sentence's headings. date: the document's. low, high: the first and last day of the figure's period.

    >>> line = Line.read("今年要办好八件实事", (2024, 1)); state_of(line, line.figures[-1], (), (2024, 1), None)
    'due'
    >>> line = Line.read("主要目标是:产值增长6%"); state_of(line, line.figures[0], (), None, None)
    'due'
    >>> line = Line.read("坐车要两个半小时"); state_of(line, line.figures[0], (), (2024, 1), None)
    ''
    >>> line = Line.read("推进新馆6月底前建成投用", (2024, 1)); state_of(line, line.figures[0], ("题", "2024年目标任务"), (2024, 1), None)
    'due'
    >>> line = Line.read("2月至8月回购股份312万股"); state_of(line, line.figures[1], ("题", "重要事项与下年计划"), (2024, 12), 20240201, 20240831)
    ''
    >>> line = Line.read("新建农田5万亩"); state_of(line, line.figures[0], ("题", "七、2024年主要目标", "(一)农业"), (2024, 1), None)
    'due'
    """
    start, end = line.pieces[line.piece(q.start)]
    piece = line.text[start:end]
    if OF_PLAN.search(piece[:q.start - start]) or _SHARE.match(line.text, end):
        return ""
    found = marks.status(line, q.start)
    if q.kind == "date":
        high = int(q.high) if q.date is not None and not q.date.inferred and q.high >= 10000000 else None
    over = high is not None and date is not None and high < date[0] * 10000 + (date[1] or 12) * 100
    task = not over and any(_TASKS.search(h) and not _PAST.search(h) and not _AND.search(h) for h in (re.split("[:：,，]", h)[0] for h in path[1:] or path)) and not re.search("已|去年|上年|以来|目前", piece)
    if found and not (task and found == "done" and _BY.search(line.text[start:q.end + 1])):
        return found
    if low is not None and date is not None and low // 10000 > date[0]:
        return "planned"
    if low is not None and date is not None and low > date[0] * 10000 + (date[1] or 12) * 100 + 31 or _GOAL.search(line.text[:q.start]):
        return "due"
    if (m := _WILL.search(piece)) and m.end() < q.start - start and not re.match("[0-9一二三四五六七八九十两]", piece[m.end():]) and _future(line, date):
        return "due"
    return "due" if task and (found or q.kind not in ("date", "time")) else ""


def denied(piece: str, at: int) -> bool:
    """Whether a piece denies what stands at an offset of it: not by a bracket, nor by what only describes something (不限次的月票, 不见面审批).

    >>> denied("未完成8%的目标", 3), denied("固定资产投资(不含农户)增长4.7%", 13), denied("推出180元不限次的月票", 2), denied("不见面审批事项占90%", 8)
    (True, False, False, False)
    >>> denied("386户没有一户上访", 0), denied("2400股不参与分派", 0)
    (False, True)
    """
    text = _ATTRIBUTE.sub("", piece)
    if re.match("不见面|不动产|未成年|不锈钢|不良", text) or re.search("没有一[户个人家名次]|无一[户人家例]", piece[at:]) and not re.match("一", piece[at:]):
        return False
    for i, (word, tag) in enumerate(tags := tagged(text[:200])):
        if word[:1] in "不未" and i + 2 < len(tags) and tags[i + 1][1][:1] == "n" and tags[i + 2][1] in ("v", "vn") and i == 0:
            return False  # 不见面审批: no verb is denied
    return bool(negation.negated(text))
