"""What a sentence does with its facts: plans them, has done them, lets them rise or fall.

Read from general word lists (words.json); a word of one character counts only where the tagger cuts it alone.
"""
from __future__ import annotations

import re
from bisect import bisect_left

from figures.line import Line
from figures.tagger import LISTS, tagged
from quantities.parse import Quantity

SOLE = re.compile("唯一|独一无二|独家|仅此一")
PHASE = re.compile("[一二三四五六七八九十0-9]+[期批届](?!间)")
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百千万]+(?:多|余)?(?:[年个名家项元天条次件%]|公里|亿|户|亩)")
_CHANGE = re.compile(r"(?:增长|增加|上升|提高|上涨|增产|扩大|升高|提升|高于|高出|多于|回升|加快|攀升|下降|降低|减少|回落|缩小|下跌|低于|压缩|精简|裁减|减产|下滑|收窄|缩短|砍掉|下调|上调|相差|缩水|滑落|前移|后移|前进|后退|上移|下移|(?<![误偏])差|涨|跌|降|升|(?<![新净])增|减|(?<![最较])高|(?<![最较])低)了?(?:全市|全省|全国)?(?:平均(?:水平)?)?(?:约|近|超过|超)?$|(?:高于|低于|多于|少于|高出)[^，,]{0,7}[^，,的]$")  # 低于规定的95%: a level
MORE = re.compile(r"[比较](?:上一?学?年|去年)(?:同期)?(多|少)[一-鿿]{1,3}$|(?:比|较)[^，,。；;]{1,16}?(多|少|高|低|增|减|大|小|快|慢)(?:出|了)?(?:约|近|超过?)?$|(多|少)(?:出了?|了|[收挣赚花亏用付交产卖买购供发拿缴招来走]了?)(?:约|近)?$")
_REACHED = re.compile("(?:增|减|升|降|提高|增加|减少|提升|上升|下降|发展|扩大|增长|缩短|回升|压减|上调|下调)[至到为]$")
_CHAIN = re.compile("(?<![原按])(?:计划|力争|打算|拟(?=[建设投新]))(?![（(》”的书中内])[^，,。]{2,30}[，,]")
_GOALS = re.compile("(?:力争|(?<![原按])计划(?=到|在|于|完成|实现|新|开工|建成))[^，,。；;]{2,30}[，,]")
_NO_PLAN = re.compile("争取(?=[^，,。；;]{0,16}(?:资金|债券|国债|补助))|(?<=研发|人才|资助|培养|支撑|攻关|专项|引才)计划(?!于|在|到|明|后|[0-9])|按(?:原|既定)?计划(?!在|于|明|后|到|[0-9])|将(?=[一-鿿]{2,6}、)|(?<=现)有望(?=[一-鿿]{1,3}、)")  # 按计划推进; 将教育、民政等移交; 现有望河、青石两个校区
_OF_BEFORE = re.compile("[较比](?:上一?学?年|去年)(?:同期|[末底])?的$")
_BY_NOW = "现|目前|当前|已|截至|累计|实际"
_SO_FAR, _DONE = re.compile(f"{_BY_NOW}|其中"), re.compile(f"{_BY_NOW}|了(?!解)")
_ATTRIBUTE = re.compile("其?(?:已|尚未|未)[^，,。；;的]{1,16}的|(?:投产|投用|启用|竣工|建成|落成)(?:的?(?:时间|日期|期限|仪式|计划|目标))")  # 其已获授的股票: says nothing of what is done with it
_NAMED = re.compile("[“《][^“”《》，,。；;]{1,12}[”》]")  # “双高计划”建设单位: a plan's name
_BY_PLAN = re.compile("(?:按照?|根据|依据)[^，,。]{0,8}(?:规划|计划|方案|部署)[，,]")
AGAINST = re.compile("(?:[快慢高低]于|超过|不及|不如)[^，,。；;0-9]{1,16}的$")  # ahead of a figure that another is set against
_WILL = re.compile("(?<![重主需只首纪简])要(?:[把让使将]|力争|实现|达到|完成|建成|新[增建])")  # 明年要把收入做到9亿元
_NEITHER = re.compile("不[升增涨降减跌](?=反)")
_GOAL = re.compile("目标(?:是|为|定为|[:：])")
_BARE = re.compile("(?:已|约|近)?(?:为|达到?|是)(?:约|近)?")
_LEVEL = re.compile("(?<![一-鿿](?<![被由受]))(?P<level>[省市县区镇])(?:第?[0-9一二三四五六七八九十]{1,4}次)?(?P<body>党代会|人代会|政府|财政|委|人大|政协|[一-鿿]{1,5}?(?:局|厅|办|会|院|所|中心|公司|集团)(?![一-鿿](?<!授|评|命|表|认)))")
_GROUPS = [[w for w in group if len(w) > 1] for group in LISTS["opposites"]]
_UP = re.compile("|".join(sorted(LISTS["up"], key=len, reverse=True)))
_DOWN = re.compile("|".join(sorted(LISTS["down"], key=len, reverse=True)) + "(?![速震振肥])")  # 减速器


