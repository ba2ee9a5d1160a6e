"""Serving the page: an index folder opened, an address that is free, and a server that hands out nothing but the page and its API.

No share, no analytics, no file folders, no request to another host.
"""
from __future__ import annotations

import errno
import os
import socket
import sys
import threading

import gradio as gr
from tqdm import tqdm

from index.store import Store
from ingest.document import UserError
from ingest.load import MAX_BYTES
from qa.assistant import Assistant, ingest
from qa.settings import ROOT, Settings
from web.page import STATIC, build, head

REPORT = ROOT / "data" / "report.md"


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
                    favicon_path=STATIC / "favicon.svg", theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]), head=head())
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
