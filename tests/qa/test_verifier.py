"""The learned verifier: its files, and that it tells what evidence bears out from the like that it does not."""
import pytest

from ingest.document import UserError
from qa.verifier import OnnxVerifier

VERIFIER = OnnxVerifier.load()


def test_no_model_is_no_fault_and_a_damaged_one_is_named(tmp_path):
    assert OnnxVerifier.load(tmp_path) is None
    (tmp_path / "verifier.onnx").write_bytes(b"not a model")
    with pytest.raises(UserError, match="打不开"):
        OnnxVerifier.load(tmp_path)


PAIRS = [  # evidence, what it bears out, the like that it does not
    ("教育：全年新建小学【6所】、初中3所，新增学位5400个。", "小学新建了【6所】", "初中新建了【6所】"),
    ("交通：北环路计划明年6月建成，总投资【4.8亿元】。", "北环路预计要投【4.8亿元】", "北环路已经建成，花了【4.8亿元】"),
    ("产业：澄江股份上半年实现收入【2.6亿元】，净利润3100万元。", "澄江股份上半年的收入是【2.6亿元】", "澄江股份上半年赚到净利润【2.6亿元】"),
    ("住房：全市开工改造老旧小区【118个】，其中完工97个。", "动手改造的老旧小区有【118个】", "改造完工的老旧小区有【118个】"),
    ("审计：市审计局审计项目【37个】，移送线索9件。", "市审计局审了【37个】项目", "县审计局审了【37个】项目")]


@pytest.mark.parametrize("evidence, right, wrong", PAIRS)
def test_a_claim_that_the_evidence_bears_out_weighs_more_than_its_like_that_it_does_not(evidence, right, wrong):
    borne, not_borne = VERIFIER.weigh([(right, evidence), (wrong, evidence)])
    assert borne.supported > not_borne.supported + 1


def test_what_else_is_weighed_changes_nothing():
    pairs = [(right, evidence) for evidence, right, _ in PAIRS]
    assert VERIFIER.weigh([]) == []
    assert VERIFIER.weigh(pairs) == [VERIFIER.weigh([pair])[0] for pair in pairs]