def _words_of(name: str) -> tuple[frozenset[str], re.Pattern[str]]:
    listed = LISTS[name]
    long = [w for w in listed if len(w) > 1]
    return frozenset(w for w in listed if len(w) == 1), re.compile("|".join(map(re.escape, sorted(long, key=len, reverse=True))))


_MARKS = {name: _words_of(name) for name in ("planned", "strong_planned", "done", "ongoing")}


def has(text: str, name: str) -> bool:
    """Whether a text holds a mark of one list.

    >>> has("总投资将超过5亿元", "planned"), has("主要超过5亿元", "planned"), has("已建成", "done")
    (True, False, True)
    >>> has("将原23路改为支线", "planned"), has("新校区将投入使用", "planned")
    (False, True)
    >>> has("其余3项正按计划推进", "planned"), has("将教育、民政等5项移交给北区", "planned"), has("学校现有望河、青石两个校区", "planned")
    (False, False, False)
    """
    short, long = _MARKS[name]
    text = _NO_PLAN.sub("", text)
    if long.search(text):
        return True
    tags = tagged(text[:400])
    return any(word in short and not (word == "将" and i + 1 < len(tags) and (tags[i + 1][1][:1] in "nmrj" and tags[i + 1][0] not in LISTS["completed"] or tags[i + 1][0] == "原")) for i, (word, _) in enumerate(tags))


def status(line: Line, at: int) -> str:
    """How far what stands at an offset has come: "planned", "done" or "" where nothing says. The figure's clause up to the end of its piece is read.

    >>> line = Line.read("力争年底前突破450家")
    >>> status(line, 7)
    'planned'
    >>> line = Line.read("码头计划2024年6月开工建设、2027年底建成")
    >>> [status(line, f.start) for f in line.figures]
    ['planned', 'planned']
    >>> line = Line.read("计划招生48人,实际录取46人,报到率92%,入选省“双高计划”单位12个"); [status(line, f.start) for f in line.figures]
    ['planned', '', '', '']
    """
    number = line.piece(at)
    start, end = line.pieces[number]
    if line.text[start - 1:start] == "、" and any(f.start == start and f.kind == "date" for f in line.figures):
        start = line.pieces[number - 1][0]  # 计划6月开工建设、2027年底建成
    text = _NAMED.sub(lambda m: "＿" * len(m[0]), line.text)
    near = _ATTRIBUTE.sub("", text[start:end])
    if _BY_PLAN.match(line.text[line.clause(at)[0]:at]) and not has(near, "done"):
        return "planned"
    first = line.clause(at)[0]
    if (chain := _CHAIN.search(text, first, start)) and not has(text[first:end], "done") and not _SO_FAR.search(text, chain.end(), start) and not _SO_FAR.match(near):
        return "planned"
    head = number
    while head and line.text[line.pieces[head][0] - 1] == "、":
        head -= 1
    if head < number and not _DONE.search(near) and status(line, line.pieces[head][0]) == "planned":
        return "planned"  # 计划归集82亿元、提取60亿元
    if _WILL.search(text, first, at) and not _DONE.search(text, start, end):
        return "planned"
    if (goal := _GOALS.search(text, first, start)) and not _DONE.search(text, goal.end(), end):
        return "planned"  # 力争到2025年底普及率达到94%,建成水库60座
    if (has(near, "strong_planned") or _GOAL.search(line.text[start:at])) and not has(near, "done"):
        return "planned"
    if has(near, "done"):
        return "planned" if has(near, "strong_planned") and "已" not in near else "done"
    if number:
        s, e = line.pieces[number - 1]
        if s >= line.clause(at)[0] and not _COUNTED.search(line.text[s:e]) and not _SO_FAR.match(near):
            return "planned" if has(line.text[s:e], "strong_planned") and not has(line.text[s:e], "done") else ""
    return ""


