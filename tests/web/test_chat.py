"""What becomes of an answer on the page: kept, taken away, rated; from hand-written answers and documents."""
from __future__ import annotations

import json
import os
import re
import threading

import pytest

from ingest.document import Document, UserError
from tests.web.fakes import HOSTILE, FakeAssistant, answer, document, refusal
from web.chat import SELECTED_GONE, examples, replies
from web.conversation import conversation_html, entry_html, quote_html, scope_html
from web.feedback import MAX_REASON, append, rated, record
from web.kept import CHARACTERS, TURNS, Keeper, thawed
from web.transcript import CHANGED, GONE, copied, fate, literal, markdown, page

NOW = "2026-03-09T08:05:00+08:00"
EXTRA = {"id": "0123456789abcdef", "asked": NOW, "scope": [], "sources": {"a.md": "5" * 64}, "rating": None}
ENTRY = answer().to_dict() | EXTRA | {"ours": True}
REFUSED = refusal().to_dict() | EXTRA | {"id": "f" * 16, "sources": {}, "ours": True}
HERE = {"a.md": document()}
KEEPER = Keeper(b"a key of this server")


def other(raw: str, name: str = "a.md") -> Document:
    return Document(name, raw, ((0, len(raw)),), ())


def test_a_reply_says_when_from_which_file_and_that_it_is_ours():
    entry, = replies(FakeAssistant(), "有多少家？", [])
    assert entry["sources"] == {"a.md": "5" * 64} and entry["ours"] is True and entry["rating"] is None and entry["scope"] == []
    assert re.fullmatch(r"[0-9a-f]{16}", entry["id"]) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", entry["asked"])
    assert next(replies(FakeAssistant(), "天气？", []))["sources"] == {}


def test_a_question_goes_to_the_documents_of_the_scope():
    class Listening(FakeAssistant):
        def ask(self, question, history=(), documents=None):
            self.asked.append(documents)
            return answer(question)

    assistant = Listening()
    assert next(replies(assistant, "有多少家？", [], ["a.md", "removed.md"]))["scope"] == ["a.md", "removed.md"]
    next(replies(assistant, "有多少家？", []))
    assert assistant.asked == [frozenset({"a.md", "removed.md"}), None]
    assert list(replies(assistant, "有多少家？", [], ["removed.md"])) == [{"question": "有多少家？", "error": SELECTED_GONE}] and len(assistant.asked) == 2


def test_examples_come_from_the_documents_asked():
    several = {name: document(name) for name in "甲乙丙"}
    assert examples({"甲": document("甲")}) == ("这篇报道的标题是什么？",) == examples(several, ["乙"])
    assert examples({}) == () == examples(several, ["丁"])


def test_the_scope_is_said_over_the_question_and_under_the_asked_one():
    assert scope_html([]) == ""
    assert re.sub("<[^>]+>", "", scope_html(["甲", HOSTILE, "丙", "丁"])).startswith("只问：甲、&lt;img src=x onerror=&quot;alert(1)&quot;&gt;、丙 等 4 篇")
    assert '<p class="used">只问：a.md · 按「甲」查找</p>' in entry_html(ENTRY | {"scope": ["a.md"], "question_used": "甲"}, HERE)


def test_what_became_of_a_quotation():
    citation = ENTRY["citations"][0]
    assert fate(citation, HERE) == "" and fate(citation, {}) == GONE
    assert fate(citation, {"a.md": other("短")}) == CHANGED == fate(citation, {"a.md": other("# 甲<b>\n新增4000多\n\n图一 图片由乙提供\n\n家企业。共5家。\n")})


@pytest.mark.parametrize(("documents", "says"), [({}, GONE), ({"a.md": other("换成别的文字了")}, CHANGED)])
def test_a_lost_quotation_is_no_link_and_says_why(documents, says):
    shown = entry_html(ENTRY, documents)
    assert "<a " not in shown and f'<span class="cite gone" tabindex="0" role="note" aria-label="引用 1，{says}"' in shown and f"（{says}）</span>" in shown
    assert "新增<b>3000多家</b>企业。" in shown


def test_the_card_marks_the_short_answer_over_a_gap():
    assert quote_html({"quote": "新<增>9家。", "spans": [[10, 13], [20, 24]], "highlight": [[12, 13], [20, 22]]}) == "新&lt;<b>增&gt;9</b>家。"


def test_rating_shows_where_the_server_answered():
    assert entry_html(ENTRY | {"rating": "down"}, HERE).count('data-rating="up" aria-pressed="false"') == 1
    assert 'data-rating="down" aria-pressed="true"' in entry_html(ENTRY | {"rating": "down"}, HERE)
    assert "rate" not in entry_html({k: v for k, v in ENTRY.items() if k != "ours"}, HERE)
    assert 'class="rate"' in entry_html(REFUSED, HERE) and 'class="copy"' not in entry_html(REFUSED, HERE)


