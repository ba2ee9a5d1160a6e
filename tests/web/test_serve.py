"""Where a server can listen, many askers at once, and what a new index changes under a running one."""
from __future__ import annotations

import re
import socket

import pytest
from gradio_client import Client

from benchmarks.load import measure
from ingest.document import UserError
from qa.assistant import Assistant, Turn, ingest, rebuild
from qa.settings import Settings
from tests.index.fakes import fake
from tests.web.serving import PASSWORD, QUESTION, USER, awaited, free_port
from web.page import build
from web.serve import check_address, launch


@pytest.mark.parametrize(("host", "port", "says"), [("127.0.0.1", 0, "端口 0 不存在"), ("127.0.0.1", 70000, "端口 70000 不存在"), ("没有.invalid", 7860, "找不到地址"),
                                                    ("203.0.113.9", 7860, "不能在")])
def test_an_impossible_address_is_one_line(host, port, says):
    with pytest.raises(UserError, match=says) as raised:
        check_address(host, port)
    assert "\n" not in str(raised.value)


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"端口 {port} 已被占用；请用 --port 换一个"):
            check_address("127.0.0.1", port)


def test_many_askers_get_what_one_gets(locked):
    """`benchmarks.load` in small; it counts a failure and a reply that differs."""
    questions = [QUESTION, "收缴房款多少？", "完成审计项目多少项？", "今天天气怎么样？"]
    one, many = awaited(measure(locked.address, questions, askers=8, seconds=1, auth=(USER, PASSWORD)))
    assert (one.faults, many.faults) == ([], []) and len(one.seconds) >= 4 and len(many.seconds) >= 8
    one, _ = awaited(measure(locked.address, questions, askers=1, seconds=0))
    assert len(one.faults) == 4 and "401" in one.faults[0] and one.seconds == []


def test_a_running_server_goes_on_after_the_index_was_rebuilt_with_another_model(tmp_path, monkeypatch):
    folder, path = tmp_path / "index", tmp_path / "甲.txt"
    path.write_text("# 青山镇年报\n\n青山镇全年新修水渠31条。\n\n青山镇全年植树5万株。\n", "utf-8")
    loaded = []

    def load(name=None):
        loaded.append(name)
        return fake(name or "fake/a")

    monkeypatch.setattr("qa.assistant.Embedder.load", load)
    ingest(Settings(index=folder), [path])
    running = Assistant.open(Settings(index=folder))
    demo = build(running)
    client = Client(launch(demo, "127.0.0.1", free_port()), verbose=False)
    try:
        def found() -> list[str]:
            return re.findall(r"\d+条", "".join(p["text"] for p in client.predict("青山镇新修水渠多少条？", api_name="/ask")["passages"]))

        assert (found(), running.embedder.model) == (["31条"], "fake/a")
        rebuild(Settings(index=folder, model="fake/b"))
        assert (found(), running.embedder.model) == (["31条"], "fake/b")
        path.write_text("# 青山镇年报\n\n青山镇全年新修水渠47条。\n\n青山镇全年植树5万株。\n", "utf-8")
        ingest(Settings(index=folder, model="fake/c"), [path])
        loaded.clear()
        assert (found(), found(), running.embedder.model, loaded) == (["47条"], ["47条"], "fake/c", ["fake/c"])
    finally:
        demo.close(verbose=False)


def test_half_a_surrogate_pair_is_a_space_wherever_it_comes_from(assistant):
    claim = "规模以上企业\ud800增至95家。"
    checked = assistant.check(claim).to_dict()
    assert checked["claim"] == "规模以上企业 增至95家。" and checked["claim"][checked["figures"][0]["start"]:checked["figures"][0]["end"]] == "95家"
    answer = assistant.ask("推动整改问题呢？", [Turn("审计办公室\udfff完成审计项目多少项？")])
    assert answer.question_used.encode("utf-8") and answer.answer == assistant.ask("推动整改问题呢？", [Turn("审计办公室 完成审计项目多少项？")]).answer
