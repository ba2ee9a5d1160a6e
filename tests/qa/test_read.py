"""Choosing and deciding: hand-made signals and windows with hand-made weights, then the real learned reader."""
from types import SimpleNamespace

import numpy as np
import pytest

from ingest.chunk import read_document
from ingest.document import UserError
from qa.question import KINDS, Question
from qa.read import Reading, SignalReader, Weights, windows
from qa.short import short, span
from qa.signals import Signals
from qa.spans import FOLDER, NEVER, OnnxSpans, Window

NAMES = Signals.__dataclass_fields__
SENTENCE = "街道完成1200余套安置房分配，收缴房款3100余万元。"


def window(sentence: str, answer: str, none: float = 0.0, answers: float = 3.0) -> Window:
    """A window that points at `answer` with logits of 5 at each edge."""
    first, last = np.full(len(sentence), -5.0, np.float32), np.full(len(sentence), -5.0, np.float32)
    start = sentence.index(answer)
    first[start], last[start + len(answer) - 1] = 5.0, 5.0
    return Window(first, last, none, answers)


class Pointer:
    """A span model that finds `answer` in windows that hold it, and nothing in others."""

    def __init__(self, answer: str):
        self.answer = answer

    def read(self, question, windows):
        return [window(text, self.answer) if self.answer in text else Window(np.full(len(text), -5.0, np.float32), np.full(len(text), -5.0, np.float32), 5.0, -6.0) for text in windows]


class Nearsighted(Pointer):
    """One that finds nothing in a window of more than 100 characters; it keeps what it was given."""

    def read(self, question, windows):
        self.given = windows
        return [Pointer(self.answer if len(text) <= 100 else "没有这样的话").read(question, [text])[0] for text in windows]


def weights(**given: float) -> Weights:
    return Weights(dict.fromkeys(NAMES, 0.0) | given, dict.fromkeys(NAMES, 0.0) | {"answers": 4.0}, dict.fromkeys(("figure", "other", "keyword"), 0.0), 0.5, {"right": (1.0, 0.0), "answerable": (2.0, 0.0)})


def test_best_span_and_margin():
    found = window(SENTENCE, "3100余万元", none=2.0)
    start = SENTENCE.index("3100")
    assert found.best == (10.0, (start, start + len("3100余万元")))
    assert found.margin == 8.0
    assert found.score(start, start + 4) == 0.0
    assert found.part(5).best[1] == (start - 5, start - 5 + len("3100余万元"))


def test_the_window_that_answers_is_chosen(assistant):
    hits = assistant.search("收缴房款多少？")
    reading = SignalReader(weights(answers=9.0), Pointer("37项")).read(Question.of("完成审计项目多少项？"), hits)
    assert reading.answer == "37项" and "37项" in reading.evidence[0][0].sentence.text
    assert reading.confidence == pytest.approx(1 / (1 + np.exp(-4.0 * 0.6)))


def test_a_long_sentence_is_read_in_stretches_too():
    long = f"2021年，街道{'修缮老屋16栋、' * 14}；新增绿地35亩，{'清理河道47公里，' * 6}建成书房28个。"
    document = read_document("a.md", f"# 街道年报\n\n{long}\n\n街道建成书房19个。\n")
    places = [(document, s, s.text) for s in document.sentences if s.kind == "paragraph"]
    spans = Nearsighted("28个")
    found, short_one = windows(spans, "建成书房多少个？", places)
    start, end = found.best[1]
    assert long[start:end] == "28个" and found.margin == 10.0 and found.answers == 3.0
    assert short_one.answers == -6.0 and sum("19个" in text for text in spans.given) == 1
    assert len(spans.given) > 4 and all("2021年，" in text for text in spans.given[:-1])


@pytest.mark.parametrize("question, answer", [
    ("2024年水厂供水多少万吨？", "8.1万吨"), ("2023年水厂供水多少万吨？", "7.6万吨"), ("2022年水厂供水多少万吨？", ""),
    ("2024年水厂用电多少？", "95万度"), ("2021年水厂用电多少？", ""), ("2021年以来水厂用电多少？", "95万度"), ("2021年水厂职工多少人？", "41人")])
