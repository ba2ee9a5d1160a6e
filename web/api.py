"""The API of the page: `/ask`, `/search`, `/check`, the objects of DESIGN.md. What the user must mend comes back as gr.Error with its one line."""
from __future__ import annotations

import json

import gradio as gr

from ingest.document import UserError
from qa.answer import passages
from qa.assistant import Assistant, Turn

MAX_LIMIT = 50


def earlier(history: str) -> list[Turn]:
    """`history` of the API, "" or a JSON list of earlier questions, oldest first. Raises UserError for anything else."""
    try:
        asked = json.loads(history or "[]")
    except json.JSONDecodeError as error:
        raise UserError(f"history 不是合法的 JSON（{error.msg}）；应为空，或写成 [\"先前的问题\"]。") from None
    if not isinstance(asked, list) or not all(isinstance(question, str) for question in asked):
        raise UserError("history 应是先前问题的 JSON 列表，如 [\"先前的问题\"]。")
    return [Turn(question) for question in asked]


def build(assistant: Assistant) -> None:
    """Adds the public endpoints to the page that is being built."""
    def ask(question: str, history: str = "") -> dict:
        """就已索引的报道提问。history 为空，或是先前问题的 JSON 列表。返回答案、引文和相关段落。"""
        try:
            return assistant.ask(question, earlier(history)).to_dict()
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None

    def search(question: str, limit: int = 10) -> list[dict]:
        """查找与问题最相关的段落，最相关的在前；limit 为 1 到 50。"""
        try:
            if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
                raise UserError(f"limit 是 {limit}；应是 1 到 {MAX_LIMIT} 的整数。")
            return passages(tuple(assistant.search(question, 5 * limit)))[:limit]
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None

    def check(claim: str) -> dict:
        """核查一句话或一段稿子里的数字：相符、不符或未提及，各带原文。"""
        try:
            return assistant.check(claim).to_dict()
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None

    gr.api(ask, api_name="ask")
    gr.api(check, api_name="check")
    gr.api(search, api_name="search")
