"""Numbers with their units: 147家, 约3630万元, 3至5人, -5℃～3℃, 3个半小时, 八成五, 3元5角, $3.5亿, and the bare Arabic number."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from quantities import hedges
from quantities.numerals import Number, digits, number
from quantities.quantity import EXACT, Quantity, Written
from quantities.scan import Scan
from quantities.units import TABLE, Unit, unit

_SIGN = {"$": "money:USD", "US$": "money:USD", "HK$": "money:HKD", "NT$": "money:TWD", "¥": "money", "￥": "money", "€": "money:EUR", "£": "money:GBP"}
_MONEY = re.compile(r"(?:US|HK|NT)?\$|[¥￥€£]")
_CONN = re.compile(r"[ ]?(?:至|到|—{1,2}|–|-|~|―|─)[ ]?(?:近|约|超)?")
_PER = re.compile(r"(?:每|平均每|每一)((?:百|千|万|十|亿|[0-9]{1,4}万?)?(?:个|名)?(?:人|股|户|亩|吨|家|平方米|平方公里|立方米|公里|公顷|天|日|年|月|小时|分钟|秒|周|次|台|件|辆|斤|公斤|升|桶|盎司|度|千瓦时|套|张|份|条|场|位|晚|季度|个月))(?:仅|约|达|为|能|可)?$"
                  r"|(人|户|亩|单车|地|年|日|月|周|场)均(?:约|达|为|仅|增长|下降|递增)?$")
_HALF_AFTER = re.compile(r"半(?![导径岛球以程决山天路夜])")
_MORE_AFTER_GE = re.compile(r"个(?P<m>多|半)(?P<u>月|小时|钟头|世纪|星期|礼拜|学期|季度)")
_FROM = re.compile(r"(?:从|由|自)[^。；;,，！？\n至到]{0,14}$")
_UNDER = re.compile(r"零下|负|-")
_DIGIT = "[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_CENTS = re.compile(rf"零?({_DIGIT}|[0-9]{{2}})(角|毛|分)(?:({_DIGIT})分)?")
_SPOKEN = re.compile(r"[0-9]{1,2}(?![0-9.,])")  # 8米47, 9秒83
_SPOKEN_TENTHS = re.compile(rf"{_DIGIT}(?![0-9.,十百千万亿零来多几])")  # 三块六
_SMALLER = re.compile(r"(?:零|又)(?=两)|(?:零|又)?(?=[0-9一二三四五六七八九十])")
_CURRENCY = re.compile(r"美元|港元|元|欧元")
_GRADED = re.compile(r"[到为评获级]$")  # 质量达到四星; 三星 alone is a name
_PRICED = re.compile(r"(?:花|卖|价|赚|付|收|资|成本|元|交|给|票|费|罚|钱)[^,，。]{0,4}$")
_POWERED = re.compile("电[量能]?(?:合?计|达到?|约|共|为|了)?$")
_WARM = re.compile(r"(?:气温|温度|体温|高温|低温|水温|零下|降至|升至|室温|摄氏|最高|最低)[^。,，;]{0,6}$")
_LASTING = re.compile(r"(?:历时|长达|达|用了?|经过|耗时|已有|有着?)$")
_HALVED = frozenset(("duration", "mass", "length", "multiple", "area", "percent", "volume", "age"))
_HALF = Decimal("0.5")


@dataclass
class _Reading:
    """A figure while it is read: its number, unit, value without factor, and where the unit ends."""

    n: Number
    u: Unit | None
    start: int
    end: int
    low: Decimal
    high: Decimal
    mantissa: Decimal
    scale: Decimal
    factor: Decimal = Decimal(1)
    hedge: str = ""
    role: str = ""
    shown: str = ""

    def add(self, part: Decimal, end: int) -> None:
        """A part of the last unit that stands behind it: 两年半, 八成五."""
        self.low, self.high, self.mantissa, self.end = self.low + part, self.high + part, self.mantissa + part, end


def _unit_of(scan: Scan, n: Number) -> Unit | None:
    """The unit behind a number; the words before tell 四星 from 三星, 五块钱 from 五块地, 30度 of heat from 30度 of an angle and 30度 of power."""
    text, at = scan.text, n.end
    at += text[at:at + 1] == " " and not n.chinese
    if n.chinese and n.high == 0:
        return None  # 化整为零, 零事故
    before = text[max(0, n.start - 10):n.start]
    u = unit(text, at, n.chinese and n.low < 100)
    if u is None and n.chinese and text[at:at + 1] == "星" and _GRADED.search(before):
        return TABLE["星级"] if text.startswith("星级", at) else TABLE["星"]
    if u is None:
        return None
    if u.text == "星" and not _GRADED.search(before) and not text.startswith("酒店", at + 1):
        return None
    if u.text == "成" and (n.scale_text or n.high > 10 or n.mantissa.as_tuple().exponent) or u.text == "折" and (n.scale_text or n.high >= 100):
        return None
    if u.text == "度" and (n.scale >= 10000 or _POWERED.search(before)):
        return replace(TABLE["度电"], text="度")
    if u.text == "块" and not _PRICED.search(before[-7:]) or u.text == "度" and not n.chinese and not _WARM.search(before):
        return Unit(u.text, "count", "count")
    if u.text == "点" or u.text == "分" and not before.endswith(("时", "点")) and not re.match(r"[0-9]{1,2}(?:\.[0-9]{1,3})?秒", text[at + 1:at + 8]):
        return Unit(u.text, "count", "count")
    return u


def _stretch(scan: Scan, r: _Reading, negative: bool, sign: bool) -> bool:
    """Reads the other end of a range (3至5人, 10%—15%, -5℃～3℃) into `r`; 从A至B are two figures and stay so."""
    text, n, u = scan.text, r.n, r.u
    conn = _CONN.match(text, r.end)
    begin = hedges.before(text, r.start, scan.floor)[0]
    if not conn or _FROM.search(text, max(0, begin - 16), begin) or sign and not n.low:
        return False
    under = _UNDER.match(text, conn.end())
    second = number(text, under.end() if under else conn.end())
    if second is None:
        return False
    v = _unit_of(scan, second)
    bare = v is None and u is None and not n.chinese and not second.chinese
    if not (v is not None and (u is None or u.base == v.base) or sign or bare) or u is None and v is not None and v.text == "年" and second.low >= 1000:
        return False
    shared = u is None and not n.scale_text and second.scale_text and n.mantissa < second.mantissa  # 3至5万元
    low = n.low if n.chinese else EXACT.multiply(n.mantissa, second.scale if shared else n.scale)
    if u is not None and v is not None:
        low = EXACT.divide(EXACT.multiply(low, u.factor), v.factor)
    low, high = -low if negative else low, -second.low if under else second.high
    if low > high or v is None and "-" in conn.group() and second.low < n.low:
        return False
    r.low, r.high, r.u, r.role, r.mantissa, r.scale = low, high, v, "range", second.mantissa, second.scale
    r.n = replace(second, start=n.start, chinese=n.chinese)
    r.end = second.end + (len(v.text) + (text[second.end:second.end + 1] == " ") if v else 0)
    return True


def _digit(word: str) -> Decimal:
    """5, 五, 伍 → 5; the tenths and hundredths of a sum of money.

    >>> int(_digit("伍")), int(_digit("12"))
    (5, 12)
    """
    return Decimal(word) if word.isdigit() else Decimal("零一二三四五六七八九".find(word)) if word in "一二三四五六七八九" else Decimal("零壹贰叁肆伍陆柒捌玖".index(word))


def _smaller(scan: Scan, r: _Reading) -> None:
    """2小时15分, 3年零6个月, 1分59.3秒: smaller units of one span add up; the figure keeps its first unit."""
    while True:
        joint = _SMALLER.match(scan.text, r.end)
        n = number(scan.text, joint.end()) if joint else None
        if n is None or n.hedge or n.low != n.high or n.scale_text:
            return
        v = unit(scan.text, n.end, n.chinese)
        if v is None or v.base != r.u.base or v.factor >= r.factor:
            return
        value = EXACT.multiply(r.low, r.factor) + EXACT.multiply(n.low, v.factor)
        r.low = r.high = EXACT.divide(value, v.factor)
        r.mantissa, r.scale, r.factor, r.end = r.low, Decimal(1), v.factor, n.end + len(v.text)


def _refine(scan: Scan, r: _Reading) -> None:
    """What stands inside or right behind the unit: 3个多月, 3个半小时, 两年半, 八成五, 八五折, 3元5角."""
    text, n, u = scan.text, r.n, r.u
    more = _MORE_AFTER_GE.match(text, n.end) if not r.role else None
    if more and "个" + more["u"] in TABLE:
        r.u = TABLE["个" + more["u"]]
        r.shown = scan.raw[n.end] + scan.raw[more.start("u"):more.end("u")]
        r.factor, r.end = r.u.factor, more.end()
        if more["m"] == "半":
            r.add(_HALF, r.end)
        else:
            r.hedge = "多"
        return
    if u is None:
        return
    if u.kind in _HALVED and u.text != "%" and r.scale == 1 and (n.chinese or u.kind == "duration") and _HALF_AFTER.match(text, r.end):
        r.add(_HALF, r.end + 1)
    elif u.text == "成" and text[r.end:r.end + 1] in tuple("一二三四五六七八九") and unit(text, r.end + 1) is None:
        r.add(Decimal("零一二三四五六七八九".index(text[r.end])) / 10, r.end + 1)
    elif u.text == "折" and (n.low > 10 or n.chinese and n.end - n.start == 2 and digits(text[n.start:n.end]) is not None):
        r.factor = Decimal(1)  # 八五折, 95折
    elif u.text in ("米", "秒") and not n.chinese and not n.scale_text and not r.role and not r.mantissa.as_tuple().exponent and _SPOKEN.match(text, r.end):
        tail = _SPOKEN.match(text, r.end)
        if unit(text, tail.end()) is None and number(text, tail.end()) is None:
            r.add(Decimal(tail.group()).scaleb(tail.start() - tail.end()), tail.end())
    elif u.base in ("seconds", "months") and not r.role and not r.hedge:
        _smaller(scan, r)
    elif u.base == "money" and u.text in ("元", "块", "角") and not r.role and not r.hedge:
        tail = _CENTS.match(text, r.end)
        if tail:
            tenths, cents = _digit(tail.group(1)), _digit(tail.group(3) or "0")
            value = EXACT.multiply(r.low, r.factor) + tenths * Decimal("0.01" if tail.group(2) == "分" else "0.1") + cents / 100
            r.low = r.high = r.mantissa = value
            r.factor, r.scale, r.end = Decimal(1), Decimal(1), tail.end()
        elif u.text == "块" and r.scale == 1 and _SPOKEN_TENTHS.match(text, r.end) and unit(text, r.end + 1) is None:
            r.add(_digit(text[r.end]) / 10, r.end + 1)


def _per(scan: Scan, at: int) -> str:
    """What stands before a rate: 股 of 每股, 人 of 人均; "" where nothing does."""
    m = _PER.search(scan.text, max(0, at - 9), at)
    return (m.group(1) or {"单车": "辆"}.get(m.group(2), m.group(2))) if m else ""


def _surface_unit(scan: Scan, n: Number, u: Unit) -> str:
    """The unit as the text writes it (traditional characters kept), with 万/亿 of Arabic figures: "万元", "億元"."""
    at = scan.text.find(u.text, n.end, n.end + len(u.text) + 2)
    scale_at = scan.text.rfind(n.scale_text, n.start, n.end) if n.scale_text else -1
    scale = scan.raw[scale_at:scale_at + len(n.scale_text)] if scale_at >= 0 else ""
    return scale + (scan.raw[at:at + len(u.text)] if at >= 0 else u.text)


_COLLOQUIAL = re.compile("[一二两三四五六七八九][万千][一二三四五六七八九]|[一二两三四五六七八九十][一二三四五六七八九十百千]{0,7}[万亿]")  # 一万二, 十五万: no unit in speech
_UNITLESS = re.compile("[,，。;；、!！?？”]|的(?![一-鿿]中)|$")


def figure(scan: Scan, at: int) -> Quantity | None:
    """The number at `at` with its unit, its sign, its hedges, and its other end where it is a range; None where it is no figure.

    A Chinese numeral needs a unit, but for 一万二 as people say it; 百, 千, 万 without a digit need a hedge (百余家, 近万人).

    >>> q = figure(Scan("总投资约3630万元", None), 4); q.text, int(q.low), q.unit
    ('约3630万元', 36250000, '万元')
    """
    text = scan.text
    sign = _MONEY.match(text, at)
    start = at
    if sign:
        at = sign.end() + (text[sign.end():sign.end() + 1] == " ")
    if text[at:at + 1] == "半":
        return None if sign else _half(scan, at)
    n = number(text, at)
    if n is None:
        return None
    u = _unit_of(scan, n)
    start, negative = hedges.minus(text, start, scan.floor, u is not None and u.kind not in ("count", "duration", "grade") or bool(sign))
    end = n.end + (len(u.text) + (text[n.end:n.end + 1] == " ") if u else 0)
    r = _Reading(n, u, start, end, -n.high if negative else n.low, -n.low if negative else n.high, n.mantissa, n.scale, hedge=n.hedge)
    if _stretch(scan, r, negative, bool(sign)):
        negative, r.hedge = False, r.n.hedge
    n, u = r.n, r.u
    if u is None and not sign and n.chinese and not (_COLLOQUIAL.fullmatch(text, n.start, n.end) and _UNITLESS.match(text, n.end)):
        return None
    r.factor = u.factor if u else Decimal(1)
    _refine(scan, r)
    u = r.u
    begin, word = hedges.before(text, start, scan.floor)
    if word in ("近", "将近") and u is not None and u.base == "months" and not _LASTING.search(text[max(0, begin - 3):begin]):
        begin, word = start, ""  # 近三年 is "the last three years"
    base = u.base if u else _SIGN[sign.group()] if sign else "number"
    end, tail = hedges.after(text, r.end, base)
    if sign and u is None and _CURRENCY.match(text, r.end):
        end = _CURRENCY.match(text, r.end).end()
    if n.bare_scale and not (n.hedge or word or tail):
        return None  # 万元能耗, 千米: the scale is part of a word
    hedge = r.hedge if r.hedge in ("数", "几") else word or tail or r.hedge
    if not negative or hedge in hedges.ABOUT:
        if r.hedge in ("余", "多", "来") and hedge != r.hedge:
            r.low, r.high = hedges.interval(r.low, r.high, r.hedge)
        r.low, r.high = hedges.interval(r.low, r.high, "" if hedge in ("数", "几") else hedge)
    shown = r.shown or (_surface_unit(scan, n, u) if u else sign.group() if sign else "")
    return scan.make(begin, end, u.kind if u else "money" if sign else "number", EXACT.multiply(r.low, r.factor), EXACT.multiply(r.high, r.factor), unit=shown, hedge=hedge,
                     written=Written(-r.mantissa if negative else r.mantissa, r.scale, r.factor), role=r.role, measure=u.text if u else "", base=base,
                     per=u.per if u and u.per else _per(scan, begin))


def _half(scan: Scan, at: int) -> Quantity | None:
    """半年, 半个月, 半小时, 半个工作日 and the half of a measure."""
    text = scan.text
    counted = text[at + 1:at + 2] == "个" and (u := unit(text, at + 2, True)) is not None and u.kind == "duration"
    u = u if counted else unit(text, at + 1, True)
    if u is None or u.kind not in ("duration", "length", "mass", "area"):
        return None
    begin, word = hedges.before(text, at, scan.floor)
    stop = at + 1 + counted + len(u.text)
    end, tail = hedges.after(text, stop, u.base)
    low, high = hedges.interval(_HALF, _HALF, word or tail)
    return scan.make(begin, end, u.kind, EXACT.multiply(low, u.factor), EXACT.multiply(high, u.factor), unit=scan.raw[at + 1:stop], hedge=word or tail,
                     written=Written(_HALF, Decimal(1), u.factor), measure=text[at + 1:stop], base=u.base)
