"""What in time keeps a row of the same value from supporting a claim's figure: another year, a time gone by, the date of a part."""
from __future__ import annotations

import re

from figures.align import Book
from figures.around import bare_left, lead, piece_left, piece_of, upto
from figures.compare import comparable
from figures.ledger import Figure
from figures.line import Line
from figures.period import LAST_YEAR, SINCE_JANUARY, Period, agree
from quantities.parse import Quantity

_ONCE = re.compile("(?<![年月日比较跟与同和])以前(?!的?[0-9一二三四五六七八九十]+[年月])|(?<![比较跟与同和])过去(?![的这]?[0-9一二两三四五六七八九十几多])|从前|曾经|昔日|那时|彼时")
_PART_OF = re.compile(f"(?:第|前)?[一二三两四1-4]个?季度|[上下]半年|[前头][0-9一二三四五六七八九十两]+个月|(?<![0-9]){SINCE_JANUARY.pattern}")
_LAST_MONTH = {"一季度": 3, "上半年": 6, "前三季度": 9, "全年": 12}
NOW = re.compile("现在|目前|如今|眼下|当前")
_WAS = re.compile("上一?学?年度?(?:同期)?[为是]")
EARLIER = re.compile(f"{_WAS.pattern}|原|此前|之前|以前|从前|曾|由|从|最初|起初|当时|调整前|修订前|前[，,为是]")
_WORK = re.compile("[^,，。;；]{0,16}?(?:项目|工程|生产线|基地|工厂)")
_RISEN = re.compile("[升降进退移跃][^，,。；;]{0,2}[至到]$")
_FROM_BASE = re.compile("(?<![占缩之同环对率])[比较](?![例重达])([^，,。；;0-9]{1,10}?(?:初期?|[末底前时期]))(?:增|减|提|上升|下降|多|少|升|降|压|缩|涨|扩)")


def mistimed(q: Quantity, line: Line, row: Figure, period: Period | None, book: Book) -> str:
    """What in time keeps a row from supporting a claim: the reason in Chinese, or ""."""
    if q.kind not in ("date", "time") and timed(period, row, book) == "differs" and not _attribute(line, period, row) and not (capacity(line, q) and capacity(row.line, row.quantity)):
        return f"时间不符:原文是{row.period.text}的" if row.period else "时间不符:原文没有这个时间的数字"
    if period is not None and period.year and _years(row) > 1 and not row.quantity.role and not _RISEN.search(bare_left(row.line, row.quantity)) and q.kind not in ("date", "time") and not re.search("累计|[底末]|截至|以来|至今", line.text[:q.start]):
        return f"时间不符:原文是{row.period.text}的"
    if row.period is not None and row.period.high and SINCE_JANUARY.search(row.period.text) and q.kind != "date" and row.period.high // 100 % 100 != next((month for part, month in _LAST_MONTH.items() if part in line.text), row.period.high // 100 % 100):
        return f"时间不符:原文是{row.period.text}的"
    if (period is None or period.low is None and period.text[:1] in "今本") and q.role != "from" and not EARLIER.search(line.text[:q.start]) and _outdated(row, book):
        return f"时间不符:原文是{row.period.text}的"
    if once(lead(row.line, row.quantity)) and not once(line.text) and period is None and not row.quantity.role and not q.role and not EARLIER.search(line.text[:q.start]):
        return "时间不符:原文说的是从前"
    if NOW.search(piece_left(line, q)) and not NOW.search(piece_left(row.line, row.quantity)) and any(
            comparable(f, row.quantity) and f is not row.quantity and row.quantity in row.line.figures and f.start > row.quantity.end and NOW.search(piece_left(row.line, f)) for f in row.line.figures):
        return "时间不符:原文说的是从前"
    return ""


def timed(period: Period | None, row: Figure, book: Book) -> str:
    """How a claim's period stands to a row's, as period.agree; 当年 is open, and an age is as of the report."""
    if period is not None and period.text in ("当年", "同年") or row.period is not None and (row.period.text in ("当年", "同年") or row.period.level == 2 and _of_age(row, book)):
        return "open"
    if row.quantity.kind == "age" and period is not None and period.low and (date := book.documents[row.document].date) and period.low // 10000 == date[0]:
        return "open"
    found = agree(period, row.period, book.years)
    return "differs" if found == "same" and _other_part(period, row) else found


def _other_part(period: Period, row: Figure) -> bool:
    """Whether a claim speaks of a part of a year (上半年, 前10个月), and the row's is another part or the whole of it: what 前三季度 came to is not what 上半年 did."""
    whose = row.period
    if not _PART_OF.search(period.text) or whose is None or whose.low is None or whose.high is None or period.low is None:
        return False
    if _PART_OF.search(whose.text):
        return (period.low, period.high) != (whose.low, whose.high)
    whole = whose.low % 10000 == 101 and whose.high % 10000 == 1231
    return whole and not any(f.kind == "date" and f.high == period.high for f in row.line.figures) and not any(part in row.line.text + row.scope.heading + row.scope.opening for part in _PART_OF.findall(period.text))


def _of_age(row: Figure, book: Book) -> bool:
    """Whether a row's period, taken over from a sentence before, only says how old somebody is: 今年81岁."""
    before = book.documents[row.document].text[max(0, row.start - 400):row.start]
    return row.period.text in before and not re.search(f"{re.escape(row.period.text)}(?![0-9一二三四五六七八九十]+岁)", before)


