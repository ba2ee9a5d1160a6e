"""Calendar arithmetic: eras and relative words, numbers of years, months and days, completing a part date, and a date's first and last day."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from quantities.numerals import chinese, digits
from quantities.quantity import Date

ERAS = {"民国": 1912, "洪武": 1368, "永乐": 1403, "宣德": 1426, "正统": 1436, "成化": 1465, "弘治": 1488, "正德": 1506, "嘉靖": 1522, "万历": 1573, "天启": 1621, "崇祯": 1628,
        "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796, "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909, "贞观": 627, "开元": 713,
        "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
RELATIVE = {"去年": -1, "上年": -1, "上一年": -1, "上学年": -1, "上一学年": -1, "前年": -2, "大前年": -3, "今年": 0, "本年": 0, "明年": 1, "次年": None, "翌年": None, "后年": 2, "同年": None, "当年": None, "是年": None}
SAME = {"同年": 0, "当年": 0, "是年": 0, "次年": 1, "翌年": 1}
MONTHS = {"本月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1, "同月": None, "当月": None}
_LAST = {"一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12), "上半年": (1, 6), "下半年": (7, 12), "1季度": (1, 3), "2季度": (4, 6), "3季度": (7, 9), "4季度": (10, 12),
         "前三季度": (1, 9), "前两季度": (1, 6), "前3季度": (1, 9), "前二季度": (1, 6), "前三个季度": (1, 9), "前两个季度": (1, 6), "底": (12, 12), "末": (12, 12), "初": (1, 1)}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Found:
    """A date or clock time at `start..end`; `until` is the end of a range, `clock` when there is no day."""

    start: int
    end: int
    date: Date
    until: Date | None = None
    clock: bool = False
    base: str = "date"


@dataclass(frozen=True)
class Context:
    """What completes a part date: the document's (year, month) and the year, month and day last named in the sentence."""

    document: tuple[int, int | None] | None = None
    year: int | None = None
    month: int | None = None
    last_year: int | None = None  # last named anywhere before


def number_of(word: str | None) -> int | None:
    """The number of a year, month, day or hour as written (二〇一八, 正, 初三, 廿); None for None.

    >>> number_of("二零一八"), number_of("初三"), number_of("腊"), number_of("13")
    (2018, 3, 12, 13)
    """
    if word is None:
        return None
    word = word.removeprefix("初")
    if word in ("正", "元"):
        return 1
    if word == "腊":
        return 12
    if word == "零":
        return 0
    return int(word) if word.isdigit() else digits(word) if len(word) == 4 else chinese(word)


def complete(d: Date, ctx: Context) -> Date:
    """A date with month or day but no year takes the sentence's, else the last such day before the document's date.

    >>> complete(Date(None, 12, 3), Context((2022, 1))).year, complete(Date(None, 1, 13), Context((2022, 1))).year
    (2021, 2022)
    """
    if d.year is not None or (d.month is None and d.day is None and not d.part):
        return d
    if d.month is None and d.day is not None and ctx.month is not None:
        return replace(d, year=ctx.year, month=ctx.month, inferred=True)
    if ctx.year is not None:
        return replace(d, year=ctx.year, inferred=True)
    if ctx.document is None:
        return d
    year, month = ctx.document
    if d.month is None:
        return replace(d, year=year, month=month if d.day is not None else None, inferred=True)
    return replace(d, year=year - 1 if month is not None and d.month > month else year, inferred=True)


def valid(d: Date) -> bool:
    return (d.month is None or 1 <= d.month <= 12) and (d.day is None or 1 <= d.day <= 31) and (d.hour is None or 0 <= d.hour <= 24)


def _months(part: str) -> tuple[int, int]:
    """The first and last month of a part of a year; all twelve where it says none."""
    first = re.fullmatch("[前头](.+)个月", part)
    return (1, number_of(first[1]) or 12) if first else _LAST.get(part, (1, 12))


def bounds(d: Date) -> tuple[Decimal, Decimal]:
    """First and last day of a date as YYYYMMDD numbers, MMDD without a year; minutes since midnight of a clock time.

    >>> [int(x) for x in bounds(Date(2018, 11))], [int(x) for x in bounds(Date(2021, part="上半年"))], [int(x) for x in bounds(Date(hour=5))]
    ([20181101, 20181130], [20210101, 20210630], [300, 300])
    """
    if d.year is None and d.month is None and d.day is None and d.hour is not None:
        n = Decimal(d.hour * 60 + (d.minute or 0))
        return n, n
    if d.year is not None and d.year < 0:
        return Decimal(d.year * 10000), Decimal((d.year + (99 if d.part.startswith("世纪") else 0)) * 10000 + 9999)
    first, last = (d.month, d.month) if d.month else _months(d.part) if not d.day else (0, 0)
    y0 = y1 = d.year or 0
    if d.part.startswith("年代"):
        y1 = y0 + 9
    elif d.part.startswith("世纪"):
        y1 = y0 + 99
    if d.day:
        return Decimal(y0 * 10000 + first * 100 + d.day), Decimal(y1 * 10000 + last * 100 + d.day)
    leap = last == 2 and y1 % 4 == 0 and (y1 % 100 != 0 or y1 % 400 == 0)
    lo, hi = (1, _DAYS[last - 1] + leap) if last else (0, 0)
    lo, hi = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, hi)}.get(d.part, (lo, hi))
    return Decimal(y0 * 10000 + first * 100 + lo), Decimal(y1 * 10000 + last * 100 + hi)
