"""The MCP tools with the client of the `mcp` package, over HTTP to a real server: just three, each answers, what is wrong is one line."""
from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from mcp import ClientSession, McpError
from mcp.client.streamable_http import streamable_http_client

from qa.assistant import Turn
from tests.web.serving import PASSWORD, QUESTION, USER, awaited, basic, free_port
from web.accounts import Accounts
from web.api import Calls
from web.page import build
from web.serve import launch
from web.tools import called


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    demo = build(assistant)
    yield launch(demo, "127.0.0.1", free_port(), Accounts.of({USER: PASSWORD}), Calls(assistant))
    demo.close(verbose=False)


@asynccontextmanager
async def opened(url: str, headers: dict[str, str]):
    async with (httpx.AsyncClient(headers=headers, follow_redirects=True, timeout=30) as client,
                streamable_http_client(url, http_client=client) as (read, write, _), ClientSession(read, write) as session):
        yield session, await session.initialize()


def at(address: str, use: Callable, path: str = "/gradio_api/mcp", headers: dict[str, str] | None = None):
    """What `use` makes of a session with the server, awaited."""
    async def run():
        async with opened(address + path, basic(USER, PASSWORD) if headers is None else headers) as (session, greeting):
            return await use(session, greeting)

    return awaited(asyncio.wait_for(run(), 30))


def call(address: str, name: str, **arguments):
    return at(address, lambda session, greeting: session.call_tool(name, arguments))


@pytest.mark.parametrize("path", ["/gradio_api/mcp", "/gradio_api/mcp/"])
def test_there_are_three_tools_and_nothing_else(address, path):
    async def look(session, greeting):
        assert greeting.capabilities.resources is None and greeting.capabilities.prompts is None
        return greeting.instructions, (await session.list_tools()).tools

    instructions, tools = at(address, look, path)
    assert "据实" in instructions
    assert {tool.name: (list(tool.inputSchema["properties"]), tool.inputSchema["required"]) for tool in tools} == {
        "ask": (["question", "history", "documents", "generate"], ["question"]), "search": (["question", "limit", "documents"], ["question"]), "check": (["claim", "documents"], ["claim"])}
    for tool in tools:
        assert tool.annotations.readOnlyHint and len(tool.description) > 30
        assert all(argument["description"] for argument in tool.inputSchema["properties"].values())


def test_ask(address, assistant):
    result = call(address, "ask", question=QUESTION)
    found = json.loads(result.content[0].text)
    assert not result.isError and found == result.structuredContent and "\\u" not in result.content[0].text
    assert (found["answer"], found["status"], found["citations"][0]["document"]) == ("95家", "answered", "新区 报道.md")
    assert found | {"seconds": 0} == json.loads(json.dumps(assistant.ask(QUESTION).to_dict())) | {"seconds": 0}
    assert call(address, "ask", question="今天天气怎么样？").structuredContent["status"] == "not_found"


def test_history_completes_a_question(address, assistant):
    earlier = "2021年城东街道建成社区食堂几个？"
    found = call(address, "ask", question="绿化面积呢？", history=[earlier]).structuredContent
    assert found["question_used"] == assistant.ask("绿化面积呢？", [Turn(earlier)]).question_used != found["question"] == "绿化面积呢？"


def test_search(address):
    found = call(address, "search", question=QUESTION, limit=2).structuredContent["passages"]
    assert len(found) == 2 and "61家增至95家" in found[0]["text"] and found[0]["score"] > found[1]["score"]


@pytest.mark.parametrize("claim, verdict", [("规模以上企业增至95家。", "supported"), ("规模以上企业增至96家。", "contradicted"), ("全区有学校12所。", "not_mentioned")])
def test_check(address, claim, verdict):
    assert call(address, "check", claim=claim).structuredContent["verdict"] == verdict


def test_a_call_goes_to_the_named_documents(open_to_two):
    def told(name: str, **arguments):
        return at(open_to_two.address, lambda session, greeting: session.call_tool(name, arguments), headers={})

    sown, claim = "白石镇种植油菜多少亩？", "白石镇种植油菜5200亩。"
    for documents, status, verdict in ((["白石.txt"], "answered", "supported"), (["青山.txt"], "not_found", "not_mentioned"), ([], "answered", "supported")):
        assert told("ask", question=sown, documents=documents).structuredContent["status"] == status
        assert told("check", claim=claim, documents=documents).structuredContent["verdict"] == verdict
    assert {p["document"] for p in told("search", question=sown, documents=["青山.txt"]).structuredContent["passages"]} == {"青山.txt"}
    for name, arguments in (("ask", {"question": sown}), ("search", {"question": sown}), ("check", {"claim": claim})):
        result = told(name, documents=["白石.txt", "没有.md"], **arguments)
        assert result.isError and result.content[0].text == "索引里没有文档“没有.md”；已有的文档：青山.txt、白石.txt。"
        assert "documents 应是文档名称的列表" in told(name, documents="白石.txt", **arguments).content[0].text


@pytest.mark.parametrize("name, arguments, says", [
    ("ask", {"question": ""}, "问题是空的;请写出要问的内容。"), ("ask", {"question": "问" * 1001}, "问题有 1001 个字"), ("check", {"claim": " "}, "待核查的话是空的"),
    ("search", {"question": "企业", "limit": 51}, "limit 是 51"),
    ("ask", {}, "缺少参数 question。"), ("ask", {"question": 5}, "question 应是一段文字。"), ("ask", {"question": QUESTION, "history": [1]}, "history"),
    ("check", {"claim": "3家", "index": "/"}, "不认识的参数 index"), ("show", {}, "没有叫“show”的工具")])
def test_a_bad_call_is_an_error_of_one_line(address, name, arguments, says):
    result = call(address, name, **arguments)
    assert result.isError and result.structuredContent is None and says in result.content[0].text and "\n" not in result.content[0].text


def test_many_at_once(address):
    async def use(session, greeting):
        return await asyncio.gather(*[session.call_tool("ask", {"question": QUESTION}) for _ in range(12)])

    assert [result.structuredContent["answer"] for result in at(address, use)] == ["95家"] * 12


def test_there_are_neither_resources_nor_prompts(address):
    async def look(session, greeting):
        for listing in (session.list_resources, session.list_prompts):
            with pytest.raises(McpError, match="Method not found"):
                await listing()

    at(address, look)


@pytest.mark.parametrize("headers", [{}, basic(USER, "错"), {"Authorization": "Bearer x"}])
def test_no_tool_without_the_password(address, headers):
    with pytest.raises(BaseExceptionGroup) as raised:
        at(address, lambda session, greeting: session.list_tools(), headers=headers)
    errors = [raised.value]
    while errors and not isinstance(errors[0], httpx.HTTPStatusError):
        errors = [*getattr(errors[0], "exceptions", ()), *errors[1:]]
    assert errors[0].response.status_code == 401


def test_without_the_option_there_is_no_tool(assistant):
    demo = build(assistant)
    served = launch(demo, "127.0.0.1", free_port())
    try:
        headers = {"Accept": "application/json, text/event-stream"}
        assert httpx.post(f"{served}/gradio_api/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=headers, trust_env=False).status_code == 404
    finally:
        demo.close(verbose=False)


def test_what_fails_inside_stays_inside(capsys):
    class Broken:
        documents = ()

        def ask(self, question, history=(), documents=None, generate=True):
            raise RuntimeError("内部细节")

    result = called(Calls(Broken()), "ask", {"question": "有多少？"})
    assert result.isError and "内部细节" not in result.content[0].text and "内部细节" in capsys.readouterr().err
