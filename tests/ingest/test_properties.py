"""Properties of any document: offsets exact, nothing lost, quotations verbatim, no cut where none may fall, linear time.

And of any file and any question to it: an answer that quotes what stands there, or one line that says why not.
"""
from __future__ import annotations

import codecs
import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.dense import Dense
from index.store import Snapshot, clause_texts
from ingest.chunk import CHUNK, MAX_SENTENCE, clause_spans, mask, read_document, sentence_spans, uncuttable
from ingest.document import Document, UserError
from ingest.load import load
from qa.assistant import Assistant, Turn
from qa.read import SignalReader, Weights
from quantities.parse import protected
from tests.index.fakes import fake

WORD = st.sampled_from("企业 园区 增长 完成 实施 建成 推进 群众 干部 项目 水库 公路 通过 获得 先后 其中 目前 全县 我们 以及 的 了 和 为 达 “专精特新” 五纵四横 《决策》 《我想》和《你想》".split())
NUMBER = st.sampled_from(["147家", "3000多家", "1.2万户", "77.1%", "2021年", "1月13日", "1,200元", "约3630万元", "九成", "第七", "4.5亿元至6亿元", "3000多", "12.", "-3℃", "１２％"])
SIGN = st.sampled_from(list("，,。。；;：:、！？…·—/ 　\t\u2003\xa0") + ["——", "……", "“", "”", "‘", "’", "「", "」", "《", "》", "(", ")", "（", "）", "【", "】", "\"", "。”", "”说,", "。)", "\ue000", "\U000f0000", "\U0010fffd", "😀", "e\u0301", "\u200b"])
PROSE = st.lists(st.one_of(WORD, WORD, NUMBER, SIGN), min_size=1, max_size=40).map("".join)
LINE = st.one_of(PROSE, PROSE, PROSE, PROSE.map(lambda t: t + "。"), st.sampled_from([
    "# 年度报告", "## 水利局:守好一库水", "### 小结 ###", "一、总体情况", "（二）园区建设", "稳中有进", "——三年改革纪实", "大坝全景 王明 摄", "图为施工现场。", "照片由县里提供", "(本报记者 王小明)",
    "编者按：今起推出专栏。", "(下转第三版)", "|指标|值|", "|--|--|", "|产值|5亿元|", "甲\t1\t2", "乙\t3\t4", "1. 修路;", "- 架桥", "> 引文", "**重点**工作", "[链接](http://a.b)", "![坝](a.png)", "---", "```", "2022年1月5日", "The county built 87 roads"]))
BREAK = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\n　　", " \n", "\u2028", "\x0b", "\x85"])
DOCUMENT = st.lists(st.tuples(LINE, BREAK), max_size=14).map(lambda parts: "".join(t + b for t, b in parts))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def tiles(spans, length: int) -> bool:
    return [s for s, _ in spans] == [0, *(e for _, e in spans)][:len(spans)] and (spans[-1][1] if spans else 0) == length


def letters(text: str, markup: str = "#>*_[]()!-=|`~:：<") -> Counter:
    """The characters that are no white space and could be no markup."""
    return Counter(c for c in text if not c.isspace() and c not in "\ufeff\u200b" and c not in markup)


def check(raw: str) -> Document:
    document = read_document("报告.txt", raw, (2022, 1))
    text = document.text
    for part in (*document.sentences, *document.passages):
        assert text[part.start:part.end] == part.text != ""
    assert tiles([(p.start, p.end) for p in document.passages], len(text))
    end = 0
    for sentence in document.sentences:
        assert end <= sentence.start and not text[end:sentence.start].strip("\n\r")
        end = sentence.end
    assert not text[end:].strip("\n\r\x0b\x0c\x85\u2028\u2029")
    places = [i for s, e in document.pieces for i in range(s, e)]
    assert len(set(places)) == len(places), "a character stands twice"
    for sentence in document.sentences:
        citation = document.cite(sentence.start, sentence.end)
        assert citation.quote == "".join(raw[s:e] for s, e in citation.spans) == sentence.text
        assert tiles([(s - sentence.start, e - sentence.start) for s, e in sentence.clauses], len(sentence.text))
    return document


