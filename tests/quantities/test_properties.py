"""Properties: a value rendered in any form reads back as that value; any text is read without an exception, in linear time."""
from __future__ import annotations

import time
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quantities.parse import equal, names, parse, protected

settings.register_profile("quantities", deadline=None)  # a slow machine is no failure; time has its own test
settings.load_profile("quantities")

WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
TRADITIONAL = str.maketrans("万亿两个", "萬億兩個")


def only(text: str):
    found = parse(text)
    assert len(found) == 1, [q.text for q in found]
    return found[0]


@given(st.integers(1, 10**9 - 1), st.sampled_from(["家", "个", "项", "名", "元", "公里", "吨", "平方米"]))
def test_integer_in_every_form(value, unit):
    forms = [f"{value}{unit}", f"{value:,}{unit}", f"{value}{unit}".translate(WIDE), f"{value:,}{unit}".translate(WIDE), f"{value} {unit}"]
    first = only("共有" + forms[0])
    assert first.point == value * first.written.factor
    for form in forms[1:]:
        assert equal(only("共有" + form), first), form


@given(st.integers(2, 10**8 - 1), st.sampled_from(["家", "元", "户", "项"]))
def test_chinese_numeral(value, unit):
    word = cn2an.an2cn(str(value))
    q = only(f"共{word}{unit}")
    assert (q.low, q.high, q.text) == (value, value, word + unit)
    assert only(f"共{word}{unit}".translate(TRADITIONAL)).low == value


@given(st.integers(1, 10**8 - 1), st.sampled_from(["元", "吨"]))
def test_financial_numeral(value, unit):
    word = cn2an.an2cn(str(value), "up")
    if len(word) > 1:
        q = only(f"计{word}{unit}")
        assert q.point == value * q.written.factor


@given(st.integers(1, 99999), st.integers(0, 3), st.sampled_from([("万元", 10**4), ("亿元", 10**8), ("万亿元", 10**12), ("元", 1)]))
def test_scale_and_decimals(digits, places, scale):
    unit, factor = scale
    number = Decimal(digits).scaleb(-places)
    q = only(f"投资{number:f}{unit}")
    assert q.low == q.high == number * factor
    assert q.precision == Decimal(1).scaleb(-places) * factor
    assert q.unit == unit


@given(st.integers(1, 10**6))
def test_ten_thousands_and_hundred_millions_are_the_same_money(value):
    assert equal(only(f"{value}亿元"), only(f"{value * 10000}万元"))
    assert not equal(only(f"{value}亿元"), only(f"{value}万元"))


@given(st.integers(1, 10**5), st.sampled_from(["多", "余"]), st.sampled_from(["家", "万元", "次"]))
def test_hedge_inside_is_an_interval_above(value, hedge, unit):
    q = only(f"计{value}{hedge}{unit}")
    assert q.text == f"{value}{hedge}{unit}" and q.hedge == hedge
    assert q.low == q.point < q.high <= 2 * q.low


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_from_to(a, b):
    first, second = parse(f"企业从{a}家增至{b}家")
    assert (first.low, first.role, second.low, second.role) == (a, "from", b, "to")


@given(st.integers(1, 998), st.integers(1, 998), st.sampled_from(["至", "到", "—", "~", "-", "～"]))
def test_range(a, b, sign):
    low, high = sorted((a, b + 1))
    q = only(f"每组{low}{sign}{high}人") if low < high else only(f"每组{low}人")
    assert (q.low, q.high) == (low, high)


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28))
def test_date_in_every_form(year, month, day):
    number = Decimal(year * 10000 + month * 100 + day)
    chinese = "".join("零一二三四五六七八九"[int(d)] for d in str(year)) + f"年{cn2an.an2cn(month)}月{cn2an.an2cn(day)}日".replace("一十", "十")
    for form in (f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", chinese, f"{year}年{month}月{day}日".translate(WIDE)):
        q = only(form)
        assert (q.kind, q.low, q.high, q.text) == ("date", number, number, form)
        assert (q.date.year, q.date.month, q.date.day, q.date.inferred) == (year, month, day, False)


@given(st.integers(0, 1000), st.integers(0, 9))
def test_percent_forms(whole, tenth):
    sign = only(f"占{whole}.{tenth}%")
    word = only(f"占百分之{cn2an.an2cn(whole)}点{'零一二三四五六七八九'[tenth]}") if whole else sign
    assert sign.low == word.low == Decimal(f"{whole}.{tenth}")
    assert equal(sign, word)


ALPHABET = "一二三十百千万亿两半几数第前约近超多余0123456789.,，。%年月日时点分个家元吨至到—-~“”（）()《》从由增翻番倍成折之比派每股负零下星期 \nabcGP$￥＄１２萬個°′/:："


@settings(max_examples=400)
@given(st.one_of(st.text(ALPHABET, max_size=60), st.text(max_size=60)))
def test_any_text_is_read(text):
    end = 0
    for q in parse(text, (2022, 1)):
        assert text[q.start:q.end] == q.text and end <= q.start < q.end
        assert q.low <= q.high
        assert equal(q, q)
        (q.value, q.point, q.precision, q.weak, q.dimension)
        end = q.end
    for s, e, name in names(text):
        assert text[s:e] == name
    last = 0
    for s, e in protected(text):
        assert last <= s < e <= len(text)
        last = e


HOSTILE = {
    "digits": "9" * 100_000, "chinese digits": "九" * 100_000, "ten thousands": "万" * 100_000, "commas": "1,111," * 20_000, "thousands": "1," + "111," * 25_000,
    "dots": "1." * 50_000, "brackets": "（" * 50_000 + "）" * 50_000, "quotes": "“" * 50_000 + "”" * 50_000, "quoted": "“一" * 50_000, "ones": "一一二一" * 25_000,
    "ranges": "1至" * 50_000, "dashes": "1-" * 50_000, "years": "2021年" * 20_000, "from": "从1家" * 25_000, "hedges": "约" * 100_000, "fractions": "百分之" * 33_000,
    "plus": "1+" * 50_000, "letters": "A1" * 50_000, "spaces": "1 " * 50_000, "lines": "1\n" * 50_000, "clock": "1:" * 50_000, "points": "点五" * 50_000, "nul": "\0" * 100_000,
    "ones ring": "一个一" * 33_000, "mail": "a@" * 50_000, "dotted mail": "a." * 50_000, "slash": "1/2" * 33_000, "coordinate": "东经1" * 25_000, "doc": "〔2021〕" * 16_000,
    "months": "1月" * 50_000, "ordinals": "第一" * 50_000, "surrogate": "\ud800" * 1000, "letters only": "a" * 100_000, "han": "的" * 100_000, "届": "一届的" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_linear_time(name):
    """Four times the text may take eight times as long, not sixteen; 100,000 characters stay below ten seconds on a slow machine."""
    text = HOSTILE[name]
    short = text[:len(text) // 4]
    start = time.process_time()
    parse(short), names(short)
    middle = time.process_time()
    parse(text), names(text)
    end = time.process_time()
    assert end - middle < 10
    assert end - middle < 8 * (middle - start) + 0.5