def uneven(ours: str, theirs: str) -> bool:
    """Whether a claim says of several that all of them rise or fall, where the report has one of them go the other way.

    >>> uneven("蔬菜和水果产量双双增长", "蔬菜产量增长2%;水果产量下降1%"), uneven("蔬菜产量增长", "蔬菜产量增长2%;水果产量下降1%")
    (True, False)
    """
    both = re.search("双双|[均都](?![衡匀等市城会])|同步|齐", ours)
    return bool(both) and any(mine.search(ours, both.end()) and other.search(theirs) for mine, other in ((_UP, _DOWN), (_DOWN, _UP)))


def direction(line: Line, start: int, end: int) -> int:
    """1 where the figure is of a rise, -1 of a fall, 0 where no word near it says.

    >>> line = Line.read("产值增长5%,利润下降3%")
    >>> direction(line, 4, 6), direction(line, 11, 13)
    (1, -1)
    >>> line = Line.read("比3年前快了11个小时,比去年快2个百分点"); [direction(line, f.start, f.end) for f in line.figures if f.kind in ("duration", "points")][1:]
    [-1, 1]
    >>> line = Line.read("净利润增长28%,增幅低于营业收入的33%"); direction(line, line.figures[1].start, line.figures[1].end)
    1
    """
    low, high = line.pieces[line.piece(start)]
    if prior := _shared(line, start):
        return direction(line, prior.start, prior.end)
    if m := MORE.search(line.text[low:start]):
        timed = m[m.lastindex] in "快慢" and any(f.start == start and f.kind == "duration" for f in line.figures)  # the faster, the less time
        return (1 if m[m.lastindex] in "多高增大快" else -1) * (-1 if timed else 1)
    left = AGAINST.sub("", line.text[max(low, start - 12):start])
    best, found = -1, 0
    for sign, pattern in ((1, _UP), (-1, _DOWN)):
        for m in pattern.finditer(left):
            if m.end() > best:
                best, found = m.end(), sign
    if found:
        return found
    right = line.text[end:min(high, end + 4)]
    return 1 if _UP.match(right) else -1 if _DOWN.match(right) else 0


def _shared(line: Line, start: int) -> Quantity | None:
    """The first of the figures before one that only 和 or 、 part from it, and whose verb it shares: 分别增长8%、9%和12%."""
    if "分别" not in line.text[line.clause(start)[0]:start]:
        return None
    first, i = None, bisect_left(line.figures, start, key=lambda f: f.start) - 1
    while i >= 0 and line.text[line.figures[i].end:start] in ("和", "、", "与", "及"):
        first, start, i = line.figures[i], line.figures[i].start, i - 1
    return first


