"""`--mcp`: `ask`, `search` and `check` as tools for other programs, over MCP's streamable HTTP at /gradio_api/mcp.

Served by the `mcp` package itself. gradio's own MCP server offers every public function of the page, calls it through an
HTTP client of its own, which a password stops, and answers a browser with a page that links to other hosts.
A call's result is the object of the API, as JSON text and as structured content; what the caller must mend is a tool error of one line.
"""
from __future__ import annotations

import json
import traceback

from anyio.to_thread import run_sync
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, TextContent, Tool, ToolAnnotations
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ingest.document import UserError
from qa.assistant import MAX_DRAFT, MAX_QUESTION
from web.api import MAX_LIMIT, Calls
from web.shell import FAILED

PATH = "/gradio_api/mcp"
INSTRUCTIONS = "据实：只依据已索引的中文报道回答问题、核查数字，每个答案都附逐字引文；报道没有写的，会答“报道未提及”。"


def tool(name: str, title: str, description: str, **properties: dict) -> Tool:
    """A tool that only reads; the arguments without a default are required."""
    return Tool(name=name, title=title, description=description, annotations=ToolAnnotations(readOnlyHint=True, openWorldHint=False), inputSchema={
        "type": "object", "properties": properties, "required": [key for key, value in properties.items() if "default" not in value], "additionalProperties": False})


QUESTION = {"type": "string", "description": f"用中文写的问题，不超过 {MAX_QUESTION} 字。"}
DOCUMENTS = {"type": "array", "items": {"type": "string"}, "default": [], "description": "只查这些文档，写引文里 document 那样的名称；不给就查全部。"}
TOOLS = (
    tool("ask", "提问", "就已索引的报道提问，得到简短答案（answer）、带编号的说明（statement）、把握（confidence，0 到 1）和逐字引文（citations）。"
         "报道没有写的，status 是 not_found，passages 里是最接近的段落：这时不要自己补出答案。",
         question=QUESTION, history={"type": "array", "items": {"type": "string"}, "default": [], "description": "同一话题先前的问题，早的在前；用来补全“那增幅呢”这样的追问。"},
         documents=DOCUMENTS, generate={"type": "boolean", "default": True, "description": "接了语言模型时由它撰写说明；false 就只给原文。"}),
    tool("search", "查找段落", "查找与问题最相关的原文段落，最相关的在前；只找，不判断它们是否回答了问题。",
         question=QUESTION, limit={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 10, "description": "最多要几段。"}, documents=DOCUMENTS),
    tool("check", "核查数字", "核查一句话或一段稿子里的数字是否与报道相符：每个数字给出 supported（相符）、contradicted（不符）或 not_mentioned（未提及）、理由和原文。",
         claim={"type": "string", "description": f"待核查的话或稿子，不超过 {MAX_DRAFT} 字。"}, documents=DOCUMENTS),
)


def called(calls: Calls, name: str, arguments: dict) -> CallToolResult:
    """The result of one call. Raises nothing: what went wrong is the result."""
    def told(text: str, found: dict | None = None) -> CallToolResult:
        return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=found, isError=found is None)

    known = {tool.name: tool.inputSchema for tool in TOOLS}
    if name not in known:
        return told(f"没有叫“{name}”的工具；有 {'、'.join(known)}。")
    if missing := [key for key in known[name]["required"] if key not in arguments]:
        return told(f"缺少参数 {missing[0]}。")
    if unknown := [key for key in arguments if key not in known[name]["properties"]]:
        return told(f"不认识的参数 {unknown[0]}；有 {'、'.join(known[name]['properties'])}。")
    try:
        found = getattr(calls, name)(**arguments)
    except UserError as error:
        return told(str(error))
    except Exception:
        traceback.print_exc()
        return told(FAILED)
    found = found if isinstance(found, dict) else {"passages": found}
    return told(json.dumps(found, ensure_ascii=False), found)


class Tools:
    """An ASGI application over the calls. Each request stands for itself; it answers while `running` is entered, once."""

    def __init__(self, calls: Calls):
        server = Server("jushi", instructions=INSTRUCTIONS)

        @server.list_tools()
        async def list_tools() -> list[Tool]:
            return list(TOOLS)

        @server.call_tool(validate_input=False)
        async def call_tool(name: str, arguments: dict) -> CallToolResult:
            return await run_sync(called, calls, name, arguments)

        self.manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.manager.handle_request(scope, receive, send)

    def running(self, app: object):
        """The lifespan of the application that serves it, as an asynchronous context."""
        return self.manager.run()

    @property
    def routes(self) -> list[Route]:
        return [Route(path, self) for path in (PATH, f"{PATH}/")]
