"""The desk of a check from hand-written results: marks, cards, decisions, corrections and the records kept of them."""
from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import pytest

from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, CheckResult, ClaimVerdict, FigureVerdict
from ingest.document import Block, Document, UserError
from web.check import reviewed
from web.review import Decision, Item, Review, begin, summary
from web.sheet import markdown, page, plain
from web.verdicts import draft_html, failed_html, quoted, review_html, state

HOSTILE = '<img src=x onerror="alert(1)">'
RAW = "建成公园12个。\n种树\n300棵。\n"
DRAFT = "  建成公园15个,种树300棵。\n湖里有鱼。来了9人。"
NAME = "甲<b>.md"
SHA = "ab" * 32


def document() -> Document:
    """RAW; its second sentence was broken over two lines."""
    return Document(NAME, RAW, ((0, 11), (12, 18)), (Block("paragraph", 0, 9), Block("paragraph", 9, 17)))


def result(draft: str = DRAFT) -> CheckResult:
    """A wrong figure, a right one, a statement not mentioned, and a claim whose figure is right but which is wrong as a whole."""
    park, trees = document().cite(0, 8, ((4, 7),)), document().cite(9, 16, ((11, 15),))
    return CheckResult(draft, (
        ClaimVerdict(2, 16, CONTRADICTED, "数字不符(原文为12个)", (FigureVerdict("15个", 6, 9, CONTRADICTED, "数字不符(原文为12个)", "12个", park),
                                                          FigureVerdict("300棵", 12, 16, SUPPORTED, "相符", "300棵", trees))),
        ClaimVerdict(18, 23, NOT_MENTIONED, "原文未提及"),
        ClaimVerdict(23, 28, CONTRADICTED, "主体不符", (FigureVerdict("9人", 25, 27, SUPPORTED, "相符", "9人", park),), (park,)),
    ))


def review() -> Review:
    return begin(result(), {NAME: SHA}, "2026-01-02 03:04")


def shown_text(html: str) -> str:
    """The text of a fragment as a reader copies it: without signs and what only a screen reader hears."""
    html = re.sub(r'<span class="(?:sign|sr)"[^>]*>[^<]*</span>', "", html)
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_the_fixture_is_sound():
    assert [document().cite(0, 8).quote, document().cite(9, 16).quote] == ["建成公园12个。", "种树300棵。"]
    assert [(f.text, DRAFT[f.start:f.end]) for f in result().figures] == [("15个", "15个"), ("300棵", "300棵"), ("9人", "9人")]


def test_items_are_the_figures_and_the_claims_that_their_figures_do_not_carry():
    assert [(i.text, i.verdict, i.figure, i.sentence) for i in review().items] == [
        ("15个", CONTRADICTED, True, "建成公园15个,种树300棵"), ("300棵", SUPPORTED, True, "建成公园15个,种树300棵"),
        ("湖里有鱼。", NOT_MENTIONED, False, "湖里有鱼。"), ("9人", SUPPORTED, True, "来了9人。"), ("来了9人。", CONTRADICTED, False, "来了9人。")]
    assert summary(review()) == "相符 2 · 不符 2 · 未提及 1"


def test_the_draft_shows_every_character_and_a_sign_for_every_verdict():
    html = draft_html(review())
    assert shown_text(html) == DRAFT
    assert re.findall(r'class="mark (\w+) (\w+)"', html) == [("figure", CONTRADICTED), ("figure", SUPPORTED), ("statement", NOT_MENTIONED), ("figure", SUPPORTED), ("statement", CONTRADICTED)]
    assert re.findall(r'class="sign" aria-hidden="true">\u2060(.)<', html) == ["✗", "✓", "?", "✓", "✗"]
    assert [int(i) for i in re.findall(r'data-item="(\d+)"', html)] == [0, 1, 2, 3, 4]


