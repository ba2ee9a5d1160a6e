"""Tokens, BM25 and coverage, worked out by hand."""
from __future__ import annotations

from math import log

import pytest

from index.lexical import Lexical, simplify, tokens


@pytest.mark.parametrize("text, expected", [
    ("企业", ["企", "业", "企业"]),
    ("企業", ["企", "业", "企业"]),
    ("ＧＤＰ增长７．５％", ["gdp", "增", "长", "增长", "7.5"]),
    ("GDP 7.5", ["gdp", "7.5"]),
    ("二〇二二", ["二", "〇", "二", "二", "二〇", "〇二", "二二"]),
    ("𠮷家", ["𠮷", "家", "𠮷家"]),
    ("高新，区", ["高", "新", "高新", "区"]),
    ("A4纸3张", ["a", "4", "纸", "3", "张"]),
    ("٣个", ["个"]),
    ("……！？", []),
    ("", []),
], ids=repr)
def test_tokens(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize("traditional, simplified", [("臺灣的發展與機遇", "台湾的发展与机遇"), ("頭髮", "头发"), ("ＡＢＣ，１２３", "abc,123"), ("㎡", "m2")])
def test_simplify(traditional, simplified):
    assert simplify(traditional) == simplified


CORPUS = ["甲乙", "甲丙丁", "戊"]
"""As tokens: 甲 乙 甲乙 (3), 甲 丙 丁 甲丙 丙丁 (5), 戊 (1): 3 on average."""


def bm25(frequency: int, count: int, length: int) -> float:
    """Lucene's BM25 with k1 1.5 and b 0.75, over three rows of 3 tokens on average."""
    return log(1 + (3 - frequency + 0.5) / (frequency + 0.5)) * count / (count + 1.5 * (0.25 + 0.75 * length / 3))


def test_bm25_by_hand():
    lexical = Lexical.build(CORPUS)
    assert lexical.scores("甲") == pytest.approx([bm25(2, 1, 3), bm25(2, 1, 5), 0], rel=1e-5)
    assert lexical.scores("乙") == pytest.approx([bm25(1, 1, 3), 0, 0], rel=1e-5)
    assert lexical.scores("甲丙") == pytest.approx([bm25(2, 1, 3), bm25(2, 1, 5) + 2 * bm25(1, 1, 5), 0], rel=1e-5)


def test_a_word_asked_twice_counts_once():
    lexical = Lexical.build(CORPUS)
    assert lexical.scores("乙，乙，乙").tolist() == lexical.scores("乙").tolist()


def test_order_of_a_corpus():
    rows = ["高新区有147家四上企业", "四上企业的培育办法", "高新区的公园", "市政府召开会议"]
    scores = Lexical.build(rows).scores("高新区四上企业有多少家？")
    assert scores.argsort()[::-1].tolist()[:3] == [0, 1, 2] and scores[3] == 0


def test_words_that_no_row_has():
    assert Lexical.build(CORPUS).scores("xyz 龍").tolist() == [0, 0, 0]
    assert Lexical.build(CORPUS).scores("？！").tolist() == [0, 0, 0]


def test_rows_without_words():
    assert Lexical.build(["……", "甲"]).scores("甲")[0] == 0
    assert Lexical.build(["……"]).scores("甲").tolist() == [0]


def test_weight_falls_with_frequency():
    lexical = Lexical.build(CORPUS)
    assert [lexical.weight(t) for t in ("庚", "戊", "甲")] == pytest.approx([log(1 + 3 / 0.5), log(1 + 3 / 1.5), log(1 + 3 / 2.5)])


def test_coverage_by_hand():
    lexical = Lexical.build(CORPUS)
    pair, unknown = log(1 + 3 / 1.5), log(1 + 3 / 0.5)
    assert lexical.coverage("甲乙", "甲乙丙") == 1
    assert lexical.coverage("甲乙丁", "甲乙") == pytest.approx(pair / (pair + unknown))  # 甲乙 in one row, 乙丁 in none
    assert lexical.coverage("甲乙", "乙甲") == 0
    assert lexical.coverage("企業 GDP", "企业gdp") == 1
    assert lexical.coverage("甲", "甲") == 0  # no pair in it
    assert lexical.coverage("7", "7") == 1