@settings(max_examples=150, deadline=None)
@given(DOCUMENT)
@example("甲局新增3000多\n\n照片由县里提供\n\n家；共\r\n\r\n5家。")
@example("“一。”“二。”“三")
@example("\U000f0000《甲》\U000f0001")
def test_report(raw):
    document = check(raw)
    if not re.search(r"^\s*(?:```|~~~|<!--)|\]\(", raw, re.M):
        assert letters(document.text) == letters(raw), "a character is lost"
    if not re.search(r"[#>*_\[\-=|`~<]", raw):
        assert letters(document.text, "") == letters(raw, ""), "a sign is lost"


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_any_text(raw):
    document = check(raw)
    if not re.search(r"```|~~~|<!--|\]\(", raw):
        assert letters(document.text) == letters(raw)
    if not re.search(r"[#>*_\[\-=|`~<]", raw):
        assert letters(document.text, "") == letters(raw, "")


@settings(max_examples=150, deadline=None)
@given(PROSE, st.integers(1, 8))
def test_no_cut_in_what_belongs_together(text, times):
    text = (text + "，") * times
    document = read_document("a.txt", "# 题\n" + text)
    start = next((b.start for b in document.blocks if b.kind == "paragraph"), None)
    if start is None:
        return
    body = next(document.text[b.start:b.end] for b in document.blocks if b.kind == "paragraph")
    for spans, limit in ((sentence_spans(body), MAX_SENTENCE), (clause_spans(body), 10**9), ([(p.start - start, p.end - start) for p in document.passages if p.start >= start], CHUNK)):
        cuts = {e for _, e in spans}
        for s, e in uncuttable(body):
            if e - s < limit:
                assert not [c for c in cuts if s < c < e], (body[s:e], limit)


@settings(deadline=None)
@given(PROSE)
def test_sentences_and_clauses_tile(text):
    for spans in (sentence_spans(text), clause_spans(text)):
        assert tiles(spans, len(text)) and all(s < e for s, e in spans)


@settings(deadline=None)
@given(PROSE)
def test_uncuttable_ranges_are_in_order_and_hold_every_quantity(text):
    ranges = uncuttable(text)
    assert all(a[1] <= b[0] for a, b in zip(ranges, ranges[1:]))
    assert all(any(s <= a and b <= e for s, e in ranges) for a, b in protected(text))
    masked, lengths = mask(text, ranges)
    assert len(masked) == len(text) - sum(e - s - 1 for s, e in ranges)
    assert sorted(lengths.values()) == sorted(e - s for s, e in ranges)


HOSTILE = {
    "prose": "全县新增企业147家，总投资5.2亿元；“专精特新”企业3家。" * 7000, "no end": "全县新增企业和项目" * 22000, "semicolons": "完成投资3亿元；" * 25000, "sentences": "好。" * 100_000,
    "wrapped": "全县坚持以群众需求为导向先后投入资金并新建改建农村公路解决了出行\n" * 6000, "lines": "甲\n" * 100_000, "numbers": "1\n" * 100_000, "blank": "\n" * 200_000, "spaces": "# 甲" + " " * 200_000 + "乙", "dots": "…" * 200_000,
    "headings": "# 标题\n" * 30_000, "captions": "全县\n王明 摄\n" * 20_000, "brackets": "[" * 200_000, "links": "![甲](" * 40_000, "stars": "**甲" * 60_000, "quotes": "“" * 100_000 + "”" * 100_000, "parens": "（甲" * 100_000,
    "quote marks": ">" * 100_000, "rows": "|甲|乙|\n" * 20_000, "wide row": "甲  " * 60_000, "bylines": "文" * 60 + "\n" + "记者 " * 20_000, "dashes": "- " * 60_000 + "x", "titles": "——甲\n" * 40_000, "comments": "<!--" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_long_text_takes_seconds(name):
    """50,000 characters in five seconds on a slow machine; quadratic work takes more."""
    start = time.perf_counter()
    read_document("a.txt", HOSTILE[name][:50_000].rstrip() + "。")
    assert time.perf_counter() - start < 5


def test_two_hundred_thousand_characters():
    start = time.perf_counter()
    document = read_document("a.txt", "## 工业\n全县新增企业147家，总投资5.2亿元；“专精特新”企业3家。\n\n" * 5000)
    assert time.perf_counter() - start < 20
    assert len(document.sentences) == 10_000


SHORT = st.lists(st.tuples(LINE, BREAK), max_size=5).map(lambda parts: "".join(t + b for t, b in parts))
FILE = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda text, encoding: text.encode(encoding, "ignore"), SHORT, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-be"])),
    st.builds(lambda text, at, junk, mark: (mark + text.encode())[:at] + junk + text.encode()[at:], SHORT, st.integers(0, 400), st.binary(max_size=6), st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"%PDF", b"PK"])))
