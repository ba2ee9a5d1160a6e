"""Dates: the full, part or relative date or clock time that begins at an offset, and ranges of them.

Reads normalised text. Relative dates (去年, 同年) and dates without a year are completed from the sentence's last year, else from the document's
date `(year, month | None)`, and come back `inferred`. A span (3年, 29个工作日) is not a date: units.py has it.
"""
from __future__ import annotations

import re
from dataclasses import replace

from quantities.periods import ERAS, MONTHS, RELATIVE, SAME, Context, Found, complete, number_of, valid
from quantities.quantity import Date

_N2 = r"[0-9]{1,2}"
_C2 = r"(?:[一二三四五]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_YEAR = r"(?:(?P<y>[12][0-9]{3}|[一二][零一二三四五六七八九]{3})[ ]?|(?P<yy>[0-9]{2})(?=年[0-9]{1,2}月))"
_FIRST_MONTHS = r"[前头](?:1[01]|[2-9]|十一|[两二三四五六七八九十])个月"  # 前10个月
_QUARTER = rf"(?:第?[一二三四1-4]季度|前[一二三四1-4]季度|[上下]半年|{_FIRST_MONTHS})"
_DAYPART = r"(?:凌晨|清晨|早晨|早上|上午|中午|正午|下午|午后|傍晚|晚上|晚间|深夜|午夜|夜间|当晚|[早晚](?=[0-9一二三四五六七八九十]))"
_YEAR_PART = rf"(?:年(?P<p>{_QUARTER}|初(?![中级步])|年?底|年?末|年初|年中|终|全年|[春夏秋冬](?:季|天)?)|年(?P<deg>度)?)"
_MONTH = rf"(?P<m>{_N2}|{_C2}|正|腊)[ ]?月(?!球|亮|饼|光|台|季|票|薪|经)(?:份)?(?P<mp>[上中下]旬|初(?![一二三四五六七八九十])|底|末)?"
_DAY = rf"(?:(?P<d>{_N2}|{_C2}|初[一二三四五六七八九十])[ ]?(?:日(?!本)|号(?!楼|线|院|店|机|文|公|令|台|馆|门|井|矿|站|厅|地|病|染|元|位|球|码|房|月|风|强|信|及|种|选|种子))|(?P<d0>[0-3]?[0-9])(?=[-—~至到][0-9]{{1,2}}日))"
_CLOCK = (rf"(?:(?P<h>{_N2}|{_C2}|零)[ ]?(?:时(?!间|候|代|期|段|装|速|常)|点(?!评|赞|名|击|以[上下]|[0-9零]+[^0-9分零:]|[零一二三四五六七八九]+(?:[百千万亿元倍公吨亩米成折度%]|个百分点|平方)|[多余]?[万亿])钟?|:(?=[0-5][0-9]))"
          rf"(?:(?P<half>半)|(?P<min>[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])(?:分(?!之|钟|别)(?:[0-5]?[0-9]秒)?|(?<=[0-5][0-9])(?::[0-5][0-9])?(?![0-9分%]))|整)?)")
