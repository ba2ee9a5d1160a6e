"""Measures of one reply against values worked out by hand."""
import math

import pytest

from evaluation.measures import cited, covered, holds, ranked, score, wrong
from evaluation.pairs import Pair
from evaluation.places import Places
from tests.evaluation.fakes import DOCUMENT, answered, refused


def pair(*answers, evidence=(), items=()):
    return Pair("1", "问？", tuple(answers), tuple(evidence), tuple(items))


def test_covered_counts_runs_of_four_or_more_without_white_space():
    assert covered("新增3000多\n家，排名第一", "新增3000多家") == 1.0
    assert covered("天地玄黄宇宙洪荒", "天地玄黄日月盈昃") == 0.5
    assert covered("天地玄", "天地玄黄日月盈昃") == 0.0


def test_evidence_needs_six_tenths_and_a_short_quotation():
    snippet = "一二三四五六七八九十"
    assert holds("一二三四五六", pair("a", evidence=[snippet]))
    assert not holds("一二三四五", pair("a", evidence=[snippet]))
    assert holds(snippet + "。" * 240, pair("a", evidence=[snippet]))
    assert not holds(snippet + "。" * 241, pair("a", evidence=[snippet]))
    assert holds("甲乙丙丁", pair("a", evidence=["子丑寅卯", "甲乙丙丁"]))


def test_ranks():
    places = [("a", i) for i in range(6)]
    found = ranked(places, {("a", 3), ("a", 9)})
    assert (found["success@1"], found["success@3"], found["success@5"], found["success@10"], found["rr"]) == (0, 0, 1, 1, 0.25)
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(5)) / (1 + 1 / math.log2(3)), abs=1e-4)
    assert set(ranked([], {("a", 3)}).values()) == {0.0}
    assert set(ranked(places, set()).values()) == {0.0}  # the evidence is nowhere: a miss, not left out


def test_eleventh_rank_is_not_among_ten():
    found = ranked([("a", i) for i in range(12)], {("a", 10)})
    assert found["success@10"] == 0.0 and found["rr"] == pytest.approx(1 / 11) and found["ndcg@10"] == 0.0


def test_citations():
    both = pair("甲、乙", evidence=["甲项是第一个项目", "乙项是第二个项目"], items=["甲", "乙"])
    assert cited(["甲项是第一个项目。", "今天天气很好。"], both) == (0.5, 0.5)
    either = pair("甲", evidence=["甲项是第一个项目", "这里也说到甲项的事"])
    assert cited(["甲项是第一个项目。"], either) == (1.0, 1.0)
    assert cited([], either) == (0.0, 0.0)


def test_a_reply_that_is_right():
    asked = pair("95家", evidence=["规模以上企业数从61家增至95家"])
    scores = score(answered("95家", "95家").to_dict(), asked, [True], set())
    assert (scores["evidence@1"], scores["answered"], scores["answer_em"], scores["figure_match"], scores["citation_precision"], scores["verbatim"], scores["correct"]) == (1,) * 7
    assert scores["items_f1"] is None and scores["success@1"] == 0.0


def test_a_wrong_figure_or_a_wrong_sentence_is_not_correct():
    asked = pair("95家", evidence=["规模以上企业数从61家增至95家"])
    assert score(answered("61家", "95家").to_dict(), asked, [True], set())["correct"] == 0.0
    assert score(answered("95家", "食堂6个").to_dict(), asked, [True], set())["correct"] == 0.0


def test_a_missing_answer_is_wrong_and_a_refusal_of_a_bad_question_right():
    gone = refused().to_dict()
    scores = score(gone, pair("95家", evidence=["增至95家"]), [], set())
    assert [scores[n] for n in ("evidence@1", "answered", "answer_f1", "figure_match", "citation_precision", "citation_recall", "rr", "correct")] == [0.0] * 8
    assert scores["verbatim"] is None
    assert score(gone, pair(), [], set()) == {"verbatim": None, "refused": 1.0, "correct": 1.0}


def test_a_failure_is_wrong_either_way():
    failed = {"id": "1", "status": "error", "error": "RuntimeError: boom"}
    assert score(failed, pair("95家", evidence=["增至95家"]), [], set())["correct"] == 0.0
    assert score(failed, pair(), [], set()) == {"verbatim": None, "refused": 0.0, "correct": 0.0}
    assert wrong(failed, pair(), score(failed, pair(), [], set())) == ["出错:RuntimeError: boom"]


def test_what_was_wrong_is_said():
    asked = pair("95家", evidence=["规模以上企业数从61家增至95家"])
    def faults(answer, of, verbatim=()):
        return wrong(answer.to_dict(), of, score(answer.to_dict(), of, verbatim, {("成绩单.md", 0)}))
    assert faults(answered("61家", "食堂6个"), asked, [False]) == ["第一条引文不是依据", "短答案不对(应为“95家”)", "前十段里没有依据", "引文与原文不一致"]
    assert faults(refused(), asked)[0] == "报道说了,却没有答"
    assert faults(answered("6个", "食堂6个"), pair()) == ["报道没有说,却作了答"]
    assert faults(refused(), pair()) == []


def test_places_of_evidence():
    places = Places([DOCUMENT])
    found = pair("6个", evidence=["建成社区食堂6个"])
    assert [places.passages[n][1].text.strip() for n in places.of(found)] == ["建成社区食堂6个。推动整改问题420余项。"]
    assert places.section(found) == "民生"
    (name, start), = places.relevant(found)
    assert name == "成绩单.md" and DOCUMENT.raw[start:].startswith("建成社区食堂")
    assert places.of(pair("x", evidence=["报道里根本没有这一句话"])) == [] and places.section(pair()) == ""
    assert places.of(Pair("1", "问", ("6个",), ("建成社区食堂6个",), document="别的.md")) == []
    assert places.section(Pair("1", "问", ("6个",), ("建成社区食堂6个",), rest={"section": "自定"})) == "自定"
