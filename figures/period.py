"""When a figure holds: the date or span that governs it, found around it, and whether two such agree."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from figures.line import Line
from figures.respective import given_out
from quantities.parse import Quantity, parse

_BASE = re.compile(r"(?:(?<![占同环])比|较|与|同|相比|超过|高于|低于|优于)(?:[^，,。;；、]{0,2})$")
_SPAN_AFTER = re.compile(r"[ ]?(?:多)?(?:来|间|以来|累计|里|内|合计|共|完成|时间|一共|总|建成|实现|融资|投资|获得|新增|得到)")
_OF_A_NAME = re.compile("行动|攻坚|滚动")  # 三年行动
_SPAN_BEFORE = re.compile(r"(?:近|过去|这|的|最近|此后|这个)$")
_OF_LEVEL = re.compile("(?:恢复[到至]|相当于|接近|将近|超过|不到|不足|[是为达])$"), re.compile("(?:同期)?(?:水平)?的[近约]?[0-9.一二两三四五六七八九十半]+[多余]?(?:%|倍|成|分之)")
_TITLE = re.compile("《[^《》]{1,40}》")
_AND_PLANS = re.compile("问题.{0,2}[与和及暨、]$")  # 存在问题与2024年计划: the problems are not of that year
_OF_REPORT = re.compile("(?:截至)?本?报告期")  # of the year that the report is of, whatever the sentence before tells
EARLY = 4  # months of a year in which a report is of the year before
_FROM = re.compile("(?:同期|年?[末底初])?的")
_NOW = re.compile("目前|眼下|至今|迄今|现(?=有|已)")  # of no time that the sentence names before
_BESIDE = re.compile("度?(?:同期)?(?:分别)?[为是]")  # 9人,上年为8人;7人: of the year before only what stands behind
LAST_YEAR = re.compile("上一?学?年|去年|前年")
SINCE_JANUARY = re.compile("(?:1|一)月?[—–至到~-]{1,2}(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月")  # 1—5月
_RELATIVE = re.compile(r"(?:大?前年|去年|上一?学?年|今年|本年|明年|后年)")


@dataclass(frozen=True)
class Period:
    """text: as written. low, high: its first and last day (YYYYMMDD) where the year is known. months: the length of a span (3年来).

    level: where it stands: 0 piece, 1 sentence, 2 paragraph, 3 heading, 4 title.
    """

    text: str
    low: int | None = None
    high: int | None = None
    months: int | None = None
    level: int = 0

    @property
    def year(self) -> int | None:
        return self.low // 10000 if self.low is not None and self.high is not None and self.low // 10000 == self.high // 10000 else None


def _dated(q: Quantity, level: int) -> Period | None:
    """The period of a date; a relative word that nothing resolves keeps its text."""
    if q.kind != "date":
        return None
    if q.low >= 10000000 and (_RELATIVE.search(q.text) or q.date is None or not q.date.inferred or q.text[:1] in "同当" or SINCE_JANUARY.match(q.text)):
        return Period(q.text, int(q.low), int(q.high), None, level)
    return Period(q.text, None, None, None, level) if _RELATIVE.search(q.text) else None


def periods(line: Line, level: int = 0) -> list[tuple[int, int, Period]]:
    """All periods of a line with their offsets, in order; bases of comparison (比上年, 恢复到2019年的61%) are not among them.

    >>> [(p.text, p.year, p.months) for _, _, p in periods(Line.read("3年来完成25个,其中2021年完成7个,比2020年多2个"))]
    [('3年', None, 36), ('2021年', 2021, None)]
    >>> periods(Line.read("三年行动累计完成投资17亿元"))
    []
    >>> [p.text for text in ("客运量恢复到2019年的61%,货运量2亿吨", "产量是2019年的2.2倍", "这是2019年的数", "恢复正常,2018年的61%来自城东") for _, _, p in periods(Line.read(text))]
    ['2019年', '2018年']
    """
    found = []
    titles = [m.span() for m in _TITLE.finditer(line.text)]
    for q in line.figures:
        if q.kind not in ("date", "duration") or any(s < q.start < e for s, e in titles):
            continue  # 《2022年激励计划》 is a name
        of_level = _OF_LEVEL[0].search(line.text[max(0, q.start - 6):q.start]) and _OF_LEVEL[1].match(line.text, q.end)
        if q.kind == "date" and not of_level and not _BASE.search(line.text[max(0, q.start - 6):q.start]):
            if period := _dated(q, level):
                found.append((q.start, q.end, period))
        elif q.kind == "duration" and q.dimension == "months" and q.low == q.low.to_integral_value() and q.low >= 6:
            after, before = line.text[q.end:q.end + 6], line.text[max(0, q.start - 4):q.start]
            alone = line.text[max(0, q.start - 1):q.start] in ("", "。", ",", "，") and after[:1] in (",", "，")
            if (_SPAN_AFTER.match(after) or _SPAN_BEFORE.search(before) or alone or any(w.verb and w.start == q.end for w in line.words)) and not re.search(r"(?:连续|近[一两几])$", before) and not _OF_A_NAME.match(after):
                found.append((q.start, q.end, Period(q.text, None, None, int(q.low), level)))
    return found


def _starts(line: Line, start: int, end: int) -> bool:
    """Whether a date belongs to where a change starts, and to nothing else: 由上年的312万增至348万.

    >>> line = Line.read("前三季度接待3万人,人均消费由上年同期的148元降到131元"); [_starts(line, f.start, f.end) for f in line.figures if f.kind == "date"]
    [False, True]
    """
    return line.text[max(0, start - 1):start] in ("由", "从") and bool(_FROM.match(line.text, end)) and any(f.role == "from" and 0 < f.start - end < 8 for f in line.figures)


def _opens(line: Line, start: int, end: int) -> bool:
    """Whether a date opens its sentence, so that it also governs those behind it: not 被评为2021年度先进单位, nor what bears the year in its name.

    >>> line = Line.read("2023年,完成9项"); _opens(line, 0, 5)
    True
    >>> line = Line.read("被某社评为2021年度先进单位"); _opens(line, 5, 11)
    False
    """
    before = line.text[max(0, start - 12):start]
    return start < 12 and (not re.search("[一-鿿]", re.sub("截至|截止|到|在|自|从|至|于|据|经|[^，,]{1,10}[，,]$|^[^，,]{0,8}[县市区省厂司团院校园街道桥]$|报道|其中", "", before)) or line.text[end:end + 1] in ",，来间")


def _in_turn(period: Period, line: Line, q: Quantity) -> Period:
    """The year of a figure that 分别 gives to one of several years: 2021年至2023年分别为8万、9万和10万.

    >>> line = Line.read("2021年至2023年税收分别为8万元、9万元和10万元")
    >>> [_in_turn(periods(line)[0][2], line, q).text for q in line.figures[-3:]]
    ['2021年', '2022年', '2023年']
    """
    figures = given_out(line, q)[1]
    if not figures or period.low is None or period.high is None or period.high // 10000 - period.low // 10000 + 1 != len(figures):
        return period
    year = period.low // 10000 + figures.index(q)
    return replace(period, text=f"{year}年", low=year * 10000 + 101, high=year * 10000 + 1231)


def period_of(line: Line, q: Quantity, before: Sequence[Line] = (), headings: Sequence[str] = ()) -> Period | None:
    """The period that governs a figure: the nearest before it in its piece, its sentence, the paragraph, then the headings, innermost first.

    >>> line = Line.read("计划明年6月竣工,目前已有8家入驻", (2024, 3)); period_of(line, line.figures[1])

    >>> line, before = Line.read("报告期末共有网点318家"), [Line.read("1998年,本行成立,有网点7家")]
    >>> period_of(line, line.figures[0], before, ["2023年年度报告"]).text
    '2023年'

    >>> line = Line.read("2021年融资1.2亿元,完成项目25个")
    >>> period_of(line, line.figures[2]).text
    '2021年'
    """
    own = [(s, e, p) for s, e, p in periods(line) if (s, e) != (q.start, q.end) and not (_starts(line, s, e) and (q.role != "from" or q.start < e))]
    if q.kind != "multiple" and (held := next((p for f in line.figures if f.kind == "date" and f.end + 1 == q.start and line.text[f.end] == "的" and (p := _dated(f, 0)) and p.low), None)):
        return held  # 比2020年的347亿元增加166亿元
    start, end = line.pieces[line.piece(q.start)]
    if "全年" in line.text[start:q.start] and (dated := [p for s, e, p in own if s < q.start and p.year]):
        year = dated[-1].year  # 自7月1日起转型,全年门诊量增长
        return Period(f"{year}年", year * 10000 + 101, year * 10000 + 1231, None, dated[-1].level)
    inside = [p for s, e, p in own if start <= s and e <= q.start] or [p for s, e, p in own if q.end <= s and e <= end]
    if inside:
        return _in_turn(inside[-1], line, q)
    clause = line.clause(q.start)
    for low in () if _NOW.match(line.text, start) else (clause[0], 0):
        left = [p for s, e, p in own if low <= s and e <= q.start and not (p.text[:1] == "上" and _BESIDE.match(line.text, e))]
        if left:
            return _in_turn(Period(left[-1].text, left[-1].low, left[-1].high, left[-1].months, 1), line, q)
    for other in () if _OF_REPORT.match(line.text) else reversed(before):
        found = [p for s, e, p in periods(other, 2) if _opens(other, s, e) and not _starts(other, s, e)]
        if found:
            p = found[0]
            return p if p.year is None else Period(p.text if re.fullmatch("[^月日]*", p.text) else f"{p.year}年", p.year * 10000 + 101, p.year * 10000 + 1231, None, 2)
    for level, heading in enumerate(reversed(headings)):
        for found in parse(heading):
            if found.kind == "date" and found.low >= 10000000 and not _AND_PLANS.search(heading[:found.start]):
                return _dated(found, 3 if level < len(headings) - 1 else 4)
    return None


def year_before(period: Period | None, line: Line, before: Sequence[Line], headings: Sequence[str], date: tuple[int, int | None] | None = None) -> Period | None:
    """A period 上年 of a report counts from the year that the report speaks of, not from its date: that of the sentence up to there, the paragraph, the headings,
    none that is to come; beside 今年 it is the year before the report's date, and where nothing names a year, of a report early in one, two years before that.

    >>> year_before(Period("上年", 20230101, 20231231), Line.read("2023年产量由上年的3吨增至4吨"), (), ()).year
    2022
    >>> [year_before(Period("上年", 20230101, 20231231), Line.read("救助203人,上年为188人"), (), (), (2024, month)).year for month in (1, 9)]
    [2022, 2023]
    >>> year_before(Period("上年", 20230101, 20231231), Line.read("产量由上年的3吨增至4吨,到2025年达到9吨"), (), ("2023年度报告",)).year
    2022
    """
    if period is None or period.year is None or not re.match("上一?学?年", period.text) or re.search("今年|本年", line.text[:line.text.find(period.text)]):
        return period
    for text in (line.text[:line.text.find(period.text) + 1], *(b.text for b in reversed(before)), *reversed(headings)):
        if years := [year for m in re.finditer(r"(20[0-9]{2}|19[0-9]{2})年", text) if (year := int(m[1])) <= period.year + 1]:
            return Period(period.text, (years[0] - 1) * 10000 + 101, (years[0] - 1) * 10000 + 1231, None, period.level)
    if date and date[1] and date[1] <= EARLY and period.year == date[0] - 1:
        return replace(period, low=period.low - 10000, high=period.high - 10000)
    return period


def agree(claim: Period | None, source: Period | None, known: frozenset[int]) -> str:
    """Whether the claim's period may be the source's: "same", "open" (one of them says nothing), "differs".

    known: the years that a figure without a period may be of: the document's own and the one before.

    >>> year = lambda y: Period(f"{y}年", y * 10000 + 101, y * 10000 + 1231)
    >>> agree(year(2021), year(2021), frozenset()), agree(year(2021), Period("3年", months=36), frozenset()), agree(None, year(2021), frozenset())
    ('same', 'differs', 'open')
    >>> agree(year(2019), None, frozenset((2022, 2021)))
    'differs'
    """
    if claim is None:
        return "open"
    if source is not None and claim.text[:1] == source.text[:1] == "上":
        return "same"  # each from where it stands
    if source is None:
        if claim.months is not None or claim.low is None:
            return "open"
        return "open" if not known or claim.low // 10000 in known or claim.high // 10000 in known else "differs"
    if claim.months is not None or source.months is not None:
        if claim.months is not None and source.months is not None:
            return "same" if abs(claim.months - source.months) < 12 else "differs"
        if claim.months is not None:
            return "differs" if source.level <= 1 else "open"
        return "open" if source.months == 12 and claim.low is not None and claim.low // 10000 in known else "differs"  # 过去一年
    if claim.low is None or source.low is None:
        if (claim.text[:1] in "今本") and source.text[:1] in "去上" or source.text[:1] in "今本" and claim.text[:1] in "去上":
            return "differs"
        if claim.low is None and source.low is None:
            return "same" if claim.text[:2] == source.text[:2] or {claim.text[:1], source.text[:1]} <= {"去", "上"} else "differs"
        return "open"
    return "same" if claim.low <= source.high and source.low <= claim.high else "differs"
