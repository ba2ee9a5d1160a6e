"""The tab 核查: a draft pasted → every figure of it marked, and a desk at which a person settles each. `web.verdicts` says what it looks like."""
from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime

import gradio as gr

from ingest.document import UserError
from qa.assistant import MAX_DRAFT, Assistant
from web import sheet
from web.review import Decision, Review, begin
from web.shell import FAILED, QUIET, Shell
from web.verdicts import failed_html, pending_html, review_html

LEAD = "粘贴一段话或整篇稿子，逐个数字对照原文：相符、不符，还是原文没提。"
EXPORTS = {"md": ("text/markdown", sheet.markdown), "html": ("text/html", sheet.page)}


def reviewed(assistant: Assistant, draft: str, scope: Sequence[str], earlier: Review | None, now: datetime) -> Review:
    """A draft checked against the named documents, or all; decisions of an earlier check stay where they still fit. Raises UserError as `Assistant.check` says."""
    result = assistant.check(draft, frozenset(scope) or None)
    documents = {entry["name"]: entry["sha256"] for entry in assistant.store.manifest()["documents"] if not scope or entry["name"] in scope}
    return begin(result, documents, f"{now:%Y-%m-%d %H:%M}").carried(earlier)


def build(shell: Shell) -> None:
    def shown(review: Review) -> str:
        return review_html(review, shell.documents())

    def submitted(draft: str, scope: list[str], earlier: Review | None) -> Iterator[tuple]:
        draft = draft.replace("\r\n", "\n")
        yield gr.skip(), pending_html(draft), gr.skip()
        try:
            review = reviewed(shell.assistant, draft, scope, earlier, datetime.now())
        except UserError as error:
            yield gr.skip(), failed_html(str(error)), gr.skip()
        except Exception:
            traceback.print_exc()
            yield gr.skip(), failed_html(FAILED), gr.skip()
        else:
            yield review, shown(review), gr.update(visible=False)

    def decided(review: Review, event: gr.EventData) -> tuple:
        new = review.decided(int(event.item), None if event.undo else Decision(str(event.verdict), str(event.note)))
        return new, shown(new)

    def turned(review: Review, event: gr.EventData) -> tuple:
        new = review.turned(int(event.item))
        return new, shown(new)

    def edited(review: Review) -> tuple:
        return "", gr.update(visible=True), review.corrected

    def exported(review: Review, event: gr.EventData) -> dict:
        kind, make = EXPORTS[str(event.kind)]
        name = f"{sheet.TITLE} {review.when.replace(':', '')}.{event.kind}"
        return {"name": name, "type": kind, "text": make(review), "asked": event.asked}

    def copied(review: Review, event: gr.EventData) -> dict:
        return {"copy": review.corrected, "asked": event.asked}

    review = gr.State(None)
    with gr.Column(elem_id="check"):
        with gr.Column(elem_id="writing") as writing:
            gr.HTML(f'<p class="lead">{LEAD}</p>', elem_id="check-lead", apply_default_css=False, js_on_load="")
            draft = gr.Textbox(label="稿子", placeholder=f"把待核查的稿子粘贴在这里，至多 {MAX_DRAFT:,} 字", lines=10, max_lines=10, show_label=False, container=False,
                               elem_id="draft", html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False))
            go = gr.Button("核查", elem_id="check-go", variant="primary")
        desk = gr.HTML(elem_id="verdicts", apply_default_css=False, js_on_load="jushi.review(element, trigger, watch, ['decide', 'turn', 'edit', 'export', 'copy'])")
        out = gr.HTML(html_template="", elem_id="check-out", apply_default_css=False, js_on_load="jushi.handed(props, watch)")
    for event in (go.click, draft.submit):
        event(submitted, [draft, shell.scope, review], [review, desk, writing], **QUIET)
    desk.decide(decided, review, [review, desk], **QUIET)
    desk.turn(turned, review, [review, desk], **QUIET)
    desk.edit(edited, review, [desk, writing, draft], **QUIET)
    desk.export(exported, review, out, **QUIET)
    desk.copy(copied, review, out, **QUIET)
