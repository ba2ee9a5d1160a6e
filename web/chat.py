"""The tab 问答: a question box under the conversation. `web.conversation` says what it looks like."""
from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence

import gradio as gr

from ingest.document import UserError
from qa.assistant import Assistant, Turn
from web.conversation import conversation_html
from web.examples import questions
from web.shell import FAILED, QUIET, Shell


def turns(entries: Sequence[dict]) -> list[Turn]:
    """The entries that were answered, as the assistant wants them."""
    return [Turn(entry["question"], entry["answer"]) for entry in entries if "answer" in entry]


def reply(assistant: Assistant, question: str, entries: Sequence[dict]) -> dict:
    """The entry for one question: an Answer's JSON object, or what to tell the user instead. Raises nothing."""
    try:
        return assistant.ask(question, turns(entries)).to_dict()
    except UserError as error:
        return {"question": question, "error": str(error)}
    except Exception:
        traceback.print_exc()
        return {"question": question, "error": FAILED}


def build(shell: Shell) -> None:
    def talk(entries: Sequence[dict]) -> str:
        documents = shell.documents()
        return conversation_html(entries, documents, questions(next(iter(documents.values()))) if documents and not entries else ())

    def submitted(question: str, entries: list[dict]) -> Iterator[tuple]:
        if not question.strip():
            yield gr.skip(), entries, ""
            return
        yield talk([*entries, {"question": question, "pending": True}]), entries, ""
        entry = reply(shell.assistant, question, entries)
        yield talk([*entries, entry]), [*entries, entry], question if "error" in entry else gr.skip()

    def chosen(entries: list[dict], event: gr.EventData) -> Iterator[tuple]:
        yield from submitted(str(event.question), entries)

    def restarted() -> tuple:
        return talk([]), [], ""

    def greeted() -> str:
        return talk([])

    entries = gr.State([])
    with gr.Column(elem_id="chat"):
        conversation = gr.HTML(elem_id="conversation", apply_default_css=False, js_on_load="jushi.conversation(element, trigger, watch, 'example')")
        question = gr.Textbox(label="问题", placeholder="问这篇报道…", max_lines=5, show_label=False, container=False, autofocus=True,
                              submit_btn="提问", elem_id="question", html_attributes=gr.InputHTMLAttributes(autocomplete="off"))
        foot = gr.HTML('<button type="button" class="restart">新对话</button>', elem_id="chat-foot", apply_default_css=False, js_on_load="jushi.foot(element, trigger, 'restart')")
    shown = [conversation, entries, question]
    question.submit(submitted, [question, entries], shown, **QUIET)
    conversation.example(chosen, entries, shown, **QUIET)
    foot.restart(restarted, None, shown, **QUIET)
    shell.demo.load(greeted, None, conversation, **QUIET)
