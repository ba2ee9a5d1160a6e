"""A language model on the page: what is shown while it writes, what is kept where it is stopped, who wrote is said; from a hand-written assistant."""
from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import gradio as gr
import pytest

from ingest.document import UserError
from tests.web.fakes import HOSTILE, FakeAssistant, answer, document, refusal
from web.api import Calls
from web.chat import replies
from web.conversation import entry_html
from web.kept import Keeper
from web.page import build
from web.tools import called
from web.transcript import markdown, page

NOW, HERE = "2026-03-09T08:05:00+08:00", {"a.md": document()}
SAID = "企业新增3000多家。[1]"
LINE = f"正文由语言模型“m{HOSTILE}”撰写，每句都与所引原文核对过；扣下对不上的 2 句；编造的出处 1 个。"


class Writing(FakeAssistant):
    """The extract, then a model's words, as long as the asker stays."""

    writer = SimpleNamespace(name=f"m{HOSTILE}")

    def ask_stream(self, question, history=(), documents=None, generate=True, stopped=lambda: False):
        self.generate, self.left = generate, stopped
        found = self.ask(question, history, documents)
        if not generate:
            yield found
            return
        yield replace(found, generated=False)
        yield replace(found, statement=SAID, generated=True, withheld=1)
        yield replace(found, statement=SAID, generated=True, withheld=2, invented=1)


def functions(assistant) -> dict:
    return {block.fn.__name__: block.fn for block in build(assistant).fns.values() if block.fn and block.fn.__module__ == "web.chat"}


