"""What the learned reader adds to a check: retellings are supported, and of two figures of a sentence the one that is meant; the rules stay above it."""
import pytest

from figures.align import Book
from figures.check import check
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from figures.witness import Told
from ingest.chunk import read_document

TEXT = """# 青河区年终盘点

## 教育

全区新建学校12所,新增学位5400个。

## 交通

建成停车场30处,计划明年再建停车场18处。公交免费乘坐,由运输局监管。局长穆清河在会上表示:“线路一条也不会减。”站长柏以宁介绍,线路图月底印好。

## 余事

与上年相比,骑车上升5.4个百分点,钓鱼回落3.1个百分点。由学生岑禾领衔的车队获金奖,辅导老师为温如海。北泉供水集团虚增收入;北泉客运集团出借资金,该集团时任会计部长闻朗被移送。把60个教学点逐一征求意见,撤并35个、保留25个。医生尤桂荣获“最美医生”称号,运动员贺澜夺得金牌。北岭污水厂因征迁滞后未能如期完工。东屿码头公司单机台时效率提高到31.2自然箱,南浦码头公司单机台时效率提高到28.4自然箱。棚改区配建两所幼儿园和1所小学,都已投用。
"""
DOCUMENT = read_document("report.md", TEXT, (2022, 12))
BOOK = Book.of([DOCUMENT])


def reader(answers: float, words: str):
    """A reader that finds these words, as surely as told, in the sentence that has them, and nothing elsewhere."""
    def hear(question, places):
        return [Told(answers if words in sentence.text else -9.0, (at := document.text.index(words), at + len(words))) for document, sentence in places]
    return hear


def verdict(claim, hear):
    return check(claim, BOOK, lambda text: [], hear=hear).verdict


@pytest.mark.parametrize("claim, words", [("孩子们多了5400个座位。", "5400个"), ("开车的人如今有30处地方可停。", "30处")])
def test_a_retelling_is_supported_where_the_reader_finds_its_figure(claim, words):
    assert verdict(claim, None) != SUPPORTED
    assert verdict(claim, reader(6.0, words)) == SUPPORTED
    assert verdict(claim, reader(-6.0, words)) != SUPPORTED


def test_a_count_of_persons_is_not_one_of_places():
    assert verdict("小学生有35人搬走了。", reader(6.0, "35个")) != SUPPORTED
    assert verdict("小学校有35所搬走了。", reader(6.0, "35个")) == SUPPORTED


def test_another_figure_that_the_reader_finds_contradicts():
    assert verdict("孩子们多了5500个座位。", None) == NOT_MENTIONED
    assert verdict("孩子们多了5500个座位。", reader(6.0, "5400个")) == CONTRADICTED


def test_the_reader_does_not_overrule_what_is_only_planned():
    assert verdict("开车的人又多了18处地方可停,都已建成。", reader(6.0, "18处")) != SUPPORTED


def test_what_the_words_support_is_not_put_to_the_reader_where_no_other_figure_stands_beside_it():
    def heard(question, places):
        raise AssertionError(question)
    assert verdict("建成的停车场有30处。", heard) == SUPPORTED
    with pytest.raises(AssertionError, match="^青河区新建的学校有多少所？$"):  # or 5400个 of 学位
        verdict("青河区新建的学校有12所。", heard)


def test_a_statement_is_what_the_reader_says_but_for_its_denials():
    def search(text):
        return [type("Hit", (), {"document": DOCUMENT, "sentence": s}) for s in DOCUMENT.sentences if "免费" in s.text]
    for claim, expected in (("坐公交不用掏钱。", SUPPORTED), ("公交尚未免费乘坐。", CONTRADICTED)):
        assert check(claim, BOOK, search, hear=reader(6.0, "免费乘坐")).verdict == expected
    assert check("坐公交不用掏钱。", BOOK, search, hear=reader(-6.0, "免费乘坐")).verdict != SUPPORTED


@pytest.mark.parametrize("claim, expected", [("局长穆清河说,公交线路不会变少。", SUPPORTED), ("局长柏以宁说,公交线路不会变少。", CONTRADICTED), ("局长说,公交线路不会变少。", SUPPORTED)])
def test_the_reader_does_not_tell_who_says_it(claim, expected):
    def search(text):
        return [type("Hit", (), {"document": DOCUMENT, "sentence": s}) for s in DOCUMENT.sentences if "不会减" in s.text]
    found = check(claim, BOOK, search, hear=reader(6.0, "线路一条也不会减")).verdict
    assert (found == SUPPORTED) == (expected == SUPPORTED)


