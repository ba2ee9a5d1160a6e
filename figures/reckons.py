"""How a claim says that a figure is reckoned: more than another thing's by so much, the sum of what it names, so many of several, what is left, so much for each."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from figures import marks
from figures.line import Line, Span
from figures.named import RATE
from quantities.parse import Quantity

SUM = re.compile("(?:合计|共计|总计|总共|一共|加起来|加在一起|相加|之和|两者共|两项共|三[者项]共)[^，,。；;]{0,24}$|(?<=[一-鿿])共有?$")
PLAN = re.compile("计划|目标|原定|规划|任务|打算|预期|预算")
EACH = re.compile("(?:人均|户均|月均|平均每个?[一-鿿]|每[人户家个]平均)[^，,。；;]{0,8}$")
LEFT = re.compile("以外|之外|除外|其余|其他|剩|还|尚|仍|差|余下")
_AND = re.compile("、|和|与|及|加上?")
_REST = re.compile("以外|之外|除外|其余|其他|剩|还有|尚有|仍有|[还尚仍]欠|差|没有?|未|不")
_ABOUT = "(?:约|近|大约|将近|超过)?$"
_THAN = re.compile(f"(?P<a>[^，,。；;：:]{{0,60}}?)(?:比|较)(?P<b>[^，,。；;]{{1,24}}?)(?:还|又|要|足足|整整)*(?P<way>[多少高低增减快慢])[一-鿿]{{0,2}}{_ABOUT}")
_OVER = re.compile(f"(?P<a>[^，,。；;：:]{{0,60}}?)(?<!不)(?P<way>[多少高低快慢])于(?P<b>[^，,。；;0-9]{{1,16}}?){_ABOUT}")
_APART = re.compile("(?:两者|二者|双方)?(?:之间)?(?:相差|差距[为达]?|差)(?:了|约|近)?")
_TIME = re.compile("上年|去年|前年|同期|上一?[年届季]|年初|[0-9一二]{2,4}年|以前|之前|最?初|原来|改革前")
_UP = re.compile("前移|前进|上升|跃升|提[高升前]|[净新]?[增添]|涨|扩|多")
_DOWN = re.compile("后移|后退|下[降滑跌]|减|降|缩|少|跌|回落|省|收窄")
_SHORT, _WHOLE = re.compile("第?([一二三四])"), re.compile("第?([一二三四])(产业|季度)")
_PARTS = {"上半年": "一二", "下半年": "三四", "前三季度": "一二三"}
_MANY = re.compile("(?P<n>[两三四五六七八九])(?:大|个|项|类|种|家|条|者|地|县|区|市|省|次|名|位)")


@dataclass(frozen=True)
class Than:
    """What a claim compares and with what. sign: 1 where it is more; low: where the pieces that name what is compared begin; light: ranges that only say how."""

    subject: str
    other: str
    sign: int
    low: int
    light: tuple[Span, ...]

    @property
    def planned(self) -> bool:
        return bool(PLAN.search(self.other))

    @property
    def average(self) -> bool:
        return bool(re.search("平均(?:水平|数|值)?$", self.other))

    @property
    def timed(self) -> bool:
        """Whether what is compared with is the same thing of another time."""
        return not self.planned and bool(_TIME.search(self.other))


@dataclass(frozen=True)
class Reckons:
    """How a claim reckons a figure. names: what a sum is of; many: of how many things it is that the claim only counts; sign: whether a change is a rise."""

    left: str
    right: str
    than: Than | None
    summed: bool
    names: tuple[str, ...]
    many: int
    rest: bool
    each: str
    changed: bool
    sign: int


@lru_cache(256)
def reckons(line: Line, q: Quantity) -> Reckons:
    """How a claim reckons a figure of it.

    >>> line = Line.read("第二、三产业合计占80%"); reckons(line, line.figures[-1]).names
    ('第二产业', '第三产业')
    >>> line = Line.read("三大产业产值合计8亿元"); reckons(line, line.figures[-1]).many
    3
    >>> for text in ("乡村增速高于城镇3个百分点", "产值8亿元,增幅比城镇高3个百分点", "收入增速慢于业务量,两者相差3个百分点"):
    ...     line = Line.read(text); than = reckons(line, line.figures[-1]).than; print(than.subject, than.other, than.sign)
    乡村增速 城镇 1
    产值8亿元,增幅 城镇 1
    收入增速 业务量 -1
    """
    low, high = line.pieces[line.piece(q.start)]
    left, right = line.text[low:q.start], line.text[q.end:high]
    lead = re.split("[，,。；;：:]", line.text[:q.start])[-1]
    than, sums, each = _than(line, q), SUM.search(lead), EACH.search(left)
    changed = marks.change(line, q.start, q.end) == "change" or bool(than) or q.kind == "rank" or bool(re.search("净[增添]|前移|前进|增幅|节省|节约|新增|[省少多]了$", left))
    sign = than.sign if than else 1 if _UP.search(left) else -1 if _DOWN.search(left) else 0
    names = _names(SUM.sub("", lead)) if sums else ()
    if len(names) < 2 and (part := next((numbers for word, numbers in _PARTS.items() if word in line.text), "")):
        names = tuple(f"第{n}季度" for n in part)
    many = next(("两三四五六七八九".index(m["n"]) + 2 for m in _MANY.finditer(left) if sums), 0)
    return Reckons(left, right, than, bool(sums), names, many, bool(_REST.search(left + right)), each.group() if each else "", changed, sign)


def _than(line: Line, q: Quantity) -> Than | None:
    low = line.pieces[line.piece(q.start)][0]
    if _APART.fullmatch(line.text, low, q.start) and line.piece(q.start):
        low, end = line.pieces[line.piece(q.start) - 1]
        m = _THAN.fullmatch(line.text, low, end) or _OVER.fullmatch(line.text, low, end)
    else:
        m = _THAN.search(line.text, low, q.start) or _OVER.search(line.text, low, q.start)
    if m is None:
        return None
    begins = line.pieces[max(0, line.piece(low) - 1)][0] if re.fullmatch(f"(?:{RATE})?", m["a"]) else m.start("a")  # 甲增长17%,增速比乙高6个百分点
    light = tuple(sorted(((min(m.end("a"), m.end("b")), max(m.end("a"), m.start("b"))), m.span("way"))))
    return Than(line.text[begins:m.end("a")], m["b"], 1 if m["way"] in "多高增快" else -1, begins, light)


def _names(text: str) -> tuple[str, ...]:
    """The things of which a text is a list, of ordinals each with the noun of the last: 二、三产业."""
    names = [name for name in _AND.split(text) if name]
    names[-1:] = [re.sub("(?<=[一-鿿]{2})的[一-鿿]+$", "", name) for name in names[-1:]]  # 国企和机关的毕业生: both count them
    whole = _WHOLE.search(names[-1]) if len(names) > 1 else None
    if whole and all(_SHORT.fullmatch(name[-2:]) or _SHORT.fullmatch(name[-1:]) for name in names[:-1]):
        return tuple(f"第{n}{whole[2]}" for n in [*(name[-1] for name in names[:-1]), whole[1]])
    return tuple(names)
