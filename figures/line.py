"""A sentence, of a claim or of a report, as it is compared: its words with weights, its figures, its pieces.

Words are cut by rjieba with their parts of speech; a word that tells what is spoken of (noun, name) weighs 1, a verb or
adjective less, a particle nothing. Offsets are those of the text given. Time is linear in its length.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from figures.tagger import tagged, weight
from quantities.numerals import normalise
from quantities.parse import Quantity, names, parse
from quantities.quantity import EXACT, plain

_COMMA = re.compile(r"[，：:！!？?。…\n|]|(?<![0-9]),|,(?![0-9]{3})")
_GIVEN = re.compile(r"[ ]?(?:则|也|均)?(?:达到?了?|高达|多达|仅?为|只有|仅有)[ ]?")  # 工学最高,达35%: of what stands before the comma
_NEXT_DAY = re.compile("[^，,。；;、]{3,}、")
_STOP = re.compile(r"[；;]")
_JOINT = re.compile(r"[、]|以及|及|和|与|并(?!购|网|轨)|同时|(?<=[个家项次件名人元亩吨户])[ ]")
_NAMED = re.compile(r"[“《\"]([^“”《》\"，。；,;、\n]{2,14})[”》\"]")
_EACH = re.compile(r"每([0-9]{0,5})(股|人|户|亩|吨|公斤|名|套)(?:每([年月天日]))?[^，。；,;0-9]*$")
_PAST = re.compile(r"(超过|不足|不到|接近|近)[^，,。；;、0-9]{1,14}的$|(约|近|大约)占[到了]?$")
_LEAST = re.compile(r"(至少|最多|不低于|不少于|不超过)(?:[为是有]|达到?)$")
_LISTED = re.compile(r"(?:^|[。；;\n])[\s#*\-]*$")
_BRACKETED = re.compile(r"(?:^|[。；;，,：:\n])\s*[（(]$")
_TABLE = re.compile(r"(?:^|[。；;，,（(\s])(?:表|图|附表|附图|附件|专栏)[ ]?$")
_QUOTES = re.compile(r"[“”\"'‘’《》（）()【】\[\]*#·]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Word:
    """A word that tells something. weight: 1 for a noun or a name, .5 for a verb or adjective, .15 for a common one.

    noun: it weighs 1 and names a thing. nominal: a noun of any weight. quoted: a name in quotation marks or with numerals, which counts only whole.
    """

    text: str
    start: int
    end: int
    weight: float
    noun: bool = False
    name: bool = False
    quoted: bool = False
    verb: bool = False
    nominal: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence read. `text` is normalised (half-width, simplified), of the length of the original."""

    text: str
    figures: tuple[Quantity, ...]
    words: tuple[Word, ...]
    clauses: tuple[Span, ...]
    pieces: tuple[Span, ...]

    @classmethod
    def read(cls, text: str, date: tuple[int, int | None] | None = None) -> Line:
        """Any text; nothing is raised.

        >>> line = Line.read("粮食产量87.3万吨,增长2%;其中产业项目103个、民生项目24个")
        >>> [line.text[s:e] for s, e in line.pieces]
        ['粮食产量87.3万吨', '增长2%', '其中产业项目103个', '民生项目24个']
        >>> [(w.text, w.weight) for w in line.words][:3]
        [('粮食产量', 1.0), ('增长', 0.15), ('产业', 1.0)]
        """
        text = normalise(text)
        figures = tuple(_paired([_rated(q, text) for q in parse(text, date) if not (q.weak or _label(q, text))]))
        return cls(text, figures, tuple(_words(text, figures)), *_cut(text, figures))

    def piece(self, at: int) -> int:
        """The number of the piece that holds an offset."""
        return max(0, bisect_right(self.pieces, (at, len(self.text) + 1)) - 1)

    def clause(self, at: int) -> Span:
        """The clause, between semicolons, that holds an offset."""
        return self.clauses[max(0, bisect_right(self.clauses, (at, len(self.text) + 1)) - 1)]

    @cached_property
    def runs(self) -> tuple[Span, ...]:
        """Noun phrases of several words with nothing between them, four characters or more: names of bodies and works mostly.

        >>> line = Line.read("创新创业服务园区的总部经济企业有25家")
        >>> [line.text[s:e] for s, e in line.runs]
        ['创新创业服务园区', '总部经济企业']
        """
        found: list[list[int]] = []
        tied = [(w.start, w.end) for w in self.words if w.noun or w.weight >= 0.15]
        for s, e in tied:
            if found and found[-1][1] == s:
                found[-1][1] = e
            else:
                found.append([s, e])
        return tuple((s, e) for s, e in found if e - s >= 4 and any(w.noun and s <= w.start < e for w in self.words))

    @cached_property
    def bare(self) -> str:
        """The text without quotation marks and brackets: what words are looked up in."""
        return bare(self.text)