@pytest.mark.parametrize("claim, words, expected", [
    ("与上年相比,骑车的参与率上升5.4个百分点。", "5.4个百分点", True), ("与上年相比,钓鱼的参与率上升5.4个百分点。", "5.4个百分点", False),
    ("东屿码头公司的平均单机台时效率去年提高到31.2自然箱。", "28.4", True),
    ("征求意见以后,保留下来的教学点有25个。", "25个", True), ("征求意见以后,保留下来的教学点有35个。", "25个", False)])
def test_the_reader_does_not_give_a_figure_to_its_neighbour(claim, words, expected):
    assert (verdict(claim, reader(6.0, words)) == SUPPORTED) == expected


@pytest.mark.parametrize("claim, words, expected", [
    ("岑禾是车队的辅导老师。", "辅导老师为温如海", False), ("车队的辅导老师是温如海。", "辅导老师为温如海", True),
    ("荣获“最美医生”称号的是贺澜。", "荣获“最美医生”称号", False), ("荣获“最美医生”称号的是尤桂。", "荣获“最美医生”称号", True),
    ("北岭污水厂因为资金短缺才没能如期完工。", "因征迁滞后未能如期完工", False), ("北岭污水厂因为征迁太慢才没能如期完工。", "因征迁滞后未能如期完工", True),
    ("被移送的闻朗当过北泉供水集团的会计部长。", "会计部长闻朗", False), ("被移送的闻朗当过北泉客运集团的会计部长。", "会计部长闻朗", True)])
def test_the_reader_does_not_tell_who_it_was_and_why(claim, words, expected):
    def search(text):
        return [type("Hit", (), {"document": DOCUMENT, "sentence": s}) for s in DOCUMENT.sentences if words in s.text]
    assert (check(claim, BOOK, search, hear=reader(6.0, words)).verdict == SUPPORTED) == expected


@pytest.mark.parametrize("claim, expected", [("青河大气中颗粒物的浓度32微克/立方米,下降8.6%。", SUPPORTED), ("青河大气中颗粒物的浓度同比下降8.6%。", CONTRADICTED),
                                             ("青河大气中颗粒物的浓度56微克/立方米,下降8.6%。", CONTRADICTED)])
def test_the_reader_does_not_tell_a_figure_from_one_of_another_clause_where_the_claim_has_more_of_its_own(claim, expected):
    document = read_document("a.md", "# 青河环境公报\n\n2022年,青河细颗粒物年均浓度32微克/立方米,同比下降8.6%;青河可吸入颗粒物年均浓度56微克/立方米,同比下降5.1%。\n", (2023, 1))

    def hear(question, places):
        return [Told(6.0, (at := document.text.index("5.1%"), at + 4)) for _ in places]
    assert check(claim, Book.of([document]), lambda text: [], hear=hear).verdict == expected


@pytest.mark.parametrize("claim, expected", [("青河公司产值比上年增长9.3%。", False), ("青河公司产值、净利润分别比上年增长18.5%和9.3%。", True)])
def test_the_reader_does_not_tell_which_is_whose_where_the_order_does(claim, expected):
    document = read_document("a.md", "# 青河盘点\n\n青河公司产值5180万元、净利润612万元,分别比上年增长18.5%和9.3%。\n", (2024, 1))

    def hear(question, places):
        return [Told(6.0, (at := document.text.index("9.3%"), at + 4)) for _ in places]
    assert (check(claim, Book.of([document]), lambda text: [], hear=hear).verdict == SUPPORTED) == expected


def test_the_reader_does_not_take_for_another_what_the_order_gives_to_an_item():
    document = read_document("a.md", "# 青河盘点\n\n青河公司产值5180万元、净利润612万元,分别比上年增长18.5%和9.3%。\n", (2024, 1))

    def hear(question, places):
        return [Told(6.0, (at := document.text.index("18.5%"), at + 5)) for _ in places]
    assert check("青河公司净利润612万元,增速为9.3%。", Book.of([document]), lambda text: [], hear=hear).verdict == SUPPORTED


def test_the_reader_does_not_settle_figures_that_changed_places():
    found = check("青河区棚改区配套的1所幼儿园和两所小学都已投用。", BOOK, lambda text: [], hear=reader(6.0, "1所"))
    assert [f.verdict for f in found.figures] == [CONTRADICTED, CONTRADICTED]
