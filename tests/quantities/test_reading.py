"""Equality, dates and their inference, names and protected ranges, weak counts, precision: values by hand."""
from __future__ import annotations

from decimal import Decimal

import pytest

from quantities.parse import Date, equal, names, parse, protected


def one(text: str, date=None):
    found = parse(text, date)
    assert len(found) == 1, [q.text for q in found]
    return found[0]


@pytest.mark.parametrize("a, b", [
    ("147家", "147"), ("2.5亿元", "25000万元"), ("三次", "3次"), ("八成", "80%"), ("三年", "36个月"), ("两天", "48小时"), ("15亩", "1公顷"), ("1.2万人", "12000名"),
    ("百分之七十七点一", "77.1%"), ("半年", "6个月"), ("3000多家", "3000余家"), ("超3000家", "3000多家"), ("２．７億元", "2.7亿元"), ("第七", "第7名"), ("2018年11月", "二〇一八年十一月"),
    ("三分之一", "1/3"), ("2.7亿元", "2.7亿"), ("56个", "56项"), ("每股0.5元", "0.5元/股"), ("5公里", "5000米"), ("两台", "2套"), ("一半", "50%"), ("3:2", "3比2"), ("50个基点", "0.5个百分点"),
])
def test_equal(a, b):
    assert equal(one(a), one(b)) and equal(one(b), one(a))


@pytest.mark.parametrize("a, b", [
    ("147家", "147%"), ("147家", "146家"), ("2.5亿元", "2.5万元"), ("2.5亿元", "2.5亿美元"), ("3个百分点", "3%"), ("3000多家", "3000家"), ("第七", "7家"), ("2018年", "2018家"), ("3年", "3天"),
    ("83人", "83户"), ("2018年11月", "2018年"), ("75%以上", "75%"), ("3倍", "3"), ("1.25万吨", "12.5万吨"), ("3:2", "6:4"), ("5时", "5小时"), ("29个工作日", "29天"), ("第三届", "第三名"), ("3倍", "3%"),
])
def test_not_equal(a, b):
    assert not equal(one(a), one(b)) and not equal(one(b), one(a))


def test_a_date_without_year_matches_that_day_in_a_year():
    assert equal(one("1月13日"), one("2022年1月13日"))
    assert not equal(one("1月13日"), one("2022年1月14日"))
    assert not equal(one("2021年1月13日"), one("2022年1月13日"))


@pytest.mark.parametrize("text, date, expected", [
    ("2018年11月", None, Date(2018, 11)), ("1月13日凌晨5时", (2022, 1), Date(2022, 1, 13, 5, True)), ("1月13日凌晨5时", None, Date(None, 1, 13, 5)), ("去年", (2022, 1), Date(2021, inferred=True)),
    ("去年", None, Date(inferred=True)), ("2019年7月17日", (2022, 1), Date(2019, 7, 17)), ("12月31日", (2022, 1), Date(2021, 12, 31, inferred=True)), ("3月", (2022, None), Date(2022, 3, inferred=True)),
    ("下午3点半", None, Date(hour=15, minute=30)), ("2021年底", None, Date(2021, part="底")), ("2021年一季度", None, Date(2021, part="一季度")), ("18年11月", None, Date(2018, 11, inferred=True)),
])
def test_date(text, date, expected):
    assert one(text, date).date == expected


def test_range_of_dates():
    q = one("2021年10月至2022年3月")
    assert (q.date, q.date_end, q.role) == (Date(2021, 10), Date(2022, 3), "range")
    assert (q.low, q.high) == (20211001, 20220331)


def test_year_of_the_sentence_completes_a_later_month_but_not_in_the_next_sentence():
    first, second, third = parse("2020年3月开工，6月投产。7月验收", (2022, 1))
    assert (second.date.year, second.date.inferred) == (2020, True)
    assert (third.date.year, third.date.inferred) == (2021, True)


def test_span_is_no_date():
    assert [(q.text, q.kind) for q in parse("3年来，连续两年；2021年3月")] == [("3年", "duration"), ("两年", "duration"), ("2021年3月", "date")]


@pytest.mark.parametrize("text, weak", [("一个", True), ("一批", True), ("一项", True), ("一种", True), ("1个", False), ("两个", False), ("一万个", False), ("一元", False), ("一户", False), ("约一个", False)])
def test_weak(text, weak):
    assert one(text).weak is weak


@pytest.mark.parametrize("text, precision", [("1.2万", "1000"), ("3000家", "1"), ("三千家", "1000"), ("2.70亿元", "1000000"), ("77.1%", "0.1"), ("1.25万吨", "100000"), ("三千五百万元", "1000000"), ("1亿2000万元", "10000")])
def test_precision(text, precision):
    assert one(text).precision == Decimal(precision)


def test_hedges_before_and_after_belong_to_the_surface_but_not_what_only_introduces():
    assert [(q.text, q.hedge) for q in parse("达80余次，共约5家，仅3人，75%以上，签约6家")] == [("80余次", "余"), ("约5家", "约"), ("3人", ""), ("75%以上", "以上"), ("6家", "")]


def test_per():
    assert [(q.text, q.per) for q in parse("人均3.2万元，每股0.5元，8元/吨，每万人拥有5张")] == [("3.2万元", "人"), ("0.5元", "股"), ("8元/吨", "吨"), ("5张", "")]


@pytest.mark.parametrize("text, found", [
    ("认定“四上”企业，实施“三大改造”，打通五纵四横路网", ["四上", "三大改造", "五纵四横"]), ("推行5643工作法和365天服务", ["5643工作法", "365天服务"]), ("“一网、四端、两平台”", ["一网、四端、两平台"]),
    ("向第十一次党代会报告", ["第十一次党代会"]), ("坚持三管三必须", ["三管三必须"]), ("首架C919交付，5G覆盖", ["C919", "5G"]), ("拨打13812345678", ["拨打13812345678"]),
    ("国发〔2021〕5号", ["国发〔2021〕5号"]), ("新增“147家”企业", []), ("总投资“3.5亿元”", []), ("“我们去年增长了20%，很好”", []), ("进一步增强一系列能力", []),
])
def test_names(text, found):
    assert [n[2] for n in names(text)] == found


def test_protected_covers_figures_names_and_words_in_order():
    text = "新增3000多家企业，五纵四横，进一步，1月13日凌晨5时"
    assert [text[s:e] for s, e in protected(text)] == ["3000多家", "五纵四横", "进一步", "1月13日凌晨5时"]


@pytest.mark.parametrize("module", ["dates", "hedges", "measures", "names", "numerals", "parse", "periods", "quantity", "ranks", "shares", "units"])
def test_doctests(module):
    import doctest
    import importlib
    result = doctest.testmod(importlib.import_module(f"quantities.{module}"))
    assert result.attempted > 0 and result.failed == 0


def test_ratios_of_three_differ_by_their_third_part():
    assert equal(one("14.5∶41.2∶44.3"), one("14.5:41.2:44.3"))
    assert not equal(one("14.5∶41.2∶44.3"), one("14.5∶41.2∶44.5"))
    assert not equal(one("14.5∶41.2∶44.3"), one("14.5∶41.2"))
