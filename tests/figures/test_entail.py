"""What the learned verifier adds to a check: it sees which figures agree, and a claim that the evidence does not bear out is not supported."""
from dataclasses import dataclass

import pytest

from figures.align import Book
from figures.check import check
from figures.entail import Weighed
from figures.evidence import evidence, paired
from figures.line import Line
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from ingest.chunk import read_document
from ingest.document import Document, Sentence

TEXT = """# 青河区年终盘点

## 教育

全区新建学校12所。区教育局付给北塘镇补偿款240万元，用于修缮校舍3栋。其中体育馆1座，面积6000平方米。

## 交通

计划明年再建停车场18处。今年要办的实事里有铺自行车道7公里。
"""
DOCUMENT = read_document("report.md", TEXT, (2022, 12))
BOOK = Book.of([DOCUMENT])
GIVEN, PART = (next(s for s in DOCUMENT.sentences if words in s.text) for words in ("补偿款", "体育馆"))


@dataclass(frozen=True)
class Hit:
    document: Document
    sentence: Sentence


def verifier(supported: float, contradicted: float = 2.0, only: str = ""):
    """A verifier that makes the same of every pair, or of those whose claim has these words and the opposite of the rest; it keeps what it was shown."""
    def weigh(pairs):
        weigh.seen += pairs
        return [Weighed(supported if only in claim else -supported, contradicted) for claim, _ in pairs]
    weigh.seen = []
    return weigh


def found(claim, weigh=None):
    return check(claim, BOOK, lambda text: [], weigh=weigh)


def test_evidence_is_read_under_title_and_heading_behind_the_sentence_before():
    assert evidence([(DOCUMENT, PART)])[0] == f"青河区年终盘点｜教育：{GIVEN.text}{PART.text}"
    assert evidence([(DOCUMENT, PART), (DOCUMENT, GIVEN)]) == (f"青河区年终盘点｜教育：全区新建学校12所。{GIVEN.text}{PART.text}", (2022, 12))
    assert evidence([]) == ("", None)


def test_a_heading_that_the_claim_calls_by_a_short_name_is_read_with_that_name():
    document = read_document("report.md", "# 区企盘点\n\n## 南部城市建设有限公司:抓项目\n\n三年累计融资6亿元。\n", (2022, 12))
    sentence = document.sentences[-1]
    assert paired(Line.read("南建公司融资6亿元"), None, [(document, sentence)])[1] == "区企盘点｜南建（南部城市建设有限公司:抓项目）：三年累计融资【6亿元】。"
    assert "南建" not in paired(Line.read("北建公司融资6亿元"), None, [(document, sentence)])[1]


def test_evidence_names_who_speaks_and_the_body_that_a_sentence_goes_on_about():
    text = "# 柳江高新技术产业开发区见闻\n\n## 冷链\n\n云帆冷运是龙头企业。去年建成冷库。全年收入7.36亿元。\n\n## 税\n\n“政策让成本降了55元。”北岳铜业总监汤蔚然算了一笔账。\n"
    document = read_document("report.md", text, (2024, 3))
    at = {words: next(s for s in document.sentences if words in s.text) for words in ("7.36", "成本")}
    assert evidence([(document, at["7.36"])], ["云帆", "收入"])[0].endswith("冷链：去年建成冷库。（云帆冷运）全年收入7.36亿元。")
    assert "云帆冷运" not in evidence([(document, at["7.36"])], ["北岳", "收入"])[0]
    assert evidence([(document, at["成本"])], ["高新区"])[0].startswith("柳江高新技术产业开发区（高新区）见闻｜税：北岳铜业总监汤蔚然：“政策")


def test_brackets_stand_around_the_figures_that_agree_however_they_are_written():
    line = Line.read("区教育局拿出0.024亿元给北塘镇，修了5栋校舍。")
    claim, text = paired(line, None, [(DOCUMENT, GIVEN)])
    assert claim == "区教育局拿出【0.024亿元】给北塘镇，修了5栋校舍" and text.endswith("区教育局付给北塘镇补偿款【240万元】，用于修缮校舍3栋。")
    assert "【" not in "".join(paired(line, line.figures[1], [(DOCUMENT, GIVEN)]))


@pytest.mark.parametrize("contradicted, verdict", [(2.0, CONTRADICTED), (-2.0, NOT_MENTIONED)])
def test_words_alike_are_not_enough_where_the_evidence_does_not_bear_the_claim_out(contradicted, verdict):
    assert found("区教育局付给北塘镇的补偿款为240万元。", verifier(3.0)).verdict == SUPPORTED
    result = found("区教育局付给北塘镇的补偿款为240万元。", verifier(-3.0, contradicted))
    assert result.verdict == verdict and [f.verdict for f in result.figures] == [verdict]
    assert bool(result.figures[0].citation) == (verdict == CONTRADICTED)


