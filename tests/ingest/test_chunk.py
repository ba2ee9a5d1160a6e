"""Sentences, clauses, passages and headings of hand-made texts, with every cut worked out by hand."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chunk import CHUNK, MAX_SENTENCE, clause_spans, read_document, sentence_spans

CASES = json.loads((Path(__file__).parents[1] / "cases" / "ingest_sentences.json").read_text(encoding="utf-8"))


def cut(text: str) -> list[str]:
    return [text[s:e] for s, e in sentence_spans(text)]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda c: c["label"])
def test_sentences(case):
    assert "".join(case["expected"]) == case["input"]
    assert cut(case["input"]) == case["expected"]


@pytest.mark.parametrize("case", CASES["negatives"], ids=lambda c: c["label"])
def test_one_sentence(case):
    assert cut(case["input"]) == [case["input"]]


@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda c: c["label"])
def test_known_failure_still_fails(case):
    """One that passes has to move among the cases."""
    assert case["reason"]
    assert cut(case["input"]) != case["expected"]


@pytest.mark.parametrize("case", CASES["clauses"], ids=lambda c: c["label"])
def test_clauses(case):
    assert [case["input"][s:e] for s, e in clause_spans(case["input"])] == case["expected"]


def test_a_long_sentence_is_cut_at_its_semicolons():
    item = "新建农村公路146公里,改造危桥12座,惠及87个村的3.5万名群众"  # 34 characters
    text = "；".join([item] * 10) + "。"
    assert len(item) == 34 and len(text) == 350
    assert [len(s) for s in cut(text)] == [245, 105]
    assert cut(text)[0] == (item + "；") * 7


def test_a_long_sentence_without_semicolons_is_cut_at_commas_then_at_enumeration_marks():
    assert [len(s) for s in cut("新建公路一百余里," * 40)] == [243, 117]
    assert [len(s) for s in cut("王家村、" * 100)] == [248, 152]
    assert max(len(s) for s in cut("全县新增3,000个项目，" * 60)) <= MAX_SENTENCE


def test_a_short_bracket_is_whole_and_a_long_one_is_not():
    assert cut("前文（甲甲。乙乙）后文。") == ["前文（甲甲。乙乙）后文。"]
    assert [len(s) for s in cut("前文（" + "甲。" * 60 + "）后文。")] == [5, *[2] * 58, 3, 3]


def test_what_can_not_be_cut_stays_whole():
    assert cut("甲" * 600) == ["甲" * 600]


def test_headings_give_the_path():
    document = read_document("年报.md", "# 年报\n总述。\n## 工业\n产值5亿元。\n### 园区\n企业147家。\n## 农业\n粮食35万吨。\n")
    assert document.title == "年报"
    assert [(s.kind, s.path, s.text) for s in document.sentences] == [
        ("title", (), "年报"), ("paragraph", ("年报",), "总述。"), ("heading", ("年报",), "工业"), ("paragraph", ("年报", "工业"), "产值5亿元。"),
        ("heading", ("年报", "工业"), "园区"), ("paragraph", ("年报", "工业", "园区"), "企业147家。"), ("heading", ("年报",), "农业"), ("paragraph", ("年报", "农业"), "粮食35万吨。")]
    assert document.sentences[5].heading == "年报 › 工业 › 园区"
    assert document.heading_at(document.text.index("企业")) == "年报 › 工业 › 园区"


def test_passages_are_whole_sentences_of_one_section():
    sentence = "全县新建农村公路146公里,惠及87个村的3.5万名群众。"  # 29 characters
    assert len(sentence) == 29
    document = read_document("a.md", "## 交通\n" + sentence * 20 + "\n## 教育\n新建学校3所。\n")
    assert [(p.kind, len(p.text.rstrip())) for p in document.passages] == [("title", 2), ("paragraph", 232), ("paragraph", 232), ("paragraph", 116), ("heading", 2), ("paragraph", 7)]
    assert all(len(p.text) <= CHUNK for p in document.passages)
    assert "".join(p.text for p in document.passages) == document.text


def test_the_text_of_a_document_without_a_word_in_it_is_empty():
    document = read_document("a.md", "\n\n---\n")
    assert (document.text, document.sentences, document.passages, document.title) == ("", (), (), "a.md")


def test_offsets_of_a_sentence_are_those_of_the_file():
    raw = "\r\n## 工业\r\n　　产值5亿元。企业**147家**。\r\n"
    document = read_document("a.md", raw)
    last = document.sentences[-1]
    citation = document.cite(last.start, last.end, ((last.start + 2, last.end - 1),))
    assert (citation.quote, citation.spans, citation.highlight) == ("企业147家。", ((17, 19), (21, 25), (27, 28)), ((21, 25),))
    assert document.place(21) == last.start + 2 and document.place(20) is None
    with pytest.raises(ValueError):
        document.quote(((3, 5), (4, 6)))
    with pytest.raises(ValueError):
        document.spans(0, len(document.text) + 1)


def test_masked_private_use_characters_of_the_text_are_not_taken_for_masks():
    text = "\U000f0000共3.5万人。\U000f0001《甲。乙》。"
    assert cut(text) == ["\U000f0000共3.5万人。", "\U000f0001《甲。乙》。"]
