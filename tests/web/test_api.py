"""The API over HTTP with `gradio_client`: three endpoints, their arguments, and what is said of a wrong one."""
from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from ingest.document import UserError
from tests.web.fakes import FakeAssistant, answer
from tests.web.serving import QUESTION, free_port
from web.api import earlier
from web.page import build
from web.serve import launch

SOWN = "白石镇种植油菜多少亩？"


@pytest.mark.parametrize("history", ["{", "3", "[1]", '{"a": 1}'])
def test_a_bad_history_is_refused(history):
    with pytest.raises(UserError, match="history"):
        earlier(history)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, FakeAssistant]]:
    assistant = FakeAssistant()
    demo = build(assistant)
    yield launch(demo, "127.0.0.1", free_port()), assistant
    demo.close(verbose=False)


def test_api_has_three_endpoints_and_keeps_the_contract(served):
    address, assistant = served
    client = Client(address, verbose=False)
    assert sorted(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == ["/ask", "/check", "/search"]
    assert client.predict("有多少家？", api_name="/ask") == json.loads(json.dumps(answer().to_dict()))
    assert client.predict("那天气呢？", '["有多少家？"]', api_name="/ask")["status"] == "not_found"
    assert assistant.asked[-1] == ("那天气呢？", [("有多少家？", "")])
    assert client.predict("企业", 3, api_name="/search") == json.loads(json.dumps(answer().to_dict()["passages"]))
    for arguments, says in ((("？",), "问题是空的"), (("有", "["), "history")):
        with pytest.raises(AppError, match=says):
            client.predict(*arguments, api_name="/ask")
    with pytest.raises(AppError, match="limit 是 0"):
        client.predict("企业", 0, api_name="/search")


@pytest.mark.parametrize("given", [["有多少家？"], ["有多少家？", ""], ["有多少家？", "", None], ["有多少家？", "", ["a.md"]]])
def test_last_arguments_may_be_left_out_without_the_client(served, given):
    with httpx.Client(base_url=served[0], trust_env=False) as client:
        event = client.post("/gradio_api/call/ask", json={"data": given}).json()["event_id"]
        told = client.get(f"/gradio_api/call/ask/{event}").text
    assert told.startswith("event: complete\n") and json.loads(told.splitlines()[1].removeprefix("data: "))[0]["answer"] == "3000多家"
    assert served[1].scopes[-1] == (frozenset({"a.md"}) if given[2:] == [["a.md"]] else None)


def test_a_call_goes_to_the_named_documents(open_to_two):
    client = Client(open_to_two.address, verbose=False)
    assert [client.predict(SOWN, documents=given, api_name="/ask")["status"] for given in (None, [], ["白石.txt"], ["青山.txt", "白石.txt"], ["青山.txt"])] == [
        "answered", "answered", "answered", "answered", "not_found"]
    assert {p["document"] for p in client.predict("种植", 5, ["青山.txt"], api_name="/search")} == {"青山.txt"}
    assert {p["document"] for p in client.predict("种植", 5, api_name="/search")} == {"青山.txt", "白石.txt"}
    claim = "白石镇种植油菜5200亩。"
    assert [client.predict(claim, documents=given, api_name="/check")["verdict"] for given in (None, ["白石.txt"], ["青山.txt"])] == ["supported", "supported", "not_mentioned"]


@pytest.mark.parametrize(("arguments", "name"), [((SOWN, ""), "/ask"), ((SOWN, 5), "/search"), (("有3家。",), "/check")])
def test_a_document_that_is_not_there_is_named(open_to_two, arguments, name):
    client = Client(open_to_two.address, verbose=False)
    for documents, says in ((["没有.md"], "索引里没有文档“没有.md”；已有的文档：青山.txt、白石.txt。"), (["白石.txt", "长" * 100], f"索引里没有文档“{'长' * 40}”；"),
                            ("白石.txt", "documents 应是文档名称的列表，如 "), ([5], "documents 应是文档名称的列表"), ({"a": 1}, "documents 应是文档名称的列表")):
        with pytest.raises(AppError) as raised:
            client.predict(*arguments, documents, api_name=name)
        assert str(raised.value).startswith(says) and "\n" not in str(raised.value)


def test_a_wrong_argument_is_told(open_to_all):
    client = Client(open_to_all.address, verbose=False)
    for arguments, name, says in (((5,), "/ask", "question 应是一段文字"), ((["a"],), "/check", "claim 应是一段文字"), ((QUESTION, "[" * 9999), "/ask", "history"),
                                  ((QUESTION, 10**50), "/search", "limit 是 1000")):
        with pytest.raises(AppError, match=says):
            client.predict(*arguments, api_name=name)


@pytest.mark.parametrize("path", ["/gradio_api/file=web/page.py", f"/gradio_api/file={__file__}", "/gradio_api/file=/etc/passwd", "/monitoring", "/gradio_api/runs"])
def test_no_file_of_the_machine_is_served(served, path):
    response = httpx.get(served[0] + path, follow_redirects=True, trust_env=False)
    assert response.status_code >= 400 and "root:" not in response.text and "def test" not in response.text