def change(line: Line, start: int, end: int) -> str:
    """Whether a figure is a "change" (减少0.3万人, 增速为5%), a "level" (人口51万人), a "new" count or a "total", or "" where that is open.

    >>> line = Line.read("人口51万人,比上年减少3000人,离目标差了2万人,低于规定的60万人")
    >>> [change(line, q.start, q.end) for q in line.figures if q.kind == "count"]
    ['level', 'change', 'change', '']
    >>> line = Line.read("利润3亿元,较上年同期的4亿元下降25%"); [change(line, q.start, q.end) for q in line.figures if q.kind != "date"]
    ['level', 'level', 'change']
    >>> [change(line, line.figures[0].start, line.figures[0].end) for line in (Line.read("外购粮多买了6万吨"), Line.read("外购粮买了6万吨"))]
    ['change', 'level']
    """
    low, high = line.pieces[line.piece(start)]
    if _BARE.fullmatch(line.text[low:start]) and line.piece(start) and line.text[end:high].strip("的左右") == "":
        low = line.pieces[line.piece(start) - 1][0]  # 增速最快,为7.2%
        if any(low <= f.start < start and f.kind not in ("date", "time") for f in line.figures):
            low = line.pieces[line.piece(start)][0]
    left = line.text[max(low, start - 14):start]
    if prior := _shared(line, start):
        return change(line, prior.start, prior.end)
    if _REACHED.search(left) or _OF_BEFORE.search(left) or re.match("的[^，,]{0,4}目标", line.text[end:high]):
        return "level"
    if re.search("(?:省[下出了]|节[省约])(?:约|近)?$", left):
        return ""
    if _CHANGE.search(left) or MORE.search(line.text[low:start]) or re.search("%|百分|点$", line.text[start:end]) and re.search("(?:增速|增幅|涨幅|降幅|增长率|增长速度)[^0-9]{0,6}$", left) or re.match(r"的?(?:增长|增幅|涨幅|降幅|增速|下降)(?![到至为])", line.text[end:min(high, end + 5)]):
        return "change"
    if new := re.search("新(?:增|认定|建|设|开|签|引进|入库|登记)|净[增添]|总数|总量|总计|累计|数量|存量|现有|共有", line.text[low:start]):
        return "new" if new.group()[0] in "新净" else "total"
    if left.endswith("共") and not any(w.verb and w.weight >= 0.5 and low <= w.start < start for w in line.words):
        return "total"  # 企业共14家, of which nothing is done
    return "" if _UP.search(left) or _DOWN.search(left) else "level"


def contrast(claim: str, source: str) -> str:
    """The word of a claim in whose place the source has another of its kind (全省 for 全市, 进口 for 出口), or "".

    >>> contrast("某分会副主任委员", "某分会主任委员")
    '副主任'
    >>> contrast("省党代会采纳建议7条", "市十次党代会报告采纳建议7条"), contrast("市党代会采纳", "市十次党代会采纳")
    ('省党代会', '')
    >>> contrast("该站被市文明办授予称号", "该站被省文明办授予称号"), contrast("该站被省文明办授予称号", "该站被省文明办授予称号")
    ('市文明办', '')
    >>> contrast("全省先进单位", "全市先进单位"), contrast("全市先进单位", "先进单位")
    ('全省', '')
    """
    for a, b in ((claim, source), (source, claim)):
        for m in re.finditer("副(?:[一-鿿]{0,2}长|主任|书记|主席|主编|会长|院长|校长|经理|总裁)", a):
            if m.group() not in b and m.group()[1:] in b and not re.search(f"(?<!副){m.group()[1:]}", a):
                return m.group()
    for m in _LEVEL.finditer(claim):  # 省党代会 for 市十次党代会
        if re.search(f"(?!{m['level']})[省市县区镇](?:第?[0-9一二三四五六七八九十]{{1,4}}次)?{m['body']}", source) and not re.search(f"{m['level']}(?:第?[0-9一二三四五六七八九十]{{1,4}}次)?{m['body']}", source):
            return m.group()
    for group in _GROUPS:
        ours, theirs = [w for w in group if w in claim], [w for w in group if w in source]
        if ours and theirs and not set(ours) & set(theirs):
            return ours[0]
    return ""


def completed(claim: str, source: str) -> bool:
    """Whether a source has the completion (建成, 通车) that a claim speaks of; True where it speaks of none.

    >>> completed("大桥已建成", "打造大桥"), completed("大桥已建成通车", "大桥通车")
    (False, True)
    """
    ours = [w for w in LISTS["completed"] if w in claim]
    return not ours or any(w in source for w in ours) or "投用" in ours and "投入使用" in source or "投入使用" in ours and "投用" in source


def way(text: str) -> int:
    """1 where a text only has words of rise, -1 where only of fall, else 0.

    >>> way("收入比上年增加"), way("收入下降"), way("原料价格走低"), way("收入稳定"), way("外资不升反减")
    (1, -1, -1, 0, -1)
    """
    text = _NEITHER.sub("", text)
    return bool(_UP.search(text)) - bool(_DOWN.search(text))


def turned(claim: str, source: str) -> bool:
    """Whether one text has its facts rise and the other fall.

    >>> turned("水平下降", "提升了水平"), turned("水平提高", "提升了水平")
    (True, False)
    """
    return way(claim) * way(source) < 0