def bare(text: str) -> str:
    """A text as words are looked up in it: without quotation marks, brackets, marks of Markdown and spaces.

    >>> bare("“四上” 企业(含新设)")
    '四上企业含新设'
    """
    return _QUOTES.sub("", text).replace(" ", "").lower()


def _label(q: Quantity, text: str) -> bool:
    """What only names: the mark of a note, [3], of a list, 1. （2）, of a table, 表1; a part of a work, 二期项目, and the base of a rate, 每10股.

    >>> [[q.text for q in Line.read(t).figures] for t in ("1.发放对象:3人", "表2 主要产品", "（1）持有9股", "增长1.5倍", "得分（95）", "(2023)9元")]
    [['3人'], [], ['9股'], ['1.5倍'], ['95'], ['2023', '9元']]
    """
    if q.kind == "number":
        before, after = text[max(0, q.start - 12):q.start], text[q.end:q.end + 2]
        if len(q.text) < 3 and q.text.isdigit() and (_LISTED.search(before) and re.match("[.．、](?![0-9])", after) or _BRACKETED.search(before) and after[:1] in ")）" or _TABLE.search(before)):
            return True
        return before[-1:] == "[" and after[:1] == "]"
    if q.kind == "count" and text[q.start - 1:q.start] == "每":
        return True
    return q.kind == "count" and q.measure == "期" and len(q.text) == 2 and q.text[0] in "一二三四五六七八九十"


def _rated(q: Quantity, text: str) -> Quantity:
    """每股派发现金红利0.5元 is 0.5元 for a share, 每10股补缴1元 is 0.1: what 每 and a measure word before a sum say, the sum keeps.

    >>> a, b = (Line.read(t).figures[-1] for t in ("每股派发现金红利0.5元", "每10股实际派发5.00元"))
    >>> a.dimension, a.low == b.low
    ('money/股', True)

    Of a fraction 超过, 不足 and 约 tell also from before what it is of, and 至少 and the like before 为:

    >>> [f.hedge for f in Line.read("超过林地面积的三分之一,不足总数的两成,占总数的一半,约占五分之一,每年至少为15万元").figures]
    ['超过', '不足', '', '约', '至少']
    """
    if not q.hedge and q.kind not in ("date", "time", "rank", "ordinal") and (m := (_PAST if q.kind in ("percent", "multiple") and q.text[-1:] != "%" else _LEAST).search(text, max(0, q.start - 20), q.start)):
        past = parse(m[m.lastindex] + q.text)[0]
        return replace(q, low=past.low, high=past.high, hedge=past.hedge)
    if q.kind != "money" or q.per or not (m := _EACH.search(text[max(0, q.start - 20):q.start])):
        return q
    times = Decimal(int(m.group(1) or 1) or 1)
    return replace(q, per=m.group(3) or m.group(2), low=plain(EXACT.divide(q.low, times)), high=plain(EXACT.divide(q.high, times)), written=replace(q.written, factor=EXACT.divide(q.written.factor, times)))


def _paired(figures: list[Quantity]) -> list[Quantity]:
    """由每人每月610元提高到650元: both ends are for each person."""
    return [replace(b, per=a.per) if a is not None and b.role == "to" and a.role == "from" and a.per and not b.per and a.base == b.base else b for a, b in zip([None, *figures], figures)]


