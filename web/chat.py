"""The tab 问答: a question box under the conversation. `web.conversation` says what it looks like, chat.js how it moves."""
from __future__ import annotations

import json
import secrets
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import gradio as gr

from ingest.document import Document, UserError
from qa.assistant import Assistant, Turn
from qa.model import STOPPED, Stopped
from qa.writer import noted
from web import feedback
from web.conversation import conversation_html, scope_html
from web.examples import questions
from web.kept import TURNS, Keeper
from web.shell import ARRIVING, FAILED, QUIET, Shell
from web.transcript import markdown, page, taken

READY = {"submit_btn": "提问", "stop_btn": False}
BUSY = {"submit_btn": False, "stop_btn": "停止"}
PATIENCE = 2.0  # seconds that a stop waits for what it stops
EXAMPLES = 4
EXPORTS = {"markdown": (markdown, "md", "text/markdown"), "html": (page, "html", "text/html")}
CHOICE_KEY, OFF = "jushi-generate", "off"
SELECTED_GONE = "选定的文档已不在索引里；请到“文档”一页重新选择。"


@dataclass(frozen=True)
class Pending:
    """A question that is being answered: halt is set where its asker gives up, left once nothing more of it goes to the page."""

    halt: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Give it up. Returns once it has left the page to others, so that what they show is not overwritten, or after PATIENCE."""
        self.halt.set()
        self.left.wait(PATIENCE)


def noted_choice(wanted: bool) -> str:
    """Whether a model is wanted, for the browser to keep, which loses a bare no."""
    return "on" if wanted else OFF


def chosen_before(kept: object) -> bool:
    """Whether a model is wanted, as the browser kept it."""
    return kept != OFF


def now() -> str:
    """The time, to the second, as ISO 8601 with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def turns(entries: Sequence[dict]) -> list[Turn]:
    """The entries that were answered, as the assistant wants them."""
    return [Turn(entry["question"], entry["answer"]) for entry in taken(entries)]


def settled(entries: Sequence[dict]) -> list[dict]:
    """The entries without the one that is being answered."""
    return [entry for entry in entries if not entry.get("pending")]


def replies(assistant: Assistant, question: str, entries: Sequence[dict], scope: Sequence[str] = (), generate: bool = True,
            stopped: Stopped = lambda: False) -> Iterator[dict]:
    """The entry for one question to the documents of `scope`, none for all, as it grows; the last is the one to keep: an answered one, or what to
    tell the user instead. Raises nothing."""
    ours = {"id": secrets.token_hex(8), "asked": now(), "scope": list(scope), "rating": None, "ours": True}
    try:
        if scope and not set(scope) & {document.name for document in assistant.documents}:
            raise UserError(SELECTED_GONE)
        for found in assistant.ask_stream(question, turns(entries), frozenset(scope) or None, generate, stopped):
            answer = found.to_dict()
            cited = {citation["document"] for citation in answer["citations"]}
            sources = {entry["name"]: entry["sha256"] for entry in assistant.searcher.snapshot.manifest["documents"] if entry["name"] in cited}
            yield answer | ours | {"sources": sources} | ({"model": assistant.writer.name} if "generated" in answer else {})
    except UserError as error:
        yield {"question": question, "error": str(error)}
    except Exception:
        traceback.print_exc()
        yield {"question": question, "error": FAILED}


def examples(documents: Mapping[str, Document], scope: Sequence[str] = ()) -> tuple[str, ...]:
    """Questions to begin with, from the documents of `scope`, none for all: of several, the first questions of each of the first few."""
    asked = [document for name, document in documents.items() if not scope or name in scope][:EXAMPLES]
    each = EXAMPLES // len(asked) if asked else 0
    return tuple(dict.fromkeys(question for document in asked for question in questions(document)[:each]))


