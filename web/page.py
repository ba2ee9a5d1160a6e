"""The Gradio page over an Assistant: the tabs, and beside them the source that all of them open.

`build` makes the page and loads nothing; `web.serve` listens.
"""
from __future__ import annotations

from pathlib import Path

import gradio as gr

from ingest.document import UserError
from qa.assistant import Assistant
from web import api, chat, check, documents, ledger
from web.escape import text
from web.shell import ARRIVING, Shell
from web.source import pane

STATIC = Path(__file__).parent / "static"
CONCURRENCY = 8
TABS = (("问答", chat.build), ("核查", check.build), ("数字台账", ledger.build), ("文档", documents.build))
MASTHEAD = ('<header class="masthead"><h1>据实</h1><p>就一篇报道提问，句句有出处</p>'
            '<button type="button" class="open-source">看原文</button></header>')


def build(assistant: Assistant) -> gr.Blocks:
    """The page. Reads the assistant's documents anew for each visitor and each question."""
    def show(name: str) -> str:
        try:
            return pane(assistant.documents, name)
        except UserError as error:
            return f'<p class="nothing" role="alert">{text(str(error))}</p>'

    def opened() -> str:
        return show("")

    with api.Blocks(title="据实", analytics_enabled=False, fill_width=True) as demo:
        shell = Shell(demo, assistant, gr.State([]))
        gr.HTML(MASTHEAD, elem_id="masthead", apply_default_css=False, js_on_load="jushi.masthead(element)")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="desk"):
                with gr.Tabs(elem_id="tabs"):
                    for name, tab in TABS:
                        with gr.Tab(name):
                            tab(shell)
            with gr.Column(elem_id="side"):
                source = gr.HTML(elem_id="source", apply_default_css=False, server_functions=[show], js_on_load="jushi.source(element, props, server)")
        demo.load(opened, None, source, **ARRIVING)
        api.build(assistant)
    return demo.queue(default_concurrency_limit=CONCURRENCY)


def head() -> str:
    """Style and script of the page, to stand in its head: nothing is fetched. A tab adds files of its own name beside page.css and page.js."""
    def files(kind: str) -> str:
        return "\n".join(path.read_text("utf-8") for path in sorted(STATIC.glob(f"*.{kind}"), key=lambda path: (path.stem != "page", path.stem)))

    return f"<style>{files('css')}</style><script>{files('js')}</script>"
