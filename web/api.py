"""What other programs ask for: `ask`, `search`, `check`, the objects of DESIGN.md, as endpoints of the page's API.

`Calls` is what an endpoint does, whoever serves it: `web.tools` serves the same three over MCP. On the API what the user must
mend comes back as gr.Error with its one line.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

import gradio as gr
from gradio.blocks import BlockFunction
from gradio.components.api_component import Api

from ingest.document import UserError
from qa.answer import passages
from qa.assistant import Assistant, Turn

MAX_LIMIT = 50
MAX_SAID = 40  # characters of a wrong argument that its error repeats


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


def scope(names: list[str] | None, known: Sequence[str]) -> frozenset[str] | None:
    """`documents` of a call as the assistant wants them: the named ones, None for all where none is named.

    Raises UserError for a name that is not among the `known` ones, and for anything but a list of names.

    >>> scope(["a.md"], ["a.md", "b.md"]), scope([], ["a.md"]), scope(None, ["a.md"])
    (frozenset({'a.md'}), None, None)
    """
    if not isinstance(names, list | None) or not all(isinstance(name, str) for name in names or []):
        raise UserError("documents 应是文档名称的列表，如 [\"报道.md\"]；不给就查全部文档。")
    if missing := [name for name in names or [] if name not in known]:
        raise UserError(f"索引里没有文档“{shortened(missing[0])}”；已有的文档：{'、'.join(known)}。")
    return frozenset(names or []) or None


def shortened(value: object) -> str:
    """What was given, on one line and short enough to be said again."""
    return " ".join(str(value).split())[:MAX_SAID]


@dataclass(frozen=True)
class Calls:
    """The calls to an assistant; `documents` names those that are looked into, None or none named for all. Each raises UserError for what the caller must mend."""

    assistant: Assistant

    def scope(self, documents: list[str] | None) -> frozenset[str] | None:
        return scope(documents, [document.name for document in self.assistant.documents])

    def ask(self, question: str, history: str = "", documents: list[str] | None = None, generate: bool = True) -> dict:
        """就已索引的报道提问。history 为空，或是先前问题的 JSON 列表；documents 是只查的文档的名称，不给就查全部；接了语言模型时，generate 为 false 就不用它。返回答案、引文和相关段落。"""
        if not isinstance(generate, bool):
            raise UserError("generate 应是 true 或 false。")
        return self.assistant.ask(worded(question, "question"), earlier(history), self.scope(documents), generate).to_dict()

    def search(self, question: str, limit: int = 10, documents: list[str] | None = None) -> list[dict]:
        """查找与问题最相关的段落，最相关的在前；limit 为 1 到 50；documents 是只查的文档的名称，不给就查全部。"""
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
            raise UserError(f"limit 是 {shortened(limit)}；应是 1 到 {MAX_LIMIT} 的整数。")
        return passages(tuple(self.assistant.search(worded(question, "question"), 5 * limit, self.scope(documents))))[:limit]

    def check(self, claim: str, documents: list[str] | None = None) -> dict:
        """核查一句话或一段稿子里的数字：相符、不符或未提及，各带原文；documents 是只对照的文档的名称，不给就对照全部。"""
        return self.assistant.check(worded(claim, "claim"), self.scope(documents)).to_dict()


def endpoint(call: Callable) -> Callable:
    """A call whose UserError is a gr.Error."""
    @wraps(call)
    def served(*arguments, **named):
        try:
            return call(*arguments, **named)
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return served


class Blocks(gr.Blocks):
    """A page that fills in the defaults of the last arguments where a caller of /gradio_api/call/… leaves them out; `gradio_client` does so by itself."""

    def validate_inputs(self, block_fn: BlockFunction, inputs: list) -> None:
        left_out = block_fn.inputs[len(inputs):]
        if all(isinstance(block, Api) for block in left_out):
            inputs += [block.value for block in left_out]
        super().validate_inputs(block_fn, inputs)


def build(assistant: Assistant) -> None:
    """Adds the public endpoints to the page that is being built."""
    calls = Calls(assistant)
    for call in (calls.ask, calls.check, calls.search):
        gr.api(endpoint(call), api_name=call.__name__)
