"""Each measure against a value worked out by hand."""
import pytest

from evaluation.measures import answer_em, answer_f1, covered, figure_match, holds, items_found, score, summary
from evaluation.pairs import Pair, load_pairs, pairs_of
from ingest.document import UserError


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


def test_answers_in_cmrc_convention():
    assert answer_em("“147家”。", pair("83家", "147家")) == 1.0
    assert answer_em("147", pair("147家")) == 0.0
    assert answer_f1("增至147家", pair("147家")) == pytest.approx(2 * 4 / (6 + 4))
    assert answer_f1("", pair("147家")) == 0.0


@pytest.mark.parametrize("answer, right, value", [
    ("25000万元", "2.5亿元", 1.0), ("147", "147家", 1.0), ("147%", "147家", 0.0), ("从83家增至147家", "147家", 0.0), ("", "147家", 0.0), ("三次", "3次", 1.0)])
def test_figures_by_value_and_alone(answer, right, value):
    assert figure_match(answer, pair(right)) == value


def test_figures_do_not_apply_to_names_and_lists():
    assert figure_match("王明", pair("李明")) is None
    assert figure_match("甲", pair("3个、4个", items=("3个", "4个"))) is None


def test_lists_by_items():
    assert items_found("甲项、乙项", pair("x", items=("甲项", "乙项"))) == 1.0
    assert items_found("甲项、丁项", pair("x", items=("甲项", "乙项", "丙项"))) == pytest.approx(2 * 1 / (2 * 1 + 1 + 2))
    assert items_found("丁项", pair("x", items=("甲项",))) == 0.0
    assert items_found("甲", pair("甲")) is None


def test_a_missing_answer_is_wrong_and_a_refusal_of_a_bad_question_right():
    gone = {"status": "not_found", "answer": "", "citations": [], "passages": []}
    scores = score(gone, pair("147家", evidence=["增至147家"]), [])
    assert (scores["evidence@1"], scores["answered"], scores["answer_f1"], scores["figure_match"], scores["verbatim"]) == (0, 0, 0, 0, None)
    assert score(gone, pair(), [])["refused"] == 1.0


def test_summary_of_refusals():
    def record(answerable, status):
        return {"answerable": answerable, "answer": {"status": status}, "scores": {"answered": float(status == "answered") if answerable else None}}
    found = summary([record(True, "answered"), record(True, "not_found"), record(False, "not_found"), record(False, "answered"), record(False, "answered")])
    assert found["answered"] == {"value": 0.5, "n": 2}
    assert found["refusal_precision"] == {"value": 0.5, "n": 2}
    assert found["refusal_recall"]["value"] == pytest.approx(1 / 3)
    assert found["refusal_f1"]["value"] == pytest.approx(0.4)


def test_summary_without_refusals_or_answers():
    assert "refusal_f1" not in summary([{"answerable": True, "answer": {"status": "answered"}, "scores": {"answered": 1.0}}])
    assert summary([]) == {}


def test_turns_become_pairs_with_history():
    row = {"id": "d", "tags": ["dialogue"], "turns": [{"question": "甲？", "answers": ["1"]}, {"question": "乙？", "answers": ["2"], "answerable": False, "note": 5}]}
    first, second = pairs_of(row)
    assert (first.id, first.history, second.history, second.answers, second.tags, second.rest) == ("d.1", (), ("甲？",), (), ("dialogue",), {"note": 5})


def test_bad_rows_are_named_and_the_rest_is_read(tmp_path):
    path = tmp_path / "问.jsonl"
    path.write_text('{"question": "甲？", "answers": ["1"]}\n{x\n{"answers": []}\n{"question": "乙？", "answers": 3}\n', "utf-8")
    pairs, faults = load_pairs(path)
    assert [p.question for p in pairs] == ["甲？"]
    assert [fault[:5] for fault in faults] == ["第 2 行", "第 3 行", "第 4 行"]


def test_a_file_without_pairs(tmp_path):
    path = tmp_path / "空.jsonl"
    path.write_text("\n", "utf-8")
    with pytest.raises(UserError, match="空.jsonl"):
        load_pairs(path)