def test_a_card_opens_the_source_and_offers_the_correction():
    html = review_html(review(), {NAME: document()})
    first = html[html.index('<article class="card'):html.index("</article>")]
    assert 'data-spans="0-8" data-highlight="4-7"' in first and "<blockquote>建成公园<b>12个</b>。</blockquote>" in first
    assert "数字不符(原文为12个)" in first and "改为 12个</button>" in first and 'data-text="12个"' in first and 'class="where"' in first
    assert html.count('class="apply"') == 1
    third = html.split("<article")[3]
    assert "blockquote" not in third and "原文未提及" in third
    assert '<p class="sr" role="status">核查完毕：相符 2 · 不符 2 · 未提及 1</p>' in html


def test_a_quotation_over_a_mended_break_keeps_its_marks():
    assert document().cite(9, 16, ((10, 13),)).spans == ((9, 11), (12, 17))
    assert quoted(document().cite(9, 16, ((10, 13), (14, 15)))) == "种<b>树30</b>0<b>棵</b>。"


def test_a_person_may_accept_overrule_and_take_back():
    accepted = review().decided(0, Decision(CONTRADICTED, " 已核 "))
    assert accepted.decisions == {0: Decision("", "已核")} and accepted.verdict(0) == CONTRADICTED and accepted.overruled == 0
    overruled = accepted.decided(0, Decision(SUPPORTED, "口径不同"))
    assert overruled.verdict(0) == SUPPORTED and overruled.items[0].verdict == CONTRADICTED
    assert summary(overruled) == "相符 3 · 不符 1 · 未提及 1（人工改判 1 处）"
    assert state(overruled, 0) == "人工改判为相符，程序判为不符"
    html = review_html(overruled, {})
    assert 'class="mark figure supported decided"' in html and "已处理 1/5" in html and 'value="口径不同"' in html and "人工改判为相符，程序判为不符" in html
    assert overruled.decided(0, None).decisions == {}


@pytest.mark.parametrize(("index", "verdict"), [(5, ""), (-1, ""), (0, "true")])
def test_a_decision_that_cannot_be_is_refused(index, verdict):
    with pytest.raises(ValueError, match="no such decision"):
        review().decided(index, Decision(verdict))


def test_a_correction_is_taken_into_the_draft_and_back():
    taken = review().turned(0)
    assert taken.corrected == "  建成公园12个,种树300棵。\n湖里有鱼。来了9人。" and taken.draft == DRAFT
    assert "<del>15个</del><ins>12个</ins>" in draft_html(taken) and "已改为 12个（撤回）" in review_html(taken, {})
    assert taken.turned(0).corrected == DRAFT
    with pytest.raises(ValueError, match="no correction"):
        review().turned(1)


def test_several_corrections_keep_their_places():
    items = tuple(Item(t, s, s + len(t), CONTRADICTED, f"数字不符(原文为{c})", "1家3家", source=c) for t, s, c in (("1家", 0, "1000多家"), ("3家", 2, "4家")))
    assert Review("1家3家", items, ((0, 4),), {}, "", applied=frozenset({0, 1})).corrected == "1000多家4家"


@pytest.mark.parametrize(("reason", "source", "correction"), [
    ("数字不符(原文为12个)", "12个", "12个"), ("单位或数量级不符(原文为12万个)", "12万个", "12万个"), ("时间不符:原文是2019年的", "2019年", "2019年"),
    ("时间不符:原文是2019年的", "15个", ""), ("数字不符(原文为从15个到20个)", "15个", ""), ("主体不符:原文这个数字说的不是“乙”", "十五个", ""), ("原文未提及", None, "")])
def test_only_another_value_for_the_same_thing_is_a_correction(reason, source, correction):
    assert Item("15个", 0, 3, CONTRADICTED, reason, "15个", source=source).correction == correction


def test_decisions_outlive_a_second_check_where_nothing_changed():
    before = review().decided(0, Decision("", "甲")).decided(2, Decision(SUPPORTED, "乙"))
    changed = "  建成公园15个,种树301棵。\n湖里有鱼。来了9人。"
    again = begin(result(changed), {}, "").carried(before)
    assert again.decisions == {2: Decision(SUPPORTED, "乙")}
    assert review().carried(None).decisions == {}


