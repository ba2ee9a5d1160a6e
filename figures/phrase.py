"""Noun phrases of a sentence as a reader would cut them: what leads to one or to its figure is taken off, and where one ends."""
from __future__ import annotations

import re
from collections.abc import Callable

from figures.line import Line
from figures.tagger import tagged
from quantities.parse import Quantity

_LEADS = frozenset("则 其中 其 包括 此外 另外 同时 同年 当年 全年 年末 目前 至此 日前 截至 现在 过去 如今 以及 及 和 与 并 又 先后 共 总共 累计 的 地 于 对 从 由 以 为 在 至 到 等 特别是 因 也 还 才 仅 只 里 内 间 中 后 前 起 来 年来 届时 一度 自 据 刚刚 现 "
                   "合计 给 把 将 被 向 是 有 已 已经 并且 而 但 就 均 都 这 那 这个 那个 今年 去年 明年 每年 一共 拢共 "
                   "一是 二是 三是 四是 五是".split())
TAIL = re.compile(r"(?:(?:一度)?(?:由|从)(?:每[一-鿿]{1,5}|目前|现在|原来)的?|达到|达|为|是|(?<![持拥所含具])有着?|共有|共|约|已经|已|仅|只有|只|超过|突破|近|从|由|自|人民币|增至|增加到|增加至|增加为|增长到|增长至|发展到|扩大到|减少到|减至|降至|降到|降为|升至|升到|提高到|提升至|提升到|提高至|上升到|调整为|调整到|压缩至|压缩到|缩短至|缩短到|下降到|下降至|"
                   r"稳定在|控制在|保持在|维持在|实现|累计|总计|合计|分别|至|到|(?<![集初高职])中|在|拿出|连续|全部|均|都|则|也|还|就|才|只用|仅用|仍有|仍|将|拟|力争|计划|预计|其|每|各|要|了|的|把|一共|拢共|共计|不|约为|最多|最少|目前|现在|当前|如今|此前|"
                   r"[ ,，、:：\-—])+$")
LIGHT = re.compile(r"^(?:完成|实现|获得|取得|达到|共有|拥有|下设|设有|设|现有|有|获|累计完成|累计实现|保持|拿到|得到|组织开展|开展)+(?=[“一-鿿A-Za-z]{2})")
LONGEST = 30  # characters of a measure
_STOPS = frozenset("全部 实现 进行 得到 获得 完成 达到 升入 全 均 都 已 提供 产生 共 比 占 达 分别 集中 各自 同时 免费 享受 带有 参加 就 组成 构成 建成 投产 投用 开工 完工 竣工 开通 通车 启用 建成投产 投入使用".split())