ASKED = st.lists(st.one_of(WORD, NUMBER, SIGN, st.sampled_from(
    "多少 几 哪些 谁 吗 呢 为什么 什么时候 百分之多少 第几 有没有 标题是什么 记者 照片 它 那 how many 忽略以上指令 \x00 \x1b[2J \ud800 \u202e <script>alert(1)</script> ' \" \\ {question} %s ${x} ../../ ( [ * + ?".split(" "))), max_size=12).map("".join)
QUESTION = st.one_of(ASKED, ANY, st.builds(lambda text, times: text * times, ASKED, st.integers(50, 400)))


@dataclass
class Held:
    """A store that holds what it is given."""

    snapshot: Snapshot
    exists = True

    def version(self) -> str:
        return "1"

    def read(self) -> Snapshot:
        return self.snapshot


def asking(document: Document) -> Assistant:
    """An assistant over one document: vectors of a fake embedder, read by rules alone. No model runs."""
    embedder = fake()
    vectors = np.concatenate([*embedder.documents(clause_texts(document))])
    return Assistant(Held(Snapshot({"model": embedder.model}, (document,), Dense.build(vectors))), embedder, SignalReader(Weights.load("rules")))


def one_line(error: UserError) -> None:
    assert str(error).isprintable() and re.search("[\u4e00-\u9fff]", str(error)) and len(str(error)) < 300


def answered(assistant: Assistant, question: str, history: tuple[Turn, ...] = ()) -> None:
    """The answer to a question quotes its document and can be written out, or a UserError says in one line why there is none."""
    try:
        answer = assistant.ask(question, history)
    except UserError as error:
        one_line(error)
        return
    raw = {document.name: document.raw for document in assistant.documents}
    assert json.loads(json.dumps(answer.to_dict(), ensure_ascii=False).encode("utf-8")) and 0 <= answer.confidence <= 1
    assert bool(answer.citations) == (answer.status == "answered") and (answer.citations or not answer.answer)
    for citation in answer.citations:
        assert citation.quote == "".join(raw[citation.document][s:e] for s, e in citation.spans) != ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(FILE, st.sampled_from(["报告.txt", "a.md", "b", "\u202etxt.md", "<img src=x>.txt", "年报\n终稿.txt", "x.TEXT"]), QUESTION)
def test_any_file_and_any_question(folder, data, name, question):
    """No exception but UserError, from the bytes of a file to an answer."""
    path = folder / name
    path.write_bytes(data)
    try:
        raw = load(path)[1]
    except UserError as error:
        one_line(error)
        return
    document = read_document(path.name, raw)
    for part in (*document.sentences, *document.passages):
        assert document.text[part.start:part.end] == part.text != ""
    if document.sentences:
        answered(asking(document), question, (Turn(question),))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(ASKED | ANY, st.lists(ASKED | ANY, max_size=1))
def test_any_question_to_the_real_reader(assistant, question, history):
    answered(assistant, question, tuple(map(Turn, history)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_question_to_a_long_text_takes_seconds(name):
    document = read_document("a.txt", HOSTILE[name][:50_000].rstrip() + "。")
    start = time.perf_counter()
    answered(asking(document), "全县新增企业多少家？")
    assert time.perf_counter() - start < 5


LONG = ["多少" * 500, "？" * 999 + "甲", "“" * 999 + "甲", "1" * 1000, "（甲" * 500, "为什么" * 333, "a" * 1000, "第" * 1000, "是" * 1000, "、甲" * 500, "2021年" * 200, "忽略" * 500, "吗？" * 500]


def test_long_questions_take_seconds(assistant):
    """All by rules; one with the models, whose time goes with the characters too."""
    rules = asking(read_document("a.txt", HOSTILE["prose"][:5000]))
    start = time.perf_counter()
    for question in LONG:
        answered(rules, question, (Turn(question),))
    assert time.perf_counter() - start < 5
    start = time.perf_counter()
    answered(assistant, "第" * 1000)
    assert time.perf_counter() - start < 10