def test_what_was_not_checked_is_said_and_not_marked():
    late = ClaimVerdict(18, 23, NOT_MENTIONED, "未核查:超过一次核查的上限,请分次核查")
    found = begin(CheckResult(DRAFT, (result().claims[0], late)), {}, "")
    assert [i.text for i in found.items] == ["15个", "300棵"] and "后面 1 句超过一次核查的上限，未核查" in review_html(found, {})
    assert shown_text(draft_html(found)) == DRAFT


def test_hostile_text_shows_as_text_everywhere():
    citation = document().cite(0, 8)
    item = Item(HOSTILE, 0, len(HOSTILE), CONTRADICTED, f"数字不符(原文为{HOSTILE}2)", HOSTILE, True, f"{HOSTILE}2", citation)
    hostile = Review(HOSTILE, (item,), ((0, len(HOSTILE)),), {HOSTILE: SHA}, "", decisions={0: Decision(SUPPORTED, HOSTILE)}, applied=frozenset({0}))
    for html in (review_html(hostile, {}), page(hostile), failed_html(HOSTILE)):
        assert "<img" not in html and "&lt;img" in html
    assert not re.search(r"(?<!\\)<img", markdown(hostile))


def test_both_records_hold_claim_verdict_quotation_document_and_decision():
    settled = review().decided(0, Decision(SUPPORTED, "口径*不同*")).turned(0)
    text = markdown(settled)
    assert "相符 3 · 不符 1 · 未提及 1（人工改判 1 处）。对照 1 篇文档；核查时间 2026-01-02 03:04。" in text
    assert "> 建成公园15个【1✓】,种树300棵【2✓】。\n> 湖里有鱼。【3?】来了9人【4✓】。" in text
    assert ("### 1. ✓ 相符：15个\n\n- 所在句：建成公园15个,种树300棵\n- 程序判断：不符，数字不符(原文为12个)\n- 原文数字：12个\n- 更正：改为12个（已改入稿子）\n"
            "- 人工：改判为相符\n- 备注：口径\\*不同\\*\n- 出处：甲\\<b\\>.md\n\n> 建成公园12个。\n") in text
    assert f"- 甲\\<b\\>.md SHA-256 `{SHA}`" in text
    html = page(settled)
    for part in ("2026-01-02 03:04", "建成公园<b>12个</b>。", SHA, "甲&lt;b&gt;.md", "<dt>人工</dt><dd>改判为相符</dd>", "<dt>备注</dt><dd>口径*不同*</dd>", "<dt>程序判断</dt><dd>不符，数字不符(原文为12个)</dd>"):
        assert part in html
    assert "<script" not in html and "http" not in html and "改后的稿子" in html and "改后的稿子" not in page(review())


@pytest.mark.parametrize(("text", "markdown_"), [("# 题", "\\# 题"), ("1. 项", "1\\. 项"), ("- 项", "\\- 项"), ("3.5亿", "3\\.5亿"), ("a\n\nb", "a b"), ("![x](y)", "\\!\\[x\\](y)")])
def test_foreign_text_is_plain_in_markdown(text, markdown_):
    assert plain(text) == markdown_


class FakeStore:
    def manifest(self):
        return {"documents": [{"name": "甲", "sha256": "1" * 64}, {"name": "乙", "sha256": "2" * 64}]}


class FakeAssistant:
    """Finds what `result` says in any draft but an empty one; remembers what it was asked."""

    store = FakeStore()

    def __init__(self):
        self.asked: list = []

    def check(self, claim, documents=None):
        self.asked.append((claim, documents))
        if not claim:
            raise UserError("待核查的话是空的")
        return result()


@pytest.mark.parametrize(("scope", "asked", "names"), [([], None, ["甲", "乙"]), (["乙"], frozenset({"乙"}), ["乙"])])
def test_the_scope_limits_the_check_and_its_record(scope, asked, names):
    assistant = FakeAssistant()
    found = reviewed(assistant, DRAFT, scope, None, datetime(2026, 1, 2, 3, 4))
    assert assistant.asked == [(DRAFT, asked)] and list(found.documents) == names and found.when == "2026-01-02 03:04"
    with pytest.raises(UserError, match="空的"):
        reviewed(assistant, "", scope, None, datetime(2026, 1, 2))
