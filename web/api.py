"""What other programs ask for: `ask`, `search`, `check`, the objects of DESIGN.md, as endpoints of the page's API.

`Calls` is what an endpoint does, whoever serves it: `web.tools` serves the same three over MCP. On the API what the user must
mend comes back as gr.Error with its one line.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import gradio as gr

from ingest.document import UserError
from qa.answer import passages
from qa.assistant import Assistant, Turn

MAX_LIMIT = 50


def earlier(history: str | list[str]) -> list[Turn]:
    """`history` of the API, "" or a (JSON) list of earlier questions, oldest first. Raises UserError for anything else."""
    try:
        asked = json.loads(history or "[]") if isinstance(history, str) else history
    except json.JSONDecodeError as error:
        raise UserError(f"history 不是合法的 JSON（{error.msg}）；应为空，或写成 [\"先前的问题\"]。") from None
    except (ValueError, RecursionError):
        raise UserError("history 不是合法的 JSON；应为空，或写成 [\"先前的问题\"]。") from None
    if not isinstance(asked, list) or not all(isinstance(question, str) for question in asked):
        raise UserError("history 应是先前问题的 JSON 列表，如 [\"先前的问题\"]。")
    return [Turn(question) for question in asked]


def worded(value: object, name: str) -> str:
    """The argument `name` of a call as text. Raises UserError where it is none."""
    if not isinstance(value, str):
        raise UserError(f"{name} 应是一段文字。")
    return value


@dataclass(frozen=True)
class Calls:
    """The calls to an assistant. Each raises UserError for what the caller must mend."""

    assistant: Assistant

    def ask(self, question: str, history: str = "") -> dict:
        """就已索引的报道提问。history 为空，或是先前问题的 JSON 列表。返回答案、引文和相关段落。"""
        return self.assistant.ask(worded(question, "question"), earlier(history)).to_dict()

    def search(self, question: str, limit: int = 10) -> list[dict]:
        """查找与问题最相关的段落，最相关的在前；limit 为 1 到 50。"""
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
            raise UserError(f"limit 是 {str(limit)[:40]}；应是 1 到 {MAX_LIMIT} 的整数。")
        return passages(tuple(self.assistant.search(worded(question, "question"), 5 * limit)))[:limit]

    def check(self, claim: str) -> dict:
        """核查一句话或一段稿子里的数字：相符、不符或未提及，各带原文。"""
        return self.assistant.check(worded(claim, "claim")).to_dict()


def endpoint(call: Callable) -> Callable:
    """A call whose UserError is a gr.Error."""
    @wraps(call)
    def served(*arguments, **named):
        try:
            return call(*arguments, **named)
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return served


def build(assistant: Assistant) -> None:
    """Adds the public endpoints to the page that is being built."""
    calls = Calls(assistant)
    for call in (calls.ask, calls.check, calls.search):
        gr.api(endpoint(call), api_name=call.__name__)
