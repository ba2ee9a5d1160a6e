"""The cases of tests/cases/ingest_repair.json: what each text reads as, block by block; paragraph! is one whose opening is lost."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chunk import read_document
from ingest.repair import repair

DATA = json.loads((Path(__file__).parents[1] / "cases" / "ingest_repair.json").read_text(encoding="utf-8"))
MENDS = ("join_headings", "mend_breaks")


def blocks(raw: str) -> list[list[str]]:
    document = read_document("报告.txt", raw)
    return [[b.kind + "!" * b.opening_lost, document.text[b.start:b.end]] for b in document.blocks]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda c: c["label"])
def test_case(case):
    assert blocks(case["input"]) == case["expected"]


@pytest.mark.parametrize("case", DATA["negatives"], ids=lambda c: c["label"])
def test_left_alone(case):
    assert blocks(case["input"]) == case["expected"]
    assert not repair(case["input"])[1]


@pytest.mark.parametrize("case", DATA["known_failures"], ids=lambda c: c["label"])
def test_known_failure_still_fails(case):
    """One that passes has to move among the cases."""
    assert case["reason"]
    assert blocks(case["input"]) != case["expected"]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda c: c["label"])
def test_the_repaired_text_needs_no_repair(case):
    """Repairing what was repaired changes no sentence; a heading's lines may stand apart again."""
    once = read_document("a.txt", case["input"])
    again = read_document("a.txt", "\n\n".join(text for _, text in blocks(case["input"])))
    if not any(b.kind in ("title", "heading") for b in once.blocks):
        assert "".join(again.text.split()) == "".join(once.text.split())


def test_the_log_names_place_and_reason():
    raw = "全镇新增工商户3000多\n\n大坝全景 王明 摄\n\n家,其中餐饮480家。"
    (entry,) = repair(raw)[1]
    assert (entry.name, entry.reason, entry.detail) == ("mend_breaks", "句子被图片说明隔开,接回", "全镇新增工商户3000多|家,其中餐饮480家。")
    assert raw[entry.start:entry.end] == raw


def test_raw_is_untouched_and_a_mended_sentence_has_two_spans():
    raw = "全镇新增工商户3000多\r\n\r\n大坝全景 王明 摄\r\n\r\n家,其中餐饮480家。\r\n"
    document = read_document("a.txt", raw)
    assert document.raw == raw
    sentence, caption = document.sentences
    assert document.cite(sentence.start, sentence.end).spans == ((0, 12), (29, 40))
    assert document.cite(caption.start, caption.end).spans == ((16, 25),)


def test_there_are_enough_cases_and_no_label_twice():
    labels = [c["label"] for group in DATA.values() for c in group]
    assert len(labels) == len(set(labels))
    assert len(DATA["cases"]) >= 75 and len(DATA["negatives"]) >= 35
