"""The tab 数字台账: every figure of the documents as a row that opens its sentence, with a filter, a chart, CSV and the document's own arithmetic."""
from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence

import gradio as gr

from figures.audit import audit
from figures.export import told
from figures.ledger import Figure
from ingest.document import UserError
from qa.assistant import Assistant
from web.chart import chart
from web.escape import text
from web.rows import Sought, audit_html, found, table_html, tools_html
from web.shell import FAILED, QUIET, Shell
from web.sheet import csv_text
from web.source import Documents
from web.verdicts import failed_html


def ledger_rows(assistant: Assistant, scope: Sequence[str]) -> tuple[Figure, ...]:
    """All rows of the named documents, or of all; none where there is no document."""
    return assistant.figures(frozenset(scope) or None) if assistant.documents else ()


def listed_html(rows: Sequence[Figure], sought: Sought, documents: Documents) -> str:
    """Chart and table of what is sought."""
    wanted = found(told(rows), sought)
    drawn = chart(wanted, sought.unit) if sought.unit else ""
    none = f'<p class="nothing">筛选之后没有可比的“{text(sought.unit)}”，画不成图。</p>' if sought.unit and not drawn else ""
    return drawn + none + table_html(wanted, documents)


def attempted(make: Callable[[], tuple[str, ...]], parts: int) -> tuple[str, ...]:
    """So many parts of the page as `make` makes them; where it fails, empty ones and what went wrong in the last. Raises nothing."""
    try:
        return make()
    except UserError as error:
        said = str(error)
    except Exception:
        traceback.print_exc()
        said = FAILED
    return *("",) * (parts - 1), failed_html(said)


def sought_of(event: gr.EventData) -> Sought:
    return Sought(str(event.words), str(event.kind), str(event.unit))


def build(shell: Shell) -> None:
    def whole(scope: Sequence[str], sought: Sought) -> tuple[str, ...]:
        def parts() -> tuple[str, ...]:
            rows, documents = ledger_rows(shell.assistant, scope), shell.documents()
            return tools_html(told(rows), sought), audit_html(audit(rows), documents), listed_html(rows, sought, documents)
        return attempted(parts, 3)

    def opened(scope: list[str], event: gr.EventData) -> tuple[str, ...]:
        return whole(scope, sought_of(event))

    def rescoped(scope: list[str]) -> tuple[str, ...]:
        return whole(scope, Sought())

    def narrowed(scope: list[str], event: gr.EventData) -> str:
        return attempted(lambda: (listed_html(ledger_rows(shell.assistant, scope), sought_of(event), shell.documents()),), 1)[0]

    def saved(scope: list[str], event: gr.EventData) -> dict:
        try:
            rows = ledger_rows(shell.assistant, scope)
        except UserError as error:
            raise gr.Error(str(error), print_exception=False) from None
        return {"name": "数字台账.csv", "type": "text/csv", "text": csv_text(found(told(rows), sought_of(event))), "asked": event.asked}

    with gr.Column(elem_id="ledger"):
        tools = gr.HTML(elem_id="ledger-tools", apply_default_css=False, js_on_load="jushi.ledger(element, trigger, ['open', 'narrow', 'save'])")
        with gr.Column(elem_id="ledger-sheet"):
            checked = gr.HTML(elem_id="ledger-audit", apply_default_css=False, js_on_load="")
            listing = gr.HTML('<p class="nothing" role="status">正在整理数字…</p>', elem_id="ledger-rows", apply_default_css=False, js_on_load="jushi.rows(element)")
        out = gr.HTML(html_template="", elem_id="ledger-out", apply_default_css=False, js_on_load="jushi.handed(props, watch)")
    shown = [tools, checked, listing]
    tools.open(opened, shell.scope, shown, **QUIET)
    tools.narrow(narrowed, shell.scope, listing, trigger_mode="always_last", **QUIET)
    tools.save(saved, shell.scope, out, **QUIET)
    shell.scope.change(rescoped, shell.scope, shown, **QUIET)
