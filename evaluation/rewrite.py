"""A figure or a phrase of a report, written otherwise: the same in another unit or in numerals, or another that is false.

Each function takes a text and gives the texts it may become, with a random source where there are many ways; none where it does not
apply. That what should be false is false of the whole report is `mutate`'s business, not theirs.
"""
from __future__ import annotations

import random
import re
from decimal import Decimal

import cn2an

from quantities.quantity import plain

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_FIGURE = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>万|亿)?(?P<rest>[^0-9余多几]*)$")
_SCALES = {"": Decimal(1), "万": Decimal(10000), "亿": Decimal(10) ** 8}
_DATE = re.compile(r"(?:(?P<year>[0-9]{4})年)?(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?$")
_VERBS = "新增|建成|完成|达到|突破|实现|开工|动工|投产|启用|新建|建设|改造|举办|举行|召开|引进|提交|设立|植树|推进|回购|增长|打通|通车|培育|培训|招聘|投入|筹集|采购|修建|安装|种植|成立|发放"
_PLANNED = re.compile(rf"(?<![即必])(?:计划|拟|力争|将|预计|争取)(?={_VERBS})")
_DONE = re.compile(r"(?<![未拟将后前、])(?:已经?)?(?=(?:建成|完成(?!率)|开工|投产|通车|竣工|启用|动工)(?!一批))")
_NOT = re.compile(r"尚未|并未|从未|未能|没能|没有(?=[发出完达收得通参一再任])|未(?=[发完通参建获出能列纳取按再]|达标|达到)|不(?=参与|送|需|予|再|含|包括|设|收|开工|上市|实行|承担|享受|派|转增)")


def split(figure: str) -> tuple[str, Decimal, str, str] | None:
    """(what stands before, number, scale, what follows) of a figure of one number in digits; None of any other.

    >>> split("约1.2万户"), split("3100余万元")
    (('约', Decimal('1.2'), '万', '户'), None)
    """
    m = _FIGURE.search(figure)
    if m is None or len(NUMBER.findall(figure)) != 1 or not m["rest"]:
        return None
    return figure[:m.start()], Decimal(m["number"].replace(",", "")), m["scale"] or "", m["rest"]


def units(figure: str) -> list[str]:
    """The same value at the other scales in which it is written exactly and briefly; tenths of a hundred as 成.

    >>> units("2.5亿元"), units("11800户"), units("1.18万户"), units("80%"), units("95家")
    (['25000万元'], ['1.18万户'], ['11800户'], ['八成'], [])
    """
    if (parts := split(figure)) is None:
        return []
    head, number, scale, rest = parts
    if rest == "%" and number % 10 == 0 and 0 < number < 100:
        return [f"{head}{cn2an.an2cn(int(number) // 10)}成"]
    value, found = number * _SCALES[scale], []
    for other, factor in _SCALES.items():
        written = plain(value / factor)
        digits = str(written)
        if other != scale and rest[0] not in "%个" and 1 <= written < 10 ** 6 and len(digits.replace(".", "")) <= 7 and (factor > 1 or written == written.to_integral_value()):
            found.append(f"{head}{digits}{other}{rest}")
    return found


def numerals(figure: str) -> list[str]:
    """The same in Chinese numerals: a count, a percentage, a date.

    >>> numerals("37个"), numerals("5.8%"), numerals("2024年5月17日"), numerals("1.2万户")
    (['三十七个'], ['百分之五点八'], ['二〇二四年五月十七日'], ['一点二万户'])
    """
    if (m := _DATE.match(figure)) and figure:
        year = "".join("〇一二三四五六七八九"[int(c)] for c in m["year"] or "") + ("年" if m["year"] else "")
        return [year + "".join(f"{cn2an.an2cn(int(m[part]))}{unit}" for part, unit in (("month", "月"), ("day", "日")) if m[part])]
    if (parts := split(figure)) is None or parts[1] >= 10 ** 8 or re.match("[0-9]{4}年", figure):
        return []
    head, number, scale, rest = parts
    written = cn2an.an2cn(str(plain(number)))
    return [f"{head}百分之{written}" if rest == "%" else f"{head}{written}{scale}{rest}"]