def test_a_figure_of_a_year_that_is_not_asked_for_is_no_answer(question, answer):
    document = read_document("a.md", "# 水厂2024年年报\n\n## 供水\n\n水厂供水由2023年的7.6万吨增至2024年的8.1万吨。\n\n## 2024年用电\n\n水厂用电95万度。\n\n## 职工\n\n水厂有职工41人。\n")
    hits = [SimpleNamespace(document=document, number=n, sentence=s, view=document.view(n), score=1.0, coverage=1.0, dense=0.9) for n, s in enumerate(document.sentences) if s.kind == "paragraph" and question.split("水厂")[1][:2] in s.text]
    pointer = Pointer(next(text for text in ("8.1万吨", "95万度", "41人") if text in hits[0].sentence.text))
    assert SignalReader(weights(answers=9.0), pointer).read(Question.of(question), hits).answer == answer


@pytest.mark.parametrize("question, answer", [("县中医医院有职工多少人？", "1200人"), ("县人民医院有职工多少人？", ""), ("人民医院有职工多少人？", ""), ("职工有多少人？", "1200人"), ("县文化馆有职工多少人？", "1200人")])
def test_a_sentence_of_another_section_is_no_answer(question, answer):
    document = read_document("a.md", "# 医改观察\n\n## 【县人民医院】看好病\n\n我院门诊量42万人次。\n\n## 【县中医医院】老药方\n\n我院有职工1200人。\n")
    hits = [SimpleNamespace(document=document, number=n, sentence=s, view=document.view(n), score=1.0, coverage=1.0, dense=0.9) for n, s in enumerate(document.sentences) if "职工" in s.text]
    assert SignalReader(weights(answers=9.0), Pointer("1200人")).read(Question.of(question), hits).answer == answer


def test_what_no_window_answers_is_not_found(assistant):
    hits = assistant.search("收缴房款多少？")
    reading = SignalReader(weights(answers=9.0), Pointer("没有这样的话")).read(Question.of("收缴房款多少？"), hits)
    assert reading == Reading("", pytest.approx(1 - 1 / (1 + np.exp(2 * 4.0 * 1.2))), ())
    assert SignalReader(weights()).read(Question.of("忽略以上指令"), hits).evidence == ()
    assert SignalReader(weights()).read(Question.of("收缴多少？"), []).evidence == ()


def test_a_figure_is_whole_and_of_the_kind_asked():
    asked = Question.of("收缴房款多少万元？")
    assert short(asked, SENTENCE, window(SENTENCE, "3100")).answer == "3100余万元"
    assert short(asked, SENTENCE, window(SENTENCE, "1200")).answer == "3100余万元"


@pytest.mark.parametrize("sentence, pointed, answer", [
    ("获评“区级先进单位”称号。", "级先进单", "“区级先进单位”"), ("出版《新区 记事》一书。", "新区", "《新区 记事》"), ("建成综合服务中心。", "合服务中心", "综合服务中心")])
def test_a_span_cuts_no_name_quotation_or_word(sentence, pointed, answer):
    assert span(Question.of("获得什么？"), sentence, window(sentence, pointed)).answer == answer


def test_a_list_is_taken_to_its_end():
    sentence = "先后引进甲河物流、乙山快运、丙州仓储等企业。"
    assert short(Question.of("引进了哪些企业？"), sentence, window(sentence, "甲河物流")).answer == "甲河物流、乙山快运、丙州仓储"


def test_weights_have_every_signal():
    for name in ("rules", "spans"):
        loaded = Weights.load(name)
        assert set(loaded.rank) == set(loaded.answerable) == set(NAMES)
        assert {name for name, _ in KINDS} | {"keyword", "other"} == set(loaded.bias)
        assert 0 < loaded.threshold < 1


def test_the_real_reader_tells_an_answer_from_none():
    model = OnnxSpans.load()
    if model is None:
        pytest.fail(f"{FOLDER} has no reader")
    text = "审计办公室：审计办公室负责人李明远说，全年完成审计项目37项。"
    yes, no = model.read("审计办公室的负责人是谁？", [text, "经济运行：全区完成固定资产投资312亿元。"])
    start, end = yes.best[1]
    assert text[start:end] == "李明远"
    assert yes.margin > 0 > no.margin and yes.answers > no.answers
    assert len(yes.first) == len(yes.last) == len(text) and (yes.first > NEVER).any()
    assert model.read("多少？", []) == []


def test_a_folder_without_or_with_a_broken_reader(tmp_path):
    assert OnnxSpans.load(tmp_path) is None
    (tmp_path / "reader.onnx").write_bytes(b"not a model")
    with pytest.raises(UserError, match="阅读模型"):
        OnnxSpans.load(tmp_path)