_DATE = re.compile(rf"(?:{_YEAR}{_YEAR_PART}[ ]?)?(?:{_MONTH}[ ]?)?(?:{_DAY})?")
_TIME = re.compile(rf"[ ,，]?(?P<part>{_DAYPART})?[ ]?{_CLOCK}")
_WEEK = re.compile(r"[（(](?:星期|周)[一二三四五六日天][)）]|(?:星期|周)[一二三四五六日天](?![0-9一二三四五六七八九十])")
_ISO = re.compile(r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9.\-/])")
_ERA = re.compile(rf"(?:{'|'.join(ERAS)})(?P<n>元|[0-9]{{1,2}}|{_C2})年(?:(?:{_MONTH})(?:{_DAY})?)?")
_CENTURY = re.compile(r"(?:公元前?)?(?:(?P<c>[0-9]{1,2}|" + _C2 + r")世纪|(?P<last>上个?世纪))(?:(?P<dec>[0-9]0|[一二三四五六七八九]十)年代)?(?P<p>[初中末]叶?期?|后?[前后]半叶?)?|(?P<only>(?<![0-9])[0-9]0|[一二三四五六七八九]十)年代|(?P<full>[12][0-9]{2}0)年代")
_BC = re.compile(r"公元(?P<bc>前)?(?P<n>[0-9]{1,4})年")
_REL = re.compile(rf"(?P<w>上一年|大前年|{'|'.join(k for k in RELATIVE if k not in ('上一年', '大前年'))})(?P<p>{_QUARTER}|年?[初底末](?![中级步])|全年|度)?(?:{_MONTH}(?:{_DAY})?)?")
_RELM = re.compile(rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?:{_DAY}|(?P<mp>[上中下]旬|初|底|末))?")
_ALONE = re.compile(rf"(?P<p>(?:(?<=[,，。；;区市县省镇州国司团院校厂])|^){_FIRST_MONTHS}|前[一二三四两1-4]个?季度|第?[一二三四1-4]季度|[上下]半年|年[初底末中](?=[^终]|$))")
_CONN = re.compile(r"[ ]?(?:至|到|—{1,2}|–|-|~|－)[ ]?")
_BARE_FIRST = re.compile(rf"(?P<n>[12][0-9]{{3}}|{_N2}|{_C2})[ ]?(?:至|到|—{{1,2}}|–|-|~)[ ]?(?={_N2}(?:[年月日时点号]|世纪)|[12][0-9]{{3}}年|{_C2}(?:[月日]|世纪))")
_SHORT_RANGE = re.compile(r"(?P<a>[12][0-9]{3})(?:-|—|–|/|至)(?P<b>[0-9]{2})(?:年度?|赛季)")
_REGNAL = re.compile(rf"(?P<n>(?:元|{_C2}|{_N2})年(?:(?P<m>{_C2}|正|腊)月)?)[ ]?[（(](?:公元)?(?P<bc>前)?(?P<y>[0-9]{{2,4}})年?[）)，,、]")
_OLD_YEAR = re.compile(r"(?<![0-9.])(?P<y>[1-9][0-9]{2})年(?!度|[前后多余])(?:(?=[0-9]{1,2}月)|(?![0-9]))")
_SPAN_AFTER = re.compile(r"(?:多|余)?(?:来|前后?|之?间|以来|内|后的?今天|历史|的历史|时间|的时间|之久|期|左右)")
_SPAN_BEFORE = re.compile(r"(?:为期|历时|长达|连续|耗时|用时|近|满|每|达|有|隔|整整|第|共|仅)[ ]?$")


def _hour(m: re.Match[str]) -> tuple[int | None, int | None]:
    hour = number_of(m.group("h"))
    minute = 30 if m.group("half") else number_of(m.group("min"))
    part = m.group("part") or ""
    if hour is not None and hour < 12 and part in ("下午", "午后", "傍晚", "晚上", "晚间", "晚", "当晚", "深夜") and not (hour < 5 and part in ("深夜",)):
        hour += 12
    return hour, minute


def _part(m: re.Match[str]) -> str:
    out = ""
    for group in ("p", "mp"):
        out = (m.groupdict().get(group) or "") or out
    return out.removeprefix("年").removeprefix("第") if out not in ("全年",) else ""


