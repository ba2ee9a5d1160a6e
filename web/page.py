"""The Gradio page over an Assistant: conversation and source side by side, `/ask` and `/search` as API.

`build` makes the page and loads nothing; `serve` opens the assistant and listens. Only what this module serves is
reachable: no share, no analytics, no file folders, no request to another host.
"""
from __future__ import annotations

import errno
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import gradio as gr
from tqdm import tqdm

from index.store import Store
from ingest.document import Document, UserError
from ingest.load import MAX_BYTES
from qa.answer import passages
from qa.assistant import Assistant, Turn, ingest
from qa.settings import ROOT, Settings
from web.chat import conversation_html
from web.escape import text
from web.examples import questions
from web.source import pane

FOLDER = Path(__file__).parent
REPORT = ROOT / "data" / "report.md"
MAX_LIMIT = 50
CONCURRENCY = 8
FAILED = "程序出了差错，这个问题没有答成；请再试一次，若仍然不行，请看启动窗口里的记录。"
MASTHEAD = ('<header class="masthead"><h1>据实</h1><p>就一篇报道提问，句句有出处</p>'
            '<button type="button" class="restart">新对话</button><button type="button" class="open-source">看原文</button></header>')


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


def earlier(history: str) -> list[Turn]:
    """`history` of the API, "" or a JSON list of earlier questions, oldest first. Raises UserError for anything else."""
    try:
        asked = json.loads(history or "[]")
    except json.JSONDecodeError as error:
        raise UserError(f"history 不是合法的 JSON（{error.msg}）；应为空，或写成 [\"先前的问题\"]。") from None
    if not isinstance(asked, list) or not all(isinstance(question, str) for question in asked):
        raise UserError("history 应是先前问题的 JSON 列表，如 [\"先前的问题\"]。")
    return [Turn(question) for question in asked]


def api(assistant: Assistant) -> None:
    """The public endpoints. What the user must mend comes back as gr.Error with its one line."""
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


def build(assistant: Assistant) -> gr.Blocks:
    """The page. Reads the assistant's documents anew for each visitor and each question."""
    def named() -> dict[str, Document]:
        try:
            return {document.name: document for document in assistant.documents}
        except UserError:  # asking says so
            return {}

    def talk(entries: Sequence[dict]) -> str:
        documents = named()
        return conversation_html(entries, documents, questions(next(iter(documents.values()))) if documents and not entries else ())

    def show(name: str) -> str:
        try:
            return pane(assistant.documents, name)
        except UserError as error:
            return f'<p class="nothing" role="alert">{text(str(error))}</p>'

    def submitted(question: str, entries: list[dict]) -> Iterator[tuple]:
        if not question.strip():
            yield gr.skip(), entries, ""
            return
        yield talk([*entries, {"question": question, "pending": True}]), entries, ""
        entry = reply(assistant, question, entries)
        yield talk([*entries, entry]), [*entries, entry], question if "error" in entry else gr.skip()

    def chosen(entries: list[dict], event: gr.EventData) -> Iterator[tuple]:
        yield from submitted(str(event.question), entries)

    def restarted() -> tuple:
        return talk([]), [], ""

    def arrived() -> tuple:
        return talk([]), show("")

    with gr.Blocks(title="据实", analytics_enabled=False, fill_width=True) as demo:
        entries = gr.State([])
        masthead = gr.HTML(MASTHEAD, elem_id="masthead", apply_default_css=False, js_on_load="jushi.masthead(element, trigger, 'restart')")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                conversation = gr.HTML(elem_id="conversation", apply_default_css=False, js_on_load="jushi.conversation(element, trigger, watch, 'example')")
                question = gr.Textbox(label="问题", placeholder="问这篇报道…", max_lines=5, show_label=False, container=False, autofocus=True,
                                      submit_btn="提问", elem_id="question", html_attributes=gr.InputHTMLAttributes(autocomplete="off"))
            with gr.Column(elem_id="side"):
                source = gr.HTML(elem_id="source", apply_default_css=False, server_functions=[show], js_on_load="jushi.source(element, props, server)")
        hidden = {"api_visibility": "private", "show_progress": "hidden"}
        shown = [conversation, entries, question]
        question.submit(submitted, [question, entries], shown, **hidden)
        conversation.example(chosen, entries, shown, **hidden)
        masthead.restart(restarted, None, shown, **hidden)
        demo.load(arrived, None, [conversation, source], **hidden)
        api(assistant)
    return demo.queue(default_concurrency_limit=CONCURRENCY)


def head() -> str:
    """Style and script of the page, to stand in its head: nothing is fetched."""
    style, script = ((FOLDER / name).read_text("utf-8") for name in ("style.css", "page.js"))
    return f"<style>{style}</style><script>{script}</script>"


def check_address(host: str, port: int) -> None:
    """Raises UserError where nothing can listen at host and port."""
    if not 0 < port < 65536:
        raise UserError(f"端口 {port} 不存在；--port 应在 1 到 65535 之间。")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError):
        raise UserError(f"找不到地址“{host}”；--host 应是本机的地址，如 127.0.0.1 或 0.0.0.0。") from None
    except PermissionError:
        raise UserError(f"没有权限使用端口 {port}；请用 --port 换一个 1024 以上的端口。") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UserError(f"端口 {port} 已被占用；请用 --port 换一个，如 --port {port + 1 if port < 65535 else port - 1}。") from None
        raise UserError(f"不能在“{host}”上监听（{error.strerror}）；--host 应是本机的地址，如 127.0.0.1 或 0.0.0.0。") from None


def opened(settings: Settings) -> Assistant:
    """The assistant, ready for its first question; the bundled report is indexed where the default index is not there yet."""
    if settings.index == Settings().index and not Store(settings.index).exists:
        with tqdm(desc="首次启动，正在索引 data/report.md", unit="句", file=sys.stderr) as bar:
            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)
            ingest(settings, [REPORT], progress=progress)
    assistant = Assistant.open(settings)
    if assistant.documents:
        assistant.search("据实", 1)
    return assistant


def launch(demo: gr.Blocks, host: str, port: int) -> str:
    """Start serving in the background; returns the address. Raises UserError as `check_address` says."""
    check_address(host, port)
    os.environ["NO_PROXY"] = ",".join(filter(None, [os.environ.get("NO_PROXY"), "localhost", "127.0.0.1", "::1", host]))
    name = f"[{host}]" if ":" in host else host
    try:
        demo.launch(server_name=name, server_port=port, share=False, quiet=True, show_error=False, prevent_thread_lock=True, footer_links=[], run_history=False,
                    enable_monitoring=False, ssr_mode=False, pwa=False, mcp_server=False, allowed_paths=[], max_file_size=MAX_BYTES,
                    favicon_path=FOLDER / "favicon.svg", theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]), head=head())
    except OSError:
        raise UserError(f"端口 {port} 已被占用；请用 --port 换一个。") from None
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else name}:{port}"


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve the page at host and port until interrupted; returns the exit status. Raises UserError as `Assistant.open`
    and `check_address` say, the latter before anything is loaded."""
    check_address(host, port)
    demo = build(opened(settings))
    print(f"据实已就绪：{launch(demo, host, port)}（按 Ctrl+C 停止）", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        demo.close(verbose=False)
    return 0