def _years(row: Figure) -> int:
    """How many years a row's period takes in, 0 where it has none or no dates: 2022年至2024年."""
    p = row.period
    return p.high // 10000 - p.low // 10000 + 1 if p is not None and p.low is not None and p.high is not None else 0


def _attribute(line: Line, period: Period | None, row: Figure) -> bool:
    """Whether a claim's year only tells which thing it speaks of (1958年建成的老厂), and the row's sentence has it too."""
    return bool(re.search(f"{re.escape(period.text)}[一-鿿]{{1,6}}的[一-鿿]", line.text)) and any(f.kind == "date" and period.text in f.text for f in row.line.figures)


def capacity(line: Line, q: Quantity) -> bool:
    """Whether a figure is part of a work's name, which is the same at every time: 年产6万吨涂料项目."""
    return line.text[:q.start].endswith("年产") and bool(_WORK.match(line.text, q.end))


def undated(line: Line, q: Quantity) -> str:
    """The piece of a claim's figure; of a work's capacity without what happened to the work on a day, which the day's own row is checked for."""
    day = next((f.start for f in line.figures if f.kind == "date" and q.end <= f.start < line.pieces[line.piece(q.start)][1]), None)
    return line.text[line.pieces[line.piece(q.start)][0]:day] if day and capacity(line, q) else piece_of(line, q)


def _outdated(row: Figure, book: Book) -> bool:
    """Whether the row of a table has the same of a later year, which what names no year means: 3.86 of | 线损率 | 3.86 | 3.62 |."""
    if row.sentence.kind != "row" or row.period is None or row.period.level or not row.period.year:
        return False
    date = book.documents[row.document].date
    return any(other.sentence == row.sentence and other.document == row.document and other.status != "planned" and other.change == row.change and comparable(other.quantity, row.quantity) and other.period and not other.period.level
               and row.period.year < (other.period.year or 0) <= (date[0] if date else 9999) for other in book.rows)


def once(text: str) -> bool:
    """Whether a text speaks of how things were before, and not of how they are.

    >>> once("以前全镇排队"), once("过去,图书两百来本"), once("过去3年"), once("以前住平房,现在住楼房")
    (True, True, False, False)
    """
    return bool(_ONCE.search(text)) and not NOW.search(text)


def at_start(period: Period | None, row: Figure, book: Book) -> bool:
    """Whether a claim speaks of the time at which a change starts: 2022年 of 由上年的312万增至348万."""
    return period is not None and row.period is not None and agree(period, row.period, book.years) == "same" and bool(
        re.search(f"[由从自]{re.escape(row.period.text)}(?:同期|[末底])?的?(?:$|[^；;。]*[由从自]$)", row.line.text[:row.quantity.start]))


def base_as_time(ours: str, theirs: str) -> str:
    """What a report's clause only counts a change from, where a piece of a claim has the level as of then: 成立初期为5亿元 of 5亿元,比成立初期提升36%; else "".

    >>> told = "总资产5亿元,比公司成立初期提升36%"
    >>> base_as_time("成立初期总资产为5亿元", told), base_as_time("总资产为5亿元", told), base_as_time("总资产比成立初期多,为5亿元", told)
    ('成立初期', '', '')
    """
    base = next((m[1][-4:] for m in _FROM_BASE.finditer(theirs)), "")
    return base if base and base in ours and not re.search(f"[比较与同从由自][^，,。；;]{{0,8}}{re.escape(base)}", ours) else ""


def date_of_part(period: Period, line: Line, q: Quantity) -> str:
    """The date of a claim that the report's sentence gives to a part of what the figure counts, not to the figure: 累计达9个,其中2个于2024年6月首次通过.

    >>> line = Line.read("认证的专业累计达到9个,其中2个专业于2024年6月通过")
    >>> [date_of_part(Period("2024年6月", 20240601, 20240630), line, q) for q in line.figures[:2]]
    ['2024年6月', '']
    """
    for f in line.figures:
        low, high = line.pieces[line.piece(f.start)]
        if f.kind == "date" and f.low == period.low and f.high == period.high and low > q.start and line.text[low:].startswith("其中") and any(low <= o.start < high and o.base == q.base for o in line.figures):
            return f.text
    return ""


def years_turned(q: Quantity, line: Line, row: Figure, period: Period | None) -> bool:
    """Whether a claim has a figure of the year before as the end of a change, or this year's as its start."""
    if row.quantity.role == "to" and not q.role and _WAS.search(upto(line, q)):
        return True
    return q.role == "to" and period is None and not row.quantity.role and of_last_year(row) or q.role == "from" and bool(LAST_YEAR.search(upto(line, q))) and _before_last(row)


def of_last_year(row: Figure) -> bool:
    """Whether a row's piece says that it is of the year before: 为71.4%,上年为73.0%."""
    return row.period is not None and row.period.level == 0 and row.period.text[:1] in "去上"


def _before_last(row: Figure) -> bool:
    """Whether the next figure of its kind behind a row is of the year before, so that the row is not."""
    q, line = row.quantity, row.line
    other = next((f for f in line.figures if f.start > q.start and f.base == q.base), None) if q in line.figures and not q.role and not LAST_YEAR.search(upto(line, q)) else None
    return other is not None and bool(re.match("[，,][较比]?(?:上一?学?年|去年)(?:同期)?(?:的|为|是|则为)?$", line.text[q.end:other.start]))