def test_who_wrote_is_said_under_the_answer_and_in_both_exports():
    *_, entry = replies(Writing(), "有多少家？", [])
    assert (entry["generated"], entry["model"]) == (True, f"m{HOSTILE}")
    shown, file, text = entry_html(entry, HERE), page([entry], HERE, NOW), markdown([entry], HERE, NOW)
    line = LINE.replace(HOSTILE, "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
    assert f'<p class="wrote">{line}</p>' in shown and line in file and "<img" not in shown + file + text
    assert "正文由语言模型“m&lt;img src=x onerror=\"alert(1)\">”撰写" in text


def test_without_a_model_nothing_is_said_of_one():
    entry, = replies(Writing(), "有多少家？", [], generate=False)
    assert "model" not in entry and "语言模型" not in entry_html(entry, HERE) + page([entry], HERE, NOW)


def test_why_it_wrote_nothing_is_one_line():
    entry = answer().to_dict() | {"id": "0" * 16, "model": "m", "generated": False, "withheld": 0, "invented": 0, "note": "语言模型太忙，给出的是原文摘录。"}
    assert '<p class="wrote">语言模型太忙，给出的是原文摘录。</p>' in entry_html(entry, HERE)
    entry = refusal().to_dict() | {"id": "0" * 16, "model": "m", "generated": False, "withheld": 0, "invented": 0, "note": ""}
    assert "wrote" not in entry_html(entry, HERE)


@pytest.mark.parametrize("change, kept", [({}, True), ({"generated": 1}, False), ({"withheld": "2"}, False), ({"note": None}, False), ({"model": ["m"]}, False)])
def test_who_wrote_outlives_a_reload(change, kept):
    *_, entry = replies(Writing(), "有多少家？", [])
    keeper = Keeper(b"key")
    back = keeper.thaw(keeper.freeze([entry | change]))
    assert [entry_html(e, HERE) for e in back] == ([entry_html(entry, HERE)] if kept else [])


def test_the_answer_is_there_while_the_model_writes_and_grows():
    steps = list(functions(Writing())["submitted"]("有多少家？", [], [], True))
    assert ["pending" in step[0] for step in steps] == [True, False, False, False, False]
    assert ["正在写" in step[0] for step in steps] == [False, True, True, True, False]
    assert ["新增<b>3000多家</b>企业。" in step[0] and "复制" not in step[0] for step in steps[1:4]] == [True] * 3
    assert "新增3000多家企业" in steps[1][0] and "企业新增3000多家" in steps[2][0]
    assert all(step[3] == gr.skip() for step in steps[:4]) and len(steps[4][3]) == 1 and steps[4][1][0]["withheld"] == 2


@pytest.mark.parametrize("step, kept", [(1, []), (2, ["新增3000多家企业。[1]"]), (3, ["新增3000多家企业。[1]"])], ids=["searching", "nothing written", "a sentence written"])
def test_what_is_stopped_leaves_the_model_and_keeps_the_extract(step, kept):
    assistant = Writing()
    run = functions(assistant)
    asking = run["submitted"]("有多少家？", [], [], True)
    for _ in range(step):
        entries = next(asking)[1]
    log, after, box, saved = run["stopped"](entries, [])
    assert [entry["statement"] for entry in after] == kept and len(saved) == len(kept)
    assert (box["value"] == "有多少家？") if not kept else ("value" not in box and after[0]["note"] == "已停止生成，给出的是原文摘录。" and after[0]["note"] in log)
    assert list(asking) == [(gr.skip(),) * 4] and assistant.left()  # what still comes changes nothing
    assert len(list(run["submitted"]("有多少家？", entries, [], True))) == 5  # and stands in no later question's way


def test_a_stop_speaks_last():
    """The page takes what comes last: a stop must not be overtaken by a sentence that was already on its way."""
    order, sending, sent = [], threading.Event(), threading.Event()

    def serve() -> None:
        for step in asking:
            if "企业新增3000多家" in str(step[0]):
                sending.set()
                sent.wait(5)
            order.append("skip" if step[0] == gr.skip() else "step")

    run = functions(Writing())
    asking = run["submitted"]("有多少家？", [], [], True)
    entries = next(asking)[1]
    served = threading.Thread(target=serve)
    served.start()
    assert sending.wait(5)
    threading.Timer(0.2, sent.set).start()
    run["stopped"](entries, [])
    assert order == ["step", "step", "skip"] and sent.is_set()
    served.join(5)


def test_a_new_conversation_leaves_the_model():
    assistant = Writing()
    run = functions(assistant)
    asking = run["submitted"]("有多少家？", [], [], True)
    next(asking), next(asking)
    entries = next(asking)[1]
    assert not assistant.left() and run["restarted"](entries, [])[1] == [] and assistant.left()


def test_a_visitor_who_goes_leaves_the_model():
    assistant = Writing()
    asking = functions(assistant)["submitted"]("有多少家？", [], [], True)
    next(asking), next(asking)
    asking.close()
    assert assistant.left()


@pytest.mark.parametrize("wanted", [True, False])
def test_the_box_decides(wanted):
    assistant = Writing()
    list(functions(assistant)["submitted"]("有多少家？", [], [], wanted))
    assert assistant.generate is wanted


def boxes(assistant) -> list[tuple[str, bool]]:
    return [(block.label, block.visible) for block in build(assistant).blocks.values() if getattr(block, "elem_id", "") == "generate"]


def test_the_box_names_the_model_and_stands_only_where_one_is_set():
    assert boxes(Writing()) == [(f"用语言模型作答（m{HOSTILE}）", True)]
    assert boxes(FakeAssistant()) == [("用语言模型作答（）", False)]


class Heard(FakeAssistant):
    """Remembers whether a model was wanted."""

    def ask(self, question, history=(), documents=None, generate=True):
        self.generate = generate
        return answer(question)


@pytest.mark.parametrize("given, wanted", [({}, True), ({"generate": True}, True), ({"generate": False}, False)])
def test_a_call_decides_too(given, wanted):
    for call in (lambda calls: calls.ask("有多少家？", **given), lambda calls: called(calls, "ask", {"question": "有多少家？"} | given)):
        assistant = Heard()
        call(Calls(assistant))
        assert assistant.generate is wanted


def test_a_call_that_wants_neither_is_told():
    with pytest.raises(UserError, match="generate"):
        Calls(Heard()).ask("有多少家？", generate="no")