def _single(text: str, at: int, ctx: Context) -> Found | None:
    m = _ISO.match(text, at)
    if m:
        return Found(at, m.end(), Date(int(m["y"]), int(m["m"]), int(m["d"])))
    m = _ERA.match(text, at)
    if m:
        return Found(at, m.end(), Date(ERAS[text[at:at + 2]] + (number_of(m["n"]) or 1) - 1, number_of(m["m"]), number_of(m["d"])))
    m = _BC.match(text, at)
    if m:
        return Found(at, m.end(), Date(-int(m["n"]) if m["bc"] else int(m["n"])))
    m = _CENTURY.match(text, at)
    if m:
        return _century(m)
    m = _REL.match(text, at)
    if m:
        return _relative(m, ctx)
    m = _RELM.match(text, at)
    if m:
        shift = MONTHS[re.match("|".join(sorted(MONTHS, key=len, reverse=True)), m.group()).group()]
        year, month = (ctx.year or ctx.last_year, ctx.month) if shift is None else ctx.document or (None, None)
        if month is not None and shift:
            year, month = (year + (month + shift - 1) // 12, (month + shift - 1) % 12 + 1) if year else (None, None)
        return Found(at, m.end(), Date(year, month, number_of(m["d"] or m["d0"]), inferred=True, part=m["mp"] or ""))
    m = _DATE.match(text, at)
    if m and m.end() > at and (m["y"] or m["yy"] or m["m"] or m["d"] or m["d0"]):
        found = _calendar(text, m, ctx)
        if found:
            return found
    m = _ALONE.match(text, at)
    if m and not (m["p"].startswith("年") and at and text[at - 1] in "0123456789一二三四五六七八九十两半多近每学成青少老壮"):
        return Found(at, m.end(), complete(Date(part=_part(m)), ctx))
    m = _TIME.match(text, at)
    if m and text[at] not in " ,，":
        hour, minute = _hour(m)
        d = Date(hour=hour, minute=minute)
        if not valid(d) or (not m["part"] and not m["min"] and "时" not in m.group() and not m["half"] and not re.match(r"钟|整|左右|许|[,，。]|前|后|起|至|到", text[m.end():m.end() + 2])
                             and "钟" not in m.group()):
            return None
        return Found(at, m.end(), d, clock=True, base="clock")
    return None


def _calendar(text: str, m: re.Match[str], ctx: Context) -> Found | None:
    end = m.end()
    year = number_of(m["y"]) if m["y"] else 2000 + int(m["yy"]) if m["yy"] and int(m["yy"]) < 50 else 1900 + int(m["yy"]) if m["yy"] else None
    d = Date(year, number_of(m["m"]), number_of(m["d"] or m["d0"]), part=_part(m), inferred=bool(m["yy"]))
    if not valid(d):
        return None
    while end > m.start() and text[end - 1] == " ":
        end -= 1
    if d.year is None and d.month is None:  # a day alone: a span says otherwise
        if _SPAN_AFTER.match(text, end) and not re.match(r"前|后", text[end:end + 1]) or _SPAN_BEFORE.search(text, max(0, m.start() - 3), m.start()):
            return None
        if m["d"] and not m["d"].isdigit() and m["d"][0] not in "初廿卅" and ctx.month is None and text[end - 1] == "日":
            return None  # 三日 without a month is a span as often
    if d.year is None and d.month is None and text[end - 1] == "号" and ctx.month is None and not re.match(r"[,，。、;；至到上下晚早凌中]|$", text[end:end + 1]):
        return None
    if d.year is not None and d.month is None and d.day is None and not d.part and not m["deg"]:
        if re.match(r"的?历史|[多余](?![0-9了出])", text[end:end + 3]) or re.search(r"(?:近|每|历时|长达|有|约)$", text[max(0, m.start() - 2):m.start()]) and d.year % 100 == 0 and d.year <= 1500:
            return None
    if d.year is not None and d.month is None and d.day is not None:
        return None
    d = complete(d, ctx)
    if d.day is not None:
        week = _WEEK.match(text, end)
        end = week.end() if week else end
        clock = _TIME.match(text, end)
        if clock:
            hour, minute = _hour(clock)
            timed = replace(d, hour=hour, minute=minute)
            if valid(timed):
                return Found(m.start(), clock.end(), timed)
        if week:
            end = m.end() if text[m.end():m.end() + 1] not in "（(" else week.end()
    return Found(m.start(), end, d)


def _century(m: re.Match[str]) -> Found | None:
    if m["full"]:
        return Found(m.start(), m.end(), Date(int(m["full"]), part="年代"))
    if m["only"]:
        n = number_of(m["only"])
        return Found(m.start(), m.end(), Date(1900 + n, inferred=True, part="年代")) if n else None
    century = 20 if m["last"] else number_of(m["c"])
    if not century or century > 30:
        return None
    if m.group().startswith("公元前"):
        return Found(m.start(), m.end(), Date(-100 * century, part="世纪" + (m["p"] or "")))
    if not m["dec"]:
        return Found(m.start(), m.end(), Date((century - 1) * 100 + 1, part="世纪" + (m["p"] or "")))
    return Found(m.start(), m.end(), Date((century - 1) * 100 + (number_of(m["dec"]) or 0), part="年代" + (m["p"] or "")))


def _relative(m: re.Match[str], ctx: Context) -> Found | None:
    shift = RELATIVE[m["w"]]
    if shift is None:
        base = ctx.year if ctx.year is not None else ctx.last_year
        if base is None and m["w"] == "当年" and ctx.document:
            base = ctx.document[0]
        year = None if base is None else base + SAME[m["w"]]
    else:
        year = ctx.document[0] + shift if ctx.document else None
    return Found(m.start(), m.end(), Date(year, number_of(m["m"]), number_of(m["d"] or m["d0"]), inferred=True, part="" if m["p"] == "度" else _part(m)))


def find(text: str, at: int, ctx: Context) -> Found | None:
    """The date, clock time or range of them that begins at `at`, or None.

    >>> find("2018年11月,", 0, Context()).date == Date(2018, 11)
    True
    >>> f = find("1月13日凌晨5时", 0, Context((2022, 1))); f.date == Date(2022, 1, 13, 5, True), f.end
    (True, 9)
    >>> f = find("2021年至2023年", 0, Context()); f.date.year, f.until.year
    (2021, 2023)
    >>> find("3年来", 0, Context()), find("3个月", 0, Context())
    (None, None)
    """
    short = _SHORT_RANGE.match(text, at)
    if short and int(short["b"]) > int(short["a"]) % 100:
        first_year = int(short["a"])
        return Found(at, short.end(), Date(first_year), Date(first_year // 100 * 100 + int(short["b"])))
    old = _OLD_YEAR.match(text, at)
    if old and not _SPAN_AFTER.match(text, old.end()) and (int(old["y"]) % 10 or re.search(r"[在于自从至]$", text[max(0, at - 1):at])) and not _SPAN_BEFORE.search(text, max(0, at - 3), at):
        return Found(at, old.end(), Date(int(old["y"])))
    regnal = _REGNAL.match(text, at)
    if regnal:
        year = int(regnal["y"])
        return Found(at, regnal.end("n"), Date(-year if regnal["bc"] else year, number_of(regnal["m"]), inferred=True))
    bare = _BARE_FIRST.match(text, at)
    if bare:
        second = _single(text, bare.end(), ctx)
        n = number_of(bare["n"])
        if second and n is not None:
            d, first = second.date, None
            sign = re.match(r"[0-9零一二三四五六七八九十廿]+[ ]?(.)", text[bare.end():second.end])
            letter = sign.group(1) if sign else ""
            if letter == "年" and 1000 <= n <= 2999:
                first = Date(n)
            elif letter == "月" and 1 <= n <= 12 and len(bare["n"]) < 3:
                first = replace(d, month=n, day=None, hour=None, minute=None, part="")
            elif letter in ("日", "号") and 1 <= n <= 31:
                first = replace(d, day=n)
            elif letter in ("时", "点") and n <= 24:
                first = replace(d, hour=n, minute=None)
            elif letter == "世" and n <= 30:
                first = replace(d, year=(n - 1) * 100 + 1)
            if first is not None:
                return Found(at, second.end, first, d, second.clock, second.base)
    first = _single(text, at, ctx)
    if first is None:
        return None
    conn = _CONN.match(text, first.end)
    if first.date.year is not None and first.date.month is None and not first.date.part and not first.clock and _BARE_FIRST.match(text, first.end):
        rest = find(text, first.end, replace(ctx, year=first.date.year))  # 2021年1至3月
        if rest is not None and rest.until is not None and rest.date.month is not None and not rest.clock:
            sure = first.date.inferred
            return Found(at, rest.end, replace(rest.date, inferred=sure), replace(rest.until, inferred=sure))
    if conn:
        inner = replace(ctx, year=first.date.year if first.date.year is not None else ctx.year, month=first.date.month if first.date.month is not None else ctx.month)
        second = _single(text, conn.end(), inner)
        if second and second.clock == first.clock or second and first.date.hour is not None and second.clock:
            until = second.date
            if second.clock and not first.clock:
                until = replace(first.date, hour=until.hour, minute=until.minute)
            if first.date.year is not None and until.year == first.date.year and not first.date.inferred:
                until = replace(until, inferred=False) if until.month is not None else until
            return Found(at, second.end, first.date, until, first.clock, first.base)
    return first