def digits(figure: str, rng: random.Random) -> list[str]:
    """The figure with its first or last digit another, or two neighbours changed about, as long as before, in an order drawn.

    >>> "74家" in digits("47家", random.Random(1)), len(digits("5家", random.Random(1))[0])
    (True, 2)
    """
    if split(figure) is None:
        return []
    m = NUMBER.search(figure)
    number = m.group()
    at = [i for i, c in enumerate(number) if c.isdigit()]
    ways = []
    for i in (at[0], at[-1]):
        other = rng.choice([c for c in "123456789" if c != number[i]])
        ways.append(number[:i] + other + number[i + 1:])
    turns = [(i, j) for i, j in zip(at, at[1:]) if number[i] != number[j] and not (i == at[0] and number[j] == "0")]
    if turns:
        i, j = rng.choice(turns)
        ways.append(number[:i] + number[j] + number[i + 1:j] + number[i] + number[j + 1:])
    rng.shuffle(ways)
    return [figure[:m.start()] + way + figure[m.end():] for way in dict.fromkeys(ways)]


def scales(figure: str) -> list[str]:
    """万 for 亿 and 亿 for 万.

    >>> scales("9.2亿元"), scales("3100余万元"), scales("95家")
    (['9.2万元'], ['3100余亿元'], [])
    """
    if figure.count("万") + figure.count("亿") != 1:
        return []
    return [figure.translate(str.maketrans("万亿", "亿万"))]


def points(figure: str) -> list[str]:
    """个百分点 for % and % for 个百分点.

    >>> points("5.8%"), points("0.2个百分点"), points("3家")
    (['5.8个百分点'], ['0.2%'], [])
    """
    if figure.endswith("百分点"):
        return [re.sub("个?百分点$", "%", figure)]
    return [figure[:-1] + "个百分点"] if NUMBER.search(figure) and figure.endswith("%") else []


def dates(figure: str, rng: random.Random) -> list[str]:
    """Other dates: another year, up to three off, of one with a year; another month of one without.

    >>> sorted(dates("2021年", random.Random(1))), sorted(dates("9月28日", random.Random(1)))[:2], dates("去年", random.Random(1))
    (['2018年', '2019年', '2020年', '2022年', '2023年', '2024年'], ['10月28日', '11月28日'], [])
    """
    m = _DATE.match(figure)
    if not figure or m is None:
        return []
    if m["year"]:
        found = [f"{int(m['year']) + off}{figure[4:]}" for off in (-3, -2, -1, 1, 2, 3)]
    else:
        found = [f"{month}{figure[len(m['month']):]}" for off in (-3, -2, -1, 1, 2, 3) if 1 <= (month := int(m["month"]) + off) <= 12]
    rng.shuffle(found)
    return found


def affirmed(text: str) -> list[str]:
    """The text with one negation dropped, of those that deny a fact; 不断, 未来, 不足 and the like stay.

    >>> affirmed("未发生事故"), affirmed("该股份不参与分派，尚未开工"), affirmed("未来不断增长")
    (['发生事故'], ['该股份参与分派，尚未开工', '该股份不参与分派，已开工'], [])
    """
    return [text[:m.start()] + ("已" if m.group() == "尚未" else "") + text[m.end():] for m in _NOT.finditer(text)]


def done(text: str) -> list[str]:
    """The text with one plan told as done.

    >>> done("计划新增床位1500张"), done("将军说"), done("已新增床位")
    (['已新增床位1500张'], [], [])
    """
    return [text[:m.start()] + "已" + text[m.end():] for m in _PLANNED.finditer(text)]


def planned(text: str) -> list[str]:
    """The text with the first thing done told as a plan; none where it speaks of plans anyway.

    >>> planned("大桥于9月28日建成通车"), planned("力争建成大桥"), planned("已完成3项")
    (['大桥于9月28日计划建成通车'], [], ['计划完成3项'])
    """
    if re.search("计划|拟|力争|将|预计|争取|确保|目标|[底月年]前", text):
        return []
    return [text[:m.start()] + "计划" + text[m.end():] for m in list(_DONE.finditer(text))[:1]]