def test_of_two_figures_the_one_that_is_not_borne_out_is_given_up():
    result = found("区教育局付给北塘镇的补偿款为240万元，修缮的校舍为3栋。", verifier(-3.0, only="【3栋"))
    assert [f.verdict for f in result.figures] == [SUPPORTED, CONTRADICTED] and result.verdict == CONTRADICTED


def test_no_pair_is_weighed_twice_for_one_claim():
    weigh = verifier(5.0)
    found("有一个镇为修房子拿到了240万元。", weigh)
    assert weigh.seen and len(weigh.seen) == len(set(weigh.seen))


def test_what_stands_word_for_word_in_the_report_is_not_weighed():
    weigh = verifier(-3.0)
    assert found("区教育局付给北塘镇补偿款240万元，用于修缮校舍3栋。", weigh).verdict == SUPPORTED and not weigh.seen


def test_a_retelling_is_supported_where_a_sentence_with_its_figure_bears_it_out():
    claim = "有一个镇为修房子拿到了240万元。"
    assert found(claim, None).verdict != SUPPORTED
    assert found(claim, verifier(5.0)).verdict == SUPPORTED
    assert found(claim, verifier(0.5)).verdict != SUPPORTED


def test_a_statement_in_other_words_is_supported_where_a_sentence_that_the_retriever_finds_bears_it_out():
    claim, near = "校舍是拿区教育局的钱修的。", [Hit(DOCUMENT, PART), Hit(DOCUMENT, GIVEN)]
    said = check(claim, BOOK, lambda text: near, weigh=verifier(5.0, only=claim.rstrip("。")))
    assert said.verdict == SUPPORTED and said.claims[0].citations
    assert check(claim, BOOK, lambda text: near, weigh=verifier(0.5)).verdict != SUPPORTED
    assert check("校舍没有拿区教育局的钱修。", BOOK, lambda text: near, weigh=verifier(5.0)).verdict != SUPPORTED


@pytest.mark.parametrize("giver,expected", [("省文明办", SUPPORTED), ("市文明办", CONTRADICTED)])
def test_the_verifier_does_not_tell_of_which_level_an_office_is(giver, expected):
    document = read_document("a.md", "# 青河区盘点\n\n同年青河大厅被省文明办授予“示范窗口”称号。\n", (2024, 1))
    hit = Hit(document, document.sentences[-1])
    claim = f"青河大厅的“示范窗口”称号由{giver}授予。"
    assert (check(claim, Book.of([document]), lambda text: [hit], weigh=lambda pairs: [Weighed(9.0, -9.0)] * len(pairs)).verdict == SUPPORTED) == (expected == SUPPORTED)


def test_the_verifier_does_not_overrule_values_and_plans():
    for claim in ("有一个镇为修房子拿到了250万元。", "青河区今年又添了18处停车的地方。"):
        assert found(claim, verifier(5.0)).verdict != SUPPORTED


@pytest.mark.parametrize("logit, figure", [(2.5, CONTRADICTED), (3.5, SUPPORTED)])
def test_only_a_sure_verifier_is_believed_against_a_time_and_it_does_not_prove_that_time(logit, figure):
    document = read_document("a.md", "# 青河区盘点\n\n全长18公里的环湖路去年8月动工,明年底建成。\n", (2024, 1))
    result = check("2021年建成的环湖路长18公里。", Book.of([document]), lambda text: [], weigh=verifier(logit))
    assert [(f.text, f.verdict == SUPPORTED) for f in result.figures] == [("2021年", False), ("18公里", figure == SUPPORTED)] and result.verdict != SUPPORTED


@pytest.mark.parametrize("claim, figure", [("青河公司产值比上年增长9.3%。", "9.3%"), ("2021年青河大厅被授予“示范窗口”称号。", "2021年")])
def test_the_verifier_does_not_overrule_what_the_order_of_a_sentence_tells(claim, figure):
    document = read_document("a.md", "# 青河盘点\n\n青河公司产值5180万元、净利润612万元,分别比上年增长18.5%和9.3%。\n\n2020年,青河大厅受到表彰,同年被授予“示范窗口”称号;2021年,市数据局表扬“云叫号”工作。\n", (2024, 1))
    result = check(claim, Book.of([document]), lambda text: [], weigh=verifier(9.0))
    assert next(f for f in result.figures if f.text == figure).verdict == CONTRADICTED


def test_the_verifier_does_not_tell_of_which_year_a_sentence_is():
    undated = Book.of([read_document("report.md", TEXT, None)])
    assert check("今年骑车的路要添7公里。", undated, lambda text: [], weigh=verifier(5.0)).verdict == SUPPORTED
    assert check("2021年骑车的路添了7公里。", undated, lambda text: [], weigh=verifier(5.0)).verdict != SUPPORTED


@pytest.mark.parametrize("claim, expected", [("全区的娃娃们有了12所“阳光学堂”。", CONTRADICTED), ("全区的娃娃们有了12所学堂。", SUPPORTED)])
def test_a_name_in_quotation_marks_that_the_report_lacks_is_not_supported(claim, expected):
    assert found(claim, verifier(9.0)).verdict == expected