def build(shell: Shell) -> None:
    keeper = Keeper(secrets.token_bytes(32))
    running: dict[str, Pending] = {}  # by their numbers
    model = shell.assistant.writer.name if shell.assistant.writer else ""

    def talk(entries: Sequence[dict], scope: Sequence[str] = ()) -> str:
        documents = shell.documents()
        return conversation_html(entries, documents, () if entries else examples(documents, scope))

    def submitted(question: str, entries: list[dict], scope: list[str], generate: bool) -> Iterator[tuple]:
        earlier = settled(entries)[1 - TURNS:]
        if not question.strip() or any(entry.get("pending") in running for entry in entries):
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        asked = {"question": question, "pending": secrets.token_hex(8)}
        own = running[asked["pending"]] = Pending()
        try:
            yield talk([*earlier, asked]), [*earlier, asked], gr.update(value="", **BUSY), gr.skip()
            for entry in replies(shell.assistant, question, earlier, scope, generate, own.halt.is_set):
                if own.halt.is_set():
                    break
                if "generated" in entry:
                    asked = {"extract": entry} | asked | {"draft": entry}
                    yield talk([*earlier, asked]), [*earlier, asked], gr.skip(), gr.skip()
            if own.halt.is_set():  # what is shown is another's to say; the last that a generator yields is sent once more as it ends
                yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
                return
            after = [*earlier, entry]
            yield talk(after), after, gr.update(**READY, **({"value": question} if "error" in entry else {})), keeper.freeze(after)
        finally:
            running.pop(asked["pending"], None)
            own.halt.set()
            own.left.set()

    def chosen(entries: list[dict], scope: list[str], generate: bool, event: gr.EventData) -> Iterator[tuple]:
        yield from submitted(str(event.question), entries, scope, generate)

    def halted(entries: list[dict]) -> list[dict]:
        """The entries without the one that is being answered, which is left; with its extract where there is one."""
        earlier = settled(entries)
        if earlier == entries:
            return earlier
        pending = entries[-1]
        if own := running.pop(pending["pending"], None):
            own.stop()
        return [*earlier, pending["extract"] | {"note": noted(STOPPED)}] if "extract" in pending else earlier

    def stopped(entries: list[dict], scope: list[str]) -> tuple:
        after = halted(entries)
        given_back = {"value": entries[-1]["question"]} if len(after) < len(entries) else {}
        return talk(after, scope), after, gr.update(**READY, **given_back), keeper.freeze(after)

    def restarted(entries: list[dict], scope: list[str]) -> tuple:
        halted(entries)
        return talk([], scope), [], gr.update(value="", **READY), []

    def greeted(saved: object, scope: list[str]) -> tuple:
        entries = keeper.thaw(saved)
        return talk(entries, scope), entries

    def rescoped(scope: list[str], entries: list[dict]) -> tuple:
        return scope_html(scope), gr.skip() if entries else talk([], scope)

    def rated(entries: list[dict], event: gr.EventData) -> tuple:
        try:
            after, entry = feedback.rated(entries, event.id, event.rating, event.reason)
            feedback.append(shell.assistant.store.folder.absolute().parent / feedback.FILE, feedback.record(entry, event.reason, now()))
        except UserError as error:
            return gr.skip(), gr.skip(), message(say=str(error))
        thanks = "评价已记下，谢谢。" if entry["rating"] else "评价已撤回。"
        return after, keeper.freeze(after), message(say=thanks, rated=entry["id"], rating=entry["rating"], reasoned=bool(event.reason))

    def exported(entries: list[dict], event: gr.EventData) -> str:
        compose, suffix, kind = EXPORTS[event.kind]
        if not taken(entries):
            return message(say="还没有可以导出的问答。")
        at = now()
        return message(say="对话已导出。", file=f"据实问答-{at[:10]}-{at[11:19].replace(':', '')}.{suffix}", kind=kind, content=compose(entries, shell.documents(), at))

    entries = gr.State([])
    with gr.Column(elem_id="chat"):
        conversation = gr.HTML(elem_id="conversation", apply_default_css=False, js_on_load="jushi.conversation(element, trigger, watch, 'example', 'rate')")
        scope_line = gr.HTML(elem_id="scope-line", apply_default_css=False, js_on_load="jushi.scope(element)")
        question = gr.Textbox(label="问题", placeholder="问这篇报道…", max_lines=5, show_label=False, container=False, autofocus=True,
                              submit_btn="提问", elem_id="question", html_attributes=gr.InputHTMLAttributes(autocomplete="off"))
        generate = gr.Checkbox(True, label=f"用语言模型作答（{model}）", container=False, visible=bool(model), elem_id="generate")
        foot = gr.HTML(FOOT, elem_id="chat-foot", apply_default_css=False, js_on_load="jushi.foot(element, trigger, 'restart', 'take')")
        mailed = gr.HTML(html_template="", elem_id="mailed", apply_default_css=False, js_on_load="jushi.mailed(props, watch)")
        saved = gr.HTML(html_template="", elem_id="kept", apply_default_css=False, js_on_load="jushi.keep(props, watch)")
    shown = [conversation, entries, question, saved]
    asking = [question.submit(submitted, [question, entries, shell.scope, generate], shown, **QUIET),
              conversation.example(chosen, [entries, shell.scope, generate], shown, **QUIET)]
    question.stop(stopped, [entries, shell.scope], shown, cancels=asking, **QUIET)
    foot.restart(restarted, [entries, shell.scope], shown, cancels=asking, **QUIET)
    foot.take(exported, entries, mailed, **QUIET)
    conversation.rate(rated, entries, [entries, saved, mailed], **QUIET)
    shell.scope.change(rescoped, [shell.scope, entries], [scope_line, conversation], **QUIET)
    shell.demo.load(greeted, [saved, shell.scope], [conversation, entries], js="(unused, scope) => [jushi.kept(), scope]", **ARRIVING)
    if model:
        choice = gr.BrowserState("", storage_key=CHOICE_KEY, secret=CHOICE_KEY)
        generate.input(noted_choice, generate, choice, **QUIET)
        shell.demo.load(chosen_before, choice, generate, **ARRIVING)


FOOT = ('<button type="button" class="restart">新对话</button><button type="button" class="take" data-kind="markdown">导出 Markdown</button>'
        '<button type="button" class="take" data-kind="html">导出网页</button><span class="said" role="status"></span>')


def message(**said: object) -> str:
    """A message for the page's script, as JSON; no two are alike, so that each arrives."""
    return json.dumps(said | {"number": secrets.token_hex(4)}, ensure_ascii=False)