def test_copied_is_exact():
    assert copied(ENTRY, HERE) == "3000多家\n\n“新增3000多家企业。”\n——a.md，甲<b>，第 1 段，字符 7–14、27–31"
    assert copied(ENTRY, {}) == f"3000多家\n\n“新增3000多家企业。”\n——a.md，甲<b>，字符 7–14、27–31（{GONE}）"


def test_markdown_is_exact():
    pending = {"question": "还在问", "pending": True}
    assert markdown([ENTRY, {"question": "？", "error": "坏"}, REFUSED, pending], HERE, NOW) == f"""# 据实问答记录

导出时间：2026年3月9日 08:05

## 1. 有多少家？

2026年3月9日 08:05 · 把握很大

**3000多家**

新增3000多家企业。\\[1\\]

> \\[1\\] “新增3000多家企业。”
>
> —— a.md，甲&lt;b>，第 1 段，字符 7–14、27–31

## 2. 天气？

2026年3月9日 08:05

报道未提及。

## 所引文档

- a.md　SHA-256 `{"5" * 64}`

字符位置从 0 数起，含起不含止，数的是原文件解码后的字符。
"""


@pytest.mark.parametrize(("value", "shown"), [
    ("# 一\n## 二", "\\# 一 \\#\\# 二"), ("12) 甲", "12\\) 甲"), ("- 甲", "\\- 甲"), ("> 甲", "\\> 甲"), ("[a](javascript:alert(1))", "\\[a\\](javascript:alert(1))"),
    (HOSTILE, '&lt;img src=x onerror="alert(1)">'), ("a|b`c`$d$", "a\\|b\\`c\\`\\$d\\$"), ("\\*", "\\\\\\*"), ("甲\u202e乙\x00", "甲\ufffd乙\u2400")])
def test_nothing_foreign_is_markdown(value, shown):
    assert literal(value) == shown


def test_the_html_file_holds_all_and_asks_for_nothing():
    citation = ENTRY["citations"][0] | {"document": HOSTILE, "heading": HOSTILE}
    written = page([ENTRY, ENTRY | {"question": HOSTILE, "answer": HOSTILE, "statement": f"{HOSTILE}[1][2]", "citations": [citation], "sources": {HOSTILE: HOSTILE}}], HERE, NOW)
    assert "把握很大" in written and "5" * 64 in written and "2026年3月9日 08:05" in written and "第 1 段，字符 7–14、27–31" in written
    assert '<a href="#c1-1">[1]</a>' in written and '<blockquote id="c1-1">“新增3000多家企业。”' in written and "[2]" in written and "#c2-2" not in written
    assert "<img" not in written and not re.search(r"<(script|link|iframe|object)|\b(src|href)=\"(?!#)|url\(|@import", written) and "default-src 'none'" in written


def test_the_browser_gives_back_what_it_kept():
    kept = json.loads(json.dumps(KEEPER.freeze([ENTRY, {"question": "？", "error": "坏"}, REFUSED | {"rating": "up"}, {"question": "？", "pending": True}])))
    back = KEEPER.thaw(kept)
    assert [entry["question"] for entry in back] == ["有多少家？", "天气？"] and all(entry["ours"] for entry in back) and back[1]["rating"] == "up"
    assert conversation_html(back, HERE) == conversation_html([ENTRY, REFUSED | {"rating": "up"}], HERE)


def test_after_a_restart_it_shows_but_is_nobodys_to_rate():
    back = Keeper(b"a key of the next start").thaw(KEEPER.freeze([ENTRY]))
    assert back[0]["answer"] == "3000多家" and "ours" not in back[0] and KEEPER.freeze(back)[0][1] == ""


def test_a_changed_answer_is_not_ours():
    (content, seal), = KEEPER.freeze([ENTRY])
    assert "ours" not in KEEPER.thaw([[content.replace("3000多家", "9000多家"), seal]])[0]