def _words(text: str, figures: tuple[Quantity, ...]):
    """The telling words between the figures; a name that holds numerals is one word."""
    taken = sorted([(q.start, q.end, "") for q in figures] + [(s, e, n) for s, e, n in names(text)])
    taken = sorted([*taken, *((m.start(), m.end(), m.group(1)) for m in _NAMED.finditer(text) if not any(s < m.end() and m.start() < e for s, e, _ in taken))])
    at = 0
    for start, end, name in [*taken, (len(text), len(text), "")]:
        if start < at:
            continue
        for s, e in _runs(text, at, start):
            yield from _tagged(text[s:e], s)
        if name and any("一" <= c <= "鿿" for c in name):
            yield Word(bare(name), start, end, 1.0, True, True, True, False, True)
        at = end


def _runs(text: str, start: int, end: int):
    """Stretches of at most 400 characters, for the tagger."""
    for s in range(start, end, 400):
        yield s, min(end, s + 400)


def _tagged(text: str, offset: int):
    at = offset
    for word, tag in tagged(text):
        start, at = at, at + len(word)
        told = weight(word, tag)
        if len(word) > 1 and word[0] == "于" and text[start - offset - 1:start - offset] in tuple("多少高低快慢大小优"):
            word, start = word[1:], start + 1  # 快于城镇: cut as 快, 于城镇
        if told:
            yield Word(word.lower(), start, at, told, told == 1.0 and tag[:1] in "njesb", tag in ("nr", "ns", "nt", "nz", "nrt", "nrfg", "eng"), False, tag[:1] == "v" and tag != "vn", tag[:1] in "njs" or tag == "eng")


def _cut(text: str, figures: tuple[Quantity, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Clauses between semicolons, and pieces between commas, which 、 or 和 also part where each side holds a figure, and 、 where each has a day."""
    inside = [(q.start, q.end) for q in figures]

    def free(at: int) -> bool:
        i = bisect_right(inside, (at, len(text))) - 1
        return i < 0 or inside[i][1] <= at

    stops = [m.end() for m in _STOP.finditer(text) if free(m.start())]
    clauses = _spans(text, [*stops, *(m.end() for m in re.finditer("[。！？!?\n]", text))])
    commas = sorted([*stops, *(m.end() for m in _COMMA.finditer(text) if free(m.start()))])

    def ends(n: int) -> bool:
        """Whether the n-th comma ends a piece: not where the figure of what stands before it follows with 达 or 为 alone."""
        start, end = commas[n - 1] if n else 0, commas[n]
        i, j = bisect_right(inside, (start, 0)), bisect_right(inside, (end, 0))
        follows = j < len(inside) and inside[j][0] - end < 8 and _GIVEN.fullmatch(text[end:inside[j][0]])
        return not follows or any(f.kind not in ("date", "time") for f in figures[i:j])

    cuts = [*stops, *(at for n, at in enumerate(commas) if ends(n))]
    for a, b in zip(figures, figures[1:]):
        between = text[a.end:b.start]
        if a.kind == b.kind == "date" and _NEXT_DAY.fullmatch(between):
            cuts.append(b.start)  # 5月通过验证、9月开始供货
        if a.role == "from" or a.kind in ("date", "time", "duration", "age") or len(between) > 60 or _COMMA.search(between) or _STOP.search(between):
            continue
        if found := list(_JOINT.finditer(between)):
            joint = next((m for m in found if m.group() == "、"), found[0])
            cuts.append(a.end + (joint.start() or joint.end()))
    return clauses, _spans(text, cuts)


def _spans(text: str, cuts: list[int]) -> tuple[Span, ...]:
    """The stretches between cuts, without the marks at their ends; none empty but that of an empty text."""
    out, at = [], 0
    for cut in [*sorted(set(cuts)), len(text)]:
        s, e = at, cut
        while s < e and text[s] in " ,，、;；:：。|\n":
            s += 1
        while e > s and text[e - 1] in " ,，、;；:：。!！?？|\n":
            e -= 1
        if s < e:
            out.append((s, e))
        at = cut
    return tuple(out) or ((0, len(text)),)
