"""The page's HTML from hand-written documents and answers, exact and escaped."""
from __future__ import annotations

import re

import pytest

from ingest.document import UserError
from prompts.render import confidence
from tests.web.fakes import HOSTILE, FakeAssistant, answer, document, refusal
from web.chat import replies, turns
from web.conversation import conversation_html, entry_html, other_passages, statement_html
from web.escape import text
from web.examples import figure_question, questions
from web.page import build
from web.source import article, link, pane, position, runs, section


def test_the_fixture_is_sound():
    assert document().text == "甲<b>\n新增3000多家企业。共5家。\n图一 图片由乙提供\n"
    assert [document().text[b.start:b.end] for b in document().blocks] == ["甲<b>", "新增3000多家企业。共5家。", "图一 图片由乙提供"]


def test_every_character_of_foreign_text_is_shown_and_none_acts():
    assert text(f"{HOSTILE}&'\r\x07\u202e") == "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#x27;&#13;\u2407\ufffd"


def test_article_is_exact():
    assert article(document("<a>.md")) == (
        '<article class="paper" data-document="&lt;a&gt;.md" tabindex="0" aria-label="&lt;a&gt;.md 全文">\n'
        '<h2 class="title"><span class="run" data-at="2">甲&lt;b&gt;</span></h2>\n'
        '<p class="paragraph" data-number="1"><span class="lost" role="img" aria-label="本节开头在版面上缺失，未补写" title="本节开头在版面上缺失，未补写"></span>'
        '<span class="run" data-at="7">新增3000多</span>'
        '<span class="seam" role="img" aria-label="版面修复：句子被图片说明隔开,接回" title="版面修复：句子被图片说明隔开,接回"></span>'
        '<span class="run" data-at="27">家企业。共5家。</span></p>\n'
        '<p class="caption" data-kind="图片说明"><span class="run" data-at="16">图一 图片由乙提供</span></p>\n</article>')


def test_runs_hold_raw_one_for_one():
    report = document()
    for block in report.blocks:
        for at, shown in re.findall(r'data-at="(\d+)">([^<]*)<', runs(report, block)):
            shown = shown.replace("&lt;", "<").replace("&gt;", ">")
            assert report.raw[int(at):int(at) + len(shown)] == shown


def test_pane_names_its_documents_and_opens_the_asked_one():
    one, two = document("甲.md"), document("<乙>.md")
    assert "<select" not in pane([one]) and "31 字 · 1 段 · 版面修复 1 处" in pane([one])
    both = pane([one, two], "<乙>.md")
    assert '<option value="甲.md">甲.md</option><option value="&lt;乙&gt;.md" selected>&lt;乙&gt;.md</option>' in both
    assert 'data-document="&lt;乙&gt;.md"' in both
    assert "还没有文档" in pane([])


def test_places():
    report = document()
    assert position(report, [(7, 14), (27, 31)]) == "第 1 段"
    assert position(report, [(2, 6)]) == "标题"
    assert position(report, [(16, 25)]) == "图片说明"
    assert position(report, [(0, 1)]) == ""
    assert section(report, "甲<b> › 乙") == "乙"
    assert section(report, "丙") == "丙"
    assert link("a b&.md", [(3, 9), (12, 15)]) == "?doc=a+b%26.md&span=3-9,12-15"


def test_an_answer_is_exact():
    attributes = 'href="?doc=a.md&amp;span=7-14,27-31" data-document="a.md" data-spans="7-14,27-31" data-highlight="9-14,27-28"'
    assert entry_html(answer().to_dict(), {"a.md": document()}) == (
        '<section class="turn"><h3 class="question">有多少家？</h3><div class="answer"><p class="short">3000多家</p>'
        f'<p class="statement">新增3000多家企业<span class="kept">。<a aria-describedby="card--1" class="cite" {attributes}>'
        '<span aria-hidden="true">1</span><span class="sr">引用 1，打开原文</span></a></span></p>'
        f'<ul class="places"><li><a class="where" {attributes}><b>1</b> <bdi>第 1 段</bdi></a>'
        '<div class="card" id="card--1" role="tooltip" popover="manual"><p class="card-place"><bdi>第 1 段</bdi></p><p class="card-quote">新增<b>3000多家</b>企业。</p></div></li></ul>'
        '<div class="end"><p class="sure">把握很大</p><div class="tools"><button type="button" class="copy" '
        'data-text="3000多家\n\n“新增3000多家企业。”\n——a.md，甲&lt;b&gt;，第 1 段，字符 7–14、27–31">复制</button></div></div></div></section>')


