"""Serving the page: an index folder opened, an address that is free, and a server that hands out nothing but the page, its API and its tools.

No share, no analytics, no file folders but a private one for uploads, no request to another host. `web.guard` stands before all of it.
"""
from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import gradio as gr
from starlette.middleware import Middleware
from tqdm import tqdm

from index.store import Store
from ingest.document import UserError
from ingest.load import MAX_BYTES
from qa.assistant import Assistant, ingest
from qa.settings import ROOT, Settings
from web.accounts import Accounts
from web.api import Calls
from web.guard import Guard
from web.page import STATIC, build, head

REPORT = ROOT / "data" / "report.md"
STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")  # the last where there are terminals


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


def launch(demo: gr.Blocks, host: str, port: int, accounts: Accounts | None = None, calls: Calls | None = None) -> str:
    """Start serving in the background, to the accounts only where there are such, and the calls as MCP tools; returns the address.
    Raises UserError as `check_address` says."""
    check_address(host, port)
    os.environ["NO_PROXY"] = ",".join(filter(None, [os.environ.get("NO_PROXY"), "localhost", "127.0.0.1", "::1", host]))
    name = f"[{host}]" if ":" in host else host
    beside = {"middleware": [Middleware(Guard, accounts=accounts)], "docs_url": None, "redoc_url": None, "openapi_url": None}  # their pages load from other hosts
    if calls:
        from web.tools import Tools

        tools = Tools(calls)
        beside |= {"routes": tools.routes, "lifespan": tools.running}
    try:
        demo.launch(server_name=name, server_port=port, share=False, quiet=True, show_error=False, prevent_thread_lock=True, footer_links=[], run_history=False,
                    enable_monitoring=False, ssr_mode=False, pwa=False, mcp_server=False, allowed_paths=[], max_file_size=MAX_BYTES, app_kwargs=beside,
                    favicon_path=STATIC / "favicon.svg", theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]), head=head())
    except OSError:
        raise UserError(f"端口 {port} 已被占用；请用 --port 换一个。") from None
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else name}:{port}"


def obey() -> None:
    """From now on Ctrl-C, SIGTERM and the terminal's going away are KeyboardInterrupt, once: who is impatient does not disturb the clearing away."""
    signals = [found for name in STOPPING if (found := getattr(signal, name, None)) and signal.getsignal(found) != signal.SIG_IGN]

    def stop(number: int, frame: FrameType | None) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in signals:
        signal.signal(one, stop)


def serve(settings: Settings, host: str, port: int, auth_file: Path | None = None, mcp: bool = False) -> NoReturn:
    """Serve the page at host and port until told to stop; then ends the process, within seconds, whatever is still being answered or indexed.

    auth_file: the accounts that may come in, see `web.accounts`; mcp: the tools of `web.tools` too. Raises UserError as
    `Accounts.read`, `check_address` and `Assistant.open` say, the first two before anything is loaded; KeyboardInterrupt
    where it is told to stop before the page is there.
    """
    accounts = Accounts.read(auth_file) if auth_file else None
    check_address(host, port)
    obey()
    with tempfile.TemporaryDirectory(prefix="jushi-", ignore_cleanup_errors=True) as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads  # gradio's own is one folder for all programs and users of the machine
        assistant = opened(settings)
        demo = build(assistant)
        address = launch(demo, host, port, accounts, Calls(assistant) if mcp else None)
        print(f"据实已就绪：{address}（按 Ctrl+C 停止）", flush=True)
        if mcp:
            print(f"MCP 工具：{address}/gradio_api/mcp", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        demo.close(verbose=False)
    sys.stdout.flush()
    os._exit(0)  # a return would wait for every thread that answers or indexes; the index folder bears being left at any step