def test_the_newest_are_kept_and_no_more_than_fit():
    many = [ENTRY | {"question": str(i)} for i in range(TURNS + 3)]
    assert [entry["question"] for entry in KEEPER.thaw(KEEPER.freeze(many))] == [str(i) for i in range(3, TURNS + 3)]
    long = ENTRY | {"statement": "长" * (CHARACTERS // 2)}
    assert [entry["question"] for entry in KEEPER.thaw(KEEPER.freeze([long, long | {"question": "后"}]))] == ["后"]
    assert KEEPER.freeze([ENTRY | {"statement": "长" * CHARACTERS}]) == []


@pytest.mark.parametrize("kept", [None, "", 3, {}, {"0": 1}, [1], [[]], [["{}", ""]], [["[]", 3]], [["[" * 100_000, ""]], [["9" * 5000, ""]], [["{}", "\ud800"]], [[["{}"], ""]]])
def test_anything_a_browser_may_send_is_borne(kept):
    assert KEEPER.thaw(kept) == []


@pytest.mark.parametrize("change", [
    {"id": "x y"}, {"id": None}, {"question": 1}, {"status": "perhaps"}, {"status": "not_found"}, {"confidence": float("nan")}, {"confidence": 2}, {"confidence": True}, {"confidence": "1"},
    {"citations": None}, {"citations": [{}]}, {"passages": {}}, {"passages": [{"document": "a"}]}, {"scope": [1]}, {"sources": []}, {"sources": {"a": 1}}, {"sources": {"a": HOSTILE}}, {"rating": "best"},
    {"rating": []}, {"asked": "yesterday"}, {"question": "\ud800"}, {"statement": ["[1]"]},
    *({"citations": [ENTRY["citations"][0] | broken]} for broken in ({"spans": []}, {"spans": [[3]]}, {"spans": [[9, 3]]}, {"spans": [[-1, 3]]}, {"spans": [[0, 10 ** 30]]}, {"spans": [[0.0, 1.0]]},
                                                                    {"label": "1"}, {"label": True}, {"document": 1}, {"highlight": None}, {"quote": None}))])
def test_an_entry_of_another_shape_is_left_out(change):
    sound = {field: value for field, value in ENTRY.items() if field != "ours"}
    assert thawed(json.dumps(sound)) is not None
    assert thawed(json.dumps(sound | change)) is None


def test_a_foreign_entry_shows_as_text():
    citation = ENTRY["citations"][0] | {"document": HOSTILE, "heading": HOSTILE, "quote": HOSTILE}
    foreign = ENTRY | {field: HOSTILE for field in ("question", "question_used", "answer", "statement")} | {"citations": [citation], "scope": [HOSTILE], "sources": {HOSTILE: "5" * 64}}
    entry = thawed(json.dumps(foreign | {"statement": f"{HOSTILE}[1]", "passages": [{"document": HOSTILE, "heading": HOSTILE, "text": HOSTILE, "spans": [[0, 1]], "score": 1}]}))
    for documents in ({}, HERE, {HOSTILE: other("甲" * 40, HOSTILE)}):
        assert "<img" not in conversation_html([entry], documents) and "<img" not in page([entry], documents, NOW) and "<img" not in markdown([entry], documents, NOW)


def test_only_our_own_answers_can_be_rated():
    entries, entry = rated([ENTRY, REFUSED], "f" * 16, "down", "为什么")
    assert entries == [ENTRY, REFUSED | {"rating": "down"}] and entry == entries[1]
    for given, id, rating, reason in (([], "f" * 16, "up", ""), ([REFUSED], "0" * 16, "up", ""), ([REFUSED], "f" * 16, "best", ""), ([REFUSED], "f" * 16, "up", None), ([REFUSED], ["f"], "up", ""),
                                      ([REFUSED], "f" * 16, ["up"], ""), ([{k: v for k, v in REFUSED.items() if k != "ours"}], "f" * 16, "up", ""), ([{"question": "？", "pending": True}], None, "up", "")):
        with pytest.raises(UserError, match="不能评价"):
            rated(given, id, rating, reason)


def test_a_record_is_exact():
    assert record(ENTRY | {"rating": "down"}, " 年份\n不对" + "长" * 1000, NOW) == {
        "time": NOW, "id": "0123456789abcdef", "rating": "down", "reason": "年份 不对" + "长" * (MAX_REASON - 5), "question": "有多少家？", "question_used": "有多少家？", "scope": [],
        "status": "answered", "answer": "3000多家", "confidence": 0.93, "citations": [{"document": "a.md", "sha256": "5" * 64, "spans": ((7, 14), (27, 31))}]}


def test_lines_of_many_visitors_do_not_mix(tmp_path):
    path = tmp_path / "feedback.jsonl"
    threads = [threading.Thread(target=lambda i=i: [append(path, {"id": f"{i}-{j}", "reason": "长" * 500}) for j in range(20)]) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert sorted(line["id"] for line in read) == sorted(f"{i}-{j}" for i in range(8) for j in range(20)) and {line["reason"] for line in read} == {"长" * 500}


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    for path in (tmp_path / "none" / "feedback.jsonl", tmp_path):
        with pytest.raises(UserError, match="反馈写不进文件") as raised:
            append(path, {})
        assert "\n" not in str(raised.value)
    full = tmp_path / "full.jsonl"
    full.touch()
    os.truncate(full, 100_000_000)
    with pytest.raises(UserError, match="已满"):
        append(full, {})
    assert full.stat().st_size == 100_000_000