def test_a_refusal_looks_different_and_offers_the_nearest():
    shown = entry_html(refusal().to_dict(), {"a.md": document()})
    assert '<div class="answer refused"><p class="short">报道未提及</p><details>' in shown
    assert "看看最接近的 1 段" in shown and 'data-spans="7-14,27-35"' in shown and "sure" not in shown
    assert '<p class="statement">报道未提及乙，只提到甲。</p>' in entry_html(refusal().to_dict() | {"statement": "报道未提及乙，只提到甲。"}, {})


def test_other_passages_leave_out_the_cited_one():
    given = answer().to_dict()
    far = {"document": "a.md", "heading": "", "text": "远", "spans": [[100, 101]], "score": 0.1}
    assert other_passages(given | {"passages": [*given["passages"], far]}) == [far]


def test_a_completed_question_is_shown_in_small_print():
    assert '<p class="used">按「企业有多少家？」查找</p>' in entry_html(answer("那企业呢？", "企业有多少家？").to_dict(), {})
    assert "used" not in entry_html(answer().to_dict(), {})


def test_only_labels_of_citations_become_links():
    shown = statement_html("见[2]和[1]。", [answer().citations[0].to_dict(1)], {"a.md": document()})
    assert shown.startswith('见[2]<span class="kept">和<a aria-describedby="card--1" class="cite"')
    assert re.sub(r"<[^>]+>", "", shown) == "见[2]和1引用 1，打开原文。" and shown.count("<a ") == 1


@pytest.mark.parametrize("field", ["question", "answer", "statement"])
def test_hostile_strings_show_as_text(field):
    shown = conversation_html([answer().to_dict() | {field: HOSTILE, "question_used": HOSTILE}], {})
    assert "<img" not in shown and text(HOSTILE) in shown


def test_hostile_names_errors_and_examples_show_as_text():
    citation = answer().citations[0].to_dict(1) | {"document": HOSTILE, "heading": HOSTILE}
    assert "<img" not in conversation_html([answer().to_dict() | {"citations": [citation]}], {})
    assert "<img" not in conversation_html([{"question": "？", "error": HOSTILE}], {})
    assert "<img" not in conversation_html([], {}, [HOSTILE])


def test_confidence_has_four_words():
    assert [confidence(value) for value in (1.0, 0.9, 0.75, 0.5, 0.49, 0.0)] == [
        "把握很大", "把握很大", "把握较大", "把握一般，请核对原文", "把握不大，请核对原文", "把握不大，请核对原文"]


@pytest.mark.parametrize(("sentence", "question"), [
    ("高新区3年来新增的市场主体有3000多家。", "高新区3年来新增的市场主体有多少家？"),
    ("不见面审批事项所占的比例达到90%，位居前列。", "不见面审批事项所占的比例达到百分之多少？"),
    ("该公司完成施工产值4.2亿元。", "完成施工产值多少亿元？"),
    ("其中党员有21人。", None), ("它的面积为3亩。", None), ("收缴的购房资金有300万元。", None), ("全年平稳。", None)])
def test_example_questions(sentence, question):
    assert figure_question(sentence) == question


def test_questions_of_a_document_without_figures():
    assert questions(document()) == ("这篇报道的标题是什么？",)


def test_turns_hand_over_only_what_was_answered():
    entries = [answer("一？").to_dict(), {"question": "二？", "error": "…"}, refusal("天气？").to_dict()]
    assert [(turn.question, turn.answer) for turn in turns(entries)] == [("一？", "3000多家"), ("天气？", "")]


def test_reply_never_raises(capsys):
    assert list(replies(FakeAssistant(), "？", [])) == [{"question": "？", "error": f"问题是空的{HOSTILE}"}]
    assert "内部细节" not in next(replies(FakeAssistant(), "坏", []))["error"]
    assert "RuntimeError" in capsys.readouterr().err


def test_a_damaged_index_is_told_on_the_page():
    class Damaged:
        writer = None

        @property
        def documents(self):
            raise UserError("索引坏了<b>")

        def ask_stream(self, *question):
            raise UserError("索引坏了<b>")

    functions = {f"{block.fn.__module__}.{block.fn.__name__}": block.fn for block in build(Damaged()).fns.values() if block.fn}
    *_, last = functions["web.chat.submitted"]("有多少家？", [], [], True)
    assert "索引坏了&lt;b&gt;" in last[0] and last[2]["value"] == "有多少家？" and last[3] == []
    assert "可以这样问" not in functions["web.chat.greeted"]([], [])[0] and "还没有文档" in functions["web.documents.listed"]() and functions["web.page.opened"]() == '<p class="nothing" role="alert">索引坏了&lt;b&gt;</p>'
