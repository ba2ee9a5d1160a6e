"""Files of pairs and claims: JSON Lines and CSV, bad rows, encodings."""
import json

import pytest

from evaluation.claims import Claim, claim_summary, confusion, load_claims, score_claim
from evaluation.pairs import load_pairs, pairs_of
from ingest.document import UserError


def file(tmp_path, text, name="问.jsonl", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_bad_rows_are_named_by_line_and_the_rest_kept(tmp_path):
    rows = ['{"question": "甲？", "answers": ["1"], "note": 7}', "", "{broken", "[1]", '{"answers": []}', '{"question": "乙？", "answers": [1]}', '{"question": "丙？"}',
            '{"question": "丁？", "answers": [""]}', '{"question": "戊？", "answerable": true}', '{"question": "己？", "answers": ["2"], "answerable": false}', '{"turns": []}']
    pairs, faults = load_pairs(file(tmp_path, "\n".join(rows)))
    assert [(p.id, p.question, p.answers) for p in pairs] == [("第1行", "甲？", ("1",)), ("第10行", "己？", ())]
    assert pairs[0].rest == {"note": 7}
    assert [fault.split(":")[0] for fault in faults] == [f"第 {n} 行" for n in (3, 4, 5, 6, 7, 8, 9, 11)]


def test_dialogues_keep_their_questions_and_take_over_tags(tmp_path):
    row = {"id": "d", "tags": ["t"], "split": "report", "turns": [{"question": "甲？", "answers": ["1"]}, {"question": "乙？", "answers": [], "tags": ["u"]}]}
    first, second = pairs_of(row)
    assert (first.id, first.history, first.tags, first.unit) == ("d.1", (), ("t",), "d")
    assert (second.id, second.history, second.tags, second.split, second.unit) == ("d.2", ("甲？",), ("u",), "report", "d")


def test_repeated_ids_stay_apart(tmp_path):
    rows = [{"id": "a", "question": "甲？", "answers": ["1"]}, {"id": "a", "turns": [{"question": "乙？", "answers": ["2"]}]}]
    assert [(p.id, p.unit) for p in load_pairs(file(tmp_path, "\n".join(map(json.dumps, rows))))[0]] == [("a", "a"), ("a~2.1", "a~2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_as_a_spreadsheet_saves_it(tmp_path, encoding):
    text = ('id,question,answers,evidence,tags,answerable,note\r\n'
            'a,"企业有多少家，共几家？",95家|95,"规模以上企业数从61家增至95家","figure|plain",,备注\r\n'
            'b,天气怎么样？,,,,false,\r\n'
            'c,粮食产量？,"[""231500吨"", ""23.15万吨""]",| 粮食 | 231500 |,,,\r\n')
    pairs, faults = load_pairs(file(tmp_path, text, "问.csv", encoding))
    assert faults == []
    assert (pairs[0].question, pairs[0].answers, pairs[0].tags, pairs[0].rest) == ("企业有多少家，共几家？", ("95家", "95"), ("figure", "plain"), {"note": "备注"})
    assert (pairs[1].answerable, pairs[1].answers) == (False, ())
    assert (pairs[2].answers, pairs[2].evidence) == (("231500吨", "23.15万吨"), ("| 粮食 | 231500 |",))


def test_csv_dialogue_and_bad_rows(tmp_path):
    turns = json.dumps([{"question": "甲？", "answers": ["1"]}, {"question": "乙呢？", "answers": []}], ensure_ascii=False).replace('"', '""')
    pairs, faults = load_pairs(file(tmp_path, f'id,question,answers,turns\nd,,,"{turns}"\n,,1,\nx,问？,1,,多,余\ny,问？,"[1",\n', "问.csv"))
    assert [(p.id, p.history) for p in pairs] == [("d.1", ()), ("d.2", ("甲？",))]
    assert [fault.split(":")[0] for fault in faults] == ["第 3 行", "第 4 行", "第 5 行"]


@pytest.mark.parametrize("text, name", [("", "空.jsonl"), ("{}\n[]\n", "坏.jsonl"), ("id,question\n", "表头.csv"), ("\x00\x01\x02" * 50, "二进制.jsonl")])
def test_a_file_without_a_pair_is_refused_by_name(tmp_path, text, name):
    with pytest.raises(UserError, match=name):
        load_pairs(file(tmp_path, text, name))


def test_missing_file(tmp_path):
    with pytest.raises(UserError, match="没有.jsonl"):
        load_pairs(tmp_path / "没有.jsonl")


def test_claims_file(tmp_path):
    rows = ['{"id": "c", "claim": "共有5家和6个。", "verdict": "contradicted", "figures": [{"text": "5家", "verdict": "supported"}, {"text": "6个", "verdict": "contradicted"}]}',
            '{"claim": "甲", "verdict": "wrong"}', '{"verdict": "supported"}', '{"claim": "乙", "verdict": "supported", "figures": [5]}', '{"claim": "丙", "verdict": "not_mentioned"}']
    claims, faults = load_claims(file(tmp_path, "\n".join(rows)))
    assert [(c.id, c.verdict) for c in claims] == [("c", "contradicted"), ("第5行", "not_mentioned")]
    assert claims[0].figures == (("5家", "supported"), ("6个", "contradicted"))
    assert [fault.split(":")[0] for fault in faults] == ["第 2 行", "第 3 行", "第 4 行"]


MIXED = Claim("c", "共有5家和6个。", "contradicted", (("5家", "supported"), ("6个", "contradicted")))


def result(verdict, *figures):
    spans = [(2, 4), (5, 7)]
    return {"verdict": verdict, "figures": [{"start": s, "end": e, "verdict": v} for (s, e), v in zip(spans, figures)], "citations": []}


@pytest.mark.parametrize("given, accuracy, wrongly, figures", [
    (result("contradicted", "supported", "contradicted"), 1.0, 0.0, 1.0), (result("supported", "supported", "supported"), 0.0, 1.0, 0.5),
    (result("contradicted", "contradicted", "supported"), 1.0, 1.0, 0.0),  # right as a whole, and a wrong figure called right
    (result("not_mentioned", "supported"), 0.0, 0.0, 0.5), ({"status": "error", "error": "x"}, 0.0, 0.0, 0.0)])
def test_a_claim_and_its_figures(given, accuracy, wrongly, figures):
    scores = score_claim(given, MIXED, [])
    assert (scores["verdict_accuracy"], scores["wrong_supported"], scores["figure_verdicts"], scores["claim_verbatim"]) == (accuracy, wrongly, figures, None)


def test_true_claims_cannot_be_wrongly_supported():
    assert score_claim(result("contradicted"), Claim("c", "共有5家", "supported"), [True, False]) == {
        "verdict_accuracy": 0.0, "wrong_supported": None, "figure_verdicts": None, "claim_verbatim": 0.5}


def test_confusion_and_summary():
    rows = [("supported", "supported"), ("contradicted", "supported"), ("contradicted", "contradicted"), ("not_mentioned", None)]
    records = [{"unit": str(i), "expected": due, "result": {"verdict": got} if got else {"error": "x"},
                "scores": score_claim({"verdict": got} if got else {"error": "x"}, Claim("c", "甲", due), [])} for i, (due, got) in enumerate(rows)]
    table = confusion(records)
    assert table["contradicted"] == {"supported": 1, "contradicted": 1, "not_mentioned": 0, "error": 0} and table["not_mentioned"]["error"] == 1
    measures = claim_summary(records)
    assert (measures["verdict_accuracy"]["value"], measures["wrong_supported"]["value"], measures["wrong_supported"]["n"]) == (0.5, pytest.approx(1 / 3), 3)
    assert claim_summary([]) == {}


def test_a_number_too_long_to_read_is_one_bad_row(tmp_path):
    pairs, faults = load_pairs(file(tmp_path, '{"question": "甲？", "answers": ["1"]}\n' + "1" * 5000 + "\n", "问.jsonl"))
    assert [pair.question for pair in pairs] == ["甲？"] and faults == ["第 2 行:不是合法的 JSON(数字太长或嵌套太深)"]