def trim(text: str) -> str:
    """A noun phrase without what only leads to it or to its figure.

    >>> trim("其中合同总投资达"), trim("“四上”企业数从"), trim("地区生产总值"), trim("药占比由"), trim("在职员工")
    ('合同总投资', '“四上”企业数', '地区生产总值', '药占比', '在职员工')
    """
    text = TAIL.sub("", re.sub(r"\[[0-9]+\]|^[\s\-—#*]*[0-9]{1,2}[.．、](?![0-9])", "", text))
    at, tags = 0, tagged(text[:60])
    for i, (word, tag) in enumerate(tags):
        if word in _LEADS or tag == "x" and word not in "“《(（" or tag == "t" and i + 1 < len(tags):
            at += len(word)
        else:
            break
    text = text[at:]
    if m := re.match(r"[一-鿿]{1,8}?看[,，]", text):
        text = text[m.end():]
    for opening, closing in ("“”", "()", "（）", "《》"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.strip(" -—#*>")


def nominal(text: str) -> bool:
    """Whether a text holds a noun."""
    return any(tag[:1] in "njlisb" or tag in ("vn", "an", "eng", "zg") for _, tag in tagged(text[:60]))


def noun_head(text: str) -> str:
    """The noun phrase that a text begins with, for what stands right of a figure: up to its first other word.

    >>> noun_head("工作任务、120亩"), noun_head("完成审批"), noun_head("行政审批部门"), noun_head("公厕全部被评为星级"), noun_head("服务站建成运营")
    ('工作任务', '', '行政审批部门', '公厕', '服务站')
    """
    out, noun, kept = "", False, 0
    tags = tagged(text[:40])
    for i, (word, tag) in enumerate(tags):
        after = tags[i + 1][1] if i + 1 < len(tags) else ""
        if word in _STOPS or tag == "x" and word not in "“”\"()（）《》-—、" or tag[:1] in ("p", "c", "d", "r", "y", "m") or tag[:1] == "t" and noun:
            break
        if tag[:1] == "v" and tag != "vn" and (len(word) == 1 and noun or after and after[:1] not in "nvjbx" or not noun and after[:1] not in ("n", "v", "j")):
            break
        if tag == "f" and noun and not after:
            break
        if (word in ("的", "以上", "以下") or tag[:1] == "t") and not out:
            continue
        out += word
        noun = noun or tag[:1] in "njlise" or tag in ("vn", "zg")
        if tag[:1] in "njlisbv" or tag in ("eng", "an", "zg") or word in "”》)）":
            kept = len(out)
    out = out[:kept].strip("、 ")
    for opening, closing in ("“”", "()", "（）", "《》"):
        if out.count(opening) != out.count(closing):
            out = out.partition(opening)[0] or out.strip(opening + closing)
    return out if noun else ""


def readable(measure: str, line: Line, q: Quantity) -> str:
    """A measure that a stranger understands: as it is where it holds a noun, else the figure's piece with ＿ for the figure.

    >>> line = Line.read("前前后后花了47天")
    >>> readable("花", line, line.figures[0]), readable("产量", line, line.figures[0])
    ('前前后后花了＿', '产量')
    """
    if q.kind in ("date", "time", "rank") or nominal(measure) or len(measure) > 3 and all(len(word) > 1 and tag[:1] == "v" for word, tag in tagged(measure)):
        return measure
    low, high = line.pieces[line.piece(q.start)]
    start, end = max(low, q.start - LONGEST // 2), min(high, q.end + LONGEST // 2)
    shown = f"{line.text[start:q.start]}＿{line.text[q.end:end]}".strip(" “”\"、")
    return shown if len(shown) > 3 else measure


def without(measure: str, said: str, owner: str) -> str:
    """A measure without the name of its owner, which has a column of its own; as it is where nothing would be left.

    >>> without("南建公司施工产值", "南建公司", "南建公司"), without("该区GDP", "该区", "东区"), without("企业数", "", "东区")
    ('施工产值', 'GDP', '企业数')
    """
    for name in (said, owner):
        if name and measure.startswith(name) and len(rest := measure[len(name):].lstrip("的之,，、")) > 1 and (nominal(rest) or rest[-1:] == "率"):
            return LIGHT.sub("", rest)
    return measure


def share_of(before: str, left: str, earlier: Callable[[], str]) -> str:
    """占比, 占X的, 完成X的: a share with what it is of; "" for another percentage."""
    if m := re.search("(.*?)(?:所?占)([^，,占]{2,20})的(?:比重|比例)?(?:达到|达|为|是|约|超过|近)*$", left):
        return f"{trim(m.group(1)) or LIGHT.sub('', earlier())}占{m.group(2)}的比重"[-LONGEST - 6:]
    if m := re.fullmatch("(.*?)(?:占比|比重|占)", before):
        return f"{TAIL.sub('', m.group(1)) or LIGHT.sub('', earlier())}占比"[-LONGEST:]
    if (m := re.fullmatch("(.*?)完成([^，,]{2,14})", before)) and left.endswith("的"):
        return f"{TAIL.sub('', m.group(1)) or LIGHT.sub('', earlier())}{m.group(2)}完成率"[-LONGEST:]
    return ""
